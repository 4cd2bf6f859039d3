from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.errors import Cancelled
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.identifiers import check_credit_code
from ledger_desk.model.periods import month_of
from ledger_desk.model.records import (
    RECORDS,
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Figure,
    Help,
    Loan,
    Matching,
    Office,
    Repayment,
)
from ledger_desk.practice.making import make_practice
from ledger_desk.reports import catalogue
from ledger_desk.store import blobs, health
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.practice.conftest import TODAY


def _records(ledger: Ledger) -> dict[str, list[Record]]:
    with ledger.read() as rows:
        return {cls.TABLE: rows.find(Query(cls)) for cls in RECORDS}


def test_the_same_arguments_make_the_same_records(tmp_path: Path) -> None:
    made = []
    for name in ("once", "again"):
        with make_practice(tmp_path / f"{name}.账套", firms=20, today=TODAY) as ledger:
            made.append(_records(ledger))
    assert made[0] == made[1]


def test_another_seed_makes_another_county(practice: Ledger, tmp_path: Path) -> None:
    with make_practice(tmp_path / "other.账套", today=TODAY, seed=7, season=False) as other:
        here = {firm.name for firm in practice.find(Query(Enterprise))}
        there = {firm.name for firm in other.find(Query(Enterprise))}
    assert len(here & there) < 20


def test_it_is_a_sound_practice_ledger_made_in_named_steps(practice: Ledger) -> None:
    assert practice.practice
    assert practice.person is not None
    found = health.check(practice)
    assert (found.ok, found.findings) == (True, ())
    names = [step.name for step in practice.log(limit=100_000)]
    assert "练习：2024年11月银企对接" in names
    assert len([n for n in names if n.startswith("练习：") and "银企对接" in n]) == 6


def test_firms_are_of_every_kind_and_size_and_have_gaps(practice: Ledger) -> None:
    firms = practice.find(Query(Enterprise))
    assert len(firms) == 200
    assert set(Counter(firm.kind for firm in firms)) == {
        "企业",
        "个体工商户",
        "农民专业合作社",
        "家庭农场",
    }
    with practice.read() as rows:
        computed = rows.computed([firm.id for firm in firms]).values()
    assert {"微型", "小型", "中型", ""} <= {size for size, _ in computed}
    assert min(complete for _, complete in computed) < 90
    assert any(firm.phone is None for firm in firms)
    assert any(firm.code is None for firm in firms)
    wrong = [firm for firm in firms if firm.code and not check_credit_code(firm.code).ok]
    assert 1 <= len(wrong) <= 5
    assert all(firm.code_reason for firm in wrong)


def test_no_name_is_that_of_a_real_firm_of_the_county(practice: Ledger, open_data: Path) -> None:
    file = open_data / "01_enterprise_lists" / "新县411523_真实企业.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        real = {cell for row in csv.reader(lines) for cell in row}
    firms = practice.find(Query(Enterprise))
    assert not real & {value for firm in firms for value in (firm.name, firm.code)}


def test_work_of_every_kind_is_there_and_none_of_it_in_the_future(practice: Ledger) -> None:
    with practice.read() as rows:
        for cls in (
            Bank,
            Office,
            Cultivation,
            Help,
            Matching,
            Credit,
            Loan,
            Drawdown,
            Repayment,
            Figure,
        ):
            assert rows.count(Query(cls)) >= 15, cls
        days = [m.day for m in rows.find(Query(Matching))] + [
            d.day for d in rows.find(Query(Drawdown))
        ]
        days += [c.decided_on for c in rows.find(Query(Credit))] + [
            h.day for h in rows.find(Query(Help))
        ]
        days += [r.day for r in rows.find(Query(Repayment))] + [
            f.day for f in rows.find(Query(Figure))
        ]
    assert max(day for day in days if day) <= TODAY
    assert {granted for granted in (c.granted for c in practice.find(Query(Credit)))} == {
        True,
        False,
    }


