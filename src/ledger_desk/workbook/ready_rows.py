"""The ready rows of a blank: emptied of what somebody filled in, or made where there is none."""

from __future__ import annotations

from lxml import etree

from ledger_desk.workbook.package import Package, to_bytes
from ledger_desk.workbook.references import name
from ledger_desk.workbook.sheet_xml import CELL, FORMULA, INLINE, ROW, VALUE, SheetTree


def emptied(blank: bytes, tab: str, first: int, last: int, columns: frozenset[int]) -> bytes:
    """Take what somebody filled in out of the ready rows; formulas and styles stay."""
    package = Package.read(blank)
    part = package.sheet(tab).part
    tree = SheetTree(tab, package.xml(part))
    changed = False
    for row in range(first, last + 1):
        for column, cell in tree.cells(row).items():
            if column not in columns or cell.find(FORMULA) is not None or not len(cell):
                continue
            for child in list(cell):
                if child.tag in (VALUE, INLINE):
                    cell.remove(child)
                    changed = True
            cell.attrib.pop("t", None)
    if not changed:
        return blank
    package.parts[part] = to_bytes(tree.root)
    return package.write()


def with_ready_row(blank: bytes, tab: str, row: int) -> bytes:
    """Give a blank that ends with its header one ready row below it, in the header's style."""
    package = Package.read(blank)
    part = package.sheet(tab).part
    tree = SheetTree(tab, package.xml(part))
    if max(tree.rows, default=0) >= row:
        return blank
    above = tree.rows.get(max(tree.rows, default=0))
    made = etree.SubElement(tree.data, ROW, {"r": str(row)})
    if above is not None:
        for column, cell in sorted(tree.cells(int(above.get("r"))).items()):
            etree.SubElement(made, CELL, {"r": name(row, column), "s": cell.get("s", "0")})
    package.parts[part] = to_bytes(tree.root)
    return package.write()
