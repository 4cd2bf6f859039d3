"""Several tables on one sheet: where one ends and the next begins, side by side or below.

A part is a `Sheet` that shows only its own rows and columns of the file's sheet, under the file's
own numbers, so that whatever is said about a cell is said at the cell's own place.

Side by side, the evidence is: the first heading stands there again with most of those that
follow it; or empty columns divide blocks that repeat headings or end at different rows; or, where
there are no headings, equal blocks of columns under titles of their own. Below each other it is a
row of headings after a gap. Anything less stays one table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import overload

from ledger_desk.workbook import header as headers
from ledger_desk.workbook import headings, rowkinds
from ledger_desk.workbook.book import Sheet
from ledger_desk.workbook.cells import CellValue, column_letters
from ledger_desk.workbook.header import Knows, merges_at
from ledger_desk.workbook.outline import Layout

_LOOKED_AT = 40  # rows that show what kind of values a column holds
_MOST_BELOW = 50  # tables below each other that are told apart
_MOST_ASKED = 2_000  # rows after a gap that are looked at for headings
_CLEAR = 0.75  # evidence that a row below a table heads another one
_SHORTER = 0.7  # a block that ends before this share of its neighbour's rows is a table of its own


class Window(Sequence[list[CellValue]]):
    """The rows of a sheet with everything outside a rectangle blank; numbers stay the same."""

    def __init__(
        self, rows: Sequence[list[CellValue]], first: int, last: int, left: int, right: int
    ) -> None:
        """Show rows ``first`` to ``last`` and columns ``left`` to ``right``, from 1."""
        self._rows = rows
        self._first, self._last = first, min(last, len(rows))
        self._left, self._right = left, right

    def __len__(self) -> int:
        return self._last

    @overload
    def __getitem__(self, index: int) -> list[CellValue]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[CellValue]]: ...
    def __getitem__(self, index: int | slice) -> list[CellValue] | list[list[CellValue]]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._last))]
        place = index + self._last if index < 0 else index
        if not 0 <= place < self._last:
            raise IndexError(index)
        return self._cut(place + 1, self._rows[place])

    def __iter__(self) -> Iterator[list[CellValue]]:
        for number, row in enumerate(self._rows, 1):
            if number > self._last:
                return
            yield self._cut(number, row)

    def _cut(self, number: int, row: list[CellValue]) -> list[CellValue]:
        if number < self._first:
            return [None] * self._right
        return [None] * (self._left - 1) + row[self._left - 1 : self._right]


def part_of(sheet: Sheet, name: str, first: int, last: int, left: int, right: int) -> Sheet:
    """Give the part of a sheet within a rectangle; rows and columns from 1, ends included."""

    def inside(row: int, column: int) -> bool:
        return first <= row <= last and left <= column <= right

    return replace(
        sheet,
        rows=Window(sheet.rows, first, last, left, right),
        width=right,
        merged=tuple(
            merge._replace(last_column=min(merge.last_column, right))
            for merge in sheet.merged
            if inside(merge.first_row, merge.first_column)
        ),
        uncalculated=frozenset(place for place in sheet.uncalculated if inside(*place)),
        part=name,
    )


def beside(sheet: Sheet, whole: Layout) -> list[Sheet]:
    """Give the tables that stand side by side; nothing where the sheet holds one."""
    if not whole.data_rows:
        return []
    if whole.has_header:
        spans = _repeated(sheet, whole) or _apart(sheet, whole)
    else:
        spans = _under_banners(sheet) or _alike_blocks(sheet)
    named = [(left, right, _name(sheet, whole, left, right)) for left, right in spans]
    once = len({name for *_, name in named}) == len(named)
    return [
        part_of(sheet, name if once else _letters(left, right), 1, len(sheet.rows), left, right)
        for left, right, name in named
    ]


def below(sheet: Sheet, layout: Layout, knows: Knows | None = None) -> list[int]:
    """Give the first rows of further tables that begin below the first one's data."""
    if not layout.has_header or not layout.data_rows:
        return []
    starts: list[int] = []
    head = _texts(layout, sheet)
    before, asked = layout.header_rows[1], 0
    for number in layout.data_rows:
        gap, before = number > before + 1, number
        if not gap or number <= layout.data_rows[0]:
            continue
        asked += 1
        if asked > _MOST_ASKED or len(starts) >= _MOST_BELOW:
            break
        cells = rowkinds.filled(sheet.rows[number - 1])
        texts = {headings.plain(cell) for _, cell in cells}
        if texts == head or not headers.could_head(cells, columns=2):
            continue
        body = [row for row in sheet.rows[number : number + 8] if len(row) != row.count(None)]
        known = sum(1 for _, cell in cells if knows is not None and knows(str(cell)))
        clear = headers.evidence(cells, body) >= _CLEAR or (known > 1 and known * 2 >= len(cells))
        if body and clear and len(texts) > 1:
            starts.append(_with_title(sheet, number, layout.header_rows[1] + 1))
    return starts


