"""Moves everything that hangs on rows: in the sheet itself and in the parts around it.

The cells are moved by `filling`; here is the rest: merges, breaks, validations, conditional
formats, links, filters, views, and, as ``decisions.md`` 30 allows when rows were added, defined
names, tables, comments, drawings' anchors and the calculation chain. Formulas of other sheets and
ranges of charts that point at moved rows follow too: left alone they would silently be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ledger_desk.workbook.package import MAIN, Package, SheetPart, parse_xml, to_bytes
from ledger_desk.workbook.references import map_rows
from ledger_desk.workbook.shifting import RowMap, Shift, shift_ranges

_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
# Attributes that hold ranges of the same sheet.
_RANGES = ("ref", "sqref", "activeCell", "topLeftCell")
_FORMULAS = ("formula", "formula1", "formula2")
_VML_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_VML_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


def move_sheet(root: Any, sheet: str, rows: RowMap, shift: Shift) -> None:
    """Move what the sheet's own part says outside its cells."""
    data = root.find(f"{{{MAIN}}}sheetData")
    for top in root:
        if top is data or not isinstance(top.tag, str):
            continue
        for item in list(top.iter()):
            if isinstance(item.tag, str):
                _move_item(item, sheet, rows, shift)
    _drop_empty(root)
    for breaks in root.iter(f"{{{MAIN}}}rowBreaks"):
        for item in breaks:
            item.set("id", str(rows.near(int(item.get("id", "0")))))


def _move_item(item: Any, sheet: str, rows: RowMap, shift: Shift) -> None:
    """Move one element: its range attributes and its formula text."""
    tag = item.tag.rsplit("}", 1)[-1]
    for key in _RANGES:
        old = item.get(key)
        if old and tag != "dimension":
            one_row = tag in ("mergeCell", "hyperlink")
            item.set(key, shift_ranges(old, rows, inside=one_row) or "#REF!")
    if tag in _FORMULAS and item.text and item.tag.startswith(f"{{{MAIN}}}"):
        item.text = shift.formula(item.text, sheet)
    if item.tag == f"{{{_XM}}}f" and item.text:
        item.text = shift.formula(item.text, sheet)
    if item.tag == f"{{{_XM}}}sqref" and item.text:
        item.text = shift_ranges(item.text, rows)
    if tag == "hyperlink" and item.get("location"):
        item.set("location", shift.formula(item.get("location"), sheet))


def _drop_empty(root: Any) -> None:
    """Take out rules, merges and links whose rows are all gone, and keep counts true."""
    for item in list(root.iter()):
        if not isinstance(item.tag, str):
            continue
        if "#REF!" in (item.get("ref"), item.get("sqref")):
            tag = item.tag.rsplit("}", 1)[-1]
            if tag in ("selection", "autoFilter", "sortState"):
                item.attrib.pop("sqref", None)
                item.attrib.pop("activeCell", None)
                if item.get("ref") is None:
                    continue
            item.getparent().remove(item)
        elif item.get("activeCell") == "#REF!" or item.get("topLeftCell") == "#REF!":
            for key in ("activeCell", "topLeftCell"):
                if item.get(key) == "#REF!":
                    del item.attrib[key]
    for tag in ("mergeCells", "dataValidations", "hyperlinks"):
        for group in list(root.iter(f"{{{MAIN}}}{tag}")):
            if len(group) == 0:
                group.getparent().remove(group)
            elif group.get("count") is not None:
                group.set("count", str(len(group)))


def move_parts(package: Package, part: SheetPart, rows: RowMap, shift: Shift) -> None:
    """Move what hangs on the sheet in its tables, comments and drawings."""
    for link in package.links(part.part):
        if link.part not in package.parts:
            continue
        if link.kind == "table":
            _rewrite(package, link.part, lambda root: _move_table(root, part.name, rows, shift))
        elif link.kind in ("comments", "threadedComment"):
            _rewrite(package, link.part, lambda root: _move_refs(root, rows))
        elif link.kind == "drawing":
            _rewrite(package, link.part, lambda root: _move_anchors(root, rows))
        elif link.kind == "vmlDrawing":
            package.parts[link.part] = _move_vml(package.parts[link.part], rows)


def move_book(package: Package, shift: Shift, recalculate: bool) -> None:
    """Move defined names and charts; ask for a full recalculation where a value is not known."""
    book = package.workbook_part()
    sheets = [item.get("name", "") for item in package.xml(book).iter(f"{{{MAIN}}}sheet")]

    def names(root: Any) -> None:
        for item in root.iter(f"{{{MAIN}}}definedName"):
            if item.text:
                local = item.get("localSheetId")
                home = sheets[int(local)] if local and int(local) < len(sheets) else ""
                item.text = shift.formula(item.text, home)
        if recalculate:
            ask_recalculation(root)

    _rewrite(package, book, names)
    for name in [name for name in package.parts if re.search(r"/charts/chart[^/]*\.xml$", name)]:
        _rewrite(package, name, lambda root: _move_chart(root, shift))


