"""编入走访计划 from the list of firms, and 加企业 to a plan that is there, with keys only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from ledger_desk.model.records import Enterprise, Person, VisitPlan, VisitTask
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.firms.adding import AddFirms
from ledger_desk.ui.pages.enterprises import EnterprisePage
from ledger_desk.ui.pages.visits import VisitsPage
from ledger_desk.ui.pages.visits.asking import AskSheet
from ledger_desk.work import planning
from ledger_desk.work.planning import PlanSpec
from ledger_desk.work.planning_sharing import Pair
from tests.ui.hands import Hands, Key, hands_on
from tests.ui.places import XINJI, ledger_of

ledger = ledger_of(12)
TODAY = date.today()


@pytest.fixture
def hands(qtbot, theme, ledger: Ledger) -> Iterator[Hands]:
    with hands_on(qtbot, ledger) as made:
        yield made


def firms(hands: Hands) -> EnterprisePage:
    page = hands.page("enterprises")
    assert isinstance(page, EnterprisePage)
    hands.until(lambda: page.planning.button.isEnabled())
    return page


def plan_of(ledger: Ledger, some: list[str], **more) -> str:
    """A plan of some firms, shared by two who go to one township."""
    with ledger.step("走访人") as step:
        who = step.create_many(Person, [{"name": "吕梁"}, {"name": "田柏"}])
    spec = PlanSpec(
        "十一月走访", TODAY, more.pop("due", TODAY + timedelta(days=20)), "名单", tuple(some),
        pairs=(Pair(*who, townships=frozenset([XINJI])),),
    )  # fmt: skip
    return planning.make(ledger, spec, planning.preview(ledger, spec)).done[0]


def tasks(ledger: Ledger, plan: str) -> list[VisitTask]:
    return ledger.find(Query(VisitTask, (Where("plan", "=", plan),)))


def test_all_that_the_list_shows_become_a_plan(hands: Hands, ledger: Ledger) -> None:
    page = firms(hands)
    hands.control(Key.Key_F)
    hands.write("甲")
    hands.until(lambda: page.planning.button.words == "编入走访计划 2 户")
    hands.press(Key.Key_Escape)
    hands.reach(page.panel.grid)
    hands.menu(page.planning.button, "编一个新计划")
    hands.until(lambda: hands.window.page_key() == "visits")
    visits = hands.window.page("visits")
    assert isinstance(visits, VisitsPage)
    plan = visits.planning()
    assert plan is not None
    hands.until(lambda: len(plan.preview().taken) == 2)
    assert plan.form.choose.words == "筛出的 2 户：甲"
    hands.front(hands.window)
    hands.until(plan.form.name.hasFocus)
    hands.press(Key.Key_F12)
    hands.until(lambda: ledger.count(Query(VisitTask)) == 2)
    made = ledger.find(Query(VisitPlan))[0]
    assert (made.scope, made.covers) == ("名单", "筛出的 2 户：甲")
    assert made.name == f"{TODAY.year}年{TODAY.month}月走访"


def test_marked_firms_go_into_a_plan_that_is_there(hands: Hands, ledger: Ledger) -> None:
    have = sorted(firm.id for firm in ledger.find(Query(Enterprise)) if firm.township == XINJI)[:2]
    plan = plan_of(ledger, have)
    page = firms(hands)
    hands.reach(page.panel.grid)
    hands.control(Key.Key_Home)
    for _ in range(3):
        hands.press(Key.Key_Space)
        hands.press(Key.Key_Down)
    hands.until(lambda: page.planning.button.words == "编入走访计划 3 户")
    marked = page.panel.grid.selected_ids()
    hands.menu(page.planning.button, "加进已有的计划")
    hands.sheet(AskSheet)
    hands.control(Key.Key_S)
    hands.front(hands.window)
    new = set(marked) - set(have)
    hands.until(lambda: len(tasks(ledger, plan)) == 2 + len(new))
    hands.quiet()
    for task in tasks(ledger, plan):
        assert task.due_on == TODAY + timedelta(days=20)
        assert bool(task.first) == (task.township == XINJI)  # whom nobody visits waits for 分派


def test_firms_are_added_from_the_plan_and_those_it_has_are_refused(
    hands: Hands, ledger: Ledger
) -> None:
    known = sorted(ledger.find(Query(Enterprise)), key=lambda each: each.id)
    plan = plan_of(ledger, [firm.id for firm in known[:2]])
    page = hands.page("visits")
    assert isinstance(page, VisitsPage)
    hands.book(page, "plans")
    hands.listed(page, 1)
    hands.push(page.view().bar.buttons["add"])
    sheet = hands.sheet(AddFirms)
    hands.reach(sheet.area)
    hands.write("\n".join(str(firm.code) for firm in known[1:4]))
    hands.until(lambda: sheet.go.words == "加进 3 户")
    hands.control(Key.Key_S)
    hands.until(lambda: len(tasks(ledger, plan)) == 4)
    hands.quiet()


def test_a_plan_past_its_last_day_takes_none(ledger: Ledger) -> None:
    from ledger_desk.errors import UserError
    from ledger_desk.work import planning_adding

    some = [firm.id for firm in ledger.find(Query(Enterprise))]
    plan = plan_of(ledger, some[:1])
    late = TODAY + timedelta(days=30)
    with pytest.raises(UserError, match="已经截止"):
        planning_adding.add_firms(ledger, plan, some, today=late)
    with ledger.read() as rows:
        assert planning_adding.open_plans(rows, late) == []
        assert [each.id for each in planning_adding.open_plans(rows)] == [plan]