def _with_title(sheet: Sheet, number: int, lowest: int) -> int:
    """Give the first of the single cells that stand right above a header, as its title does."""
    first = number
    while first > lowest and number - first < 3:
        row = sheet.rows[first - 2]
        if len(row) - row.count(None) != 1:
            break
        first -= 1
    return first


def _texts(layout: Layout, sheet: Sheet) -> set[str]:
    first, last = layout.header_rows
    return {
        headings.plain(cell)
        for row in range(first, last + 1)
        for cell in sheet.rows[row - 1]
        if cell is not None
    }


def _letters(left: int, right: int) -> str:
    return f"{column_letters(left)}–{column_letters(right)}列"


def _name(sheet: Sheet, whole: Layout, left: int, right: int) -> str:
    """Name a part by the title or group heading over its columns, or by their letters."""
    top = whole.header_rows[0] or (whole.data_rows[0] if whole.data_rows else 1)
    rows = [top] if whole.header_rows[0] < whole.header_rows[1] else []
    for number in [*rows, *range(top - 1, max(0, top - 4), -1)]:
        cells = [
            (c, cell) for c, cell in rowkinds.filled(sheet.rows[number - 1]) if left <= c <= right
        ]
        if len(cells) == 1 and cells[0][0] == left and isinstance(cells[0][1], str):
            across = [m for m in merges_at(sheet, number) if m.first_column <= left]
            if all(m.last_column <= right for m in across if m.first_column < m.last_column):
                text = headings.plain(cells[0][1])
                if text and len(text) <= 30:
                    return text
    return _letters(left, right)


def _leaves(whole: Layout) -> list[tuple[int, str]]:
    """Give (column, lowest text) of every column with a heading."""
    return [
        (h.column, next((p for p in reversed(h.parts) if p), "")) for h in whole.headings if h.text
    ]


def _repeated(sheet: Sheet, whole: Layout) -> list[tuple[int, int]]:
    """Find tables by their headings: the first stands there again, and most that follow it.

    Groups of figures repeat their headings too (户数, 金额): a table of its own names something.
    """
    leaves = _leaves(whole)
    if len(leaves) < 4:
        return []
    starts = [place for place, (_, text) in enumerate(leaves) if text == leaves[0][1]]
    blocks = [
        leaves[start:end] for start, end in zip(starts, [*starts[1:], len(leaves)], strict=True)
    ]
    if len(blocks) < 2:
        return []
    first = [text for _, text in blocks[0]]
    for block in blocks:
        texts = [text for _, text in block]
        same = sum(1 for text in set(texts) if text in first)
        if same < 2 or same * 2 < max(len(set(first)), len(set(texts))):
            return []
    rows = [sheet.rows[number - 1] for number in whole.data_rows[:_LOOKED_AT]]
    for block in blocks:
        if not any(_is_wording([row[column - 1] for row in rows]) for column, _ in block):
            return []
    return _spans([block[0][0] for block in blocks], whole.headings[-1].column)


