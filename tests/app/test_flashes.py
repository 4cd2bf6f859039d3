"""Nothing may flash: a part shown before it has a parent is a window of its own for a moment."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme as themes
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from tests.app.conftest import TODAY


class _Watch(QObject):
    """Notes every window that is shown, but for the main one and menus."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and not isinstance(watched, (MainWindow, QMenu)):
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def watch(qapp: QApplication):
    made = _Watch()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def test_no_part_of_a_page_flashes_as_a_window_of_its_own(
    qtbot, qapp, watch, tmp_path, practised
) -> None:
    ledger = Ledger.open(practised(tmp_path / "l.账套", firms=20, today=TODAY))
    desk = Desk(ledger, themes.install(qapp), Jobs())
    qtbot.addWidget(desk.window)
    for entry in entries(desk):
        desk.add(entry)
    desk.show()
    for entry in entries(desk):
        desk.window.show_page(entry.key)
        desk.jobs.wait()
        qtbot.wait(250)
    assert watch.seen == []
    desk.window.close()
