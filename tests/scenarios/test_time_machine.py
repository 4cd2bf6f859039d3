"""Time machine: for random histories, the list as of each step equals a replay from the start."""

from __future__ import annotations

import contextlib
import csv
import json
import random
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.exchange.duplicates.merging import merge
from ledger_desk.exchange.duplicates.splitting import mergers, split
from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    BY_TABLE,
    RECORDS,
    Bank,
    Drawdown,
    Enterprise,
    Loan,
    Office,
    Person,
)
from ledger_desk.store import rowing
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

NAMES = ("新县茶厂", "红军商店", "大别山药材", "江南小吃", "新县茶厂二分厂")
QUERIES: tuple[Query[Any], ...] = (
    Query(Enterprise),
    Query(Enterprise, removed=True),
    Query(Enterprise, text="茶"),
    Query(Enterprise, (Where("staff", ">=", 3),), sort=(("capital", True),)),
    Query(Enterprise, sort=(("name", False),)),
    Query(Enterprise, (Where("complete", "<", 60),), sort=(("complete", False), ("name", True))),
    Query(Enterprise, (Where("name", "like", "商"),), text="店"),
    Query(Loan, sort=(("amount", True),)),
    Query(Drawdown, removed=True),
)


class History:
    """A ledger with random steps, and what it was after each of them, read at that time."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.rng = path, random.Random(seed)
        self.ledger = Ledger.create(
            path, office=Office(name="新县专班", level="县级"), person=Person(name="程甲")
        )
        self.seen: dict[int, Any] = {}

    def act(self, kind: int) -> None:
        """Make one step; what the ledger refuses is no step."""
        deeds: list[Callable[[], object]] = [
            self.create, self.create_many, self.edit, self.edit, self.put_away, self.child,
            self.child_edit, self.ledger.undo, self.ledger.redo, self.undo_some, self.merge,
            self.split, self.read_in, self.go_back, self.bring_back, self.reopen, self.take_out,
        ]  # fmt: skip
        with contextlib.suppress(UserError):
            deeds[kind % len(deeds)]()
        newest = self.ledger.log(1)[0].id
        with self.ledger.read() as rows:
            self.seen.setdefault(newest, everything(rows))

    def firms(self) -> list[str]:
        with self.ledger.read() as rows:
            return rows.ids(Query(Enterprise)) + rows.ids(Query(Enterprise, removed=True))

    def values(self) -> dict[str, Any]:
        rng = self.rng
        return {
            "name": rng.choice(NAMES) + rng.choice(("", "分店")), "staff": rng.choice((None, 2, 3, 40)),
            "capital": rng.choice((None, 100, 5_000_000)), "industry": rng.choice((None, "5111")),
            "revenue": rng.choice((None, 10**9)), "phone": rng.choice((None, "139")),
        }  # fmt: skip

    def create(self) -> None:
        with self.ledger.step("新增") as step:
            step.create(Enterprise(**self.values()))

    def create_many(self) -> None:
        with self.ledger.step("装入 名录", "import") as step:
            made = step.create_many(
                Enterprise, [self.values() for _ in range(self.rng.randrange(1, 9))]
            )
            old = self.firms()
            if old:
                step.change(Enterprise, self.rng.choice(old), self.values())
            step.create(Loan(enterprise=made[0], amount=self.rng.randrange(100)))

    def edit(self) -> None:
        firms = self.firms()
        with self.ledger.step("修改") as step:
            for firm in self.rng.sample(firms, min(2, len(firms))):
                some = dict(self.rng.sample(sorted(self.values().items()), 2))
                step.change(Enterprise, firm, some)

    def put_away(self) -> None:
        firms = self.firms()
        with self.ledger.step("删除或恢复") as step:
            for firm in self.rng.sample(firms, min(2, len(firms))):
                step.change(Enterprise, firm, {"removed": self.rng.random() < 0.6})

    def child(self) -> None:
        firms = self.firms()
        with self.ledger.step("贷款") as step:
            bank = step.create(Bank(name="农商行"))
            loan = step.create(
                Loan(enterprise=self.rng.choice(firms or [None]), bank=bank, amount=5)
            )
            step.create(Drawdown(loan=loan, amount=self.rng.randrange(9)))

    def child_edit(self) -> None:
        for cls in (Loan, Drawdown):
            found = self.ledger.find(Query(cls))
            if found:
                with self.ledger.step("改贷款") as step:
                    record = self.rng.choice(found).id
                    step.change(cls, record, {"amount": self.rng.randrange(9)})
                    if self.rng.random() < 0.3:
                        step.remove(cls, record)

    def undo_some(self) -> None:
        steps = self.ledger.log(50)
        self.ledger.undo(self.rng.choice(steps).id, force=self.rng.random() < 0.3)

    def merge(self) -> None:
        found = [firm.id for firm in self.ledger.find(Query(Enterprise))]
        if len(found) >= 2:
            one, other = self.rng.sample(found, 2)
            merge(self.ledger, one, [other])

    def split(self) -> None:
        verdicts = mergers(self.ledger)
        if verdicts:
            split(self.ledger, self.rng.choice(verdicts).other or "")

    def read_in(self) -> None:
        path = self.path.with_name(f"名录{self.rng.randrange(3)}.csv")
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            rows = [
                ("单位名称", "负责人", "职工人数"),
                *((self.rng.choice(NAMES), "赵甲", n) for n in range(3)),
            ]
            csv.writer(out).writerows(rows)
        apply(self.ledger, prepare(path, self.ledger))

    def go_back(self) -> None:
        self.ledger.go_back(self.rng.choice(self.ledger.log(50)).id)

    def bring_back(self) -> None:
        step = self.rng.choice(self.ledger.log(50)).id
        with self.ledger.as_of(step) as past:
            found = past.find(Query(self.rng.choice((Enterprise, Loan))))
        if found:
            record = self.rng.choice(found)
            fields = self.rng.choice(((), ("amount",) if isinstance(record, Loan) else ("name",)))
            children = self.rng.random() < 0.5
            item = (type(record).TABLE, record.id)
            self.ledger.bring_back("恢复", [item], step, fields=fields, children=children)

    def take_out(self) -> None:
        found = [(each.table, each.record) for each in self.ledger.binned()]
        self.ledger.take_out("恢复", self.rng.sample(found, min(2, len(found))))

    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.path)


def everything(rows: Rows) -> dict[str, Any]:
    """All lists in their order, with what is computed, and the answers to some questions."""
    found: dict[str, Any] = {
        f"{cls.TABLE} {removed}": rows.find(Query(cls, removed=removed))
        for cls in RECORDS
        for removed in (False, True)
    }
    for number, query in enumerate(QUERIES):
        ids = rows.ids(query)
        found[f"question {number}"] = (ids, rows.count(query), rows.page(query, 1, 2))
        assert [record.id for record in rows.page(query, 1, 2)] == ids[1:3]
    firms = [firm.id for firm in found["enterprise False"] + found["enterprise True"]]
    found["computed"] = rows.computed(firms)
    found["beside"] = rows.beside(Enterprise, firms)
    found["total"] = rows.total(Query(Enterprise), "capital")
    return found


def replayed(ledger: Ledger) -> dict[int, dict[str, dict[str, Record]]]:
    """Records by table after each step: the journal replayed from the start by plain Python."""
    with ledger.read() as rows:
        changes = rows.connection.exec_driver_sql(
            "SELECT step, record_table, record, before, after FROM change ORDER BY id"
        ).all()
    tables: dict[str, dict[str, dict[str, Any]]] = {cls.TABLE: {} for cls in RECORDS}
    found = {}
    for place, (step, table, record, before, after) in enumerate(changes):
        if after is None:
            del tables[table][record]
        elif before is None:
            tables[table][record] = json.loads(after)
        else:
            tables[table][record].update(json.loads(after))
        if place + 1 == len(changes) or changes[place + 1][0] != step:
            found[step] = {name: {r: _record(name, r, v) for r, v in some.items()}
                           for name, some in tables.items()}  # fmt: skip
    return found


def _record(table: str, record: str, stored: dict[str, Any]) -> Record:
    cls = BY_TABLE[table]
    values = {name: rowing.loaded(cls, name, value) for name, value in stored.items()}
    return cls(id=record, **{"removed": False, **values})


def check(history: History) -> None:
    """Compare each past with what was read then, and with the replay."""
    ledger = history.ledger
    replays = replayed(ledger)
    assert ledger.verify() == []
    assert set(replays) == {step.id for step in ledger.log(1000)}
    for step, tables in replays.items():
        with ledger.as_of(step) as past, past.read() as rows:
            for name, records in tables.items():
                cls = BY_TABLE[name]
                live, binned = (rows.find(Query(cls, removed=r)) for r in (False, True))
                assert live == [r for r in records.values() if not r.removed]
                assert binned == [r for r in records.values() if r.removed]
                assert rows.many(cls, list(records)) == records
            if step in history.seen:
                assert everything(rows) == history.seen[step]
            assert past.step.id == step


@pytest.fixture
def here(_read_here: None) -> None:
    """Tables are read in this process."""


def _run(folder: Path, seed: int, kinds: list[int]) -> None:
    path = folder / f"{secrets.token_hex(8)}.账套"
    history = History(path, seed)
    try:
        for kind in kinds:
            history.act(kind)
        check(history)
    finally:
        history.ledger.close()


@settings(max_examples=5, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(seed=st.integers(0, 10**9), kinds=st.lists(st.integers(0, 16), min_size=6, max_size=16))
def test_the_list_as_of_each_step_equals_a_replay(
    tmp_path: Path, seed: int, kinds: list[int]
) -> None:
    _run(tmp_path, seed, [0, 1, *kinds])


@pytest.mark.slow
@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(seed=st.integers(0, 10**9), kinds=st.lists(st.integers(0, 16), min_size=10, max_size=40))
def test_the_list_as_of_each_step_equals_a_replay_of_long_histories(
    tmp_path: Path, seed: int, kinds: list[int]
) -> None:
    _run(tmp_path, seed, [0, 1, *kinds])
