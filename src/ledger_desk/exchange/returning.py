"""A table that went out comes back: each row is the record that its token names.

Rows may have been sorted, cut, extended and edited, names and codes too (`decisions.md` 28). What a
token cannot settle (none, damaged, another ledger's, a copied row) falls back to the ordinary way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.errors import Problem
from ledger_desk.exchange import tokens
from ledger_desk.exchange.identities import Identity, Match
from ledger_desk.exchange.parsing import ParsedRow, TableReader
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.exchange.tokens import Token
from ledger_desk.model.fields import Record
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.records import BY_TABLE, Enterprise, Verdict
from ledger_desk.store.queries import Query, Rows, Where

_BLOCK = 1000
_MOST_MERGES = 20
# (row numbers of the file) → the rows as values; only rows that share a token are read twice.
Reread = Callable[[Sequence[int]], list[ParsedRow]]


@dataclass(frozen=True)
class TokenSheet:
    """The table that came back, as far as tokens are concerned.

    Attributes:
        rows: All rows of the sheet; row numbers count from 1.
        numbers: Numbers of its data rows.
        column: Column of the tokens, from 1.
        fields: Field → its column, from 1.
        reread: Reads some data rows as values.
    """

    rows: Sequence[Sequence[Any]]
    numbers: Sequence[int]
    column: int
    fields: Mapping[str, int]
    reread: Reread

    def cell(self, number: int, column: int) -> Any:
        """A cell of a row; None beyond its end."""
        row = self.rows[number - 1]
        return row[column - 1] if column <= len(row) else None


class TokenIdentity:
    """Finds records by token first, then by ``inner``; counts what the person should be told."""

    def __init__(self, inner: Identity, rows: Rows, cls: type[Record], sheet: TokenSheet) -> None:
        """Look in ``rows``, which see what this reading in has already written."""
        self._inner, self._rows, self._cls, self._sheet = inner, rows, cls, sheet
        self._now: dict[int, Any] = {}
        self._gone: dict[int, Any] = {}
        self._blank = self._strange = self._unknown = 0
        self._first = self._settle()

    def begin(self, block: Sequence[ParsedRow]) -> None:
        """Look up the records of a block's tokens, and what the rows without one may be about."""
        wanted: dict[int, str] = {}
        for row in block:
            record = self._named(row)
            if record:
                wanted[row.row] = record
        found = self._rows.many(self._cls, list(dict.fromkeys(wanted.values())))
        survivors = self._survivors([r.id for r in found.values() if r.removed])
        self._now, self._gone = {}, {}
        for row in block:
            held = found.get(wanted.get(row.row, ""))
            if held is None:
                self._unknown += row.row in wanted
            elif not held.removed:
                self._now[row.row] = held
            elif held.id in survivors:
                survivor = self._now[row.row] = survivors[held.id]
                why = f"这一行是“{held.title}”，已经并入“{survivor.title}”，按并入后的一户核对。"
                row.problems.append(self._hint(row, why))
            else:
                self._gone[row.row] = held
        self._inner.begin(block)

    def add(self, record: Any, seen_as: Any) -> None:
        """Let later rows see a record as it is about to be made or changed."""
        self._inner.add(record, seen_as)

    def match(self, row: ParsedRow, touched: dict[str, int]) -> Match:
        """Find the record of one row; a token that another record's code contradicts is a doubt."""
        ordinary = self._inner.match(row, touched)
        gone = self._gone.get(row.row)
        if gone is not None:
            some = (ordinary.record,) if ordinary.record is not None else ordinary.candidates
            why = f"这一行是“{gone.title}”，它在回收站里。要它回来，请先在回收站恢复；真是另外一条，请选新增。"
            return Match(None, tuple(some), why)
        held = self._now.get(row.row)
        if held is None:
            return ordinary
        other = ordinary.record
        if other is not None and other.id != held.id:
            self._strange += 1
            why = (
                f"台账记号说这一行是“{held.title}”，{ordinary.by or '内容'}却是“{other.title}”的。"
            )
            return Match(None, (held, other), why)
        self._count_blanks(row, held)
        return Match(held, by=tokens.HEADING)

    def knows(self, row: ParsedRow) -> bool:
        """Whether a row is identified by its token, so that it may lack name and code."""
        return row.row in self._now or row.row in self._gone

    def remarks(self) -> list[str]:
        """Say what the person should know about the whole table."""
        found = []
        if self._blank:
            found.append(f"有 {self._blank:,} 格空着，账上原有内容没有清掉。")
        if self._strange:
            found.append(
                f"有 {self._strange:,} 行的台账记号和内容说的不是同一条，没有装入。"
                "多半是排序时只选了一部分列：请全选整张表再排序。"
            )
        if self._unknown:
            found.append(f"有 {self._unknown:,} 行的台账记号不是这本账的，已按名称、代码等核对。")
        return found

    # -- tokens --------------------------------------------------------------------------------

    def _named(self, row: ParsedRow) -> str:
        """Id that a row's token names, '' for none; says in a hint why a token does not count."""
        cell = self._sheet.cell(row.row, self._sheet.column)
        found = tokens.read(cell, self._cls.TABLE)
        if found is None:
            return ""
        if not isinstance(found, Token):
            row.problems.append(
                self._hint(row, "台账记号被改动过，认不出是哪一条，已按名称、代码等核对。")
            )
            return ""
        if found.table != self._cls.TABLE:
            why = f"台账记号是{BY_TABLE[found.table].LABEL}的，不是{self._cls.LABEL}的，已按名称、代码等核对。"
            row.problems.append(self._hint(row, why))
            return ""
        first = self._first.get(found.record, row.row)
        if first != row.row:
            why = f"台账记号与第 {first} 行相同，像是复制出来的行，已按名称、代码等另认。"
            row.problems.append(self._hint(row, why))
            return ""
        return found.record

    def _hint(self, row: ParsedRow, why: str) -> Problem:
        cell = self._sheet.cell(row.row, self._sheet.column)
        return Problem(row.row, tokens.HEADING, clean(cell)[:80], why, "hint")

    def _settle(self) -> dict[str, int]:
        """Say for each token that stands more than once which row it belongs to.

        The row whose own name or code leads to that record, for the copy may have been sorted
        before it; where none or several do, the first.
        """
        places: dict[str, list[int]] = {}
        for number in self._sheet.numbers:
            cell = self._sheet.cell(number, self._sheet.column)
            found = tokens.read(cell, self._cls.TABLE) if cell is not None else None
            if isinstance(found, Token) and found.table == self._cls.TABLE:
                places.setdefault(found.record, []).append(number)
        repeated = {record: some for record, some in places.items() if len(some) > 1}
        settled = {record: some[0] for record, some in repeated.items()}
        numbers = sorted(number for some in repeated.values() for number in some)
        own: set[tuple[str, int]] = set()
        for start in range(0, len(numbers), _BLOCK):
            block = [r for r in self._sheet.reread(numbers[start : start + _BLOCK]) if not r.wrong]
            self._inner.begin(block)
            for row in block:
                match = self._inner.match(row, {})
                if match.record is not None:
                    own.add((match.record.id, row.row))
        for record, some in repeated.items():
            settled[record] = next((n for n in some if (record, n) in own), some[0])
        return settled

    def _survivors(self, removed: Sequence[str]) -> dict[str, Any]:
        """Firms that removed ones were merged into, by the removed one's id (`decisions.md` 1)."""
        if not removed or self._cls is not Enterprise:
            return {}
        into = {record: record for record in removed}
        for _ in range(_MOST_MERGES):
            where = (
                Where("verdict", "=", "同一户"),
                Where("other", "in", tuple(sorted(set(into.values())))),
            )
            moves = {v.other: v.one for v in self._rows.find(Query(Verdict, where))}
            if not moves:
                break
            into = {record: moves.get(now) or now for record, now in into.items()}
        firms = self._rows.many(Enterprise, sorted(set(into.values())))
        return {
            record: firms[now]
            for record, now in into.items()
            if now != record and now in firms and not firms[now].removed
        }

    def _count_blanks(self, row: ParsedRow, held: Any) -> None:
        """Count the cells that were emptied: they never erase."""
        for name, column in self._sheet.fields.items():
            if name in row.values or getattr(held, name) is None:
                continue
            self._blank += is_empty(self._sheet.cell(row.row, column))


def by_token(
    prepared: Prepared, reader: TableReader, inner: Identity, rows: Rows
) -> TokenIdentity | None:
    """Make the identity of a prepared table that carries tokens; None if it carries none."""
    if prepared.token_column is None:
        return None
    cells = prepared.sheet.rows

    def reread(numbers: Sequence[int]) -> list[ParsedRow]:
        return reader.read(numbers, [cells[number - 1] for number in numbers])

    fields = {name: column.column for name, column in prepared.mapping.used.items()}
    sheet = TokenSheet(cells, prepared.layout.data_rows, prepared.token_column, fields, reread)
    return TokenIdentity(inner, rows, prepared.cls, sheet)
