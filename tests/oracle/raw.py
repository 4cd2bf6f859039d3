"""Raw rows and what an oracle makes of them. It sees neither the store nor the reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Raw = dict[str, list[dict[str, object]]]
Row = dict[str, object]


@dataclass(frozen=True)
class Event:
    """One line: ``firm`` is empty for what is no firm's; ``own`` holds keys that only some lines have."""

    firm: str
    bank: str | None
    office: str | None
    day: str
    fen: int
    record: str
    township: str | None = None
    rate: int | None = None
    own: Row = field(default_factory=dict)


# Raw rows, first day or "", last day, whether asked by banks → lines up to the last day.
Counted = Callable[[Raw, str, str, bool], list[Event]]


def live(raw: Raw, table: str) -> list[dict[str, object]]:
    return [row for row in raw[table] if not row["removed"]]


def by_id(rows: list[dict[str, object]]) -> dict[object, dict[str, object]]:
    return {row["id"]: row for row in rows}


def number(value: object) -> int:
    return int(value or 0)  # type: ignore[call-overload,no-any-return]


def event(
    firm: object,
    bank: object,
    office: object,
    day: object,
    fen: object,
    record: object,
    *places: object,
    rate: object = None,
    own: Row | None = None,
) -> Event:
    """``places``: townships of the day, the first that is filled counts."""
    township = next((str(place) for place in places if place), None)
    return Event(
        str(firm or ""),
        bank and str(bank),  # type: ignore[arg-type]
        office and str(office),  # type: ignore[arg-type]
        str(day or ""),
        number(fen),
        str(record),
        township,
        None if rate is None else number(rate),
        own or {},
    )
