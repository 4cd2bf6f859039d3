"""What is done to enterprises from the list: to the recycle bin and back, and out as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from ledger_desk import paths
from ledger_desk.errors import UserError
from ledger_desk.files import free_name, safe_name
from ledger_desk.model.records import Enterprise
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow

Action = tuple[str, Callable[[], object]]
_KINDS = "Excel 表格 (*.xlsx);;CSV 文本 (*.csv)"


class Deeds(QObject):
    """Does it, says so in a toast, and offers to take it back.

    Signals:
        changed: The ledger was changed.
        bin_wanted: The person wants to see the recycle bin.
    """

    changed = Signal()
    bin_wanted = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QObject) -> None:
        """Work on a ledger."""
        super().__init__(parent)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._target = Path()

    def remove(self, records: Sequence[str]) -> None:
        """Put enterprises into the recycle bin, all in one step."""
        done = self._set_removed(records, "删除", removed=True)
        if done is not None:
            undo = partial(self.undo, done[1])
            actions: list[Action] = [("撤销  Ctrl+Z", undo), ("看回收站", self.bin_wanted.emit)]
            self._window.toasts.undo(f"已删除 {done[0]}", "在回收站里，随时可以恢复", actions)
            self.changed.emit()

    def restore(self, records: Sequence[str]) -> None:
        """Take enterprises out of the recycle bin, all in one step."""
        done = self._set_removed(records, "恢复", removed=False)
        if done is not None:
            self._window.toasts.undo(
                f"已恢复 {done[0]}", "", [("撤销  Ctrl+Z", partial(self.undo, done[1]))]
            )
            self.changed.emit()

    def undo(self, step: int) -> None:
        """Take a step back."""
        self._window.toasts.clear_undo()
        try:
            self._ledger.undo(step)
        except UserError as error:
            show_error(self._window, error, "没有撤销")
            return
        self.changed.emit()

    def ask_and_export(self, query: Query[Enterprise], count: int, columns: Sequence[str]) -> None:
        """Ask for a file name, then write the list as a job."""
        name = safe_name(
            f"{self._ledger.office.short or self._ledger.office.title} 经营主体名单 {count} 户"
        )
        start = str(free_name(paths.data_dir() / f"{name}.xlsx"))
        chosen, kind = QFileDialog.getSaveFileName(self._window, "导出经营主体名单", start, _KINDS)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() not in (".xlsx", ".csv"):
            path = path.with_name(path.name + (".csv" if "csv" in kind else ".xlsx"))
        self.export(query, path, columns)

    def export(self, query: Query[Enterprise], path: Path, columns: Sequence[str]) -> None:
        """Write a list as a job; personal numbers are masked."""
        self._target = path
        fields = [name for name in columns if name not in ("size", "complete")]

        def work(progress: Progress) -> int:
            from ledger_desk.exchange.exporting import export_list  # late: spreadsheet libraries

            return export_list(
                self._ledger, Enterprise, path, query, fields=fields, progress=progress
            )

        self._jobs.start(
            work, title=f"正在写 {path.name}", leaves="停下，不留半个文件",
            succeeded=self._exported, failed=self._export_failed,
        )  # fmt: skip

    def _exported(self, count: object) -> None:
        path = self._target
        self._window.toasts.done(
            f"已导出 {count:,} 户" if isinstance(count, int) else "已导出",
            f"{path.name}。电话和证件号已隐去中间几位。",
            [("打开文件夹", partial(_open, path.parent)), ("打开文件", partial(_open, path))],
        )

    def _export_failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, f"{self._target.name} 没有写成")

    def _set_removed(
        self, records: Sequence[str], verb: str, *, removed: bool
    ) -> tuple[str, int] | None:
        """Set the mark on all of them; gives what it was, in words, and the number of the step."""
        with self._ledger.read() as rows:
            found = rows.many(Enterprise, list(records))
        if not found:
            return None
        what = next(iter(found.values())).title if len(found) == 1 else f"{len(found):,} 户经营主体"
        try:
            with self._ledger.step(f"{verb} {what}") as step:
                step.change_many(Enterprise, [(record, {"removed": removed}) for record in found])
        except UserError as error:
            show_error(self._window, error, f"没有{verb}")
            return None
        return (what, step.result.id) if step.result is not None else None


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
