"""Issue 5, done when 4: a day's work across the pages of one window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from ledger_desk.model import review
from ledger_desk.model.records import (
    Application,
    Bank,
    Enterprise,
    Person,
    Review,
    Visit,
    VisitTask,
)
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.pages.applications import ApplicationPage
from ledger_desk.ui.pages.applications.asking import OpinionSheet
from ledger_desk.ui.pages.visits import VisitsPage
from ledger_desk.ui.printing.papers import PreviewDialog
from ledger_desk.work import parameters, visiting
from tests.ui.day_banking import (
    coach_one,
    fill_as_bankers,
    firms_of,
    push_to_two,
    read_back,
    send_out,
)
from tests.ui.day_hands import DayHands, button_of, shown
from tests.ui.hands import Hands, Key, hands_on
from tests.ui.places import ledger_of

ledger = ledger_of(14)
TODAY = date.today()


@pytest.fixture
def hands(qtbot, theme, ledger: Ledger) -> Iterator[Hands]:
    """A window on fourteen firms, three people, three banks; who enters does not sign at the end."""
    with ledger.step("人员和银行") as step:
        for name in ("吕乙", "陶丙"):
            step.create(Person(name=name, office=ledger.office.id))
        for name, short in (("新县农村商业银行", "农商行"), ("中国农业银行新县支行", "农行"),
                            ("中国邮政储蓄银行新县支行", "邮储")):  # fmt: skip
            step.create(Bank(name=name, short=short, type="国有商业银行"))
    parameters.put(ledger, "review.separation", True, date(2020, 1, 1))
    with hands_on(qtbot, ledger) as made:
        yield made


def test_a_days_work(hands: Hands, ledger: Ledger, tmp_path: Path, monkeypatch) -> None:
    day = DayHands(hands)
    plan_ten(day, ledger)
    key_in_ten(day, ledger)
    apply_four(day, ledger)
    review_four(day, ledger)
    print_the_sheet(day, ledger, tmp_path / "签字页.pdf", monkeypatch)
    sign_four(day, ledger)
    push_to_two(day, ledger)
    folder = tmp_path / "回填表"
    send_out(day, ledger, folder, monkeypatch)
    fill_as_bankers(folder, firms_of(ledger))
    read_back(day, ledger, folder, monkeypatch)
    coach_one(day, ledger)


def plan_ten(day: DayHands, ledger: Ledger) -> None:
    """编走访计划: both townships, four firms taken off again, one pair."""
    hands = day.hands
    page = hands.page("visits")
    assert isinstance(page, VisitsPage)
    hands.press(Key.Key_F12)
    hands.until(lambda: page.planning() is not None and page.cover_view is page.planning())
    plan = page.planning()
    assert plan is not None
    assert day.window.status.text() == "", "the rows of the list below are not those of the plan"
    hands.until(plan.form.choose.hasFocus)
    hands.press(Key.Key_Space)
    towns = hands.sheet(ChooseMany)
    hands.push(button_of(towns, "全选"))
    assert len(towns.ticked()) > 1
    hands.push(towns._go)
    hands.front(day.window)
    hands.until(lambda: len(plan.preview().taken) == 14)
    hands.fill(plan.form.pairs.rows[0].editors, first="ly", second="tb")
    hands.until(lambda: shown(plan.panel.grid, "走访人") == ["吕乙、陶丙"] * 14)
    hands.quiet()
    day.mark(plan.panel.grid, 4)
    assert plan.off.words == "剔除 4 户"
    hands.push(plan.off)
    hands.until(lambda: plan.go.words == "编成计划 10 户")
    assert plan.tabs.text_of(1) == "剔除 4"
    hands.press(Key.Key_F12)
    hands.until(lambda: page.cover_view is None)
    hands.quiet()
    tasks = ledger.find(Query(VisitTask))
    assert sum(task.dropped is None for task in tasks) == 10
    assert {task.dropped for task in tasks} <= {None, "不属走访范围"}
    hands.listed(page, 14)
    hands.book(page, "tasks", "waiting")
    hands.listed(page, 10)
    assert day.window.status.text().startswith("10 户")
    assert set(shown(page.view().panel.grid, "走访人1")) == {"吕乙"}


def key_in_ten(day: DayHands, ledger: Ledger) -> None:
    """Ten paper sheets: six need money, four of them meet all five standards."""
    hands = day.hands
    page = hands.window.page("visits")
    assert isinstance(page, VisitsPage)
    open_ = (Where("done_on", "blank"), Where("dropped", "blank"))
    firms = [
        ledger.get(Enterprise, str(t.enterprise)) for t in ledger.find(Query(VisitTask, open_))
    ]
    first = ledger.get(VisitTask, page.view().current())
    assert first is not None
    firms.sort(key=lambda firm: (firm.id != first.enterprise, firm.name))
    hands.press(Key.Key_Return)  # on the task: firm and visitors stand in the sheet
    hands.until(lambda: page.sheet() is not None and page.cover_view is page.sheet())
    sheet = page.sheet()
    assert sheet is not None
    assert day.window.status.text() == ""
    parts = sheet.form.parts
    for place, firm in enumerate(firms):
        if place:
            hands.until(lambda: parts.here() == "enterprise")
            day.pick(sheet, str(firm.name)[3:7])  # 甲000, as an input method sends it
        day.go_to(sheet, "result")
        day.pick(sheet, "zcjy")
        day.type_in(sheet, "met", "Fu")
        day.go_to(sheet, "has_need")
        hands.press(Key.Key_1 if place < 6 else Key.Key_2)
        if place < 6:
            day.type_in(sheet, "amount", "50")
            day.type_in(sheet, "purpose", "bh")
            day.go_to(sheet, "bank1")
            day.pick(sheet, "nh")
            if place % 2:
                day.pick(sheet, "nsh")
            judge(day, page, fit=place < 4)
        if place < 9:
            hands.press(Key.Key_F12)
            assert day.window.status.text().startswith(f"已存：{firm.name}")
    hands.control(Key.Key_S)
    hands.until(lambda: page.cover_view is None)
    hands.quiet()
    visits = ledger.find(Query(Visit))
    assert len(visits) == 10
    assert {visit.day for visit in visits} == {TODAY}
    assert all(visit.planned and visit.first and visit.second for visit in visits)
    assert [sum(bool(v.has_need) for v in visits), sum(v.lawful == "符合" for v in visits)] == [
        6,
        6,
    ]
    assert ledger.count(Query(VisitTask, open_)) == 0
    with ledger.read() as rows:
        assert visiting.tally(rows) == (10, 10)
    hands.until(lambda: page.board.figures.texts()[0].startswith("应走访 10　已走访 10（100 %）"))


def judge(day: DayHands, page: VisitsPage, *, fit: bool) -> None:
    """The five standards: all met, or the last one left open."""
    sheet = page.sheet()
    assert sheet is not None
    day.go_to(sheet, "lawful")
    for name in CRITERIA:
        assert sheet.form.parts.here() == name
        day.hands.press(Key.Key_1 if fit or name != CRITERIA[-1] else Key.Key_3)
        day.hands.press(Key.Key_Return)


def apply_four(day: DayHands, ledger: Ledger) -> None:
    """列入申报 from the six visits with a need: two are refused, each with its reason."""
    hands = day.hands
    page = hands.window.page("visits")
    assert isinstance(page, VisitsPage)
    hands.book(page, "visits", "need")
    day.mark_all(page, 6)
    day.do(page, "apply")
    said = day.refused()
    assert len(said) == 2
    assert all("待核" in why for _, why in said)
    made = ledger.find(Query(Application))
    assert [each.state for each in made] == [review.FIRST] * 4
    assert {each.amount for each in made} == {50_000_000}


def open_stage(day: DayHands, number: int) -> ApplicationPage:
    """申报与审核 with all four that wait at a level marked."""
    page = day.hands.page("applications")
    assert isinstance(page, ApplicationPage)
    day.hands.book(page, "applications", f"stage{number}")
    day.mark_all(page, 4)
    return page


def approve(day: DayHands, page: ApplicationPage, number: int) -> None:
    """Approve all that are marked with one opinion."""
    day.do(page, f"pass{number}")
    sheet = day.hands.sheet(OpinionSheet)
    day.hands.control(Key.Key_1)
    assert sheet.box.text() == "同意。"
    day.hands.control(Key.Key_Return)
    day.hands.until(lambda: QApplication.activeModalWidget() is not sheet)
    day.hands.quiet()


def in_state(ledger: Ledger, state: str) -> int:
    return ledger.count(Query(Application, (Where("state", "=", state),)))


def review_four(day: DayHands, ledger: Ledger) -> None:
    """初审 one by one, 银行审核 and 组长审核 in a batch, each by somebody else."""
    hands = day.hands
    page = hands.page("applications")
    assert isinstance(page, ApplicationPage)
    hands.book(page, "applications", "stage1")
    hands.listed(page, 4)
    hands.control(Key.Key_R)
    hands.until(lambda: page.cover_view is not None)
    assert day.window.status.text() == ""
    for left in (3, 2, 1, 0):
        hands.control(Key.Key_1)
        hands.control(Key.Key_Return)
        hands.until(lambda left=left: in_state(ledger, review.FIRST) == left)
    hands.press(Key.Key_Escape)
    hands.until(lambda: page.cover_view is None)
    for number, letters, name, after in (
        (2, "ly", "吕乙", review.LEADER), (3, "cyx", "程映雪", review.CONVENER),
    ):  # fmt: skip
        day.work_as(letters, name)
        approve(day, open_stage(day, number), number)
        hands.until(lambda after=after: in_state(ledger, after) == 4)
        hands.front(day.window)


def print_the_sheet(day: DayHands, ledger: Ledger, path: Path, monkeypatch) -> None:
    """出签字页: frozen under one number, looked at, saved as PDF."""
    page = open_stage(day, 4)
    day.do(page, "sheet")
    preview = day.hands.sheet(PreviewDialog)
    assert "签字" in preview.windowTitle()
    with monkeypatch.context() as patched:
        patched.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
        day.hands.push(button_of(preview, "存成 PDF"))
        day.hands.until(path.exists)
        day.hands.quiet()
    day.go_back()
    with pdfium.PdfDocument(path) as pdf:
        text = "".join(each.get_textpage().get_text_bounded() for each in pdf)
    for firm in firms_of(ledger):
        assert str(firm.name) in text.replace("\r\n", "").replace("\n", "")
    numbers = {each.sheet for each in ledger.find(Query(Review))}
    assert len(numbers) == 1
    assert str(numbers.pop()) in text


def sign_four(day: DayHands, ledger: Ledger) -> None:
    """召集人签字: not by who entered them, so somebody else comes to the keyboard."""
    approve(day, open_stage(day, 4), 4)
    said = day.refused()
    assert len(said) == 4
    assert all("不能由本人作最后签字" in why for _, why in said)
    day.work_as("tb", "陶丙")
    page = open_stage(day, 4)
    approve(day, page, 4)
    day.hands.until(lambda: in_state(ledger, review.RECOMMENDED) == 4)
    day.hands.front(day.window)
    names = {each.id: each.name for each in ledger.find(Query(Person))}
    said = {(each.level, names[str(each.reviewer)]) for each in ledger.find(Query(Review))}
    assert said == {
        (review.BY_FIRST, "程映雪"), (review.BY_BANK, "吕乙"),
        (review.BY_LEADER, "程映雪"), (review.BY_CONVENER, "陶丙"),
    }  # fmt: skip
    day.hands.choose_tab(page.tabs, "recommended")
    day.hands.listed(page, 4)
