"""The half of a day's work that has to do with banks: pushing, their workbooks, coaching; by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from ledger_desk.model.records import (
    Application,
    Credit,
    Cultivation,
    Enterprise,
    Matching,
    PushBatch,
    Referral,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.pages.first_loan import FirstLoanPage
from ledger_desk.ui.pages.pushing import PushingPage
from ledger_desk.ui.pages.pushing.asking import DaySheet, PushSheet
from ledger_desk.ui.pages.pushing.read_page import ReadPage
from tests.ui.day_hands import DayHands, button_of, shown
from tests.ui.hands import Key
from tests.work.bank_places import Workbook

TODAY = date.today()


def firms_of(ledger: Ledger) -> list[Enterprise]:
    """The four firms that apply; the second and the fourth name two banks."""
    made = ledger.find(Query(Application))
    firms = {each.id: ledger.get(Enterprise, str(each.enterprise)) for each in made}
    return [firms[each.id] for each in sorted(made, key=lambda a: (bool(a.bank2), str(a.no)))]


def push_to_two(day: DayHands, ledger: Ledger) -> None:
    """推送 all that wait, each firm to its intended banks only; one bank calls both its firms."""
    hands = day.hands
    page = hands.page("pushing")
    assert isinstance(page, PushingPage)
    hands.book(page, "waiting")
    day.mark_all(page, 4)
    hands.press(Key.Key_F4)
    sheet = hands.sheet(PushSheet)
    assert "农行 4 户" in sheet._told.text()
    assert "农商行 2 户" in sheet._told.text()
    hands.press(Key.Key_F12)
    hands.until(lambda: ledger.count(Query(Referral)) == 6)
    hands.front(day.window)
    hands.until(lambda: page.view().count() == 0)
    assert ledger.count(Query(PushBatch)) == 2
    hands.book(page, "referrals")
    hands.until(lambda: len(page.strip.buttons()) == 2)
    day.press_on(page.strip.buttons()[1])
    day.mark_all(page, 2)
    day.do_more(page, "记对接 2")
    hands.sheet(DaySheet)
    hands.press(Key.Key_F12)
    hands.until(lambda: ledger.count(Query(Matching)) == 2)
    hands.front(day.window)
    hands.quiet()
    day.press_on(page.strip.buttons()[1])  # all banks again
    hands.until(lambda: page.view().count() == 6)


def send_out(day: DayHands, ledger: Ledger, folder: Path, monkeypatch: Any) -> None:
    """写银行回填表: one workbook for each bank."""
    page = day.hands.window.page("pushing")
    assert isinstance(page, PushingPage)
    day.hands.book(page, "batches")
    day.mark_all(page, 2)
    with monkeypatch.context() as patched, day.answering(monkeypatch, "电话遮盖"):
        patched.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
        day.do(page, "books")
    day.hands.until(lambda: len(list(folder.glob("*.xlsx"))) == 2)
    day.hands.quiet()
    day.hands.front(day.window)


def fill_as_bankers(folder: Path, firms: list[Enterprise]) -> None:
    """One sorts its book and loses a token; the other empties a cell that was filled."""
    one, three, two, four = (str(firm.name) for firm in firms)
    large, small = sorted(map(Workbook, folder.glob("*.xlsx")), key=lambda book: -len(book.rows()))
    large.put(large.row_of(one), 对接日期=TODAY, 银行决定="授信", 决定日期=TODAY, 授信金额=50,
              授信期限=12, 放款日期=TODAY, 放款金额=20, 台账记号=None)  # fmt: skip
    large.put(large.row_of(two), 对接日期=TODAY, 银行决定="授信", 决定日期=TODAY, 授信金额=30)
    large.put(large.row_of(three), 对接日期=TODAY, 银行决定="不予授信", 决定日期=TODAY,
              未授信原因类别="缺抵质押、担保")  # fmt: skip
    large.put(large.row_of(four), 对接日期=TODAY)
    large.reorder(lambda rows: list(reversed(rows)))
    large.save()
    small.put(small.row_of(two), 对接日期=None, 银行备注="在谈")
    small.save()


def read_back(day: DayHands, ledger: Ledger, folder: Path, monkeypatch: Any) -> None:
    """读回银行表: the whole folder, looked at, let in, seen in the list."""
    hands = day.hands
    page = hands.window.page("pushing")
    assert isinstance(page, PushingPage)
    hands.book(page, "referrals")
    day.do(page, "read")
    hands.until(lambda: isinstance(page.cover_view, ReadPage))
    read = page.cover_view
    assert isinstance(read, ReadPage)
    assert day.window.status.text() == ""
    with monkeypatch.context() as patched:
        patched.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
        hands.push(button_of(read.body.parentWidget(), "选文件夹…"))
        hands.until(lambda: read.result() is not None)
    hands.quiet()
    result = read.result()
    assert result is not None
    counts = result.counts
    assert (counts["new"] + counts["changed"], counts["same"]) == (5, 1)
    assert (counts["doubtful"], counts["wrong"]) == (0, 0)
    assert len(shown(read.files.grid, "文件")) == 2
    assert read._go.words == "登进账里 5 户  F12"
    assert ledger.count(Query(Credit)) == 0, "looking writes nothing"
    hands.press(Key.Key_F12)
    hands.until(lambda: page.cover_view is None)
    hands.quiet()
    credits = ledger.find(Query(Credit))
    assert sorted((each.granted, each.amount or 0) for each in credits) == [
        (False, 0), (True, 30_000_000), (True, 50_000_000),
    ]  # fmt: skip
    assert {each.day for each in ledger.find(Query(Matching))} == {TODAY}
    assert ledger.count(Query(Matching)) == 6, "an empty cell took nothing away"
    assert ledger.count(Query(Referral, (Where("note", "=", "在谈"),))) == 1
    hands.listed(page, 6)
    for view, column, said in (
        ("granted", "授信金额(万元)", "30.00"), ("drawn", "放款金额(万元)", "20.00"),
        ("refused", "银行决定", "不予授信"),
    ):  # fmt: skip
        hands.choose_tab(page.view().tabs, view)
        hands.listed(page, 1)
        assert shown(page.view().panel.grid, column) == [said]


def coach_one(day: DayHands, ledger: Ledger) -> None:
    """转辅导: the refused firm comes onto the list of 首贷培植."""
    hands = day.hands
    page = hands.window.page("pushing")
    assert isinstance(page, PushingPage)
    hands.book(page, "refusals", "coach")
    hands.listed(page, 1)
    firm = shown(page.view().panel.grid, "经营主体")
    hands.press(Key.Key_F4)
    hands.until(lambda: ledger.count(Query(Cultivation)) == 1)
    hands.quiet()
    (made,) = ledger.find(Query(Cultivation))
    (refused,) = ledger.find(Query(Referral, (Where("decision", "=", "不予授信"),)))
    assert (made.referral, made.enterprise) == (refused.id, refused.enterprise)
    hands.choose_tab(page.view().tabs, "coaching")
    hands.listed(page, 1)
    growing = hands.page("first_loan")
    assert isinstance(growing, FirstLoanPage)
    grid = growing.lists.grid()
    hands.until(lambda: grid.lazy_model().rowCount() == 1)
    assert shown(grid, "经营主体名称") == firm
