"""Every screen of 申报与审核 at 100 % and 200 %: nothing cut, outside, or without a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ledger_desk.model import review
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui import theme
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.pages.applications import deeds
from ledger_desk.ui.pages.applications.page import ApplicationPage
from tests.ui.application_places import fill_desk, in_state, open_page
from tests.ui.places import ledger_of, settle
from tests.ui.walk import walk

ledger = ledger_of(18)


@pytest.fixture
def page(qtbot, window, jobs, ledger: Ledger):
    fill_desk(ledger, [each.id for each in ledger.find(Query(Enterprise))][:16])
    yield open_page(qtbot, window, jobs, ledger)
    jobs.wait()


def _views(page: ApplicationPage) -> list[Callable[[], object]]:
    def of(book: str, view: str) -> Callable[[], object]:
        return lambda: page.show_book(book, view)

    ledger = page.ledger
    return [
        *(of(book.key, view.key) for book in page.books for view in book.views),
        lambda: page.open_review(in_state(ledger, review.FIRST)),
        lambda: page.open_review(in_state(ledger, review.RECOMMENDED)),
        lambda: page.open_entry(),
        lambda: page.open_entry(in_state(ledger, review.RETURNED)[0]),
    ]


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_every_view_and_covering_page_can_be_read(qtbot, page, window, factor):
    theme.current().set(factor=factor)
    window.resize(QSize(1366, 768))
    found: list[str] = []
    for number, show in enumerate(_views(page)):
        if page.cover_view is not None:
            page.uncover()
        show()
        for _ in range(6):
            qtbot.wait(60)
            told = walk(window)
            if not told:
                break
        found += [f"{number}: {each}" for each in told]
        assert window.size() == QSize(1366, 768), number
    assert not found, "\n".join(found)


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_every_sheet_can_be_read(qtbot, page, window, factor):
    theme.current().set(factor=factor)
    window.resize(QSize(1366, 768))
    view = page.show_book("applications", "stage1")
    settle(qtbot, lambda: view.count() == 3)
    ids = in_state(page.ledger, review.FIRST)
    found: list[str] = []
    for ask in (
        lambda: deeds.approve(review.BY_FIRST, view, ids), lambda: deeds.reject(view, ids), lambda: deeds.withdraw(view, ids),
        lambda: deeds.remove(view, ids), lambda: deeds.outside(view, ids), lambda: deeds.check(view, ids), lambda: deeds.judge(view, ids),
    ):  # fmt: skip
        ask()
        qtbot.wait(80)
        dialog = next(
            d for d in QApplication.topLevelWidgets() if isinstance(d, Dialog) and d.isVisible()
        )
        found += [f"{dialog.windowTitle()}: {each}" for each in walk(dialog)]
        dialog.reject()
    assert not found, "\n".join(found)
