"""What follows from a refusal and nobody said: who mends what by when, and when the task force heard.

Sources: `seeds/003` 六 (5 working days to tell the task force, which lets the firm be coached),
`domain.md` §5.5 (each reason with 可修复, 责任部门, 措施, 期限), `decisions.md` 26.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger_desk.exchange.terms import terms_of
from ledger_desk.model.bank_answers import REFUSED, Answer
from ledger_desk.model.listing import Listing
from ledger_desk.model.records import Office
from ledger_desk.model.refusing import NOTHING, Advice, read_advice
from ledger_desk.model.terms import BY_KEY
from ledger_desk.model.vocabulary import LEVELS
from ledger_desk.store.queries import Rows
from ledger_desk.work import parameters


@dataclass(frozen=True)
class Following:
    """How an office goes on after a refusal.

    Attributes:
        listing: The dictionary 未授信原因 with its own entries.
        mend_days: Days to mend what can be mended, where nobody says another day.
        hears: Being told here is the report to the task force (反馈专班); in a bank's own ledger a
            refusal is entered before anybody else hears of it.
    """

    listing: Listing
    mend_days: int
    hears: bool

    @classmethod
    def of(cls, rows: Rows, office: str, day: date) -> Following:
        """Read how the office of a ledger goes on, as its parameters hold on a day."""
        own = rows.get(Office, office)
        at_bank = own is not None and own.level in ("bank", LEVELS["bank"])
        days = int(parameters.read(rows, day)["clock.mend_days"])
        return cls(refusals(rows), days, not at_bank)

    def of_refusal(self, values: Mapping[str, Any], new: Answer, day: date) -> dict[str, Any]:
        """Give what follows from a refusal and nobody said.

        Args:
            values: What the ledger holds of the referral.
            new: What changes.
            day: The day on which it was told.
        """
        merged = {**values, **new}
        if merged.get("decision") != REFUSED or not ({"decision", "reason"} & set(new)):
            return {}
        told = advice(self.listing, merged.get("reason"))
        decided = merged.get("decided_on") or day
        mend_by = decided + timedelta(days=self.mend_days)
        wanted = {
            "repairable": told.repairable, "department": told.department or None,
            "measure": told.measure or None, "mend_by": mend_by if told.repairable else None,
            "fed_back_on": max(day, decided) if self.hears else None,
        }  # fmt: skip
        # Another reason: what followed from the old one is told anew.
        again = "reason" in new and "decision" not in new
        return {
            name: value
            for name, value in wanted.items()
            if value is not None and name not in new
            and (merged.get(name) is None or (again and name != "fed_back_on"))
        }  # fmt: skip


def refusals(rows: Rows, home: str = "") -> Listing:
    """The dictionary 未授信原因 with the office's own entries."""
    return Listing(BY_KEY["refusal"], home, terms_of(rows, "refusal"))


def advice(listing: Listing, reason: str | None) -> Advice:
    """What the dictionary says of a reason: repairable, department, measure."""
    entry = listing.entry(reason) if reason else None
    return read_advice(entry.hint) if entry is not None else NOTHING
