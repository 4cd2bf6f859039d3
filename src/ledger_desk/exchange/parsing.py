"""Cells → values of a record, column by column: each text is parsed once, however often it stands.

A cell that cannot be read is data, not an exception: an `Odd`, which says what is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger_desk.errors import Problem
from ledger_desk.exchange import column_readings, quick
from ledger_desk.exchange.mapping import ColumnMatch, Mapping
from ledger_desk.model.fields import FieldSpec, field_map
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.money import unit_in_fen
from ledger_desk.model.plain import plain
from ledger_desk.workbook.cells import SAFE_WHOLE, is_error

# Text of these kinds is taken as it stands.
_PLAIN_KINDS = frozenset(["text", "note", "industry", "division", "reference"])
_TEXTS = frozenset([str, type(None)])
_REMEMBERED = 20_000  # cells of one column; one whose cells all differ must not fill the memory
_OWN_UNIT = re.compile("十万|百万|千万|百|千|万|亿")


class Odd(NamedTuple):
    """A cell with something to say about it.

    Attributes:
        field: Field that ``value`` belongs to.
        value: What goes in; None: nothing does.
        why: The sentence.
        grade: ``must``: the row is wrong. ``explain`` and ``hint``: the row goes in all the same.
    """

    field: str
    value: Any
    why: str
    grade: str


@dataclass
class ParsedRow:
    """One data row as values; ``wrong`` rows keep the values that could be read."""

    row: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Whether something in it must be mended first."""
        return bool(self.problems) and any(p.grade == "must" for p in self.problems)


@dataclass
class Block:
    """Some data rows as values, column by column.

    Attributes:
        numbers: Row numbers in the file.
        columns: Field → a value for each row, None where the cell is empty or cannot be read.
        problems: Place in the block → what is wrong or odd in that row.
        moved: Place → (field, value) that a cell of another column brings; a field that the row
            fills itself stays as it is.
    """

    numbers: Sequence[int]
    columns: dict[str, Sequence[Any]]
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    moved: dict[int, list[tuple[str, Any]]] = field(default_factory=dict)

    def rows(self) -> list[ParsedRow]:
        """Give all rows one by one."""
        names = list(self.columns)
        found = [
            ParsedRow(number, {n: v for n, v in zip(names, row, strict=True) if v is not None}
                      if None in row else dict(zip(names, row, strict=True)))
            for number, row in zip(self.numbers, zip(*self.columns.values(), strict=True), strict=True)
        ]  # fmt: skip
        for place in self.problems.keys() | self.moved.keys():
            self._complete(found[place], place)
        return found

    def row(self, place: int) -> ParsedRow:
        """Give one row."""
        values = {n: v for n, column in self.columns.items() if (v := column[place]) is not None}
        found = ParsedRow(self.numbers[place], values)
        self._complete(found, place)
        return found

    def filled(self) -> dict[str, Sequence[Any]]:
        """Give the columns with what cells of other columns bring."""
        found = dict(self.columns)
        for place, some in self.moved.items():
            for name, value in some:
                column = found.get(name, ())
                if not isinstance(column, list) or column is self.columns.get(name):
                    column = found[name] = list(column) or [None] * len(self.numbers)
                if column[place] is None:
                    column[place] = value
        return found

    def _complete(self, row: ParsedRow, place: int) -> None:
        for name, value in self.moved.get(place, ()):
            row.values.setdefault(name, value)
        row.problems += self.problems.get(place, ())


# (spec, cells that were not met before as text) → text to value or Odd; for references, places, codes.
Special = Callable[[FieldSpec, Iterable[str]], dict[str, Any]]


