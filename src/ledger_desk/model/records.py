"""All record classes in menu order. A field is declared once, in one of the four modules here.

To add a field: one line in ``parties.py``, ``financing.py``, ``keeping.py`` or ``exchanging.py`` and one literal step
in ``store/steps``. The test ``migrations give exactly the derived tables`` says which of the two
was forgotten.
"""

from __future__ import annotations

from ledger_desk.model.exchanging import Destination, Dispatch, Intake, Verdict
from ledger_desk.model.fields import Record
from ledger_desk.model.financing import (
    Credit,
    Cultivation,
    Drawdown,
    Help,
    Loan,
    Matching,
    Repayment,
)
from ledger_desk.model.keeping import CalendarDay, Figure, Setting
from ledger_desk.model.parties import Bank, Enterprise, Office, Person

RECORDS: tuple[type[Record], ...] = (
    Office, Bank, Person, Enterprise, Cultivation, Help, Matching, Credit, Loan, Drawdown, Repayment,
    Figure, CalendarDay, Verdict, Intake, Destination, Dispatch, Setting,
)  # fmt: skip
BY_TABLE: dict[str, type[Record]] = {cls.TABLE: cls for cls in RECORDS}
# What the program notes down for itself in a step; people are told how many others it touched.
NOTED = frozenset({Intake.TABLE, Setting.TABLE})

__all__ = [
    "BY_TABLE",
    "NOTED",
    "RECORDS",
    "Bank",
    "CalendarDay",
    "Credit",
    "Cultivation",
    "Destination",
    "Dispatch",
    "Drawdown",
    "Enterprise",
    "Figure",
    "Help",
    "Intake",
    "Loan",
    "Matching",
    "Office",
    "Person",
    "Record",
    "Repayment",
    "Setting",
    "Verdict",
]
