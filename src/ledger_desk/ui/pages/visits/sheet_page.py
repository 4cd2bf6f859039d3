"""走访登记: one paper sheet after another by keyboard; lies over the lists while one keys in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.records import Visit
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.form_area import FormArea
from ledger_desk.ui.keying.page import KeyingPage, Verdict
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.visits.sheet_form import SheetForm
from ledger_desk.work.visiting import Saved, save

_KEYS = "Enter 到下一项　1 2 3 选　Ctrl+; 今天　Ctrl+' 同上一张　F8 下一处要改"


class SheetPage(KeyingPage):
    """Keys in one visit after another.

    Signals:
        application_wanted: Id of a visit that is to go on to the application list.
    """

    application_wanted = Signal(str)
    form: SheetForm
    unsaved = "这张走访表还没有存"

    def __init__(self, ledger: Ledger) -> None:
        """Build the page; `begin` or `open` fill it."""
        super().__init__("走访登记")
        self._ledger = ledger
        self._done = 0
        self._last = ""
        self.form = SheetForm(ledger)
        card = QFrame()
        card.setProperty("k", "box")
        Column(card, margins=(16, 4, 16, 2), gap=0).add(self.form)
        self._area = FormArea(card)
        self.body.add(self._area).push()
        self._apply = self.head.add_button(
            Button("把上一张列入申报", self._want_application, icon="clipboard-list")
        )
        self._apply.retire()
        self.add_back()
        self._verdict = Verdict("五项符合，可以列入申报")
        self._how = FittingLabel([_KEYS, ""], "dim")
        self.bottom.say(*self._verdict.marks, self._how)
        self.bottom.push()
        self._save = self.bottom.add_button(Button("存下  Ctrl+S", self.save_and_leave))
        self._next = self.bottom.add_button(Button("", self.save_and_begin, kind="pri"))
        self.add_keys({
            "Ctrl+S": self.save_and_leave, "F12": self.save_and_begin,
            "Ctrl+Return": self.save_and_begin, "Ctrl+Enter": self.save_and_begin,
        })  # fmt: skip
        self.form.judged.connect(self._tell)

    # What the page below calls

    def begin(self, **given: Any) -> None:
        """Start a new sheet with some values given (firm, task)."""
        self.form.begin(keep=self.form.parts.before or None, **given)
        self._start("走访登记")

    def open(self, visit: str) -> bool:
        """Edit a visit; False when it is not there any more."""
        found = self._ledger.get(Visit, visit)
        if found is None or found.removed:
            return False
        self.form.load(found)
        firm = self.form.firm()
        self._start(f"改走访：{firm.title if firm else ''}", "改走访")
        return True

    def refresh(self) -> None:
        """Read again after an undo: a visit that is gone makes place for a new sheet."""
        visit = self.form.visit()
        if visit and not self.form.is_touched() and not self.open(visit):
            self.begin()
        self._tell_done()

    def first_focus(self) -> QWidget | None:
        """The firm, or where to go on when it stands already."""
        name = "result" if self.form.firm() is not None else "enterprise"
        return self.form.parts.editors[name].widget

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fewer fields in a line in narrow windows."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "form"):
            self.form.parts.set_mode(mode)
            self._tell()

    # Storing

    def save_and_begin(self) -> None:
        """Store, and go straight to the next sheet; day and visitors stay (F12, Ctrl+Enter)."""
        values = self._store()
        if values is not None:
            self.form.begin(keep=values)
            self._start("走访登记")
            target = self.first_focus()
            assert target is not None
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def store(self) -> bool:
        """Store the visit."""
        return self._store() is not None

    def _store(self) -> dict[str, Any] | None:
        self.form.show_all()
        missing = self.form.missing()
        if missing:
            self.form.parts.focus_field(missing[0])
            return None
        values = self.form.values()
        firm = self.form.firm()
        try:
            stored = save(self._ledger, values, visit=self.form.visit(), file=self.form.file())
        except UserError as error:
            show_error(self.window(), error, "这次走访没有存下")
            return None
        self.form.parts.remember(values)
        self._done += 1
        self._say_stored(firm.title if firm is not None else "", stored)
        self.saved.emit(stored.visit)
        return values

    def _say_stored(self, firm: str, stored: Saved) -> None:
        also = [
            word for word, on in (
                ("任务已完成", stored.task), ("困难已转批分单", stored.ticket),
                ("可以列入申报", stored.ready),
            ) if on
        ]  # fmt: skip
        self.told.emit(f"已存：{firm}" + (f"　{'、'.join(also)}" if also else ""))
        self._last = stored.visit if stored.ready else ""
        self._apply.retire(away=not self._last)
        self._last_words = firm

    def _want_application(self) -> None:
        if self._last:
            self.application_wanted.emit(self._last)
            self._last = ""
            self._apply.retire()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form fits anew."""
        super().resizeEvent(event)
        self._area.fit()

    # Telling

    def _start(self, title: str, short: str = "") -> None:
        self.head.set_title(title, short or title)
        self._area.verticalScrollBar().setValue(0)
        self._tell_done()
        self._tell()

    def _tell_done(self) -> None:
        done = f"这回记了 {self._done} 张" if self._done else "照着纸表从上往下填"
        self.head.set_counts(done, done)

    def _tell(self) -> None:
        must, explain = self.form.counts()
        narrow = self.mode == "single"
        ready = not must and not self.form.whys_not_ready()
        self._verdict.tell(must, explain, fine=ready and not narrow)
        self._how.setVisible(not narrow)
        self._next.set_text("存，下一张  F12" if narrow else "存下，下一张  F12")
        self._area.fit()
