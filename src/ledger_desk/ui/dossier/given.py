"""What every part of the file is given."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.keeping import RecordKeeper


@dataclass(frozen=True)
class Given:
    """The ledger, the jobs, the window, and the firm that is open.

    Attributes:
        keeper: Holds the firm's own values for all sections.
    """

    ledger: Ledger
    jobs: Jobs
    window: MainWindow
    keeper: RecordKeeper
