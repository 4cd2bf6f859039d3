"""What became of a loan that fell due (办理结果), the six ways kept apart (`domain.md` §2).

无还本续贷 is what the rules of the definition allow and nothing else: the new contract is signed
before the old loan falls due, the new loan settles the old one, and a loan gone bad is reorganised,
not renewed (`domain.md` §2, W41; 001_b3108891c82a181e.txt, 二（八）).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.records import Drawdown, Loan, Renewal, Repayment
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.calling import call_all
from ledger_desk.work.outcome import Outcome, Refused
from ledger_desk.work.renewing import NEGATIVE

RENEWED, EXTENDED, RESCHEDULED = "无还本续贷", "展期", "调整还款安排"
LENT_AGAIN, COLLECTED, NOT_RENEWED = "还后再贷", "正常收回", "未续贷"
BAD_GRADES = ("次级", "可疑", "损失")
NEW_LOAN = (RENEWED, LENT_AGAIN)
NEW_DAY = (EXTENDED, RESCHEDULED)


@dataclass(frozen=True)
class Ending:
    """What became of loans that fell due.

    Attributes:
        way: A word of 办理结果.
        day: When; for a new loan the day its contract was signed.
        amount: In fen; None: what falls due.
        rate: Yearly rate in millionths; None: that of the old loan.
        new_due_on: When the new loan, or the old one put off, falls due.
        why_not: Why it was not renewed.
        contract: Number of the new contract.
    """

    way: str
    day: date
    amount: int | None = None
    rate: int | None = None
    new_due_on: date | None = None
    why_not: str = ""
    contract: str = ""


def decide(
    ledger: Ledger, renewals: Sequence[str], ending: Ending, *, progress: Progress = silent
) -> Outcome:
    """Write down what became of loans, with all that follows for them, as one step.

    A renewal without repayment and a loan taken again make the new loan and settle the old one; an
    extension moves the due day of the old one; a loan paid back is settled.

    Raises:
        UserError: What was filled in cannot be right for any loan.
    """
    _check(ending)
    refused: list[Refused] = []
    done: list[str] = []
    said = f"登记{ending.way} {{:,}} 笔"
    with ledger.step(said.format(len(renewals))) as step:
        found = step.rows.many(Renewal, list(renewals))
        names = call_all(step.rows, Renewal, list(renewals))
        loans = step.rows.many(Loan, [each.loan for each in found.values() if each.loan])
        for place, (record, renewal) in enumerate(found.items()):
            progress(place, len(found), f"正在登记{ending.way}")
            old = loans.get(renewal.loan or "")
            why = why_not(renewal, old, ending)
            if why:
                refused.append(Refused(record, names[record], why))
                continue
            _write(step, renewal, old, ending)
            done.append(record)
        step.name = said.format(len(done))
    return Outcome.of_step(step.result, done, refused, said.format(len(done)))


def why_not(renewal: Renewal, old: Loan | None, ending: Ending) -> str:
    """Say in one sentence why a loan cannot have ended in this way; '' if it can."""
    if renewal.way:
        return f"已经登记为“{renewal.way}”，要改请先“收回办理结果”。"
    if old is not None and old.settled_on is not None and ending.way != COLLECTED:
        return f"原贷款已在 {old.settled_on} 结清，只能登记为“{COLLECTED}”。"
    if ending.way == RENEWED:
        return _why_not_renewed(renewal, old, ending)
    if ending.way in NEW_DAY and old is None:
        return f"没有写是哪一笔贷款，{ending.way}改不了到期日。先在“到期贷款”里选上。"
    due, later = renewal.due_on, ending.new_due_on
    if ending.way == EXTENDED and due is not None and later is not None and later <= due:
        return f"展期后的到期日 {later} 不晚于原到期日 {due}，请核对。"
    return ""


def _why_not_renewed(renewal: Renewal, old: Loan | None, ending: Ending) -> str:
    if renewal.list_name == NEGATIVE:
        why = f"（{renewal.list_why}）" if renewal.list_why else ""
        return f"在负面清单上{why}，不能办无还本续贷；情况变了，先移出名单。"
    if old is not None and old.grade in BAD_GRADES:
        return (
            f"原贷款五级分类是“{old.grade}”，出现不良后的重组不算无还本续贷，"
            f"请登记为“{RESCHEDULED}”或“{EXTENDED}”。"
        )
    if renewal.due_on is not None and ending.day > renewal.due_on:
        return (
            f"新合同 {ending.day} 才签，原贷款 {renewal.due_on} 已经到期；到期以后才签的"
            f"不算无还本续贷，请登记为“{LENT_AGAIN}”或“{EXTENDED}”。"
        )
    return ""


def _check(ending: Ending) -> None:
    """Refuse what cannot be right for any loan."""
    if ending.amount is not None and ending.amount <= 0:
        raise UserError("办理金额要大于 0。")
    later = ending.new_due_on
    if ending.way in (RENEWED, EXTENDED) and later is None:
        raise UserError(f"登记{ending.way}要写新到期日期，不然到时候提醒不了。")
    if later is not None and later <= ending.day:
        raise UserError(f"新到期日期 {later} 不晚于办理日期 {ending.day}，请核对。")
    if ending.way == NOT_RENEWED and not ending.why_not:
        raise UserError("登记未续贷要写原因，报表按原因统计。")


def _write(step: Step, renewal: Renewal, old: Loan | None, ending: Ending) -> None:
    amount = ending.amount if ending.amount is not None else renewal.due_amount
    values: dict[str, Any] = {"way": ending.way, "done_on": ending.day}
    if ending.way != NOT_RENEWED:
        values |= {"amount": amount, "why_not": None}
    else:
        values["why_not"] = ending.why_not
    if ending.way in NEW_LOAN:
        rate = ending.rate if ending.rate is not None else (old.rate if old else None)
        values |= {"rate": rate, "new_due_on": ending.new_due_on}
        values["new_loan"] = _lend(step, renewal, old, ending, amount, rate)
    if ending.way in NEW_DAY and old is not None:
        values |= {"rate": ending.rate, "new_due_on": ending.new_due_on}
        moved: dict[str, Any] = {"form": ending.way}
        if ending.new_due_on is not None:
            moved["due_on"] = ending.new_due_on
        if ending.rate is not None:
            moved["rate"] = ending.rate
        step.change(Loan, old.id, moved)
    if ending.way in (*NEW_LOAN, COLLECTED) and old is not None and old.settled_on is None:
        _settle(step, old, ending.day)
    step.change(Renewal, renewal.id, values)


def _lend(
    step: Step, renewal: Renewal, old: Loan | None, ending: Ending, amount: int | None,
    rate: int | None,
) -> str:  # fmt: skip
    """Make the new loan, paid out on the day of its contract; gives its id."""
    months = None
    if ending.new_due_on is not None:
        later, day = ending.new_due_on, ending.day
        months = (later.year - day.year) * 12 + later.month - day.month or None
    loan = step.create(
        Loan(
            enterprise=renewal.enterprise, bank=renewal.bank, contract=ending.contract or None,
            signed_on=ending.day, due_on=ending.new_due_on, amount=amount, rate=rate, months=months,
            form=RENEWED if ending.way == RENEWED else "新增", grade=old.grade if old else None,
            security=old.security if old else None, purpose=old.purpose if old else None,
            product=old.product if old else None, guarantor=old.guarantor if old else None,
        )
    )  # fmt: skip
    step.create(Drawdown(loan=loan, day=ending.day, amount=amount))
    return loan


def _settle(step: Step, old: Loan, day: date) -> None:
    """Settle the old loan; what was paid out under it and not paid back is paid back this day."""
    left = _paid(step.rows, Drawdown, old.id) - _paid(step.rows, Repayment, old.id)
    if left > 0:
        step.create(Repayment(loan=old.id, day=day, amount=left))
    step.change(Loan, old.id, {"settled_on": day, "balance": 0, "balance_on": day})


def _paid(rows: Rows, cls: type[Drawdown] | type[Repayment], loan: str) -> int:
    return rows.total(Query(cls, (Where("loan", "=", loan),)), "amount")


def take_back(ledger: Ledger, renewals: Sequence[str], *, progress: Progress = silent) -> Outcome:
    """Take back what was written down as the end of loans, as one step.

    The new loan goes to the recycle bin; the old one is open again with its old due day, and what
    fell due then is its balance.
    """
    refused: list[Refused] = []
    done: list[str] = []
    with ledger.step(f"收回办理结果 {len(renewals):,} 笔") as step:
        found = step.rows.many(Renewal, list(renewals))
        names = call_all(step.rows, Renewal, list(renewals))
        for place, (record, renewal) in enumerate(found.items()):
            progress(place, len(found), "正在收回办理结果")
            why = _why_not_taken_back(step.rows, renewal)
            if why:
                refused.append(Refused(record, names[record], why))
                continue
            _open_again(step, renewal)
            done.append(record)
        step.name = f"收回办理结果 {len(done):,} 笔"
    return Outcome.of_step(step.result, done, refused, f"收回办理结果 {len(done):,} 笔")


def _why_not_taken_back(rows: Rows, renewal: Renewal) -> str:
    if not renewal.way:
        return "还没有登记办理结果，没有可收回的。"
    new = rows.get(Loan, renewal.new_loan)
    if new is None or new.removed:
        return ""
    if rows.count(Query(Repayment, (Where("loan", "=", new.id),))) or new.settled_on is not None:
        return "新贷款已经有还款或结清，不能再收回；请在贷款上直接更正。"
    return ""


def _open_again(step: Step, renewal: Renewal) -> None:
    new, old = renewal.new_loan, step.rows.get(Loan, renewal.loan)
    if new:
        paid = step.rows.ids(Query(Drawdown, (Where("loan", "=", new),)))
        step.change_many(Drawdown, [(each, {"removed": True}) for each in paid])
        step.change(Loan, new, {"removed": True})
    if old is not None and renewal.way in (*NEW_LOAN, COLLECTED):
        back = Query(Repayment, (Where("loan", "=", old.id), Where("day", "=", renewal.done_on)))
        step.change_many(Repayment, [(each, {"removed": True}) for each in step.rows.ids(back)])
        step.change(Loan, old.id, {"settled_on": None, "balance": renewal.due_amount, "balance_on": None})  # fmt: skip
    if old is not None and renewal.way in NEW_DAY:
        step.change(Loan, old.id, {"due_on": renewal.due_on, "form": None})
    blank = ("way", "done_on", "amount", "rate", "new_loan", "new_due_on", "why_not")
    step.change(Renewal, renewal.id, dict.fromkeys(blank))
