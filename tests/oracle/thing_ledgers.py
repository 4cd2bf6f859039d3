"""Random records beside firms and loans: tickets, parks, guarantees, activities, figures and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import Any

from ledger_desk.model import kinds
from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import (
    Activity,
    Complaint,
    DutyCase,
    Figure,
    Guarantee,
    Guarantor,
    Help,
    Inspection,
    Intermediary,
    Park,
    Product,
    Rectification,
    Tagging,
    TaxYear,
    Team,
    Tenancy,
    Ticket,
)

_MANY: tuple[tuple[type[Record], int], ...] = (
    (Park, 4), (Guarantor, 3), (Activity, 12), (Complaint, 5), (DutyCase, 4), (Guarantee, 12), (Help, 8),
    (Inspection, 8), (Intermediary, 4), (Product, 6), (Rectification, 8), (Tagging, 12), (TaxYear, 12),
    (Team, 6), (Tenancy, 14), (Ticket, 12),
)  # fmt: skip
_RATES = (None, 0, 5_000, 10_000, 10_001, 34_567, 200_000)


def write_things(
    make: Callable[[Record], str],
    chance: Random,
    some_day: Callable[[], date | None],
    fen: Callable[[], int | None],
    known: dict[str, Sequence[str]],
    townships: Sequence[str | None],
) -> None:
    """Write up to a dozen records of each class, every field at random.

    Args:
        make: Writes a record and gives its id.
        chance: Source of all.
        some_day: Gives a day or none.
        fen: Gives an amount or none.
        known: Table → ids that references may point to; what is made is added.
        townships: Codes and None.
    """

    def value(cls: type[Record], spec: Any) -> Any:
        if spec.ref:
            some = list(known.get(spec.ref, ()))
            return chance.choice([*some, *([] if spec.required and some else [None])])
        kind = spec.kind
        if kind is kinds.DAY:
            return some_day()
        if kind is kinds.MONEY:
            return chance.choice([fen(), 260_000_000])
        if kind is kinds.RATE:
            return chance.choice(_RATES)
        if kind is kinds.WHOLE:
            return chance.choice([None, 0, 1, 3, 12])
        if kind is kinds.YEAR:
            return chance.choice([2019, 2022, 2023, 2024, 2025])
        if kind is kinds.YES_NO:
            return chance.choice([None, True, False])
        if kind is kinds.DIVISION:
            return chance.choice(townships)
        if kind.options:
            wanted = {"tag": ("百行进万企", "百行进万企", "培育库")}.get(spec.name, kind.options)
            return chance.choice([*wanted, *([] if spec.required else [None])])
        return (
            chance.choice(["甲", "乙", None])
            if not spec.identity
            else f"名{chance.getrandbits(40)}"
        )

    for cls, most in _MANY:
        for _ in range(chance.randint(0, most)):
            values = {spec.name: value(cls, spec) for spec in fields_of(cls)}
            made = make(cls(id=f"{chance.getrandbits(128):032x}", **values))
            known.setdefault(cls.TABLE, [])
            known[cls.TABLE] = [*known[cls.TABLE], made]


def write_figures(
    make: Callable[[Record], str],
    chance: Random,
    indicators: Sequence[str],
    days: Sequence[date],
    known: dict[str, Sequence[str]],
    townships: Sequence[str | None],
) -> None:
    """Write reported numbers, never two of one part on one day."""
    seen = set()
    for _ in range(chance.randint(0, 60)):
        indicator, day = chance.choice(indicators), chance.choice(days)
        bank, office = (
            chance.choice([None, *known["bank"]]),
            chance.choice([None, *known["office"]]),
        )
        place = chance.choice([None, None, *townships])
        if (part := (indicator, day, bank, office, place)) not in seen:
            seen.add(part)
            number = chance.choice([None, 0, 345, 1_234_567, 99_999_999])
            make(Figure(id=f"{chance.getrandbits(128):032x}", indicator=indicator, day=day, bank=bank,
                        office=office, division=place, value=number, source="银行报"))  # fmt: skip
