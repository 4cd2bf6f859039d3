"""New values for the blank's own formulas over cells that were filled (``decisions.md`` 30)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from lxml import etree

from ledger_desk.workbook.formulas import Evaluator, FormulaError, Scalar, Unsupported
from ledger_desk.workbook.package import MAIN, Package, SheetPart
from ledger_desk.workbook.references import Area, areas
from ledger_desk.workbook.sheet_xml import TEXT, VALUE, SheetTree, read_value

Place = tuple[str, int, int]
# Functions whose cells cannot be seen in the text of the formula.
_HIDDEN = re.compile(r"\b(?:INDIRECT|OFFSET|TODAY|NOW|RAND|RANDBETWEEN)\(|\[", re.IGNORECASE)
_SMALL = 64


class Recalculation:
    """Finds the formulas that depend on changed cells, and gives them their new values.

    Args:
        package: The workbook, with shared texts and the sheets that were not changed.
        trees: Sheets open for change, by name.
        changed: Sheet name → (row, column) of the cells that got a new value.
    """

    def __init__(
        self,
        package: Package,
        trees: dict[str, SheetTree],
        changed: Mapping[str, set[tuple[int, int]]],
    ) -> None:
        self._package = package
        self._parts = {item.name.casefold(): item for item in package.sheets()}
        self._trees = {name.casefold(): tree for name, tree in trees.items()}
        self._changed = {name.casefold(): cells for name, cells in changed.items()}
        self._formulas = {name: tree.formulas() for name, tree in self._trees.items()}
        self._strings: list[str] | None = None
        self._names = self._defined_names()
        self._dirty: dict[Place, bool] = {}
        self._values: dict[Place, Scalar | FormulaError | Unsupported] = {}
        self._evaluator = Evaluator(self._look)

    def run(self) -> tuple[set[str], bool]:
        """Write the new values.

        Returns:
            Folded names of the sheets in which a formula was written anew, and whether any
            formula's value had to be left out for Excel to compute.
        """
        touched, unknown = set(), False
        for sheet, formulas in self._formulas.items():
            for row, column in formulas:
                if not self._is_dirty((sheet, row, column)):
                    continue
                value = self._compute((sheet, row, column))
                _store(self._trees[sheet].cells(row)[column], value)
                touched.add(sheet)
                unknown = unknown or isinstance(value, Unsupported)
        return touched, unknown

    def _is_dirty(self, place: Place) -> bool:
        """Whether a formula depends, directly or through others, on a changed cell."""
        known = self._dirty.get(place)
        if known is not None:
            return known
        self._dirty[place] = False  # a cycle does not make itself dirty
        sheet, row, column = place
        formula = self._formulas[sheet][row, column]
        cell = self._trees[sheet].cells(row)[column]
        found = not cell.findtext(VALUE) or formula is None or self._hides(formula)
        if not found and formula is not None:
            found = any(self._area_dirty(item, sheet) for item in areas(formula))
        self._dirty[place] = found
        return found

    def _hides(self, formula: str) -> bool:
        words = self._names & set(re.findall(r"[^\W\d][\w.]*", formula))
        return bool(words or _HIDDEN.search(formula))

    def _area_dirty(self, item: Area, sheet: str) -> bool:
        name = item.sheet.casefold() if item.sheet else sheet
        changed = self._changed.get(name, set())
        if any(cell in changed for cell in _few(item)) or (
            _size(item) > _SMALL and any(cell in item for cell in changed)
        ):
            return True
        formulas = self._formulas.get(name, {})
        inside: Iterable[tuple[int, int]] = _few(item)
        if _size(item) > _SMALL:
            inside = (cell for cell in formulas if cell in item)
        return any(cell in formulas and self._is_dirty((name, *cell)) for cell in inside)

    def _compute(self, place: Place) -> Scalar | FormulaError | Unsupported:
        if place in self._values:
            return self._values[place]
        self._values[place] = Unsupported("cycle")
        sheet, row, column = place
        formula = self._formulas[sheet][row, column]
        value: Scalar | FormulaError | Unsupported
        try:
            if formula is None:
                raise Unsupported("array")
            value = self._evaluator.value(formula, sheet)
        except (FormulaError, Unsupported) as error:
            value = error
        except RecursionError:
            value = Unsupported("too long a chain")
        self._values[place] = value
        return value

    def _look(self, item: Area) -> Iterator[Scalar]:
        """Values of the filled cells of an area, formulas computed first where they are dirty."""
        name = (item.sheet or "").casefold()
        tree = self._tree(name)
        formulas = self._formulas.get(name, {})
        rows: Iterable[int] = range(item.first_row, item.last_row + 1)
        if len(tree.rows) < item.last_row - item.first_row:
            rows = [row for row in sorted(tree.rows) if item.first_row <= row <= item.last_row]
        for row in rows:
            for column, cell in tree.cells(row).items():
                if not item.first_column <= column <= item.last_column:
                    continue
                if (row, column) in formulas and self._is_dirty((name, row, column)):
                    value = self._compute((name, row, column))
                    if isinstance(value, FormulaError | Unsupported):
                        raise value
                    yield value
                elif cell.get("t") == "e":
                    error = cell.find(VALUE)
                    raise FormulaError(str(error.text) if error is not None else "#VALUE!")
                else:
                    found = read_value(cell, self._shared() if cell.get("t") == "s" else [])
                    if found is not None:
                        yield found

    def _tree(self, name: str) -> SheetTree:
        """An open sheet, or one that is only looked at."""
        if name not in self._trees:
            part: SheetPart | None = self._parts.get(name)
            if part is None:
                raise FormulaError("#REF!")
            self._trees[name] = SheetTree(part.name, self._package.xml(part.part))
        return self._trees[name]

    def _shared(self) -> list[str]:
        if self._strings is None:
            self._strings = shared_strings(self._package)
        return self._strings

    def _defined_names(self) -> set[str]:
        book = self._package.xml(self._package.workbook_part())
        names = {item.get("name", "") for item in book.iter(f"{{{MAIN}}}definedName")}
        return {name for name in names if not name.startswith("_xlnm.")}


def shared_strings(package: Package) -> list[str]:
    """Texts that cells name by number; runs of rich text joined, phonetic hints left out."""
    links = {link.kind: link.part for link in package.links(package.workbook_part())}
    part = links.get("sharedStrings")
    if part is None or part not in package.parts:
        return []
    return [string_text(item) for item in package.xml(part).iterchildren(f"{{{MAIN}}}si")]


def string_text(item: Any) -> str:
    """Plain text of a string item, with Excel's ``_x000A_`` escapes resolved."""
    runs = [text.text or "" for text in item.iter(TEXT) if text.getparent().tag != f"{{{MAIN}}}rPh"]
    joined = "".join(runs)
    if "_x" not in joined:
        return joined
    return re.sub(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), joined)


def _size(item: Area) -> int:
    return (item.last_row - item.first_row + 1) * (item.last_column - item.first_column + 1)


def _few(item: Area) -> list[tuple[int, int]]:
    """All cells of a small area; none of a large one, which is searched the other way round."""
    if _size(item) > _SMALL:
        return []
    return [
        (row, column)
        for row in range(item.first_row, item.last_row + 1)
        for column in range(item.first_column, item.last_column + 1)
    ]


def _store(cell: Any, value: Scalar | FormulaError | Unsupported) -> None:
    """Write a formula's value beside it; none where only Excel can compute it."""
    for child in cell.findall(VALUE):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if value is None:
        value = Decimal(0)
    if isinstance(value, Unsupported):
        return
    if isinstance(value, FormulaError):
        cell.set("t", "e")
        text = str(value)
    elif isinstance(value, bool):
        cell.set("t", "b")
        text = "1" if value else "0"
    elif isinstance(value, Decimal):
        number = float(value)
        text = repr(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    else:
        cell.set("t", "str")
        text = value
    etree.SubElement(cell, VALUE).text = text
