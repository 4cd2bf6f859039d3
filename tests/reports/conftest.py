"""A real ledger with made-up firms, and a maker of matchings with what hangs on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path

import pytest

from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Figure,
    Loan,
    Matching,
    Office,
    Person,
    Repayment,
)
from ledger_desk.reports.catalogue import ReportFiles, load_forms
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from tests.reports import golden

WAN = 1_000_000  # fen in one 万元


def day(month: int, number: int, year: int = 2024) -> date:
    return date(year, month, number)


LISTED = day(9, 1)


@dataclass
class Book:
    """Writes records by the words of the work; ids are 32 digits in the order of writing."""

    step: Step
    office: str
    count: int = 0
    banks: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)

    def _id(self) -> str:
        self.count += 1
        return f"{self.count:032x}"

    def bank(self, name: str, type_: str = "农信系统") -> str:
        if name not in self.banks:
            self.banks[name] = self.step.create(Bank(id=self._id(), name=name, type=type_))
        return self.banks[name]

    def other_office(self, name: str) -> str:
        if name not in self.offices:
            self.offices[name] = self.step.create(Office(id=self._id(), name=name, level="县级"))
        return self.offices[name]

    def firm(self, name: str, township: str | None = "411523101", kind: str = "企业") -> str:
        return self.step.create(Enterprise(id=self._id(), name=name, township=township, kind=kind))

    def listed(self, firm: str, on: date = LISTED, **more: object) -> str:
        return self.step.create(
            Cultivation(id=self._id(), enterprise=firm, listed_on=on, state="培植中", **more)  # type: ignore[arg-type]
        )

    def matching(
        self,
        firm: str,
        bank: str,
        on: date | None,
        note: str | None = None,
        office: str | None = None,
    ) -> str:
        return self.step.create(
            Matching(id=self._id(), office=office or self.office, enterprise=firm,
                     bank=self.bank(bank), day=on, note=note))  # fmt: skip

    def credit(self, matching: str, on: date, amount: int | None, security: str | None = "信用",
               problem: str | None = None) -> str:  # fmt: skip
        return self.step.create(
            Credit(id=self._id(), matching=matching, decided_on=on, granted=True, amount=amount,
                   security=security, problem=problem))  # fmt: skip

    def refusal(self, matching: str, on: date, problem: str | None = "缺抵押",
                amount: int | None = None) -> str:  # fmt: skip
        return self.step.create(
            Credit(id=self._id(), matching=matching, decided_on=on, granted=False, amount=amount,
                   problem=problem))  # fmt: skip

    def loan(self, firm: str, bank: str, matching: str | None = None, **more: object) -> str:
        return self.step.create(
            Loan(id=self._id(), enterprise=firm, bank=self.bank(bank), matching=matching, **more)  # type: ignore[arg-type]
        )

    def drawdown(self, loan: str, on: date | None, amount: int) -> str:
        return self.step.create(Drawdown(id=self._id(), loan=loan, day=on, amount=amount))

    def repayment(self, loan: str, on: date, amount: int) -> str:
        return self.step.create(Repayment(id=self._id(), loan=loan, day=on, amount=amount))

    def figure(self, value: int, on: date, bank: str | None = None, division: str | None = None,
               office: str | None = None) -> str:  # fmt: skip
        return self.step.create(
            Figure(id=self._id(), indicator="inclusive_balance", day=on, value=value, division=division,
                   bank=self.bank(bank) if bank else None, office=office or self.office,
                   source="月报", reporter="周丙"))  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(
        tmp_path / "甲县.ledger",
        office=Office(name="甲县工作专班", level="县级", division="411523"),
        person=Person(name="程甲"),
    ) as made:
        yield made


@contextmanager
def writing(ledger: Ledger, name: str = "试记") -> Iterator[Book]:
    """Write into a ledger in one step."""
    with ledger.step(name) as step:
        yield Book(step, ledger.office.id, 100_000 * len(ledger.log()))


@pytest.fixture(scope="package")
def on_practice(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], ReportFiles]]:
    """Any built-in form's files on the practice ledger, each made once for all tests of the folder."""
    with golden.practice(tmp_path_factory.mktemp("golden")) as made:
        yield cache(partial(golden.report, made))


@pytest.fixture(scope="session")
def forms() -> Forms:
    """The forms of the program, and a small matrix by township for tests of single numbers."""
    found = load_forms(folders=[Path(__file__).parent / "forms"])
    assert not found.problems, [problem.sentence() for problem in found.problems]
    return found
