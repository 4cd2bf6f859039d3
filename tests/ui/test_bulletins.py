"""通报 by keyboard: walk the numbers, open one, change the wording, save the files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.exchanging import Dispatch
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Enterprise, Visit
from ledger_desk.reports.bulletins.wordings import find_wording
from ledger_desk.store.queries import Query
from ledger_desk.ui.pages.reports.bulletins import BulletinPage
from ledger_desk.ui.pages.reports.bulletins import page as pages
from ledger_desk.ui.pages.reports.bulletins.wording_dialog import WordingDialog
from tests.ui.places import focus, ledger_of, press, settle
from tests.ui.season_places import CONTROL, sheet
from tests.ui.walk import walk, walk_pages

ledger = ledger_of(6)
DAY = date(2024, 11, 20)


@pytest.fixture
def page(qtbot, window, jobs, ledger) -> BulletinPage:
    with ledger.step("走访") as step:
        for firm in ledger.find(Query(Enterprise), 3):
            step.create(Visit(enterprise=firm.id, day=DAY, kind="走访", office=ledger.office.id))
    made = BulletinPage(ledger, jobs, window)
    window.add_page("bulletins", "通报", "file-text", made, "numbers")
    window.resize(1366, 768)
    window.show()
    window.show_page("bulletins")
    made.period_bar.set_period(Period(DAY, DAY))
    made.rebuild()
    settle(qtbot, lambda: made.bulletin() is not None and made.bulletin().period.end == DAY)
    return made


def test_arrows_walk_the_numbers_and_enter_lists_the_firms(qtbot, page) -> None:
    focus(qtbot, page.paper)
    press(qtbot, Qt.Key.Key_Right)
    assert page.paper.current() == 1
    assert page.bulletin().spots[1].text == "3户"
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.side.currentWidget() is page.drill)
    opened: list[tuple[str, str]] = []
    page.open_record.connect(lambda table, record: opened.append((table, record)))
    settle(qtbot, page.drill.panel.grid.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: bool(opened))
    assert opened[0][0] == "enterprise"
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, page.paper.hasFocus)
    press(qtbot, Qt.Key.Key_Left)
    assert page.paper.current() == 1


def test_a_wording_is_changed_and_what_is_wrong_is_said_while_typing(qtbot, page, ledger) -> None:
    focus(qtbot, page.paper)
    press(qtbot, Qt.Key.Key_E, CONTROL)
    dialog = sheet(qtbot, WordingDialog)
    assert not walk(dialog)
    dialog.text.setPlainText("今天走访{走访家数@本日}。")
    assert not dialog.save()
    assert find_wording(ledger, "日通报").record is None
    dialog.text.setPlainText("今天走访{走访户数@本日}。")
    assert dialog.check()
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: find_wording(ledger, "日通报").record is not None)
    settle(qtbot, lambda: page.bulletin() is not None and len(page.bulletin().spots) == 1)
    assert page.bulletin().blocks[0].text == "今天走访3户。"


def test_both_files_are_saved_and_registered(
    qtbot, page, ledger, jobs, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(pages, "choose_target", lambda parent, name, **more: tmp_path / name)
    focus(qtbot, page.paper)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Dispatch)) == 1)
    page.save_pdf()
    settle(qtbot, lambda: ledger.count(Query(Dispatch)) == 2 and not jobs.running())
    assert {path.suffix for path in tmp_path.iterdir() if "日通报" in path.name} == {
        ".docx",
        ".pdf",
    }


def test_the_page_fits_at_both_sizes(qtbot, page, window) -> None:
    assert not walk_pages(window)
