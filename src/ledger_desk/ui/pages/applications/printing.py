"""What leaves the page as a file: the signing sheet on paper, the ask list of a department."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.exchange.ways import IN_FULL
from ledger_desk.progress import Progress
from ledger_desk.reports.signing.sheet import WHAT, draw_sheet
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.printing.papers import Drawn, Papers
from ledger_desk.work import checking


class SheetPapers(Papers):
    """Draws a signing sheet and shows it: from there to the printer or into a file."""

    def __init__(self, view: BookView, parent: QObject) -> None:
        """Print from a view."""
        super().__init__(view.ledger, view.jobs, view.main_window, parent)

    def show_sheet(self, number: str) -> None:
        """Draw a sheet by its number; a page or two, so that no child process is needed."""
        self._name = number

        def work(progress: Progress) -> tuple[bytes, int, int, str]:
            return draw_sheet(self._ledger, number, progress)

        self._jobs.start(
            work, title=f"正在生成签字页 {number}", leaves="停下，签字页编号留着，可以重印",
            succeeded=self._drawn, failed=self._failed,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, int, str]) -> None:
        pdf, many, pages, missing = result
        self.tell_missing(missing)
        self.look_at(Drawn(pdf, many, pages, missing, WHAT, self._name, IN_FULL))


class AskWriter(QObject):
    """Writes the ask list of a department as a job, and enters it in the register."""

    def __init__(self, view: BookView, department: str, target: Path) -> None:
        """Write for a view."""
        super().__init__(view)
        self._view, self._department, self._target = view, department, target

    def begin(self) -> None:
        """Start."""
        self._view.jobs.start(
            self._write, title=f"正在写 {self._target.name}", leaves="停下，不留半个文件",
            succeeded=self._written, failed=self._failed, ended=self.deleteLater,
        )  # fmt: skip

    def _write(self, progress: Progress) -> int:
        ledger, name = self._view.ledger, self._department
        many = checking.write_ask_list(ledger, self._target, name, progress=progress)
        leaving = Leaving(f"请{name}核查", many, None, name, "部门核查", IN_FULL)
        register(ledger, self._target, leaving)
        return many

    def _written(self, many: int) -> None:
        toasts = self._view.main_window.toasts
        toasts.done(f"已导出 {many:,} 项", self._target.name, actions=ways_to(self._target))

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._view.main_window, error, "没有写成")
