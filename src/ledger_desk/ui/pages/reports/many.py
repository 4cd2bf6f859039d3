"""One office's report, and many reports in one job: asked for in dialogs, done beside the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.reports.batch import Batch, make_all
from ledger_desk.reports.offices import offices, standings
from ledger_desk.settings import Settings
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Entry
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.pages.reports.many_dialogs import BatchDialog, OfficesDialog

_FOLDER = "report"
Shown = Callable[[], tuple[str, Period, str | None]]


class Many(QObject):
    """Does it for the page.

    Signals:
        office_chosen: Id of the office whose report is wanted ('' for the whole ledger), and its name.
    """

    office_chosen = Signal(str, str)

    def __init__(
        self, parent: QWidget, ledger: Ledger, window: MainWindow, jobs: Jobs, forms: Forms,
        shown: Shown,
    ) -> None:  # fmt: skip
        """Belong to a page; ``shown`` gives form, period and office that it shows."""
        super().__init__(parent)
        self._parent, self._ledger, self.forms = parent, ledger, forms
        self._window, self._jobs, self._shown = window, jobs, shown
        self.dialog: QDialog | None = None

    def entries(self) -> list[Entry]:
        """What stands in the menu of the period."""
        return [("各单位…", self.choose_office), ("几张一起出…", self.choose_many)]

    def choose_office(self) -> None:
        """Show how each office stands; one can be chosen."""
        form, period, office = self._shown()
        known = self.forms.forms.get(form)
        if known is None:
            return
        with self._ledger.read() as rows:
            found = standings(rows, self._ledger.office.id, known, period, dt.date.today())
        dialog = OfficesDialog(self._window, f"{known.title} {period.label}", found, office)
        dialog.accepted.connect(lambda: self.office_chosen.emit(*dialog.answer()))
        self.dialog = dialog
        dialog.open()

    def choose_many(self) -> None:
        """Ask for forms, offices and kinds of file."""
        form, period, office = self._shown()
        with self._ledger.read() as rows:
            units = [(each.id, each.title) for each in offices(rows, self._ledger.office.id)]
        forms = [(each.id, each.title) for each in self.forms.forms.values()]
        dialog = BatchDialog(self._window, period.label, forms, units, form, office)
        dialog.accepted.connect(lambda: self._begin(dialog, period))
        self.dialog = dialog
        dialog.open()

    def _begin(self, dialog: BatchDialog, period: Period) -> None:
        start = str(Settings.load().folder_of(_FOLDER) or Path.home())
        chosen = QFileDialog.getExistingDirectory(self._window, "出到哪个文件夹", start)
        if not chosen:
            return
        folder = Path(chosen)
        Settings.load().used(_FOLDER, folder).save()
        wanted, endings = dialog.wanted(), dialog.endings()

        def work(progress: Progress) -> Batch:
            return make_all(self._ledger, self.forms, wanted, period, folder, endings, progress)

        self._jobs.start(
            work, title=f"正在出 {len(wanted)} 张表", leaves="停下，已出的留着",
            succeeded=self._made, failed=self._failed,
        )  # fmt: skip

    def _made(self, made: Batch) -> None:
        toasts = self._window.toasts
        wrong = made.failed or any(item.must for item in made.items)
        text = "\n".join(filter(None, (made.sentence, str(made.folder), made.note)))
        title = f"已出 {len(made.made)} 张" + (
            f"，{len(made.failed)} 张没有出成" if made.failed else ""
        )
        (toasts.warn if wrong else toasts.done)(title, text, actions=ways_to(made.folder))

    def _failed(self, error: object) -> None:
        if isinstance(error, BaseException):
            show_error(self._parent, error, "没有出成")
