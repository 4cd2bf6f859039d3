"""报送登记: who owes a form, who is late, many marked at once, and what 今天要办 makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period, month
from ledger_desk.model.records import Bank, Closing, Enterprise, Handing, Matching, Office, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import handing, parameters
from ledger_desk.work.calendars import read_calendar
from ledger_desk.work.duties_forms import FormDue
from ledger_desk.work.duties_periodic import periodic_duties

OCTOBER, NOVEMBER = month(2024, 10), month(2024, 11)
DUE, LATER = date(2024, 11, 10), date(2024, 11, 12)
FORM = FormDue("results", "成效统计表", "月", 10, "十六")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    office = Office(name="新县专班", level="县级", division="411523")
    with Ledger.create(tmp_path / "甲.账套", office=office, person=Person(name="程甲")) as made:
        with made.step("登记") as step:
            for name, level in (("浒湾乡", "乡镇"), ("沙窝镇", "乡镇"), ("信阳市专班", "市级")):
                step.create(Office(name=name, level=level))
            bank = step.create(Bank(name="新县农商行"))
            firm = step.create(Enterprise(name="甲茶厂"))
            step.create(
                Matching(office=made.office.id, enterprise=firm, bank=bank, day=date(2024, 10, 8))
            )
        yield made


def found(
    ledger: Ledger, period: Period = OCTOBER, today: date = LATER
) -> dict[str, handing.Debtor]:
    with ledger.read() as rows:
        some = handing.register(rows, ledger.office.id, "results", period, DUE, today)
    return {each.name: each for each in some}


def mark(ledger: Ledger, names: tuple[str, ...], state: str | None, on: date = DUE) -> int:
    units = [(each.table, each.id) for name, each in found(ledger).items() if name in names]
    return handing.mark(ledger, "results", "成效统计表", OCTOBER, DUE, units, state, on=on)


def states(ledger: Ledger, period: Period = OCTOBER, today: date = LATER) -> dict[str, str]:
    return {name: each.state for name, each in found(ledger, period, today).items()}


def test_nothing_is_asked_of_those_from_whom_nothing_was_ever_collected(ledger: Ledger) -> None:
    assert states(ledger) == {
        "新县专班": "逾期未报", "浒湾乡": "不用报", "沙窝镇": "不用报", "新县农商行": "不用报",
    }  # fmt: skip
    assert states(ledger, today=DUE)["新县专班"] == "未报"
    mark(ledger, ("浒湾乡",), handing.HANDED)
    assert states(ledger)["沙窝镇"] == "逾期未报"
    assert states(ledger)["新县农商行"] == "不用报"


def test_many_are_marked_in_one_step_and_taken_back(ledger: Ledger) -> None:
    assert mark(ledger, ("浒湾乡", "沙窝镇", "新县农商行"), handing.HANDED, on=LATER) == 3
    assert ledger.log(1)[0].name == "报送登记：成效统计表 2024年10月，已报 3 家"
    register = found(ledger)
    assert register["浒湾乡"].late_days == 2
    told = handing.told(list(register.values()))
    assert told == "应报 4 家，已报 3 家，还差 1 家（逾期 1 家）。"
    assert mark(ledger, ("浒湾乡",), handing.RETURNED) == 1
    assert found(ledger)["浒湾乡"].owes
    assert mark(ledger, ("浒湾乡",), None) == 1
    assert states(ledger)["浒湾乡"] == "逾期未报"
    assert len(ledger.find(Query(Handing))) == 2
    with pytest.raises(UserError, match="还没有选单位"):
        mark(ledger, (), handing.HANDED)


def test_who_is_exempt_stays_exempt_and_a_bank_that_handed_in_owes_again(ledger: Ledger) -> None:
    mark(ledger, ("沙窝镇",), handing.EXEMPT)
    mark(ledger, ("新县农商行",), handing.HANDED)
    assert states(ledger, NOVEMBER) == {
        "新县专班": "逾期未报", "浒湾乡": "逾期未报", "沙窝镇": "免报", "新县农商行": "逾期未报",
    }  # fmt: skip


def duties(ledger: Ledger, today: date = LATER) -> dict[str, str]:
    with ledger.read() as rows:
        calendar, held = read_calendar(rows), parameters.read(rows, today)
        some = periodic_duties(rows, today, calendar, held, [FORM])
    return {each.title: each.who for each in some if each.table == "form"}


def test_today_asks_for_what_is_not_handed_in_yet(ledger: Ledger) -> None:
    assert list(duties(ledger)) == ["成效统计表　上报"]
    with ledger.step("结账") as step:
        step.create(Closing(
            form="results", form_title="成效统计表", starts_on=OCTOBER.start, ends_on=OCTOBER.end,
            number=1, state="已结账", closed_on=DUE,
        ))  # fmt: skip
    assert "已结账，还没有报出" in duties(ledger)["成效统计表　上报"]
    mark(ledger, ("新县专班",), handing.HANDED)
    assert duties(ledger) == {}
    mark(ledger, ("浒湾乡",), handing.HANDED)
    assert duties(ledger) == {"成效统计表　收表，还差 1 家": "2024年10月的表；沙窝镇"}
    mark(ledger, ("沙窝镇",), handing.HANDED)
    assert duties(ledger) == {}
