"""The order of a list, worked out once: the numbers of its rows, from which pages follow.

Sorting 100,000 rows costs one sort inside the engine, with the interpreter's lock released: what
comes back is one text with all row numbers, not a row each. Pages, ids and places then cost what
they show (`decisions.md` 38). Row numbers hold while the file is open; nothing here compacts it.

Empty values come last in both directions. Words stand in the order of pinyin (`collating`), closed
choices in that of their options, all else by value. Ties go by row number, which is the order of
arrival, in the direction of the last key.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store import collating, columns, far_orders
from ledger_desk.store.columns import Column
from ledger_desk.store.interrupting import Stop, stoppable
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.packed import PACKED, unpacked
from ledger_desk.store.word_orders import Column as KeptColumn
from ledger_desk.store.word_orders import empties, give_way, picked

if TYPE_CHECKING:
    from ledger_desk.store.queries import Query, Rows

R = TypeVar("R", bound=Record)
# Bytes of words whose keys are made without a break, and keys that are written down without one: a
# millisecond or two each, since that holds the interpreter's lock, which a window waits for.
_WORD_BYTES = 24_000
_AT_ONCE = 1_500
_FEW = 8
_SHORT = 2_000  # records of a class whose orders are not kept
_FEW_WORDS = 20_000  # records whose words are compared rather than those of all that they refer to


@dataclass(frozen=True)
class Term:
    """One key of an order.

    Attributes:
        column: What is compared; of a reference the title.
        descending: From large to small.
    """

    column: Column
    descending: bool

    @property
    def is_worded(self) -> bool:
        """Whether it is compared by pinyin, which the engine cannot do by itself."""
        return columns.is_worded(self.column.kind)

    @property
    def value(self) -> str:
        """Expression that the engine compares; '' and NULL are one."""
        if columns.is_ranked(self.column.kind):
            return columns.rank(self.column)
        kind = self.column.kind
        never_empty = kind.storage != "TEXT" or kind.name in ("day", "month")
        return self.column.sql if never_empty else f"NULLIF({self.column.sql}, '')"

    def by(self, value: str) -> str:
        """One part of ORDER BY; in falling order the engine puts NULL last by itself."""
        return f"{value} DESC" if self.descending else f"{value} ASC NULLS LAST"


def terms(query: Query[Any]) -> list[Term]:
    """Keys of a query's order."""
    return [Term(columns.title(query.cls, name), descending) for name, descending in query.sort]


def order_by(query: Query[Any]) -> str:
    """ORDER BY of a query none of whose keys is worded.

    What a search found keeps, without keys, the order of the search: newest first
    (`Rows._source` names it ``hit``).
    """
    keys = terms(query)
    if not keys and query.text.strip() and query.cls.TABLE == "enterprise":
        return "hit.key"  # as the search gives them: the most recently touched first
    tie = f"{query.cls.TABLE}.rowid {'DESC' if keys and keys[-1].descending else 'ASC'}"
    return ", ".join([*(term.by(term.value) for term in keys), tie])


@dataclass(frozen=True)
class Ordering(Generic[R]):
    """All rows of a query in its order.

    Attributes:
        cls: Record class.
        numbers: Row numbers, eight bytes each.
    """

    cls: type[R]
    numbers: array[int]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    def records(self, rows: Rows, offset: int, limit: int) -> list[R | None]:
        """One page; None stands for what has been taken back since."""
        wanted = self.numbers[offset : offset + limit]
        found = rows.by_number(self.cls, wanted)
        return [found.get(number) for number in wanted]

    def page(self, rows: Rows, offset: int, limit: int) -> list[R]:
        """One page of what is still there; a negative limit takes all that follows."""
        end = len(self) if limit < 0 else offset + limit
        found = self.records(rows, offset, max(end - offset, 0))
        return [record for record in found if record is not None]

    def ids(self, rows: Rows, offset: int = 0, limit: int = -1) -> list[str]:
        """Ids in order."""
        end = len(self) if limit < 0 else offset + limit
        wanted = self.numbers[offset:end]
        found: dict[int, str] = {}
        for some in chunks(wanted):
            marks = ",".join("?" * len(some))
            sql = f"SELECT rowid, id FROM {self.cls.TABLE} WHERE rowid IN ({marks})"
            found.update(fetch(rows.connection, sql, some))
        return [found[number] for number in wanted if number in found]

    def place(self, rows: Rows, record: str) -> int | None:
        """Place of a record, from 0; None when it is not among them."""
        return self.places(rows, [record]).get(record)

    def places(self, rows: Rows, records: Sequence[str]) -> dict[str, int]:
        """Places of several records; those that are not among them are left out."""
        number_of: dict[int, str] = {}
        for some in chunks(list(records)):
            marks = ",".join("?" * len(some))
            sql = f"SELECT rowid, id FROM {self.cls.TABLE} WHERE id IN ({marks})"
            number_of.update(fetch(rows.connection, sql, some))
        found: dict[str, int] = {}
        if len(number_of) <= _FEW:  # each look is one walk in C
            for number, record in number_of.items():
                try:
                    found[record] = self.numbers.index(number)
                except ValueError:
                    continue
            return found
        for place, number in enumerate(self.numbers):
            if number in number_of:
                found[number_of[number]] = place
        return found


