"""The office that keeps the ledger, who is working now, and the lists of people, banks and offices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.records import Office, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.cards import Card
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.picker import Picker, PickItem
from ledger_desk.ui.records.choosing import item_of, reference_items
from ledger_desk.ui.records.form import RecordForm


class OfficeView(QWidget):
    """Edits the office; each field is stored as it is left.

    Signals:
        changed: The ledger was changed.
        renamed: The office, or who is working now, is called differently from now on.
    """

    changed = Signal()
    renamed = Signal()

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Show the office of a ledger and who is working."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self.form = RecordForm(ledger, Office, ledger.office.id)
        self.form.saved.connect(self._saved)
        office = Card("本单位")
        office.body.add(
            label(
                "印在报表的“填报单位”和文件名里；区划决定能选哪些乡镇。每格离开即存。",
                "dim",
                wrap=True,
            )
        )
        office.body.add(self.form)
        who = Card("现在是谁在用")
        who.body.add(
            label("每一步修改都记着是谁做的。换人时在这里选一下；不用密码。", "dim", wrap=True)
        )
        self.who = Picker(
            reference_items(ledger, Person.TABLE), None, "选一个人；名单里没有，先到“人员”里登"
        )
        self.who.picked.connect(self._picked)
        who.body.add(Field("操作人", self.who))
        Column(self, gap=12).add(office, who).push()
        self.reload()

    def reload(self) -> None:
        """Read again."""
        self.form.reload()
        person = self._ledger.person
        self.who.set_item(
            item_of(self._ledger, Person.TABLE, person.id) if person is not None else None
        )
        self.who.setEnabled(not self._ledger.read_only)

    def set_mode(self, mode: Mode) -> None:
        """One column in the narrowest layout."""
        self.form.set_columns(1 if mode == "single" else 2)

    def _saved(self, _record: str) -> None:
        found = self._ledger.get(Office, self._ledger.office.id)
        if found is not None:
            self._ledger.office = found
        self.renamed.emit()
        self.changed.emit()

    def _picked(self, item: PickItem | None) -> None:
        try:
            self._ledger.work_as(item.id if item is not None else None)
        except UserError as error:
            show_error(self._window, error, "没有换人")
        self.renamed.emit()
