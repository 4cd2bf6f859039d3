"""Lists of dictionary entries from and to spreadsheets, as jobs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from ledger_desk import paths
from ledger_desk.errors import UserError
from ledger_desk.exchange import term_lists
from ledger_desk.exchange.term_lists import TermPlan
from ledger_desk.files import free_name, safe_name
from ledger_desk.model.listing import Listing
from ledger_desk.model.terms import Dictionary
from ledger_desk.progress import Progress
from ledger_desk.settings import Settings
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import open_with_system
from ledger_desk.ui.pages.settings.term_dialog import TermsPreview

_IN = "表格 (*.xlsx *.xls *.xlsm *.xlsb *.ods *.et *.csv)"
_OUT = "Excel 表格 (*.xlsx)"
_ACTION = "dictionaries"


class DictionaryFiles(QObject):
    """Reads lists in and writes them out; ``changed`` when the ledger was changed."""

    changed = Signal()

    def __init__(self, parent: QObject, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Work for a ledger."""
        super().__init__(parent)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._file = Path()
        self.preview: TermsPreview | None = None

    def ask_and_read(self, dictionary: Dictionary) -> None:
        """Ask for a file and look at what it would do."""
        folder = str(Settings.load().folder_of(_ACTION) or paths.data_dir())
        title = f"读入“{dictionary.title}”"
        chosen, _ = QFileDialog.getOpenFileName(self._window, title, folder, _IN)
        if chosen:
            Settings.load().used(_ACTION, Path(chosen).parent).save()
            self.read(dictionary, Path(chosen))

    def read(self, dictionary: Dictionary, path: Path) -> None:
        """Read a list as a job, then show what it would do."""
        self._file = path

        def work(progress: Progress) -> TermPlan:
            return term_lists.plan(self._ledger, dictionary, path, progress)

        self._jobs.start(
            work, title=f"正在读 {path.name}", leaves="停下，什么也不改",
            succeeded=self._planned, failed=self._failed,
        )  # fmt: skip

    def ask_and_write(self, listing: Listing) -> None:
        """Ask for a place and write a dictionary there."""
        folder = Settings.load().folder_of(_ACTION) or paths.data_dir()
        title = listing.dictionary.title
        start = str(free_name(folder / f"{safe_name(f'词典 {title}')}.xlsx"))
        chosen, _ = QFileDialog.getSaveFileName(self._window, f"传出“{title}”", start, _OUT)
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
            Settings.load().used(_ACTION, path.parent).save()
            self.write(listing, path)

    def write(self, listing: Listing, path: Path) -> None:
        """Write a dictionary as a job."""
        self._file = path
        self._jobs.start(
            lambda progress: term_lists.write(listing, path, progress),
            title=f"正在写 {path.name}", leaves="停下，不留半个文件",
            succeeded=self._written, failed=self._failed,
        )  # fmt: skip

    def _planned(self, made: TermPlan) -> None:
        self.preview = TermsPreview(self._window, made)
        self.preview.wanted.connect(self._take)
        self.preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preview.open()

    def _take(self, made: TermPlan) -> None:
        try:
            step = term_lists.apply(self._ledger, made)
        except UserError as error:
            show_error(self._window, error, "没有读入")
            return
        said = f"已读入“{made.dictionary.title}”{len(made.new) + len(made.changed):,} 条"
        if step is not None:
            self._window.toasts.undo(said, made.file, [("撤销  Ctrl+Z", partial(self._undo, step))])
        self.changed.emit()

    def _undo(self, step: int) -> None:
        self._window.toasts.clear_undo()
        try:
            self._ledger.undo(step)
        except UserError as error:
            show_error(self._window, error, "没有撤销")
        self.changed.emit()

    def _written(self, count: int) -> None:
        self._window.toasts.done(
            f"已传出 {count:,} 条", self._file.name,
            [("打开文件夹", partial(open_with_system, self._file.parent))],
        )  # fmt: skip

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, f"{self._file.name} 没有办成")
