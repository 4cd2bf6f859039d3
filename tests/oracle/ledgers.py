"""Random ledgers: little of everything, with gaps, removed records and repeated firms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Protocol

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
    Office,
    Repayment,
)
from ledger_desk.model.vocabulary import BANK_TYPES, ENTERPRISE_KINDS

from .thing_ledgers import write_figures, write_things
from .work_ledgers import write_renewals, write_work

TOWNSHIPS = ("411523001", "411523100", "411523101", "开发区", None)
# Few days, many near the edges of months and years, so that windows are tried at their ends.
DAYS = [
    *(date(2024, 10, 1) + timedelta(n) for n in range(-3, 55)),
    date(2023, 11, 3), date(2023, 12, 5), date(2023, 10, 31), date(2020, 8, 31), date(2020, 9, 1), date(2020, 10, 31), date(2019, 5, 5), date(2023, 12, 31), date(2024, 1, 1),
]  # fmt: skip
FIGURES = (
    "inclusive_balance",
    "inclusive_rate",
    "small_loans_balance",
    "small_unsecured_balance",
    "loan_steps",
)


class Writer(Protocol):
    """The part of a journal step that is needed here."""

    def create(self, record: Record) -> str: ...
    def remove(self, cls: type[Record], record: str) -> object: ...


def write_random(step: Writer, chance: Random, office: str) -> None:
    """Fill a ledger with up to forty matchings and all that hangs on them."""

    def new_id() -> str:
        return f"{chance.getrandbits(128):032x}"

    def some_day() -> date | None:
        return None if chance.random() < 0.04 else chance.choice(DAYS)

    def fen() -> int | None:
        return chance.choice([None, 0, 4_999, 5_000, 1_234_567, 80_000_000, 999_999_999])

    def rate() -> int | None:
        return chance.choice([None, 0, 34_500, 43_501, 120_000])

    def make(record: Record) -> str:
        made = step.create(record)
        if chance.random() < 0.06:
            gone.append((type(record), made))
        return made

    gone: list[tuple[type[Record], str]] = []
    offices = [office, step.create(Office(id=new_id(), name="乙支行", level="人民银行"))]
    banks = [
        step.create(Bank(id=new_id(), name=f"{kind}甲支行", type=kind)) for kind in BANK_TYPES[:4]
    ]
    firms = [
        make(Enterprise(id=new_id(), name=f"试企{n:02d}", township=chance.choice(TOWNSHIPS),
                        kind=chance.choice(["企业", *ENTERPRISE_KINDS, None, "种养大户"]),
                        industry=chance.choice([None, "M73", "80", "o81", "7210", "1", "无"]),
                        staff=chance.choice([None, 5, 10, 99, 300]),
                        size_set=chance.choice([None, None, "小型", "中型", "不适用"])))
        for n in range(chance.randint(1, 12))
    ]  # fmt: skip
    listed: list[str] = []
    for firm in firms:
        if chance.random() < 0.5:
            listed += [make(Cultivation(id=new_id(), enterprise=firm, listed_on=some_day(), checked_on=some_day(),
                             bank=chance.choice([None, *banks]), left_on=chance.choice([None, None, some_day()]),
                             source=chance.choice(["银行推荐", None]), plan_credit=chance.choice([None, "授信"]),
                             prior_loan=chance.choice(["无贷", "无贷", "有贷", "未核", None])))]  # fmt: skip
        if chance.random() < 0.3:
            make(Loan(id=new_id(), enterprise=firm, bank=chance.choice(banks), signed_on=some_day(),
                      due_on=chance.choice([None, date(2021, 1, 1), date(2024, 6, 1), some_day()]),
                      amount=fen(), balance=fen(), settled_on=chance.choice([None, some_day()]),
                      renewal_wanted=chance.choice([None, True, False])))  # fmt: skip
    loans: list[str] = []
    referrals = write_work(make, chance, some_day, fen, firms, banks, [*offices, None], TOWNSHIPS)
    for _ in range(chance.randint(0, 40)):
        referral, firm, bank = None, chance.choice(firms), chance.choice(banks)
        if referrals and chance.random() < 0.6:
            referral, firm, bank = chance.choice(referrals)
        matching = make(
            Matching(
                id=new_id(),
                enterprise=firm,
                bank=bank,
                referral=referral,
                township=chance.choice(TOWNSHIPS),
                day=some_day(),
                office=chance.choice([*offices, None]),
                method=chance.choice([None, "线上", "实地"]),
            )
        )
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            granted = chance.random() < 0.6
            make(Credit(id=new_id(), matching=matching, decided_on=some_day(), granted=granted, amount=fen(),
                        rate=rate(), security=chance.choice([None, "信用", "抵押"]), problem=chance.choice([None, "缺抵押"])))  # fmt: skip
        if chance.random() < 0.6:
            loan = make(
                Loan(
                    id=new_id(),
                    enterprise=firm,
                    bank=bank,
                    matching=chance.choice([matching, matching, None]),
                    signed_on=some_day(),
                    township=chance.choice(TOWNSHIPS),
                    security=chance.choice([None, "信用", "抵押"]),
                    months=chance.choice([None, 6, 12, 13, 36]),
                    form=chance.choice([None, None, "新增", "无还本续贷", "展期"]),
                    rate=rate(),
                    grade=chance.choice([None, "正常", "可疑", "损失"]),
                    due_on=chance.choice([None, some_day()]),
                    settled_on=chance.choice([None, None, some_day()]),
                    renewal_wanted=chance.choice([None, True, False]),
                )
            )
            loans.append(loan)
            for _ in range(chance.randint(0, 3)):
                make(Drawdown(id=new_id(), loan=loan, day=some_day(), amount=fen()))
            for _ in range(chance.randint(0, 2)):
                make(Repayment(id=new_id(), loan=loan, day=some_day(), amount=fen()))
    write_renewals(make, chance, some_day, fen, rate, firms, banks, loans, TOWNSHIPS)
    known: dict[str, Sequence[str]] = {
        "enterprise": firms, "bank": banks, "office": offices, "loan": loans, "cultivation": listed,
    }  # fmt: skip
    write_things(make, chance, some_day, fen, known, TOWNSHIPS)
    write_figures(make, chance, FIGURES, DAYS, known, TOWNSHIPS)
    for cls, record in gone:
        step.remove(cls, record)
