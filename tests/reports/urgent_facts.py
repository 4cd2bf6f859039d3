"""Invented firms with a fact for each meaning of `urgent_tables`, and what a cell must say of it.

The answers are worked out here in plain Python from these facts: nothing of the program under test
is asked. Firm 4 is hardly known at all: what it lacks must be a gap, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.model.records import (
    Application,
    Associate,
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Guarantee,
    Guarantor,
    Loan,
    Matching,
    Office,
    Park,
    Person,
    Rating,
    Referral,
    Renewal,
    Repayment,
    Tagging,
    TaxYear,
    Tenancy,
    Ticket,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.store.ledger import Ledger
from tests.exchange.making import code, regno

WAN = 1_000_000  # fen in one 万元
PERCENT = 10_000  # stored rate in one per cent
FIRMS = 5
BARE = 4  # the firm of which only name, code, township and telephone are known
TOWNS = {"411523100": "新集镇", "411523101": "沙窝镇"}
BANKS = {"甲县农村商业银行": "农商银行", "邮政储蓄银行甲县支行": "邮储银行"}
_WHO = ("林茶生", "方竹青", "许溪平", "汪岭秋", "孟禾丰")
_KINDS = ("茶业有限公司", "油茶有限公司", "竹木制品有限公司", "山货有限公司", "菌业有限公司")


def day(month: int, n: int) -> date:
    return date(2024, month, 3 + n)


def town(n: int) -> str:
    return list(TOWNS)[n % 2]


def bank(n: int) -> str:
    return list(BANKS)[n % 2]


def firm(n: int) -> dict[str, Any]:
    """What is written into the firm's own record."""
    base = {
        "name": f"甲县青峰{'东南西北中'[n]}岭{_KINDS[n]}", "code": code(310 + n), "regno": regno(n + 40), "township": town(n),
        "phone": f"1390397{n:04d}",
    }  # fmt: skip
    if n == BARE:
        return base
    return base | {
        "person": _WHO[n], "person_id": f"41152319800101{n:03d}X", "village": f"{'东南西北中'[n]}湾村",
        "place": f"将军路 {n} 号", "address": f"解放路 {n} 号", "industry": "1530", "industry_name": "精制茶加工",
        "main_business": f"毛尖{n}号", "staff": 10 + n, "insured": 5 + n, "revenue": (120 + n) * WAN, "assets": (300 + n) * WAN,
        "capital": (50 + n) * WAN, "founded": date(2015, 5, 1 + n), "kind": "企业", "status": "存续", "size_set": "小型",
        "first_loan_set": "首贷户" if n % 2 else "有贷户", "scope": f"茶叶{n}种植", "email": f"a{n}@example.com",
        "authority": "甲县市场监督管理局", "enterprise_type": "有限责任公司", "liaison": f"联络{'一二三四五'[n]}",
        "liaison_phone": f"1370397{n:04d}",
    }  # fmt: skip


@dataclass(frozen=True)
class Built:
    """The ledger's ids that tests want: of firms by number."""

    firms: tuple[str, ...]


