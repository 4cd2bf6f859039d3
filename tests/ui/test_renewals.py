"""续贷 by keyboard: a loan is looked up, asked about, renewed, and stands among those done."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.records import Loan, Renewal
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.dialogs.asking import AskFields
from tests.ui.places import ledger_of, press, settle
from tests.ui.season_places import CONTROL, TODAY, choose, fill_season, open_page, sheet
from tests.ui.walk import walk, walk_parts

ledger = ledger_of(6)
KEY = "renewals"


def test_one_renewal_from_first_key_to_its_place(qtbot, window, jobs, ledger) -> None:
    fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    view = page.view()
    view.show_view("new")
    settle(qtbot, lambda: view.count() > 2)
    last = view.count() - 1
    model = view.panel.grid.lazy_model()
    view.panel.grid.setCurrentIndex(model.index(last, 1))
    record = view.current()
    view.bar.do(view.book.deeds[0])
    asked = sheet(qtbot, AskFields)
    press(qtbot, Qt.Key.Key_1)
    assert asked.editors["wanted"].value() is True
    settle(qtbot, asked.fields["wanted_amount"].isVisible)
    choose(qtbot, asked, wanted_amount="40")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.get(Renewal, record).wanted is True)
    assert ledger.get(Renewal, record).wanted_amount == 40_000_000
    settle(qtbot, lambda: not jobs.running())
    view.show_view("wanted")
    settle(qtbot, lambda: view.count() == 1)
    view.go_to(record)
    view.bar.do(view.book.deeds[1])
    ended = sheet(qtbot, AskFields)
    later = (TODAY + timedelta(days=365)).isoformat()
    choose(qtbot, ended, way="无还本续贷")
    choose(qtbot, ended, new_due_on=later, amount="40")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.get(Renewal, record).way == "无还本续贷")
    settle(qtbot, lambda: not jobs.running())
    view.show_view("done")
    settle(qtbot, lambda: view.count() == 1)
    made = ledger.get(Renewal, record)
    new = ledger.get(Loan, made.new_loan)
    assert (new.form, new.amount, new.due_on.isoformat()) == ("无还本续贷", 40_000_000, later)
    assert ledger.get(Loan, made.loan).settled_on == TODAY


def test_a_sheet_says_what_is_missing_and_stays(qtbot, window, jobs, ledger) -> None:
    fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    view = page.view()
    view.panel.grid.setCurrentIndex(view.panel.grid.lazy_model().index(0, 1))
    view.bar.do(view.book.deeds[1])
    ended = sheet(qtbot, AskFields)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: "还没填" in ended.fields["way"].message())
    choose(qtbot, ended, way="无还本续贷")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: "新到期日期" in ended.wrong())
    assert not walk(ended)
    ended.reject()
    jobs.wait()


def test_the_plot_opens_the_month_and_turns_into_its_table(qtbot, window, jobs, ledger) -> None:
    fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    settle(qtbot, page.plot.isVisible)
    plot = page.plot.plot
    wanted = next(bar for bar in plot.bars() if bar.whole)
    plot.setFocus()
    while plot.current().key != wanted.key:
        before = plot.current().key
        qtbot.keyClick(plot, Qt.Key.Key_Right)
        assert plot.current().key != before
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.view().count() == wanted.whole)
    table = page.plot.show_table()
    assert table.panel.grid.lazy_model().rowCount() == 12
    table.reject()
    jobs.wait()


def test_an_empty_book_offers_to_look_through_the_loans(qtbot, window, jobs, ledger) -> None:
    page = open_page(qtbot, window, jobs, ledger, KEY)
    assert page.view().empty_state() is not None
    assert not page.plot.isVisible()
    with ledger.read() as rows:
        assert rows.count(Query(Renewal, (Where("way", "blank"),))) == 0


@pytest.mark.parametrize("full", [False, True])
def test_nothing_is_cut_off(qtbot, window, jobs, ledger, full) -> None:
    if full:
        fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    first = page.tabs.chosen_key()

    def show(key: str) -> None:
        page.show_book(key)
        settle(qtbot, lambda: not jobs.running())

    parts = [(key, partial(show, key)) for key in (first, "due")]
    assert not walk_parts(window, parts, allow=("HT",))
    jobs.wait()
