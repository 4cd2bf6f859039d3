"""Many new records at once, column by column: what the table gets, and what the journal says.

A new record is the commonest change by far. Fifty thousand rows of thirty columns are 1.5 million
values; handled a column at a time, each costs one step of a loop in C.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.model.fields import Record
from ledger_desk.store import rowing

# Rows in one statement: the thread that writes gets hold of the interpreter once for all of them.
_TOGETHER = 250
_MOST_MARKS = 32_000  # the engine takes 32,766
_TEXT, _WHOLE = {str}, {int}


@dataclass(frozen=True)
class NewRows:
    """New records of one class as stored values.

    Attributes:
        cls: Their class.
        ids: Their ids.
        columns: Stored values by field; fields that no row fills are left out.
    """

    cls: type[Record]
    ids: Sequence[str]
    columns: Mapping[str, Sequence[Any]]

    def texts(self) -> list[str]:
        """Write each record as the journal keeps it: compact JSON of what is filled."""
        if not self.columns:
            return ["{}"] * len(self.ids)
        full: list[tuple[str, list[str]]] = []
        gaps: list[list[str]] = []
        for name, column in self.columns.items():
            types = set(map(type, column))
            if types == _TEXT:
                full.append((name, list(map(encode_basestring, column))))
            elif types == _WHOLE:
                full.append((name, list(map(str, column))))
            else:
                gaps.append([
                    "" if value is None else
                    f',"{name}":{encode_basestring(value) if type(value) is str else rowing.pack_value(value)}'
                    for value in column
                ])  # fmt: skip
        if not full:
            return ["{" + "".join(parts)[1:] + "}" for parts in zip(*gaps, strict=True)]
        said = ",".join(f'"{name}":%s' for name, _ in full)
        shape = f"{{{said}{'%s' * len(gaps)}}}"
        every = (*(texts for _, texts in full), *gaps)
        return [shape % row for row in zip(*every, strict=True)]

    def write(self, connection: Connection, names: Sequence[str]) -> None:
        """Add the rows to their table; ``names`` are the columns to write, perhaps more than filled."""
        empty = [None] * len(self.ids)
        columns = [self.columns.get(name, empty) for name in names]
        insert(connection, self.cls.TABLE, ("id", *names), zip(self.ids, *columns, strict=True))


def new_rows(cls: type[Record], ids: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> NewRows:
    """Turn new records given as field → value into stored columns.

    Raises:
        KeyError: A name that the class does not declare (a bug of the caller).
    """
    columns: dict[str, Sequence[Any]] = {}
    given = _by_column(rows)
    for name, save in rowing.savers(cls).items():
        column = given.pop(name, None)
        if column is not None and save is not None:
            column = [None if value is None else save(value) for value in column]
        if column is not None and column.count(None) < len(column):
            columns[name] = column
    unknown = given.keys() - rowing.OWN
    if unknown:
        raise KeyError(*unknown)
    return NewRows(cls, ids, columns)


def _by_column(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    names = list(rows[0]) if rows else []
    if all([list(row) == names for row in rows]):  # all fill the same fields: one call for all
        return dict(zip(names, zip(*[row.values() for row in rows], strict=True), strict=True))
    used: set[str] = set().union(*rows)
    return {name: [row.get(name) for row in rows] for name in used}


def insert(
    connection: Connection, table: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]],
    *, constants: str = "", word: str = "INSERT",
) -> None:  # fmt: skip
    """Add many rows to a table in few statements.

    Args:
        connection: The writer's.
        table: Name of the table.
        names: Its columns; those of ``constants`` come first.
        rows: Values of the columns that are no constants.
        constants: Literals that open each row, such as ``12,'enterprise',``.
        word: ``INSERT`` or ``INSERT OR REPLACE``.
    """
    given = list(rows)
    if not given:
        return
    mark = f"({constants}{','.join('?' * len(given[0]))})"
    together = min(_TOGETHER, _MOST_MARKS // len(given[0]))
    begin = f"{word} INTO {table} ({','.join(names)}) VALUES "
    whole = len(given) - len(given) % together
    if whole:
        sql = begin + ",".join([mark] * together)
        for start in range(0, whole, together):
            connection.exec_driver_sql(
                sql, tuple(chain.from_iterable(given[start : start + together]))
            )
    if given[whole:]:
        connection.exec_driver_sql(begin + mark, given[whole:])
