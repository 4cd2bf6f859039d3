"""推送与银行 by keyboard: push, key in, read back, coach; nothing squeezed at 100 % and 200 %."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt

from ledger_desk.model.records import Credit, Cultivation, Guarantee, Guarantor, Matching, Referral
from ledger_desk.store.queries import Query
from ledger_desk.ui.pages.pushing import PushingPage
from ledger_desk.ui.pages.pushing.answer_page import AnswerPage
from ledger_desk.ui.pages.pushing.asking import PushSheet
from ledger_desk.work import bank_books, deciding
from tests.ui.places import press, settle, type_into
from tests.ui.walk import walk_pages
from tests.work.bank_places import PUSHED, County, Workbook, county

DAY = PUSHED + timedelta(days=4)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[County]:
    with county(tmp_path / "甲.账套") as made:
        yield made


@pytest.fixture
def page(qtbot, place: County, jobs, window) -> PushingPage:
    made = PushingPage(place.ledger, jobs, window)
    window.add_page("pushing", "推送与银行", "send", made)
    window.show_page("pushing")
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    made.refresh()
    return made


def go(qtbot, page: PushingPage, book: str, count: int) -> None:
    """Bring a book to the front, with the keyboard in its list."""
    view = page.show_book(book)
    settle(qtbot, lambda: view.count() == count)
    view.panel.grid.setFocus()
    qtbot.waitUntil(view.panel.grid.hasFocus)


def test_all_that_wait_are_pushed_by_keyboard(qtbot, place: County, page: PushingPage):
    go(qtbot, page, "waiting", 4)
    press(qtbot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: bool(page.window().findChildren(PushSheet)))
    (sheet,) = page.window().findChildren(PushSheet)
    assert "农行 4 户" in sheet._told.text()
    assert "工行 2 户" in sheet._told.text()
    type_into(qtbot, sheet.day.widget, "2026-3-5")
    press(qtbot, Qt.Key.Key_F12)
    settle(qtbot, lambda: place.ledger.count(Query(Referral)) == 6)
    settle(qtbot, lambda: page.book("waiting").count() == 0)
    assert {r.pushed_on for r in place.ledger.find(Query(Referral))} == {PUSHED}


def answer_page(qtbot, page: PushingPage) -> AnswerPage:
    qtbot.waitUntil(lambda: isinstance(page.cover_view, AnswerPage))
    assert isinstance(page.cover_view, AnswerPage)
    return page.cover_view


def test_a_banks_answers_are_keyed_in_one_firm_after_another(
    qtbot, place: County, page: PushingPage
):
    place.push()
    page.refresh()
    go(qtbot, page, "referrals", 6)
    press(qtbot, Qt.Key.Key_F4)
    keyed = answer_page(qtbot, page)
    first = keyed.current()
    editors = keyed.form.editors
    type_into(qtbot, editors["contacted_on"].widget, "2026-3-6")
    keyed.form.focus_field("decision")
    press(qtbot, Qt.Key.Key_1)
    type_into(qtbot, editors["decided_on"].widget, "2026-3-9")
    press(qtbot, Qt.Key.Key_F12)
    assert "授信金额" in keyed.form.fields["amount"].message()
    assert keyed.current() == first
    type_into(qtbot, editors["amount"].widget, "50")
    type_into(qtbot, editors["drawn_on"].widget, "2026-3-10")
    type_into(qtbot, editors["drawn"].widget, "20")
    press(qtbot, Qt.Key.Key_F12)
    assert keyed.current() != first
    assert not keyed.form.is_touched()
    (credit,) = place.ledger.find(Query(Credit))
    assert credit.amount == 50_000_000
    keyed.form.focus_field("decision")
    press(qtbot, Qt.Key.Key_2)
    type_into(qtbot, editors["decided_on"].widget, "2026-3-9")
    editors["reason"].set_value("缺抵质押、担保")
    editors["reason"].left.emit()
    assert editors["department"].value() == "担保机构、银行"
    assert editors["repairable"].value() is True
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: page.cover_view is None)
    assert place.ledger.count(Query(Credit)) == 2


def test_the_returned_workbooks_are_looked_at_and_let_in_by_keyboard(
    qtbot, place: County, page: PushingPage, tmp_path: Path
):
    place.push()
    made = bank_books.write_books(
        place.ledger, tmp_path / "表", bank_books.referrals_of(place.ledger)
    )
    books = [Workbook(each.path) for each in made.books]
    large = max(books, key=lambda book: len(book.rows()))
    known = {"contacted_on": PUSHED, "manager": "胡志远"}
    deciding.answer(place.ledger, {place.at(0)[0].id: known}, DAY)
    large.put(large.row_of("甲县000号茶厂"), 对接日期=None, 银行备注="在谈")  # blanked
    large.put(large.row_of("甲县001号茶厂"), 对接日期=DAY, 台账记号=None)  # token lost
    large.put(large.row_of("甲县002号茶厂"), 授信金额="很多")
    large.reorder(lambda rows: list(reversed(rows)))  # sorted
    large.save()
    page.refresh()
    go(qtbot, page, "referrals", 6)
    read = page.read_back()
    read.read_folder(tmp_path / "表")
    settle(qtbot, lambda: read.result() is not None)
    result = read.result()
    assert result is not None
    assert result.counts["wrong"] == 1
    assert result.counts["new"] + result.counts["changed"] == 2
    assert result.counts["same"] == 3
    assert place.ledger.count(Query(Matching)) == 1
    press(qtbot, Qt.Key.Key_F12)
    settle(qtbot, lambda: place.ledger.count(Query(Matching)) == 2)
    assert place.at(0)[0].note == "在谈"
    assert place.ledger.find(Query(Matching))[0].day == PUSHED  # the blanked cell erased nothing
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.cover_view is None)


def test_a_refused_firm_is_coached_by_keyboard(qtbot, place: County, page: PushingPage):
    refused = place.push()[0].id
    given = {"decision": "不予授信", "decided_on": DAY, "reason": "缺抵质押、担保"}
    deciding.answer(place.ledger, {refused: given}, DAY)
    page.refresh()
    go(qtbot, page, "refusals", 1)
    page.view().show_view("coach")
    settle(qtbot, lambda: page.view().count() == 1)
    page.view().panel.grid.setFocus()
    page.view().go_to(refused)
    press(qtbot, Qt.Key.Key_F4)
    settle(qtbot, lambda: place.ledger.count(Query(Cultivation)) == 1)
    assert place.ledger.find(Query(Cultivation))[0].referral == refused


def test_a_click_on_a_bank_narrows_the_list(qtbot, place: County, page: PushingPage):
    place.push()
    page.refresh()
    go(qtbot, page, "referrals", 6)
    settle(qtbot, lambda: len(page.strip.buttons()) == 2)
    first, second = page.strip.buttons()
    second.click()
    settle(qtbot, lambda: page.view().count() == 2)
    second = page.strip.buttons()[1]
    second.click()
    settle(qtbot, lambda: page.view().count() == 6)
    assert first is not second


def test_a_guarantee_comes_to_its_place_with_its_warnings(qtbot, place: County, page: PushingPage):
    with place.ledger.step("备") as step:
        house = step.create(Guarantor(name="甲县担保", kind="政府性担保机构"))
        step.create(Guarantee(
            enterprise=place.firms[0], guarantor=house, amount=600_000_000, fee=15_000,
            since=PUSHED, share_guarantor=400_000, share_bank=200_000,
        ))  # fmt: skip
    page.refresh()
    go(qtbot, page, "guarantees", 1)
    settle(qtbot, lambda: "支小支农占比" in page.sums._odd.text())
    assert "1 笔费率偏高" in page.sums._odd.text()
    assert "1 笔单户超额" in page.sums._odd.text()


@pytest.mark.slow
def test_nothing_is_squeezed_at_any_size(qtbot, place: County, page: PushingPage, tmp_path: Path):
    some = place.push()
    deciding.answer(place.ledger, {
        some[0].id: {"decision": "不予授信", "decided_on": DAY, "reason": "缺抵质押、担保"},
        some[1].id: {"decision": "授信", "decided_on": DAY, "amount": 10_000_000,
                     "drawn_on": DAY, "drawn": 5_000_000},
    }, DAY)  # fmt: skip
    page.refresh()
    for book in page.books:
        page.show_book(book.key)
        qtbot.wait(60)
        assert not walk_pages(page.window(), size=QSize(1366, 768)), book.key
    ids = [each.id for each in some]
    for at in ids[:3]:
        page.key_in(ids, at)
        assert not walk_pages(page.window(), size=QSize(1366, 768))
    page.uncover()
    read = page.read_back()
    made = bank_books.write_books(
        place.ledger, tmp_path / "表", bank_books.referrals_of(place.ledger)
    )
    (tmp_path / "坏.xlsx").write_bytes(b"no")
    read.read_files([*(each.path for each in made.books), tmp_path / "坏.xlsx"])
    settle(qtbot, lambda: read.result() is not None)
    assert not walk_pages(page.window(), size=QSize(1366, 768))
    read._enter_rows()
    assert not walk_pages(page.window(), size=QSize(1366, 768))
