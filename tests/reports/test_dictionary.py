"""口径词典: what an indicator depends on is so, what a change alters is said, plots count as forms do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.model.periods import Period, month
from ledger_desk.model.records import (
    Application,
    Bank,
    Closing,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Guarantee,
    Loan,
    Matching,
    Office,
    Park,
    Person,
    Referral,
    Tagging,
    Tenancy,
    Visit,
)
from ledger_desk.model.work_parameters import BY_KEY, PARAMETERS
from ledger_desk.reports import dictionary
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.effects import effects
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS
from ledger_desk.reports.series import Asked, read_behind, read_series, ways_of
from ledger_desk.reports.valuing import Values
from ledger_desk.store.ledger import Ledger
from ledger_desk.work import parameters

TODAY = date(2024, 11, 30)
NOVEMBER = month(2024, 11)
SINCE = MECHANISMS["小微企业融资协调工作机制"].since
WAN = 1_000_000
FIRST, SECOND = "411523100", "411523101"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Two firms at the edge of every rule: each rule, set otherwise, takes one of them in or out."""
    office = Office(name="新县专班", level="县级", division="411523")
    with Ledger.create(tmp_path / "甲.账套", office=office) as made:
        with made.step("登记") as step:
            bank = step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
            person, other = (step.create(Person(name=name)) for name in ("甲一", "乙二"))
            park = step.create(Park(name="甲园", stars="四星级"))
            middle = step.create(Park(name="乙园", stars="三星级"))
            rest = step.create(Park(name="丙园", stars="二星级"))
            for place, township in enumerate((FIRST, SECOND)):
                firm = step.create(Enterprise(name=f"第{place}厂", township=township, kind="企业"))
                step.create(Tagging(enterprise=firm, tag="百行进万企", since=date(2024, 10, 1)))
                for home in (park, middle, rest):
                    step.create(Tenancy(park=home, enterprise=firm, since=date(2024, 1, 1)))
                # Two visitors, nothing else that a rule may ask for.
                step.create(
                    Visit(enterprise=firm, day=date(2024, 11, 5 + place), kind="走访", method="电话",
                          first=person, second=other, office=made.office.id, result="未见负责人")
                )  # fmt: skip
                step.create(
                    Visit(enterprise=firm, day=date(2024, 10, 5), kind="走访", method="电话", first=person,
                          office=made.office.id, result="拒访")
                )  # fmt: skip
                asked = step.create(Application(enterprise=firm, applied_on=date(2024, 10, 2)))
                pushed = step.create(
                    Referral(application=asked, enterprise=firm, bank=bank, pushed_on=date(2024, 10, 1),
                             complete_on=date(2024, 10, 5) if place else date(2024, 9, 25))
                )  # fmt: skip
                met = step.create(
                    Matching(enterprise=firm, bank=bank, day=date(2024, 10, 4), referral=pushed,
                             office=made.office.id)
                )  # fmt: skip
                step.create(
                    Credit(
                        matching=met,
                        decided_on=date(2024, 11, 1),
                        granted=not place,
                        amount=30 * WAN,
                    )
                )
                if not place:  # a first loan, unless one looks back further than usual
                    step.create(Loan(enterprise=firm, bank=bank, signed_on=date(2015, 1, 5),
                                     due_on=date(2016, 1, 5)))  # fmt: skip
                    step.create(Cultivation(enterprise=firm, listed_on=date(2024, 11, 1),
                                            prior_loan="无贷", checked_on=date(2024, 11, 1)))  # fmt: skip
                    loan = step.create(Loan(enterprise=firm, bank=bank, matching=met))
                    step.create(Drawdown(loan=loan, day=date(2024, 11, 10), amount=20 * WAN))
                step.create(
                    Guarantee(enterprise=firm, bank=bank, since=date(2024, 11, 2), amount=400 * WAN,
                              fee=9_000)
                )  # fmt: skip
        yield made


OTHERWISE = {
    "visit.two_visitors": False, "visit.met_owner": True, "visit.on_site": True, "visit.place": True,
    "visit.evidence": True, "visit.found": False, "clock.decision_days": 20, "first_loan.years": 40,
    "clock.decision_start": "推送日", "clock.decision_unit": "工作日", "guarantee.fee": "0.8",
    "guarantee.single": 300, "park.top": 40, "park.middle": 40, "park.rest": 60,
}  # fmt: skip


def count(ledger: Ledger) -> dict[str, object]:
    """Every number that lines are counted for, as of the last day of November."""
    with ledger.read() as rows:
        values = Values(rows, NOVEMBER, SINCE)
        return {
            each.id: values.value(each.id, "期末数" if "期末数" in each.measures else "启动以来累计")
            for each in INDICATORS.values()
            if not each.reported
        }  # fmt: skip


def test_a_parameter_moves_only_numbers_that_declare_it(ledger) -> None:
    before = count(ledger)
    for key, value in OTHERWISE.items():
        # A visit of one person who was turned away: two rules stand in its way, so one goes first.
        first = {"visit.found": "visit.two_visitors", "visit.two_visitors": "visit.found"}.get(key)
        held = parameters.put(ledger, first, False, date(2024, 1, 1)) if first else None
        base = count(ledger) if first else before
        step = parameters.put(ledger, key, value, date(2024, 1, 1))
        after = count(ledger)
        ledger.undo(step)
        if held:
            ledger.undo(held)
        declared = {each.id for each in dictionary.dependents_of(key)}
        moved = {name for name in after if after[name] != base[name]}
        assert moved, f"{key}: nothing moved"
        assert moved <= declared, key