def test_the_month_has_one_of_each_thing_that_a_clerk_must_learn(practice: Ledger) -> None:
    period = month_of(TODAY)
    made = catalogue.run(practice, "first_loan_ledger", period.start, period.end)
    rules = Counter(finding.rule for finding in made.checks.findings)
    assert made.checks.counts["must"] == rules["granted_without_security"] == 1
    assert rules["drawn_above_credit"] == 1
    cells = [row.source.values for block in made.report.blocks for row in block.rows]
    assert any(row["granted"] is False and row["problem"] for row in cells)
    assert any(row["granted"] is None for row in cells)
    older = [
        row for row in cells if row["day"] and row["day"] < period.start and row["drawn_amount"]
    ]
    assert older
    assert all("对接" in row["note"] for row in older)
    names = "".join(row["enterprise"] for row in cells)
    assert set("𫍽𬭎㛃䶮赟") <= set(names)


def test_earlier_months_have_nothing_that_must_be_mended(practice: Ledger) -> None:
    period = month_of(TODAY).previous()
    made = catalogue.run(practice, "first_loan_ledger", period.start, period.end)
    assert made.report.rows >= 20
    assert made.checks.counts["must"] == 0


def test_one_township_is_late_with_its_balance(practice: Ledger) -> None:
    now = {f.division for f in practice.find(Query(Figure)) if f.day == TODAY}
    assert len(now) == 15
    assert "411523210" not in now


@pytest.mark.parametrize("firms", [1, 3, 40])
def test_even_a_tiny_ledger_has_its_odd_matchings(tmp_path: Path, firms: int) -> None:
    with make_practice(tmp_path / "tiny.账套", firms=firms, today=TODAY) as ledger:
        assert ledger.count(Query(Enterprise)) == firms
        period = month_of(TODAY)
        made = catalogue.run(ledger, "first_loan_ledger", period.start, period.end)
        assert made.checks.counts["must"] >= 1
        assert ledger.verify() == []


@pytest.mark.parametrize(
    "today", [date(2025, 1, 1), date(2024, 2, 29), date(2024, 6, 1), date(2024, 3, 31)]
)
def test_any_day_of_the_calendar_can_be_today(tmp_path: Path, today: date) -> None:
    with make_practice(tmp_path / "day.账套", firms=20, today=today) as ledger:
        period = month_of(today)
        made = catalogue.run(ledger, "first_loan_ledger", period.start, period.end)
        assert made.report.rows >= 6
        assert all(m.day and m.day <= today for m in ledger.find(Query(Matching)))


def test_cancelling_leaves_no_file(tmp_path: Path) -> None:
    def stop(done: int, total: int, note: str = "") -> None:
        if "银企对接" in note:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_practice(tmp_path / "gone.账套", firms=20, today=TODAY, progress=stop)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []


def test_a_wanted_number_of_matchings_is_made(tmp_path: Path) -> None:
    with make_practice(tmp_path / "many.账套", firms=50, matchings=600, today=TODAY) as ledger:
        assert ledger.count(Query(Matching)) == 606  # and the six odd ones


def test_files_hold_something_in_every_section_and_differ_in_how_much(practice: Ledger) -> None:
    from ledger_desk.model.sections import SECTIONS

    found = _records(practice)
    lists = [cls for section in SECTIONS for cls in section.lists]
    assert [cls.LABEL for cls in lists if not found[cls.TABLE]] == []
    files = Counter(
        str(record.enterprise)
        for cls in lists if "enterprise" in field_map(cls)
        for record in found[cls.TABLE]
    )  # fmt: skip
    assert max(files.values()) >= 20
    assert min(files.values()) <= 4
    with practice.read() as rows:
        for paper in found["attachment"]:
            assert len(blobs.read(rows, paper.hash, paper.name)) == paper.size


def test_loans_that_were_there_before_go_to_firms_that_nobody_cultivates(
    practice: Ledger,
) -> None:
    found = _records(practice)
    worked = {record.enterprise for table in ("cultivation", "matching") for record in found[table]}
    before = [loan for loan in found["loan"] if loan.balance_on]
    assert len(before) >= 20
    assert worked.isdisjoint(loan.enterprise for loan in before)
