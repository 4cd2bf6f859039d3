"""A blank becomes a draft: what can be told from it is filled in, what cannot is left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ledger_desk import paths
from ledger_desk.errors import UserError
from ledger_desk.exchange.blank_outline import outline
from ledger_desk.exchange.definitions import Form
from ledger_desk.exchange.form_parts import LISTED
from ledger_desk.exchange.headings import key_of
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.designing import blanks, cells_found
from ledger_desk.reports.designing.before import as_before
from ledger_desk.reports.designing.draft import (
    LABEL,
    SERIAL,
    UNIT,
    Draft,
    DraftBlock,
    DraftColumn,
    Every,
    Formula,
    with_block,
)
from ledger_desk.reports.designing.finding import Found, find_at, find_in, listed_room
from ledger_desk.reports.designing.list_days import as_list
from ledger_desk.reports.designing.memory import Remembered, recall, remember
from ledger_desk.reports.designing.row_kinds import (
    RECORDS_LIKE,
    RowsGuess,
    guess_columns,
    guess_rows,
)
from ledger_desk.reports.designing.tying import tied
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook import ready_rows
from ledger_desk.workbook.book import Book, Sheet
from ledger_desk.workbook.outline import Heading
from ledger_desk.workbook.references import letters

_FIRST_LOANS = ("首贷", "培植")
_KEPT = "人工选定"


def draft_of(
    blank: bytes,
    name: str,
    progress: Progress = silent,
    *,
    ledger: Ledger | None = None,
    forms: Iterable[Form] | None = None,
) -> tuple[Draft, ...]:
    """Read a blank and suggest what stands where.

    Args:
        blank: The bytes of the file, of any spreadsheet format.
        name: Its file name.
        progress: May cancel.
        ledger: Whose own forms are looked at too, and whose townships are known.
        forms: Forms whose headings are remembered; None: all that there are.

    Returns:
        One draft with a block for each table found.

    Raises:
        UserError: It cannot be read, or holds no table.
        Cancelled: From ``progress``.
    """
    from ledger_desk.reports.catalogue import load_forms

    opened = blanks.open_blank(blank, name, progress)
    known = tuple(load_forms(ledger).forms.values() if forms is None else forms)
    told = remember(known)
    data, found = opened.data, []
    pages = [page for page in opened.book.sheets if page.width and not page.hidden]
    for done, page in enumerate(pages):
        progress(done, len(pages), f"正在看“{page.name}”")
        found += [(opened.tabs.get(page.name, page.name), each) for each in find_in(page)]
    found = [each for each in found if not each[1].helps] or found
    if not found:
        raise UserError(
            f"“{name}”里没有找到表格：没有一行像是栏目名称。请核对是不是上级发的空白表，或在表里补上表头再试。"
        )
    title = next((f.layout.title for _, f in found if f.layout.title), "") or Path(name).stem
    homes = _townships(ledger)
    blocks = []
    for tab, each in found:
        data = _ready(data, tab, each)
        guess = guess_rows(each.headings, each.title, each.printed, homes)
        blocks.append(_block(tab, each, guess, told))
    cells = [
        cell for tab in dict.fromkeys(tab for tab, _ in found)
        for cell in cells_found.find_cells(
            tab, outline(data)[tab], [_span(f) for t, f in found if t == tab]
        )
    ]  # fmt: skip
    for tab, each in found:
        data = _emptied(data, tab, each, blocks)
    same = next((form for form in known if _same_title(form.title, title)), None)
    draft = Draft(
        same.id if same else free_id(title, {form.id for form in known}),
        same.title if same else "".join(title.split()),
        found[0][0], data, source_document=Path(name).name, source_title="上级来表", clause="附表",
        mechanism="首贷培植行动" if any(w in title for w in _FIRST_LOANS) else "小微企业融资协调工作机制",
        every=_every(title, name), cells=tuple(cells), blocks=tuple(blocks),
        remarks=tuple(_remarks(opened, found, same)),
    )  # fmt: skip
    draft = replace(draft, due_day=None if draft.every == "随时" else 10)
    return (as_before(draft, same) if same else draft,)


def _same_title(known: str, title: str) -> bool:
    """Whether a title is that of a form, perhaps with the name of the tab in brackets behind it."""
    one, other = key_of(known), key_of(title)
    return one == other or (other.startswith(f"{one}(") and other.endswith(")"))


def _span(found: Found) -> tuple[int, int]:
    last = found.first_row + found.room - 1
    return found.layout.header_rows[0], max(last, found.total_row or 0)


def _every(title: str, name: str) -> Every:
    said = f"{title}{name}"
    if "季" in said:
        return "季"
    if "年报" in said or "年度" in said:
        return "年"
    return (
        "随时" if any(word in said for word in ("台账", "名单", "清单", "名录", "日报")) else "月"
    )


def _remarks(
    opened: blanks.OpenedBlank, found: Sequence[tuple[str, Found]], same: Form | None
) -> list[str]:
    said = []
    if opened.rebuilt:
        said.append(
            "这个文件不是 .xlsx，已照原样重做成 .xlsx。" if opened.styled
            else "这个文件不是 .xlsx，重做成 .xlsx 时只带来了内容，没有带来格式。"
        )  # fmt: skip
    if same is not None:
        said.append(f"和已有的“{same.title}”同名，保存后用这张代替它；填报时限和审核规则照原来的。")
    for tab, each in found:
        if each.filled:
            last = each.first_row + each.room - 1
            said.append(f"“{tab}”第 {each.first_row}—{last} 行已填有内容，做表样时已清空。")
    return said


def _ready(data: bytes, tab: str, found: Found) -> bytes:
    return data if found.room else ready_rows.with_ready_row(data, tab, found.first_row)


def _emptied(data: bytes, tab: str, found: Found, blocks: Sequence[DraftBlock]) -> bytes:
    """Take out what others filled in; printed labels stay where rows are listed."""
    block = next(b for b in blocks if b.sheet == tab and b.first_row == found.first_row)
    if not found.filled and (block.rows == LISTED or not found.printed):
        return data
    label = next((c.at for c in block.columns if c.choice == LABEL), "")
    stay = {label} if block.rows == LISTED else set()
    stay |= {c.at for c in block.columns if c.choice in (SERIAL, UNIT)} if stay else set()
    columns = frozenset(h.column for h in found.headings if letters(h.column) not in stay)
    last = block.first_row + max(found.room, 1) - 1
    return ready_rows.emptied(data, tab, block.first_row, last, columns)


@lru_cache(maxsize=4)
def _townships_of(home: str) -> Mapping[str, str]:
    from ledger_desk.reports.sources import _townships_of as all_of

    return {name: code for code, name in all_of(home)}


def _townships(ledger: Ledger | None) -> Mapping[str, str]:
    home = ledger.office.division or "" if ledger is not None else ""
    return _townships_of(home[:6]) if len(home) >= 6 else {}


def _block(tab: str, found: Found, guess: RowsGuess, told: Remembered) -> DraftBlock:
    listed = guess.rows == LISTED
    first, room, total = found.first_row, max(found.room, 1), found.total_row
    if not listed and total is not None and total < first:
        total = None
    if guess.row:
        room = listed_room(first, guess.row)
    elif listed:
        room = max(room, 1)
    block = DraftBlock(
        tab, guess.rows, first, room, total, guess.rows not in (*RECORDS_LIKE, LISTED), guess.of,
        row=guess.row, header_rows=found.layout.header_rows, why=guess.why, sure=guess.sure,
    )  # fmt: skip
    columns = tuple(_columns(block, found.headings, guess, told))
    return as_list(replace(block, columns=columns), found.title)


def _columns(
    block: DraftBlock, headings: Sequence[Heading], guess: RowsGuess, told: Remembered
) -> Iterable[DraftColumn]:
    for heading in headings:
        parts = [part for part in heading.parts if part]
        if not parts:
            continue
        printed = "/".join(parts)
        column = DraftColumn(letters(heading.column), parts[-1], printed=printed)
        found = guess.guesses.get(heading.column)
        earlier = recall(told, block, printed)
        if found is not None:
            column = tied(block, column, found.choice, found.why, sure=found.sure)
            column = replace(column, offered=found.others)
        unsure = found is None or not (found.sure or isinstance(found.choice, Formula))
        if earlier is not None and block.rows != LISTED and unsure:
            offered = (*([found.choice] if found else []), *column.offered)
            column = tied(block, column, earlier.choice, f"《{earlier.form}》里同样的栏", sure=True)
            column = replace(column, offered=offered)
        yield column


def free_id(title: str, taken: Iterable[str]) -> str:
    """Make an id for a form: the initials of its title's pinyin, with a number where it is taken."""
    first = _initials()
    made = "".join(first.get(c, c.lower() if c.isascii() and c.isalnum() else "") for c in title)
    made = (made if made[:1].isalpha() else f"f{made}" if made else "form")[:24]
    known, number, found = set(taken), 1, made
    while found in known:
        number += 1
        found = f"{made}_{number}"
    return found