def test_every_other_parameter_moves_no_number(ledger) -> None:
    before = count(ledger)
    rest = [each for each in PARAMETERS if not dictionary.dependents_of(each.key)]
    assert {each.key for each in rest} == {each.key for each in PARAMETERS} - set(OTHERWISE)
    for each in rest:
        value = {"是": False, "否": True}.get(each.default, each.kind.parse("1", None) if each.default.isdecimal() else each.kind.parse(each.default, None))  # fmt: skip
        parameters.put(ledger, each.key, value, date(2024, 1, 1))
    assert count(ledger) == before


def test_a_ratio_depends_on_what_both_its_sides_depend_on() -> None:
    assert "visit.found" in dictionary.parameters_of(INDICATORS["effective_rate"])
    assert not dictionary.parameters_of(INDICATORS["visit_rate"])


def test_the_dictionary_has_every_indicator_once_with_its_forms_and_finds_it() -> None:
    forms = load_forms()
    found = dictionary.entries(forms)
    assert [each.indicator.id for each in found] == list(INDICATORS)
    by_id = {each.indicator.id: each for each in found}
    used = {name for form in forms.forms.values() for name in dictionary.indicators_in(form.shape)}
    assert {name for name, each in by_id.items() if each.forms} == used
    search = dictionary.Search(found)
    assert search.find("首贷户数")[0].indicator.id == "first_loan_firms"
    assert "first_loan_firms" in [each.indicator.id for each in search.find("sdhs")]
    assert "first_loan_firms" in [each.indicator.id for each in search.find("征信 佐证")]
    assert search.find("没有这种指标") == []


def test_a_change_names_forms_and_open_periods_and_leaves_closed_ones(ledger) -> None:
    form = "credit_access"
    with ledger.step("结账") as step:
        step.create(
            Closing(form=form, form_title="获得信贷指标月报", starts_on=date(2024, 10, 1),
                    ends_on=date(2024, 10, 31), number=1, state="已结账", closed_on=date(2024, 11, 5))
        )  # fmt: skip
    with ledger.read() as rows:
        found = effects(rows, load_forms(ledger), "clock.decision_days")
        quiet = effects(rows, load_forms(ledger), "visit.warn_days")
    said = "".join(found.sentences(date(2024, 10, 15), TODAY))
    assert "获得信贷指标月报：没有结账的 1 期会变：2024年11月。" in said
    assert "已结账的 1 期不动，留底照旧：获得信贷指标月报 2024年10月。" in said
    later = "".join(found.sentences(date(2024, 11, 2), TODAY))
    assert "已结账" not in later
    assert "2024年11月" in later
    assert quiet.sentences(TODAY, TODAY) == ["只管提醒、时限和审核，哪一期报表的数都不改。"]


def test_points_are_the_numbers_of_forms_and_their_firms_are_as_many(ledger) -> None:
    spec = INDICATORS["effective_firms"]
    series = read_series(ledger, Asked(spec.id, "本期", "township", NOVEMBER))
    some = {each.label: each.value for each in series.points if each.value}
    assert sorted(some.values()) == [1, 1]
    assert series.whole is not None
    assert series.whole.text == "2 户"
    with ledger.read() as rows:
        assert series.whole.value == Values(rows, NOVEMBER, SINCE).value(spec.id, "本期")
    point = next(each for each in series.points if each.value)
    [part] = read_behind(ledger, series.asked, point)
    assert [each.township for each in part.members] == [point.key]
    [whole] = read_behind(ledger, series.asked, series.whole)
    assert len(whole.members) == 2


def test_a_row_over_months_goes_back_a_year_and_one_over_weeks_begins_on_mondays(ledger) -> None:
    spec = INDICATORS["visits"]
    months = read_series(ledger, Asked(spec.id, "本期", "month", Period(TODAY, TODAY)))
    assert [each.value for each in months.points][-2:] == [2, 2]
    assert (months.points[0].label, months.points[-1].label) == ("2023年12月", "2024年11月")
    weeks = read_series(ledger, Asked(spec.id, "本期", "week", Period(TODAY, TODAY)))
    assert {each.period.start.weekday() for each in weeks.points} == {0}
    assert weeks.points[-1].period.contains(TODAY)
    assert sum(each.value or 0 for each in weeks.points) == 4


def test_a_ratio_says_which_two_numbers_it_is_made_of(ledger) -> None:
    spec = INDICATORS["low_fee_share"]
    assert "township" in ways_of(spec)
    series = read_series(ledger, Asked(spec.id, "本期", "month", NOVEMBER))
    assert series.points[-1].text == "100.00%"
    assert series.points[0].text == "—"
    top, bottom = read_behind(ledger, series.asked, series.points[-1])
    assert (top.text, bottom.text) == ("800.00 万元", "800.00 万元")
    assert (
        BY_KEY["guarantee.fee"]
        in next(
            each for each in dictionary.entries(load_forms()) if each.indicator is spec
        ).parameters
    )


def test_a_rule_of_visits_holds_for_numbers_from_its_own_day_on(ledger) -> None:
    parameters.put(ledger, "visit.met_owner", True, date(2024, 11, 15))
    with ledger.read() as rows:
        first = Values(rows, Period(date(2024, 11, 1), date(2024, 11, 14)), SINCE)
        whole = Values(rows, NOVEMBER, SINCE)
        assert first.value("effective_visits", "本期") == 2
        assert whole.value("effective_visits", "本期") == 0
