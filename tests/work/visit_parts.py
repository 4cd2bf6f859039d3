"""A ledger of firms in villages, with people and banks, for tests of plans and visits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from ledger_desk.model.records import Bank, Enterprise, Office, Person
from ledger_desk.store.ledger import Ledger

TODAY = date.today()
TOWNS = ("411523100", "411523101", "411523102")


@contextmanager
def open_ledger(path: Path, firms: int = 12) -> Iterator[Ledger]:
    """A new ledger; firm n lies in township n % 3 and village n % 4 of it."""
    office = Office(name="新县专班", level="县级", division="411523")
    with Ledger.create(path, office=office, person=Person(name="程映雪")) as ledger:
        with ledger.step("装入名录", kind="import") as step:
            step.create_many(Enterprise, [
                {
                    "name": f"茶叶加工厂{n:03d}", "kind": "个体工商户", "person": "付长青",
                    "township": TOWNS[n % 3], "village": f"第{n % 4}村", "status": "存续",
                    "place": f"将军路{n}号", "industry": "1530", "staff": 5,
                }
                for n in range(firms)
            ])  # fmt: skip
            for name in ("程甲", "吕乙", "陶丙", "申丁"):
                step.create(Person(name=name, office=ledger.office.id))
            step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
            step.create(Bank(name="中国农业银行新县支行", short="农行", type="国有商业银行"))
        yield ledger


def ids(ledger: Ledger, cls: Any) -> list[str]:
    """All ids of a class in the order of their names."""
    from ledger_desk.store.queries import Query

    return [each.id for each in sorted(ledger.find(Query(cls)), key=lambda each: each.name or "")]


def sheet(firm: str, **more: Any) -> dict[str, Any]:
    """What stands on a sheet that can be stored."""
    return {
        "enterprise": firm, "day": TODAY, "kind": "走访", "method": "实地", "result": "正常经营", **more
    }  # fmt: skip
