"""Form packages (.ldform): out into a file, and in after a look at what each form would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form
from ledger_desk.files import atomic_write, safe_name
from ledger_desk.progress import Progress
from ledger_desk.reports.designing.packing import FATES, SUFFIX, Package, export, look, take_in
from ledger_desk.settings import Settings
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.printing.saving import choose_target

_ACTION = "form-package"
_MARKS = {"add": "new", "replace": "changed", "same": "same"}
_MOST_BYTES = 200_000_000


class PackageDialog(Dialog):
    """What is in a package: each form with what taking it in would do, and whether it is wanted."""

    def __init__(self, parent: QWidget | None, package: Package, name: str) -> None:
        """Show a package."""
        super().__init__(parent, "装入表样包", width=620)
        day = f"，{package.day:%Y-%m-%d}" if package.day is not None else ""
        made = f"{package.office or '没有写单位'}{day} 做的"
        self.body.add(
            label(f"“{name}”是{made}，有 {len(package.forms)} 张表样。", "body", wrap=True)
        )
        self.boxes: dict[str, CheckBox] = {}
        for each in package.forms:
            box = self.boxes[each.id] = CheckBox(each.title)
            box.setChecked(each.fate != "same")
            box.setEnabled(each.fate != "same")
            box.toggled.connect(self._count)
            fate = FATES[each.fate]
            if each.fate == "replace" and each.now != each.title:
                fate = f"{fate}“{each.now}”"
            told = MarkLabel(_MARKS[each.fate], fate, "dim", wrap=True)
            self.body.add(Column(gap=0).add(box, Row(margins=(26, 0, 0, 0)).add(told)))
        self.body.add(label(
            "包里只有表样，没有数据。装入是一步，能撤销；代替了的，停用以后换回原来的。", "dim", wrap=True
        ))  # fmt: skip
        self.add_close("不装了")
        self.go = self.add_button(Button("装入", self.accept, kind="pri"))
        self._count()
        (self.go if self.go.isEnabled() else self).setFocus()

    def wanted(self) -> list[str]:
        """Ids of the forms that are ticked."""
        return [name for name, box in self.boxes.items() if box.isEnabled() and box.isChecked()]

    def _count(self, *_: object) -> None:
        count = len(self.wanted())
        if count:
            self.go.allow(f"装入 {count} 张表样")
        elif any(box.isEnabled() for box in self.boxes.values()):
            self.go.block("一张也没选")
        else:
            self.go.block("都和现有的一样")


class Packages(QObject):
    """Takes packages in and out for a page.

    Signals:
        changed: Forms were taken in.
        taken: Id of the first of them.
    """

    changed = Signal()
    taken = Signal(str)

    def __init__(self, parent: QWidget, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Belong to a page."""
        super().__init__(parent)
        self._parent, self._ledger, self._jobs, self._window = parent, ledger, jobs, window
        self.dialog: PackageDialog | None = None

    def export(self, form: Form) -> None:
        """Ask where to and write a package of one form."""
        target = choose_target(
            self._window, f"{safe_name(form.title)}{SUFFIX}", action=_ACTION
        )  # fmt: skip
        if target is None:
            return
        office = self._ledger.office.title

        def work(progress: Progress) -> Path:
            atomic_write(target, export([form], office, date.today()))
            return target

        self._jobs.start(
            work, title=f"正在写 {target.name}", leaves="停下，不留半个文件",
            succeeded=self._exported, failed=partial(self._failed, "表样包没有写成"),
        )  # fmt: skip

    def ask_file(self) -> None:
        """Ask for a package and look at it."""
        folder = Settings.load().folder_of(_ACTION)
        name, _ = QFileDialog.getOpenFileName(
            self._window, "选表样包", str(folder) if folder else "",
            f"表样包 (*{SUFFIX});;所有文件 (*)",
        )  # fmt: skip
        if name:
            Settings.load().used(_ACTION, Path(name).parent).save()
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Look into a package, then ask what of it is wanted."""

        def work(progress: Progress) -> tuple[Path, bytes, Package]:
            try:
                if path.stat().st_size > _MOST_BYTES:
                    raise UserError(f"“{path.name}”太大，不像表样包。请选 .ldform 文件。")
                data = path.read_bytes()
            except OSError as error:
                raise UserError(f"“{path.name}”读不出来：{files.reason(error)}。") from error
            return path, data, look(data, self._ledger)

        self._jobs.start(
            work, title=f"正在看 {path.name}", leaves="停下，什么都没装",
            succeeded=self._looked, failed=partial(self._failed, "表样包没有装入"),
        )  # fmt: skip

    def _looked(self, found: tuple[Path, bytes, Package]) -> None:
        path, data, package = found
        self.dialog = dialog = PackageDialog(self._window, package, path.name)
        dialog.finished.connect(partial(self._answered, data))
        dialog.open()

    def _answered(self, data: bytes, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None or result != QDialog.DialogCode.Accepted.value:
            return
        wanted = dialog.wanted()

        def work(progress: Progress) -> Sequence[str]:
            return take_in(self._ledger, data, wanted)

        self._jobs.start(
            work, title="正在装入表样包", leaves="停下，什么都没装",
            succeeded=self._took, failed=partial(self._failed, "表样包没有装入"),
        )  # fmt: skip

    def _took(self, ids: Sequence[str]) -> None:
        self.changed.emit()
        undo = self._window.undo_wanted.emit
        self._window.toasts.undo(
            f"装入了 {len(ids)} 张表样", "在报表清单里，标“自有”", [("撤销  Ctrl+Z", undo)]
        )  # fmt: skip
        if ids:
            self.taken.emit(ids[0])

    def _exported(self, target: Path) -> None:
        said = f"{target.name}\n给别的单位，到“报表”里装入。"
        self._window.toasts.done("表样包写好了", said, ways_to(target))

    def _failed(self, doing: str, error: object) -> None:
        if isinstance(error, BaseException):
            show_error(self._parent, error, doing)
