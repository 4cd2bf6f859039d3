"""Numbers and rows of random ledgers, counted by the program and again by the oracle."""

from __future__ import annotations

import ast
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
from ledger_desk.reports.indicator import OWED, OWED_SHARE, Indicator
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, splits_of, window_of
from ledger_desk.reports.texts import content_of
from ledger_desk.reports.valuing import Values
from ledger_desk.store.counting.totals import THINGS, Number, Scope, numbers
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

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
@settings(max_examples=6)
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
        offices = [None, None, None, None, *(str(row["id"]) for row in raw["office"])]
        office = chance.choice(offices)
        _numbers_agree(step.rows, raw, period, office, chance)
        if office is None:
            _rows_agree(step.rows, raw, period)


ASKED = {
    spec.id: [
        (spec, measure, by)
        for measure in (*spec.measures, *spec.compared) if measure not in (OWED, OWED_SHARE)
        for by in ("", *sorted(splits_of(spec)))
    ]
    for spec in INDICATORS.values()
}  # fmt: skip


def _numbers_agree(
    rows: Rows, raw: oracle.Raw, period: Period, office: str | None, chance: random.Random, many: int = 40
) -> None:  # fmt: skip
    values = Values(rows, period, SINCE, office)
    for indicator in chance.sample(sorted(ASKED), min(many, len(ASKED))):
        spec, measure, by = _question(indicator, chance)
        only: tuple[tuple[str, str], ...] = ()
        if chance.random() < 0.3 and (others := sorted(splits_of(spec) - {by})):
            name = chance.choice(others)
            met = values.split(spec.id, measure, name)
            only = ((name, chance.choice([*met, "411523001"])),)
        found = values.split(spec.id, measure, by, only) if by else {}
        for key in dict.fromkeys(["", "411523001", "企业", *found]) if by else [None]:
            ask = oracle.Question(
                spec.id, measure, period.start, period.end, SINCE, by, key, office, only
            )
            assert values.value(spec.id, measure, by, key, only) == oracle.recount(raw, ask), ask
        key = chance.choice(sorted(found)) if found else None
        _proof_agrees(values, spec, measure, by if key is not None else "", key, only)
        # A firm that moved counts in both townships: there only events and amounts add up.
        if (
            by == "kind"
            and measure in spec.measures
            and spec.adds_up
            and spec.kind != "figure"
            and not only
        ):
            whole = values.value(spec.id, measure)
            no_firm = spec.events in THINGS
            assert no_firm or whole == sum(value or 0 for value in found.values()), (
                spec.id,
                measure,
            )


def _question(indicator: str, chance: random.Random) -> tuple[Indicator, str, str]:
    """Mostly one that has an answer: of a day or a week long ago there is little to count."""
    wide = [
        asked for asked in ASKED[indicator] if asked[1] in ("启动以来累计", "本年累计", "期末数")
    ]
    return chance.choice(wide if wide and chance.random() < 0.6 else ASKED[indicator])


def _proof_agrees(
    values: Values, spec: Indicator, measure: str, by: str, key: str | None, only: tuple[tuple[str, str], ...]
) -> None:  # fmt: skip
    """The list behind a number is the number."""
    for part in values.proof(spec.id, measure, by, key, only):
        made = part.indicator
        firms = {line.enterprise for line in part.lines if line.enterprise}
        if made.kind == "figure":
            assert part.value in (None, sum(f.value or 0 for f in part.figures))
        elif made.kind == "mean":
            amount = sum(line.amount for line in part.lines)
            assert part.value == made.value_of(
                Number(0, 0, amount, sum(line.weighted for line in part.lines))
            )
        elif made.kind in ("firms", "set"):
            assert part.value == len(firms), (made.id, measure, by, key)
        else:
            assert part.value == (
                len(part.lines)
                if made.kind == "events"
                else sum(line.amount for line in part.lines)
            )


def test_every_indicator_is_recounted(empty: Ledger) -> None:
    """Each at least once, with one measure and one split."""
    chance = random.Random(20241120)
    with empty.rehearse() as step:
        write_random(step, chance, empty.office.id)
        _numbers_agree(step.rows, raw_rows(step.rows), PERIODS[1], None, chance, len(ASKED))


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
@settings(max_examples=3)
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
