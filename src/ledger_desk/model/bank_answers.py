"""What a bank tells about one firm that was pushed to it: one list for the form, the workbook and the rules.

Each thing is kept where it belongs (`decisions.md` 19, 20): at the referral, at the contact, at the
decision, at the loan or at the money paid out. Nothing is kept twice. Sources: `seeds/003` 六 and 八,
`domain.md` §5.4 and §5.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ledger_desk.model import work_words as words
from ledger_desk.model.fields import FieldSpec, Record, declare, field_map
from ledger_desk.model.financing import Credit, Drawdown, Loan, Matching, Repayment
from ledger_desk.model.kinds import choice
from ledger_desk.model.pushing import Referral

GRANTED, REFUSED, GIVEN_UP, PENDING = words.DECISIONS
CONTACT, DECISION, USE, MONEY = "对接与受理", "授信决定", "条件与用款", "贷款与放款"


@dataclass(frozen=True)
class Asked:
    """One thing that a bank is asked.

    Attributes:
        name: Its name in an answer.
        label: Heading.
        cls: Class of the record that keeps it.
        spec: How it is parsed and shown; the field's own but for the label.
        group: Under which heading the form shows it.
        book: The bank's workbook has a column for it.
        note: How to fill it in, in a few words.
    """

    name: str
    label: str
    cls: type[Record]
    spec: FieldSpec
    group: str
    book: bool = True
    note: str = ""


def _asked(
    name: str, cls: type[Record], field: str, group: str, label: str = "", *, book: bool = True,
    note: str = "",
) -> Asked:  # fmt: skip
    spec = field_map(cls)[field]
    said = label or spec.label
    return Asked(name, said, cls, replace(spec, label=said), group, book, note)


_DECIDED = declare("银行决定", choice(*words.DECISIONS)).metadata["spec"]

ASKED: tuple[Asked, ...] = (
    _asked("contacted_on", Matching, "day", CONTACT, "对接日期", note="第一次联系企业的日子"),
    _asked("method", Matching, "method", CONTACT, book=False),
    _asked("manager", Referral, "manager", CONTACT),
    _asked("accepted_on", Referral, "accepted_on", CONTACT),
    _asked("complete_on", Referral, "complete_on", CONTACT, note="30 日内作出授信决定从这天起算"),
    Asked("decision", "银行决定", Credit, replace(_DECIDED, name="granted"), DECISION),
    _asked("decided_on", Credit, "decided_on", DECISION, "决定日期"),
    _asked("amount", Credit, "amount", DECISION, note="授信的必填"),
    _asked("rate", Credit, "rate", DECISION, "授信年利率(%)"),
    _asked("months", Credit, "months", DECISION),
    _asked("security", Credit, "security", DECISION, "担保方式"),
    _asked("product", Credit, "product", DECISION),
    _asked("reason", Credit, "reason", DECISION, note="不予授信的必填"),
    _asked("problem", Credit, "problem", DECISION, "原因说明", note="差什么、差多少"),
    _asked("fed_back_on", Credit, "fed_back_on", DECISION, note="决定后 5 个工作日内"),
    _asked("repairable", Credit, "repairable", DECISION, book=False),
    _asked("department", Credit, "department", DECISION, book=False),
    _asked("measure", Credit, "measure", DECISION, book=False),
    _asked("mend_by", Credit, "mend_by", DECISION, book=False),
    _asked("qualified", Referral, "qualified", USE),
    _asked("qualified_on", Referral, "qualified_on", USE, book=False),
    _asked("wants_money", Referral, "wants_money", USE),
    _asked("wants_on", Referral, "wants_on", USE, book=False),
    _asked("contract", Loan, "contract", MONEY, book=False),
    _asked("due_on", Loan, "due_on", MONEY, "贷款到期日期"),
    _asked("loan_rate", Loan, "rate", MONEY, "贷款年利率(%)", book=False),
    _asked("form", Loan, "form", MONEY),
    _asked("drawn_on", Drawdown, "day", MONEY, note="再放一次的，日期和金额一起改成这一次的"),
    _asked("drawn", Drawdown, "amount", MONEY),
    _asked("repaid_on", Repayment, "day", MONEY, "还款日期", book=False),
    _asked("repaid", Repayment, "amount", MONEY, "还款金额(万元)", book=False),
    _asked("first_marked", Loan, "first_marked", MONEY, "是否首贷"),
    _asked("relending", Loan, "relending", MONEY),
    _asked("subsidised", Loan, "subsidised", MONEY),
    _asked("rewarded", Loan, "rewarded", MONEY),
    _asked("risk_covered", Loan, "risk_covered", MONEY),
    _asked("note", Referral, "note", CONTACT, "银行备注"),
)
BY_NAME: Mapping[str, Asked] = {each.name: each for each in ASKED}
IN_BOOK: tuple[Asked, ...] = tuple(each for each in ASKED if each.book)
# What only a granted credit has, and only a refused one; a change of mind empties the other side.
OF_GRANTED = ("amount", "rate", "months", "security", "product")
OF_REFUSED = ("reason", "problem", "fed_back_on", "repairable", "department", "measure", "mend_by")
OF_LOAN = ("contract", "due_on", "loan_rate", "form", "first_marked", "relending", "subsidised",
           "rewarded", "risk_covered")  # fmt: skip
OF_REFERRAL = ("manager", "accepted_on", "complete_on", "qualified", "qualified_on", "wants_money",
               "wants_on", "note")  # fmt: skip

Answer = Mapping[str, Any]
"""Name → value; a name that is missing or None says nothing."""


def show(name: str, value: Any) -> str:
    """Show one value as lists do; '' for none."""
    return "" if value is None else BY_NAME[name].spec.kind.show(value)
