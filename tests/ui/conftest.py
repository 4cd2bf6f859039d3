"""What tests of the window share: the theme on Qt's application, jobs that end, a shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ledger_desk.ui import theme as themes
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.theme import Theme

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Opening a menu or a list says this on the offscreen platform; it is harmless."""
    ignore = pytest.mark.qt_log_ignore(
        "^This plugin does not support grabbing the keyboard$", extend=True
    )
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(ignore)


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The theme at 100 %, put back after the test."""
    dressed = themes.install(qapp)
    if dressed.look.factor != 1.0 or dressed.look.tokens.contrast:
        dressed.set(factor=1.0, contrast=False)
    yield dressed
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.close()


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