def build(ledger: Ledger) -> Built:
    """Write all facts into a ledger in one step."""
    with ledger.step("造数") as step:
        banks = [step.create(Bank(name=name, short=short)) for name, short in BANKS.items()]
        office = step.create(Office(name="城关镇工作专班", level="乡镇"))
        people = [step.create(Person(name=name)) for name in ("岳走一", "岳走二")]
        guarantor = step.create(Guarantor(name="甲县融资担保公司"))
        park = step.create(Park(name="青峰小微企业园"))
        plan = step.create(VisitPlan(name="秋季走访", starts_on=date(2024, 10, 2), office=office))
        ids = [step.create(Enterprise(**firm(n))) for n in range(FIRMS)]
        for n, record in enumerate(ids):
            step.create(VisitTask(plan=plan, enterprise=record, township=town(n)))
            if n == BARE:
                continue
            lender = banks[n % 2]
            older = Visit(
                enterprise=record,
                day=day(10, n),
                kind="走访",
                situation="旧的",
                amount=9 * WAN,
                has_need=True,
            )
            step.create(older)
            visit = step.create(
                Visit(
                    enterprise=record, day=day(11, n), kind="走访", first=people[0], second=people[1], office=office,
                    situation=f"订单增加{n}成", difficulty=f"缺{n}号设备", has_need=True, amount=(20 + n) * WAN,
                    purpose="设备采购", months=12 + n, bank1=lender,
                )
            )  # fmt: skip
            application = step.create(
                Application(
                    enterprise=record, visit=visit, applied_on=day(11, n + 1), amount=(30 + n) * WAN, state="已推荐",
                    bank1=lender, recommended_on=day(11, n + 2), listed_on=day(11, n + 1),
                )
            )  # fmt: skip
            referral = step.create(
                Referral(application=application, enterprise=record, bank=lender, pushed_on=day(11, n + 3),
                         manager=f"经理{n}", accepted_on=day(11, n + 4))
            )  # fmt: skip
            matching = step.create(
                Matching(
                    office=office,
                    enterprise=record,
                    bank=lender,
                    day=day(11, n + 5),
                    referral=referral,
                )
            )
            step.create(
                Credit(matching=matching, decided_on=day(11, n + 6), granted=True, amount=(40 + n) * WAN,
                       rate=4 * PERCENT + n * 100, security="信用")
            )  # fmt: skip
            loan = step.create(
                Loan(
                    enterprise=record, bank=lender, matching=matching, amount=(35 + n) * WAN, rate=5 * PERCENT + n * 100,
                    security="保证", purpose="备货", signed_on=day(11, n + 7), due_on=date(2025, 11, 1 + n), product="毛尖贷",
                )
            )  # fmt: skip
            step.create(Drawdown(loan=loan, day=day(11, n + 8), amount=(35 + n) * WAN))
            step.create(Repayment(loan=loan, day=day(11, n + 9), amount=5 * WAN))
            settled = Loan(
                enterprise=record,
                bank=banks[1 - n % 2],
                amount=7 * WAN,
                settled_on=date(2023, 1, 1),
                security="抵押",
            )
            step.create(settled)
            step.create(
                Renewal(enterprise=record, bank=lender, due_on=day(12, n), due_amount=(15 + n) * WAN, wanted=n % 2 == 0,
                        why_not="已还清" if n % 2 else None, way="无还本续贷", done_on=day(12, n), amount=(15 + n) * WAN)
            )  # fmt: skip
            step.create(
                Cultivation(
                    enterprise=record,
                    listed_on=day(9, n),
                    bank=lender,
                    state="培植中",
                    obstacle="缺抵押",
                )
            )
            step.create(
                Ticket(enterprise=record, collected_on=day(10, n), kind="担保", problem=f"担保费高{n}", lead="县担保办",
                       due_on=day(12, n), outcome=f"已协调{n}")
            )  # fmt: skip
            step.create(Tenancy(park=park, enterprise=record, since=day(8, n)))
            step.create(TaxYear(enterprise=record, year=2022, grade="C", paid=1 * WAN))
            step.create(TaxYear(enterprise=record, year=2023, grade="B", paid=(3 + n) * WAN))
            step.create(Rating(enterprise=record, day=day(7, n), grade="AA", final=(60 + n) * WAN))
            step.create(
                Guarantee(enterprise=record, guarantor=guarantor, bank=lender, amount=(25 + n) * WAN, balance=(12 + n) * WAN,
                          fee=1 * PERCENT, since=day(6, n))
            )  # fmt: skip
            step.create(
                Associate(
                    enterprise=record, name=_WHO[n], role="法定代表人", phone=f"1360397{n:04d}"
                )
            )
            step.create(Tagging(enterprise=record, tag="专精特新"))
    return Built(tuple(ids))


def _wan(n: int) -> dict[str, int]:
    """Amounts of firm ``n`` in 万元, by meaning."""
    return {
        "loan.balance": 35 + n - 5, "loan.amount": 35 + n, "drawdown.total": 35 + n, "visit.amount": 20 + n,
        "application.amount": 30 + n, "credit.amount": 40 + n, "renewal.due_amount": 15 + n, "capital": 50 + n,
        "revenue": 120 + n, "assets": 300 + n, "tax.paid": 3 + n, "rating.final": 60 + n, "guarantee.amount": 25 + n,
        "guarantee.balance": 12 + n,
    }  # fmt: skip