def _is_wording(cells: Sequence[CellValue]) -> bool:
    """Tell a column that mostly holds words, not figures."""
    given = [cell for cell in cells if cell is not None]
    words = sum(1 for c in given if isinstance(c, str) and not c[:1].isdigit() and len(c) > 1)
    return words * 2 > len(given)


def _spans(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    ends = [start - 1 for start in starts[1:]]
    return list(zip(starts, [*ends, end], strict=True))


def _apart(sheet: Sheet, whole: Layout) -> list[tuple[int, int]]:
    """Find tables between empty columns: they repeat headings, or end at different rows."""
    used = {h.column for h in whole.headings}
    texts = dict(_leaves(whole))
    blocks = [b for b in _runs(sorted(used)) if sum(1 for c in b if texts.get(c)) > 1]
    if len(blocks) < 2 or any(len(b) < 2 for b in _runs(sorted(used))):
        return []
    words = [{texts[c] for c in block if texts.get(c)} for block in blocks]
    again = any(
        len(words[i] & words[j]) > 1 or texts.get(blocks[i][0]) == texts.get(blocks[j][0], "-")
        for j in range(len(blocks))
        for i in range(j)
    )
    if not again and not _ends_differ(sheet, whole, blocks):
        return []
    return [(block[0], block[-1]) for block in blocks]


def _runs(columns: Sequence[int]) -> list[list[int]]:
    """Part ascending numbers where one is missing."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _ends_differ(sheet: Sheet, whole: Layout, blocks: Sequence[Sequence[int]]) -> bool:
    """Tell whether one block is solidly filled and ends well before another does."""
    filled = [0] * len(blocks)
    ends = [0] * len(blocks)
    for count, number in enumerate(whole.data_rows, 1):
        row = sheet.rows[number - 1]
        for place, block in enumerate(blocks):
            cells = sum(1 for column in block if row[column - 1] is not None)
            filled[place] += cells
            ends[place] = count if cells else ends[place]
    longest = max(ends)
    return longest >= 5 and any(
        0 < end < longest * _SHORTER and cells * 10 >= end * len(block) * 9
        for end, cells, block in zip(ends, filled, blocks, strict=True)
    )


def _under_banners(sheet: Sheet) -> list[tuple[int, int]]:
    """Find equal blocks of columns without headings, each under a title of its own."""
    for number, row in enumerate(sheet.rows[:5], 1):
        cells = rowkinds.filled(row)
        if len(cells) < 2 or not all(isinstance(cell, str) for _, cell in cells):
            continue
        starts = [column for column, _ in cells]
        widths = {b - a for a, b in pairwise(starts)}
        if len(widths) != 1 or (width := widths.pop()) < 2:
            return []
        spans = [(start, min(start + width - 1, sheet.width)) for start in starts]
        under = next((r for r in sheet.rows[number : number + 3] if any(c is not None for c in r)),
                     None)  # fmt: skip
        if under is None or any(under[c - 1] is None for a, b in spans for c in range(a, b + 1)):
            return []
        return spans if _same_kinds(sheet, number + 1, spans) else []
    return []


def _alike_blocks(sheet: Sheet) -> list[tuple[int, int]]:
    """Find equal blocks of columns between empty ones, without headings."""
    top = sheet.rows[:300]
    used = [c for c in range(1, sheet.width + 1) if any(row[c - 1] is not None for row in top)]
    runs = _runs(used)
    if len(runs) < 2 or len({len(run) for run in runs}) != 1 or len(runs[0]) < 2:
        return []
    spans = [(run[0], run[-1]) for run in runs]
    return spans if _same_kinds(sheet, 1, spans) else []


def _same_kinds(sheet: Sheet, start: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the blocks hold text and numbers in the same of their columns."""
    rows = sheet.rows[start - 1 : start - 1 + _LOOKED_AT]

    def kinds(left: int, right: int) -> list[bool]:
        found = []
        for column in range(left, right + 1):
            cells = [row[column - 1] for row in rows if row[column - 1] is not None]
            found.append(sum(isinstance(cell, str) for cell in cells) * 2 > len(cells))
        return found

    return len({tuple(kinds(*span)) for span in spans}) == 1
