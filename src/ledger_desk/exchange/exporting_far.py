"""Columns of a list that are no fields of its records: ``enterprise.township``, and computed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger_desk.exchange import looking_up
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.ways import Way
from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.records import BY_TABLE, Enterprise
from ledger_desk.store.computed import COMPUTED
from ledger_desk.store.queries import Rows
from ledger_desk.workbook.lists import ListValue


@dataclass(frozen=True)
class Far:
    """A column of the record that a reference points to.

    Attributes:
        via: The reference.
        cls: Class that it points to.
        name: Name of the column there.
        spec: How it is written; None: a computed one of firms, which has a heading of its own.
        computed: It is no field there.
    """

    via: str
    cls: type[Record]
    name: str
    spec: FieldSpec | None
    computed: bool = False


def far_of(cls: type[Record], name: str) -> Far | None:
    """Find a column by ``reference.name``; None when there is no such one."""
    via, _, rest = name.partition(".")
    spec = field_map(cls).get(via)
    if not rest or spec is None or not spec.ref:
        return None
    there = BY_TABLE[spec.ref]
    if rest in COMPUTED.get(there.TABLE, {}):
        return Far(via, there, rest, computed_of(there, rest), computed=True)
    found = field_map(there).get(rest)
    return Far(via, there, rest, found) if found is not None else None


def computed_of(cls: type[Record], name: str) -> FieldSpec | None:
    """Find how a computed column is written; those of firms have headings of their own."""
    found = COMPUTED.get(cls.TABLE, {}).get(name) if cls is not Enterprise else None
    return None if found is None else FieldSpec(name, found.label, found.kind)


def computed_cells(
    rows: Rows,
    specs: Mapping[str, FieldSpec],
    records: Sequence[Record],
    way: Way,
    places: Places,
    *,
    typed: bool,
) -> dict[str, dict[str, ListValue]]:
    """Read computed columns of some records of one class: name → id → what is written."""
    if not specs or not records:
        return {}
    beside = rows.beside(type(records[0]), [each.id for each in records])
    made: dict[str, dict[str, ListValue]] = {}
    for name, spec in specs.items():
        write = way.writer(spec, places, typed=typed)
        made[name] = {
            record: write(value)
            for record, values in beside.items()
            if (value := values.get(name)) is not None and value != ""
        }
    return made


def far_cells(
    rows: Rows,
    fars: Mapping[str, Far],
    records: Sequence[Record],
    way: Way,
    places: Places,
    *,
    typed: bool,
) -> dict[str, dict[str, ListValue]]:
    """Read far columns of some records: name → id of the record → what is written."""
    made: dict[str, dict[str, ListValue]] = {}
    for name, far in fars.items():
        links = {each.id: getattr(each, far.via) for each in records if getattr(each, far.via)}
        wanted = sorted(set(links.values()))
        values = _values(rows, far, wanted, way, places, typed)
        made[name] = {record: values.get(link) for record, link in links.items()}
    return made


def _values(
    rows: Rows, far: Far, wanted: Sequence[str], way: Way, places: Places, typed: bool
) -> dict[str, ListValue]:
    spec = far.spec
    if far.computed:
        beside = rows.beside(far.cls, wanted)
        said = {record: values.get(far.name) for record, values in beside.items()}
        write = _plain if spec is None else way.writer(spec, places, typed=typed)
        return {r: None if v is None or v == "" else write(v) for r, v in said.items()}
    assert spec is not None
    found = rows.many(far.cls, wanted)
    held = {record: getattr(each, spec.name) for record, each in found.items()}
    if spec.ref:
        titles = looking_up.names_of(rows, spec.ref, list(held.values()))
        return {record: titles.get(value, "") for record, value in held.items()}
    write = way.writer(spec, places, typed=typed)
    return {record: None if v is None else write(v) for record, v in held.items()}


def _plain(value: ListValue) -> ListValue:
    return value
