"""Lists of a file on paper: a table where the filled columns fit, else one block a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ledger_desk.model.circumstances import Finance
from ledger_desk.model.dossier import Attachment
from ledger_desk.model.fields import FieldSpec, Record, fields_of
from ledger_desk.model.money import show_wan
from ledger_desk.model.records import (
    Credit,
    Cultivation,
    Drawdown,
    Help,
    Loan,
    Matching,
    Repayment,
    Ticket,
    TicketAction,
)
from ledger_desk.model.sections import BELOW
from ledger_desk.reports.dossier.gathering import FirmFile
from ledger_desk.reports.dossier.options import WITHHELD, Options
from ledger_desk.reports.dossier.wording import label_of, text_of
from ledger_desk.workbook.booklet import Block, Column, Facts, Table

_MOST_COLUMNS = 7
_BLANK_ROWS = 2
_MOST_YEARS = 4
_WIDE = {"note": 2.2, "text": 1.6}
_NUMERIC = frozenset(["money", "rate", "whole", "quantity", "figure"])
# Not for readers: links back to the firm, and what only the program needs.
_SKIPPED = frozenset(["enterprise", "on_table", "on_record", "media", "original", "field"])
_UNDER: Mapping[type[Record], tuple[type[Record], ...]] = {
    Loan: (Drawdown, Repayment),
    Matching: (Credit,),
    Cultivation: (Help,),
    Ticket: (TicketAction,),
}


def lists_of(file: FirmFile, cls: type[Record], options: Options) -> list[Block]:
    """Print the records of a class with what hangs on them; nothing where there are none.

    Args:
        file: The firm's file.
        cls: Class of the records.
        options: With ``blank``, an empty list is printed with rows to write on.
    """
    records = file.lists.get(cls, [])
    if not records:
        return [_table(file, cls, [], _required(cls, options), options)] if options.blank else []
    if cls is Finance:
        return [_years(file, records, options)]
    if cls is Attachment:
        return [_attachments(records)]
    specs = _filled(cls, records, options)
    if cls in _UNDER:
        return _one_by_one(file, cls, records, specs, options)
    if len(specs) <= _MOST_COLUMNS:
        return [_table(file, cls, records, specs, options)]
    return _apart(file, cls, records, specs, options)


def _printable(cls: type[Record], options: Options) -> list[FieldSpec]:
    return [
        spec
        for spec in fields_of(cls)
        if spec.name not in _SKIPPED and not (spec.private and options.private == WITHHELD)
    ]


def _filled(cls: type[Record], records: Sequence[Record], options: Options) -> list[FieldSpec]:
    link = BELOW[cls][1] if cls in BELOW else None
    return [
        spec
        for spec in _printable(cls, options)
        if spec.name != link
        and any(getattr(record, spec.name) not in (None, "") for record in records)
    ]


def _required(cls: type[Record], options: Options) -> list[FieldSpec]:
    some = [spec for spec in _printable(cls, options) if spec.required]
    rest = [spec for spec in _printable(cls, options) if not spec.required]
    return (some + rest)[: _MOST_COLUMNS - 1]


def _table(
    file: FirmFile,
    cls: type[Record],
    records: Sequence[Record],
    specs: Sequence[FieldSpec],
    options: Options,
    title: str = "",
) -> Table:
    columns = tuple(
        Column(label_of(spec), _WIDE.get(spec.kind.name, 1.2), spec.kind.name in _NUMERIC)
        for spec in specs
    )
    rows = tuple(
        tuple(text_of(s, getattr(record, s.name), file.titles, options.private) for s in specs)
        for record in records
    )
    total: tuple[str, ...] = ()
    sums = [sum(getattr(r, s.name) or 0 for r in records) if _sums(s) else None for s in specs]
    if len(records) > 1 and any(value is not None for value in sums[1:]):
        total = ("合计", *("" if value is None else show_wan(value) for value in sums[1:]))
    blank = _BLANK_ROWS if options.blank else 0
    return Table(columns, rows, total, blank, title or cls.LABEL)


def _sums(spec: FieldSpec) -> bool:
    """Whether adding up the column means something: amounts do, unit prices do not."""
    return spec.kind.name == "money" and spec.name != "price"


def _apart(
    file: FirmFile,
    cls: type[Record],
    records: Sequence[Record],
    specs: Sequence[FieldSpec],
    options: Options,
) -> list[Block]:
    return [
        _facts_of(file, record, specs, options, f"{cls.LABEL}（{number} / {len(records)}）")
        for number, record in enumerate(records, 1)
    ]


def _facts_of(
    file: FirmFile, record: Record, specs: Sequence[FieldSpec], options: Options, title: str
) -> Facts:
    pairs = []
    for spec in specs:
        value = text_of(spec, getattr(record, spec.name), file.titles, options.private)
        if value or options.blank:
            pairs.append((label_of(spec), value))
    return Facts(tuple(pairs), title)


def _one_by_one(
    file: FirmFile,
    cls: type[Record],
    records: Sequence[Record],
    specs: Sequence[FieldSpec],
    options: Options,
) -> list[Block]:
    """Records with lists of their own: loans with money out and back, matchings with decisions."""
    blocks: list[Block] = []
    below: dict[type[Record], dict[str, list[Record]]] = {}
    for child in _UNDER[cls]:
        own: dict[str, list[Record]] = defaultdict(list)
        for record in file.lists.get(child, []):
            own[str(getattr(record, BELOW[child][1]))].append(record)
        below[child] = own
    for number, record in enumerate(records, 1):
        facts = _facts_of(file, record, specs, options, f"{cls.LABEL}（{number} / {len(records)}）")
        if isinstance(record, Loan):
            facts = _with_balance(facts, record, below)
        blocks.append(facts)
        for child, own in below.items():
            some = own.get(record.id, [])
            if some:
                blocks.append(_table(file, child, some, _filled(child, some, options), options))
    return blocks


def _with_balance(
    facts: Facts, loan: Loan, below: dict[type[Record], dict[str, list[Record]]]
) -> Facts:
    """The balance that follows from money out and back, where any is known."""
    drawn = below[Drawdown].get(loan.id, [])
    if not drawn:
        return facts
    back = below[Repayment].get(loan.id, [])
    left = _sum(drawn) - _sum(back)
    return Facts((*facts.pairs, ("按放款还款算的余额（万元）", show_wan(left))), facts.title)


def _sum(records: Sequence[Record]) -> int:
    return sum(r.amount or 0 for r in records if isinstance(r, Drawdown | Repayment))


def _years(file: FirmFile, records: Sequence[Record], options: Options) -> Table:
    """Books of the years side by side, the latest first (`domain.md` §6.3 ④)."""
    books = [record for record in records if isinstance(record, Finance)]
    latest = sorted(books, key=lambda r: (-(r.year or 0), r.id))[:_MOST_YEARS]
    specs = [spec for spec in _filled(Finance, latest, options) if spec.name != "year"]
    columns = (Column("项目", 1.6), *(Column(f"{r.year}年", 1.0, True) for r in latest))
    rows = tuple(
        (
            label_of(s),
            *(text_of(s, getattr(r, s.name), file.titles, options.private) for r in latest),
        )
        for s in specs
    )
    ratios = (
        ("资产负债率（算）", *(_ratio(r.debts, r.assets) for r in latest)),
        ("净利率（算）", *(_ratio(r.net_profit, r.revenue) for r in latest)),
    )
    known = tuple(row for row in ratios if any(row[1:]))
    return Table(columns, rows + known, title="财务情况（单位：万元）")


def _ratio(top: int | None, bottom: int | None) -> str:
    return f"{top / bottom * 100:.2f}%" if top is not None and bottom else ""


def _attachments(records: Sequence[Record]) -> Table:
    columns = (Column("资料类型", 1.2), Column("资料名称", 2.6), Column("形成日期", 1.4), Column("大小", 0.8, True), Column("文件校验", 1.4))  # fmt: skip
    specs = {spec.name: spec for spec in fields_of(Attachment)}
    rows = []
    for record in records:
        assert isinstance(record, Attachment)
        rows.append((
            record.kind or "", record.name or "", text_of(specs["day"], record.day, {}),
            f"{(record.size or 0) / 1024:,.0f} KB", (record.hash or "")[:12],
        ))  # fmt: skip
    return Table(columns, tuple(rows), title=f"附件 {len(rows)} 件")
