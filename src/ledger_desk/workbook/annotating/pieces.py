"""XML changed as text: what is not meant stays byte for byte (`decisions.md` 30)."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from ledger_desk.errors import UserError
from ledger_desk.workbook.package import MAIN, parse_xml, to_bytes
from ledger_desk.workbook.references import name as name_of
from ledger_desk.workbook.references import split

_ROOT = re.compile(rb"<(?:([\w.-]+):)?[A-Za-z][\w.-]*(?=[\s/>])")
_UTF8 = re.compile(rb"<\?xml[^>]*?encoding=[\"']utf-?8[\"']", re.IGNORECASE)
_TO_ESCAPE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Child(NamedTuple):
    """A child of the root: local name, place of its first byte, and of the byte after it."""

    name: str
    start: int
    end: int


def escape(text: str) -> str:
    """Text as it may stand between tags and inside a quoted attribute."""
    return text.translate(_TO_ESCAPE)


def prefix_of(data: bytes) -> str:
    """Prefix of the root's name with its colon (``x:``), or ''."""
    found = _ROOT.search(data)
    return f"{found[1].decode()}:" if found and found[1] else ""


def as_text(data: bytes) -> bytes:
    """Bring a part into a form that can be searched: UTF-8, no comments, no CDATA.

    Nearly every part is in that form already and comes back as it is.

    Raises:
        UserError: Not well-formed, or with a document type (entities of strangers).
    """
    head = data[:200].lstrip(b"\xef\xbb\xbf")
    if b"<!DOCTYPE" in data[:4096]:
        raise UserError(
            "工作簿里有不该有的内容（文档类型声明），没有打开。请用 Excel 另存一份再试。"
        )
    declared = not head.startswith(b"<?xml") or b"encoding" not in head or _UTF8.match(head)
    if declared and b"\0" not in head and b"<!" not in data and data.count(b"<?", 5) == 0:
        return data
    root = parse_xml(data)
    for item in list(root.iter()):
        if not isinstance(item.tag, str):
            item.getparent().remove(item)
    return to_bytes(root)


def with_places(data: bytes) -> bytes:
    """Write the place of every row and cell out, where a program left it to be counted."""
    root = parse_xml(data)
    number = 0
    for row in root.iterfind(f"{{{MAIN}}}sheetData/{{{MAIN}}}row"):
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        column = 0
        for cell in row.iterchildren(f"{{{MAIN}}}c"):
            column = split(cell.get("r"))[1] if cell.get("r") else column + 1
            cell.set("r", name_of(number, column))
    return to_bytes(root)


def children(data: bytes) -> list[Child]:
    """Find the root's children in a part that has no prefix trouble of its own.

    Raises:
        UserError: Not well-formed.
    """
    found: list[Child] = []
    depth, opened = 0, (0, "")
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, opened
        depth += 1
        if depth == 2:
            opened = (parser.CurrentByteIndex, name)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 1:
            place = parser.CurrentByteIndex
            # An element without content has no end tag: the parser already stands behind it.
            closing = f"</{opened[1]}".encode()
            if data.startswith(closing, place):
                place = data.index(b">", place) + 1
            found.append(Child(opened[1].rpartition(":")[2], opened[0], place))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UserError(
            "工作簿里有一部分读不通，文件已损坏。请用 Excel 或 WPS 另存一份再试。"
        ) from error
    return found


def add_to_root(data: bytes, fragment: bytes) -> bytes:
    """Put a fragment before the end of the root element."""
    place = data.rfind(b"</")
    start = _ROOT.search(data)
    if start is None:
        raise UserError("工作簿里有一部分读不通，文件已损坏。请用 Excel 或 WPS 另存一份再试。")
    if place > start.start():
        return data[:place] + fragment + data[place:]
    end = data.rindex(b"/>")
    name = start[0][1:]
    return data[:end].rstrip() + b">" + fragment + b"</" + name + b">" + data[end + 2 :]


def add_to_group(data: bytes, group: Child, fragment: bytes) -> bytes:
    """Put a fragment before the end of one child of the root, which may be empty."""
    old = data[group.start : group.end]
    return data[: group.start] + add_to_root(old, fragment) + data[group.end :]
