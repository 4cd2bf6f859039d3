"""Files of formats that no library here writes: an .xlsb from records, an .ods from XML."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path

_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _relations(*pairs: tuple[str, str]) -> str:
    body = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs, 1)
    )
    return (
        '<?xml version="1.0"?><Relationships '
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of [MS-XLSB] 2.1.4: type and length have seven bits to a byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _cell(column: int, value: object) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str) and value.startswith("#"):
        return record(3, place + bytes([{"#DIV/0!": 0x07, "#N/A": 0x2A}[value]]))
    if isinstance(value, str):
        return record(6, place + wide(value))
    if isinstance(value, bool):
        return record(4, place + bytes([value]))
    assert isinstance(value, int | float)
    return record(5, place + struct.pack("<d", value))


def save_xlsb(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    hidden_rows: Collection[int] = (),
    hidden_column: int = 0,
    claims: tuple[int, int] | None = None,
) -> Path:
    """Write an .xlsb of one sheet; ``claims`` adds a number in that far row and column."""
    lines = b""
    for number, row in enumerate(rows):
        flags = 0x10 if number + 1 in hidden_rows else 0
        lines += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
        lines += b"".join(_cell(c, v) for c, v in enumerate(row) if v is not None)
    if claims:
        lines += record(0, struct.pack("<IIHBBBI", claims[0] - 1, 0, 300, 0, 0, 0, 0))
        lines += _cell(claims[1] - 1, 1)
    far = claims or (len(rows), max(map(len, rows)))
    columns = b""
    if hidden_column:
        at = hidden_column - 1
        columns = record(390) + record(60, struct.pack("<IIIIH", at, at, 0, 0, 1)) + record(391)
    sheet = (
        record(129) + record(148, struct.pack("<IIII", 0, far[0] - 1, 0, far[1] - 1)) + columns
        + record(145) + lines + record(146) + record(130)
    )  # fmt: skip
    book = (
        record(131) + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("名单"))
        + record(144) + record(132)
    )  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels", _relations(("worksheet", "worksheets/sheet1.bin"))
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


_SPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)
_MANIFEST = """<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def save_ods(path: Path, table: str, prolog: str = "") -> Path:
    """Write an .ods of one sheet from the XML inside its table element."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {_SPACES}><office:body>'
        f'<office:spreadsheet><table:table table:name="名单">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


def ods_text(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'
