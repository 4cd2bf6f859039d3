"""Plain lists out: a typed .xlsx that sorts, filters and prints well, or a .csv for programs.

Row 1 holds the headings, so that filters, pivots and reading the list back need no searching; the
title stands on the tab, in the print header and in the properties. Runs in constant memory and
gives the same bytes for the same rows.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias

from ledger_desk.errors import UserError
from ledger_desk.files import atomic_write
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.cells import SAFE_WHOLE
from ledger_desk.workbook.outlets import Outlet

ColumnKind: TypeAlias = Literal["text", "whole", "number", "money", "rate", "day"]
ListValue: TypeAlias = str | int | float | bool | Decimal | date | None

MOST_ROWS = 1_048_575  # an .xlsx sheet less its heading (ECMA-376 part 1, 18.3.1.73)
_LONGEST_TEXT = 32_767  # 18.18.19, and Excel's own limit of a cell
_FONT = "宋体"
# Fixed, so that two runs give the same bytes.
_CREATED = datetime(2000, 1, 1)
# Excel's calendar counts a 29 February 1900 that never was; days before 1 March go out as text.
_FIRST_DAY = date(1900, 3, 1)
_FORMATS: dict[ColumnKind, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "whole": {"num_format": "0"},
    "number": {"num_format": "General"},
    "money": {"num_format": "#,##0.00"},
    "rate": {"num_format": "0.00##"},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
}
_LINES: dict[str, Any] = {"border": 1, "border_color": "#BFBFBF"}
_WIDTHS: dict[ColumnKind, int] = dict(text=16, whole=9, number=12, money=14, rate=9, day=12)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAB_NAME = re.compile(r"[\[\]:*?/\\]")
# Text that a spreadsheet would run or recount when it opens a csv.
_RUNS = re.compile(r"'*[=+\-@\t\r]")
_HARMLESS = re.compile(r"-?\d+(?:\.\d+)?|-+|—+")


@dataclass(frozen=True)
class ListColumn:
    """One column of a list.

    Attributes:
        label: Heading; the unit of a ``money`` column belongs into it, e.g. 授信金额（万元）.
        kind: ``text`` (identifiers too), ``whole``, ``money`` (values are 万元, exact), ``rate``
            (per cent as a number, 3.85 means 3.85 %) or ``day``.
        width: In characters of a digit's width, a Chinese one counting two; 0 for a sensible one.
        shown: Number format in place of the kind's own (``yyyy.mm.dd``); the cell stays typed.
    """

    label: str
    kind: ColumnKind = "text"
    width: int = 0
    shown: str = ""


def write_list(
    path: Path,
    title: str,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[ListValue]],
    *,
    hidden_column: tuple[str, ...] | None = None,
    progress: Progress = silent,
) -> int:
    """Write a list as .xlsx, whole or not at all.

    Args:
        path: Where to; replaced if it exists.
        title: For the tab, the print header and the properties.
        columns: The visible columns.
        rows: Values in the order of ``columns``, then one for each of ``hidden_column``. A value
            that is not of its column's kind is written as text and loses nothing.
        hidden_column: Labels of hidden columns after the last (record tokens), if any.
        progress: Called once in 500 rows.

    Returns:
        The number of rows written.

    Raises:
        UserError: The file cannot be written, or there are more rows than a sheet holds.
        Cancelled: From ``progress``; nothing is left behind.
    """
    count = 0

    def write(out: BinaryIO) -> None:
        nonlocal count
        with _workbook(out, title) as (book, sheet):
            count = _fill(book, sheet, title, columns, rows, hidden_column or (), progress)

    atomic_write(Path(path), write)
    return count


@contextmanager
def _workbook(out: BinaryIO, title: str) -> Iterator[tuple[Any, Any]]:
    """Open a workbook whose temporary files vanish even when writing is broken off."""
    import xlsxwriter  # start-up stays light

    folder = tempfile.mkdtemp(prefix="ledger-desk-list-")
    options = {
        "constant_memory": True,
        "tmpdir": folder,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    outlet = Outlet(out)
    book = xlsxwriter.Workbook(outlet, options)
    try:
        book.set_properties({"title": clean(title), "created": _CREATED})
        book.formats[0].set_font_name(_FONT)
        book.formats[0].set_font_size(10)
        sheet = book.add_worksheet(_tab_name(title))
        yield book, sheet
        book.close()
    except BaseException:
        # An unclosed workbook would try to write itself when it is collected.
        book.fileclosed = True
        outlet.let_go()
        raise
    finally:
        for unfinished in book.worksheets():
            handle = getattr(unfinished, "row_data_fh", None)
            if handle is not None and not handle.closed:
                handle.close()
        shutil.rmtree(folder, ignore_errors=True)


def _fill(
    book: Any,
    sheet: Any,
    title: str,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[ListValue]],
    hidden: tuple[str, ...],
    progress: Progress,
) -> int:
    base = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
    heading = book.add_format(
        base | _LINES | {"bold": True, "bg_color": "#EEF2F6", "align": "center", "text_wrap": True}
    )
    text = book.add_format({**base, **_FORMATS["text"]})
    formats: dict[tuple[ColumnKind, str], Any] = {("text", ""): text}
    cells: list[tuple[ColumnKind, Any]] = []
    for column in (*columns, *(ListColumn(name) for name in hidden)):
        key = (column.kind, column.shown)
        if key not in formats:
            own = {"num_format": column.shown} if column.shown else {}
            formats[key] = book.add_format({**base, **_FORMATS[column.kind], **own})
        cells.append((column.kind, formats[key]))
    _set_up(sheet, title, columns, hidden, [own for _, own in cells])
    sheet.set_row(0, 30)
    for place, label in enumerate([*(column.label for column in columns), *hidden]):
        sheet.write_string(0, place, clean(label), heading)
    note = f"正在写“{title}”"
    count = 0
    for row in rows:
        if count == MOST_ROWS:
            raise UserError(
                f"“{title}”超过 {MOST_ROWS:,} 行，一张工作表放不下。请先筛选，分成几份再导出。"
            )
        if count % 500 == 0:
            progress(count, 0, note)
        count += 1
        for place, (value, (kind, own)) in enumerate(zip(row, cells, strict=True)):
            if value is None or value == "":
                continue  # its column has the format
            write_cell(sheet, count, place, value, kind, own, text)
    # The hidden columns belong to the range: a filter sorts its range only, and tokens must follow.
    sheet.autofilter(0, 0, max(count, 1), max(0, len(cells) - 1))
    if count:
        # One rule in place of a formatted blank for each empty cell, which is half of a wide list.
        lines = {"type": "formula", "criteria": "=TRUE", "format": book.add_format(_LINES)}
        sheet.conditional_format(1, 0, count, len(cells) - 1, lines)
    progress(count, count, note)
    return count


def write_cell(
    sheet: Any,
    row: int,
    place: int,
    value: ListValue,
    kind: ColumnKind,
    own: Any,
    text: Any,
) -> None:
    """Write one cell in the type and format of its column; what does not fit goes out as text."""
    if kind == "text" and isinstance(value, str):
        sheet.write_string(row, place, clean(value), own)
        return
    if isinstance(value, datetime):
        value = value.date() if kind == "day" else value.isoformat(" ", "minutes")
    if isinstance(value, bool):
        value = "是" if value else "否"
    if kind == "day" and (day := _as_day(value)) is not None:
        sheet.write_datetime(row, place, day, own)
    elif kind in ("whole", "number", "money", "rate") and (number := _as_number(value)) is not None:
        sheet.write_number(row, place, number, own)
    else:
        sheet.write_string(row, place, clean(str(value)), text)


def _as_day(value: ListValue) -> date | None:
    if isinstance(value, str) and len(value) == 10:
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and value >= _FIRST_DAY else None


def _as_number(value: ListValue) -> float | int | None:
    """Give a number that a spreadsheet holds exactly; None for text and for too many digits."""
    if isinstance(value, str):
        try:
            value = Decimal(value.strip().replace(",", ""))
        except ArithmeticError:
            return None
    if isinstance(value, Decimal):
        if not value.is_finite() or len(value.normalize().as_tuple().digits) > 15:
            return None
        return float(value)
    if isinstance(value, int | float) and value == value and abs(value) < SAFE_WHOLE:
        return value
    return None


def _set_up(
    sheet: Any,
    title: str,
    columns: Sequence[ListColumn],
    hidden: tuple[str, ...],
    formats: Sequence[Any],
) -> None:
    """Set what does not depend on the rows: widths, frozen heading, page.

    The columns carry the formats: a code typed into an empty cell or below the list stays text.
    """
    for place, column in enumerate(columns):
        width = column.width or max(_WIDTHS[column.kind], min(40, shown_width(column.label) + 4))
        sheet.set_column(place, place, min(width, 100), formats[place])
    if hidden:
        last = len(columns) + len(hidden) - 1
        sheet.set_column(len(columns), last, 10, formats[-1], {"hidden": True})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    name = clean(title).replace("&", "&&")[:80]
    sheet.set_header(f'&C&"{_FONT},加粗"&14{" " if name[:1].isdigit() else ""}{name}')
    sheet.set_footer(f'&C&"{_FONT},常规"&9第 &P 页 共 &N 页')


def shown_width(text: str) -> int:
    """Give the width of text in digits' widths: a Chinese character counts two."""
    return max(
        (sum(1 if c < "\u0300" else 2 for c in line) for line in text.split("\n")), default=0
    )


