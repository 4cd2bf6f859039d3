"""记事: what was written beside the firm or one of its fields, and a line to write the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise, Memo, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.fields import TextArea
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.rules import frame


@dataclass(frozen=True)
class Place:
    """What a memo is about: the firm, or one field of it or of a record that hangs on it.

    Attributes:
        firm: Id of the firm.
        table: Table of the record.
        record: Its id.
        field: Label of the field, '' for the whole.
    """

    firm: str
    table: str = Enterprise.TABLE
    record: str = ""
    field: str = ""

    def holds(self, memo: Memo) -> bool:
        """Whether a memo was written about just this."""
        own = memo.on_record in (None, "", self.firm)
        same = own if self.table == Enterprise.TABLE else memo.on_record == self.record
        return same and (memo.field or "") == self.field


class Memos(QWidget):
    """Lists memos, newest first; `changed` after one was written, mended or removed."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, ledger: Ledger) -> None:
        """Start without a firm."""
        super().__init__()
        self._ledger, self._place = ledger, Place("")
        self._mending = ""
        column = Column(self, gap=6)
        self._about = label("", "dim", wrap=True)
        self.area = TextArea(lines=2, placeholder="写一句，Ctrl+Enter 记下")
        self.area.setAccessibleName("新记事")
        self.area.committed.connect(self._write)
        head = Row(gap=8).add(label("记事", "bold")).push().add(label("Alt+N", "faint"))
        column.add(head).add(self._about, self.area)
        self._list = Column(gap=8)
        column.add(self._list)
        self._shown: QWidget | None = None
        self.area.setEnabled(not ledger.read_only)

    def show_place(self, place: Place) -> None:
        """Show the memos of a firm, those about a field first."""
        if place != self._place:
            self._mending = ""
            self.area.set_text("")
        self._place = place
        self._about.setText(f"记在“{place.field}”这一栏" if place.field else "记在这一户")
        self._fill()

    def memos(self) -> list[Memo]:
        """The memos shown, in their order."""
        if not self._place.firm:
            return []
        query = Query(Memo, (Where("enterprise", "=", self._place.firm),))
        found = self._ledger.find(query, 200)
        found.reverse()  # what came last stands first on the same day
        found.sort(key=lambda memo: memo.day or date.min, reverse=True)
        found.sort(key=lambda memo: not self._place.holds(memo))
        return found

    def _fill(self) -> None:
        content = QWidget()
        column = Column(content, gap=8)
        found = self.memos()
        people = self._people(found)
        for memo in found[:12]:
            column.add(frame("rule"), label(memo.text or "", "body", wrap=True))
            about = f"　{memo.field}" if memo.field else ""
            who = people.get(memo.person or "", "")
            row = Row(gap=4).add(
                label(f"{memo.day or ''} {who}{about}".strip(), "faint", wrap=True), stretch=1
            )
            if not self._ledger.read_only:
                for word, slot in (("改写", self._mend), ("删除", self._remove)):
                    button = Button(word, partial(slot, memo), kind="words")
                    button.setAccessibleName(f"{word}记事 {(memo.text or '')[:12]}")
                    row.add(button)
            column.add(row)
        if len(found) > 12:
            column.add(label(f"更早的 {len(found) - 12} 条在第 18 节。", "dim", wrap=True))
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = content
        self._list.add(content)

    def _people(self, memos: Sequence[Memo]) -> dict[str, str]:
        ids = sorted({memo.person for memo in memos if memo.person})
        with self._ledger.read() as rows:
            return {record: person.title for record, person in rows.many(Person, ids).items()}

    def _write(self, text: str) -> None:
        text, place = text.strip(), self._place
        if not text or not place.firm:
            return
        person = self._ledger.person
        memo = Memo(
            enterprise=place.firm,
            on_table=place.table,
            on_record=place.record or place.firm,
            field=place.field or None,
            day=date.today(),
            person=person.id if person is not None else None,
            text=text,
        )
        try:
            if self._mending:
                with self._ledger.step("修改记事") as step:
                    step.change(Memo, self._mending, {"text": text})
            else:
                with self._ledger.step(f"记事：{text[:20]}") as step:
                    step.create(memo)
        except UserError as error:
            self.failed.emit(error)
            return
        self._mending = ""
        self.area.set_text("")
        self._fill()
        self.changed.emit()

    def _mend(self, memo: Memo) -> None:
        self._mending = memo.id
        self.area.set_text(memo.text or "")
        self.area.setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, memo: Memo) -> None:
        try:
            with self._ledger.step(f"删除记事：{(memo.text or '')[:20]}") as step:
                step.remove(Memo, memo.id)
        except UserError as error:
            self.failed.emit(error)
            return
        self._fill()
        self.changed.emit()
