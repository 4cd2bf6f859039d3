"""Many new records at once, column by column: what the table gets, and what the journal says.

A new record is the commonest change by far. Fifty thousand rows of thirty columns are 1.5 million
values; handled a column at a time, each costs one step of a loop in C.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from ledger_desk.model.fields import Record
from ledger_desk.store import rowing

if TYPE_CHECKING:  # the process beside an import does without the engine
    from sqlalchemy.engine import Connection

# Rows in one statement: the thread that writes gets hold of the interpreter once for all of them.
TOGETHER = 250
_PLAIN_WORDS = 64  # characters of a text that may stand in a statement
_WORTH = 100  # rows from which on a statement of their own pays
_LINE = "\n"  # never inside a text of the journal: JSON escapes it
_MOST_MARKS = 32_000  # the engine takes 32,766
_TEXT, _WHOLE, _TEXT_OR_NONE = {str}, {int}, {str, type(None)}


# Without any of these a text stands in JSON as it is (RFC 8259, section 7).
_escaped = re.compile(r'[\x00-\x1f"\\]').search


@dataclass(frozen=True)
class NewRows:
    """New records of one class as stored values.

    Attributes:
        cls: Their class.
        ids: Their ids.
        columns: Stored values by field, in the order of the fields; fields that no row fills are
            left out.
        said: What the journal says of each (`said`), where that was written already.
        computed: Their rows of the index, where those were computed already.
    """

    cls: type[Record]
    ids: Sequence[str]
    columns: Mapping[str, Sequence[Any]]
    said: Sequence[bytes] | None = None
    computed: Sequence[Any] | None = None

    def texts(self) -> Sequence[bytes]:
        """Write each record as the journal keeps it: compact JSON of what is filled."""
        return said(self.columns, len(self.ids)) if self.said is None else self.said

    def write(self, connection: Connection, names: Sequence[str], together: int) -> None:
        """Add the rows to their table; ``names`` are the columns to write, perhaps more than filled."""
        empty = [None] * len(self.ids)
        columns = {name: self.columns.get(name, empty) for name in names}
        insert_columns(connection, self.cls.TABLE, {"id": self.ids, **columns}, together)


def insert_columns(
    connection: Connection, table: str, columns: Mapping[str, Sequence[Any]], together: int
) -> None:
    """Add rows given by column, as `insert` does; the first column tells them apart.

    What all rows have in common stands in the statement: a third of the columns of a usual list,
    each of which would be handed over for every row.
    """
    first = next(iter(columns))
    words = {name: _literal(column) for name, column in columns.items() if name != first}
    same = {name: word for name, word in words.items() if word}
    given = {name: column for name, column in columns.items() if name not in same}
    insert(connection, table, (*same, *given), zip(*given.values(), strict=True),
           constants="".join([f"{word}," for word in same.values()]), together=together)  # fmt: skip


def _literal(column: Sequence[Any]) -> str:
    """Give the value that all rows share as it stands in a statement, '' where they differ."""
    if len(column) < _WORTH or not _all_same(column):
        return ""
    first = column[0]
    if type(first) is int:
        return str(first)
    if type(first) is str and len(first) <= _PLAIN_WORDS and first.isprintable():
        quoted = first.replace("'", "''")
        return f"'{quoted}'"
    return "NULL" if first is None else ""


def said(columns: Mapping[str, Sequence[Any]], count: int) -> list[bytes]:
    """Write records given by column as the journal keeps them, in UTF-8: so they are digested too."""
    together = "".join(chain.from_iterable(_pieces(columns, count, f"}}{_LINE}")))
    return together.encode().split(_LINE.encode())[:-1]


def texts(columns: Mapping[str, Sequence[Any]], count: int) -> list[str]:
    """Write records given by column as the journal keeps them.

    What all records fill comes first, then what some lack, each in the order given.
    """
    return list(map("".join, _pieces(columns, count, "}")))


def _pieces(
    columns: Mapping[str, Sequence[Any]], count: int, end: str
) -> Iterable[tuple[str, ...]]:
    """Give what is to be joined for each record, with ``end`` behind it."""
    parts: list[Iterable[str]] = []
    gaps: list[Iterable[str]] = []
    ahead = "{"  # what stands between the column before and the next one
    for name, column in columns.items():
        types = set(map(type, column))
        mark = f'{ahead}"{name}":'
        if types not in (_TEXT, _WHOLE):
            gaps.append(_where_filled(name, column, types))
        elif _all_same(column):
            first = column[0]
            ahead = f"{mark}{encode_basestring(first) if types == _TEXT else first},"
        elif types == _TEXT and not _needs_escapes(column):
            parts += [repeat(f'{mark}"', count), column]
            ahead = '",'
        else:
            parts += [
                repeat(mark, count),
                map(encode_basestring if types == _TEXT else str, column),
            ]
            ahead = ","
    if ahead == "{":  # nothing that all fill
        some = zip(*gaps, strict=True) if gaps else repeat((), count)
        return (("{", "".join(row)[1:], end) for row in some)
    closing = repeat(ahead.removesuffix(",") + ("" if gaps else end), count)
    return zip(*parts, closing, *gaps, *[repeat(end, count)] * bool(gaps), strict=True)


def _all_same(column: Sequence[Any]) -> bool:
    first = column[0]
    return bool(first == column[-1] and column.count(first) == len(column))


def gaps(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """Name the columns that some records lack, or that hold values of several types."""
    return [n for n, column in columns.items() if set(map(type, column)) not in (_TEXT, _WHOLE)]


def _where_filled(name: str, column: Sequence[Any], types: set[type]) -> list[str]:
    if types <= _TEXT_OR_NONE and not _needs_escapes([text or "" for text in column]):
        return ["" if text is None else f',"{name}":"{text}"' for text in column]
    return [
        "" if value is None else
        f',"{name}":{encode_basestring(value) if type(value) is str else rowing.pack_value(value)}'
        for value in column
    ]  # fmt: skip


def _needs_escapes(column: Sequence[str]) -> bool:
    together = "".join(column)
    if together.isprintable() and '"' not in together and "\\" not in together:
        return False  # the usual case, told in half the time
    return _escaped(together) is not None


def new_rows(cls: type[Record], ids: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> NewRows:
    """Turn new records given as field → value into stored columns.

    Raises:
        KeyError: A name that the class does not declare (a bug of the caller).
    """
    given = _by_column(rows)
    unknown = given.keys() - rowing.OWN - rowing.savers(cls).keys()
    if unknown:
        raise KeyError(*unknown)
    return NewRows(cls, ids, stored_columns(cls, given))


def stored_columns(
    cls: type[Record], columns: Mapping[str, Sequence[Any]]
) -> dict[str, Sequence[Any]]:
    """Turn columns of values into those of stored values, in the order of the fields; empty ones go."""
    found: dict[str, Sequence[Any]] = {}
    for name, save in rowing.savers(cls).items():
        column = columns.get(name)
        if column is None:
            continue
        empty = column.count(None)
        if empty < len(column):
            if save is not None:
                column = (
                    [None if value is None else save(value) for value in column]
                    if empty
                    else list(map(save, column))
                )
            found[name] = column
    return found


def _by_column(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    names = list(rows[0]) if rows else []
    if all([list(row) == names for row in rows]):  # all fill the same fields: one call for all
        return dict(zip(names, zip(*[row.values() for row in rows], strict=True), strict=True))
    used: set[str] = set().union(*rows)
    return {name: [row.get(name) for row in rows] for name in used}


def insert(
    connection: Connection, table: str, names: Sequence[str], rows: Iterator[tuple[Any, ...]],
    *, constants: str = "", marks: str = "", word: str = "INSERT", together: int = 1,
) -> None:  # fmt: skip
    """Add many rows to a table in few statements.

    Args:
        connection: The writer's.
        table: Name of the table.
        names: Its columns; those of ``constants`` come first.
        rows: Values of the columns that are no constants.
        constants: Literals that open each row, such as ``12,'enterprise',``.
        marks: How the values stand in the statement, where it is not one ``?`` each.
        word: ``INSERT`` or ``INSERT OR REPLACE``.
        together: Rows in one statement. One costs least; many (`TOGETHER`) help a thread that
            gets hold of the interpreter once for each statement only.
    """
    given = list(rows)
    if not given:
        return
    mark = f"({constants}{marks or ','.join('?' * len(given[0]))})"
    if together == 1:
        sql = f"{word} INTO {table} ({','.join(names)}) VALUES {mark}"
        connection.exec_driver_sql(sql, given)
        return
    together = min(together, _MOST_MARKS // len(given[0]))
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