def clean(text: str) -> str:
    """Make text fit for a cell: no control characters or half characters, at most 32,767 long."""
    text = _CONTROL.sub("", text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _tab_name(title: str) -> str:
    return _TAB_NAME.sub(" ", clean(title)).strip(" '")[:31] or "名单"


def write_csv(
    path: Path,
    columns: Sequence[ListColumn],
    rows: Iterable[Sequence[ListValue]],
    *,
    progress: Progress = silent,
) -> int:
    """Write a list as .csv: UTF-8 with mark, commas, CRLF, ISO dates, exact numbers.

    Text that a spreadsheet would run or recount (beginning with ``=``, ``+``, ``-``, ``@``, tab)
    gets one apostrophe in front, and so does text that begins with apostrophes before one of
    these. Reading back takes exactly one away (`cells.tidy_csv_row`): nothing is damaged.
    Negative numbers and lone dashes are harmless and stay. Long digits stay as they are: a csv
    is for programs; for people who open it in Excel the .xlsx keeps them as text.

    Returns:
        The number of rows written.

    Raises:
        UserError: The file cannot be written.
        Cancelled: From ``progress``; nothing is left behind.
    """
    count = 0

    def write(out: BinaryIO) -> None:
        nonlocal count
        text = io.TextIOWrapper(out, "utf-8-sig", newline="")
        try:
            writer = csv.writer(text)
            writer.writerow([_csv_cell(column.label) for column in columns])
            for row in rows:
                if count % 1_000 == 0:
                    progress(count, 0, f"正在写“{path.name}”")
                if len(row) != len(columns):
                    raise ValueError(f"row has {len(row)} values for {len(columns)} columns")
                writer.writerow([_csv_cell(value) for value in row])
                count += 1
        finally:
            # The file below belongs to the caller, who flushes it to the disk.
            text.detach()

    path = Path(path)
    atomic_write(path, write)
    return count


def _csv_cell(value: ListValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | float | date):
        return str(value)
    text = clean(value)
    return f"'{text}" if _RUNS.match(text) and not _HARMLESS.fullmatch(text) else text
