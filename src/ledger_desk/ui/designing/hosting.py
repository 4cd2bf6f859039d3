"""A page over which the form designer can lie, and onto which blanks and form packages can be dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from ledger_desk.exchange.definitions import Form
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.importing.start_view import ENDINGS, PACKAGE, dropped_file
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.covered import CoveredPage

if TYPE_CHECKING:
    from ledger_desk.ui.designing.assistant import DesignAssistant
    from ledger_desk.ui.designing.packages import Packages


class DesigningPage(CoveredPage):
    """Base of a page that makes forms; it has a ledger, jobs and a window of its own.

    Signals:
        open_record: Table and id of a record that the person wants to see.
    """

    open_record = Signal(str, str)

    _ledger: Ledger
    _jobs: Jobs
    _window: MainWindow
    _design: DesignAssistant | None = None
    _packages: Packages | None = None

    def open_designing(self, path: Path | None = None) -> None:
        """Open the designer, with a blank or without."""
        self.cover(self.designer())
        if path is not None:
            self.designer().start(path)

    def edit_form(self, form: Form) -> None:
        """Open the designer at a form that there is."""
        self.cover(self.designer())
        self.designer().edit(form)

    def designer(self) -> DesignAssistant:
        """The designer; one for the page, so that a form that was put aside can be gone on with."""
        from ledger_desk.ui.designing.assistant import DesignAssistant  # late: opens sooner

        if self._design is None:
            self._design = DesignAssistant(self._ledger, self._jobs, self._window)
            self._design.closed.connect(self._leave_designing)
            self._design.kept.connect(self.choose)
            self._design.changed.connect(self._forms_written)
            self._design.record_wanted.connect(self.open_record)
        return self._design

    def packages(self) -> Packages:
        """Form packages out and in."""
        from ledger_desk.ui.designing.packages import Packages  # late: opens sooner

        if self._packages is None:
            self._packages = Packages(self, self._ledger, self._jobs, self._window)
            self._packages.changed.connect(self._forms_written)
            self._packages.taken.connect(self.choose)
        return self._packages

    def take_file(self, path: Path) -> None:
        """Take a dropped file: a form package is looked at, of a table it is asked what becomes of it."""
        if path.suffix.lower() == PACKAGE:
            self.packages().look_at(path)
        elif path.suffix.lower() in ENDINGS:
            self._ask_what(path)
        else:
            self._window.toasts.warn(
                f"“{path.name}”不是表格，也不是表样包",
                "这里收空白表样（Excel、WPS）和表样包（.ldform）。",
            )

    def _ask_what(self, path: Path) -> None:
        sentence = f"“{path.name}”要做什么？"
        choices = [("import", "装入数据"), ("fill", "填上级来表"), ("design", "做成报表")]
        answer = ask_choice(self._window, "放进来一张表", sentence, choices, close="不要了")
        if answer == "design":
            self.open_designing(path)
        elif answer is not None:
            self._window.show_page("exchange")
            page = self._window.page("exchange")
            getattr(page, "open_filling" if answer == "fill" else "open_import")(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged over the page."""
        free = self.cover_view is None and not self._ledger.read_only
        if free and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.take_file(path)

    def _leave_designing(self) -> None:
        self.uncover()
        self.entered()

    def ledger_changed(self) -> None:
        """The ledger was changed: pages look again."""
        raise NotImplementedError

    def choose(self, form: str) -> None:
        """Show a form: one that was saved or taken in."""
        raise NotImplementedError

    def _forms_written(self) -> None:
        """The ledger has other forms; pages read them again and say so."""
        raise NotImplementedError
