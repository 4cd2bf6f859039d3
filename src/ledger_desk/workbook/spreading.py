"""Rows added to a sheet, or taken from it, so that a list has as many as it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ledger_desk.workbook.moving import move_parts, move_sheet
from ledger_desk.workbook.package import MAIN, Package, SheetPart, to_bytes
from ledger_desk.workbook.references import area, letters, translate
from ledger_desk.workbook.references import name as name_of
from ledger_desk.workbook.sheet_xml import CELL, FORMULA, ROW, SheetTree
from ledger_desk.workbook.shifting import Edit, RowMap, Shift, check_edits


@dataclass(frozen=True)
class Spread:
    """A list in the blank: ``count`` rows wanted where ``room`` ready rows stand.

    Attributes:
        template_row: First ready row, in the blank's numbers; its style, height, formulas and
            merges are those of added rows.
        room: Ready rows in the blank, at least 1.
        count: Rows needed. More than ``room``: rows are added after the last ready one, and all
            below moves down. Fewer: the rest stays blank, or goes with ``shrink``.
        shrink: Remove ready rows that are not needed (one always stays, so that totals over the
            list keep their range).
    """

    template_row: int
    room: int
    count: int
    shrink: bool = False

    @property
    def delta(self) -> int:
        """Rows added (positive) or removed (negative)."""
        if self.count > self.room or self.shrink:
            return max(self.count, 1) - self.room
        return 0

    @property
    def edit(self) -> Edit:
        """The same as an edit of rows."""
        return Edit(self.template_row, self.template_row + self.room - 1, self.delta)


def spread_sheet(
    package: Package, part: SheetPart, tree: SheetTree, spread: Sequence[Spread], shift: Shift
) -> None:
    """Renumber the rows of a sheet, add the new ones, and move all that hangs on rows."""
    rows = check_edits([item.edit for item in spread])
    if shift.maps:
        tree.unshare()
        _shift_formulas(tree, shift)
    if not rows:
        return
    moved: dict[int, Any] = {}
    for number in sorted(tree.rows):
        target = rows.row(number)
        if target is not None:
            _renumber(tree.rows[number], target)
            moved[target] = tree.rows[number]
    tree.rows = moved
    tree.forget_columns()
    move_sheet(tree.root, tree.name, rows, shift)
    move_parts(package, part, rows, shift)
    for item in spread:
        _add_rows(tree, rows, item)


def _shift_formulas(tree: SheetTree, shift: Shift) -> None:
    """Rewrite the references of all formulas in the cells of a sheet, before rows are renumbered."""
    for number, row in tree.rows.items():
        for formula in row.iter(FORMULA):
            if formula.text:
                formula.text = shift.formula(formula.text, tree.name, number)
            own = shift.maps.get(tree.name.casefold())
            if own is not None and formula.get("ref"):
                ends = area(formula.get("ref"))
                span = own.span(ends.first_row, ends.last_row, inside=True)
                if span is not None:
                    top, bottom = (
                        name_of(span[0], ends.first_column),
                        name_of(span[1], ends.last_column),
                    )
                    formula.set("ref", f"{top}:{bottom}")


def _renumber(row: Any, number: int) -> None:
    """Give a row element and its cells another row number."""
    old = row.get("r")
    if old == str(number):
        return
    row.set("r", str(number))
    for cell in row.iterchildren(CELL):
        cell.set("r", cell.get("r")[: -len(old)] + str(number))


def _add_rows(tree: SheetTree, rows: RowMap, spread: Spread) -> None:
    """Make the rows a list lacks, in the image of its template row."""
    if spread.delta <= 0:
        return
    template = rows.near(spread.template_row)
    model = tree.rows.get(template)
    attributes = {} if model is None else dict(model.attrib)
    for key in ("r", "spans"):
        attributes.pop(key, None)
    proto = [
        (column, letters(column), cell.get("s"), cell.find(FORMULA))
        for column, cell in sorted(tree.cells(template).items())
    ]
    first = template + spread.room
    for number in range(first, first + spread.delta):
        attributes["r"] = str(number)
        row = etree.Element(ROW, attributes)
        cells: dict[int, Any] = {}
        for column, letter, style, formula in proto:
            given = {"r": f"{letter}{number}"}
            if style is not None:
                given["s"] = style
            cell = cells[column] = etree.SubElement(row, CELL, given)
            if formula is not None and formula.text:
                text = translate(formula.text, number - template)
                etree.SubElement(cell, FORMULA).text = text
        tree.add_row(number, row, cells)
    _copy_merges(tree, template, range(first, first + spread.delta))


def _copy_merges(tree: SheetTree, template: int, numbers: range) -> None:
    """Give added rows the merges that lie within the template row."""
    for group in tree.root.iter(f"{{{MAIN}}}mergeCells"):
        for item in list(group):
            merge = area(item.get("ref", "A1"))
            if merge.first_row == merge.last_row == template:
                first, last = letters(merge.first_column), letters(merge.last_column)
                for number in numbers:
                    ref = f"{first}{number}:{last}{number}"
                    etree.SubElement(group, f"{{{MAIN}}}mergeCell", {"ref": ref})
        if group.get("count") is not None:
            group.set("count", str(len(group)))


def move_others(package: Package, parts: Iterable[SheetPart], shift: Shift) -> None:
    """Let formulas of other sheets follow the rows they name; sheets without such stay as is."""
    for part in parts:
        if b"!" not in package.parts[part.part]:
            continue
        tree = SheetTree(part.name, package.xml(part.part))
        tree.unshare()
        before = to_bytes(tree.root)
        _shift_formulas(tree, shift)
        for item in tree.root.iter():
            tag = item.tag.rsplit("}", 1)[-1] if isinstance(item.tag, str) else ""
            if tag in ("formula", "formula1", "formula2") and item.text:
                item.text = shift.formula(item.text, part.name)
        if to_bytes(tree.root) != before:
            package.parts[part.part] = to_bytes(tree.root)
