"""小微园区 by keyboard: a park is registered, firms are pasted in, those without credit are looked at."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.records import Enterprise, Park, Tagging, Tenancy
from ledger_desk.store.queries import Query
from ledger_desk.ui.firms.adding import AddFirms
from ledger_desk.ui.records.record_dialog import RecordDialog
from tests.ui.places import focus, ledger_of, press, settle
from tests.ui.season_places import CONTROL, choose, fill_season, open_page, sheet
from tests.ui.walk import walk, walk_parts

ledger = ledger_of(6)
KEY = "parks"


def test_one_park_from_first_key_to_its_place(qtbot, window, jobs, ledger) -> None:
    page = open_page(qtbot, window, jobs, ledger, KEY)
    press(qtbot, Qt.Key.Key_F12)
    dialog = sheet(qtbot, RecordDialog)
    choose(qtbot, dialog, name="羚锐小微企业园", stars="四星级")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Park)) == 1)
    settle(qtbot, lambda: page.view().count() == 1 and not jobs.running())
    park = ledger.find(Query(Park))[0]
    assert (park.name, park.stars) == ("羚锐小微企业园", "四星级")
    view = page.view()
    view.go_to(park.id)
    view.bar.do(next(deed for deed in view.book.deeds if deed.key == "letin"))
    adding = sheet(qtbot, AddFirms)
    names = [firm.name for firm in ledger.find(Query(Enterprise), 2)]
    adding.area.set_text("\n".join([*names, "没有这一户"]))
    settle(qtbot, lambda: adding.go.words == "加进 2 户")
    assert "没有这一户" in adding._wrong.text()
    assert not walk(adding)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Tenancy)) == 2)
    assert ledger.count(Query(Tagging)) == 2
    settle(qtbot, lambda: not jobs.running())
    settle(qtbot, page.plot.isVisible)
    focus(qtbot, view.panel.grid)
    view.go_to(park.id)
    press(qtbot, Qt.Key.Key_L, CONTROL)
    settle(qtbot, lambda: page.tabs.chosen_key() == "firms" and page.view().count() == 2)


def test_firms_can_be_ticked_in_the_list_too(qtbot, window, jobs, ledger) -> None:
    fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    view = page.view()
    view.panel.grid.setCurrentIndex(view.panel.grid.lazy_model().index(0, 1))
    view.bar.do(next(deed for deed in view.book.deeds if deed.key == "letin"))
    adding = sheet(qtbot, AddFirms)
    adding.tabs.choose("ticks")
    settle(qtbot, lambda: adding.panel.grid.lazy_model().rowCount() == 6)
    adding.filter.set_text("甲000")
    settle(qtbot, lambda: adding.panel.grid.lazy_model().rowCount() == 1)
    adding.panel.grid.setCurrentIndex(adding.panel.grid.lazy_model().index(0, 1))
    focus(qtbot, adding.panel.grid)
    press(qtbot, Qt.Key.Key_Space)
    settle(qtbot, lambda: adding.go.words == "加进 1 户")
    adding.filter.set_text("乙001")
    settle(
        qtbot, lambda: adding.panel.grid.current_id() != "" and adding.source.choice.text == "乙001"
    )
    adding.panel.grid.setCurrentIndex(adding.panel.grid.lazy_model().index(0, 1))
    focus(qtbot, adding.panel.grid)
    press(qtbot, Qt.Key.Key_Space)
    settle(qtbot, lambda: adding.go.words == "加进 2 户")
    adding.none.click()
    settle(qtbot, lambda: adding.go.words == "加进 0 户")
    adding.reject()
    jobs.wait()


def test_the_pane_names_the_firms_of_a_park(qtbot, window, jobs, ledger) -> None:
    fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    view = page.view()
    view.panel.grid.setCurrentIndex(view.panel.grid.lazy_model().index(0, 1))
    settle(qtbot, lambda: page.pane_content.record() != "")
    from ledger_desk.ui.books.details import read_details

    children = read_details(ledger, view.book, view.current()).children
    assert all("茶叶加工厂" in child.text for child in children[0].last)


@pytest.mark.parametrize("full", [False, True])
def test_nothing_is_cut_off(qtbot, window, jobs, ledger, full) -> None:
    if full:
        fill_season(ledger)
    page = open_page(qtbot, window, jobs, ledger, KEY)
    first = page.tabs.chosen_key()

    def show(key: str) -> None:
        page.show_book(key)
        settle(qtbot, lambda: not jobs.running())

    parts = [(key, partial(show, key)) for key in (first, "firms")]
    assert not walk_parts(window, parts)
    jobs.wait()