def _days(n: int) -> dict[str, date]:
    return {
        "visit.day": day(11, n), "application.applied_on": day(11, n + 1), "application.recommended_on": day(11, n + 2),
        "referral.pushed_on": day(11, n + 3), "referral.accepted_on": day(11, n + 4), "credit.decided_on": day(11, n + 6),
        "loan.signed_on": day(11, n + 7), "loan.due_on": date(2025, 11, 1 + n), "drawdown.day": day(11, n + 8),
        "renewal.due_on": day(12, n), "cultivation.listed_on": day(9, n), "ticket.due_on": day(12, n),
        "tenancy.since": day(8, n), "guarantee.since": day(6, n), "founded": date(2015, 5, 1 + n),
    }  # fmt: skip


def _words(n: int) -> dict[str, Any]:
    own = firm(n)
    return {key: own[key] for key in (
        "name", "code", "regno", "person", "person_id", "phone", "village", "place", "address", "industry", "industry_name",
        "main_business", "staff", "insured", "kind", "status", "scope", "email", "authority", "enterprise_type", "liaison",
        "liaison_phone",
    )} | {
        "township": TOWNS[town(n)], "owner.phone": f"1360397{n:04d}", "size": "小型", "prior": "是" if n % 2 else "否",
        "lenders": 1, "loan.banks": bank(n), "loan.security": "保证", "loan.purpose": "备货", "loan.product": "毛尖贷",
        "loan.rate": 5 + n / 100, "visit.has_need": "是", "visit.purpose": "设备采购", "visit.months": 12 + n,
        "visit.bank1": bank(n), "visit.first": "岳走一、岳走二", "visit.situation": f"订单增加{n}成",
        "visit.difficulty": f"缺{n}号设备", "visit.office": "城关镇工作专班", "application.state": "已推荐",
        "application.bank1": bank(n), "referral.bank": bank(n), "referral.manager": f"经理{n}", "credit.bank": bank(n),
        "credit.rate": 4 + n / 100, "credit.granted": "是", "credit.problem": None, "renewal.bank": bank(n),
        "renewal.wanted": "有" if n % 2 == 0 else "无", "renewal.why_not": "已还清" if n % 2 else None,
        "cultivation.bank": bank(n), "cultivation.state": "培植中", "cultivation.obstacle": "缺抵押", "ticket.kind": "担保",
        "ticket.problem": f"担保费高{n}", "ticket.lead": "县担保办", "ticket.outcome": f"已协调{n}", "park": "青峰小微企业园",
        "tags": "专精特新", "tax.grade": "B", "rating.grade": "AA", "guarantee.guarantor": "甲县融资担保公司",
        "guarantee.fee": 1, "guarantee.bank": bank(n),
    }  # fmt: skip


_UNIT = {"元": 10_000, "千元": 10, "万元": 1}


def answer(meaning: str, n: int, heading: str, unit: str) -> Any:
    """What the cell of firm ``n`` must hold; None for an empty one. Days are given as dates."""
    if n == BARE:
        own = firm(n) | {"township": TOWNS[town(n)]}
        return own.get(meaning)
    if meaning in _wan(n):
        named = re.search(r"[（(](千元|万元|元)[）)]", heading)
        return _wan(n)[meaning] * _UNIT[named[1] if named else unit]
    if meaning in _days(n):
        return _days(n)[meaning]
    return _words(n)[meaning]


def counted(key: str) -> Mapping[str, int]:
    """Indicators since the start, by township or bank (by its short name), or of all (``合计``)."""
    known = [n for n in range(FIRMS) if n != BARE]
    every = list(range(FIRMS))

    def mine(some: list[int]) -> list[int]:
        return [n for n in some if key in ("合计", TOWNS[town(n)], BANKS[bank(n)])]

    some = mine(known)
    return {
        "i:target_firms": len(mine(every)), "i:visited_firms": len(some), "i:needing_firms": len(some),
        "i:needed_amount": sum(20 + n for n in some), "i:recommended_firms": len(some), "i:granted_firms": len(some),
        "i:granted_amount": sum(40 + n for n in some), "i:drawn_firms": len(some), "i:drawn_amount": sum(35 + n for n in some),
        "i:renewed_firms": len(some), "i:renewed_amount": sum(15 + n for n in some),
    }  # fmt: skip