def order(rows: Rows, query: Query[R], stop: Stop | None = None) -> Ordering[R]:
    """Work out the order of a whole query.

    Raises:
        Cancelled: ``stop()`` said so.
        KeyError: An unknown field.
    """
    with stoppable(rows.connection, stop):
        keys = terms(query)
        if any(term.is_worded for term in keys):
            return Ordering(query.cls, _worded(rows, query, keys, stop))
        return Ordering(query.cls, _by_values(rows, query, keys))


def _by_values(rows: Rows, query: Query[Any], keys: list[Term]) -> array[int]:
    """Let the engine sort. By one column it may walk an index, empty values first; they are moved."""
    source, values = rows._source(query, reads=False)
    number, ranked = f"{query.cls.TABLE}.rowid", columns.is_ranked
    if len(keys) == 1 and not ranked(keys[0].column.kind) and not keys[0].descending:
        sql = keys[0].column.sql
        blank = f"({sql} IS NULL OR {sql} = '')"
        inner = (
            f"SELECT {number} AS n, {blank} AS b FROM {source} ORDER BY {sql}, {number} LIMIT -1"
        )
        packed, blanks = fetch(
            rows.connection, f"SELECT {PACKED}, total(b) FROM ({inner})", values
        )[0]
        found, cut = unpacked(packed), int(blanks)
        return found[cut:] + found[:cut]
    inner = f"SELECT {number} AS n FROM {source} ORDER BY {order_by(query)} LIMIT -1"
    return unpacked(fetch(rows.connection, f"SELECT {PACKED} FROM ({inner})", values)[0][0])


def _worded(rows: Rows, query: Query[Any], keys: list[Term], stop: Stop | None) -> array[int]:
    """Sort by words, by one column of the table itself or of one referred to in an order that is kept."""
    cls, name, falling = query.cls, query.sort[0][0], keys[0].descending

    def anew() -> array[int]:
        return _by_words(rows, cls, *rows._source(query, reads=True), keys, stop)

    spec = field_map(cls).get(name)
    if len(keys) > 1 or spec is None or rows.words is None or rows.is_short(cls, _SHORT):
        return anew()
    far = BY_TABLE.get(spec.ref)
    column = (cls.TABLE, name) if far is None else (far.TABLE, far.TITLE)
    alone, bound = rows._source(replace(query, sort=()), reads=False)
    inner = f"SELECT {cls.TABLE}.rowid AS n FROM {alone}"
    if far is not None:
        few = f"SELECT count(*) FROM ({inner} LIMIT {_FEW_WORDS + 1})"
        if query.text.strip() or fetch(rows.connection, few, bound)[0][0] <= _FEW_WORDS:
            return anew()
    if not query.text.strip() and not rows.words.has(column):
        ranks = far_orders.few_words(rows, column, by="" if far is None else "id")
        if ranks is not None:
            return far_orders.by_ranks(rows, query, name, ranks, descending=falling)
    if far is not None:
        found = _kept(rows, far, column, stop)
        filled = found[empties(rows.connection, column, found) :]
        filled = filled[::-1] if falling else filled
        return far_orders.along(rows, query, name, column, filled, stop, descending=falling)
    numbers = unpacked(fetch(rows.connection, f"SELECT {PACKED} FROM ({inner})", bound)[0][0])
    if not rows.words.has(column) and len(numbers) * 4 < rows.size(cls):
        return anew()
    found = picked(_kept(rows, cls, column, stop), numbers, stop)
    cut = empties(rows.connection, column, found)
    blank, filled = found[:cut], found[cut:]
    return filled[::-1] + blank[::-1] if falling else filled + blank


