"""A small invented county for tests of renewals, parks, activities and quotas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
    Office,
    Person,
)
from ledger_desk.store.ledger import Ledger

COUNTY, SHAWO = "411523", "411523101"
TODAY = date(2024, 11, 20)
BANKS = (
    ("甲国有银行新县支行", "国有商业银行"),
    ("乙国有银行新县支行", "国有商业银行"),
    ("新县农商行", "农信系统"),
    ("新县村镇银行", "村镇银行"),
)


@contextmanager
def county(folder: Path) -> Iterator[Ledger]:
    """A county's ledger with four banks and no firm."""
    office = Office(name="新县专班", level="县级", division=COUNTY)
    with Ledger.create(folder / "新县.账套", office=office, person=Person(name="程甲")) as made:
        with made.step("登记银行") as step:
            for name, kind in BANKS:
                step.create(Bank(name=name, type=kind))
        yield made


def banks(ledger: Ledger) -> dict[str, str]:
    """Ids of the banks by name."""
    from ledger_desk.store.queries import Query

    return {str(bank.name): bank.id for bank in ledger.find(Query(Bank))}


def firms(ledger: Ledger, count: int, **more: Any) -> list[str]:
    """Enter invented firms."""
    with ledger.step("登记企业") as step:
        return step.create_many(
            Enterprise,
            [
                {"name": f"沙窝镇第{n}茶厂", "internal_no": f"N{n:04d}", "kind": "企业", "township": SHAWO, **more}
                for n in range(count)
            ],
        )  # fmt: skip


def borrow(ledger: Ledger, firm: str, bank: str, **more: Any) -> str:
    """A loan of 50 万元 that falls due on 2024-12-01, unless said otherwise."""
    with ledger.step("登记贷款") as step:
        return step.create(
            Loan(**{
                "enterprise": firm, "bank": bank, "amount": 50_000_000, "contract": "HT-1",
                "signed_on": date(2023, 12, 1), "due_on": date(2024, 12, 1), **more,
            })
        )  # fmt: skip


def grant(ledger: Ledger, firm: str, bank: str, day: date = TODAY, *, drawn: bool = False) -> str:
    """A contact that ended in credit, paid out where ``drawn``."""
    with ledger.step("登记授信") as step:
        met = step.create(Matching(office=ledger.office.id, enterprise=firm, bank=bank, day=day))
        step.create(Credit(matching=met, decided_on=day, granted=True, amount=30_000_000))
        if drawn:
            loan = step.create(Loan(enterprise=firm, bank=bank, matching=met, signed_on=day))
            step.create(Drawdown(loan=loan, day=day, amount=30_000_000))
    return met


def cultivate(ledger: Ledger, firm: str, bank: str, day: date = date(2024, 3, 1)) -> str:
    """Put a firm on the white list."""
    with ledger.step("列入名单") as step:
        return step.create(
            Cultivation(
                enterprise=firm, bank=bank, listed_on=day, source="银行推荐", state="培植中",
                prior_loan="无贷", checked_on=day,
            )
        )  # fmt: skip
