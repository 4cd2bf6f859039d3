"""What a list looks like: columns, widths, order, frozen columns, conditions; kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from ledger_desk.model.fields import Record
from ledger_desk.store.queries import Where
from ledger_desk.ui.grid_rows import Order
from ledger_desk.ui.lists.fields import shown_field
from ledger_desk.ui.lists.filters import Wheres

_PLAIN_OPS = ("contains", "like", "lacks", "starts", "ends")


@dataclass(frozen=True)
class ListState:
    """How a list is laid out.

    Attributes:
        columns: Keys of the columns in their order; none: as is usual.
        widths: Widths that somebody chose, at 100 %, by key.
        order: Sort order.
        frozen: Columns that stay in place; None: as is usual.
    """

    columns: tuple[str, ...] = ()
    widths: Mapping[str, float] = field(default_factory=dict)
    order: Order = ()
    frozen: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {
            "columns": list(self.columns),
            "widths": {key: round(width, 1) for key, width in self.widths.items()},
            "order": [list(pair) for pair in self.order],
            "frozen": self.frozen,
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Read it back; what is spoilt is left out."""
        columns, widths = data.get("columns"), data.get("widths")
        order, frozen = data.get("order"), data.get("frozen")
        return cls(
            tuple(key for key in columns if isinstance(key, str)) if isinstance(columns, list) else (),
            {
                key: float(wide)
                for key, wide in (widths.items() if isinstance(widths, dict) else ())
                if isinstance(key, str) and isinstance(wide, int | float) and 8 <= wide <= 2000
            },
            tuple(_pairs(order)),
            frozen if isinstance(frozen, int) and 0 <= frozen < 100 else None,
        )  # fmt: skip


def _pairs(order: Any) -> list[tuple[str, bool]]:
    found = []
    for pair in order if isinstance(order, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str):
            found.append((pair[0], bool(pair[1])))
    return found


def wheres_to_json(cls: type[Record], wheres: Wheres) -> list[dict[str, Any]]:
    """Conditions as JSON: values as the ledger stores them."""
    found = []
    for where in wheres:
        value = where.value
        if where.op not in _PLAIN_OPS:
            save = shown_field(cls, where.field).kind.save
            value = _each(save, value)
        found.append({"field": where.field, "op": where.op, "value": value})
    return found


def wheres_of_json(cls: type[Record], data: Any) -> tuple[Wheres, list[str]]:
    """Read conditions back, and give the names of fields that are not there any more."""
    found: list[Where] = []
    lost: list[str] = []
    for item in data if isinstance(data, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("field"), str):
            continue
        name, op, value = item["field"], str(item.get("op")), item.get("value")
        try:
            load = shown_field(cls, name).kind.load
        except KeyError:
            lost.append(name)
            continue
        if op not in _PLAIN_OPS:
            value = _each(load, value)
        found.append(Where(name, op, value))
    return tuple(found), lost


def _each(turn: Any, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(_each(turn, item) for item in value)
    return value if value is None or value == "" else turn(value)


def dump(data: Mapping[str, Any]) -> str:
    """JSON of one line, always the same for the same content."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
