"""The page of enterprises in a shown window, and short words for what tests ask it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.enterprises import EnterprisePage
from tests.ui.places import settle, show

FIRMS = 30


def open_page(qtbot, window: MainWindow, jobs, ledger: Ledger) -> EnterprisePage:
    """The page in a shown window, its counts found."""
    page = EnterprisePage(ledger, jobs, window)
    window.add_page("enterprises", "经营主体", "building-store", page)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    settle(qtbot, lambda: "缺必填 " in page.tabs.tabText(1))
    page.panel.grid.setFocus()
    return page


@pytest.fixture
def enterprise_page(qtbot, window: MainWindow, jobs, ledger: Ledger) -> Iterator[EnterprisePage]:
    """The page on the module's ledger; a module takes it as ``page = enterprise_page``."""
    made = open_page(qtbot, window, jobs, ledger)
    yield made
    jobs.wait()


def rows(page: EnterprisePage) -> int:
    return page.panel.grid.lazy_model().rowCount()


def column(page: EnterprisePage, key: str) -> int:
    return [c.key for c in page.panel.grid.lazy_model().columns].index(key)


def cell(page: EnterprisePage, row: int, key: str):
    return page.panel.grid.lazy_model().cell(row, column(page, key))


def go_to_row(page: EnterprisePage, row: int) -> None:
    page.panel.grid.setCurrentIndex(page.panel.grid.lazy_model().index(row, 1))
