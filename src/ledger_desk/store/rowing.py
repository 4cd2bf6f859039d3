"""Between a record and its stored row: one place that knows both."""

from __future__ import annotations

import itertools
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, TypeVar

from ledger_desk.errors import UserError
from ledger_desk.model import kinds
from ledger_desk.model.fields import Record, field_map, fields_of

IdSource = Callable[[int], list[str]]
R = TypeVar("R", bound=Record)
OWN = frozenset(["id", "removed"])  # what every record has besides its fields
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@cache
def _columns(cls: Any) -> tuple[str, ...]:
    return ("id", "removed", *(spec.name for spec in fields_of(cls)))


def columns(cls: type[Record]) -> tuple[str, ...]:
    """Column names in the order of `to_record`: id, removed, then the fields."""
    key: Any = cls
    return _columns(key)


@cache
def _savers(cls: Any) -> dict[str, Callable[[Any], Any] | None]:
    plain = {spec.name: None for spec in fields_of(cls) if spec.kind.save is kinds.same}
    return {spec.name: spec.kind.save for spec in fields_of(cls)} | plain


def savers(cls: type[Record]) -> Mapping[str, Callable[[Any], Any] | None]:
    """Give the saver of each field, in their order; None where stored and given value are the same."""
    key: Any = cls
    return _savers(key)


@cache
def _loaders(cls: Any) -> tuple[tuple[int, str, Callable[[Any], Any] | None], ...]:
    """(position in the row, name, loader or None where stored and given value are the same)."""
    return tuple(
        (position, spec.name, None if spec.kind.load is kinds.same else spec.kind.load)
        for position, spec in enumerate(fields_of(cls), start=2)
    )


@cache
def _blank(cls: Any) -> dict[str, Any]:
    return dict(vars(cls()))


def saved(cls: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn values into stored values; ``removed`` becomes 0 or 1.

    Raises:
        KeyError: A name that the class does not declare (a bug of the caller).
    """
    own = savers(cls)
    row: dict[str, Any] = {}
    for name, value in values.items():
        if name == "removed":
            row[name] = int(bool(value))
        else:
            save = own[name]
            row[name] = value if save is None or value is None else save(value)
    return row


def loaded(cls: type[Record], name: str, stored: Any) -> Any:
    """Turn one stored value back into a value."""
    if name == "removed":
        return bool(stored)
    return None if stored is None else field_map(cls)[name].kind.load(stored)


def to_record(cls: type[R], row: tuple[Any, ...]) -> R:
    """Make a record of a stored row in the order of `columns`.

    Raises:
        UserError: A stored value is none that this program ever wrote: the file is damaged.
    """
    key: Any = cls
    values: dict[str, Any] = {}
    try:
        for position, name, load in _loaders(key):
            value = row[position]
            if value is not None:
                values[name] = value if load is None else load(value)
    except (TypeError, ValueError) as error:
        raise UserError(
            f"有一条{cls.LABEL}的内容已损坏，读不懂。请先做“体检”，再用最近的备份还原。"
        ) from error
    return _made(cls, row[0], bool(row[1]), values)


def to_parts(
    cls: type[R], names: Sequence[str], removed: bool, rows: Iterable[Sequence[Any]]
) -> dict[int, R]:
    """Make records, by row number, of rows (row number, id, *values of some fields); others are empty."""
    key: Any = cls
    known = {name: load for _, name, load in _loaders(key)}
    loads = [(place, name, known[name]) for place, name in enumerate(names, start=2)]
    found: dict[int, R] = {}
    for row in rows:
        values = {
            name: row[place] if load is None else load(row[place])
            for place, name, load in loads
            if row[place] is not None
        }
        found[row[0]] = _made(cls, row[1], removed, values)
    return found


def _made(cls: type[R], record: str, removed: bool, values: dict[str, Any]) -> R:
    """Do what the constructor of a frozen class does, without a call for each of its many fields."""
    key: Any = cls
    made = object.__new__(cls)
    made.__dict__.update(_blank(key), id=record, removed=removed, **values)
    return made


def fresh_ids(count: int) -> list[str]:
    """Make ids for new records: 12 digits of the time in ms, 20 by chance, in rising order.

    Rising over all that is ever made here: the engine appends to its indexes instead of searching.
    """
    now, chance = f"{time.time_ns() // 1_000_000:012x}", secrets.token_hex(10 * count)
    return sorted([now + chance[start : start + 20] for start in range(0, 20 * count, 20)])


def seeded_ids(chance: Random, start: int) -> IdSource:
    """Make what gives ids as `fresh_ids` does, the same ones again from the same chance.

    Args:
        chance: Where their last 20 digits come from.
        start: Milliseconds that the first 12 digits count on from.
    """
    turn = itertools.count(start)
    return lambda count: [f"{next(turn):012x}{chance.getrandbits(80):020x}" for _ in range(count)]


def pack(values: Mapping[str, Any]) -> str:
    """Write stored values as the journal keeps them: compact JSON, Chinese unescaped."""
    return _ENCODE(values)


def pack_value(value: Any) -> str:
    """Write one stored value as it stands inside what `pack` writes."""
    return _ENCODE(value)


def unpack(text: str | None) -> dict[str, Any] | None:
    """Read what `pack` wrote."""
    if text is None:
        return None
    found: dict[str, Any] = json.loads(text)
    return found
