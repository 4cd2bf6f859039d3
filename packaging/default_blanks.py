"""Blanks of our own layouts (默认表样), made from ``forms/*/form.toml`` and ``layouts.toml``.

A title, the line 填报单位/期别/单位, headings with their groups, ready rows, a total row, notes, the
line of signatures (`domain.md` §9.6). What a column is decides how it looks: money to the right with two
decimals, days as days, codes and words to the left. Sheets wider than a page are fitted to its width.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl.utils import column_index_from_string as number_of
from openpyxl.utils import get_column_letter as letter_of

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.computed import COMPUTED
from sheets import DAY, MONEY, Book, Sheet

LAYOUTS = Path(__file__).with_name("layouts.toml")
_WHOLE, _PERCENT, _TENTHS = "#,##0", "0.00", "0.0"
_ROOM, _MOST = {"A4": 1017, "A3": 1480}, 1.35  # pixels between the margins


def read_layouts() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Read how each form's sheets look."""
    return tomllib.loads(LAYOUTS.read_text(encoding="utf-8"))


def make(form: Path, layouts: Sequence[Mapping[str, Any]]) -> bytes:
    """Make the blank of one form.

    Args:
        form: Its ``form.toml``.
        layouts: Its sheets, in order.
    """
    shape = tomllib.loads(form.read_text(encoding="utf-8"))
    book = Book(shape["title"])
    for layout in layouts:
        blocks = [b for b in shape["block"] if b.get("sheet", shape["sheet"]) == layout["sheet"]]
        cells = [c for c in shape["cell"] if c.get("sheet", shape["sheet"]) == layout["sheet"]]
        _draw(book, layout, blocks, cells, shape)
    return book.finish()


