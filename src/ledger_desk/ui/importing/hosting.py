"""A page over which the assistant that reads tables in can lie, and onto which files can be dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.importing.start_view import dropped_file
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.covered import CoveredPage

if TYPE_CHECKING:
    from ledger_desk.ui.dialogs.importing import ImportAssistant


class ImportingPage(CoveredPage):
    """Base of pages that read tables in; they have a ledger, jobs and a window of their own."""

    _ledger: Ledger
    _jobs: Jobs
    _window: MainWindow
    _import: ImportAssistant | None = None

    def open_import(self, path: Path | None = None) -> None:
        """Open the assistant that reads a table in, with a file or without."""
        self.cover(self.assistant())
        if path is not None:
            self.assistant().start(path)

    def choose_file(self) -> None:
        """Go straight to the question for a file."""
        self.open_import()
        self.assistant().choose_file()

    def paste(self) -> None:
        """Read a block in that was copied from a spreadsheet."""
        self.open_import()
        self.assistant().paste()

    def paste_list(self, text: str) -> None:
        """Read a block in as a list: rows that were pasted below the end of a grid."""
        from ledger_desk.ui.importing.work import from_clipboard  # late: the window opens sooner

        path = from_clipboard(text)
        if path is not None:
            self.open_import()
            self.assistant().start(path, temporary=True)

    def assistant(self) -> ImportAssistant:
        """The assistant; one for the page, so that the last result can be looked at again."""
        # late: the window opens sooner
        from ledger_desk.ui.dialogs.importing import ImportAssistant

        if self._import is None:
            self._import = ImportAssistant(self._ledger, self._jobs, self._window)
            self._import.closed.connect(self._leave)
            self._import.changed.connect(self._changed)
        return self._import

    def _leave(self) -> None:
        """The assistant was closed; pages may do more."""
        self.uncover()
        self.entered()

    def _changed(self) -> None:
        """The assistant has written; pages read again and say so."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged over the page."""
        if dropped_file(event.mimeData()) is not None and not self._ledger.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read a dropped file in."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_import(path)
