"""The fields of one matching in the order of the ten columns: how they stand and how keys move."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Bank, Credit, Matching
from ledger_desk.model.vocabulary import SECURITIES
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.store.search import initials
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.fields import Field
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.first_loan.draft import Draft
from ledger_desk.ui.pages.first_loan.payment_rows import PaymentRows
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.records.choosing import find_enterprises, item_of
from ledger_desk.ui.records.editors import DayEditor, Editor, LineEditor, PickEditor, make_editor
from ledger_desk.ui.sections import Section

YES, NO, WAIT = "yes", "no", "wait"


class EntryFields(QWidget):
    """Editors by field name; payments are called ``drawn`` and the choice ``granted``.

    Signals:
        typed: Name of a field, after each key.
        left: Name of a field that was left, or in which something was picked.
    """

    typed = Signal(str)
    left = Signal(str)

    def __init__(self, ledger: Ledger) -> None:
        """Build the fields."""
        super().__init__()
        self._ledger = ledger
        self.recent: list[PickItem] = []
        self.above = Draft()
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        self.granted = Segmented(
            [Option(YES, "是", "ok"), Option(NO, "否"), Option(WAIT, "未定", "zhe")],
            None,
            "是否授信",
        )
        self.payments = PaymentRows()
        self._build()
        self.payments.lines_changed.connect(self._order_tabs)
        self._order_tabs()
        for keys, slot in (("Ctrl+;", self._today), ("Ctrl+'", self._copy_above)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _build(self) -> None:
        credit, matching = field_map(Credit), field_map(Matching)
        words = [PickItem(word, word, keys=tuple(initials(word).split())) for word in SECURITIES]
        security = PickEditor(pick_from(words), lambda v: PickItem(v, v), free=True)
        firm = PickEditor(
            self._find_firm, lambda r: item_of(self._ledger, "enterprise", r),
            placeholder="输名称、代码或拼音首字母",
        )  # fmt: skip
        lender = PickEditor(
            self._find_bank,
            lambda r: item_of(self._ledger, "bank", r),
            placeholder="输名称或拼音首字母",
        )
        meeting = Section("壹", "对接", "台帐第 2—4 栏")
        decision = Section("贰", "授信", "台帐第 5—8 栏")
        paying = Section("叁", "放款", "台帐第 9 栏")
        rest = Section("肆", "其他", "台帐第 1、10 栏")
        self.sections = (meeting, decision, paying, rest)
        column = Column(self, gap=0)
        for section in self.sections:
            column.add(section)
        column.push()
        self._add(meeting, "enterprise", "企业", firm, 5, required=True)
        self._add(
            meeting,
            "bank",
            "银行",
            lender,
            4,
            required=True,
        )
        self._add(meeting, "day", "对接时间", DayEditor(), 3, required=True)
        granted = Field("是否授信", self.granted)
        self.fields["granted"] = granted
        decision.flow.add(granted, 4)
        self._add(decision, "decided_on", "决定日期", DayEditor(), 3)
        self._add(
            decision,
            "amount",
            "授信金额",
            make_editor(credit["amount"], Credit, self._ledger),
            2,
            unit="万元",
        )
        self._add(decision, "security", "担保情况", security, 3)
        self._add(decision, "problem", "存在的主要问题", LineEditor(credit["problem"], str), 5)
        paid = Field("放款金额和日期", self.payments, unit="万元")
        self.fields["drawn"] = paid
        paying.flow.add(paid, 12)
        self._add(rest, "note", "备注", LineEditor(matching["note"], str), 8)
        self._add(
            rest,
            "office",
            "填报单位",
            make_editor(matching["office"], Matching, self._ledger),
            4,
            required=True,
        )
        self.granted.changed.connect(lambda _: self.left.emit("granted"))
        self.payments.typed.connect(lambda: self.left.emit("drawn"))

    def _add(
        self,
        section: Section,
        name: str,
        title: str,
        editor: Editor,
        share: int,
        *,
        required: bool = False,
        unit: str = "",
    ) -> None:
        field = Field(title, editor.widget, required=required, unit=unit)
        self.editors[name], self.fields[name] = editor, field
        editor.typed.connect(partial(self.typed.emit, name))
        editor.left.connect(partial(self.left.emit, name))
        if isinstance(editor, PickEditor):
            editor.picker.picked.connect(partial(self._picked, editor))
        section.flow.add(field, share)

    def focus_field(self, name: str) -> None:
        """Put the focus into a field."""
        target: QWidget = self.granted
        if name == "drawn":
            target = self.payments.lines()[0].amount
        elif name != "granted":
            target = self.editors[name].widget
        target.setFocus(Qt.FocusReason.TabFocusReason)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self.fields[name], 0, 24)

    def set_mode(self, mode: Mode) -> None:
        """Fewer fields in a line where room is short."""
        for section in self.sections:
            section.set_mode(mode)
        self.payments.set_narrow(narrow=mode in ("narrow", "single"))

    def value_of_granted(self) -> bool | None:
        """True 是, False 否, None 未定 or not chosen."""
        return {YES: True, NO: False}.get(str(self.granted.value()))

    def show_needed(self, wanted: dict[str, bool], *, paying: bool) -> None:
        """Show the fields that belong to the decision; ``paying``: the section of payments too."""
        for name, shown in wanted.items():
            self.sections[1].flow.show_part(self.fields[name], shown=shown)
        self.sections[2].setVisible(paying)

    def remember(self, draft: Draft) -> None:
        """Keep an entry that was stored: for 同上, and for the firms offered first."""
        self.above = draft
        item = item_of(self._ledger, "enterprise", draft.enterprise)
        if item is not None:
            self.recent = [item, *(each for each in self.recent if each.id != item.id)][:8]

    def _order_tabs(self) -> None:
        """Tab goes in the order of the columns; Qt's own is that in which the parts were made."""
        stops: list[QWidget] = []
        for name in self.fields:
            if name == "granted":
                stops += self.granted.findChildren(QAbstractButton)
            elif name == "drawn":
                stops += self.payments.tab_stops()
            else:
                stops.append(self.editors[name].widget)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _find_firm(self, text: str) -> list[PickItem]:
        found = find_enterprises(self._ledger, text)
        if text.strip():
            return found
        known = {item.id for item in self.recent}
        return [*self.recent, *(item for item in found if item.id not in known)]

    def _find_bank(self, text: str) -> list[PickItem]:
        """Banks by name, short name, or the initials of either: nh finds 农行."""
        with self._ledger.read() as rows:
            banks = rows.find(Query(Bank))
        items = [
            PickItem(
                bank.id,
                bank.title,
                bank.short or bank.type or "",
                tuple(w for name in (bank.name, bank.short) for w in initials(name or "").split()),
            )
            for bank in banks
        ]
        return pick_from(items)(text)

    def _picked(self, editor: PickEditor, item: object) -> None:
        """Taken from the list by Enter or the mouse: go on to the next field."""
        if item is not None and editor.picker.lineEdit().hasFocus():
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self, tries: int = 20) -> None:
        """Go to the next field, once the window is active again after the list has closed."""
        if QApplication.activeWindow() is self.window():
            self.focusNextPrevChild(True)
        elif tries:
            QTimer.singleShot(10, self, lambda: self._go_on(tries - 1))

    def _today(self) -> None:
        here = QApplication.focusWidget()
        if isinstance(here, DayField):
            here.setText(dt.date.today().isoformat())
            here.textEdited.emit(here.text())

    def _copy_above(self) -> None:
        """Put into the focused field what the entry before had (同上)."""
        here = QApplication.focusWidget()
        for name, editor in self.editors.items():
            if here is not None and (here is editor.widget or editor.widget.isAncestorOf(here)):
                editor.set_value(getattr(self.above, name))
                self.left.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, as Tab does."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.focusNextPrevChild(True)
            return
        super().keyPressEvent(event)
