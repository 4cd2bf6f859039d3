"""走访 by keyboard: a plan of ten firms, ten sheets keyed in, progress, and what each list says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.model.records import (
    Bank,
    Enterprise,
    Person,
    Ticket,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.visits import VisitsPage
from ledger_desk.ui.pages.visits.asking import AskSheet
from ledger_desk.work import planning, visiting
from ledger_desk.work.planning import PlanSpec
from tests.ui.places import SHAWO, XINJI, focus, ledger_at, press, settle, show
from tests.ui.walk import walk, walk_pages
from tests.work.visit_parts import sheet as values

TODAY = dt.date.today()
KEY = Qt.Key
FIRMS = 20


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "甲.账套", firms=FIRMS) as made:
        with made.step("人员和银行") as step:
            for name in ("吕乙", "陶丙"):
                step.create(Person(name=name, office=made.office.id))
            step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
            step.create(Bank(name="中国农业银行新县支行", short="农行", type="国有商业银行"))
        yield made


@pytest.fixture
def page(qtbot, window: MainWindow, jobs, ledger) -> Iterator[VisitsPage]:
    made = VisitsPage(ledger, jobs, window)
    window.add_page("visits", "走访", "walk", made)
    show(qtbot, window, 1366, 768)
    window.show_page("visits")
    settle(qtbot, lambda: made.tabs.tabs()[0].count is not None)
    yield made
    jobs.wait()


def plan_of(ledger: Ledger, page: VisitsPage, **more) -> str:
    spec = PlanSpec(**{
        "name": "走访一", "starts_on": TODAY, "due_on": TODAY + dt.timedelta(days=20), "scope": "乡镇",
        "values": (XINJI,), **more,
    })  # fmt: skip
    plan = planning.make(ledger, spec, planning.preview(ledger, spec)).done[0]
    page.show_plan(plan)
    page.refresh()
    return plan


def typed(qtbot, text: str) -> None:
    """Type into the field that has the keyboard, and go on to the next one."""
    qtbot.keyClicks(QApplication.focusWidget(), text)
    press(qtbot, KEY.Key_Return)


def pick(qtbot, page: VisitsPage, text: str) -> None:
    """Type into the picker that has the keyboard, take the first hit, wait for the next field."""
    parts = page.sheet().form.parts
    here = parts.here()
    picker = parts.editors[here].widget
    qtbot.keyClicks(picker.lineEdit(), text)
    qtbot.waitUntil(picker.popup().isVisible)
    QApplication.processEvents()
    qtbot.keyClick(picker.popup(), KEY.Key_Return)
    window = page.window()

    def moved_on() -> bool:
        if not window.isActiveWindow():
            window.activateWindow()
        return parts.here() not in ("", here)

    qtbot.waitUntil(moved_on)


def go_to(qtbot, page: VisitsPage, name: str, most: int = 40) -> None:
    """Press Enter until a field has the keyboard."""
    for _ in range(most):
        if page.sheet().form.parts.here() == name:
            return
        press(qtbot, KEY.Key_Return)
    raise AssertionError(f"Enter never comes to {name}, stands at {page.sheet().form.parts.here()}")


def key_in(qtbot, page: VisitsPage, number: int, *, need: bool) -> None:
    """Key in one sheet from the firm on; day and visitors stand from the last one."""
    pick(qtbot, page, str(firm_of(page.ledger, number).code))
    go_to(qtbot, page, "result")
    pick(qtbot, page, "zcjy")
    go_to(qtbot, page, "met")
    qtbot.keyClicks(QApplication.focusWidget(), "Fu")
    go_to(qtbot, page, "has_need")
    press(qtbot, KEY.Key_1 if need else KEY.Key_2)
    if need:
        go_to(qtbot, page, "amount")
        typed(qtbot, "50")
        go_to(qtbot, page, "bank1")
        pick(qtbot, page, "nh")
    go_to(qtbot, page, "lawful")
    for name in CRITERIA:
        assert page.sheet().form.parts.here() == name
        press(qtbot, KEY.Key_1)
        press(qtbot, KEY.Key_Return)


# -- the day's work ----------------------------------------------------------------------------------


def test_a_plan_of_ten_firms_is_made_and_ten_visits_are_keyed_in_without_the_mouse(
    qtbot, page, ledger, window
) -> None:
    press(qtbot, KEY.Key_F12)
    qtbot.waitUntil(lambda: page.planning() is not None and page.cover_view is page.planning())
    plan = page.planning()
    assert plan.form.choose.hasFocus()
    press(qtbot, KEY.Key_Space)
    qtbot.waitUntil(lambda: window.findChild(ChooseMany) is not None)
    dialog = window.findChild(ChooseMany)
    focus(qtbot, dialog._boxes[XINJI])
    press(qtbot, KEY.Key_Space)
    press(qtbot, KEY.Key_Return)
    qtbot.waitUntil(lambda: len(plan.preview().taken) == FIRMS // 2)
    row = plan.form.pairs.rows[0]
    row.editors["first"].widget.setFocus()
    for name, letters in (("first", "ly"), ("second", "tb")):
        picker = row.editors[name].widget
        picker.setFocus()
        qtbot.keyClicks(picker.lineEdit(), letters)
        qtbot.waitUntil(picker.popup().isVisible)
        qtbot.keyClick(picker.popup(), KEY.Key_Return)
        window.activateWindow()
    qtbot.waitUntil(lambda: plan.preview().loads == {0: FIRMS // 2})
    assert plan.go.words == "编成计划 10 户"
    assert not walk(plan)
    press(qtbot, KEY.Key_F12)
    qtbot.waitUntil(lambda: page.cover_view is None)
    assert len(ledger.find(Query(VisitTask))) == 10
    settle(qtbot, lambda: page.book("tasks").count() == 10)

    page.show_book("visits")
    press(qtbot, KEY.Key_F12)
    qtbot.waitUntil(lambda: page.sheet() is not None and page.cover_view is page.sheet())
    parts = page.sheet().form.parts
    assert parts.here() == "enterprise"
    pick(qtbot, page, str(firm_of(ledger, 4).code))  # not the right one: it is chosen anew below
    go_to(qtbot, page, "first")
    pick(qtbot, page, "ly")
    pick(qtbot, page, "tb")
    parts.focus_field("enterprise")
    numbers = list(range(1, FIRMS, 2))
    for place, number in enumerate(numbers):
        key_in(qtbot, page, number, need=place < 4)
        if place < 9:
            press(qtbot, KEY.Key_F12 if place % 2 else KEY.Key_Return,
                  Qt.KeyboardModifier.NoModifier if place % 2 else Qt.KeyboardModifier.ControlModifier)  # fmt: skip
            qtbot.waitUntil(lambda: parts.here() == "enterprise")
            assert parts.editors["first"].value(), "visitors are kept for the next sheet"
    press(qtbot, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.cover_view is None)

    visits = ledger.find(Query(Visit))
    assert len(visits) == 10
    assert {v.day for v in visits} == {TODAY}
    assert len({v.enterprise for v in visits}) == 10
    assert all(v.first for v in visits)
    assert all(v.second for v in visits)
    assert all(v.planned for v in visits)
    assert sum(bool(v.has_need) for v in visits) == 4
    assert {getattr(v, name) for v in visits for name in CRITERIA} == {"符合"}
    assert all(task.done_on == TODAY for task in ledger.find(Query(VisitTask)))
    with ledger.read() as rows:
        assert visiting.tally(rows) == (10, 10)
        ready = rows.ids(Query(Visit, (Where("has_need", "=", True),)))
    assert len(visiting.ready_for_application(ledger, ready).done) == 4
    settle(qtbot, lambda: "有效走访 10 次" in page.book("visits").words()[0])


# -- one sheet ---------------------------------------------------------------------------------------


@pytest.fixture
def sheet(qtbot, page):
    page.key_in()
    qtbot.waitUntil(lambda: page.cover_view is page.sheet())
    return page.sheet()


def put(sheet, **given) -> None:
    for name, value in given.items():
        sheet.form.parts.editors[name].set_value(value)
        sheet.form._left(name)


def firm_of(ledger: Ledger, number: int) -> Enterprise:
    return next(f for f in ledger.find(Query(Enterprise)) if f"{number:03d}" in (f.name or ""))


def test_a_sheet_without_what_is_needed_is_not_stored_and_the_first_gap_has_the_keyboard(
    qtbot, sheet, ledger
) -> None:
    press(qtbot, KEY.Key_F12)
    assert not ledger.find(Query(Visit))
    assert sheet.form.parts.here() == "enterprise"
    assert sheet.form.parts.fields["result"].message().startswith("还没填走访结果")


def test_a_third_bank_is_refused_where_it_is_written(qtbot, sheet, ledger) -> None:
    put(sheet, enterprise=firm_of(ledger, 1).id, result="正常经营")
    sheet.form.parts.focus_field("bank2")
    sheet.form.parts.editors["bank2"].picker.setEditText("农行、工行")
    sheet.form._left("bank2")
    press(qtbot, KEY.Key_F12)
    assert "最多写两家" in sheet.form.parts.fields["bank2"].message()
    assert not ledger.find(Query(Visit))


def test_what_the_paper_knows_better_is_written_into_the_file_where_it_is_ticked(
    qtbot, sheet, ledger
) -> None:
    firm = firm_of(ledger, 5)
    put(
        sheet,
        enterprise=firm.id,
        result="正常经营",
        staff=31,
        place="新址",
        met="张三",
        met_role="经营者",
        met_phone="13900000000",
    )
    boxes = {box.text().partition("：")[0]: box for box in sheet.form.offer.boxes()}
    assert boxes["从业人数"].isChecked()
    assert boxes["联系电话"].isChecked()
    assert not boxes["经营地址"].isChecked(), "another address is asked for, not assumed"
    boxes["从业人数"].setChecked(False)
    assert sheet.form.values()["met_owner"] is True, "who was met says so"
    sheet.save_and_leave()
    kept = ledger.get(Enterprise, firm.id)
    assert (kept.staff, kept.phone, kept.place) == (firm.staff, "13900000000", firm.place)


def test_a_difficulty_becomes_a_ticket_and_the_status_bar_says_so(
    qtbot, sheet, page, ledger
) -> None:
    told: list[str] = []
    sheet.told.connect(told.append)
    put(
        sheet,
        enterprise=firm_of(ledger, 2).id,
        result="正常经营",
        difficulty="没有抵押物",
        difficulty_kind="担保",
    )
    sheet.save_and_begin()
    assert "困难已转批分单" in told[0]
    assert [t.problem for t in ledger.find(Query(Ticket))] == ["没有抵押物"]


def test_a_visit_of_anybody_in_the_last_days_is_said_at_the_firm(qtbot, sheet, ledger) -> None:
    firm = firm_of(ledger, 3)
    visiting.save(ledger, values(firm.id, day=TODAY - dt.timedelta(days=9)))
    put(sheet, enterprise=firm.id)
    assert "还不到 30 天" in sheet.form.parts.fields["enterprise"].message()


def test_the_loan_is_asked_for_only_where_its_use_is_checked(qtbot, sheet) -> None:
    assert not sheet.form.parts.fields["loan"].isVisible()
    put(sheet, kind="贷后用途核查")
    sheet.form._left("kind")
    assert not sheet.form.parts.fields["loan"].isHidden()
    sheet.form.show_all()
    assert "核查的是哪一笔" in sheet.form.parts.fields["loan"].message()


def test_the_code_on_the_paper_finds_its_firm(sheet, ledger) -> None:
    from ledger_desk.reports.visit_papers.sheet import mark_of, read_mark

    firm = firm_of(ledger, 4)
    assert read_mark(mark_of(firm.id, "f" * 32)) == (firm.id, "f" * 32)
    assert read_mark("茶叶:1") == ("", "")
    found = sheet.form.parts._find_firm(mark_of(firm.id))
    assert [item.id for item in found] == [firm.id]


# -- the lists ---------------------------------------------------------------------------------------


def test_the_strip_shows_both_numbers_and_a_bar_opens_its_firms(qtbot, page, ledger) -> None:
    plan_of(ledger, page, values=(XINJI, SHAWO))
    visiting.save(ledger, values(firm_of(ledger, 1).id, first=ledger.person.id))
    page.refresh()
    board = page.board
    settle(qtbot, lambda: board.progress() is not None and board.progress().whole.done == 1)
    assert board.figures.texts()[0] == "应走访 20　已走访 1（5 %）　有效 0"
    buttons = board.bars.buttons()
    assert [b.accessibleName() for b in buttons] == [
        "新集镇：应走访 10 户，已走访 1 户，有效 0 户，打开名单", "沙窝镇：应走访 10 户，已走访 0 户，有效 0 户，打开名单",
    ]  # fmt: skip
    buttons[0].click()
    settle(qtbot, lambda: page.book("tasks").count() == 10)
    board.groups.set_value("day")
    board.refresh()
    settle(qtbot, lambda: board.days.day() is not None)
    board.days.setFocus()
    press(qtbot, KEY.Key_Return)
    settle(qtbot, lambda: page.book("tasks").count() == 1)


def test_tasks_are_dropped_with_the_reason_asked_for(qtbot, page, ledger, window) -> None:
    plan_of(ledger, page)
    view = page.book("tasks")
    settle(qtbot, lambda: view.count() == 10)
    from ledger_desk.ui.pages.visits import deeds

    some = [task.id for task in ledger.find(Query(VisitTask))][:3]
    deeds.drop(view, some)
    dialog = window.findChild(AskSheet)
    dialog.take()
    assert dialog.fields["reason"].message() == "请填剔除原因。"
    dialog.editors["reason"].set_value("空壳")
    dialog.take()
    qtbot.waitUntil(lambda: ledger.count(Query(VisitTask, (Where("dropped", "=", "空壳"),))) == 3)
    settle(qtbot, lambda: view.tabs.text_of(5) == "已剔除 3")


def test_a_removed_visit_leaves_its_task_open(qtbot, page, ledger) -> None:
    plan_of(ledger, page)
    saved = visiting.save(ledger, values(firm_of(ledger, 1).id))
    view = page.show_book("visits")
    page.refresh()
    settle(qtbot, lambda: view.count() == 1)
    view.go_to(saved.visit)
    view.remove_chosen()
    qtbot.waitUntil(lambda: ledger.get(VisitTask, saved.task).done_on is None)


def test_an_undone_plan_is_let_go(qtbot, page, ledger) -> None:
    plan = plan_of(ledger, page)
    assert page.plan() == plan
    ledger.undo()
    page.refresh()
    assert page.plan() == ""
    assert not ledger.find(Query(VisitPlan))


def test_the_card_says_which_rule_a_visit_misses(qtbot, page, ledger) -> None:
    saved = visiting.save(ledger, values(firm_of(ledger, 1).id, first=ledger.person.id))
    view = page.show_book("visits")
    page.refresh()
    settle(qtbot, lambda: view.count() == 1)
    view.go_to(saved.visit)
    card = page.pane_content._cards["visits"][0]
    settle(qtbot, lambda: "要两人到场" in card.whys.text())


@pytest.mark.parametrize("cover", ["tasks", "visits", "plans", "sheet", "planning"])
def test_every_part_can_be_walked_at_both_sizes(qtbot, page, ledger, window, cover) -> None:
    plan_of(ledger, page)
    visiting.save(ledger, values(firm_of(ledger, 1).id, difficulty="甲", difficulty_kind="其他"))
    if cover == "sheet":
        page.key_in(enterprise=firm_of(ledger, 1).id)
    elif cover == "planning":
        page.begin_plan()
    else:
        page.show_book(cover)
        page.refresh()
    qtbot.wait(200)
    assert not walk_pages(window)
