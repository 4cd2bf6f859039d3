"""Loans and credit checks of firms as `model.lending` judges them: two selects for any number of firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ledger_desk.model.lending import YEARS, LoanCheck, LoanFact
from ledger_desk.store.lineage import chunks, fetch

if TYPE_CHECKING:  # the process beside an import does without the engine
    from sqlalchemy.engine import Connection

_LOANS = """
SELECT l.enterprise, l.bank, coalesce(nullif(b.short, ''), b.name, ''), l.matching IS NOT NULL,
       l.signed_on, l.due_on,
       (SELECT min(d.day) FROM drawdown d WHERE d.loan = l.id AND d.removed = 0),
       (SELECT coalesce(sum(d.amount), 0) FROM drawdown d WHERE d.loan = l.id AND d.removed = 0),
       (SELECT coalesce(sum(r.amount), 0) FROM repayment r WHERE r.loan = l.id AND r.removed = 0),
       l.balance, l.settled_on IS NOT NULL, l.id
FROM loan l LEFT JOIN bank b ON b.id = l.bank
WHERE l.removed = 0 AND l.enterprise IN ({}) ORDER BY l.signed_on, l.id
"""
_CHECKS = """
SELECT enterprise, prior_loan, checked_on FROM cultivation
WHERE removed = 0 AND prior_loan IS NOT NULL AND enterprise IN ({}) ORDER BY checked_on, id
"""


@dataclass
class Lent:
    """What is known of one firm's borrowing: its live loans, and the checks of its credit report.

    ``lookback`` is what the office has set for `YEARS`, as `first_loan` takes it.
    """

    loans: list[LoanFact] = field(default_factory=list)
    checks: list[LoanCheck] = field(default_factory=list)
    lookback: str | None = None


def read(connection: Connection, firms: Sequence[str]) -> dict[str, Lent]:
    """Read the borrowing of firms; a firm without loans and checks is left out."""
    found: dict[str, Lent] = {}
    for some in chunks(list(firms)):
        marks = ",".join("?" * len(some))
        for firm, bank, name, followed, signed, due, day, drawn, repaid, balance, settled, own in fetch(
            connection, _LOANS.format(marks), some
        ):  # fmt: skip
            found.setdefault(firm, Lent()).loans.append(
                LoanFact(
                    bank or own, name, bool(followed), _day(signed), _day(due), _day(day),
                    drawn, repaid, balance, bool(settled),
                )
            )  # fmt: skip
        for firm, told, day in fetch(connection, _CHECKS.format(marks), some):
            found.setdefault(firm, Lent()).checks.append(LoanCheck(told, _day(day)))
    setting = "SELECT value FROM setting WHERE removed = 0 AND name = ?"
    held = fetch(connection, setting, (YEARS.name,)) if found else []
    for lent in found.values() if held else ():
        lent.lookback = held[0][0]
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
