"""The page 数据交换 and the assistant that reads tables in, each in a shown window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.dialogs.importing import ImportAssistant
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.exchange import ExchangePage
from tests.ui.places import show


@pytest.fixture
def exchange_page(qtbot, window: MainWindow, jobs, ledger: Ledger) -> Iterator[ExchangePage]:
    """The page on the module's ledger; a module takes it as ``page = exchange_page``."""
    made = ExchangePage(ledger, jobs, window)
    window.add_page("exchange", "数据交换", "arrows-exchange", made)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    yield made
    jobs.wait()


@pytest.fixture
def import_assistant(qtbot, window: MainWindow, jobs, ledger: Ledger) -> Iterator[ImportAssistant]:
    """The assistant on the module's ledger; taken as ``assistant = import_assistant``."""
    made = ImportAssistant(ledger, jobs, window)
    window.add_page("exchange", "装入", "file-import", made)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    yield made
    jobs.wait()
