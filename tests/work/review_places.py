"""Invented firms, banks and people of a county, for tests of applications and reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger_desk.model.records import Application, Bank, Enterprise, Office, Person, Review
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

FIT = dict.fromkeys(CRITERIA, "符合")


class County:
    """A ledger with a few firms and banks, and three people: clerk, leader, banker of the first bank."""

    def __init__(self, ledger: Ledger, firms: int) -> None:
        self.ledger = ledger
        with ledger.step("开账") as step:
            self.banks = step.create_many(Bank, [{"name": f"{c}县农商行"} for c in "甲乙丙"])
            self.firms = step.create_many(
                Enterprise, [{"name": f"第{n:03d}号茶厂", "kind": "企业"} for n in range(firms)]
            )
            self.leader = step.create(Person(name="组长甲", role="领导"))
            self.banker = step.create(
                Person(name="客户经理乙", role="银行客户经理", bank=self.banks[0])
            )
        self.clerk = ledger.person.id

    def entry(self, firm: int = 0, **more: Any) -> dict[str, Any]:
        return {
            "enterprise": self.firms[firm], "amount": 50_000_000, "purpose": "流动资金", "months": 12,
            "bank1": self.banks[0], **FIT, **more,
        }  # fmt: skip

    def one(self, record: str) -> Application:
        return self.ledger.get(Application, record)

    def states(self, ids: Sequence[str]) -> list[str | None]:
        with self.ledger.read() as rows:
            found = rows.many(Application, list(ids))
        return [found[each].state for each in ids]

    def said(self, record: str) -> list[Review]:
        return [each for each in self.ledger.find(Query(Review)) if each.application == record]


@contextmanager
def county_at(path: Path, firms: int = 6, level: str = "县级") -> Iterator[County]:
    office = Office(name="新县专班", level=level, division="411523")
    with Ledger.create(path, office=office, person=Person(name="程映雪", role="专班人员")) as made:
        yield County(made, firms)
