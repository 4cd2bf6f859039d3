"""Parts added to a package, with the relations, content types and tab that go with them."""

from __future__ import annotations

import posixpath
import re

from ledger_desk.workbook.annotating.pieces import (
    add_to_group,
    add_to_root,
    as_text,
    children,
    escape,
    prefix_of,
)
from ledger_desk.workbook.package import RELATION, Package

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"{_PACKAGE}/content-types"
_LINKS = f"{_PACKAGE}/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_KINDS = {
    "comments": f"{_SHEET_TYPE}.comments+xml",
    "worksheet": f"{_SHEET_TYPE}.worksheet+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
_PLACES = {
    "comments": ("comments", "xml"),
    "worksheet": ("worksheets/sheet", "xml"),
    "vmlDrawing": ("drawings/vmlDrawing", "vml"),
}
TYPES_PART = "[Content_Types].xml"


def free_part(package: Package, kind: str) -> tuple[str, int]:
    """Give a part's name that is not taken yet, in the workbook's folder, and its number."""
    folder = posixpath.dirname(package.workbook_part())
    stem, ending = _PLACES[kind]
    taken = {name.casefold() for name in package.parts}
    number = 1
    while (name := posixpath.join(folder, f"{stem}{number}.{ending}")).casefold() in taken:
        number += 1
    return name, number


def rels_of(part: str) -> str:
    """Name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def add_part(package: Package, owner: str, kind: str, part: str, data: bytes) -> str:
    """Put a part into the package as a relation of ``owner``; gives the relation's id."""
    package.parts[part] = data
    _declare(package, kind, part)
    rels = rels_of(owner)
    text = as_text(package.parts.get(rels, f'<Relationships xmlns="{_LINKS}"/>'.encode()))
    taken = set(re.findall(rb'\bId="([^"]*)"', text))
    number = len(taken) + 1
    while f"rId{number}".encode() in taken:
        number += 1
    target = posixpath.relpath(part, posixpath.dirname(owner) or ".")
    item = _element(text, "Relationship", _LINKS, Id=f"rId{number}", Type=f"{RELATION}/{kind}",
                    Target=target)  # fmt: skip
    package.parts[rels] = add_to_root(text, item)
    return f"rId{number}"


def add_tab(package: Package, name: str, data: bytes) -> str:
    """Add a sheet behind all others; gives its part."""
    part, _ = free_part(package, "worksheet")
    book = package.workbook_part()
    relation = add_part(package, book, "worksheet", part, data)
    text = as_text(package.parts[book])
    group = next(c for c in children(text) if c.name == "sheets")
    ids = [int(n) for n in re.findall(rb'\bsheetId="(\d+)"', text[group.start : group.end])]
    item = (
        f'<{prefix_of(text)}sheet xmlns:r="{RELATION}" name="{escape(name)}" '
        f'sheetId="{max(ids, default=0) + 1}" r:id="{relation}"/>'
    )
    package.parts[book] = add_to_group(text, group, item.encode())
    return part


def _declare(package: Package, kind: str, part: str) -> None:
    """Say in the table of contents what a part is, unless it says so already."""
    text = as_text(package.parts[TYPES_PART])
    ending = part.rpartition(".")[2]
    if kind == "vmlDrawing":
        if re.search(rb'\bExtension="vml"', text, re.IGNORECASE):
            return
        item = _element(text, "Default", _TYPES, Extension=ending, ContentType=_KINDS[kind])
    else:
        if f'PartName="/{part}"'.encode() in text:
            return
        item = _element(text, "Override", _TYPES, PartName=f"/{part}", ContentType=_KINDS[kind])
    package.parts[TYPES_PART] = add_to_root(text, item)


def _element(text: bytes, name: str, space: str, **attributes: str) -> bytes:
    given = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{prefix_of(text)}{name}{given}/>".encode()