def ask_recalculation(root: Any) -> None:
    """Mark the workbook so that Excel and WPS compute every formula when they open it."""
    for item in root.iter(f"{{{MAIN}}}calcPr"):
        item.set("fullCalcOnLoad", "1")
        return
    from lxml import etree

    item = etree.Element(f"{{{MAIN}}}calcPr", {"fullCalcOnLoad": "1"})
    after = ("definedNames", "externalReferences", "functionGroups", "sheets")
    for tag in after:
        found = root.find(f"{{{MAIN}}}{tag}")
        if found is not None:
            found.addnext(item)
            return


def _rewrite(package: Package, part: str, change: Callable[[Any], None]) -> None:
    """Change a part only when something in it really changes, so that the rest stays as it was."""
    root = parse_xml(package.parts[part], part)
    before = to_bytes(root)
    change(root)
    after = to_bytes(root)
    if after != before:
        package.parts[part] = after


def _move_table(root: Any, sheet: str, rows: RowMap, shift: Shift) -> None:
    for item in root.iter():
        if isinstance(item.tag, str):
            if item.get("ref"):
                item.set("ref", shift_ranges(item.get("ref"), rows) or item.get("ref"))
            if item.tag.endswith("Formula") and item.text:
                item.text = shift.formula(item.text, sheet)


def _move_refs(root: Any, rows: RowMap) -> None:
    for item in list(root.iter()):
        if isinstance(item.tag, str) and item.get("ref"):
            new = shift_ranges(item.get("ref"), rows, inside=True)
            if new:
                item.set("ref", new)
            else:
                item.getparent().remove(item)


def _move_anchors(root: Any, rows: RowMap) -> None:
    """Move the corners of pictures, shapes and charts; ``row`` counts from 0."""
    for anchor in root:
        if not isinstance(anchor.tag, str) or anchor.get("editAs") == "absolute":
            continue
        for item in anchor.iterchildren(f"{{{_DRAWING}}}from", f"{{{_DRAWING}}}to"):
            row = item.find(f"{{{_DRAWING}}}row")
            if row is not None and row.text:
                row.text = str(rows.near(int(row.text) + 1) - 1)


def _move_chart(root: Any, shift: Shift) -> None:
    for item in root.iter(f"{{{_CHART}}}f"):
        if item.text:
            item.text = shift.formula(item.text, "")


def _move_vml(data: bytes, rows: RowMap) -> bytes:
    """Move comment boxes. VML is often not well-formed, so it is changed as text."""

    def row(match: re.Match[bytes]) -> bytes:
        return match[1] + str(rows.near(int(match[2]) + 1) - 1).encode() + match[3]

    def anchor(match: re.Match[bytes]) -> bytes:
        values = [item.strip() for item in match[2].split(b",")]
        if len(values) != 8 or not (values[2].isdigit() and values[6].isdigit()):
            return match[0]
        for place in (2, 6):
            values[place] = str(rows.near(int(values[place]) + 1) - 1).encode()
        return match[1] + b", ".join(values) + match[3]

    return _VML_ANCHOR.sub(anchor, _VML_ROW.sub(row, data))


def move_chain(package: Package, part: SheetPart, rows: RowMap, formulas: set[str]) -> None:
    """Make the calculation chain list exactly the sheet's formulas (Excel repairs files else)."""
    book = package.workbook_part()
    chain = next((link.part for link in package.links(book) if link.kind == "calcChain"), None)
    if chain is None or chain not in package.parts:
        return

    others = sum(1 for item in _chain_items(package.xml(chain)) if item[0] != str(part.sheet_id))
    if not formulas and not others:
        _drop_part(package, chain)  # a chain without entries is a damaged file to Excel
        return

    def change(root: Any) -> None:
        from lxml import etree

        sheet, seen = "", set()
        for item in list(root):
            sheet = item.get("i", sheet)
            item.set("i", sheet)  # written out, for the entry before may be taken away
            if sheet != str(part.sheet_id):
                continue
            new = map_rows(item.get("r", ""), lambda _s, a, b: rows.span(a, b, inside=True))
            if new in formulas and new not in seen:
                item.set("r", new)
                seen.add(new)
            else:
                root.remove(item)
        for name in sorted(formulas - seen):
            etree.SubElement(root, f"{{{MAIN}}}c", {"r": name, "i": str(part.sheet_id)})

    _rewrite(package, chain, change)


def _chain_items(root: Any) -> list[tuple[str, str]]:
    """(sheet id, cell) of each entry; an entry without a sheet has that of the one before."""
    sheet, found = "", []
    for item in root:
        sheet = item.get("i", sheet)
        found.append((sheet, item.get("r", "")))
    return found


def _drop_part(package: Package, part: str) -> None:
    """Take a part out of the package, with its content type and the links to it."""
    del package.parts[part]

    def types(root: Any) -> None:
        for item in list(root):
            if item.get("PartName") == f"/{part}":
                root.remove(item)

    def links(root: Any) -> None:
        for item in list(root):
            if part.endswith("/" + item.get("Target", "").lstrip("/")):
                root.remove(item)

    _rewrite(package, "[Content_Types].xml", types)
    folder, _, name = package.workbook_part().rpartition("/")
    _rewrite(package, f"{folder}/_rels/{name}.rels", links)
