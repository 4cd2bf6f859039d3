"""One section of the file: groups of the firm's fields, lists that hang on it, and what belongs there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record, field_map, fields_of
from ledger_desk.model.records import Enterprise, Loan, Memo
from ledger_desk.model.sections import BELOW, Section
from ledger_desk.ui.attachments.strip import AttachmentStrip
from ledger_desk.ui.dossier.changes import Changes
from ledger_desk.ui.dossier.child_card import ChildCard
from ledger_desk.ui.dossier.finance import TwoYears
from ledger_desk.ui.dossier.given import Given
from ledger_desk.ui.dossier.loan_view import LoanView
from ledger_desk.ui.dossier.making import make_cards
from ledger_desk.ui.dossier.reading import FileState, Trouble
from ledger_desk.ui.dossier.tabbing import chain, stops_in, stops_of
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.field_history import FieldHistory
from ledger_desk.ui.records.form import RecordForm
from ledger_desk.ui.records.groups import fitted
from ledger_desk.ui.rules import frame

Restore = Callable[[type[Record], str, str, object], None]
_NOT_MADE = "先填名称或统一社会信用代码：这一户记下以后，这里就能填。"


class _Lines(QWidget):
    """Holds the parts one below the other."""

    def minimumSizeHint(self) -> QSize:
        """As high as needed at its width."""
        return fitted(self, super().minimumSizeHint())


class SectionView(QWidget):
    """Shows a section of the firm that is open.

    Signals:
        changed: Something was written.
        focus_changed: Another field or cell is meant.
        elsewhere_wanted: (table, id) of a record that another page shows.
    """

    changed = Signal()
    focus_changed = Signal()
    elsewhere_wanted = Signal(str, str)

    def __init__(self, section: Section, given: Given) -> None:
        """Build the parts of a section."""
        super().__init__()
        self.section, self._given = section, given
        self.form: RecordForm | None = None
        self.loan: LoanView | None = None
        self._years: TwoYears | None = None
        self._changes: Changes | None = None
        self.strip: AttachmentStrip | None = None
        self._shown: str | None = None
        self._count = label("", "dim")
        column = Column(self, gap=6)
        self._head = QWidget()
        head = Row(self._head, gap=12)
        head.add(label(str(section.number), "number"), label(section.title, "heading"))
        head.push().add(self._count)
        column.add(self._head, frame("rule"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = frame("bare")
        self._parts = Column(inner, margins=(0, 4, 8, 8), gap=12)
        self._area.setWidget(inner)
        column.add(self._area, stretch=1)
        self._list = _Lines()
        self._lines = Column(self._list, gap=12)
        self._parts.add(self._list)
        self._not_made = label("", "clause", wrap=True)
        self.cards = make_cards(section, given)
        self._build()

    def _build(self) -> None:
        section = self.section
        if section.groups:
            hidden = [s.name for s in fields_of(Enterprise) if s.group not in section.groups]
            self.form = RecordForm(
                self._given.ledger, Enterprise, hidden=hidden, keeper=self._given.keeper
            )
            self.form.saved.connect(self._saved)
            self.form.state_changed.connect(self._held)
            self._lines.add(self.form)
        for card in self.cards:
            self._lines.add(card)
            card.changed.connect(self._written)
            card.cell_changed.connect(self.focus_changed)
            card.opened.connect(self._opener(card))
        if section.key == "attachments":
            given = self._given
            self.strip = AttachmentStrip(given.ledger, given.jobs, given.window)
            self.strip.changed.connect(self._written)
            self._lines.add(self.strip)
        if section.key == "finance":
            self._years = TwoYears()
            self._lines.add(self._years)
        if section.key == "history":
            self._changes = Changes(self._given.ledger)
            self._lines.add(self._changes)
        self._not_made.setText(_NOT_MADE)
        self._lines.add(self._not_made)
        self._parts.push()

    # What the page calls

    def order_stops(self) -> None:
        """Let Tab go through the parts as they stand; once the section is in its window."""
        shown = [spec for spec in fields_of(Enterprise) if spec.group in self.section.groups]
        own = [part.panel.grid for part in (self._years, self._changes) if part is not None]
        chain(stops_of(self.form, shown), stops_in(self.cards), own)

    def show_firm(self, state: FileState, *, afresh: bool = False) -> None:
        """Show what the keeper holds; ``afresh`` drops texts that could not be kept, for another firm."""
        record = self._given.keeper.record
        if self.form is not None:
            self.form.show_kept(afresh=afresh)
        if afresh:
            self.close_loan()
            self._area.verticalScrollBar().setValue(0)
        another, self._shown = afresh or record != self._shown, record
        self._fill(state, afresh=another)

    def tell(self, state: FileState) -> None:
        """Say how the section stands now."""
        self._count.setText(state.standings[self.section.number].sentence())
        if self._years is not None:
            self._years.set_years(state.children[self.section.lists[0]])

    def settle(self) -> None:
        """Keep what was typed and not left."""
        if self.form is not None:
            self.form.settle()
        if self.loan is not None:
            self.loan.settle()
        if self.strip is not None:
            self.strip.settle()
        for card in self.cards:
            card.settle()

    def unsaved(self) -> list[str]:
        """Labels of fields whose text could not be kept."""
        return [*(self.form.unsaved() if self.form is not None else [])]

    def set_mode(self, mode: Mode) -> None:
        """One column of fields in the narrowest layout; where a menu names the section, that does."""
        self._head.setVisible(mode in ("full", "drawer"))
        for form in (self.form, self.loan.form if self.loan is not None else None):
            if form is not None:
                form.set_columns(1 if mode == "single" else 2)

    def first_focus(self) -> QWidget | None:
        """Where the keyboard goes when the section comes into sight."""
        if self.loan is not None:
            return self.loan.first_focus()
        if self.form is not None:
            return self.form.first_field()
        if self.strip is not None:
            return self.strip.first_focus()
        card = next((card for card in self.cards if card.isVisibleTo(self)), None)
        if card is not None:
            return card.grid
        return self._changes.panel.grid if self._changes is not None else None

    def go_to(self, trouble: Trouble) -> None:
        """Put the keyboard where something is wrong."""
        if trouble.cls is Enterprise:
            if self.form is not None:
                self.form.focus_field(trouble.field)
            return
        self.close_loan()
        if self.strip is not None:
            self.strip.go_to(trouble.record, trouble.field)
        card = self.card(trouble.cls)
        if card is not None:
            card.go_to(trouble.record, trouble.field)

    def card(self, cls: type[Record]) -> ChildCard | None:
        """The list of a class."""
        return next((card for card in self.cards if card.cls is cls), None)

    def focused(self) -> tuple[type[Record], str, str]:
        """Class, record and field that the keyboard is at; record '' for the firm or a new row."""
        here = QApplication.focusWidget()
        cards = [*(self.loan.cards if self.loan is not None else []), *self.cards]
        for card in cards:
            if here is not None and (card is here or card.isAncestorOf(here)):
                return (card.cls, *card.current())
        if self.loan is not None and here is not None and self.loan.form.isAncestorOf(here):
            return Loan, self.loan.loan, self.loan.form.focused_name()
        name = self.form.focused_name() if self.form is not None else ""
        return Enterprise, "", name

    def open_history(self, restore: Restore) -> None:
        """Show the history of the field or cell that the keyboard is at, under it (Alt+H)."""
        cls, record, name = self.focused()
        form = self.form if cls is Enterprise else self.loan.form if self.loan is not None else None
        if form is not None and form.focused_name():
            form.open_history()
            return
        cards = [*(self.loan.cards if self.loan is not None else []), *self.cards]
        card = next((each for each in cards if each.cls is cls and each.isVisible()), None)
        spec = field_map(cls).get(name)
        if card is None or spec is None or not record:
            return
        ledger = self._given.ledger
        popup = FieldHistory.of(self, ledger, record, spec, not ledger.read_only)
        if popup is not None:
            popup.restore_wanted.connect(partial(restore, cls, record, name))
            popup.open_at(card.grid.viewport(), card.grid.visualRect(card.grid.currentIndex()))

    # Loans

    def open_loan(self, record: str) -> None:
        """Open one loan in place of the list."""
        self.close_loan()
        self.loan = LoanView(self._given, record)
        self.loan.closed.connect(self.back_from_loan)
        self.loan.changed.connect(self._written)
        self.loan.cell_changed.connect(self.focus_changed)
        self._list.hide()
        self._parts.insertWidget(0, self.loan)
        self.loan.show()
        self.loan.order_stops()
        self._area.verticalScrollBar().setValue(0)
        self.loan.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def back_from_loan(self) -> None:
        """Go back to the list, to the loan that was open."""
        record = self.loan.loan if self.loan is not None else ""
        self.close_loan()
        card = self.card(Loan)
        if card is not None:
            card.reload()
            card.go_to(record)

    def close_loan(self) -> None:
        """Put the open loan away."""
        view, self.loan = self.loan, None
        self._list.show()
        if view is not None:
            view.settle()
            view.hide()
            view.deleteLater()

    # Inner

    def _fill(self, state: FileState, *, afresh: bool) -> None:
        record = self._given.keeper.record
        self._not_made.setVisible(not record and bool(self.cards))
        for card in self.cards:
            if afresh:
                card.belong_to(*self._parents(card, state), preset=self._preset(card.cls))
            else:
                card.reload()
            if not record:
                card.hide()
        if self.loan is not None:
            try:
                self.loan.reload()
            except UserError:  # taken back
                self.close_loan()
        if self.strip is not None:
            self.strip.show_firm(record or None)
        if self._changes is not None:
            self._changes.show_firm(record)
        self.tell(state)

    def _parents(self, card: ChildCard, state: FileState) -> tuple[str, ...]:
        if card.cls in BELOW:
            owner, _link = BELOW[card.cls]
            return tuple(each.id for each in state.children.get(owner, ()))
        record = self._given.keeper.record
        return (record,) if record else ()

    def _preset(self, cls: type[Record]) -> dict[str, Any]:
        if cls is not Memo:
            return {}
        person = self._given.ledger.person
        return {"day": date.today(), **({"person": person.id} if person is not None else {})}

    def _opener(self, card: ChildCard) -> Any:
        def opened(record: str) -> None:
            if card.cls is Loan:
                self.open_loan(record)
            else:
                self.elsewhere_wanted.emit(card.cls.TABLE, record)

        return opened

    def _saved(self, _record: str) -> None:
        self._given.window.toasts.clear_undo()  # it speaks of the step before
        self.changed.emit()

    def _written(self) -> None:
        self.changed.emit()

    def _held(self) -> None:
        if self._given.keeper.is_new:
            self.changed.emit()
