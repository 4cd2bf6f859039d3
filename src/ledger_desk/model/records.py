"""All record classes in menu order. A field is declared once, in one of the six modules here.

To add a field: one line in ``parties.py``, ``dossier.py``, ``circumstances.py``, ``financing.py``, ``keeping.py`` or
``exchanging.py`` and one literal step in ``store/steps``. The test ``migrations give exactly the derived tables`` says which of the two
was forgotten.
"""

from __future__ import annotations

from ledger_desk.model.circumstances import (
    Asset,
    Finance,
    Rating,
    Staffing,
    Standing,
    Surety,
    TaxYear,
    Utility,
)
from ledger_desk.model.dossier import Associate, Attachment, Memo, Premises, Relation, Tagging
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
from ledger_desk.model.keeping import CalendarDay, Figure, Setting, Term
from ledger_desk.model.parties import Bank, Enterprise, Office, Person

RECORDS: tuple[type[Record], ...] = (
    Office, Bank, Person, Enterprise, Tagging, Associate, Relation, Premises, Finance, TaxYear,
    Staffing, Utility, Standing, Rating, Asset, Surety, Attachment, Memo, Cultivation, Help, Matching, Credit, Loan, Drawdown, Repayment,
    Figure, CalendarDay, Verdict, Intake, Destination, Dispatch, Term, Setting,
)  # fmt: skip
BY_TABLE: dict[str, type[Record]] = {cls.TABLE: cls for cls in RECORDS}
# What the program notes down for itself in a step; people are told how many others it touched.
NOTED = frozenset({Intake.TABLE, Setting.TABLE})

__all__ = [
    "BY_TABLE",
    "NOTED",
    "RECORDS",
    "Asset",
    "Associate",
    "Attachment",
    "Bank",
    "CalendarDay",
    "Credit",
    "Cultivation",
    "Destination",
    "Dispatch",
    "Drawdown",
    "Enterprise",
    "Figure",
    "Finance",
    "Help",
    "Intake",
    "Loan",
    "Matching",
    "Memo",
    "Office",
    "Person",
    "Premises",
    "Rating",
    "Record",
    "Relation",
    "Repayment",
    "Setting",
    "Staffing",
    "Standing",
    "Surety",
    "Tagging",
    "TaxYear",
    "Term",
    "Utility",
    "Verdict",
]
