"""What is done to enterprises from the list: to the recycle bin and back, and out as a list."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.deeds import ListDeeds
from ledger_desk.ui.main_window import MainWindow


class Deeds(ListDeeds):
    """`ListDeeds` of firms."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QObject) -> None:
        """Work on a ledger."""
        super().__init__(ledger, jobs, window, parent, Enterprise, noun="户")
