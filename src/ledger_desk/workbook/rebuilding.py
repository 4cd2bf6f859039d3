"""Files that cannot be changed in place, made again as .xlsx: .xls, .et, .xlsb, .ods, XML, .csv.

``decisions.md`` 29: same values, styles, merges, widths and print setup as far as the format's best
reader tells them. Rows and columns keep their numbers. The bytes are the same for the same file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.book import Book, Sheet
from ledger_desk.workbook.cells import SAFE_WHOLE, CellValue
from ledger_desk.workbook.lists import clean, shown_width

_CREATED = datetime(2000, 1, 1)  # fixed, so that two runs give the same bytes
_TAB = re.compile(r"[\[\]:*?/\\]")
_SAMPLED = 500  # rows that tell how wide a column should be
_NARROWEST, _WIDEST = 6, 50
_LONGEST_NUMBER = 9  # characters: telephones, codes and other identifiers are longer
_EVERY = 2_000
# Beyond this an .xls is rebuilt by values only: its styles would take minutes and gigabytes.
_MOST_STYLED = 40_000_000


@dataclass(frozen=True)
class Rebuilt:
    """A file made again.

    Attributes:
        data: The .xlsx.
        tabs: Name of a sheet as it was read → name on its tab.
        styled: Styles, widths and print setup came along; False: values and merges only.
    """

    data: bytes
    tabs: Mapping[str, str]
    styled: bool


def rebuild(
    data: bytes,
    book: Book,
    headers: Mapping[str, tuple[int, int]] | None = None,
    progress: Progress = silent,
) -> Rebuilt:
    """Make a workbook again as .xlsx.

    Args:
        data: The file's bytes.
        book: The same file as it was read.
        headers: Sheet → (first, last) row of its header, to be set apart where the format has no
            styles of its own.
        progress: May cancel.
    """
    if book.kind == "xls" and len(data) <= _MOST_STYLED:
        from ledger_desk.workbook import rebuilding_xls

        made = rebuilding_xls.rebuild_styled(data, progress)
        if made is not None:
            return Rebuilt(*made, styled=True)
    return Rebuilt(*_by_values(book, headers or {}, progress), styled=False)


def open_workbook() -> tuple[Any, io.BytesIO]:
    """Open a new workbook of xlsxwriter in memory."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "nan_inf_to_errors": True,
    })  # fmt: skip
    book.set_properties({"created": _CREATED})
    return book, out


def tab_name(name: str, taken: set[str]) -> str:
    """Give a name that a tab may have and that no other tab has."""
    stem = _TAB.sub(" ", clean(name)).strip(" '")[:31] or "表"
    found, number = stem, 2
    while found.casefold() in taken:
        tail = f" ({number})"
        found, number = stem[: 31 - len(tail)] + tail, number + 1
    taken.add(found.casefold())
    return found


def _by_values(
    book: Book, headers: Mapping[str, tuple[int, int]], progress: Progress
) -> tuple[bytes, dict[str, str]]:
    made, out = open_workbook()
    made.formats[0].set_font_name("宋体")
    made.formats[0].set_font_size(11)
    base = {"font_name": "宋体", "font_size": 11}
    styles = {
        "text": made.add_format({**base, "num_format": "@"}),
        "number": made.add_format(base),
        "day": made.add_format({**base, "num_format": "yyyy-mm-dd"}),
        "moment": made.add_format({**base, "num_format": "yyyy-mm-dd hh:mm"}),
        "head": made.add_format({**base, "bold": True, "bg_color": "#EEF2F6", "border": 1,
                                 "border_color": "#BFBFBF", "align": "center",
                                 "valign": "vcenter", "text_wrap": True}),
    }  # fmt: skip
    tabs: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in book.sheets:
        name = tabs[sheet.name] = tab_name(sheet.name, taken)
        page = made.add_worksheet(name)
        if sheet.hidden and len(book.sheets) > 1:
            page.hide()
        _fill(page, sheet, headers.get(sheet.name, (0, 0)), styles, book.kind == "csv", progress)
    if not book.sheets:
        made.add_worksheet("Sheet1")
    _show_one(made)
    made.close()
    return out.getvalue(), tabs


