"""What is done to records from a list of theirs: to the recycle bin and back, and out as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from ledger_desk import paths
from ledger_desk.errors import UserError
from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.exchange.ways import IN_FULL, MASKED, WITHHELD
from ledger_desk.files import free_name, safe_name
from ledger_desk.model.fields import Record, fields_of
from ledger_desk.progress import Progress
from ledger_desk.settings import Settings
from ledger_desk.store.computed import COMPUTED
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.exporting import ExportDialog, ExportOffer, ExportOrder
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.work.calling import call_all

Action = tuple[str, Callable[[], object]]
_ACTION = "export"
_KINDS = {".xlsx": "Excel 表格 (*.xlsx)", ".csv": "CSV 文本 (*.csv)"}
_PRIVATE_SAID = {
    MASKED: "电话和证件号已隐去中间几位。",
    IN_FULL: "电话和证件号是照写的，请当心保管。",
    WITHHELD: "没有写电话和证件号。",
}


class ListDeeds(QObject):
    """Does it, says so in a toast, and offers to take it back.

    Signals:
        changed: The ledger was changed.
        bin_wanted: The person wants to see the recycle bin.
    """

    changed = Signal()
    bin_wanted = Signal()

    def __init__(
        self,
        ledger: Ledger,
        jobs: Jobs,
        window: MainWindow,
        parent: QObject,
        cls: type[Record],
        *,
        noun: str = "条",
        name: str = "",
    ) -> None:
        """Work on the records of a class; ``name`` is what people call one, else its label."""
        super().__init__(parent)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._cls, self._noun, self._name = cls, noun, name or cls.LABEL
        self._target, self._order = Path(), ExportOrder(())

    def remove(self, records: Sequence[str]) -> None:
        """Put records into the recycle bin, all in one step."""
        done = self._set_removed(records, "删除", removed=True)
        if done is not None:
            undo = partial(self.undo, done[1])
            actions: list[Action] = [("撤销  Ctrl+Z", undo), ("看回收站", self.bin_wanted.emit)]
            self._window.toasts.undo(f"已删除 {done[0]}", "在回收站里，随时可以恢复", actions)
            self.changed.emit()

    def restore(self, records: Sequence[str]) -> None:
        """Take records out of the recycle bin, all in one step."""
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

    def ask_and_export(
        self, query: Query[Any], count: int, columns: Sequence[str], as_of: int | None = None
    ) -> None:
        """Ask what goes out and to whom, then for a file name, then write the list as a job.

        ``as_of`` writes the list as it was after a step.
        """
        computed = COMPUTED.get(self._cls.TABLE, ())
        every = [*(spec.name for spec in fields_of(self._cls)), *computed]
        offer = ExportOffer(self._name, f"{count:,} {self._noun}", tuple(columns), tuple(every))
        dialog = ExportDialog(self._window, self._ledger, offer)
        dialog.wanted.connect(partial(self._ask_place, query, count, as_of))
        dialog.open()

    def _ask_place(
        self, query: Query[Any], count: int, as_of: int | None, order: ExportOrder
    ) -> None:
        settings = Settings.load()
        folder = settings.folder_of(_ACTION) or paths.data_dir()
        office = self._ledger.office.short or self._ledger.office.title
        then = f" 第 {as_of} 步以后" if as_of is not None else ""
        name = safe_name(f"{office} {self._name}名单 {count} {self._noun}{then}")
        start = str(free_name(folder / f"{name}{order.suffix}"))
        kinds = _KINDS[order.suffix]
        chosen, _ = QFileDialog.getSaveFileName(self._window, f"导出{self._name}名单", start, kinds)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != order.suffix:
            path = path.with_name(path.name + order.suffix)
        Settings.load().used(_ACTION, path.parent).save()
        self.export(query, path, order, as_of)

    def export(
        self, query: Query[Any], path: Path, order: ExportOrder, as_of: int | None = None
    ) -> None:
        """Write a list as a job, and enter it in the register of files that left."""
        self._target, self._order = path, order

        def work(progress: Progress) -> tuple[int, str]:
            from ledger_desk.exchange.exporting import export_list  # late: spreadsheet libraries

            with nullcontext(self._ledger) if as_of is None else self._ledger.as_of(as_of) as reads:
                count = export_list(
                    reads, self._cls, path, query, fields=order.fields, way=order.way,
                    progress=progress,
                )  # fmt: skip
            then = f"（第 {as_of} 步以后的样子）" if as_of is not None else ""
            left = Leaving(
                f"{self._name}名单{then}", count, order.destination, order.receiver, order.purpose,
                order.way.private,
            )  # fmt: skip
            return count, register(self._ledger, path, left).why

        self._jobs.start(
            work, title=f"正在写 {path.name}", leaves="停下，不留半个文件",
            succeeded=self._exported, failed=self._export_failed,
        )  # fmt: skip

    def _exported(self, result: tuple[int, str]) -> None:
        count, unregistered = result
        path, order = self._target, self._order
        said = _PRIVATE_SAID[order.way.private]
        whom = f"给{order.receiver}。" if order.receiver else ""
        toast = self._window.toasts.warn if unregistered else self._window.toasts.done
        toast(
            f"已导出 {count:,} {self._noun}",
            f"{path.name}。{whom}{said}{unregistered or '已记入传出登记。'}",
            ways_to(path),
        )

    def _export_failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, f"{self._target.name} 没有写成")

    def _set_removed(
        self, records: Sequence[str], verb: str, *, removed: bool
    ) -> tuple[str, int] | None:
        """Set the mark on all of them; gives what it was, in words, and the number of the step."""
        with self._ledger.read() as rows:
            found = list(rows.many(self._cls, list(records)))
            names = call_all(rows, self._cls, found) if len(found) == 1 else {}
        if not found:
            return None
        what = f"{len(found):,} {self._noun}{self._name}"
        if names:
            what = self._one(names[found[0]])
        try:
            with self._ledger.step(f"{verb} {what}") as step:
                step.change_many(self._cls, [(record, {"removed": removed}) for record in found])
        except UserError as error:
            show_error(self._window, error, f"没有{verb}")
            return None
        return (what, step.result.id) if step.result is not None else None

    def _one(self, title: str) -> str:
        """One record in words; a firm is known by its name alone."""
        return title if self._cls.TABLE == "enterprise" else f"{self._name} {title}"