@lru_cache(maxsize=1)
def _initials() -> Mapping[str, str]:
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    parted = (line.partition("\t") for line in lines)
    return {character: readings[:1] for character, _, readings in parted}


def reread(
    draft: Draft,
    place: int,
    *,
    header_rows: tuple[int, int] | None = None,
    first_row: int | None = None,
    room: int | None = None,
    total_row: int | None = -1,
    forms: Iterable[Form] = (),
) -> Draft:
    """Read a block again after somebody corrected where something stands.

    Args:
        draft: The draft.
        place: Its block, from 0.
        header_rows: First and last row of the header.
        first_row: First ready row.
        room: Ready rows.
        total_row: Row of totals, None for none; left out: as found.
        forms: Forms whose headings are remembered.
    """
    block = draft.blocks[place]
    changed = draft
    if header_rows is not None and header_rows != block.header_rows:
        found = find_at(_sheet(draft, block.sheet), header_rows)
        guess = RowsGuess(block.rows, block.of, guess_columns(
            found.headings, found.title, block.rows, block.of, block.row, block.measure or ""
        ), block.row, block.why, block.sure)  # fmt: skip
        made = _block(block.sheet, found, guess, remember(forms))
        data = _ready(draft.blank, block.sheet, found)
        columns = tuple(_chosen(block, column) for column in made.columns)
        made = replace(made, columns=columns, title=block.title, where=block.where or made.where)
        changed = replace(with_block(draft, place, **vars(made)), blank=data)
    more: dict[str, int | None] = {}
    if first_row is not None:
        more["first_row"] = first_row
    if room is not None:
        more["room"] = max(room, 1)
    if total_row != -1:
        more["total_row"] = total_row
    if "total_row" in more:
        from ledger_desk.reports.designing.tying import total_changed

        changed = total_changed(changed, place, more.pop("total_row"))
    return with_block(changed, place, **more)


