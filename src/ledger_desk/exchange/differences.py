"""What a row changes in a record: an empty cell never erases, a rounded amount is the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger_desk.exchange.looking_up import names_of
from ledger_desk.exchange.parsing import TableReader
from ledger_desk.exchange.places import name_of
from ledger_desk.exchange.results import FieldChange
from ledger_desk.model import money
from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.store.queries import Rows


class Differ:
    """Compares rows with records of one class, at the precision of the file."""

    def __init__(self, cls: type[Record], reader: TableReader | None = None) -> None:
        """Compare for ``cls``; ``reader`` knows the units that the file wrote amounts in."""
        self._specs = field_map(cls)
        self._reader = reader
        self._money = {name for name, spec in self._specs.items() if spec.kind.name == "money"}

    def differences(self, record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        """Give the fields of ``values`` that differ from the record's, with their new values."""
        found = {}
        for name, value in values.items():
            old = getattr(record, name)
            if old == value:
                continue
            if name in self._money and old is not None:
                unit = self._reader.unit_of(name, value) if self._reader else None
                if money.same_at_precision(value, old, unit):
                    continue
            found[name] = value
        return found

    def told(self, rows: Rows, record: Any, new: Mapping[str, Any]) -> tuple[FieldChange, ...]:
        """Say old → new by field, as lists show values."""
        return tuple(
            FieldChange(
                name,
                self._specs[name].label,
                shown(rows, self._specs[name], getattr(record, name)),
                shown(rows, self._specs[name], value),
                self._specs[name].private,
            )
            for name, value in new.items()
        )


def shown(rows: Rows, spec: FieldSpec, value: Any) -> str:
    """Show one value: amounts exactly, references and divisions by name; '' for an empty one."""
    if value is None:
        return ""
    if spec.ref:
        return names_of(rows, spec.ref, [value]).get(value, value)
    kind = spec.kind.name
    if kind == "money":
        return money.exact_wan(value)
    if kind == "division":
        return name_of(value)
    if isinstance(value, date):
        return value.isoformat()
    return spec.kind.show(value)
