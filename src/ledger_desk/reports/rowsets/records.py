"""Lists of records of any class, as a form declares them: which, in what order, what of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ledger_desk.exchange.definitions import Block
from ledger_desk.exchange.form_records import NUMBER
from ledger_desk.exchange.places import name_of
from ledger_desk.exchange.record_paths import (
    Path,
    conditions,
    firm_path,
    orders,
    resolve,
    table_of,
)
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.kinds import Kind
from ledger_desk.model.records import BY_TABLE, Office
from ledger_desk.reports.rowsets import Ref, SourceField, SourceRow
from ledger_desk.reports.styles import FieldKind
from ledger_desk.reports.windows import Days
from ledger_desk.store import columns
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.store.tabling import read_columns

_KINDS: Mapping[str, FieldKind] = {
    "day": "day", "money": "money", "whole": "whole", "figure": "whole", "year": "year",
    "yes_no": "yes_no", "rate": "rate", "quantity": "quantity",
}  # fmt: skip
_OFFICE = "office"


@dataclass(frozen=True)
class RecordRows:
    """Rows of a list of records.

    Attributes:
        cls: Their class.
        fields: Path → what it is.
        table: A tuple a record: its id, then stored values.
        place_of: Path of a field, or of a reference → its place in those tuples.
        links: Path of a field → (table, path) of the reference to the record it stands in.
        firm_at: Path of the reference to the firm; empty for firms, None where there is none.
        label_at: Path of what a sentence calls the row.
    """

    cls: type[Record]
    fields: Mapping[str, SourceField]
    table: Sequence[tuple[Any, ...]]
    place_of: Mapping[str, int]
    links: Mapping[str, tuple[str, str]]
    loaders: Mapping[str, Callable[[Any], Any] | None]
    firm_at: str | None
    label_at: str

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.table)

    @cached_property
    def _columns(self) -> dict[str, Sequence[Any]]:
        return {}

    def column(self, name: str) -> Sequence[Any]:
        """Give one field of all rows."""
        if name not in self._columns:
            at, load = self.place_of[name], self.loaders[name]
            stored = [row[at] for row in self.table]
            self._columns[name] = (
                stored if load is None
                else [None if v is None or v == "" else load(v) for v in stored]
            )  # fmt: skip
        return self._columns[name]

    def records(self, place: int, name: str) -> tuple[Ref, ...]:
        """Give the record that a field stands in, the row's own one first."""
        row = self.table[place]
        own = Ref(self.cls.TABLE, row[0])
        table, path = self.links.get(name, ("", ""))
        far = row[self.place_of[path]] if path else None
        return (Ref(table, far), own) if far else (own,)

    def key(self, place: int) -> str:
        """Give the id of the record."""
        key: str = self.table[place][0]
        return key

    def firm(self, place: int) -> str | None:
        """Give the firm of a row."""
        if self.firm_at is None:
            return None
        firm: str | None = (
            self.table[place][self.place_of[self.firm_at] if self.firm_at else 0] or None
        )
        return firm

    def row(self, place: int) -> SourceRow:
        """Make one row."""
        firm = self.firm(place)
        names = [name for name in self.fields if name in self.loaders and name != NUMBER]
        label = self.table[place][self.place_of[self.label_at]]
        return SourceRow(
            self.key(place),
            str(label or f"未命名{self.cls.LABEL}"),
            {name: self.column(name)[place] for name in names},
            {name: self.records(place, name) for name in names},
            Ref("enterprise", firm) if firm else None,
        )


def field_of(path: Path) -> SourceField:
    """Tell what a path shows: of a reference the title of its record."""
    return SourceField(path.label, "text" if path.ref else _KINDS.get(path.kind.name, "text"))


def fields_of_block(block: Block) -> dict[str, SourceField]:
    """Tell what the columns of a list show."""
    cls = table_of(str(block.of))
    named = dict.fromkeys(c.field for c in block.column if c.field and c.field != NUMBER)
    return {NUMBER: SourceField("序号", "whole")} | {
        name: field_of(resolve(cls, name)) for name in named
    }


def read_records(rows: Rows, block: Block, days: Days, office: str | None) -> RecordRows:
    """Read the rows of a list.

    Args:
        rows: The picture of the ledger.
        block: The block, without mistakes.
        days: The period of the form, and what measures make of it.
        office: Only its records, where the class names an office.
    """
    cls = table_of(str(block.of))
    where = list(conditions(cls, block.where, days.words))
    if block.day is not None:
        window = days.window("期末数" if block.until else block.measure or "本期")
        first = window.newly or window.first
        where.append(Where(block.day, "<=", window.last))
        if first is not None:
            where.append(Where(block.day, ">=", first))
    if block.each is not None:
        for key in block.part.values():
            where.append(Where(block.each, "=", key) if key else Where(block.each, "blank"))
    own = field_map(cls).get(_OFFICE)
    if office is not None and own is not None and own.ref == Office.TABLE:
        where.append(Where(_OFFICE, "=", office))
    fields = fields_of_block(block)
    paths = {name: resolve(cls, name) for name in fields if name != NUMBER}
    firm = firm_path(cls)
    label = _label_path(cls, firm)
    wanted: dict[str, columns.Column] = {}
    links: dict[str, tuple[str, str]] = {}
    for name, path in paths.items():
        far = f"{name}." if path.ref else ""
        wanted[far or name] = columns.title(cls, name)
        link = name if path.ref else path.link
        if link:
            links[name] = (path.ref or path.table, f"={link}")
            wanted[f"={link}"] = columns.column(cls, link)
    if firm:
        wanted[f"={firm}"] = columns.column(cls, firm)
    wanted["?label"] = columns.title(cls, label)
    places = {name: place for place, name in enumerate(wanted, start=1)}
    for name, path in paths.items():
        if path.ref:
            places[name] = places[f"{name}."]
    query = Query(cls, tuple(where), sort=orders(cls, block.sort))
    live = [wanted[f"={firm}"]] if firm else []
    loaders = {name: _loader(path) for name, path in paths.items()}
    return RecordRows(
        cls, fields, read_columns(rows, query, list(wanted.values()), live), places, links,
        loaders, f"={firm}" if firm else firm, "?label",
    )  # fmt: skip


def _label_path(cls: type[Record], firm: str | None) -> str:
    if firm is None:
        return cls.TITLE
    return f"{firm}.name" if firm else "name"


def _loader(path: Path) -> Callable[[Any], Any] | None:
    """What makes a value of a stored one; None where both are the same."""
    kind: Kind = (
        field_map(BY_TABLE[path.ref])[BY_TABLE[path.ref].TITLE].kind if path.ref else path.kind
    )
    if kind.name == "division":
        known: dict[str, str] = {}

        def named(code: str) -> str:
            if code not in known:
                known[code] = name_of(code)
            return known[code]

        return named
    if path.ref and _KINDS.get(kind.name) is not None:
        load, show = kind.load, kind.show
        return lambda stored: show(load(stored))
    if kind.name in _KINDS and kind.name in ("day", "yes_no"):
        return kind.load
    return None
