"""Scenes at the banks: push, contact, decision, money, refusals, coaching, applying again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ledger_desk.model.bank_answers import GIVEN_UP, GRANTED, REFUSED
from ledger_desk.model.money import FEN_PER_WAN, MILLIONTHS_PER_PERCENT
from ledger_desk.model.records import (
    Application,
    Cultivation,
    Guarantor,
    Help,
    Loan,
    Matching,
    Referral,
)
from ledger_desk.practice import season_texts as texts
from ledger_desk.practice.season_cast import Cast
from ledger_desk.store.queries import Where
from ledger_desk.work import applying, coaching, pushing

# What banks do with what is pushed to them, in turn; 'late' decides after the 30 days, 'silent' not.
_FATES = (
    "drawn", "drawn", "refused", "drawn", "late", "granted", "drawn", "refused", "drawn", "given_up",
    "drawn", "silent", "drawn", "refused", "unmet", "drawn", "twice", "granted", "drawn", "late",
)  # fmt: skip
_SECURITIES = ("信用", "信用", "保证", "抵押", "抵押", "质押", "担保公司担保")


@dataclass
class Banks:
    """What banks will tell, and what came of it.

    Attributes:
        told: Day → what is told on it: (referral, answer).
        refused: Referrals refused and not coached yet.
        coached: Referral → day on which its coaching began.
        lent: Referrals under which money was paid out, with the day; checked later.
        pushed: Applications pushed so far.
        count: How many referrals there are.
    """

    told: dict[date, list[tuple[str, dict[str, Any]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    refused: list[str] = field(default_factory=list)
    coached: dict[str, date] = field(default_factory=dict)
    lent: list[tuple[str, date]] = field(default_factory=list)
    pushed: list[str] = field(default_factory=list)
    count: int = 0


def push(
    cast: Cast, banks: Banks, recommended: list[str], day: date, *, last: bool = False
) -> None:
    """Push what was signed, each to its intended banks; a few to a guarantor besides.

    ``last``: the newest stay on the list for today's work.
    """
    keep = recommended[-3:] if last else []
    go = [each for each in recommended if each not in keep]
    recommended[:] = keep
    if not go:
        return
    done = list(pushing.push(cast.ledger, go, day).done)
    banks.pushed += done
    found = cast.find(Referral, Where("application", "in", tuple(done)), Where("bank", "notblank"))
    needs = {a.id: a for a in cast.find(Application, Where("id", "in", tuple(done)))}
    for each in sorted(found, key=lambda one: one.id):
        _foretell(cast, banks, each, needs[str(each.application)], day)
    wanting = [each for each in done if needs[each].security == "担保公司担保"]
    guarantors = cast.find(Guarantor)
    if wanting and guarantors:
        pushing.push(cast.ledger, wanting[:2], day, guarantor=min(g.id for g in guarantors))
    if last and len(found) > 2:  # one push goes wrong and is taken back
        wrong = max(found, key=lambda one: one.id)
        pushing.withdraw(cast.ledger, [wrong.id])


def _foretell(cast: Cast, banks: Banks, one: Referral, need: Application, day: date) -> None:
    """Lay down what a bank will tell of a referral, and when."""
    rng = cast.rng
    fate = _FATES[banks.count % len(_FATES)]
    banks.count += 1
    if fate == "silent":
        return

    def tell(on: date, **answer: Any) -> None:
        banks.told[on].append((one.id, answer))

    manager = cast.managers[str(one.bank)].name if str(one.bank) in cast.managers else None
    met = _later(day, rng.randrange(0, 5) if fate != "unmet" else 15)
    tell(met, method=rng.choice(("实地", "电话", "线上")), contacted_on=met, manager=manager)
    if fate == "unmet":
        return
    came = _later(met, rng.randrange(1, 4))
    tell(came, accepted_on=came)
    if fate == "given_up":
        on = _later(came, 5)
        tell(on, decision=GIVEN_UP, decided_on=on, problem="企业已自筹资金")
        return
    whole = _later(came, rng.randrange(2, 8))
    tell(whole, complete_on=whole, qualified=fate != "refused")
    on = _later(whole, 36 if fate == "late" else rng.randrange(4, 22))
    if fate == "refused":
        reason, problem = rng.choice(texts.REFUSED)
        more = {} if rng.random() < 0.3 else {"fed_back_on": _later(on, rng.randrange(1, 6))}
        told = more.get("fed_back_on", _later(on, 9))
        tell(told, decision=REFUSED, decided_on=on, reason=reason, problem=problem, **more)
        return
    asked = need.amount or 10 * FEN_PER_WAN
    amount = max(FEN_PER_WAN, asked * rng.choice((6, 8, 10, 10)) // 10 // FEN_PER_WAN * FEN_PER_WAN)
    rate = rng.randrange(66, 100) * MILLIONTHS_PER_PERCENT // 20
    months = rng.choice((12, 24, 36))
    security = rng.choice(_SECURITIES)
    tell(on, decision=GRANTED, decided_on=on, amount=amount, rate=rate, months=months, security=security,
         product=rng.choice(texts.PRODUCTS)[0], wants_money=fate != "granted")  # fmt: skip
    if fate == "granted":
        return
    paid = _later(on, rng.randrange(1, 9))
    first = (
        amount // 2 // FEN_PER_WAN * FEN_PER_WAN
        if fate == "twice" and amount > FEN_PER_WAN
        else amount
    )
    tell(paid, drawn_on=paid, drawn=first, due_on=paid + timedelta(days=365 * months // 12), form="新增",
         contract=f"练习推借字第{banks.count:05d}号", first_marked=bool(need.first_loan),
         relending=rng.random() < 0.3, subsidised=rng.random() < 0.2, rewarded=rng.random() < 0.1,
         risk_covered=rng.random() < 0.2)  # fmt: skip
    banks.lent.append((one.id, paid))
    if first < amount:
        tell(_later(paid, 20), drawn_on=_later(paid, 20), drawn=amount - first)
    if rng.random() < 0.15:
        tell(_later(paid, 45), repaid_on=_later(paid, 45), repaid=max(1, first // 4))


def _later(day: date, days: int) -> date:
    """So many days later, on a weekday."""
    day += timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def answer(cast: Cast, banks: Banks, first: date, last: date) -> None:
    """Take in what banks told up to the end of a span: all of it one step, or one for each payment."""
    gathered: list[dict[str, dict[str, Any]]] = [{}, {}]
    for day in sorted(each for each in banks.told if each <= last):
        for referral, told in banks.told.pop(day):
            place = 1 if {"drawn", "repaid"} & set(told) else 0
            held = gathered[place].setdefault(referral, {})
            if place and held:  # a second payment waits for the next sitting
                banks.told[last + timedelta(days=1)].append((referral, told))
            else:
                held.update(told)
    for some in gathered:
        if some:
            done = cast.tell(cast.ledger, some, last)
            banks.refused += [
                r for r, told in some.items() if told.get("decision") == REFUSED and r in done
            ]


def coach(cast: Cast, banks: Banks, day: date) -> list[str]:
    """Coach who was refused, help, and let those apply again whom it helped; gives the applications."""
    refused, banks.refused = banks.refused, []
    go = [each for place, each in enumerate(refused) if place % 4 != 3]
    if go:
        for each in coaching.coach(cast.ledger, go, day).done:
            banks.coached[each] = day
    ready = [each for each, since in banks.coached.items() if (day - since).days >= 25]
    if not ready:
        return []
    entries = cast.find(Cultivation, Where("referral", "in", tuple(ready)))
    cast.enter(f"记帮扶 {len(entries)} 户", Help, [
        {"cultivation": each.id, "day": day, "kind": "财务管理", "who": "首贷服务顾问团",
         "content": "复核账本和流水，缺的资料已补齐", "result": "可以再报"}
        for each in sorted(entries, key=lambda one: one.id)
    ])  # fmt: skip
    for each in ready:
        banks.coached.pop(each)
    return list(applying.again_refused(cast.ledger, ready, day=day).done)


def checks_of_use(cast: Cast, banks: Banks, first: date, last: date) -> list[dict[str, Any]]:
    """Sheets of checks after loans that were paid out a month before: used as agreed, or not."""
    due = [each for each in banks.lent if first <= each[1] + timedelta(days=30) <= last]
    banks.lent = [each for each in banks.lent if each not in due]
    some = due[::2]
    met = {
        m.referral: m
        for m in cast.find(Matching, Where("referral", "in", tuple(r for r, _ in some)))
    }
    loans = {
        loan.matching: loan for loan in cast.find(Loan, Where("matching", "in", tuple(m.id for m in met.values())))
    } if met else {}  # fmt: skip
    sheets = []
    for place, (referral, paid) in enumerate(some):
        loan = loans.get(met[referral].id) if referral in met else None
        if loan is None:
            continue
        found = ("按用途使用", "按用途使用", "待核", "未按用途使用")[(place + paid.day) % 4]
        pair = cast.rng.choice(cast.pairs)
        sheets.append({
            "enterprise": loan.enterprise, "day": cast.day(first, last), "kind": "贷后用途核查", "method": "实地",
            "result": "正常经营", "first": pair.first, "second": pair.second, "loan": loan.id,
            "use_found": found, "situation": "看了进货发票和入库单",
        })  # fmt: skip
    return sheets