def _kept(rows: Rows, cls: type[Record], column: KeptColumn, stop: Stop | None) -> array[int]:
    """The order of all records of a class by one of their columns, rising, those without it in front."""
    assert rows.words is not None

    def make() -> array[int]:
        rising = [Term(columns.column(cls, column[1]), descending=False)]
        found = _by_words(rows, cls, column[0], [], rising, stop)
        filled = fetch(
            rows.connection,
            f"SELECT count(*) FROM {column[0]} WHERE coalesce({column[1]}, '') <> ''",
        )[0][0]
        return found[filled:] + found[:filled]

    return rows.words.order(rows.connection, column, make)


def _by_words(
    rows: Rows, cls: type[Record], source: str, values: list[Any], keys: list[Term],
    stop: Stop | None,
) -> array[int]:  # fmt: skip
    """Fetch the words in one go, make their keys here, and hand these back to the engine to sort.

    Both ways go as bytes: of a text of some megabytes the driver would make characters, and bytes of
    them again, without letting go of the interpreter's lock.
    """
    table, worded = cls.TABLE, [term for term in keys if term.is_worded]
    texts = [
        f"replace(coalesce({t.column.sql}, ''), char(31), ' ') AS w{n}"
        for n, t in enumerate(worded)
    ]
    inner = f"SELECT {table}.rowid AS n, {', '.join(texts)} FROM {source} LIMIT -1"
    packed = ", ".join(f"CAST(group_concat(w{n}, char(31)) AS BLOB)" for n in range(len(worded)))
    first, *rest = fetch(rows.connection, f"SELECT {PACKED}, {packed} FROM ({inner})", values)[0]
    numbers = unpacked(first)
    if not numbers:
        return numbers
    document = b",".join(_pieces(numbers, [_keys(words, stop) for words in rest], stop))
    many, number = len(worded) > 1, "CAST(j.key AS INTEGER)"
    parts, place = [], 0
    for term in keys:
        if term.is_worded:
            word = f"json_extract(j.value, '$[{place}]')" if many else "j.value"
            place += 1
            parts.append(term.by(f"NULLIF({word}, '')"))
        else:
            parts.append(term.by(term.value))
    come_from = "json_each(CAST(? AS TEXT)) AS j"
    if len(worded) < len(keys):  # other columns are compared too
        joins = dict.fromkeys(
            link for term in keys if not term.is_worded for link in term.column.joins
        )
        come_from += f" CROSS JOIN {table} ON {table}.rowid = {number} {' '.join(joins)}"
    tie = f"{number} {'DESC' if keys[-1].descending else 'ASC'}"
    inner = f"SELECT {number} AS n FROM {come_from} ORDER BY {', '.join([*parts, tie])} LIMIT -1"
    return unpacked(fetch(rows.connection, f"SELECT {PACKED} FROM ({inner})", [document])[0][0])


def _keys(words: bytes, stop: Stop | None) -> list[str]:
    """Make the sort keys of words that stand one behind another."""
    found: list[str] = []
    start, mark = 0, collating.SEPARATOR.encode()
    while start <= len(words):
        give_way(stop)
        end = words.find(mark, start + _WORD_BYTES)
        end = end if end >= 0 else len(words)
        found += collating.keys_of(words[start:end].decode())
        start = end + 1
    return found


def _pieces(numbers: array[int], words: list[list[str]], stop: Stop | None) -> Iterator[bytes]:
    """Row number → sort key as JSON, piece by piece; several keys as a list. Keys need no escaping."""
    shape = '"{}":"{}"' if len(words) == 1 else '"{}":[' + ",".join(['"{}"'] * len(words)) + "]"
    for start in range(0, len(numbers), _AT_ONCE):
        give_way(stop)
        end = start + _AT_ONCE
        made = [column[start:end] for column in words]
        piece = ",".join(map(shape.format, numbers[start:end], *made))
        piece = piece if start else "{" + piece
        yield (piece if end < len(numbers) else piece + "}").encode()
