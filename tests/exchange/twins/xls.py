"""An .xls from nothing: a BIFF8 stream in a compound file, since no library here writes one.

Records by [MS-XLS] 2.4: BOF, BoundSheet8, SST, XF, Dimensions, Row, ColInfo, LabelSst, Number,
BoolErr, MergeCells. The container by [MS-CFB]: one stream of at least 4,096 bytes, no mini stream.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import date

from tests.exchange.twins.pages import Page

_MOST = 8_224  # bytes of one record
_ERRORS = {"#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#N/A": 0x2A}
_GENERAL, _DAY = 15, 16  # places of the two cell formats


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _start(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0x41, 0x06))


def _texts(texts: Sequence[str]) -> bytes:
    """The shared strings; a string never lies across two records."""
    bodies = [struct.pack("<II", len(texts), len(texts))]
    for text in texts:
        raw = text.encode("utf-16-le")
        one = struct.pack("<HB", len(raw) // 2, 1) + raw
        assert len(one) < _MOST
        if len(bodies[-1]) + len(one) > _MOST:
            bodies.append(b"")
        bodies[-1] += one
    return b"".join(_record(0x3C if n else 0xFC, body) for n, body in enumerate(bodies))


def _formats() -> bytes:
    name = "宋体"
    font = struct.pack("<HHHHHBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 134, 0)
    font += struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    style = struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0xF4, 0, 0, 0x20C0)
    cell = struct.pack("<HHHBBBBIIH", 0, 0, 0x0001, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    day = struct.pack("<HHHBBBBIIH", 0, 14, 0x0001, 0x20, 0, 0, 4, 0, 0, 0x20C0)
    formats = _record(0xE0, style) * 15 + _record(0xE0, cell) + _record(0xE0, day)
    return _record(0x31, font) * 4 + formats


def _sheet(page: Page, places: dict[str, int]) -> bytes:
    parts = [_start(0x0010)]
    for column in page.hidden_columns:
        parts.append(_record(0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 0, 15, 1, 0)))
    parts.append(_record(0x0200, struct.pack("<IIHHH", 0, page.height, 0, page.width, 0)))
    for row in sorted({row for row, _ in page.cells} | set(page.hidden_rows)):
        flags = 0x0100 | (0x20 if row in page.hidden_rows else 0)
        facts = (row - 1, 0, page.width, 255, 0, 0, flags, _GENERAL)
        parts.append(_record(0x0208, struct.pack("<HHHHHHHH", *facts)))
    for (row, column), cell in sorted(page.cells.items(), key=lambda item: item[0]):
        place = struct.pack("<HH", row - 1, column - 1)
        if isinstance(cell, str) and cell in _ERRORS:
            body = place + struct.pack("<HBB", _GENERAL, _ERRORS[cell], 1)
            parts.append(_record(0x0205, body))
        elif isinstance(cell, str):
            parts.append(_record(0xFD, place + struct.pack("<HI", _GENERAL, places[cell])))
        elif isinstance(cell, date):
            days = (cell - date(1899, 12, 30)).days
            parts.append(_record(0x0203, place + struct.pack("<Hd", _DAY, days)))
        elif cell is not None:
            parts.append(_record(0x0203, place + struct.pack("<Hd", _GENERAL, cell)))
    parts.append(_record(0x023E, struct.pack("<HHHIHHI", 0x06B6, 0, 0, 0x40, 0, 0, 0)))
    if page.merged:
        ranges = b"".join(
            struct.pack("<HHHH", top - 1, bottom - 1, left - 1, right - 1)
            for top, left, bottom, right in page.merged
        )
        parts.append(_record(0xE5, struct.pack("<H", len(page.merged)) + ranges))
    parts.append(_record(0x0A))
    return b"".join(parts)


def _bound(page: Page, start: int) -> bytes:
    name = page.name.encode("utf-16-le")
    facts = struct.pack("<IBBBB", start, page.hidden, 0, len(name) // 2, 1)
    return _record(0x85, facts + name)


def _stream(pages: Sequence[Page]) -> bytes:
    met = dict.fromkeys(c for page in pages for c in page.cells.values() if isinstance(c, str))
    places = {text: number for number, text in enumerate(met)}
    sheets = [_sheet(page, places) for page in pages]
    before = _start(0x0005) + _record(0x42, struct.pack("<H", 1200))
    before += _record(0x3D, struct.pack("<HHHHHHHHH", 0, 0, 9000, 6000, 0x38, 0, 0, 1, 600))
    before += _formats()
    after = _texts(list(places)) + _record(0x0A)
    start = len(before) + sum(len(_bound(page, 0)) for page in pages) + len(after)
    bounds = b""
    for page, sheet in zip(pages, sheets, strict=True):
        bounds += _bound(page, start)
        start += len(sheet)
    return before + bounds + after + b"".join(sheets)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le") if name else b""
    links = struct.pack("<BBiii", kind, 1, -1, -1, child)
    return (
        raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + links + bytes(16 + 4 + 16)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


def container(name: str, stream: bytes) -> bytes:
    """Put one stream into a compound file."""
    stream = stream.ljust(4_096, b"\0")
    size = len(stream)
    body = stream.ljust(-(-size // 512) * 512, b"\0")
    many = len(body) // 512
    tables = 1
    while (many + 1 + tables) > tables * 128:
        tables += 1
    assert tables <= 109
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain: Iterable[int] = [*range(1, many), end, end, *[table] * tables]
    links = b"".join(struct.pack("<I", link) for link in chain).ljust(tables * 512, b"\xff")
    directory = _entry("Root Entry", 5, 1, end, 0) + _entry(name, 2, -1, 0, size)
    directory += _entry("", 0, -1, 0, 0) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, tables, many, 0, 4_096, end, 0, end, 0)
    own = [many + 1 + number for number in range(tables)]
    head += b"".join(struct.pack("<I", n) for n in [*own, *[free] * (109 - tables)])
    return head + body + directory + links


def workbook(pages: Sequence[Page]) -> bytes:
    """Give the bytes of an .xls."""
    return container("Workbook", _stream(pages))
