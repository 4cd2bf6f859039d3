"""What is done from the lists: onto the list and off it, plans, helps; said in a toast, taken back there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record
from ledger_desk.model.records import Cultivation, Enterprise, Help
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_reason
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.first_loan import keeping
from ledger_desk.ui.pages.first_loan.adding import AddDialog
from ledger_desk.ui.records.record_dialog import RecordDialog


class Deeds(QObject):
    """Does it and says so.

    Signals:
        changed: The ledger was changed.
        listed: Ids of new entries of the white list.
    """

    changed = Signal()
    listed = Signal(list)

    def __init__(self, ledger: Ledger, window: MainWindow, parent: QObject) -> None:
        """Work on a ledger."""
        super().__init__(parent)
        self._ledger, self._window = ledger, window

    def add_firms(self, firms: Sequence[str] = ()) -> AddDialog:
        """Choose firms for the white list; ``firms`` are chosen already."""
        dialog = AddDialog(self._window, self._ledger, firms)
        dialog.added.connect(self._added)
        dialog.open()
        return dialog

    def _added(self, entries: list[str]) -> None:
        self.changed.emit()
        self.listed.emit(entries)
        self._say(f"已加入培植名单 {len(entries)} 户", "下一步：编方案、记帮扶、记对接")

    def edit_plan(self, entry: str) -> None:
        """Edit a white-list entry with its plan."""
        found = self._ledger.get(Cultivation, entry)
        firm = self._ledger.get(Enterprise, found.enterprise) if found is not None else None
        title = f"培植档案：{firm.title}" if firm is not None else ""
        self.edit(Cultivation, entry, hidden=("enterprise",), title=title)

    def add_help(self, entry: str = "") -> RecordDialog:
        """Record a help given; without an entry the firm is chosen in the sheet."""
        preset = {"day": dt.date.today(), **({"cultivation": entry} if entry else {})}
        dialog = RecordDialog(
            self._window, self._ledger, Help, preset=preset,
            hidden=("cultivation",) if entry else (), title="记一次帮扶", noun="次",
        )  # fmt: skip
        dialog.saved.connect(lambda _: self.changed.emit())
        dialog.open()
        return dialog

    def edit(
        self, cls: type[Record], record: str, hidden: tuple[str, ...] = (), title: str = ""
    ) -> None:
        """Edit any record in a sheet."""
        try:
            dialog = RecordDialog(
                self._window, self._ledger, cls, record, hidden=hidden, title=title
            )
        except UserError as error:
            show_error(self._window, error)
            return
        dialog.saved.connect(lambda _: self.changed.emit())
        dialog.open()

    def remove(self, kind: str, records: Sequence[str]) -> bool:
        """Put rows of a list into the recycle bin, as one step."""
        if not records or self._ledger.read_only:
            return False
        try:
            said, more = self._removed(kind, records)
        except UserError as error:
            show_error(self._window, error, "没有删除")
            return False
        self.changed.emit()
        self._say(said, more)
        return True

    def _removed(self, kind: str, records: Sequence[str]) -> tuple[str, str]:
        if kind == "white":
            return keeping.unlist(self._ledger, records), "这些户的对接和贷款都还在"
        if kind == "contacts":
            return keeping.remove_matchings(self._ledger, records)
        name = f"删除帮扶记录 {len(records)} 次"
        with self._ledger.step(name) as step:
            step.change_many(Help, [(record, {"removed": True}) for record in records])
        return f"已{name}", "在回收站里，随时可以恢复"

    def leave(self, entries: Sequence[str]) -> bool:
        """Set entries to 退出, with a reason that is kept."""
        if not entries or self._ledger.read_only:
            return False
        why = ask_reason(
            self._window, f"{len(entries)} 户退出培植",
            "退出后不再算在培植户数里，方案、帮扶和对接都留着。", action=f"退出培植 {len(entries)} 户",
        )  # fmt: skip
        if not why:
            return False
        said = keeping.leave(self._ledger, entries, dt.date.today(), why)
        self.changed.emit()
        self._say(said, why)
        return True

    def _say(self, said: str, more: str) -> None:
        self._window.toasts.undo(said, more, [("撤销  Ctrl+Z", self._window.undo_wanted.emit)])
