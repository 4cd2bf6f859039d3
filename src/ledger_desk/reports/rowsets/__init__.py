"""Rows of a block before they are laid out: kept column by column, a row made when it is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ledger_desk.model.fields import Record
from ledger_desk.reports.styles import FieldKind, is_number


@dataclass(frozen=True, slots=True)
class Ref:
    """One record: its table and id; `BY_TABLE` gives its class."""

    table: str
    record: str


def ref_of(record: Record) -> Ref:
    """Refer to a record."""
    return Ref(record.TABLE, record.id)


@dataclass(frozen=True)
class SourceField:
    """A field that a row source offers to forms."""

    label: str
    kind: FieldKind = "text"

    @property
    def is_number(self) -> bool:
        """Whether a column of it can be summed."""
        return is_number(self.kind)


@dataclass(frozen=True)
class SourceRow:
    """One row before it is laid out.

    Attributes:
        key: Id of the record a list's row stands for; group key of a dictionary's row.
        label: What a sentence calls the row: the firm, the township.
        values: Field → value; money in fen, None for nothing.
        records: Field → records behind it.
        enterprise: The firm of the row, if it is one firm's.
        facts: What the rules of this source need besides.
    """

    key: str
    label: str
    values: Mapping[str, Any]
    records: Mapping[str, tuple[Ref, ...]] = field(default_factory=dict)
    enterprise: Ref | None = None
    facts: Any = None


class RowSet(Protocol):
    """Rows of a block."""

    @property
    def fields(self) -> Mapping[str, SourceField]:
        """What their columns may show."""
        ...

    def __len__(self) -> int:
        """How many rows there are."""
        ...

    def column(self, name: str) -> Sequence[Any]:
        """Give one field of all rows, exact values in the smallest unit."""
        ...

    def records(self, place: int, name: str) -> tuple[Ref, ...]:
        """Give the records behind one field of one row."""
        ...

    def key(self, place: int) -> str:
        """Id of the record a list's row stands for; group key of a dictionary's row."""
        ...

    def firm(self, place: int) -> str | None:
        """Id of the firm of a row, if it is one firm's."""
        ...

    def row(self, place: int) -> SourceRow:
        """Make one row."""
        ...


@dataclass(frozen=True)
class FewRows:
    """Rows that were made one by one: of a dictionary, or listed by the form."""

    fields: Mapping[str, SourceField]
    rows: Sequence[SourceRow]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def column(self, name: str) -> Sequence[Any]:
        """Give one field of all rows."""
        return [row.values.get(name) for row in self.rows]

    def records(self, place: int, name: str) -> tuple[Ref, ...]:
        """Give the records behind one field of one row."""
        return self.rows[place].records.get(name, ())

    def key(self, place: int) -> str:
        """Give the key of a row."""
        return self.rows[place].key

    def firm(self, place: int) -> str | None:
        """Give the firm of a row."""
        firm = self.rows[place].enterprise
        return firm.record if firm is not None else None

    def row(self, place: int) -> SourceRow:
        """Give one row."""
        return self.rows[place]
