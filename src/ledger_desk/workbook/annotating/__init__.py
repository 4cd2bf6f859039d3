"""Findings written into a sender's own workbook: one column, comments, a sheet; nothing else.

Knows nothing of what the findings mean. ``decisions.md`` 29 and 30: every other part stays byte
for byte, and in the sheets that are written into every old cell, row and column stays as it was.
What a former round added is replaced, so that a file can go back and forth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.annotating import notes as noting
from ledger_desk.workbook.annotating import parts
from ledger_desk.workbook.annotating.frame import Frame
from ledger_desk.workbook.annotating.pieces import with_places
from ledger_desk.workbook.annotating.rows import NoPlaceError, RowText
from ledger_desk.workbook.annotating.styles import StyleSheet
from ledger_desk.workbook.annotating.summary import (
    Link,
    Summary,
    SummaryCell,
    SummaryRow,
    summary_part,
)
from ledger_desk.workbook.lists import shown_width
from ledger_desk.workbook.measures import Columns
from ledger_desk.workbook.package import Package
from ledger_desk.workbook.recalculating import shared_strings
from ledger_desk.workbook.references import LAST_COLUMN, area, letters
from ledger_desk.workbook.styles import Font

__all__ = [
    "AUTHOR", "CellNote", "ColumnsFullError", "Link", "SheetNotes", "Summary", "SummaryCell",
    "SummaryRow", "Verdict", "annotate",
]  # fmt: skip

AUTHOR = "专班台账"
COLUMN, SHEET = "校验结果", "校验汇总"
# Empty cells with a style count as part of the table when they end so near to its last value.
_NEAR = 8
_LOOKED_AT = 500  # texts or rows that are enough to tell
_NARROWEST, _WIDEST = 14, 42  # characters


class ColumnsFullError(UserError):
    """The sheet uses its last column: nothing can be added beside it."""


@dataclass(frozen=True)
class Verdict:
    """What is said of one row; ``grade`` is ``must``, ``explain`` or ``ok``."""

    text: str
    grade: str = "ok"


@dataclass(frozen=True)
class CellNote:
    """A comment on one cell; rows and columns from 1."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class SheetNotes:
    """What is written into one sheet.

    Attributes:
        sheet: Name on the tab.
        header_rows: First and last row of its header; (0, 0) where it has none.
        verdicts: Row → what is said of it.
        notes: Comments; several on one cell are joined.
    """

    sheet: str
    header_rows: tuple[int, int]
    verdicts: Mapping[int, Verdict]
    notes: Sequence[CellNote] = field(default=())


def annotate(
    data: bytes,
    sheets: Sequence[SheetNotes],
    summary: Summary,
    *,
    column_title: str = COLUMN,
    summary_title: str = SHEET,
    marks: tuple[str, ...] = (),
    progress: Progress = silent,
) -> bytes:
    """Write findings into a workbook.

    Args:
        data: An .xlsx or .xlsm.
        sheets: What to write into which sheet.
        summary: The sheet of findings, put behind all others.
        column_title: Heading of the added column.
        summary_title: Name of the added sheet; its cell A1 must begin with it.
        marks: Beginnings of a verdict. A column of this heading is taken for a former round's,
            and replaced, only where most of its texts begin with one of them.
        progress: May cancel.

    Returns:
        The workbook; the same input gives the same bytes.

    Raises:
        UserError: A sheet is missing or uses all 16,384 columns, or the file is damaged.
        Cancelled: From ``progress``.
    """
    package = Package.read(data)
    styles = StyleSheet(package)
    for item in sheets:
        _Annotation(package, styles, item, column_title, marks).write(progress)
    _put_summary(package, styles, summary, summary_title)
    styles.write()
    progress(1, 1, "正在保存")
    return package.write()


def _put_summary(package: Package, styles: StyleSheet, summary: Summary, title: str) -> None:
    part = summary_part(summary, styles.look)
    taken = {sheet.name.casefold(): sheet.part for sheet in package.sheets()}
    name, number = title, 1
    while (old := taken.get(name.casefold())) is not None:
        if _is_former(package, old, title):
            package.parts[old] = part
            return
        number += 1
        name = f"{title} ({number})"
    parts.add_tab(package, name, part)


def _is_former(package: Package, part: str, title: str) -> bool:
    """Whether a sheet of this name is one that was added in a former round."""
    text = _rows_of(Frame(package.parts[part]))[1]
    first = next(iter(text.rows()), None)
    cells = text.cells(first) if first is not None and first.number == 1 else []
    return bool(cells) and text.text(cells[0], shared_strings(package)).startswith(title)


def _rows_of(frame: Frame) -> tuple[Frame, RowText]:
    """Open the rows; a program that left places to be counted gets them written out first."""
    text = RowText(frame.body, frame.prefix)
    try:
        for row in text.rows():
            text.last(row)
    except NoPlaceError:
        frame = Frame(with_places(frame.whole(frame.body)))
        text = RowText(frame.body, frame.prefix)
    return frame, text


