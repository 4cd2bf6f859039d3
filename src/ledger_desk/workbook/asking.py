"""A table to be filled in by somebody else: facts beside questions, choices to pick, nothing locked.

Title and notes stand above, the heading stays on the screen, the filter's range takes the hidden
columns along, so that a sorted row keeps its marks (`decisions.md` 28). The same rows give the same
bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from ledger_desk.files import atomic_write
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.lists import ColumnKind, ListValue, clean, shown_width, write_cell
from ledger_desk.workbook.outlets import Outlet

CHOICES = "选项"  # hidden sheet with the words to choose from
_FONT = "宋体"
_CREATED = datetime(2000, 1, 1)
_PAGES_WIDE = 2  # on one page nobody over fifty could read it
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"}, "whole": {"num_format": "0"}, "number": {"num_format": "General"},
    "money": {"num_format": "#,##0.00####"}, "rate": {"num_format": "0.00##"},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
}  # fmt: skip
_FACT = {"bg_color": "#F1F3F4", "font_color": "#3C4043"}
_LINES = {"border": 1, "border_color": "#B9C2C8"}
_WIDTHS: dict[str, int] = dict(text=12, whole=9, number=10, money=13, rate=10, day=12)


@dataclass(frozen=True)
class AskColumn:
    """One column.

    Attributes:
        label: Heading.
        kind: As in `lists.ListColumn`.
        width: In digits' widths; 0 for a sensible one.
        group: Words over it; columns of one group stand side by side.
        asked: To be filled in; else a fact.
        choices: Words to pick from.
        strict: Other words than the choices are refused by the spreadsheet.
        note: Said beside the cell while one is in it.
    """

    label: str
    kind: ColumnKind = "text"
    width: int = 0
    group: str = ""
    asked: bool = False
    choices: tuple[str, ...] = ()
    strict: bool = True
    note: str = ""


def write_questions(
    path: Path,
    title: str,
    notes: Sequence[str],
    columns: Sequence[AskColumn],
    rows: Sequence[Sequence[ListValue]],
    *,
    hidden: Sequence[str] = (),
    frozen: int = 3,
    progress: Progress = silent,
) -> int:
    """Write the table as .xlsx, whole or not at all.

    Args:
        path: Where to; replaced if it exists.
        title: Over the table and on the tab.
        notes: Lines under the title.
        columns: The visible columns.
        rows: Values in the order of ``columns``, then one for each of ``hidden``.
        hidden: Headings of hidden columns after the last.
        frozen: How many columns stay on the screen.
        progress: Called once in 200 rows.

    Returns:
        The number of rows.

    Raises:
        UserError: The file cannot be written.
        Cancelled: From ``progress``; nothing is left behind.
    """

    def write(out: BinaryIO) -> None:
        with _book(out, title) as book:
            _Sheet(book, title, columns, hidden).fill(notes, rows, frozen, progress)

    atomic_write(Path(path), write)
    return len(rows)


@contextmanager
def _book(out: BinaryIO, title: str) -> Iterator[Any]:
    import xlsxwriter  # start-up stays light

    folder = tempfile.mkdtemp(prefix="ledger-desk-ask-")
    outlet = Outlet(out)
    options = {
        "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(outlet, options)
    try:
        book.set_properties({"title": clean(title), "created": _CREATED})
        book.formats[0].set_font_name(_FONT)
        book.formats[0].set_font_size(10)
        yield book
        book.close()
    except BaseException:
        book.fileclosed = True
        outlet.let_go()
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Sheet:
    """The sheet while it is written."""

    def __init__(
        self, book: Any, title: str, columns: Sequence[AskColumn], hidden: Sequence[str]
    ) -> None:
        self.book, self.title, self.columns, self.hidden = book, title, columns, hidden
        self.sheet = book.add_worksheet("回填表")
        self.base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
        self.text = self._format(_FORMATS["text"])
        self.cells = [
            self._format(
                _LINES, _FORMATS[c.kind], {} if c.asked else _FACT,
                {"text_wrap": True} if c.kind == "text" else {},
            )
            for c in columns
        ]  # fmt: skip

    def _format(self, *parts: dict[str, Any]) -> Any:
        made = dict(self.base)
        for part in parts:
            made |= part
        return self.book.add_format(made)

    def fill(
        self,
        notes: Sequence[str],
        rows: Sequence[Sequence[ListValue]],
        frozen: int,
        progress: Progress,
    ) -> None:
        sheet, wide = self.sheet, min(len(self.columns), 14) - 1
        big = self._format({"font_size": 16, "bold": True, "align": "left"})
        small = self._format({"text_wrap": True, "align": "left", "font_color": "#3C4043"})
        sheet.merge_range(0, 0, 0, wide, clean(self.title), big)
        sheet.set_row(0, 30)
        for place, note in enumerate(notes, 1):
            sheet.merge_range(place, 0, place, wide, clean(note), small)
            sheet.set_row(place, 18)
        head = len(notes) + 2
        self._headings(head)
        self._widths()
        for number, row in enumerate(rows):
            if number % 200 == 0:
                progress(number, len(rows), f"正在写“{self.title}”")
            at = head + 1 + number
            sheet.set_row(at, 30)
            for place, value in enumerate(row):
                if place >= len(self.columns):
                    sheet.write_string(at, place, str(value or ""), self.text)
                elif value is None or value == "":
                    sheet.write_blank(at, place, None, self.cells[place])
                else:
                    kind, own = self.columns[place].kind, self.cells[place]
                    write_cell(sheet, at, place, value, kind, own, own)
        last = head + max(len(rows), 1)
        self._ask(head + 1, last)
        sheet.autofilter(head, 0, last, len(self.columns) + len(self.hidden) - 1)
        sheet.freeze_panes(head + 1, frozen)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.repeat_rows(head - 1, head)
        sheet.repeat_columns(0, frozen - 1)
        sheet.fit_to_pages(_PAGES_WIDE, 0)
        sheet.set_footer(f'&C&"{_FONT},常规"&9第 &P 页 共 &N 页')
        progress(len(rows), len(rows), f"正在写“{self.title}”")

    def _headings(self, head: int) -> None:
        bold = {"bold": True, "align": "center", "text_wrap": True} | _LINES
        fact = self._format(bold, {"bg_color": "#DDE3E6"})
        asked = self._format(bold, {"bg_color": "#CFE3DF"})
        start = 0
        while start < len(self.columns):
            group, end = self.columns[start].group, start
            while end + 1 < len(self.columns) and self.columns[end + 1].group == group:
                end += 1
            own = asked if self.columns[start].asked else fact
            if end > start:
                self.sheet.merge_range(head - 1, start, head - 1, end, group, own)
            else:
                self.sheet.write_string(head - 1, start, group, own)
            start = end + 1
        for place, column in enumerate(self.columns):
            self.sheet.write_string(head, place, column.label, asked if column.asked else fact)
        for place, label in enumerate(self.hidden, len(self.columns)):
            self.sheet.write_string(head, place, label, fact)
        self.sheet.set_row(head, 32)

    def _widths(self) -> None:
        for place, column in enumerate(self.columns):
            # A heading may break into two lines.
            width = column.width or max(_WIDTHS[column.kind], shown_width(column.label) // 2 + 5)
            self.sheet.set_column(place, place, width)
        if self.hidden:
            first = len(self.columns)
            self.sheet.set_column(first, first + len(self.hidden) - 1, 10, None, {"hidden": True})

    def _ask(self, first: int, last: int) -> None:
        lists: dict[tuple[str, ...], str] = {}
        page = None
        for place, column in enumerate(self.columns):
            if not column.asked:
                continue
            rule: dict[str, Any] = {"validate": "any"}
            if column.choices:
                if page is None:
                    page = self.book.add_worksheet(CHOICES)
                    page.hide()
                if column.choices not in lists:
                    at = len(lists)
                    page.write_column(0, at, list(column.choices), self.text)
                    letter = chr(ord("A") + at)
                    lists[column.choices] = (
                        f"={CHOICES}!${letter}$1:${letter}${len(column.choices)}"
                    )
                rule = {"validate": "list", "source": lists[column.choices],
                        "error_title": column.label, "error_message": "请从下拉里选一个。",
                        "error_type": "stop" if column.strict else "warning"}  # fmt: skip
            elif column.kind == "day":
                rule = {"validate": "date", "criteria": "between", "minimum": _FIRST,
                        "maximum": _LAST, "error_title": column.label, "error_type": "stop",
                        "error_message": "请写日期，例如 2026-03-05。"}  # fmt: skip
            elif column.kind in ("money", "rate", "whole", "number"):
                rule = {"validate": "integer" if column.kind == "whole" else "decimal",
                        "criteria": ">=", "value": 0, "error_title": column.label,
                        "error_message": "请只写数字。", "error_type": "stop"}  # fmt: skip
            if column.note:
                rule |= {"input_title": column.label[:32], "input_message": column.note[:255]}
            if rule != {"validate": "any"}:
                self.sheet.data_validation(first, place, last, place, rule)
