"""Firms at activities, contacts that come of them, who has sent and who has not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.model.records import Activity, Attendance, Bank, Matching, Office, Target, TaxYear
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import activities, reporting_duties
from ledger_desk.work.activities import Contact
from ledger_desk.work.calendars import read_calendar
from tests.work.season_parts import TODAY, banks, county, firms


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with county(tmp_path) as made:
        yield made


def hold(ledger: Ledger, kind: str = "首贷专场对接会", day: date = TODAY, **more: object) -> str:
    with ledger.step("登记活动") as step:
        return step.create(
            Activity(**{"name": f"{kind}{day}", "kind": kind, "day": day, "office": ledger.office.id, **more})
        )  # fmt: skip


def test_many_firms_take_part_at_once_and_each_only_once(ledger) -> None:
    some, fair = firms(ledger, 4), hold(ledger)
    assert len(activities.attend(ledger, fair, some[:3]).done) == 3
    assert ledger.get(Activity, fair).firms == 3
    again = activities.attend(ledger, fair, some)
    assert (len(again.done), len(again.refused)) == (1, 3)
    assert ledger.get(Activity, fair).firms == 4
    ledger.undo(again.step)
    assert ledger.count(Query(Attendance)) == 3


def test_a_number_of_firms_that_somebody_wrote_is_not_lowered(ledger) -> None:
    fair = hold(ledger, firms=60)
    activities.attend(ledger, fair, firms(ledger, 2))
    assert ledger.get(Activity, fair).firms == 60


def test_contacts_of_those_who_came_carry_activity_office_day_and_bank_and_are_not_doubled(
    ledger,
) -> None:
    some, fair, bank = firms(ledger, 2), hold(ledger), banks(ledger)["新县农商行"]
    came = activities.attend(ledger, fair, some).done
    contact = Contact(bank, ledger.office.id, TODAY)
    done = activities.match_attendances(ledger, came, contact)
    found = ledger.find(Query(Matching))
    assert {
        (each.enterprise, each.activity, each.bank, each.day, each.method) for each in found
    } == {(firm, fair, bank, TODAY, "对接会") for firm in some}
    assert len(done.done) == 2
    again = activities.match_attendances(ledger, came, contact)
    assert again.step is None
    assert "已经登记过" in again.refused[0].why


def test_tax_rated_firms_are_brought_to_a_bank(ledger) -> None:
    firm, bank = firms(ledger, 1)[0], banks(ledger)["新县农商行"]
    with ledger.step("纳税") as step:
        year = step.create(TaxYear(enterprise=firm, year=2023, grade="A"))
    activities.match_tax_rated(ledger, [year], Contact(bank, ledger.office.id, TODAY))
    assert ledger.find(Query(Matching))[0].note == "银税互动：2023 年度纳税信用 A 级"


def test_a_report_is_sent_once_and_not_before_it_was_written(ledger) -> None:
    report = hold(ledger, "专题信息")
    early = activities.send(ledger, [report], date(2024, 11, 19))
    assert "早于成稿" in early.refused[0].why
    assert activities.send(ledger, [report], TODAY, "市中心支行").done
    assert "已在 2024-11-20 报送" in activities.send(ledger, [report], TODAY).refused[0].why


def test_each_month_says_who_sent_who_only_wrote_and_who_did_nothing(ledger) -> None:
    with ledger.step("登记单位") as step:
        step.create(Office(name="沙窝镇", level="乡镇"))
    hold(ledger, "专题信息", date(2024, 9, 12), sent_on=date(2024, 9, 30))
    hold(ledger, "专题信息", date(2024, 10, 12))
    spans = reporting_duties.months(TODAY, 3)
    with ledger.read() as rows:
        found = reporting_duties.monthly_reports(rows, spans, TODAY)
    told = {duty.name: [spot.state for spot in duty.spots] for duty in found}
    assert [span.text for span in spans] == ["2024年9月", "2024年10月", "2024年11月"]
    assert told == {
        "新县专班": ["done", "half", "running"], "沙窝镇": ["missing", "missing", "running"],
    }  # fmt: skip
    assert {duty.name: duty.missed for duty in found} == {"新县专班": 0, "沙窝镇": 2}


def test_with_quotas_only_those_who_have_one_owe_a_report(ledger) -> None:
    with ledger.step("登记单位") as step:
        step.create(Office(name="沙窝镇", level="乡镇"))
        step.create(
            Target(
                indicator="专题信息", bank_type="国有商业银行", since=TODAY, until=TODAY, value=1
            )
        )
    with ledger.read() as rows:
        found = reporting_duties.monthly_reports(rows, reporting_duties.months(TODAY, 1), TODAY)
    assert {(duty.table, duty.name) for duty in found} == {
        ("bank", "乙国有银行新县支行"), ("bank", "甲国有银行新县支行"),
    }  # fmt: skip


def test_a_week_without_a_reception_day_is_missed_but_not_this_week_nor_a_free_one(ledger) -> None:
    bank = banks(ledger)["新县农商行"]
    hold(ledger, "行长接待日", date(2024, 11, 13), bank=bank)
    hold(ledger, "行长接待日", date(2024, 1, 3), bank=bank)
    spans = reporting_duties.weeks(TODAY, 3)
    with ledger.read() as rows:
        calendar = read_calendar(rows)
        found = reporting_duties.reception_days(rows, spans, TODAY, calendar)
        spring = reporting_duties.weeks(date(2024, 2, 18), 2)
        holiday = reporting_duties.reception_days(rows, spring, TODAY, calendar)
    assert [(span.first, span.last) for span in spans][-1] == (
        date(2024, 11, 18),
        date(2024, 11, 24),
    )
    told = {duty.name: [spot.state for spot in duty.spots] for duty in found}
    assert told["新县农商行"] == ["missing", "done", "running"]
    assert told["新县村镇银行"] == ["missing", "missing", "running"]
    # 2024-02-10 to 02-17 are off, but Sunday the 18th and the days before the 10th are worked.
    assert [spot.state for spot in holiday[0].spots] == ["missing", "missing"]


def test_nothing_was_missed_before_anybody_began(ledger) -> None:
    bank = banks(ledger)["新县农商行"]
    spans = reporting_duties.weeks(TODAY, 3)

    def states() -> set[str]:
        with ledger.read() as rows:
            calendar = read_calendar(rows)
            found = reporting_duties.reception_days(rows, spans, TODAY, calendar)
        return {spot.state for duty in found for spot in duty.spots[:2]}

    assert states() == {"free"}
    hold(ledger, "行长接待日", date(2024, 11, 6), bank=bank)
    assert states() == {"missing", "done"}


def test_a_week_with_no_working_day_asks_for_nothing(ledger) -> None:
    from ledger_desk.model.workdays import Calendar

    spans = reporting_duties.weeks(date(2024, 2, 14), 1)
    off = {date(2024, 2, 12 + n): False for n in range(7)}
    with ledger.read() as rows:
        found = reporting_duties.reception_days(
            rows, spans, TODAY, Calendar(off, frozenset([2024]))
        )
    assert found[0].spots[0].state == "free"


def test_the_fairs_of_a_year_are_counted(ledger) -> None:
    hold(ledger, day=date(2024, 5, 1), firms=30, signed=4, signed_amount=80_000_000)
    hold(ledger, day=date(2023, 5, 1))
    with ledger.read() as rows:
        assert reporting_duties.fairs_of(rows, 2024) == reporting_duties.Fairs(
            1, 1, 30, 4, 80_000_000
        )
        assert reporting_duties.fairs_of(rows, 2022).held == 0


def test_no_bank_no_contact(ledger) -> None:
    from ledger_desk.errors import UserError

    fair = hold(ledger)
    came = activities.attend(ledger, fair, firms(ledger, 1)).done
    with pytest.raises(UserError, match="哪家银行"):
        activities.match_attendances(ledger, came, Contact("", ledger.office.id, TODAY))
    assert ledger.count(Query(Bank)) == 4
