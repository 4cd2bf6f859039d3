"""What of a workbook must survive filling, taken from its XML without the engine's own means.

A `Picture` of a sheet says all that `decisions.md` 30 wants kept; that of the blank, with its rows
moved, must be that of the filled workbook.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
# Kept to the letter, wherever rows go.
_FIXED = (
    *("sheetPr", "sheetFormatPr", "cols", "sheetProtection", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "colBreaks", "drawing", "legacyDrawing", "legacyDrawingHF"),
    *("picture", "tableParts", "oleObjects", "controls"),
)
_REFERENCE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(?::(\$?[A-Z]{1,3}\$?)(\d+))?|\$(\d+):\$(\d+)")
_MOVED = ("ref", "sqref", "activeCell", "topLeftCell", "location")


@dataclass(frozen=True)
class Block:
    """Ready rows ``first`` to ``last`` of a blank, with so many rows added below them."""

    first: int
    last: int
    added: int


@dataclass(frozen=True)
class Rows:
    """Where rows go."""

    blocks: Sequence[Block] = ()

    def at(self, row: int) -> int:
        """New number of a row; the sheet's last one stays the last."""
        moved = row + sum(block.added for block in self.blocks if block.last < row)
        return min(moved, 1_048_576)

    def text(self, text: str) -> str:
        """References in a text; a range that ends with a block takes in the added rows."""

        def change(found: re.Match[str]) -> str:
            column, row, column2, row2, top, bottom = found.groups()
            if top is not None:
                return f"${self.at(int(top))}:${self.at(int(bottom))}"
            if row2 is None:
                return f"{column}{self.at(int(row))}"
            end = self.at(int(row2))
            if row != row2:
                end += sum(
                    block.added
                    for block in self.blocks
                    if int(row) <= block.first and int(row2) == block.last
                )
            return f"{column}{self.at(int(row))}:{column2}{end}"

        return _REFERENCE.sub(change, text)


@dataclass
class Picture:
    """All that must be kept of one sheet."""

    styles: dict[tuple[int, str], str] = field(default_factory=dict)
    heights: dict[int, dict[str, str]] = field(default_factory=dict)
    texts: dict[tuple[int, str], str] = field(default_factory=dict)
    formulas: set[tuple[int, str]] = field(default_factory=set)
    merges: set[str] = field(default_factory=set)
    breaks: list[int] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    fixed: dict[str, list[bytes]] = field(default_factory=dict)
    hanging: dict[str, str] = field(default_factory=dict)


def take(data: bytes, sheet: str, rows: Rows | None = None) -> Picture:
    """Take the picture of a sheet, its rows moved."""
    rows = rows or Rows()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    home = sheet_part(parts, sheet)
    root = etree.fromstring(parts[home])
    strings = _strings(parts)
    found = Picture()
    for row in root.find(f"{_MAIN}sheetData"):
        number = rows.at(int(row.get("r")))
        kept = ("ht", "customHeight", "hidden", "outlineLevel", "s", "customFormat", "collapsed")
        found.heights[number] = {key: row.get(key) for key in kept if row.get(key) is not None}
        for cell in row:
            place = number, cell.get("r").rstrip("0123456789")
            found.styles[place] = cell.get("s", "0")
            if cell.find(f"{_MAIN}f") is not None:
                found.formulas.add(place)
            elif (text := _text(cell, strings)) != "":
                found.texts[place] = text
    for item in root.iter(f"{_MAIN}mergeCell"):
        found.merges.add(rows.text(item.get("ref")))
    for item in root.iterfind(f"{_MAIN}rowBreaks/{_MAIN}brk"):
        found.breaks.append(rows.at(int(item.get("id"))))
    for tag in _FIXED:
        found.fixed[tag] = [etree.tostring(item, method="c14n") for item in root.iter(_MAIN + tag)]
    tags = ("dataValidations", "conditionalFormatting", "hyperlinks", "autoFilter", "sheetViews")
    for tag in (*tags, "ignoredErrors", "protectedRanges", "extLst"):
        for item in root.iterfind(_MAIN + tag):
            found.rules.append(_moved(item, rows))
    found.hanging = _hanging(parts, home, rows)
    return found


def sheet_part(parts: Mapping[str, bytes], sheet: str) -> str:
    """Part of a sheet by the name on its tab."""
    book = etree.fromstring(parts["xl/workbook.xml"])
    links = {link.get("Id"): link.get("Target") for link in _links(parts, "xl/workbook.xml")}
    target = next(
        links[item.get(f"{_REL}id")]
        for item in book.iter(f"{_MAIN}sheet")
        if item.get("name") == sheet
    )
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def sheet_names(data: bytes) -> list[str]:
    """Names on the tabs."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
    return [item.get("name") for item in book.iter(f"{_MAIN}sheet")]


def names(data: bytes, sheet: str, rows: Rows | None = None) -> dict[tuple[str, str], str]:
    """Defined names; those that point at the sheet with its rows moved."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
    here = (f"'{sheet}'!", f"{sheet}!")
    return {
        (item.get("name"), item.get("localSheetId", "")): ",".join(
            rows.text(piece) if rows is not None and piece.startswith(here) else piece
            for piece in (item.text or "").split(",")
        )
        for item in book.iter(f"{_MAIN}definedName")
    }


