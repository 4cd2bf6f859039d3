"""All record classes in menu order. A field is declared once, in one of the modules imported here.

To add a field: one line in that module and one literal step in ``store/steps``. The test
``migrations give exactly the derived tables`` says which of the two was forgotten.
"""

from __future__ import annotations

from ledger_desk.model.applying import Application, Check, Review
from ledger_desk.model.campaigns import Activity, Attendance, Target
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
from ledger_desk.model.matters import (
    Complaint,
    DutyCase,
    Inspection,
    Intermediary,
    Rectification,
    Ticket,
    TicketAction,
)
from ledger_desk.model.parties import Bank, Enterprise, Office, Person
from ledger_desk.model.pushing import Guarantee, Guarantor, Product, PushBatch, Referral, Team
from ledger_desk.model.renewing import Park, Renewal, Tenancy
from ledger_desk.model.reporting import Closing, Handing, OfficeForm, Remark, Wording
from ledger_desk.model.visiting import Visit, VisitPlan, VisitTask

RECORDS: tuple[type[Record], ...] = (
    Office, Bank, Person, Guarantor, Product, Team, Enterprise, Tagging, Associate, Relation, Premises, Finance, TaxYear,
    Staffing, Utility, Standing, Rating, Asset, Surety, Attachment, Memo,
    Park, Tenancy, Activity, Attendance,
    VisitPlan, VisitTask, Visit, Application, Review, Check, PushBatch, Referral,
    Cultivation, Help, Matching, Credit, Loan, Drawdown, Repayment, Renewal, Guarantee,
    Ticket, TicketAction, Inspection, Rectification, Complaint, Intermediary, DutyCase,
    Target,
    Figure, OfficeForm, Closing, Remark, Handing, Wording,
    CalendarDay, Verdict, Intake, Destination, Dispatch, Term, Setting,
)  # fmt: skip
BY_TABLE: dict[str, type[Record]] = {cls.TABLE: cls for cls in RECORDS}
# What the program notes down for itself in a step; people are told how many others it touched.
NOTED = frozenset({Intake.TABLE, Setting.TABLE})

__all__ = [
    "BY_TABLE",
    "NOTED",
    "RECORDS",
    "Activity",
    "Application",
    "Asset",
    "Associate",
    "Attachment",
    "Attendance",
    "Bank",
    "CalendarDay",
    "Check",
    "Closing",
    "Complaint",
    "Credit",
    "Cultivation",
    "Destination",
    "Dispatch",
    "Drawdown",
    "DutyCase",
    "Enterprise",
    "Figure",
    "Finance",
    "Guarantee",
    "Guarantor",
    "Handing",
    "Help",
    "Inspection",
    "Intake",
    "Intermediary",
    "Loan",
    "Matching",
    "Memo",
    "Office",
    "OfficeForm",
    "Park",
    "Person",
    "Premises",
    "Product",
    "PushBatch",
    "Rating",
    "Record",
    "Rectification",
    "Referral",
    "Relation",
    "Remark",
    "Renewal",
    "Repayment",
    "Review",
    "Setting",
    "Staffing",
    "Standing",
    "Surety",
    "Tagging",
    "Target",
    "TaxYear",
    "Team",
    "Tenancy",
    "Term",
    "Ticket",
    "TicketAction",
    "Utility",
    "Verdict",
    "Visit",
    "VisitPlan",
    "VisitTask",
    "Wording",
]
