"""Fills an official blank: cells change in the sheet's XML, every other part stays byte for byte.

``decisions.md`` 29 and 30. Nothing here knows what the cells mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.heights import Growth
from ledger_desk.workbook.measures import Columns
from ledger_desk.workbook.moving import move_book, move_chain
from ledger_desk.workbook.package import MAIN, Package, SheetPart, compare_parts, to_bytes
from ledger_desk.workbook.recalculating import Recalculation
from ledger_desk.workbook.references import area
from ledger_desk.workbook.references import name as name_of
from ledger_desk.workbook.sheet_xml import FORMULA, FillValue, SheetTree
from ledger_desk.workbook.shifting import RowMap, Shift, check_edits
from ledger_desk.workbook.spreading import Spread, move_others, spread_sheet
from ledger_desk.workbook.styles import Styles, read_styles

__all__ = ["FillValue", "SheetFill", "Spread", "compare_parts", "fill", "open_parts", "result_row"]

_EVERY = 500


@dataclass(frozen=True)
class SheetFill:
    """New values for one sheet.

    Attributes:
        sheet: Name on the tab.
        cells: (row, column) in the **result's** numbers → value; None clears a value and keeps
            the style. Rows of a list are ``result_row(spread, template_row) + i``; see
            `result_row` for cells below a list.
        spread: Lists of the sheet, not overlapping.
    """

    sheet: str
    cells: Mapping[tuple[int, int], FillValue]
    spread: tuple[Spread, ...] = field(default=())


def result_row(spread: Sequence[Spread], row: int) -> int:
    """Where a row of the blank stands once the lists are spread (removed rows: the one above)."""
    return check_edits([item.edit for item in spread]).near(row)


def fill(blank: bytes, fills: Sequence[SheetFill], progress: Progress = silent) -> bytes:
    """Write values into a blank.

    The blank's own formulas over changed cells get their recomputed values. A formula that this
    library cannot compute loses its old value, so that Excel and WPS show the true one; they are
    told to recompute where the workbook part may change, that is, when rows were added.

    Args:
        blank: The .xlsx or .xlsm.
        fills: One for each sheet to change.
        progress: Told the rows written; may cancel.

    Returns:
        The filled workbook; the same input gives the same bytes.

    Raises:
        UserError: A sheet is missing, a cell is the tail of a merged one, a text is too long,
            or the file is damaged.
        ValueError: Lists overlap or have no room.
    """
    package = Package.read(blank)
    parts = {item.name.casefold(): item for item in package.sheets()}
    work = [_open(package, parts, item) for item in fills]
    shift = Shift({item.tree.name.casefold(): item.rows for item in work if item.rows})
    epoch_1904 = _epoch_1904(package)
    total = sum(len(item.fill.cells) for item in work)
    trees = {item.tree.name: item.tree for item in work}
    if shift.maps:
        move_others(package, [part for part in parts.values() if part.name not in trees], shift)
    changed = {}
    for item in work:
        before = item.formula_cells()
        spread_sheet(package, item.part, item.tree, item.fill.spread, shift)
        _write(package, item, epoch_1904, progress, total)
        item.tree.finish()  # rows in order, so that the formulas of added rows are seen
        changed[item.tree.name] = item.touched
        if item.rows or before != item.formula_cells():
            names = {name_of(*place) for place in item.tree.formulas()}
            move_chain(package, item.part, item.rows, names)
    _open_dependents(package, parts, trees)
    touched, unknown = Recalculation(package, trees, changed).run()
    if shift.maps:
        move_book(package, shift, recalculate=unknown)
    filled = {item.tree.name for item in work}
    for name, tree in trees.items():
        if name in filled or name.casefold() in touched:
            package.parts[parts[name.casefold()].part] = to_bytes(tree.root)
    progress(total, total, "写入表格")
    return package.write()


def open_parts(blank: bytes, fills: Sequence[SheetFill]) -> frozenset[str]:
    """The closed list of ``decisions.md`` 30 for these fills: parts that may differ."""
    package = Package.read(blank)
    book = package.workbook_part()
    allowed: set[str] = set()
    for item in fills:
        part = package.sheet(item.sheet).part
        allowed.add(part)
        if any(spread.delta for spread in item.spread):
            kinds = ("table", "comments", "threadedComment", "drawing", "vmlDrawing")
            allowed.add(book)
            allowed.update(link.part for link in package.links(book) if link.kind == "calcChain")
            allowed.update(link.part for link in package.links(part) if link.kind in kinds)
    return frozenset(allowed)


@dataclass
class _Work:
    """One sheet while it is being filled."""

    fill: SheetFill
    part: SheetPart
    tree: SheetTree
    rows: RowMap
    touched: set[tuple[int, int]] = field(default_factory=set)

    def formula_cells(self) -> int:
        """How many cells hold formulas."""
        return sum(1 for _ in self.tree.data.iter(FORMULA))


def _open(package: Package, parts: Mapping[str, SheetPart], item: SheetFill) -> _Work:
    part = parts.get(item.sheet.casefold()) or package.sheet(item.sheet)
    for spread in item.spread:
        if spread.room < 1 or spread.template_row < 1 or spread.count < 0:
            raise ValueError(f"a list needs at least one ready row: {spread}")
    tree = SheetTree(part.name, package.xml(part.part))
    return _Work(item, part, tree, check_edits([spread.edit for spread in item.spread]))


def _epoch_1904(package: Package) -> bool:
    setting = package.xml(package.workbook_part()).find(f"{{{MAIN}}}workbookPr")
    return setting is not None and setting.get("date1904") in ("1", "true")


def _write(package: Package, item: _Work, epoch_1904: bool, progress: Progress, total: int) -> None:
    """Put the values in, row by row, and grow the rows of lists."""
    tails = _merged_tails(item.tree)
    by_row: dict[int, dict[int, FillValue]] = {}
    for place, value in item.fill.cells.items():
        if place in tails:
            raise UserError(
                f"工作表“{item.tree.name}”的 {name_of(*place)} 在合并区域 {tails[place]} 里面，"
                "只有合并区域的第一格能填。请改报表定义里的这一格。"
            )
        by_row.setdefault(place[0], {})[place[1]] = value
    item.touched = set(item.fill.cells)
    lists = [
        range(start, start + max(spread.count, 1))
        for spread in item.fill.spread
        for start in (item.rows.near(spread.template_row),)
    ]
    growth = _growth(package, item.tree) if lists else None
    done = 0
    for number, values in by_row.items():
        item.tree.write_row(number, values, epoch_1904)
        if growth is not None and any(number in rows for rows in lists):
            growth.grow(number, item.tree.rows[number], item.tree.cells(number), values)
        done += len(values)
        if number % _EVERY == 0:
            progress(done, total, "写入表格")


def _growth(package: Package, tree: SheetTree) -> Growth:
    styles: Styles = read_styles(package)
    return Growth(tree, styles, Columns.read(tree.root, styles.normal))


def _merged_tails(tree: SheetTree) -> dict[tuple[int, int], str]:
    """Cells hidden under a merge → the merge, as far as the sheet has rows."""
    found: dict[tuple[int, int], str] = {}
    last = max(tree.rows, default=1)
    for item in tree.root.iter(f"{{{MAIN}}}mergeCell"):
        merge = area(item.get("ref", "A1"))
        for row in range(merge.first_row, min(merge.last_row, last) + 1):
            for column in range(merge.first_column, merge.last_column + 1):
                found[row, column] = merge.text
        found.pop((merge.first_row, merge.first_column), None)
    return found


def _open_dependents(
    package: Package, parts: Mapping[str, SheetPart], trees: dict[str, SheetTree]
) -> None:
    """Open the other sheets whose formulas look at another sheet, for their values may change."""
    for part in parts.values():
        data = package.parts[part.part]
        if part.name not in trees and b"<f" in data and b"!" in data:
            trees[part.name] = SheetTree(part.name, package.xml(part.part))
