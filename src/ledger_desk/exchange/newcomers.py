"""A block of enterprise rows, made ready as if every one of them were new, column by column.

Nothing here asks the ledger. Which rows really are new is found afterwards (`strangers`); what was
made for the others is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ledger_desk.exchange import firm_cells
from ledger_desk.exchange.mapping import Mapping
from ledger_desk.exchange.parsing import Block, Special, TableReader
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.townships import townships
from ledger_desk.model.fields import FieldSpec, field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store import bulk, firm_rows, likeness, rowing

Columns = dict[str, Sequence[Any]]


@dataclass(frozen=True)
class Ready:
    """Rows of a table, and what the ledger gets of those that are new.

    Attributes:
        block: The rows as values.
        ids: An id for each row.
        columns: Stored values by field, those that follow from others too; no column is empty.
        texts: What the journal says of each row.
        index: What is computed of each row.
        own_units: Field → amount → unit that its cell named itself.
    """

    block: Block
    ids: Sequence[str]
    columns: Columns
    texts: Sequence[bytes]
    index: Sequence[firm_rows.Row]
    own_units: dict[str, dict[Any, str]]

    def named(self) -> Ready:
        """Give the same rows with new ids: those of a ledger rise in the order of writing."""
        ids = rowing.fresh_ids(len(self.ids))
        rows: Any = [(record, *row[1:]) for record, row in zip(ids, self.index, strict=True)]
        return replace(self, ids=ids, index=rows)

    def new(self, places: Sequence[int]) -> bulk.NewRows:
        """Give the rows at some places as new records."""
        if len(places) == len(self.ids):
            return bulk.NewRows(Enterprise, self.ids, self.columns, self.texts, self.index)
        columns = {name: [column[p] for p in places] for name, column in self.columns.items()}
        columns = {n: column for n, column in columns.items() if column.count(None) < len(column)}
        ids, index = [self.ids[p] for p in places], [self.index[p] for p in places]
        # What all of these fill stands ahead of what some lack, whatever the rows left out fill.
        if set(bulk.gaps(columns)) == set(bulk.gaps(self.columns)) & columns.keys():
            texts = [self.texts[p] for p in places]
        else:
            texts = bulk.said(columns, len(ids))
        return bulk.NewRows(Enterprise, ids, columns, texts, index)


def warm_up() -> None:
    """Read in what every table needs: the dictionaries behind names, places and kinds."""
    likeness.finger("河南省新县")
    Places("").township_of("河南省信阳市新县")


def suits(mapping: Mapping) -> bool:
    """Tell whether rows of a table can be made ready without asking the ledger."""
    known = field_map(mapping.cls)
    return mapping.cls is Enterprise and not any(known[name].ref for name in mapping.used)


class Maker:
    """Makes blocks of one table ready."""

    def __init__(
        self, mapping: Mapping, home: str, areas: MappingType[str, str], asked: Sequence[str]
    ) -> None:
        """Read by ``mapping`` for an office at division ``home`` with ``areas`` of its own.

        ``asked`` are the fields that it requires.
        """
        self.recipe = (mapping, home, dict(areas), tuple(asked))  # what another maker is made of
        self._asked = asked
        self._places = Places(home)
        self.reader = TableReader(mapping, partial(special, self._places, areas))

    def make(self, numbers: Sequence[int], cells: Sequence[Sequence[object]]) -> Ready:
        """Make some rows ready, given by column with their numbers in the file."""
        return self.draft(numbers, cells).named()

    def draft(self, numbers: Sequence[int], cells: Sequence[Sequence[object]]) -> Ready:
        """Make some rows ready, but for their ids, which are all empty."""
        block = self.reader.read_block(numbers, cells)
        count = len(numbers)
        ids = [""] * count
        values = block.filled()
        firm_cells.derive_columns(values, count, self._places)
        columns = bulk.stored_columns(Enterprise, values)
        units = {c.spec.name: c.own_units for c in self.reader.columns if c.own_units}
        return Ready(block, ids, columns, bulk.said(columns, count),
                     firm_rows.computed(ids, columns, self._asked), units)  # fmt: skip

    def learn(self, units: MappingType[str, MappingType[Any, str]]) -> None:
        """Take in the units that cells of a block made elsewhere named themselves."""
        for column in self.reader.columns:
            for value, unit in units.get(column.spec.name, {}).items():
                column.note_unit(value, unit)

    def forget_units(self) -> None:
        """Forget the units that cells named: whoever asks for them has learnt them."""
        for column in self.reader.columns:
            column.own_units.clear()


def special(places: Places, areas: MappingType[str, str], spec: FieldSpec) -> Special | None:
    """Name the fields of enterprises whose cells need more than their kind to be understood.

    Args:
        places: The divisions that the office works in.
        areas: Places of the office's own (`terms.own_places`).
        spec: The field.
    """
    if spec.kind.name == "division":
        return townships(places, areas)
    if spec.name == "code":
        return firm_cells.read_codes
    return firm_cells.read_regnos if spec.name == "regno" else None
