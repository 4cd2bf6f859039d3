"""Dictionary entries from and to a spreadsheet: a list of villages, of park names, of tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger_desk.errors import Problem, UserError
from ledger_desk.exchange.headings import bare_key_of
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.terms import free_code, own_places, terms_of
from ledger_desk.model.divisions import village_name
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.listing import Listing
from ledger_desk.model.records import Term
from ledger_desk.model.terms import Dictionary, Entry
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

# Headings under which a list brings what an entry has; compared by `bare_key_of`.
_HEADINGS = {
    "value": ("词条", "名称", "村", "村名", "村名称", "社区", "村社区", "村居", "乡镇名称", "标签", "项目", "内容", "类别"),
    "code": ("代码", "编码", "编号", "村代码", "区划代码", "行政区划代码", "统计用区划代码"),
    "parent": ("上级代码", "上级", "乡镇", "乡镇街道", "所属乡镇", "街道", "镇", "所在乡镇"),
    "hint": ("说明", "备注", "解释"),
    "source": ("出处", "来源", "依据"),
}  # fmt: skip
_VILLAGE_DIGITS, _TOWNSHIP_DIGITS = 12, 9


@dataclass(frozen=True)
class TermPlan:
    """What reading a list in would do.

    Attributes:
        dictionary: Which dictionary.
        file: Name of the file.
        new: Entries to be added, as fields of `Term`.
        changed: (id, changed fields) of own entries whose code or words beside differ.
        same: How many entries are there already.
        wrong: Rows that cannot be taken, with the reason.
    """

    dictionary: Dictionary
    file: str
    new: tuple[dict[str, str], ...]
    changed: tuple[tuple[str, dict[str, str]], ...]
    same: int
    wrong: tuple[Problem, ...]


def plan(
    ledger: Ledger, dictionary: Dictionary, path: Path, progress: Progress = silent
) -> TermPlan:
    """Read a list of entries and tell what taking it would do.

    Raises:
        UserError: The file cannot be read, or nothing in it looks like a list of entries.
        Cancelled: From ``progress``.
    """
    rows = _read(dictionary, Path(path), progress)
    with ledger.read() as found:
        return _weigh(ledger, found, dictionary, Path(path).name, rows)


def apply(ledger: Ledger, made: TermPlan) -> int | None:
    """Take a list as planned, all in one step; gives the number of the step, None for no change."""
    count = len(made.new) + len(made.changed)
    with ledger.step(
        f"词典“{made.dictionary.title}”读入 {made.file}：{count} 条", kind="import"
    ) as step:
        known = {(t.value, t.parent or "") for t in terms_of(step.rows, made.dictionary.key)}
        news = [r for r in made.new if (r["value"], r.get("parent", "")) not in known]
        step.create_many(Term, [{"dictionary": made.dictionary.key, **row} for row in news])
        step.change_many(Term, list(made.changed))
    return step.result.id if step.result is not None else None


def write(listing: Listing, path: Path, progress: Progress = silent) -> int:
    """Write all entries of a dictionary as an .xlsx list that `plan` reads back.

    Returns:
        How many entries were written.
    """
    from ledger_desk.workbook.lists import ListColumn, write_list

    columns = [
        ListColumn("词条", width=36), ListColumn("代码", width=16), ListColumn("上级代码", width=14),
        ListColumn("说明", width=50), ListColumn("出处", width=40), ListColumn("谁加的", width=10),
        ListColumn("停用", width=8),
    ]  # fmt: skip
    entries = listing.page(0, len(listing))
    source = listing.dictionary.source
    rows = (
        (e.text, e.code, e.parent, e.hint, e.source or ("" if e.own else source),
         "本单位" if e.own else "随程序", "是" if e.off else "")
        for e in entries
    )  # fmt: skip
    return write_list(path, listing.dictionary.title, columns, rows, progress=progress)


@dataclass(frozen=True)
class _Row:
    number: int
    cells: dict[str, str]


def _read(dictionary: Dictionary, path: Path, progress: Progress) -> list[_Row]:
    from ledger_desk.workbook.guarded import read_guarded
    from ledger_desk.workbook.layout import find

    book = read_guarded(path, progress=progress)
    names = {bare_key_of(word): field for field, some in _HEADINGS.items() for word in some}
    names[bare_key_of(dictionary.title)] = "value"
    for sheet in book.sheets:
        if not len(sheet.rows):
            continue
        layout = find(sheet, knows=lambda text: bare_key_of(text) in names)
        places: dict[str, int] = {}
        for heading in layout.headings:
            field = names.get(bare_key_of(heading.text))
            if field is not None:
                places.setdefault(field, heading.column)
        if "value" not in places and len(layout.headings) == 1:
            places["value"] = layout.headings[0].column
        if "value" in places:
            return [_row(number, sheet.rows[number - 1], places) for number in layout.data_rows]
    raise UserError(
        f"“{path.name}”里没有认出词条。第一行请写标题：“词条”一列必须有，“代码”“乡镇”“说明”“出处”有就写。"
    )


def _row(number: int, cells: Sequence[object], places: dict[str, int]) -> _Row:
    found = {}
    for field, column in places.items():
        cell = cells[column - 1] if column <= len(cells) else None
        if not is_empty(cell):
            found[field] = " ".join(clean(cell).split())
    return _Row(number, found)


def _weigh(
    ledger: Ledger, rows: Rows, dictionary: Dictionary, file: str, read: Sequence[_Row]
) -> TermPlan:
    home = ledger.office.division or ""
    listing = Listing(dictionary, home, terms_of(rows, dictionary.key))
    own = {(entry.text, entry.parent): entry for entry in listing.own}
    areas, places = own_places(rows), Places(home)
    new: dict[tuple[str, str], dict[str, str]] = {}
    changed, wrong, same, added = [], [], 0, list(listing.own)
    for row in read:
        values = dict(row.cells)
        why = _settle(dictionary, values, places, areas)
        if why:
            wrong.append(Problem(row.number, "词条", values.get("value", ""), why))
            continue
        key = values["value"], values.get("parent", "")
        if key in own:
            differing = {
                n: v for n, v in values.items() if n != "value" and v != getattr(own[key], n)
            }
            if differing:
                changed.append((own[key].record, differing))
            same += not differing
        elif key in new or listing.has(*key) or _stands(dictionary, listing, values):
            same += 1
        else:
            if dictionary.key == "division":
                values.setdefault("code", free_code(added, home))
                added.append(Entry(values["value"], values["code"]))
            new[key] = values
    return TermPlan(dictionary, file, tuple(new.values()), tuple(changed), same, tuple(wrong))


def _settle(
    dictionary: Dictionary, values: dict[str, str], places: Places, areas: dict[str, str]
) -> str:
    """Bring the cells of a row into the fields of a term; says why they cannot be."""
    if not values.get("value"):
        return "这一行没有写词条。"
    if dictionary.key != "village":
        return ""
    values["value"] = village_name(values["value"])
    code, said = values.get("code", ""), values.get("parent", "")
    if code.isdigit() and len(code) == _VILLAGE_DIGITS:
        values["parent"] = code[:_TOWNSHIP_DIGITS]
        return ""
    if not said:
        return "看不出在哪个乡镇：请写 12 位代码，或加一列“乡镇”。"
    found = places.code_of(said) or areas.get(said)
    if found is None:
        return f"“{said}”不是本县的乡镇（街道）。请核对；开发区、管理区请先在“乡镇、街道”词典里加。"
    values["parent"] = found
    return ""


def _stands(dictionary: Dictionary, listing: Listing, values: dict[str, str]) -> bool:
    """Whether a place of a list is one of the country's divisions already."""
    code = values.get("code", "")
    found = listing.entry(code) if dictionary.coded and code else None
    return found is not None and not found.own and found.text == values["value"]