def _draw(
    book: Book, layout: Mapping[str, Any], blocks: Sequence[Any], cells: Sequence[Any], shape: Any
) -> None:
    sheet = book.sheet(layout["sheet"], layout["widths"], paper=layout["paper"])
    # A sheet wider than its page is printed smaller: its letters are larger, to be read all the same.
    most = _MOST if layout.get("numbered") else 1.1  # the days of a list need their columns' width
    sheet.scale = min(max(sum(layout["widths"]) / _ROOM[layout["paper"]], 1.0), most)
    last, columns = len(layout["widths"]), {}
    for block in blocks:
        columns |= {number_of(c["at"]): c for c in block["column"]}
    for at, heading in layout.get("stubs", {}).items():
        columns.setdefault(number_of(at), {"heading": heading})
    sheet.text(1, 1, last, layout["title"], size=18, bold=True, across="center")
    sheet.height(1, 38)
    _second_line(sheet, layout, cells, last)
    head = _headings(sheet, layout, columns, last)
    row = head + 1
    for block in blocks:
        row = _rows(sheet, layout, block, columns, last)
    for place, note in enumerate(layout.get("footnotes", ())):
        lines = -(-len(note) * 12 * sheet.scale // (sum(layout["widths"]) - 12))
        sheet.text(row + place, 1, last, note, size=9, wrap=lines > 1)
        sheet.height(row + place, max(18, 13.5 * lines + 3))
    row += len(layout.get("footnotes", ()))
    _signatures(sheet, row, last, cells)
    sheet.close(head, row)


def _second_line(sheet: Sheet, layout: Mapping[str, Any], cells: Sequence[Any], last: int) -> None:
    """填报单位, the period, the unit; merged from the place of each to the next one's."""
    starts = sorted(number_of(_split(c["at"])[0]) for c in cells if _split(c["at"])[1] == 2)
    unit_at = _unit_place(layout, sheet.scale, starts[-1] + 2) if layout["unit"] else last + 1
    ends = [*starts[1:], min(unit_at, last + 1)]
    for place, (first, end) in enumerate(zip(starts, ends, strict=True)):
        words = "填报单位：" if not place else None
        sheet.text(2, first, end - 1, words, across="left" if not place else "center")
    if layout["unit"]:
        sheet.text(2, unit_at, last, layout["unit"], across="right")
    sheet.height(2, 20)


def _unit_place(layout: Mapping[str, Any], scale: float, first: int) -> int:
    """First column of the unit at the right end: two columns, or more where its words need them."""
    widths, wanted = layout["widths"], len(layout["unit"]) * 13.5 * scale + 8
    place = len(widths) - 1
    while place > first and sum(widths[place - 1 :]) < wanted:
        place -= 1
    return max(place, first)


def _headings(
    sheet: Sheet, layout: Mapping[str, Any], columns: Mapping[int, Any], last: int
) -> int:
    """Headings, with groups over them where there are any; gives the last heading row."""
    groups = [(number_of(a), number_of(b), words) for a, b, words in layout.get("groups", ())]
    bottom = 4 if groups else 3
    inside = {place for first, end, _ in groups for place in range(first, end + 1)}
    for first, end, words in groups:
        sheet.head(3, first, end, words)
    most = 1
    for place in range(1, last + 1):
        words = columns.get(place, {}).get("heading", "")
        wide = max(int(layout["widths"][place - 1] / 13.5 / sheet.scale), 1)
        top = 4 if place in inside else 3
        sheet.head(top, place, place, words, last_row=bottom)
        most = max(most, -(-len(words) // wide))
    if groups:
        sheet.height(3, 20)
    sheet.height(bottom, max(24, 14 * most + 6))
    if layout.get("numbered"):
        bottom += 1
        for place, words in enumerate(layout["numbered"], start=1):
            sheet.text(bottom, place, place, words, across="center", box=True, size=9)
        sheet.height(bottom, 16)
    return bottom


def _rows(
    sheet: Sheet, layout: Mapping[str, Any], block: Any, columns: Mapping[int, Any], last: int
) -> int:
    first, room = block["first_row"], block["room"]
    looks = {place: _look(columns.get(place, {}), block) for place in range(1, last + 1)}
    high = layout.get("row_height", 24)
    labels = {row.get("at_row", first + n): row for n, row in enumerate(block.get("row", ()))}
    for row in range(first, first + room):
        for place, (across, form) in looks.items():
            if "measure" in columns.get(place, {}) and "unit" in labels.get(row, {}):
                across, form = _look(labels[row], block)  # a row of its own unit
            sheet.text(
                row, place, place, None, across=across, wrap=True, box=True, number_format=form
            )
        if row in labels and block.get("write_label") is False:
            at = number_of(layout.get("label_at", "A"))
            sheet.sheet.cell(row, at).value = labels[row]["label"]
        sheet.height(row, high)
    row = first + room
    if block.get("total_row"):
        for place, (across, form) in looks.items():
            column = columns.get(place, {})
            if "{n}" in column.get("total_text", ""):
                across, form = "center", "General"
            words = "合计" if place == 1 else None
            sheet.text(
                row, place, place, words, bold=True,
                across="center" if place == 1 else across, box=True, number_format=form,
            )  # fmt: skip
        sheet.height(row, 24)
        row += 1
    return row


def _look(column: Mapping[str, Any], block: Any) -> tuple[str, str]:
    """Where a column's content stands in its cells, and its number format."""
    unit = column.get("unit", "")
    if unit in ("万元", "亿元", "元"):
        return "right", MONEY
    if unit in ("%", "天"):
        return "right", _PERCENT if unit == "%" else _TENTHS
    if "indicator" in column or "formula" in column or "measure" in column or unit:
        return "right", _WHOLE if unit != "" or "indicator" in column else "General"
    if block["rows"] == "records" and "field" in column:
        return _look_of_field(block["of"], column["field"])
    if column.get("field") == "number":
        return "center", "General"
    return "left", "General"


def _look_of_field(table: str, path: str) -> tuple[str, str]:
    if path == "number":
        return "center", "General"
    *hops, name = path.split(".")
    for hop in hops:
        table = field_map(BY_TABLE[table])[hop].ref or ""
    known = field_map(BY_TABLE[table])
    kind = known[name].kind if name in known else COMPUTED[table][name].kind
    if kind.name == "money":
        return "right", MONEY
    if kind.name == "rate":
        return "right", "0.00##"
    if kind.name == "day":
        return "center", DAY
    if kind.name in ("whole", "figure"):
        return "right", _WHOLE
    return ("center" if kind.name in ("yes_no", "choice") else "left"), "General"


def _signatures(sheet: Sheet, row: int, last: int, cells: Sequence[Any]) -> None:
    """单位负责人, 审核人, 填表人, 报出日期: the third begins where the form writes who fills it in."""
    third = next(
        number_of(_split(c["at"])[0])
        for c in cells
        if _split(c["at"])[1] == row and "填表人" in c["text"]
    )
    second = max(2, (third + 1) // 2)
    fourth = min(last, third + max(1, (last - third + 1) // 2))
    starts = (1, second, third, fourth)
    for place, words in enumerate(("单位负责人：", "审核人：", "填表人：", "报出日期：")):
        end = starts[place + 1] - 1 if place < 3 else last
        sheet.text(row, starts[place], max(end, starts[place]), words)
    sheet.height(row, 28)


def _split(at: str) -> tuple[str, int]:
    letters = at.rstrip("0123456789")
    return letters, int(at[len(letters) :])


__all__ = ["letter_of", "make", "read_layouts"]
