"""Print setup of an .xls, which xlrd does not tell: a few records before a sheet's cells.

[MS-XLS] 2.4.28 BoundSheet8, 2.4.257 Setup, 2.4.351 WsBool, 2.4.136 Header, 2.4.124 Footer.
"""

from __future__ import annotations

import io
import struct
from typing import Any

from ledger_desk.workbook.lists import clean


def page_setups(data: bytes, count: int) -> list[dict[int, bytes]]:
    """Find the records before each sheet's cells: number → content, sheets in order of the tabs."""
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        container = CompDoc(data, logfile=io.StringIO())
        memory, start, size = container.locate_named_stream("Workbook")
        stream = bytes(memory[start : start + size]) if memory else b""
        starts = []
        for number, content in _records(stream, 0):
            if number == 0x85 and len(content) > 5 and content[5] == 0:  # BoundSheet8, a worksheet
                starts.append(int.from_bytes(content[:4], "little"))
            if number == 0x0A:
                break
        return [dict(_records(stream, place, until=0x0200)) for place in starts[:count]]
    except (CompDocError, IndexError, ValueError, TypeError, AssertionError, struct.error):
        return []


def _records(stream: bytes, place: int, until: int = 0x0A) -> list[tuple[int, bytes]]:
    """List the records from a place on, up to one of a number or the end of the part."""
    found = []
    while place + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, place)
        found.append((number, stream[place + 4 : place + 4 + length]))
        place += 4 + length
        if number in (until, 0x0A):
            break
    return found


def set_up_page(page: Any, records: dict[int, bytes]) -> None:
    """Set a new sheet's page up by the records of an old one."""
    setup, distances = records.get(0xA1, b""), (0.5, 0.5)  # what Excel takes when none is told
    if len(setup) >= 34:
        paper, scale, first, wide, tall, options = struct.unpack_from("<6H", setup)
        fits = len(records.get(0x81, b"")) >= 2 and records[0x81][1] & 1
        if not options & 0x04:  # else paper, scale and orientation say nothing
            if 0 < paper < 256:
                page.set_paper(paper)
            if not options & 0x42:  # neither portrait nor left to the printer
                page.set_landscape()
            if options & 0x08:
                page.print_black_and_white()
        if fits and wide <= 32767 and tall <= 32767:
            page.fit_to_pages(wide, tall)
        elif not options & 0x04 and 10 <= scale <= 400:
            page.set_print_scale(scale)
        if options & 0x01:
            page.print_across()
        if options & 0x80 and first < 32768:
            page.set_start_page(first)
        distances = struct.unpack_from("<2d", setup, 16)
    if records.get(0x2A, b"")[:1] == b"\x01":
        page.print_row_col_headers()
    if records.get(0x2B, b"")[:1] == b"\x01":
        page.print_gridlines = 1
        page.print_options_changed = True
    margins = {}
    for number, name in ((0x26, "left"), (0x27, "right"), (0x28, "top"), (0x29, "bottom")):
        if len(records.get(number, b"")) == 8:
            margins[name] = struct.unpack("<d", records[number])[0]
    if margins:
        page.set_margins(**{name: value for name, value in margins.items() if 0 <= value < 20})
    if records.get(0x83, b"")[:1] == b"\x01":
        page.center_horizontally()
    if records.get(0x84, b"")[:1] == b"\x01":
        page.center_vertically()
    if min(distances) >= 0 and max(distances) < 20:
        page.margin_header, page.margin_footer = distances
    for number, write in ((0x14, page.set_header), (0x15, page.set_footer)):
        text = _unicode(records.get(number, b""))
        if text:
            write(
                clean(text)[:255],
                {"margin": page.margin_header if number == 0x14 else page.margin_footer},
            )


def _unicode(content: bytes) -> str:
    """Read an XLUnicodeString ([MS-XLS] 2.5.294)."""
    if len(content) < 3:
        return ""
    count, wide = int.from_bytes(content[:2], "little"), content[2] & 1
    raw = content[3 : 3 + count * (1 + wide)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def set_print_areas(book: Any, made: Any) -> None:
    """Take over print areas and repeated title rows."""
    pages = made.worksheets()
    for name in book.name_obj_list:
        if not name.builtin or not 0 <= name.scope < len(pages) or name.result is None:
            continue
        page, value = pages[name.scope], getattr(name.result, "value", None)
        if not isinstance(value, list):
            continue
        for item in value:
            places = getattr(item, "coords", None)
            if places is None:
                continue
            top, bottom, left, right = places[2:6]
            if name.name == "Print_Area":
                page.print_area(top, left, bottom - 1, right - 1)
            elif name.name == "Print_Titles" and right - left >= 256:
                page.repeat_rows(top, bottom - 1)
            elif name.name == "Print_Titles" and bottom - top >= 65_536:
                page.repeat_columns(left, right - 1)