class _Annotation:
    """One sheet while it is written into."""

    def __init__(
        self,
        package: Package,
        styles: StyleSheet,
        item: SheetNotes,
        title: str,
        marks: tuple[str, ...],
    ) -> None:
        self.package, self.styles, self.item = package, styles, item
        self.title, self.marks = title, marks
        self.part = package.sheet(item.sheet).part
        self.frame, self.rows = _rows_of(Frame(package.parts[self.part]))

    def write(self, progress: Progress) -> None:
        """Write column and comments."""
        former = self._former_column()
        column = former or self._free_column()
        self._write_column(column, replaced=bool(former), progress=progress)
        self._write_notes()

    # -- the column ----------------------------------------------------------------------------

    def _former_column(self) -> int:
        """Column that a former round added; 0 if there is none."""
        first, last = self.item.header_rows
        if not last:  # without a heading only its texts tell
            column = max((self.rows.last_filled(row) for row in self.rows.rows()), default=0)
            own = self.marks and column and self._is_ours(column, 0, shared_strings(self.package))
            return column if own else 0
        header = [row for row in self.rows.rows() if first <= row.number <= last]
        strings: list[str] | None = None
        for row in header:
            for cell in reversed(self.rows.cells(row)):
                if not self.rows.filled(cell):
                    continue
                if strings is None:
                    strings = shared_strings(self.package)
                same = self.rows.text(cell, strings).strip() == self.title
                if same and self._is_ours(cell.column, last, strings):
                    return cell.column
        return 0

    def _is_ours(self, column: int, header: int, strings: Sequence[str]) -> bool:
        ours = others = 0
        for row in self.rows.rows():
            if row.number <= header:
                continue
            cell = self.rows.cell(row, column)
            text = self.rows.text(cell, strings).strip() if cell is not None else ""
            if text:
                own = text.startswith(self.marks)
                ours, others = ours + own, others + (not own)
            if ours + others == _LOOKED_AT:
                break
        return ours >= others

    def _free_column(self) -> int:
        """First column right of everything that the sheet shows."""
        filled = looked = 0
        ends = {merge.last_column for merge in self.frame.merges()}
        for row in self.rows.rows():
            last = self.rows.last(row)
            if last is None:
                continue
            here = self.rows.last_filled(row)
            filled = max(filled, here)
            ends.add(last.column)
            if last.column > here + _NEAR and looked < _LOOKED_AT:
                looked += 1  # formatted far to the right: what is near the values counts
                ends.update(cell.column for cell in self.rows.cells(row))
        for link in self.package.links(self.part):
            if link.kind == "table" and link.part in self.package.parts:
                filled = max(filled, area(self.package.xml(link.part).get("ref", "A1")).last_column)
        near = [end for end in ends if filled < end <= filled + _NEAR]
        column: int = max([filled, *near]) + 1
        if column > LAST_COLUMN:
            raise ColumnsFullError(
                f"工作表“{self.item.sheet}”的 {LAST_COLUMN:,} 列都用满了，右边加不了“{self.title}”列。"
                "请删掉右边多余的列，另存后重新读入。"
            )
        return column

    def _write_column(self, column: int, *, replaced: bool, progress: Progress) -> None:
        first, last = self.item.header_rows
        texts = {row: verdict.text for row, verdict in self.item.verdicts.items()}
        heading = self._heading_row(column)
        if last:
            texts |= dict.fromkeys(range(first, last + 1), "") | {heading: self.title}
        grades = {row: verdict.grade for row, verdict in self.item.verdicts.items()}

        def style_of(left: int, row: int) -> int:
            return self.styles.graded(left, grades[row]) if row in grades else left

        end = max([row.number for row in self.rows.rows()] + list(texts), default=0)
        owned = range(last + 1, end + 1) if replaced else range(0)
        body = self.rows.with_column(column, texts, style_of, owned=owned, progress=progress)
        if first < last and heading == first:
            self.frame.merge(f"{letters(column)}{first}:{letters(column)}{last}")
        self.frame.widen(column, end)
        longest = max((shown_width(text) for text in texts.values()), default=0)
        if not replaced:
            self.frame.set_width(column, max(_NARROWEST, min(longest + 2, _WIDEST)))
        self.rows = RowText(body, self.frame.prefix)

    def _heading_row(self, column: int) -> int:
        """Row of the heading: the first of a merged header, else the last one."""
        first, last = self.item.header_rows
        tall = any(
            m.first_row <= first and m.last_row >= last and m.last_column < column
            for m in self.frame.merges()
        )
        return first if first < last and tall else last

    # -- comments ------------------------------------------------------------------------------

    def _write_notes(self) -> None:
        notes: dict[tuple[int, int], str] = {}
        for note in self.item.notes:
            place = (note.row, note.column)
            old = notes.get(place)
            if old is None:
                notes[place] = note.text
            elif note.text not in old.split("\n"):
                notes[place] = f"{old}\n{note.text}"
        links = self.package.links(self.part)
        comments = next((k.part for k in links if k.kind == "comments"), "")
        if notes or comments in self.package.parts:
            old_part = self.package.parts.get(comments) or noting.new_comments()
            data, changed = noting.write_comments(old_part, notes, AUTHOR)
            if comments in self.package.parts:
                self.package.parts[comments] = data
            else:
                comments, _ = parts.free_part(self.package, "comments")
                parts.add_part(self.package, self.part, "comments", comments, data)
            if changed:
                self._draw(notes, changed)
        self.package.parts[self.part] = self.frame.whole(self.rows.body)

    def _draw(self, notes: Mapping[tuple[int, int], str], changed: set[tuple[int, int]]) -> None:
        columns = Columns.read(self.frame.root(), Font())
        relation = self.frame.drawing_id()
        drawing = next(
            (k.part for k in self.package.links(self.part) if k.id == relation and relation), ""
        )
        if drawing in self.package.parts:
            old = self.package.parts[drawing]
            self.package.parts[drawing] = noting.write_boxes(old, notes, changed, columns)
            return
        drawing, number = parts.free_part(self.package, "vmlDrawing")
        data = noting.write_boxes(noting.new_drawing(number), notes, changed, columns)
        relation = parts.add_part(self.package, self.part, "vmlDrawing", drawing, data)
        self.frame.link_drawing(relation)
