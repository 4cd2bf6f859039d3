"""Numbers and rows of random ledgers, counted by the program and again by the oracle."""

from __future__ import annotations

import ast
import itertools
import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.model.periods import Period, month, whole_months
from ledger_desk.model.records import RECORDS, Bank, Office
from ledger_desk.reports.contact_rows import read_contacts
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, window_of
from ledger_desk.reports.texts import content_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.store.totals import Number, Scope, lines, numbers, proof

from . import recount as oracle
from .ledgers import write_random

SINCE = MECHANISMS["首贷培植行动"].since
PERIODS = [
    month(2024, 10), Period(date(2024, 10, 16), date(2024, 11, 20)), Period(date(2024, 1, 1), date(2024, 12, 31)),
    Period(date(2020, 7, 1), date(2020, 10, 31)), month(2023, 12),
]  # fmt: skip


def raw_rows(rows: Rows) -> oracle.Raw:
    found: oracle.Raw = {}
    for cls in RECORDS:
        answer = rows.connection.exec_driver_sql(f"SELECT * FROM {cls.TABLE}")
        found[cls.TABLE] = [dict(row._mapping) for row in answer]
    return found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One ledger for all examples: each writes in a rehearsal, which is rolled back."""
    path = tmp_path_factory.mktemp("oracle") / "空.ledger"
    office = Office(name="甲县工作专班", level="县级", division="411523")
    with Ledger.create(path, office=office) as ledger:
        yield ledger


@given(seed=st.integers(0, 2**32))
@settings(max_examples=15)
def test_every_number_and_every_row_is_what_the_oracle_counts(empty: Ledger, seed: int) -> None:
    _compare(empty, seed)


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@settings(max_examples=400)
def test_four_hundred_ledgers_are_what_the_oracle_counts(empty: Ledger, seed: int) -> None:
    _compare(empty, seed)


def _compare(empty: Ledger, seed: int) -> None:
    chance = random.Random(seed)
    with empty.rehearse() as step:
        write_random(step, chance, empty.office.id)
        raw = raw_rows(step.rows)
        period = chance.choice(PERIODS)
        offices = [None, empty.office.id, *(row["id"] for row in raw["office"])]
        office = chance.choice(offices)
        _numbers_agree(step.rows, raw, period, office, chance)
        if office is None:
            _rows_agree(step.rows, raw, period)


ASKED = [
    (spec, measure, by)
    for spec in INDICATORS.values() if not spec.reported
    for measure, by in itertools.product(spec.measures, ("", "township", "kind", "bank"))
]  # fmt: skip


def _numbers_agree(
    rows: Rows, raw: oracle.Raw, period: Period, office: str | None, chance: random.Random
) -> None:
    for spec, measure, by in chance.sample(ASKED, 48):
        window = window_of(measure, period, SINCE)
        scope = Scope(by, office)
        found = numbers(rows, spec.events, window, scope)
        keys = ["", "411523001", "企业", *found]
        for key in dict.fromkeys(keys if by else [""]):
            part = key if by else None
            ask = oracle.Question(
                spec.id, measure, period.start, period.end, SINCE, by, part, office
            )
            assert spec.value_of(found.get(key, Number())) == oracle.recount(raw, ask), ask
        # The list behind a number is the number.
        if found:
            key = chance.choice(sorted(found))
            part = key if by else None
            firms = proof(rows, spec.events, window, scope, part)
            events = lines(rows, spec.events, window, scope, part)
            number = found[key]
            assert number.firms == len(firms) == len({line.enterprise for line in events})
            assert number.events == sum(f.events for f in firms) == len(events)
            assert number.amount == sum(f.amount for f in firms) == sum(e.amount for e in events)
        # A firm that moved counts in both townships: there only events and amounts add up.
        if by == "kind" or (by == "township" and spec.unit != "户" and measure != "本期新增"):
            whole = numbers(rows, spec.events, window, Scope("", office))[""]
            assert spec.value_of(whole) == sum(spec.value_of(n) for n in found.values())


def _rows_agree(rows: Rows, raw: oracle.Raw, period: Period) -> None:
    made = []
    for row in read_contacts(rows, period, None):
        values = row.values
        made.append(
            (
                row.enterprise.record if row.enterprise else None,
                content_of(values["granted"], "yes_no")[0],
                content_of(values["credit_amount"], "money")[0],
                values["security"],
                values["problem"],
                content_of(values["drawn_amount"], "money")[0],
            )
        )
    again = oracle.ledger_rows(raw, period.start, period.end)
    assert sorted(made, key=repr) == sorted(again, key=repr)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=6)
def test_new_firms_of_the_months_add_up_to_the_cumulative(empty: Ledger, seed: int) -> None:
    chance = random.Random(seed)
    with empty.rehearse() as step:
        write_random(step, chance, empty.office.id)
        last = date(2024, 12, 31)
        for by in ("", "bank"):
            added: dict[str, int] = {}
            period = whole_months(SINCE, 4)
            while period.end <= last:
                window = window_of("本期新增", period, SINCE)
                for key, number in numbers(step.rows, "drawdowns", window, Scope(by)).items():
                    added[key] = added.get(key, 0) + number.firms
                period = period.next()
            window = window_of("启动以来累计", Period(last - timedelta(30), last), SINCE)
            whole = numbers(step.rows, "drawdowns", window, Scope(by))
            assert {k: n for k, n in added.items() if n} == {
                k: n.firms for k, n in whole.items() if n.firms
            }


def test_banks_are_made_so_that_a_firm_stands_in_several(empty: Ledger) -> None:
    """Else the tests above would not tell distinct firms from rows."""
    with empty.rehearse() as step:
        write_random(step, random.Random(7), empty.office.id)
        window = window_of("本年累计", month(2024, 12), SINCE)
        parts = numbers(step.rows, "matchings", window, Scope("bank"))
        whole = numbers(step.rows, "matchings", window, Scope())[""]
        assert sum(n.firms for n in parts.values()) > whole.firms > 0
        assert all(step.rows.get(Bank, key) for key in parts)
        assert uuid.UUID(next(iter(parts)))


def test_the_oracle_shares_no_code_with_what_it_checks() -> None:
    tree = ast.parse(Path(oracle.__file__).read_text(encoding="utf-8"))
    imported = [
        name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or "."])
    ]  # fmt: skip
    assert imported
    assert not [name for name in imported if name.startswith(("ledger_desk", "sqlalchemy", "."))]
