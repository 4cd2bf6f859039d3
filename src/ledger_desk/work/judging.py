"""Whether a bank's answer can stand: contradictions are refused, odd days are said and kept.

`seeds/003` 六, `decisions.md` 20 and 21. Only what changes is judged: an answer that says what the
ledger holds already is never refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from ledger_desk.model.bank_answers import (
    BY_NAME,
    GIVEN_UP,
    GRANTED,
    OF_GRANTED,
    OF_LOAN,
    OF_REFERRAL,
    PENDING,
    REFUSED,
    Answer,
)
from ledger_desk.model.money import show_wan
from ledger_desk.work.answered import Answered

Grade = Literal["must", "doubt", "explain"]
_HIGH_RATE = 24_0000  # 24 % in the units of `kinds.RATE`


class Said(NamedTuple):
    """One thing to say of an answer.

    ``must``: it cannot stand as it is. ``doubt``: a person has to decide. ``explain``: it is kept.
    """

    name: str
    grade: Grade
    why: str


def differing(one: Answered, given: Answer) -> dict[str, Any]:
    """Give what an answer says otherwise than the ledger; a blank never erases."""
    wanted = {n: v for n, v in given.items() if v is not None and v != ""}
    for day, amount, known in (
        ("drawn_on", "drawn", one.drawdowns), ("repaid_on", "repaid", one.repayments),
    ):  # fmt: skip
        if day not in wanted and amount not in wanted:
            continue
        on = wanted.get(day, one.values.get(day) if amount in wanted else None)
        much = wanted.get(amount)
        if any(each.day == on and much in (None, each.amount) for each in known):
            wanted.pop(day, None)
            wanted.pop(amount, None)
        elif on is not None and much is not None:
            wanted |= {day: on, amount: much}
    kept = ("drawn_on", "drawn", "repaid_on", "repaid")
    return {n: v for n, v in wanted.items() if n in kept or one.values.get(n) != v}


def judge(one: Answered, new: Answer, today: date | None = None) -> list[Said]:
    """Judge what an answer changes.

    Args:
        one: What the ledger holds.
        new: What is to change, from `differing`.
        today: The day one works on.
    """
    found: list[Said] = []
    merged = {**one.values, **new}
    decision = merged.get("decision")

    def say(name: str, grade: Grade, why: str) -> None:
        found.append(Said(name, grade, why))

    if one.referral.bank is None and any(name not in OF_REFERRAL for name in new):
        say(
            "decision", "must", "这一笔推给了担保机构，没有授信决定可登；保了的请登在“担保业务”里。"
        )
        return found
    _judge_decision(one, new, merged, say)
    if any(n in new for n in ("drawn", "drawn_on")):
        _judge_money(one, new, decision, say)
    if "repaid" in new and (new["repaid"] <= 0 or "repaid_on" not in new):
        say("repaid", "must", "还款要有日期，金额要大于零。")
    elif "repaid_on" in new and "repaid" not in new:
        say("repaid", "must", "没有写还款金额。")
    elif "repaid" in new and one.loan is None:
        say("repaid", "must", "还没有放款，谈不上还款。请先登放款。")
    if any(name in new for name in OF_LOAN) and decision != GRANTED:
        said = "、".join(BY_NAME[n].label for n in OF_LOAN if n in new)
        say("decision", "must", f"填了{said}，银行决定却不是“授信”。请核对银行决定。")
    for name in ("rate", "loan_rate"):
        if new.get(name, 0) > _HIGH_RATE:
            shown = BY_NAME[name].spec.kind.show(new[name])
            say(name, "explain", f"年利率 {shown}% 太高，多半是小数点错了。")
    _judge_days(one, new, merged, today or date.today(), say)
    return found


def _judge_decision(one: Answered, new: Answer, merged: Mapping[str, Any], say: Any) -> None:
    decision = merged.get("decision")
    if decision is None:
        some = [n for n in (*OF_GRANTED, "reason", "decided_on") if n in new]
        if some:
            said = "、".join(BY_NAME[n].label for n in some)
            say(
                "decision",
                "must",
                f"填了{said}，没有填银行决定。请选授信、不予授信、企业放弃或审批中。",
            )
        return
    if decision in (GRANTED, REFUSED, GIVEN_UP) and merged.get("decided_on") is None:
        say("decided_on", "must", f"{decision}没有写决定日期。")
    if decision == GRANTED:
        if (merged.get("amount") or 0) <= 0:
            say("amount", "must", "授信要写授信金额，而且大于零。")
        return
    numbers = [n for n in ("amount", "rate", "months") if n in new]
    if numbers:
        said = "、".join(BY_NAME[n].label for n in numbers)
        say(numbers[0], "must", f"银行决定是“{decision}”，却填了{said}。请看是决定错了还是数错了。")
    if "decision" in new and one.drawdowns:
        say("decision", "must", f"已经放款 {show_wan(one.drawn)} 万元，不能改成“{decision}”。")
    elif new.get("decision") == GIVEN_UP and one.values.get("decision") == GRANTED:
        why = "已经授信的，不用改成企业放弃；企业不用款，把“是否有用款需求”填“否”就行。"
        say("decision", "must", why)
    if decision == REFUSED and not (merged.get("reason") or merged.get("problem")):
        say("reason", "must", "不予授信要写明原因：选一个原因类别，或写原因说明。")


def _judge_money(one: Answered, new: Answer, decision: Any, say: Any) -> None:
    on, much = new.get("drawn_on"), new.get("drawn")
    if on is None:
        say("drawn_on", "must", "有放款金额，没有放款日期。")
        return
    if much is None:
        if one.drawdowns:
            last = one.drawdowns[-1]
            why = (
                f"放款日期由 {last.day} 改成 {on}，金额没有动：看不出是改日期，还是又放了一笔同样的。"
                "请问清银行，在“登银行回话”里登。"
            )
            say("drawn_on", "doubt", why)
        else:
            say("drawn", "must", "有放款日期，没有放款金额。")
        return
    if much <= 0:
        say("drawn", "must", "放款金额要大于零；退回的钱请登还款。")
    if decision != GRANTED:
        word = f"是“{decision}”" if decision else "还没有填"
        say("drawn", "must", f"放款以授信为前提，银行决定{word}。")
    total = one.drawn + much - sum(d.amount or 0 for d in one.drawdowns if d.day == on)
    credit = {**one.values, **new}.get("amount") or 0
    if credit and total > credit:
        say(
            "drawn", "explain",
            f"放款共 {show_wan(total)} 万元，比授信 {show_wan(credit)} 万元多；循环额度的不用改，别的请核对。",
        )  # fmt: skip


_ORDERS = (
    ("accepted_on", "contacted_on"), ("complete_on", "accepted_on"), ("decided_on", "contacted_on"),
    ("decided_on", "complete_on"), ("fed_back_on", "decided_on"), ("drawn_on", "decided_on"),
    ("due_on", "drawn_on"),
)  # fmt: skip
_DAYS = ("contacted_on", "accepted_on", "complete_on", "decided_on", "fed_back_on", "drawn_on")


def _judge_days(
    one: Answered, new: Answer, merged: Mapping[str, Any], today: date, say: Any
) -> None:
    pushed = one.referral.pushed_on
    told = set()
    for name in _DAYS:
        day = new.get(name)
        if day is None:
            continue
        if pushed is not None and day < pushed:
            told.add(name)
            say(
                name,
                "explain",
                f"{BY_NAME[name].label} {day} 早于推送的 {pushed}，请核对；推送以前的对接不算已对接。",
            )
        elif day > today:
            told.add(name)
            say(name, "explain", f"{BY_NAME[name].label} {day} 还没有到，多半是年份或月份写错了。")
    for later, earlier in _ORDERS:
        if later in told or not (later in new or earlier in new):
            continue
        one_day, other = merged.get(later), merged.get(earlier)
        if one_day is not None and other is not None and one_day < other:
            told.add(later)
            say(
                later, "explain",
                f"{BY_NAME[later].label} {one_day} 早于{BY_NAME[earlier].label} {other}，请核对两个日期。",
            )  # fmt: skip


__all__ = ["PENDING", "Grade", "Said", "differing", "judge"]
