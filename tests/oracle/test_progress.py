"""进度总览 against the oracle on random ledgers: every number, every rate, and the firms behind each."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.model.records import Office
from ledger_desk.reports.progress import (
    MEASURES,
    MECHANISM,
    RATES,
    STAGES,
    firms_behind,
    firms_of_rate,
    read_overview,
)
from ledger_desk.store.ledger import Ledger

from . import recount as oracle
from .ledgers import write_random
from .recount_work import COUNTED
from .test_recount import PERIODS, raw_rows

SINCE = MECHANISM.since


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("progress") / "空.ledger"
    with Ledger.create(
        path, office=Office(name="甲县工作专班", level="县级", division="411523")
    ) as ledger:
        yield ledger


def members(raw: oracle.Raw, indicator: str, last: str, by: str, key: str | None) -> set[str]:
    """Firms of an indicator since the mechanism began, recounted."""
    firms = {row["id"]: row for row in raw["enterprise"] if not row["removed"]}
    found = set()
    for event in COUNTED[indicator](raw, last, by):
        if event.firm not in firms or not SINCE.isoformat() <= event.day <= last:
            continue
        part = event.bank if by == "bank" else event.township or firms[event.firm]["township"]
        if key is None or (part or "") == key:
            found.add(event.firm)
    return found


def owed_and_done(
    raw: oracle.Raw, last: str, by: str, key: str | None
) -> dict[str, tuple[set[str], set[str]]]:
    """`decisions.md` 20, 21: removed firms are out, what the bank has not said stays in."""

    def of(name: str) -> set[str]:
        return members(raw, f"{name}_firms", last, by, key)

    listed, granted, drawn = of("recommended"), of("list_granted"), of("list_drawn")
    fit = {f for f in listed if f in granted or f in of("qualified") or f not in of("unqualified")}
    wanting = {f for f in granted if f in drawn or f in of("wanting") or f not in of("unwanting")}
    return {
        "contacted": (listed, listed & of("contacted")),
        "granted": (fit, fit & granted),
        "drawn": (wanting, wanting & drawn),
    }


@given(seed=st.integers(0, 2**32))
@settings(max_examples=12)
def test_every_figure_is_what_the_oracle_counts_and_opens_to_as_many_firms(
    empty: Ledger, seed: int
) -> None:
    chance = random.Random(seed)
    with empty.rehearse() as step:
        write_random(step, chance, empty.office.id)
        raw, period = raw_rows(step.rows), chance.choice([p for p in PERIODS if p.end >= SINCE])
        measure, by = chance.choice(list(MEASURES)), chance.choice(["township", "bank"])
        found = read_overview(step.rows, empty.office, period, measure, by)
        last = max(period.end, SINCE).isoformat()
        for key, row in [(None, found.whole), *((row.key, row) for row in found.rows)]:
            for stage in STAGES:
                asked = [
                    (stage.firms, row.firms(stage.key)),
                    *([(stage.money, row.amount(stage.key))] if stage.money else []),
                ]
                split = by if key is not None else ""
                for indicator, number in asked:
                    ask = oracle.Question(
                        indicator, measure, period.start, period.end, SINCE, split, key
                    )
                    assert number == oracle.recount(raw, ask), ask
                if row.firms(stage.key):
                    listed = firms_behind(step.rows, found, stage.key, key)
                    assert (
                        len({each.enterprise for each in listed})
                        == len(listed)
                        == row.firms(stage.key)
                    )
                    if stage.money:
                        assert sum(each.amount for each in listed) == row.amount(stage.key)
                    assert all(
                        found.window.first <= each.first <= each.last <= period.end
                        for each in listed
                    )
            again = owed_and_done(raw, last, by if key is not None else "", key)
            for rate in RATES:
                if rate.key in row.rates:
                    firms = row.rates[rate.key]
                    assert (set(firms.owed), set(firms.done)) == again[rate.key], (rate, key)
                    for which in ("short", "done", "unset"):
                        opened = firms_of_rate(step.rows, found, rate.key, which, key)
                        assert {each.enterprise for each in opened} == getattr(firms, which)
                else:
                    assert again[rate.key] == (set(), set())
