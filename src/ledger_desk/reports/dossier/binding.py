"""One firm's file as a booklet: eighteen chapters in the order of `domain.md` §6.3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger_desk.model import size
from ledger_desk.model.completeness import SETTING, Completeness, completeness, marked
from ledger_desk.model.days import print_day
from ledger_desk.model.fields import FieldSpec, field_map, fields_of, values_of
from ledger_desk.model.records import Enterprise, Setting
from ledger_desk.model.sections import SECTIONS, Section
from ledger_desk.reports.dossier.gathering import FirmFile, gather
from ledger_desk.reports.dossier.lists import lists_of
from ledger_desk.reports.dossier.options import WITHHELD, Options
from ledger_desk.reports.dossier.wording import label_of, text_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.store.reviewing import history
from ledger_desk.workbook.booklet import Block, Booklet, Chapter, Column, Facts, Table, Words

_NUMBERS = "一二三四五六七八九十"
_HIDDEN_FIELDS = frozenset(["waived"])


def numeral(number: int) -> str:
    """Chinese numeral of a section, 1 to 19."""
    if number <= 10:
        return _NUMBERS[number - 1]
    return "十" + _NUMBERS[number - 11]


def dossiers(
    ledger: Ledger, firms: Sequence[str], options: Options, today: date | None = None
) -> Iterator[Booklet]:
    """Bind the files of firms, one after another; unknown ids are left out.

    Args:
        ledger: Read while the booklets are asked for, on one snapshot.
        firms: Ids.
        options: What is printed and how.
        today: Day of printing.
    """
    today = today or date.today()
    office = ledger.office.title
    foot = f"{office}　{print_day(today)}打印　账套校验 {ledger.head()[:12]}"
    with ledger.read() as rows:
        setting = rows.find(Query(Setting, (Where("name", "=", SETTING),)), 1)
        required = marked(setting[0].value if setting else None)
        for file in gather(rows, firms):
            yield _bind(rows, file, options, completeness(values_of(file.firm), required),
                        (office, foot, today))  # fmt: skip


def _bind(
    rows: Rows, file: FirmFile, options: Options, full: Completeness, edge: tuple[str, str, date]
) -> Booklet:
    office, foot, today = edge
    firm = file.firm
    chapters = []
    for section in SECTIONS:
        if section.key not in options.sections:
            continue
        blocks = _blocks(rows, file, section, options)
        if section.key == "basics":
            blocks = [_computed(file, full), *blocks]
        if not blocks and not options.empty:
            continue
        chapters.append(
            Chapter(section.title, tuple(blocks or [_nothing(section)]), numeral(section.number))
        )
    spec = field_map(Enterprise)
    cover = [
        ("统一社会信用代码", firm.code or firm.regno or firm.internal_no or ""),
        ("乡镇（街道）", text_of(spec["township"], firm.township, {})),
        ("法定代表人（经营者）", firm.person or ""),
        ("建档完整度", f"{full.percent}%（必填 {full.required} 项，已填 {full.filled} 项）"),
        ("建档单位", office),
        ("打印日期", print_day(today)),
    ]
    head = f"{firm.title}　{firm.code or ''}".strip()
    return Booklet(firm.title, "一企一档", tuple(chapters), tuple(cover), head, foot)


def _nothing(section: Section) -> Words:
    return Words("还没有登记。", quiet=True)


def _computed(file: FirmFile, full: Completeness) -> Block:
    """What follows from the file by rule, each with its reason."""
    firm, spec = file.firm, field_map(Enterprise)
    graded = size.classify(firm.industry, firm.staff, firm.revenue, firm.assets)
    grade, why = graded.grade or "还算不出", graded.reason
    if firm.size_set:
        grade, why = firm.size_set, f"人工定的：{firm.size_note or '没有写原因'}。"
    standing, banks = file.first_loan(), file.lenders()
    missing = "、".join(label_of(spec[name]) for name in full.missing)
    rows = [
        ("划型", grade, why),
        ("首贷状态", standing.value, standing.reason),
        ("在贷银行数", str(banks.count), banks.reason + banks.advice),
        ("建档完整度", f"{full.percent}%", f"还缺：{missing}。" if missing else "必填项都填了。"),
    ]
    columns = (Column("算出来的", 1.1), Column("结果", 0.9), Column("依据", 4.5))
    return Table(columns, tuple(rows), title="按规则算出")


def _blocks(rows: Rows, file: FirmFile, section: Section, options: Options) -> list[Block]:
    blocks: list[Block] = []
    for group in section.groups:
        facts = _facts(file, group, options)
        if facts is not None:
            blocks.append(facts)
    for cls in section.lists:
        blocks += lists_of(file, cls, options)
    if section.key == "history" and options.changes:
        blocks += _changes(rows, file, options)
    return blocks


def _facts(file: FirmFile, group: str, options: Options) -> Facts | None:
    firm = file.firm
    specs = [s for s in fields_of(Enterprise) if s.group == group and _printed(s, options)]
    pairs = []
    for spec in specs:
        value = text_of(spec, getattr(firm, spec.name), file.titles, options.private)
        if value or options.blank:
            pairs.append((label_of(spec), value))
    return Facts(tuple(pairs), group) if pairs else None


def _printed(spec: FieldSpec, options: Options) -> bool:
    return spec.name not in _HIDDEN_FIELDS and not (spec.private and options.private == WITHHELD)


def _changes(rows: Rows, file: FirmFile, options: Options) -> list[Block]:
    spec = field_map(Enterprise)
    told = []
    for item in history(rows, file.firm.id, None):
        known = spec.get(item.field)
        if known is None or item.before == item.after or item.before is None:
            continue
        told.append((
            print_day(item.at.date()), item.person or "没有登记姓名", item.label,
            text_of(known, item.before, file.titles, options.private) or "（空）",
            text_of(known, item.after, file.titles, options.private) or "（空）",
        ))  # fmt: skip
        if len(told) == options.changes:
            break
    if not told:
        return [Words("建档以来没有改过已填的内容。", quiet=True)]
    columns = (Column("日期", 1.5), Column("谁改的", 1.1), Column("哪一栏", 1.6), Column("原来", 2), Column("改成", 2))  # fmt: skip
    return [Table(columns, tuple(told), title=f"最近的变更（最多 {options.changes} 处）")]
