"""A finished PDF on its way out: looked at, printed, or saved and entered in the register."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.files import atomic_write, safe_name
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.preview.panel import PreviewPanel
from ledger_desk.ui.printing.saving import choose_target, show_size


@dataclass(frozen=True)
class Drawn:
    """A finished PDF and what is in it."""

    pdf: bytes
    firms: int
    pages: int
    missing: str
    what: str
    name: str
    private: str


class PreviewDialog(Dialog):
    """The paper, and from there on to the printer or into a file.

    Signals:
        print_wanted, save_wanted: What the person chose.
    """

    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None, drawn: Drawn) -> None:
        """Show a finished PDF."""
        title = f"{drawn.name}　{drawn.what}，{drawn.pages:,} 页"
        super().__init__(parent, title, width=980)
        self.panel = PreviewPanel(tip="")
        self.panel.show_pdf(drawn.pdf, (), (), {})
        self.panel.paper.set_zoom("page")
        # As high as the window leaves it; the sheet itself never scrolls.
        self.panel.setMinimumHeight(max(240, (parent.height() if parent else 700) - 230))
        self.body.add(self.panel)
        self.add_close("关上")
        self.add_button(Button("存成 PDF", self.save_wanted.emit))
        self.add_button(Button("打印", self.print_wanted.emit, icon="printer", kind="pri"))
        self.panel.paper.setFocus()


class Papers(QObject):
    """Does it for a page; one job at a time."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QObject) -> None:
        """Print from a ledger."""
        super().__init__(parent)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._name = ""

    def look_at(self, drawn: Drawn) -> PreviewDialog:
        """Show the paper, and go on from there."""
        dialog = PreviewDialog(self._window, drawn)
        dialog.print_wanted.connect(partial(self.print_out, drawn))
        dialog.save_wanted.connect(partial(self.save, drawn))
        dialog.open()
        return dialog

    def tell_missing(self, missing: str) -> None:
        """Say which characters no font of the program has."""
        if missing:
            self._window.toasts.warn("有几个字字库里没有", f"用 □ 代替了：{missing}")

    def print_out(self, drawn: Drawn) -> None:
        """Ask for a printer and print."""
        from ledger_desk.ui.printing.paper import ask_printer, print_pages

        title = f"{drawn.what} {drawn.name}"
        printer = ask_printer(self._window, drawn.pdf, title, drawn.what)
        if printer is None:
            return

        def work(progress: Progress) -> int:
            return print_pages(printer, drawn.pdf, progress)

        self._jobs.start(
            work, title=f"正在打印{drawn.what}", leaves="停下，已送去的照印",
            succeeded=self._printed, failed=self._not_printed,
        )  # fmt: skip

    def save(self, drawn: Drawn) -> None:
        """Ask where to, write the PDF, and enter it in the register."""
        name = safe_name(f"{drawn.what} {drawn.name}") + ".pdf"
        target = choose_target(self._window, name, len(drawn.pdf), action="dossier")
        if target is None:
            return

        def write(progress: Progress) -> tuple[Path, str]:
            progress(0, 1, "")
            atomic_write(target, drawn.pdf)
            left = Leaving(drawn.what, drawn.firms, None, "", "", drawn.private)
            told = register(self._ledger, target, left).why
            return (
                target,
                f"{show_size(len(drawn.pdf))}，{drawn.pages:,} 页。{told or '已记入传出登记。'}",
            )

        self._jobs.start(
            write, title=f"正在写 {target.name}", leaves="停下，不留半个文件",
            succeeded=self._saved, failed=self._failed,
        )  # fmt: skip

    def _saved(self, result: tuple[Path, str]) -> None:
        target, facts = result
        self._window.toasts.done("已存成 PDF", f"{target.name}\n{facts}", actions=ways_to(target))

    def _printed(self, pages: object) -> None:
        self._window.toasts.done(f"已送去打印 {pages} 页", self._name)

    def _not_printed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "没有打印出来")

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "PDF 没有写成")
