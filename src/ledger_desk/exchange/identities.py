"""Who a row is about: the generic way, by the fields that a class declares as identity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ledger_desk.exchange.looking_up import by_name, by_value
from ledger_desk.exchange.names import name_key
from ledger_desk.exchange.parsing import ParsedRow
from ledger_desk.exchange.targets import Target
from ledger_desk.model.fields import Record, field_map
from ledger_desk.store.queries import Rows


class Pending:
    """A record that this reading in is about to make; looks like one."""

    __slots__ = ("id", "values")

    def __init__(self, id: str, values: dict[str, Any]) -> None:
        self.id = id
        self.values = values

    def __getattr__(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def title(self) -> str:
        """What to call it in a sentence."""
        return str(self.values.get("name") or "")


@dataclass(frozen=True)
class Match:
    """What was found for a row: one record, none, or a doubt with the candidates."""

    record: Any = None
    candidates: tuple[Any, ...] = ()
    doubt: str = ""
    by: str = ""


class Identity(Protocol):
    """Finds the records that rows are about, a block of rows at a time."""

    def begin(self, block: Sequence[ParsedRow]) -> None:
        """Look up everything that the rows may be about."""

    def add(self, record: Any, seen_as: Any) -> None:
        """Show later rows of the block a record as it is about to be made or changed."""

    def match(self, row: ParsedRow, touched: dict[str, int]) -> Match:
        """Find the record of one row."""


class KeyIdentity:
    """By the keys of a target: each key's fields must all agree; names in any spelling."""

    def __init__(self, rows: Rows, target: Target) -> None:
        """Look in ``rows``, which see what this reading in has already written."""
        self._rows, self._target = rows, target
        self._labels = {name: spec.label for name, spec in field_map(target.cls).items()}
        self._by: list[dict[Any, list[Any]]] = []

    def begin(self, block: Sequence[ParsedRow]) -> None:
        """Look up by the first field of each key; the others are compared in memory."""
        self._by = []
        for key in self._target.keys:
            first = key[0]
            values = {r.values[first] for r in block if first in r.values}
            if first == "name":
                found = by_name(self._rows, self._target.cls, values)
                records = [r for some in found.values() for r in some]
            else:
                by = by_value(self._rows, self._target.cls, first, values)
                records = [r for some in by.values() for r in some]
            known: dict[Any, list[Record]] = {}
            for record in records:
                known.setdefault(_key(record, key), []).append(record)
            self._by.append(dict(known))

    def add(self, record: Any, seen_as: Any) -> None:
        """Let later rows see a record as it is about to be made or changed."""
        for key, known in zip(self._target.keys, self._by, strict=True):
            some = known.setdefault(_key(seen_as, key), [])
            if all(r.id != record.id for r in some):
                some.append(record)

    def match(self, row: ParsedRow, touched: dict[str, int]) -> Match:
        """Find the record of one row by the first key that it fills."""
        for key, known in zip(self._target.keys, self._by, strict=True):
            if row.values.get(key[0]) is None:
                continue
            some = known.get(_key(_View(row.values), key), [])
            if len(some) > 1:
                named = "、".join(self._labels[name] for name in key)
                return Match(
                    None,
                    tuple(some),
                    f"账上有 {len(some)} 条{named}相同的{self._target.cls.LABEL}，分不清是哪一条。",
                )
            if some:
                return Match(some[0], by="、".join(self._labels[name] for name in key))
        return Match()


class _View:
    """Values of a row read like a record's."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        return self._values.get(name)


def _key(record: Any, key: tuple[str, ...]) -> tuple[Any, ...]:
    found = []
    for name in key:
        value = getattr(record, name)
        found.append(name_key(value) if name == "name" and isinstance(value, str) else value)
    return tuple(found)
