"""What tests of the window share: the theme on Qt's application, jobs that end, a shell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ledger_desk.ui import theme as themes
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.recents import recents
from ledger_desk.ui.theme import Theme


@pytest.fixture(autouse=True)
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    """The theme at 100 %, or at once at the test's ``factor``: a window is dressed only once."""
    call = getattr(request.node, "callspec", None)
    factor = float(call.params.get("factor", 1.0)) if call is not None else 1.0
    # What the last test left would be dressed again with every change of the theme.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    dressed = themes.install(qapp, factor=factor)
    yield dressed
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.close()


@pytest.fixture(autouse=True)
def no_recents(qapp: QApplication) -> None:
    """Nothing was picked lately: lists stand in their own order."""
    recents().forget()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """Jobs that are shut down after the test."""
    made = Jobs(qapp)
    yield made
    made.shutdown()
    qapp.processEvents()
    made.deleteLater()


@pytest.fixture
def window(qtbot, theme: Theme, jobs: Jobs) -> MainWindow:
    """An empty shell, 1366 × 768, not shown yet."""
    made = MainWindow(theme, jobs)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    return made