def _chosen(block: DraftBlock, column: DraftColumn) -> DraftColumn:
    """A column that a person had tied stays as it was."""
    before = next((c for c in block.columns if c.at == column.at), None)
    same = before is not None and before.heading == column.heading
    return before if before is not None and same and before.why == _KEPT else column


def with_rows(
    draft: Draft, place: int, rows: str, of: str | None = None, *, forms: Iterable[Form] = ()
) -> Draft:
    """Say what the rows of a block are; its columns are suggested anew."""
    old = draft.blocks[place]
    found = find_at(_sheet(draft, old.sheet), old.header_rows)
    row = old.row if rows == LISTED else ()
    if rows == LISTED and not row and found.printed:
        row = guess_rows(found.headings, found.title, found.printed, {}).row
    guesses = guess_columns(found.headings, found.title, rows, of, row)
    guess = RowsGuess(rows, of, guesses, row, _KEPT, True)
    found = replace(found, first_row=old.first_row, room=old.room, total_row=old.total_row)
    return with_block(draft, place, **vars(_block(old.sheet, found, guess, remember(forms))))


def add_block(draft: Draft, sheet: str, header_rows: tuple[int, int]) -> Draft:
    """Take in a table that was not found: its header is pointed at."""
    found = find_at(_sheet(draft, sheet), header_rows)
    if not found.headings:
        raise UserError(f"“{sheet}”第 {header_rows[0]} 行没有栏目名称。请点表头所在的行。")
    guess = guess_rows(found.headings, found.title, found.printed, {})
    made = _block(sheet, found, guess, remember(()))
    data = _ready(draft.blank, sheet, found)
    return replace(draft, blank=data, blocks=(*draft.blocks, made))


@lru_cache(maxsize=4)
def _book(blank: bytes) -> Book:
    return blanks.open_blank(blank, "表样.xlsx").book


def _sheet(draft: Draft, tab: str) -> Sheet:
    return next(page for page in _book(draft.blank).sheets if page.name == tab)
