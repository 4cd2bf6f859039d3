"""Values, records and cells of a frozen period as JSON, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ledger_desk.reports.shapes import (
    Cell,
    FromFormula,
    FromIndicator,
    FromRecords,
    FromRows,
    Provenance,
    Ref,
)


def put(value: Any) -> Any:
    """A value of a cell as JSON holds it: numbers and days are told from texts."""
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, list | tuple):
        return [put(each) for each in value]
    return value


def take(value: Any) -> Any:
    """The other way."""
    if isinstance(value, dict):
        return Decimal(value["n"]) if "n" in value else date.fromisoformat(value["d"])
    return value


def put_all(values: Sequence[Any], like: Sequence[Any] | None = None) -> list[Any] | None:
    """Many values; None where they are the same as those of ``like``, kind and all."""
    found = [put(each) for each in values]
    if like is None:
        return found
    other = [put(each) for each in like]
    same = found == other and all(type(a) is type(b) for a, b in zip(found, other, strict=True))
    return None if same else found


class Register:
    """Things that come again and again: each is written once and named by its number."""

    def __init__(self, known: Sequence[Any] = ()) -> None:
        """Begin empty, or with what was read."""
        self.items = [tuple(each) for each in known]
        self._numbers = {each: number for number, each in enumerate(self.items)}

    def number(self, item: tuple[Any, ...]) -> int:
        """The number of a thing, a new one where it was not met yet."""
        found = self._numbers.get(item)
        if found is None:
            found = self._numbers[item] = len(self.items)
            self.items.append(item)
        return found


def put_origin(origin: Provenance, refs: Register) -> Any:
    """Where a cell comes from."""
    match origin:
        case FromIndicator():
            asked = (origin.indicator, origin.measure, origin.by, origin.key)
            return ["i", *asked, origin.value, [list(pair) for pair in origin.only]]
        case FromRecords():
            return ["r", origin.field, [refs.number((r.table, r.record)) for r in origin.records]]
        case FromRows():
            return ["s", origin.column, list(origin.rows), put(origin.value)]
        case FromFormula():
            return ["f", origin.text, origin.said, list(origin.inputs), put(origin.value)]
    return None


def take_origin(told: Any, refs: Register) -> Provenance:
    """The other way."""
    if told is None:
        return None
    match told[0]:
        case "i":
            only = tuple((str(key), str(value)) for key, value in told[6])
            return FromIndicator(told[1], told[2], told[3], told[4], told[5], only)
        case "r":
            return FromRecords(told[1], tuple(Ref(*refs.items[n]) for n in told[2]))
        case "s":
            return FromRows(told[1], tuple(told[2]), take(told[3]))
    return FromFormula(told[1], told[2], tuple(told[3]), take(told[4]))


def put_cell(cell: Cell, refs: Register) -> Any:
    """One cell outside the rows of a block."""
    origin = put_origin(cell.provenance, refs)
    return [
        cell.row, cell.column, put(cell.value), cell.text, cell.label, put(cell.exact), origin
    ]  # fmt: skip


def take_cell(told: Any, sheet: str, refs: Register) -> Cell:
    """The other way."""
    row, column, value, text, label, exact, origin = told
    return Cell(
        row, column, take(value), text, take_origin(origin, refs), label, sheet, take(exact)
    )


def origins_of(told: Sequence[Any], refs: Register) -> Callable[[int], Provenance]:
    """Origins of a column, each made when it is looked at."""
    return lambda place: take_origin(told[place], refs)