class ColumnReader:
    """Reads one column, remembering every text it has met."""

    def __init__(
        self, spec: FieldSpec, column: ColumnMatch, special: Special | None = None
    ) -> None:
        """Read ``column`` as ``spec``; ``special`` turns texts into values in place of the kind."""
        self.spec, self.column = spec, column
        self.own_units: dict[Any, str] = {}
        self._special = special
        self._met: dict[Any, Any] = {}
        self._plain = spec.kind.name in _PLAIN_KINDS and not spec.private and special is None
        self._parse = column_readings.parser_for(spec, column) or spec.kind.parse
        self._blank = column_readings.blank_value(spec, column)
        usual = self._parse is spec.kind.parse
        self._quick = quick.reader_for(spec.kind, column.unit) if usual else None
        at_once = usual and special is None
        self._quick_all = quick.column_reader_for(spec.kind, column.unit) if at_once else None

    def read(self, cells: Sequence[object]) -> Sequence[Any]:
        """Give value, None (empty) or `Odd` for each cell."""
        types = set(map(type, cells))
        if types == {type(None)}:
            return cells if self._blank is None else [self._blank] * len(cells)
        if self._quick_all is not None and self._blank is None:
            all_at_once = self._quick_all(cells, types)
            if all_at_once is not None:
                return all_at_once
        if (self._plain or self._special) and types <= _TEXTS:
            taken = quick.texts(cells)  # type: ignore[arg-type]
            if taken is not None:
                return taken if self._plain else self._specially(taken)
        # True, 1 and 1.0 are one key to a dict; the first of them is another value.
        keys = [(type(c), c) for c in cells] if bool in types else cells
        if len(self._met) > _REMEMBERED:
            self._met.clear()
        if self._special is not None:
            self._meet(keys, cells)
        met, make = self._met, self._value
        for key, cell in dict(zip(keys, cells, strict=True)).items():
            if key not in met:
                met[key] = self._blank if cell is None else make(cell)
        return list(map(met.__getitem__, keys))

    def _specially(self, taken: Sequence[str | None]) -> Sequence[Any]:
        """Read texts that need no cleaning by the special reader."""
        assert self._special is not None
        if len(self._met) > _REMEMBERED:
            self._met.clear()
        met = self._met
        new = [text for text in dict.fromkeys(taken) if text is not None and text not in met]
        if new:
            met.update(self._special(self.spec, new))
        return [self._blank if text is None else met[text] for text in taken]

    def _meet(self, keys: Sequence[Any], cells: Sequence[Any]) -> None:
        """Hand new texts to the special reader, all at once."""
        assert self._special is not None
        new: dict[str, list[Any]] = {}
        for key, cell in dict(zip(keys, cells, strict=True)).items():
            if cell is None or key in self._met:
                continue
            if is_empty(cell):
                self._met[key] = None
            elif is_error(cell):
                self._met[key] = self._error(cell)
            else:
                # A number that lost its digits keeps looking like one: 9.1411523e+17.
                lost = isinstance(cell, float) and abs(cell) >= SAFE_WHOLE
                new.setdefault(repr(cell) if lost else clean(cell), []).append(key)
        if new:
            values = self._special(self.spec, new)
            for text, some in new.items():
                for key in some:
                    self._met[key] = values[text]

    def _value(self, cell: Any) -> Any:
        if self._quick is not None:
            found = self._quick(cell)
            if found is not None:
                return found
        if is_empty(cell):
            return self._blank
        if is_error(cell):
            return self._error(cell)
        if self.spec.private and "*" in clean(cell):
            return None  # masked on its way out: says nothing new
        try:
            value = self._parse(cell, self.column.unit)
        except ValueError as error:
            why = str(error)
            # A foreign amount is no mistake of the sender; the firm goes in without it.
            grade = "explain" if self.spec.kind.name == "money" and "外币" in why else "must"
            return Odd(self.spec.name, None, why, grade)
        if self.spec.kind.name == "money" and isinstance(cell, str):
            unit = _own_unit(cell)
            if unit:
                self.note_unit(value, unit)
        return None if value == "" else value

    def note_unit(self, value: Any, unit: str) -> None:
        """Remember the unit in which a cell wrote an amount; of several the finest one."""
        known = self.own_units.get(value)
        if known is None or unit_in_fen(unit) < unit_in_fen(known):
            self.own_units[value] = unit

    def _error(self, cell: object) -> Odd:
        why = f"单元格是表格软件算错的结果“{cell}”。请在原表里改好公式，或直接填数。"
        return Odd(self.spec.name, None, why, "must")


def _own_unit(cell: str) -> str:
    """Unit that an amount names itself, '' if none: it says how exact the sender meant to be."""
    text = plain(cell)
    scale = _OWN_UNIT.search(text)
    if scale is not None:
        return f"{scale[0]}元"
    return "元" if "元" in text else ""


class TableReader:
    """Reads rows of a table as values of one record class."""

    def __init__(
        self, mapping: Mapping, specials: Callable[[FieldSpec], Special | None] = lambda spec: None
    ) -> None:
        """Read by ``mapping``; ``specials`` names the fields that need more than their kind."""
        known = field_map(mapping.cls)
        self.columns = [
            ColumnReader(known[name], column, specials(known[name]))
            for name, column in mapping.used.items()
        ]

    def unit_of(self, field_name: str, value: Any) -> str | None:
        """Unit in which the file wrote an amount: the cell's own, else the column's."""
        for column in self.columns:
            if column.spec.name == field_name:
                return column.own_units.get(value, column.column.unit)
        return None

    def read(self, numbers: Sequence[int], rows: Sequence[Sequence[object]]) -> list[ParsedRow]:
        """Read some rows, given with their numbers in the file."""
        return self.read_block(numbers, list(zip(*rows, strict=True))).rows()

    def read_block(self, numbers: Sequence[int], cells: Sequence[Sequence[object]]) -> Block:
        """Read some rows, given by column with their numbers in the file."""
        block = Block(numbers, {})
        odd: dict[int, list[tuple[ColumnReader, Odd, object]]] = {}
        for reader in self.columns:
            given = cells[reader.column.column - 1]
            values = reader.read(given)
            if Odd in set(map(type, values)):
                values = list(values)
                for place, value in enumerate(values):
                    if type(value) is Odd:
                        odd.setdefault(place, []).append((reader, value, given[place]))
                        values[place] = None
            block.columns[reader.spec.name] = values
        for place, some in odd.items():
            for reader, cell, raw in some:
                if cell.value is not None:
                    block.moved.setdefault(place, []).append((cell.field, cell.value))
                if cell.why:
                    label = reader.column.heading or reader.spec.label
                    block.problems.setdefault(place, []).append(
                        Problem(numbers[place], label, clean(raw)[:80], cell.why, cell.grade)
                    )
        return block
