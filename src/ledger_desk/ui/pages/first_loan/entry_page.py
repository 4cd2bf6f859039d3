"""记一次对接: the form above, what was keyed in below; lies over the lists while one keys in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.periods import month_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.form_area import FormArea
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import ListSource
from ledger_desk.ui.keying.page import KeyingPage, Verdict
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.first_loan.contact_list import USUAL_COLUMNS, read_rows, to_grid
from ledger_desk.ui.pages.first_loan.draft import Draft, read_draft
from ledger_desk.ui.pages.first_loan.entry_form import EntryForm
from ledger_desk.ui.pages.first_loan.keeping import name_of, save

_KEYS = "Enter 到下一项　Ctrl+; 今天　Ctrl+' 同上一笔"


class EntryPage(KeyingPage):
    """Keys in one matching after another."""

    form: EntryForm
    unsaved = "这次对接还没有存"

    def __init__(self, ledger: Ledger) -> None:
        """Build the page; `begin` or `open` fill it."""
        super().__init__("记一次对接")
        self._ledger = ledger
        self._warned = False
        self._done: list[str] = []
        self.form = EntryForm(ledger)
        card = QFrame()
        card.setProperty("k", "box")
        Column(card, margins=(16, 6, 16, 2), gap=0).add(self.form)
        self._area = FormArea(card)
        self.panel = GridPanel(
            ListSource(USUAL_COLUMNS, []), noun="笔", name="这个月已经记下的对接", frozen=0
        )
        self.body.add(self._area).add(self.panel, stretch=1)
        self.add_back()
        self._verdict = Verdict("没有要改的")
        self._how = FittingLabel([_KEYS, ""], "dim")
        self.bottom.say(*self._verdict.marks, self._how)
        self.bottom.push()
        self._save = self.bottom.add_button(Button("存下  Ctrl+S", self.save_and_leave))
        self._next = self.bottom.add_button(Button("", self.save_and_begin, kind="pri"))
        self.add_keys({"Ctrl+S": self.save_and_leave, "F12": self.save_and_begin})
        self.form.judged.connect(self._tell)
        self.panel.grid.opened.connect(self.open)

    # What the page below calls

    def begin(self, **given: Any) -> None:
        """Start a new entry with some values given (firm, bank, day)."""
        self.form.begin(**given)
        self.head.set_title("记一次对接")
        self._start()

    def open(self, matching: str) -> bool:
        """Edit a matching; False when it is not there any more or the person stays."""
        if self.isVisible() and not self.settled():
            return False
        draft = read_draft(self._ledger, matching)
        if draft is None:
            return False
        self.form.load(draft)
        with self._ledger.read() as rows:
            self.head.set_title(f"改对接：{name_of(rows, draft.enterprise, draft.bank)}", "改对接")
        self._start()
        return True

    def refresh(self) -> None:
        """Read again after an undo: a matching that is gone makes place for a new entry."""
        before = self.form.before()
        if before is not None and not self.form.is_touched():
            draft = read_draft(self._ledger, before.id)
            if draft is None:
                self.begin()
            else:
                self.form.load(draft)
        self._read_list()

    def first_focus(self) -> QWidget | None:
        """The firm, or what is still missing behind it."""
        return self.form.parts.editors["enterprise"].widget

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The list below gives way in the narrowest layout."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "panel"):
            self.form.parts.set_mode(mode)
            self._tell()

    # Storing

    def save_and_begin(self) -> None:
        """Store, and start the next one with office, bank and day kept (F12)."""
        stored = self._store()
        if stored is not None:
            self.form.begin(keep=stored)
            self.head.set_title("记一次对接")
            self._start()
            self.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def store(self) -> bool:
        """Store the entry."""
        return self._store() is not None

    def store_to_leave(self) -> bool:
        """Store it as it is: who goes was asked already."""
        self._warned = True
        return self.store()

    def _store(self) -> Draft | None:
        self.form.show_all()
        missing = self.form.missing()
        if missing:
            self.form.parts.focus_field(missing[0])
            return None
        must, _ = self.form.counts()
        if must and not self._warned:
            # What paper does not say cannot be typed: it may be stored, but not unseen.
            self._warned = True
            self.form.next_problem()
            self._tell()
            return None
        draft = self.form.draft()
        try:
            matching = save(self._ledger, draft, self.form.before())
        except UserError as error:
            show_error(self.window(), error, "这次对接没有存下")
            return None
        self.form.parts.remember(draft)
        self._done = [matching, *(each for each in self._done if each != matching)]
        with self._ledger.read() as rows:
            self.told.emit(f"已存：{name_of(rows, draft.enterprise, draft.bank)}")
        self.saved.emit(matching)
        return draft

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Form and list share the room anew."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """The form comes first; the list below stands only where it has some rows' room."""
        self._area.fit()
        px = theme.look().px
        room = (
            self.height() - self.head.height() - self.bottom.height() - self._area.needed() - px(30)
        )
        least = px(100) if self.panel.isVisible() else px(150)  # no flicker at the limit
        self.panel.setVisible(self.mode != "single" and room >= least)

    # Telling

    def _start(self) -> None:
        self._warned = False
        self._area.verticalScrollBar().setValue(0)
        self._read_list()
        self._tell()

    def _read_list(self) -> None:
        """The month of the entry, with what was stored just now on top."""
        try:
            day = self.form.draft().day
        except ValueError:
            return
        if day is None:
            return
        place = {record: n for n, record in enumerate(self._done)}
        rows = sorted(
            read_rows(self._ledger, month_of(day)), key=lambda row: place.get(row.id, len(place))
        )
        self.panel.set_source(ListSource(USUAL_COLUMNS, to_grid(rows)))
        count = f"{month_of(day).label}已记 {len(rows)} 笔"
        self.head.set_counts(
            f"{count}，这回记了 {len(self._done)} 笔" if self._done else count, count
        )

    def _tell(self) -> None:
        must, explain = self.form.counts()
        narrow = self.mode == "single"
        fine = self.form.is_touched() and not must and not explain and not narrow
        self._verdict.tell(must, explain, fine=fine)
        self._how.setVisible(not narrow)
        if self._warned and must:
            self._next.set_text(f"还有 {must} 处必改，照样存下  F12")
        else:
            self._warned = self._warned and must > 0
            self._next.set_text("存，下一笔  F12" if narrow else "存下，再记一次  F12")
        self._share_room()
