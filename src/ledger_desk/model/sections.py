"""The eighteen sections of a firm's file, in the order of `domain.md` §6.3.

Window, paper and completeness go through the same list. A section shows groups of the firm's own
fields, lists of records that hang on the firm, or both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger_desk.model.applying import Application, Check, Review
from ledger_desk.model.campaigns import Attendance
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
from ledger_desk.model.matters import Complaint, DutyCase, Ticket, TicketAction
from ledger_desk.model.parties import CONTACT, IDENTITY, MANAGED, OPERATION, REGISTRATION
from ledger_desk.model.pushing import Guarantee, Referral
from ledger_desk.model.renewing import Renewal, Tenancy
from ledger_desk.model.visiting import Visit, VisitTask


@dataclass(frozen=True)
class Section:
    """One section of a file.

    Attributes:
        number: 1 to 18.
        key: English key.
        title: Chinese title.
        groups: Groups of the firm's own fields shown here.
        lists: Classes of records that hang on the firm and are listed here.
    """

    number: int
    key: str
    title: str
    groups: tuple[str, ...] = ()
    lists: tuple[type[Record], ...] = ()


SECTIONS: tuple[Section, ...] = (
    Section(1, "basics", "基本信息", (IDENTITY, REGISTRATION, CONTACT), (Tagging,)),
    Section(2, "associates", "股东、法人、实控人、关联人", (), (Associate, Relation)),
    Section(3, "operation", "经营情况", (OPERATION,), (Premises, Tenancy)),
    Section(4, "finance", "财务情况", (), (Finance,)),
    Section(5, "tax", "纳税情况", (), (TaxYear,)),
    Section(6, "staffing", "用工情况", (), (Staffing,)),
    Section(7, "utilities", "用电、用水、用气", (), (Utility,)),
    Section(8, "standing", "信用情况", (), (Standing, Rating)),
    Section(9, "loans", "存量贷款", (), (Loan,)),
    Section(10, "assets", "资产与抵质押、担保", (), (Asset, Surety)),
    Section(11, "needs", "融资需求", (MANAGED,), (Application,)),
    Section(12, "visits", "走访记录", (), (Visit, VisitTask)),
    Section(13, "reviews", "五项标准与审核", (), (Review, Check)),
    Section(14, "cultivation", "首贷培植与帮扶", (), (Cultivation, Help, Attendance)),
    Section(
        15, "banking", "推荐、对接、授信、放款、续贷", (), (Referral, Matching, Guarantee, Renewal)
    ),
    Section(16, "tickets", "问题批分单", (), (Ticket, Complaint, DutyCase)),
    Section(17, "attachments", "附件与授权书", (), (Attachment,)),
    Section(18, "history", "记事与变更", (), (Memo,)),
)
BY_KEY = {section.key: section for section in SECTIONS}
# Records that hang on a record of the firm, not on the firm itself: whose they are, by which field.
BELOW: Mapping[type[Record], tuple[type[Record], str]] = {
    Drawdown: (Loan, "loan"),
    Repayment: (Loan, "loan"),
    Credit: (Matching, "matching"),
    Help: (Cultivation, "cultivation"),
    Review: (Application, "application"),
    Check: (Application, "application"),
    TicketAction: (Ticket, "ticket"),
}
