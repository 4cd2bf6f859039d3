"""Which lists a section has, and which of them are written here."""

from __future__ import annotations

from functools import partial

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Application,
    Attachment,
    Check,
    Cultivation,
    Finance,
    Help,
    Loan,
    Matching,
    Referral,
    Review,
    Staffing,
    TaxYear,
    Ticket,
    Utility,
    VisitTask,
)
from ledger_desk.model.sections import BELOW, Section
from ledger_desk.ui.dossier.child_card import ChildCard
from ledger_desk.ui.dossier.given import Given
from ledger_desk.ui.dossier.lending import balance_cell
from ledger_desk.ui.grid_rows import GridColumn

# Written on the page of 首贷培植, which knows their rules; shown here.
_ELSEWHERE: dict[type[Record], str] = {
    Cultivation: "到首贷培植打开",
    Help: "到首贷培植打开",
    Matching: "到首贷培植打开",
    Application: "到申报与审核打开",
    Review: "到申报与审核打开",
    Check: "到申报与审核打开",
    Referral: "到推送与银行打开",
    Ticket: "到问题台账打开",
    VisitTask: "到走访打开",
}
# What a list is called where its class is called as the section is.
_TITLES: dict[type[Record], str] = {
    Finance: "逐年数字",
    TaxYear: "逐年纳税",
    Staffing: "逐次用工",
    Utility: "逐月用量",
    Loan: "逐笔贷款",
}
_BALANCE = GridColumn(
    "computed_balance", "算得余额(万元)", "computed", 132, numeric=True, unit="万元"
)


def make_cards(section: Section, given: Given) -> list[ChildCard]:
    """Make the lists of a section in their order."""
    return [_card(cls, section, given) for cls in section.lists if cls is not Attachment]


def _card(cls: type[Record], section: Section, given: Given) -> ChildCard:
    parts = given.ledger, given.jobs, given.window, cls
    if cls in _ELSEWHERE:
        link = BELOW[cls][1] if cls in BELOW else "enterprise"
        return ChildCard(*parts, link, editable=False, opens=_ELSEWHERE[cls])
    if cls is Loan:
        cell = partial(balance_cell, given.ledger)
        opens = "打开这一笔：放款、还款"
        more = ((_BALANCE, cell),)
        return ChildCard(*parts, title=_TITLES[cls], opens=opens, more=more, after="balance")
    return ChildCard(*parts, title=_TITLES.get(cls, ""))