def _links(parts: Mapping[str, bytes], part: str) -> list[Any]:
    folder, _, name = part.rpartition("/")
    known = parts.get(f"{folder}/_rels/{name}.rels")
    return [] if known is None else list(etree.fromstring(known))


def _hanging(parts: Mapping[str, bytes], home: str, rows: Rows) -> dict[str, str]:
    """Drawings with their anchors, comments, tables and all else that the sheet links to."""
    found = {}
    for link in _links(parts, home):
        if link.get("TargetMode") == "External":
            found[link.get("Target")] = "external"
            continue
        name = posixpath.normpath(
            posixpath.join("/" + home.rpartition("/")[0], link.get("Target"))
        ).lstrip("/")
        kind = link.get("Type").rpartition("/")[2]
        if kind == "vmlDrawing":
            found[name] = f"{len(re.findall(b'<v:shape ', parts[name]))} shapes"
        elif kind in ("drawing", "comments", "table"):
            found[name] = _moved(etree.fromstring(parts[name]), rows)
        elif name in parts:
            found[name] = parts[name].hex()
    return found


def _moved(item: Any, rows: Rows) -> str:
    for one in item.iter():
        if not isinstance(one.tag, str):
            continue
        for key in _MOVED:
            if one.get(key):
                one.set(key, rows.text(one.get(key)))
        tag = one.tag.rpartition("}")[2]
        if tag in ("formula", "formula1", "formula2", "f", "sqref") and one.text:
            one.text = one.text if one.text.startswith('"') else rows.text(one.text)
        if one.tag == f"{_ANCHOR}row" and one.text:
            one.text = str(rows.at(int(one.text) + 1) - 1)
    return etree.tostring(item, method="c14n").decode()


def _strings(parts: Mapping[str, bytes]) -> list[str]:
    data = parts.get("xl/sharedStrings.xml")
    if data is None:
        return []
    return ["".join(t.text or "" for t in si.iter(f"{_MAIN}t")) for si in etree.fromstring(data)]


def _text(cell: Any, strings: Sequence[str]) -> str:
    value = cell.findtext(f"{_MAIN}v")
    if cell.get("t") == "s":
        return strings[int(value)]
    if cell.get("t") == "inlineStr":
        return "".join(item.text or "" for item in cell.iter(f"{_MAIN}t"))
    return value or ""


def differences(
    blank: bytes, made: bytes, sheet: str, blocks: Sequence[Block], filled: set[tuple[int, str]]
) -> list[Any]:
    """What did not survive; ``filled`` are the changed cells in the result's numbers."""
    rows = Rows(blocks)
    old, new = take(blank, sheet, rows), take(made, sheet)
    added, merges = {}, set(old.merges)
    for block in blocks:
        start = rows.at(block.first)
        model = {column: s for (row, column), s in old.styles.items() if row == start}
        for row in range(start + block.last - block.first + 1, rows.at(block.last + 1)):
            added |= {(row, column): style for column, style in model.items()}
            old.heights[row] = old.heights.get(start, {})
            merges |= {
                re.sub(r"\d+", str(row), merge)
                for merge in old.merges
                if set(re.findall(r"\d+", merge)) == {str(start)}
            }
    wrong: list[Any] = []
    for place, style in (old.styles | added).items():
        if new.styles.get(place) != style:
            wrong.append(("style", place, style, new.styles.get(place)))
    for place in new.styles.keys() - old.styles.keys() - added.keys() - filled:
        wrong.append(("a cell more", place))
    for place, text in old.texts.items():
        if place not in filled and new.texts.get(place) != text:
            wrong.append(("text", place, text, new.texts.get(place)))
    for place in old.formulas - filled - new.formulas:
        wrong.append(("formula", place))
    for row in old.heights.keys() | new.heights.keys():
        one, two = old.heights.get(row, {}), new.heights.get(row, {})
        if one != two:
            wrong.append(("row", row, one, two))
    for what, one, two in (
        ("merges", merges, new.merges),
        ("breaks", old.breaks, new.breaks),
        ("rules", old.rules, new.rules),
        ("fixed", old.fixed, new.fixed),
        ("hanging", old.hanging, new.hanging),
        ("names", names(blank, sheet, rows), names(made, sheet)),
    ):
        if one != two:
            wrong.append((what, one, two))
    return wrong
