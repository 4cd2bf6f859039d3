"""The assistant at work: one job at a time, errors given back, records opened over it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from ledger_desk.errors import UserError
from ledger_desk.exchange.errors_workbook import ErrorsWritten, suggest_path
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.importing.frame import CHOOSE, DONE, LOOK, AssistantFrame
from ledger_desk.ui.importing.work import Seen, give_back
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import open_with_system
from ledger_desk.ui.records.record_dialog import RecordDialog


class WorkingFrame(AssistantFrame):
    """Runs work for the assistant.

    Besides the signals of the frame: ``changed``, when something was written or taken back.
    """

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Work on a ledger."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._edited = False
        self.return_wanted.connect(self.give_back)
        self._results.open_wanted.connect(self.open_record)

    def look(self) -> None:
        """Rehearse the reading in and show what would change."""
        raise NotImplementedError

    def give_back(self) -> None:
        """Ask where the errors go, then write them into a copy of the sender's file."""
        if self._seen is None:
            return
        suggested = suggest_path(self._seen.tables[0])
        name, _ = QFileDialog.getSaveFileName(
            self.window(), "退回有错的行", str(suggested), f"表格 (*{suggested.suffix})"
        )
        if not name:
            return
        out = Path(name) if Path(name).suffix else Path(name).with_suffix(suggested.suffix)
        work = partial(give_back, self._ledger, self._seen, out, self._stage == DONE)
        self._run(f"正在写 {out.name}", "停下不留半个文件。", work, self._given_back)

    def open_record(self, table: str, record: str) -> None:
        """Show a record of the ledger over the assistant."""
        dialog = RecordDialog(self._window, self._ledger, BY_TABLE[table], record)
        dialog.saved.connect(self._note_edit)
        dialog.finished.connect(self._record_closed)
        dialog.open()

    def _given_back(self, made: tuple[ErrorsWritten, Seen]) -> None:
        self._job = None
        written, self._seen = made
        self._show(self._stage)
        actions = [("打开文件夹", partial(open_with_system, written.path.parent))]
        self._window.toasts.done("校验结果写好了", written.sentence, actions)
        self.changed.emit()

    def _note_edit(self, _record: str) -> None:
        self._edited = True
        self.changed.emit()

    def _record_closed(self, _result: int) -> None:
        """Look again at what would change, where the record that was open was edited."""
        if self._edited and self._stage == LOOK:
            self.look()
        self._edited = False

    def _fail(self, error: BaseException) -> None:
        if self._stage == CHOOSE and isinstance(error, UserError):
            self._start.refuse(str(error))
            self._show(CHOOSE)
        else:
            self._show(self._stage)
            show_error(self._window, error, "没有做成" if self._stage == DONE else "没有装入")
