"""Raw rows and what an oracle makes of them. It sees neither the store nor the reports."""

from __future__ import annotations

from dataclasses import dataclass

Raw = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Event:
    firm: str
    bank: str | None
    office: str | None
    day: str
    fen: int
    record: str
    township: str | None = None


def live(raw: Raw, table: str) -> list[dict[str, object]]:
    return [row for row in raw[table] if not row["removed"]]


def by_id(rows: list[dict[str, object]]) -> dict[object, dict[str, object]]:
    return {row["id"]: row for row in rows}


def event(
    firm: object,
    bank: object,
    office: object,
    day: object,
    fen: object,
    record: object,
    *places: object,
) -> Event:
    """``places``: townships of the day, the first that is filled counts."""
    township = next((str(place) for place in places if place), None)
    return Event(
        str(firm),
        bank and str(bank),
        office and str(office),
        str(day),
        int(fen or 0),
        str(record),
        township,
    )  # type: ignore[arg-type,call-overload]
