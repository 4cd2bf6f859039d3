"""Every clock on both sides of its limit, over Spring Festival and adjusted workdays, with each starting event.

2025: 01-28 to 02-04 are off, Sunday 01-26 and Saturday 02-08 are worked (国办发明电〔2024〕12号).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.model.exchanging import Dispatch
from ledger_desk.model.records import (
    Activity,
    Application,
    Bank,
    Credit,
    Cultivation,
    Enterprise,
    Loan,
    Matching,
    Rectification,
    Referral,
    Renewal,
    Ticket,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.work import bank_clocks, parameters
from ledger_desk.work.calendars import read_calendar
from ledger_desk.work.duties import Asked, Duty, FormDue, duties, read_agenda
from ledger_desk.work.duty import LATE, LATER, TODAY, WEEK
from tests.work.season_parts import county

ONE = timedelta(days=1)
START = date(
    2025, 1, 24
)  # Friday; then 01-26, 01-27, 02-05, 02-06, 02-07, 02-08, 02-10 … are worked
FORMS = (FormDue("first_loan_ledger", "普惠小微企业首贷培植行动工作台帐", "月", 10, "八（一）"),)
OLD = date(2020, 1, 1)

Make = Callable[[Any, str, str], object]


@dataclass
class Case:
    """A clock: what starts it, under which parameters, and the last day by hand."""

    name: str
    key: str
    limit: date
    make: Make
    held: dict[str, Any] = field(default_factory=dict)
    table: str = ""


def need(step, firm: str, bank: str, **more: Any) -> str:
    return step.create(Application(enterprise=firm, bank1=bank, state="已推荐", **more))


def referral(**days: Any) -> Make:
    more = {name: days.pop(name) for name in ("security", "first_loan") if name in days}

    def make(step, firm: str, bank: str) -> str:
        given = {"pushed_on": OLD, **days}
        return step.create(
            Referral(
                application=need(step, firm, bank, **more), enterprise=firm, bank=bank, **given
            )
        )

    return make


def refused(**days: Any) -> Make:
    credit = {
        "decided_on": days.pop("decided_on", OLD),
        **{k: days.pop(k) for k in ("mend_by",) if k in days},
    }

    def make(step, firm: str, bank: str) -> str:
        record = referral(**days)(step, firm, bank)
        met = step.create(
            Matching(office=None, enterprise=firm, bank=bank, day=OLD, referral=record)
        )
        step.create(
            Credit(matching=met, granted=False, reason="抵押物不足", repairable=True, **credit)
        )
        return record

    return make


def simple(cls: type, **values: Any) -> Make:
    def make(step, firm: str, bank: str) -> str:
        given = {
            key: {"FIRM": firm, "BANK": bank}.get(value, value) for key, value in values.items()
        }
        return step.create(cls(**given))

    return make


def planned(**values: Any) -> Make:
    def make(step, firm: str, bank: str) -> str:
        plan = step.create(
            VisitPlan(name="一季度", starts_on=OLD, due_on=date(2025, 2, 5), state="进行中")
        )
        return step.create(VisitTask(plan=plan, enterprise=firm, **values))

    return make


BANK = [
    Case("contact", "contact", date(2025, 2, 5), referral(pushed_on=START)),
    Case("contact in one day", "contact", date(2025, 1, 26), referral(pushed_on=START), {"clock.contact_days": 1}),
    *(
        Case(f"decision from {start}", "decision", date(2025, 2, 23), referral(**{name: START}),
             {"clock.decision_start": start})
        for start, name in (("材料收齐日", "complete_on"), ("受理日", "accepted_on"), ("推送日", "pushed_on"))
    ),
    Case("decision in working days", "decision", date(2025, 3, 13), referral(complete_on=START),
         {"clock.decision_unit": "工作日"}),
    Case("decision in ten working days", "decision", date(2025, 2, 13), referral(complete_on=START),
         {"clock.decision_unit": "工作日", "clock.decision_days": 10}),
    Case("feedback from the decision", "feedback", date(2025, 2, 7), refused(decided_on=START)),
    Case("feedback from the push", "feedback", date(2025, 2, 7), refused(pushed_on=START),
         {"clock.feedback_start": "推送日"}),
    *(
        Case(f"mortgage from {start}", "mortgage", date(2025, 2, 11), referral(security="抵押", **{name: START}),
             {"clock.mortgage_start": start})
        for start, name in (("受理日", "accepted_on"), ("材料收齐日", "complete_on"))
    ),
    *(
        Case(f"first loan from {start}", "first_loan", date(2025, 2, 13), referral(first_loan=True, **{name: START}),
             {"clock.first_loan_start": start})
        for start, name in (("受理日", "accepted_on"), ("材料收齐日", "complete_on"), ("推送日", "pushed_on"))
    ),
]  # fmt: skip
TICKET = {"source": "企业", "kind": "担保", "problem": "没有抵押物。", "enterprise": "FIRM"}
HANDED = {**TICKET, "state": "办理中", "collected_on": OLD, "judged_on": OLD, "handed_on": START}
FED = {**HANDED, "fed_back_on": START}
WORKDAYS = {"clock.ticket_unit": "工作日"}
FROM_HANDED = {"clock.ticket_start": "交办日期"}
TICKETS = [
    Case("judged the same day", "ticket_day", START, simple(Ticket, **TICKET, state="已收集", collected_on=START)),
    Case("judged the next working day", "ticket_day", date(2025, 2, 5),
         simple(Ticket, **TICKET, state="已收集", collected_on=date(2025, 1, 29)), WORKDAYS),
    Case("word in three days", "ticket_feedback", date(2025, 1, 27), simple(Ticket, **{**HANDED, "collected_on": START})),
    Case("word in three working days", "ticket_feedback", date(2025, 2, 5),
         simple(Ticket, **{**HANDED, "collected_on": START}), WORKDAYS),
    Case("word from the handing over", "ticket_feedback", date(2025, 2, 5), simple(Ticket, **HANDED),
         {**WORKDAYS, **FROM_HANDED}),
    Case("settled in seven days", "ticket_solve", date(2025, 1, 31), simple(Ticket, **{**FED, "collected_on": START})),
    Case("settled in seven working days", "ticket_solve", date(2025, 2, 10),
         simple(Ticket, **{**FED, "collected_on": START}), WORKDAYS),
    Case("settled from the handing over", "ticket_solve", date(2025, 1, 31), simple(Ticket, **FED), FROM_HANDED),
    Case("a grave one in a month", "ticket_solve", date(2025, 2, 24),
         simple(Ticket, **{**FED, "collected_on": START, "weight": "重大或复杂"})),
    Case("put off to a day", "ticket_solve", date(2025, 3, 7),
         simple(Ticket, **{**FED, "collected_on": START, "extended_to": date(2025, 3, 7)})),
    Case("struck off", "ticket_zero", date(2025, 2, 5), simple(Ticket, **{**FED, "state": "已办结", "solved_on": START}),
         WORKDAYS),
]  # fmt: skip
DAY = date(2025, 2, 5)
OTHERS = [
    Case("task", "task", DAY, planned(due_on=DAY)),
    Case("task without a day of its own", "task_plan", DAY, planned()),
    Case("revisit", "revisit", DAY, simple(Visit, enterprise="FIRM", day=OLD, kind="走访", next_on=DAY)),
    Case("renewal", "renewal", DAY, simple(Renewal, enterprise="FIRM", bank="BANK", due_on=DAY, due_amount=1)),
    Case("loan falling due", "loan", DAY, simple(Loan, enterprise="FIRM", bank="BANK", amount=100, due_on=DAY)),
    Case("fault", "fault", DAY, simple(Rectification, source="暗访", problem="没有公示。", due_on=DAY, state="待整改")),
    Case("mending", "mend", DAY, refused(mend_by=DAY)),
    Case("sending", "sending", DAY, simple(Activity, name="信息", kind="典型案例", day=OLD, due_on=DAY)),
]  # fmt: skip
BEGUN = simple(Visit, enterprise="FIRM", day=date(2024, 9, 20), kind="走访")


def began_2025(step, firm: str, bank: str) -> None:
    """Reports and reception days are owed from the first of their kind on."""
    step.create(Visit(enterprise=firm, day=date(2025, 1, 2), kind="走访"))
    for kind in ("专题信息", "行长接待日"):
        step.create(
            Activity(
                name=kind, kind=kind, day=date(2025, 1, 3), bank=bank, sent_on=date(2025, 1, 3)
            )
        )


BEGUN_2025 = began_2025
LISTED = simple(
    Cultivation, enterprise="FIRM", listed_on=date(2023, 9, 1), source="银行推荐", state="培植中"
)
PERIODIC = [
    Case("table of the month", "form:first_loan_ledger:2024-12", date(2025, 1, 10), BEGUN),
    Case("table by another day", "form:first_loan_ledger:2024-12", date(2025, 1, 6), BEGUN, {"clock.report_day": 6}),
    Case("information of the month", "report:2025-02", date(2025, 2, 28), BEGUN_2025),
    Case("fair of the year", "fair:2024", date(2024, 12, 31), BEGUN),
]  # fmt: skip
CASES = [*BANK, *TICKETS, *OTHERS, *PERIODIC]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with county(tmp_path) as made:
        yield made


def lay(ledger: Ledger, *makes: Make, **held: Any) -> tuple[str, str]:
    with ledger.step("登记") as step:
        firm = step.create(Enterprise(name="沙窝镇甲茶厂", township="411523101", internal_no="N1"))
        bank = step.rows.find(_query(Bank), 1)[0].id
        for make in makes:
            make(step, firm, bank)
    for key, value in held.items():
        parameters.put(ledger, key, value, OLD)
    return firm, bank


def _query(cls: type) -> Any:
    from ledger_desk.store.queries import Query

    return Query(cls)


def on(ledger: Ledger, today: date) -> dict[str, Duty]:
    """All duties of a day by their clock (of tables and the like by their whole key)."""
    with ledger.read() as rows:
        found = duties(rows, today, read_calendar(rows), parameters.read(rows, today), FORMS)
    return {
        **{each.key.partition(":")[0]: each for each in found},
        **{each.key: each for each in found},
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_clock_is_due_on_its_last_day_and_late_the_day_after(ledger: Ledger, case: Case) -> None:
    lay(ledger, case.make, **case.held)
    last = on(ledger, case.limit)[case.key]
    assert (last.state, last.limit.day, last.left) == (TODAY, case.limit, 0)
    after = on(ledger, case.limit + ONE)[case.key]
    assert after.state == LATE
    assert after.words.startswith("逾期") or after.left == 0
    before = on(ledger, case.limit - ONE).get(case.key)
    if case.key != "ticket_day":
        assert before is not None
        assert before.state in (WEEK, LATER)
        assert before.clause


@pytest.mark.parametrize("case", BANK, ids=lambda case: case.name)
def test_the_bank_page_knows_the_same_limits(ledger: Ledger, case: Case) -> None:
    lay(ledger, case.make, **case.held)
    with ledger.read() as rows:
        record = rows.find(_query(Referral), 1)[0].id
        found = bank_clocks.clocks_of(rows, [record], START)[record]
    assert case.limit in [clock.due for clock in found]
    ours = [
        each
        for each in on(ledger, case.limit).values()
        if each.table == "referral" and each.record == record
    ]
    near = {each.limit.day for each in ours}
    assert near == {clock.due for clock in found if clock.due <= case.limit + 30 * ONE}


def test_the_days_left_skip_the_holiday_and_count_the_worked_sunday(ledger: Ledger) -> None:
    lay(ledger, referral(pushed_on=START))
    assert on(ledger, START)["contact"].left == 3
    assert on(ledger, date(2025, 1, 26))["contact"].left == 2
    assert on(ledger, date(2025, 2, 1))["contact"].left == 1
    assert on(ledger, date(2025, 2, 6))["contact"].words == "逾期 1 工作日"


def test_a_limit_in_a_year_without_a_notice_is_an_estimate(ledger: Ledger) -> None:
    with ledger.read() as rows:
        unknown = max(read_calendar(rows).known_years) + 1
    lay(ledger, referral(pushed_on=date(unknown, 3, 3)))
    assert on(ledger, date(unknown, 3, 4))["contact"].estimated
    assert "（预计）" in on(ledger, date(unknown, 3, 4))["contact"].day_words


def test_a_table_due_on_a_sunday_is_for_the_friday_before_and_late_on_the_monday(
    ledger: Ledger,
) -> None:
    lay(ledger, BEGUN)
    key = "form:first_loan_ledger:2024-10"  # 2024-11-10 is a Sunday
    assert on(ledger, date(2024, 11, 7))[key].state == WEEK
    friday = on(ledger, date(2024, 11, 8))[key]
    assert friday.state == TODAY
    assert "11-08 是最后一个工作日" in friday.who
    assert on(ledger, date(2024, 11, 10))[key].state == TODAY
    assert on(ledger, date(2024, 11, 11))[key].state == LATE


@pytest.mark.parametrize(
    ("last_workday", "sunday"),
    [
        (date(2025, 2, 8), date(2025, 2, 9)),
        (date(2025, 1, 27), date(2025, 2, 2)),
        (date(2025, 3, 7), date(2025, 3, 9)),
    ],
    ids=["a worked Saturday", "the week of the festival", "an ordinary week"],
)
def test_a_reception_day_is_for_the_last_working_day_of_its_week_and_late_the_week_after(
    ledger: Ledger, last_workday: date, sunday: date
) -> None:
    lay(ledger, BEGUN_2025)
    monday = sunday - 6 * ONE
    key = f"reception:{monday}"
    if last_workday != monday:
        assert on(ledger, last_workday - ONE)[key].state == WEEK
    assert on(ledger, last_workday)[key].state == TODAY
    assert on(ledger, sunday)[key].state == TODAY
    assert on(ledger, sunday + ONE)[key].state == LATE
    banks = on(ledger, sunday)[key].who
    assert "4 家" in banks
    with ledger.step("接待") as step:
        for bank in step.rows.find(_query(Bank)):
            step.create(
                Activity(
                    name="接待日",
                    kind="行长接待日",
                    day=monday,
                    office=ledger.office.id,
                    bank=bank.id,
                )
            )
    assert key not in on(ledger, sunday)
    assert key not in on(ledger, sunday + ONE)


def test_a_table_that_went_out_is_done(ledger: Ledger) -> None:
    lay(ledger, BEGUN)
    with ledger.step("传出") as step:
        step.create(
            Dispatch(
                day=date(2024, 11, 9), file="台帐.xlsx", content=f"{FORMS[0].title} 2024年10月"
            )
        )
    found = on(ledger, date(2024, 11, 20))
    assert "form:first_loan_ledger:2024-10" not in found
    assert "form:first_loan_ledger:2024-09" in found


def test_the_white_list_is_asked_for_while_the_year_has_none(ledger: Ledger) -> None:
    lay(ledger, LISTED, BEGUN_2025)
    key = "white_list:2025"
    assert key not in on(ledger, date(2025, 8, 1))
    assert on(ledger, date(2025, 9, 9))[key].state == WEEK
    assert on(ledger, date(2025, 9, 10))[key].state == TODAY
    assert on(ledger, date(2025, 9, 11))[key].state == LATE
    with ledger.step("列入名单") as step:
        firm = step.create(Enterprise(name="乙茶厂", internal_no="N2"))
        step.create(
            Cultivation(
                enterprise=firm, listed_on=date(2025, 9, 8), source="银行推荐", state="培植中"
            )
        )
    assert key not in on(ledger, date(2025, 9, 11))


def test_loans_falling_due_come_up_as_many_days_before_as_the_parameter_says(
    ledger: Ledger,
) -> None:
    lay(ledger, OTHERS[3].make)
    assert "renewal" in on(ledger, DAY - 30 * ONE)
    assert "renewal" not in on(ledger, DAY - 31 * ONE)
    parameters.put(ledger, "clock.renewal_days", 60, OLD)
    assert on(ledger, DAY - 60 * ONE)["renewal"].state == LATER


def done(step, duty: Duty) -> None:
    """Do what a duty asks for, in the way of its kind."""
    key = duty.key.partition(":")[0]
    after = duty.limit.day
    if key in ("task", "task_plan"):
        step.change(VisitTask, duty.record, {"done_on": after})
    elif key == "revisit":
        step.create(Visit(enterprise=duty.firm, day=after, kind="回访"))
    elif key == "fault":
        step.change(Rectification, duty.record, {"done_on": after})
    elif key == "renewal":
        step.change(Renewal, duty.record, {"way": "无还本续贷"})
    elif key == "loan":
        step.change(Loan, duty.record, {"settled_on": after})
    elif key == "sending":
        step.change(Activity, duty.record, {"sent_on": after})
    elif key == "mend":
        again = step.rows.get(Referral, duty.record).application
        step.create(Application(enterprise=duty.firm, again_of=again, state="登记"))
    elif key == "feedback":
        step.change(Credit, step.rows.find(_query(Credit), 1)[0].id, {"fed_back_on": after})
    elif key.startswith("ticket_"):
        step.change(Ticket, duty.record, {"closed_on": after, "state": "已销号"})
    else:
        met = step.create(Matching(enterprise=duty.firm, day=after, referral=duty.record))
        step.create(Credit(matching=met, granted=True, decided_on=after))


@pytest.mark.parametrize("case", [*BANK, *TICKETS, *OTHERS], ids=lambda case: case.name)
def test_what_is_done_is_no_duty_any_more(ledger: Ledger, case: Case) -> None:
    lay(ledger, case.make, **case.held)
    duty = on(ledger, case.limit)[case.key]
    with ledger.step("办好") as step:
        done(step, duty)
    assert case.key not in on(ledger, case.limit)


@pytest.mark.parametrize("case", [*BANK, *TICKETS, *OTHERS], ids=lambda case: case.name)
def test_counts_are_those_of_the_list_and_nothing_is_owed_for_a_firm_in_the_bin(
    ledger: Ledger, case: Case
) -> None:
    firm, _ = lay(ledger, case.make, **case.held)
    for today in (case.limit - ONE, case.limit, case.limit + ONE):
        _agrees(ledger, today)
    with ledger.step("删除") as step:
        step.remove(Enterprise, firm)
    kept = on(ledger, case.limit)
    assert case.key not in kept or not kept[case.key].firm or case.key.startswith("ticket")


def _agrees(ledger: Ledger, today: date) -> None:
    with ledger.read() as rows:
        calendar, held = read_calendar(rows), parameters.read(rows, today)
        whole = read_agenda(rows, today, calendar, held, forms=FORMS)
        listed: dict[tuple[str, str], int] = {}
        for each in whole.duties:
            listed[each.kind, each.state] = listed.get((each.kind, each.state), 0) + 1
        assert listed == {key: many for key, many in whole.counts.items() if many}
        for state in (LATE, TODAY, WEEK, LATER):
            part = read_agenda(
                rows, today, calendar, held, asked=Asked(states=(state,)), forms=FORMS
            )
            assert [each.key for each in part.duties] == [
                e.key for e in whole.duties if e.state == state
            ]
            known = read_agenda(
                rows, today, calendar, held, asked=part.asked, forms=FORMS, known=whole
            )
            assert known == part
