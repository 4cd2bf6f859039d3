"""What a bank tells: contact, papers, decision, use, money; each kept in its place, all of it one step.

The form of the window, the returned workbook and the tests call the same functions. Everything hangs
on the contact (`Matching.referral`), so that 首贷培植 and the 工作台帐 see it without anybody typing it
again; a firm under cultivation gets its link too (`decisions.md` 19, 20).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger_desk.model.bank_answers import (
    ASKED,
    BY_NAME,
    GIVEN_UP,
    GRANTED,
    OF_GRANTED,
    OF_LOAN,
    OF_REFERRAL,
    OF_REFUSED,
    PENDING,
    REFUSED,
    Answer,
)
from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Credit,
    Cultivation,
    Drawdown,
    Loan,
    Matching,
    PushBatch,
    Referral,
    Repayment,
)
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.answered import Answered, read_answered
from ledger_desk.work.calling import call_all
from ledger_desk.work.following import Following
from ledger_desk.work.judging import Said, differing, judge
from ledger_desk.work.outcome import Outcome, Refused

GROWING, LENT, LEFT = "培植中", "已获贷", "退出"
_LASTING = ("decision", "decided_on", "contacted_on")
_CREDIT = {a.name: a.spec.name for a in ASKED if a.cls is Credit and a.name != "decision"}
_LOAN = {a.name: a.spec.name for a in ASKED if a.cls is Loan}


def answer(
    ledger: Ledger,
    answers: Mapping[str, Answer],
    on: date | None = None,
    progress: Progress = silent,
    *,
    name: str = "登银行回话",
    erase: Mapping[str, Sequence[str]] | None = None,
) -> Outcome:
    """Write what banks told of some referrals, all in one step.

    Args:
        ledger: Where they are.
        answers: Referral → what was told of it (`bank_answers.ASKED`); a blank says nothing.
        on: The day on which it was told; None: today.
        progress: May cancel; nothing is written then.
        name: What the step is called.
        erase: Referral → names that a person emptied on purpose; a blank alone never does.

    Returns:
        Referrals that something was written to; those that contradict themselves with the reason;
        what says nothing new is in neither. Odd days are kept, see `look`.
    """
    day = on or date.today()
    done: list[str] = []
    refused: list[Refused] = []
    with ledger.step(name, kind="edit") as step:
        known = read_answered(step.rows, list(answers))
        titles = call_all(step.rows, Referral, list(answers))
        following = Following.of(step.rows, ledger.office.id, day)
        for place, (referral, given) in enumerate(answers.items()):
            progress(place, len(answers), "正在登银行回话")
            one = known.get(referral)
            why = "这笔推荐已经撤回或删除。" if one is None or one.referral.removed else ""
            if one is None or why:
                refused.append(Refused(referral, titles.get(referral, "这一笔"), why))
                continue
            new = differing(one, given)
            bad = [said.why for said in judge(one, new, day) if said.grade != "explain"]
            if bad:
                refused.append(Refused(referral, titles[referral], "".join(bad)))
                continue
            emptied = [n for n in (erase or {}).get(referral, ()) if n in one.values]
            if emptied:
                clear(step, one, emptied)
            if new:
                put(step, one, new, ledger.office.id, following, day)
            if new or emptied:
                done.append(referral)
        only = titles[done[0]] if len(done) == 1 else f"{len(done):,} 户"
        step.name = f"{name}：{only}"
    return Outcome.of_step(step.result if done else None, done, refused, f"{name} {len(done):,} 户")


def look(ledger: Ledger, referral: str, given: Answer) -> list[Said]:
    """Say what there is to say of an answer while it is being typed."""
    with ledger.read() as rows:
        one = read_answered(rows, [referral]).get(referral)
    return judge(one, differing(one, given)) if one is not None else []


def put(
    step: Step, one: Answered, new: Answer, office: str, following: Following, day: date
) -> None:
    """Write what an answer changes; it was judged before.

    Args:
        step: The step.
        one: What the ledger holds of the referral.
        new: What changes, from `differing`.
        office: Id of the office that keeps the ledger.
        following: How the office goes on after a refusal.
        day: The day on which it was told.
    """
    full = {**new, **following.of_refusal(one.values, new, day)}
    before = one.values.get("decision")
    decision = full.get("decision", before)
    own: dict[str, Any] = {n: full[n] for n in OF_REFERRAL if n in full}
    for flag, since in (("qualified", "qualified_on"), ("wants_money", "wants_on")):
        if flag in full and since not in full and one.values.get(since) is None:
            own[since] = day
    if decision == GIVEN_UP:
        own |= {"given_up_on": full.get("decided_on", one.values.get("decided_on"))}
        own |= {"given_up_why": full["problem"]} if "problem" in full else {}
    elif before == GIVEN_UP:
        own |= {"given_up_on": None, "given_up_why": None}
    if own or one.referral.answered_on is None or new:
        step.change(Referral, one.referral.id, {**own, "answered_on": day})
    decided = decision in (GRANTED, REFUSED)
    touches = {"contacted_on", "method", *OF_LOAN, "drawn", "repaid"} & set(full)
    if touches or decided:
        matching = _contact(step, one, {**one.values, **full}, full, office, day)
        _decide(step, one, matching, full, before, decision)
        _pay(step, one, matching, full)
    elif one.credit is not None and decision in (PENDING, GIVEN_UP):
        step.remove(Credit, one.credit.id)
    if one.referral.batch:
        step.change(PushBatch, one.referral.batch, {"returned_on": day})


def clear(step: Step, one: Answered, names: Sequence[str]) -> None:
    """Empty what a person emptied; decision, contact and money are not taken back this way."""
    places: dict[type[Record], Record | None] = {
        Referral: one.referral, Matching: one.matching, Credit: one.credit, Loan: one.loan,
    }  # fmt: skip
    for name in names:
        asked = BY_NAME[name]
        held = places.get(asked.cls)
        if held is None or name in _LASTING:
            continue
        step.change(asked.cls, held.id, {asked.spec.name: None})
        if name == "manager" and one.matching is not None:
            step.change(Matching, one.matching.id, {"manager": None})


def _contact(
    step: Step, one: Answered, merged: Mapping[str, Any], new: Answer, office: str, day: date
) -> str:
    """Give the contact that the rest hangs on, made or changed."""
    referral = one.referral
    entry = open_cultivation(step.rows, referral.enterprise)
    manager = {"manager": new["manager"]} if "manager" in new else {}
    if one.matching is not None:
        changed = {"day": new["contacted_on"]} if "contacted_on" in new else {}
        changed |= {"method": new["method"]} if "method" in new else {}
        if entry is not None and one.matching.cultivation is None:
            changed["cultivation"] = entry.id
        step.change(Matching, one.matching.id, {**changed, **manager})
        return one.matching.id
    met = next(
        (merged[n] for n in ("contacted_on", "accepted_on", "complete_on", "decided_on", "drawn_on")
         if merged.get(n) is not None), day,
    )  # fmt: skip
    return step.create(Matching(
        office=office, enterprise=referral.enterprise, bank=referral.bank, day=met,
        method=merged.get("method"), manager=merged.get("manager"), referral=referral.id,
        cultivation=entry.id if entry is not None else None,
    ))  # fmt: skip


def _decide(
    step: Step, one: Answered, matching: str, new: Answer, before: Any, decision: Any
) -> None:
    if decision not in (GRANTED, REFUSED):
        if one.credit is not None and "decision" in new:
            step.remove(Credit, one.credit.id)
        return
    values: dict[str, Any] = {
        field: new[name] for name, field in _CREDIT.items() if name in new
    }  # fmt: skip
    turned = before in (GRANTED, REFUSED) and decision != before
    if turned:  # what belongs to the other decision is emptied, unless the answer says it again
        gone = OF_REFUSED if decision == GRANTED else OF_GRANTED
        values |= {_CREDIT[name]: None for name in gone if name not in new}
    values["granted"] = decision == GRANTED
    known = one.credit
    # A second look at another day: the refusal stays in the file, the new decision stands beside it.
    again = (
        turned and decision == GRANTED and known is not None
        and new.get("decided_on") not in (None, known.decided_on)
    )  # fmt: skip
    if known is None or again:
        made = {name: value for name, value in values.items() if value is not None}
        if known is None and before == GIVEN_UP and "decided_on" not in made:
            made["decided_on"] = one.values.get("decided_on")
        step.create(Credit(matching=matching, **made))
    else:
        step.change(Credit, known.id, values)


def _pay(step: Step, one: Answered, matching: str, new: Answer) -> None:
    loan_values = {field: new[name] for name, field in _LOAN.items() if name in new}
    loan = one.loan.id if one.loan is not None else ""
    if not loan and (loan_values or "drawn" in new):
        merged = {**one.values, **new}
        values: dict[str, Any] = {
            "enterprise": one.referral.enterprise, "bank": one.referral.bank, "matching": matching,
            "signed_on": new.get("drawn_on"), "security": merged.get("security"),
            "months": merged.get("months"), "product": merged.get("product"),
            "rate": merged.get("rate"), **loan_values,
        }  # fmt: skip
        loan = step.create(Loan(**values))
    elif loan and loan_values:
        step.change(Loan, loan, loan_values)
    if "drawn" in new:
        same = next((d for d in one.drawdowns if d.day == new["drawn_on"]), None)
        if same is not None:
            step.change(Drawdown, same.id, {"amount": new["drawn"]})
        else:
            step.create(Drawdown(loan=loan, day=new["drawn_on"], amount=new["drawn"]))
        entry = open_cultivation(step.rows, one.referral.enterprise)
        if entry is not None and entry.state == GROWING:
            step.change(Cultivation, entry.id, {"state": LENT})
    if "repaid" in new and loan:
        back = next((r for r in one.repayments if r.day == new["repaid_on"]), None)
        if back is not None:
            step.change(Repayment, back.id, {"amount": new["repaid"]})
        else:
            step.create(Repayment(loan=loan, day=new["repaid_on"], amount=new["repaid"]))


def open_cultivation(rows: Rows, firm: str | None) -> Cultivation | None:
    """White-list entry of a firm that is still open; of several the last one."""
    if not firm:
        return None
    found = rows.find(
        Query(Cultivation, (Where("enterprise", "=", firm),), sort=(("listed_on", False),))
    )
    live = [each for each in found if each.state != LEFT]
    return live[-1] if live else None


def contact(
    ledger: Ledger,
    referrals: Sequence[str],
    on: date,
    method: str | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Record that the banks contacted these firms on a day; those contacted already are refused."""
    with ledger.read() as rows:
        known = read_answered(rows, referrals)
        titles = call_all(rows, Referral, referrals)
    refused = [
        Refused(each.referral.id, titles[each.referral.id], f"{each.matching.day} 已经对接过。")
        for each in known.values()
        if each.matching is not None
    ]
    open_ones = [r for r in referrals if r in known and known[r].matching is None]
    given = {r: {"contacted_on": on, "method": method} for r in open_ones}
    made = answer(ledger, given, on, progress, name="记对接") if given else Outcome()
    return Outcome(made.done, (*refused, *made.refused), made.step, f"记对接 {len(made.done):,} 户")
