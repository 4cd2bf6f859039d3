"""Blanks made for the tests, and how a suggestion is held against what a form really says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from ledger_desk.model.records import Office
from ledger_desk.reports.designing.draft import (
    Choice,
    DraftBlock,
    DraftColumn,
    Field,
    Formula,
    Nothing,
)
from ledger_desk.store.ledger import Ledger

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def new_ledger(path: Path) -> Ledger:
    return Ledger.create(path, office=Office(name="新县专班", division="411523"))


def blank_of(
    title: str,
    headings: Sequence[str],
    *,
    labels: Iterable[str] = (),
    label_column: int = 2,
    room: int = 6,
    total: bool = True,
    above: Mapping[str, str] | None = None,
    filled: Mapping[str, object] | None = None,
    sheet: str = "Sheet1",
) -> bytes:
    """A blank with a title, a header of one or two rows (``上/下``), ready rows and a total."""
    book = Workbook()
    page = book.active
    page.title = sheet
    page["A1"] = title
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headings))
    for at, text in (above or {"A2": "填报单位："}).items():
        page[at] = text
    deep = max(heading.count("/") + 1 for heading in headings)
    levels = [heading.split("/") for heading in headings]
    for column, parts in enumerate(levels, 1):
        for row, part in enumerate(parts):
            if (
                row < len(parts) - 1
                and column > 1
                and levels[column - 2][: row + 1] == parts[: row + 1]
            ):
                continue
            page.cell(3 + row, column, part)
        if len(parts) < deep:
            page.merge_cells(start_row=3, end_row=2 + deep, start_column=column, end_column=column)
    _merge_groups(page, levels)
    first = 3 + deep
    printed = list(labels)
    last = first + max(room, len(printed)) - 1
    for number, text in enumerate(printed):
        page.cell(first + number, label_column, text)
    for row in range(3, last + 1 + total):
        for column in range(1, len(headings) + 1):
            page.cell(row, column).border = _BOX
    for at, value in (filled or {}).items():
        page[at] = value
    if total:
        page.cell(last + 1, 1, "合计")
    page.cell(last + 3, 1, "填表人：            审核人：")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _merge_groups(page: object, levels: Sequence[Sequence[str]]) -> None:
    start = 0
    for end in range(1, len(levels) + 1):
        same = end < len(levels) and len(levels[start]) > 1 and levels[end][:1] == levels[start][:1]
        if same:
            continue
        if len(levels[start]) > 1 and end - start > 1:
            page.merge_cells(start_row=3, end_row=3, start_column=start + 1, end_column=end)  # type: ignore[attr-defined]
        start = end


def is_right(got: DraftColumn | None, want: DraftColumn) -> bool:
    """Whether a suggestion says what the form says; a share may be counted or divided out."""
    if got is None:
        return False
    if _plain(got.choice) == _plain(want.choice):
        return True
    worked = isinstance(got.choice, Formula) != isinstance(want.choice, Formula)
    return worked and want.choice in got.offered


def _plain(choice: Choice) -> object:
    """A reference shows the name of what it refers to."""
    if isinstance(choice, Field):
        return choice.path.removesuffix(".name").removesuffix(".short")
    return choice


def share(found: DraftBlock | None, want: DraftBlock) -> tuple[int, int, list[str]]:
    """How many columns of a block were suggested rightly, of how many, and which were not."""
    asked = [c for c in want.columns if not isinstance(c.choice, Nothing)]
    have = {c.at: c for c in found.columns} if found is not None else {}
    wrong = [f"{want.sheet} {c.at} {c.printed}" for c in asked if not is_right(have.get(c.at), c)]
    return len(asked) - len(wrong), len(asked), wrong