def _show_one(made: Any) -> None:
    """Bring the first visible sheet to the front: Excel refuses books whose front is hidden."""
    pages = made.worksheets()
    shown = next((page for page in pages if not page.hidden), None)
    if shown is None:
        pages[0].hidden = 0
        shown = pages[0]
    shown.activate()
    shown.set_first_sheet()


def _fill(
    page: Any,
    sheet: Sheet,
    header: tuple[int, int],
    styles: Mapping[str, Any],
    texts_only: bool,
    progress: Progress,
) -> None:
    numeric = _numeric_columns(sheet, header) if texts_only else set()
    widths = [_NARROWEST] * sheet.width
    for number, row in enumerate(sheet.rows, 1):
        if number % _EVERY == 0:
            progress(number, len(sheet.rows), f"正在重做“{sheet.name}”")
        heading = header[0] <= number <= header[1]
        for column, cell in enumerate(row):
            if cell is None:
                continue
            value: CellValue = cell
            if column + 1 in numeric and not heading and number > header[1]:
                value = float(str(cell))
            _write(page, number - 1, column, value, styles, "head" if heading else "")
            if number <= _SAMPLED and (heading or number > header[1]):
                widths[column] = max(widths[column], shown_width(str(cell)) + 2)
    for column, width in enumerate(widths):
        hidden = {"hidden": True} if column + 1 in sheet.hidden_columns else {}
        page.set_column(column, column, min(width, _WIDEST), None, hidden)
    for number in sheet.hidden_rows:
        page.set_row(number - 1, None, None, {"hidden": True})
    if texts_only and sheet.width:
        # Identifiers are text on purpose; Excel need not warn of each.
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{max(len(sheet.rows), 1)}"})
    _merge(page, sheet)
    if header[1]:
        page.freeze_panes(header[1], 0)


def _merge(page: Any, sheet: Sheet) -> None:
    """Merge as the file did; the cells are written already, so only the areas are noted down."""
    seen: set[tuple[int, int]] = set()
    for merge in sheet.merged:
        area = [merge.first_row - 1, merge.first_column - 1, merge.last_row - 1,
                merge.last_column - 1]  # fmt: skip
        corners = {(area[0], area[1]), (area[2], area[3])}
        if len(corners) == 2 and not corners & seen:
            seen |= corners
            page.merge.append(area)


def _write(
    page: Any, row: int, column: int, value: CellValue, styles: Mapping[str, Any], look: str
) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, column, value, styles[look or "number"])
    elif isinstance(value, int | float) and abs(value) < SAFE_WHOLE * 1000:
        page.write_number(row, column, value, styles[look or "number"])
    elif isinstance(value, datetime) and value.year >= 1900:
        page.write_datetime(row, column, value, styles["moment"])
    elif isinstance(value, date) and value.year >= 1900:
        page.write_datetime(row, column, value, styles["day"])
    else:
        page.write_string(row, column, clean(str(value)), styles[look or "text"])


def _numeric_columns(sheet: Sheet, header: tuple[int, int]) -> set[int]:
    """Columns of a csv whose texts are all short plain numbers; everything else stays text.

    A number must read back as the very same text: no leading zero, no ``12.50``.
    """
    if not header[1]:
        return set()
    good, filled = set(range(1, sheet.width + 1)), set()
    for number, row in enumerate(sheet.rows, 1):
        if number <= header[1]:
            continue
        for column in [c for c in good if row[c - 1] is not None]:
            if _is_plain_number(row[column - 1]):
                filled.add(column)
            else:
                good.discard(column)
        if not good:
            break
    return good & filled


def _is_plain_number(cell: CellValue) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST_NUMBER:
        return False
    try:
        number = float(cell)
    except ValueError:
        return False
    return cell in (repr(number), str(int(number)) if number.is_integer() else "")
