"""What leaves the program: the workbook, the PDF, paper; each says so when it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.files import atomic_write
from ledger_desk.progress import Progress
from ledger_desk.reports.batch import content_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Entry
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.pages.reports.building import Made
from ledger_desk.ui.printing.paper import ask_printer, print_pages
from ledger_desk.ui.printing.saving import choose_target, show_size


class Outgoing(QObject):
    """Saves and prints reports for a page."""

    def __init__(
        self, parent: QWidget, ledger: Ledger, window: MainWindow, jobs: Jobs,
        current: Callable[[], Made | None],
    ) -> None:  # fmt: skip
        """Belong to a page; what leaves is entered in the register of ``ledger``.

        ``current`` gives what is on the page's paper.
        """
        super().__init__(parent)
        self._current = current
        self._parent, self._ledger = parent, ledger
        self._window, self._jobs = window, jobs

    def save_xlsx(self) -> None:
        """Ask where, then write the exact workbook."""
        made = self._current()
        if made is not None:
            self._save(made, "xlsx", len(made.xlsx), lambda _: made.xlsx)

    def save_pdf(self) -> None:
        """Ask where, then write the PDF that is on the screen."""
        made = self._current()
        if made is not None:
            self._save(made, "pdf", len(made.painted.pdf), lambda _: made.painted.pdf)

    def save_proof(self) -> None:
        """Ask where, then write the PDF with the firms and records behind each number."""
        made = self._current()
        if made is not None:

            def draw(progress: Progress) -> bytes:
                from ledger_desk.reports.proof import with_proof

                return with_proof(self._ledger, made.files, progress)

            self._save(made, "pdf", len(made.painted.pdf), draw, "（附佐证）")

    def entries(self) -> list[Entry]:
        """What stands in the menu of the period."""
        return [("存 PDF，附佐证…", self.save_proof)]

    def print_out(self) -> None:
        """Ask for a printer, then print the pages that are on the screen."""
        made = self._current()
        if made is None:
            return
        name = made.name("pdf").removesuffix(".pdf")
        printer = ask_printer(self._parent, made.painted.pdf, name, made.report.form.id)
        if printer is None:
            return
        try:
            pages = print_pages(printer, made.painted.pdf)
        except UserError as error:
            show_error(self._parent, error, "没有打印出来")
            return
        self._window.toasts.done(f"已送去打印 {pages} 页", _left_over(made))

    def _save(
        self, made: Made, ending: str, size: int, draw: Callable[[Progress], bytes], word: str = ""
    ) -> None:
        """Write what ``draw`` gives, about ``size`` bytes, where the person says."""
        suggested = Path(made.name(ending))
        target = choose_target(self._parent, f"{suggested.stem}{word}{suggested.suffix}", size)
        if target is None:
            return

        def write(progress: Progress) -> tuple[Path, str, str]:
            progress(0, 1, "")
            content = draw(progress)
            atomic_write(target, content)
            report = made.report
            office = report.office_name if report.office else ""
            left = Leaving(content_of(report.form.title, report.period, office), report.rows)
            told = register(self._ledger, target, left).why
            facts = f"{show_size(len(content))}，{report.rows} 行"
            return target, "\n".join(filter(None, (facts, told))), _left_over(made)

        self._jobs.start(
            write, title=f"正在写 {target.name}", leaves="停下，不留半个文件",
            succeeded=self._written, failed=self._failed,
        )  # fmt: skip

    def _written(self, result: tuple[Path, str, str]) -> None:
        target, facts, left = result
        word = "Excel" if target.suffix == ".xlsx" else "PDF"
        text = "\n".join(filter(None, (f"{target.name}\n{facts}", left)))
        toast = self._window.toasts.warn if left else self._window.toasts.done
        toast(
            f"已导出 {word}" if not left else f"已导出 {word}，还有必改没有改", text,
            actions=ways_to(target),
        )  # fmt: skip

    def _failed(self, error: object) -> None:
        if isinstance(error, BaseException):
            show_error(self._parent, error, "文件没有写成")


def _left_over(made: Made) -> str:
    """A sentence when something has to be mended still."""
    must = made.checks.counts["must"]
    return f"这份还有 {must} 处必改，报出前请改好再导一次。" if must else ""
