"""A whole page for one record: contents at the left, the form, and what is still wrong at the bottom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.records.contents import Contents
from ledger_desk.ui.records.form import RecordForm
from ledger_desk.ui.rules import frame

KEEP, DROP, SAVE = "keep", "drop", "save"


class RecordPage(Page):
    """Edits one record after another; lies over the list it was opened from.

    Signals:
        closed: The person goes back to the list.
        saved: Id of a record, after each step written.
        neighbour_wanted: -1 or 1: the record before or after.
    """

    closed = Signal()
    saved = Signal(str)
    neighbour_wanted = Signal(int)

    def __init__(
        self,
        ledger: Ledger,
        cls: type[Record],
        *,
        noun: str = "户",
        back: str = "返回名单",
        hidden: Collection[str] = (),
    ) -> None:
        """Build the page of a record class; nothing is shown until `open` or `begin`.

        Args:
            ledger: Where it is read and written.
            cls: Record class.
            noun: Measure word on the buttons: 户, 笔, 家.
            back: Words of the button that closes.
            hidden: Fields left away.
        """
        super().__init__(cls.LABEL)
        self._cls, self._noun = cls, noun
        self._preset: dict[str, Any] = {}
        self.form = RecordForm(ledger, cls, hidden=hidden)
        self._back = self.head.add_button(Button(back, self.leave, icon="arrow-left", key="Esc"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        host = frame("bare")
        Row(host, margins=(0, 0, 8, 0)).add(self.form, stretch=1)
        self._area.setWidget(host)
        self._contents = Contents(self.form.groups)
        row = Row(gap=12)
        if len(self.form.groups) > 1:
            row.add(self._contents)
        else:
            self._contents.hide()
        self.body.add(row.add(self._area, stretch=1), stretch=1)
        self._must, self._explain = (
            MarkLabel("must", "", "must"),
            MarkLabel("explain", "", "explain"),
        )
        self._fine = MarkLabel("done", "没有要改的", "ok")
        self._next = Button("下一处", self.form.next_problem, kind="words")
        self._next.set_text("下一处  F8")
        self._how = FittingLabel(["每格离开即存，不用按保存", "每格离开即存", ""], "dim")
        self.bottom.say(self._must, self._explain, self._fine, self._next, self._how)
        self.bottom.push()
        self._before = self.bottom.add_button(
            Button(f"上一{noun}  Ctrl+PgUp", lambda: self._go(-1))
        )
        self._after = self.bottom.add_button(Button(f"下一{noun}  Ctrl+PgDn", lambda: self._go(1)))
        self._before.setShortcut("Ctrl+PgUp")  # Qt's own name of the other key is PgDown
        self._after.setShortcut("Ctrl+PgDown")
        self._save = self.bottom.add_button(Button("存下", self.save, key="Ctrl+S"))
        self._again = self.bottom.add_button(
            Button(f"存下，再登一{noun}", self.save_and_begin, key="F12", kind="pri")
        )
        self.form.saved.connect(self.saved)
        self.form.state_changed.connect(self._tell)
        self._contents.chosen.connect(self._show_group)
        self._area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._tell()

    def open(self, record: str) -> None:
        """Show a record.

        Raises:
            UserError: It is not there any more.
        """
        self.form.load(record)
        self._start()

    def begin(self, preset: Mapping[str, Any] | None = None) -> None:
        """Show a new record with some values given."""
        self._preset = dict(preset or {})
        self.form.load("", self._preset)
        self._start()

    def save(self) -> bool:
        """Store everything (Ctrl+S)."""
        return self.form.save()

    def save_and_begin(self) -> None:
        """Store, and begin the next new record (F12)."""
        if self.form.save():
            self.begin(self._preset)
            self.form.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        """Go back; asks only when something typed is not stored yet."""
        if self.settled():
            self.closed.emit()

    def settled(self) -> bool:
        """Store what can be stored and ask about the rest; whether one may go on."""
        if not self.form.keeper.is_new:
            self.form.settle()
        unsaved = self.form.unsaved()
        if not unsaved:
            return True
        labels = "、".join(f"“{each}”" for each in unsaved[:4]) + ("等" if len(unsaved) > 4 else "")
        answer = ask_choice(
            self.window(),
            f"还有 {len(unsaved)} 项没有存",
            f"{labels}只写在这一页上，还没有存进账里。",
            [(DROP, "不要了"), (SAVE, "存下再走")],
            close="接着填",
        )
        return answer == DROP or (answer == SAVE and self.form.save())

    def first_focus(self) -> QWidget | None:
        """The first field."""
        return self.form.first_field()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """One column in the narrowest layout; the contents give way below 1000."""
        super().set_mode(mode, very_short=very_short)
        self.form.set_columns(1 if mode == "single" else 2)
        self._contents.setVisible(len(self.form.groups) > 1 and mode in ("full", "drawer"))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _start(self) -> None:
        self._area.verticalScrollBar().setValue(0)
        self._tell()
        if self.isVisible():
            self.form.first_field().setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, by: int) -> None:
        if self.settled():
            self.neighbour_wanted.emit(by)

    def _tell(self) -> None:
        keeper = self.form.keeper
        new, narrow = keeper.is_new, self.mode == "single"
        self.head.set_title(f"新增{self._cls.LABEL}" if new else self.form.title())
        code = str(keeper.values.get("code") or "")
        self.head.set_counts(
            "只要名称就能存，其余以后再补" if new else f"{code}　{self._cls.LABEL}".strip("　"),
            code,
        )
        must, explain = self.form.counts()
        self._must.set("must", f"必改 {must}")
        self._explain.set("explain", f"须说明 {explain}")
        self._must.setVisible(must > 0 and not narrow)
        self._explain.setVisible(explain > 0 and not narrow)
        self._fine.setVisible(not must and not explain and not narrow)
        self._next.setVisible(bool(must or explain))
        if narrow:
            self._next.set_text(f"下一处 {must + explain}")
        else:
            self._next.set_text("下一处  F8")
        self._how.set_texts([""] if new else ["每格离开即存，不用按保存", "每格离开即存", ""])
        for button, wanted in (
            (self._before, not new),
            (self._after, not new),
            (self._save, new),
            (self._again, new),
        ):
            button.retire(away=not wanted)
        self.bottom.set_mode(self.mode)
        self._contents.set_values(keeper.values)

    def _show_group(self, place: int) -> None:
        box = self.form.groups[place]
        top = box.mapTo(self._area.widget(), QPoint(0, 0)).y()
        self._area.verticalScrollBar().setValue(top)
        target = self._first_in(box)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, lambda: self._contents.set_here(place))

    def _scrolled(self, value: int) -> None:
        tops = [box.mapTo(self._area.widget(), QPoint(0, 0)).y() for box in self.form.groups]
        here = max((n for n, top in enumerate(tops) if top <= value + 60), default=0)
        self._contents.set_here(here)
