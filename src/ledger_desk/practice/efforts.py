"""White-list entries of made-up firms with their plans, and the help that they were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from ledger_desk.model import vocabulary as words
from ledger_desk.model.money import FEN_PER_WAN
from ledger_desk.practice import parts
from ledger_desk.practice.firms import Brief
from ledger_desk.practice.people import person_name

FREE, BORROWER, UNCHECKED = words.PRIOR_LOAN
_PRIOR = (FREE,) * 13 + (BORROWER,) * 2 + (UNCHECKED,) * 5
# Thousands of yuan would look invented: needs by 划型 in 万元, as banks speak of them.
_NEEDS = ((5, 10, 15, 20, 30, 50), (50, 80, 100, 150, 200, 300), (300, 500, 800), (1_000, 2_000))


@dataclass(frozen=True)
class Entry:
    """A firm on the white list, as the matchings need it; ``need`` in fen."""

    id: str
    firm: Brief
    bank: str
    prior: str
    need: int


def new_id(rng: Random) -> str:
    """Give a made-up record id."""
    return f"{rng.getrandbits(128):032x}"


def some_need(rng: Random, firm: Brief) -> int:
    """A need (fen) that fits the size of the firm."""
    return rng.choice(_NEEDS[firm.grade]) * FEN_PER_WAN


def cultivate(
    rng: Random, firms: Sequence[Brief], banks: Sequence[str], start: date, today: date
) -> tuple[list[Entry], list[dict[str, Any]], list[dict[str, Any]]]:
    """Put firms on the white list between ``start`` and ``today``.

    Returns:
        Entries, rows of Cultivation, rows of Help (one to four a firm).
    """
    entries, rows, helps = [], [], []
    days = max(1, (today - start).days)
    for firm in firms:
        # Half of the list stands from its first days, as 002 六 wants it; the rest comes in later.
        listed = start + timedelta(days=int(days * rng.random() * rng.choice((0.1, 0.8))))
        prior = rng.choice(_PRIOR)
        entry = Entry(new_id(rng), firm, rng.choice(banks), prior, some_need(rng, firm))
        source = rng.choice(words.WHITE_LIST_SOURCES[:4])
        rows.append(
            {
                "id": entry.id,
                "enterprise": firm.id,
                "listed_on": listed,
                "source": source,
                "source_office": rng.choice(parts.DEPARTMENTS) if source == "部门推荐" else None,
                "bank": entry.bank,
                "advisor": person_name(rng),
                "state": "培植中",
                "prior_loan": prior,
                "checked_on": None if prior == UNCHECKED else listed,
                "obstacle": rng.choice(words.OBSTACLES[:5]),
                "plan_finance": rng.choice(parts.PLANS_FINANCE),
                "plan_credit": rng.choice(parts.PLANS_CREDIT),
                "plan_settlement": rng.choice(parts.PLANS_SETTLEMENT),
                "need": entry.need,
            }
        )
        for kind, content, result in rng.sample(parts.HELPS, rng.randrange(1, 5)):
            day = listed + timedelta(days=rng.randrange(0, max(1, (today - listed).days + 1)))
            helps.append(
                {
                    "id": new_id(rng), "cultivation": entry.id, "day": day, "kind": kind,
                    "who": person_name(rng), "content": content,
                    "result": result if rng.random() < 0.7 else None,
                }
            )  # fmt: skip
        entries.append(entry)
    return entries, rows, helps
