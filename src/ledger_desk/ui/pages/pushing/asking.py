"""Small sheets that ask what goes with a deed: to whom and when; a day; nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Matching, Referral
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Form2
from ledger_desk.ui.records.editors import DayEditor, make_editor
from ledger_desk.work import pushing

BANKS, GUARANTOR = "banks", "guarantor"
_MOST_TOLD = 4


class DaySheet(Dialog):
    """Asks for a day and, where it is wanted, for the way of contact.

    Signals:
        answered: The day, and the way or None.
    """

    answered = Signal(object, object)

    def __init__(
        self, parent: QWidget | None, ledger: Ledger, title: str, word: str, sentence: str,
        action: str, *, method: bool = False,
    ) -> None:  # fmt: skip
        """Ask; today stands there."""
        super().__init__(parent, title, width=560)
        self.body.add(label(sentence, "dim", wrap=True))
        self.day = DayEditor()
        self.day.set_value(date.today())
        self._field = Field(word, self.day.widget, required=True)
        form = Form2(gap=20)
        form.add(self._field)
        self.method = make_editor(field_map(Matching)["method"], Matching, ledger)
        if method:
            form.add(Field("对接方式", self.method.widget))
        else:
            self.method.widget.setParent(self)
            self.method.widget.hide()
        self.body.add(form)
        self.add_close("不办了")
        self.add_button(Button(action, self._go, kind="pri", key="F12"))
        self.day.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self) -> None:
        try:
            day = self.day.value()
        except ValueError as error:
            self._field.say("must", str(error))
            return
        if day is None:
            self._field.say("must", f"还没填{self._field.title}。")
            return
        self.accept()
        self.answered.emit(day, self.method.value())


class PushSheet(Dialog):
    """Says where each chosen firm would go, before it goes there.

    Signals:
        answered: The day, and the guarantor's id or ''.
    """

    answered = Signal(object, str)

    def __init__(self, parent: QWidget | None, ledger: Ledger, applications: Sequence[str]) -> None:
        """Plan a push of these applications."""
        super().__init__(parent, f"推送 {len(applications):,} 户", width=640)
        self._ledger, self._ids = ledger, list(applications)
        self.to = Segmented(
            [Option(BANKS, "意向银行"), Option(GUARANTOR, "担保机构")], BANKS, "推给谁"
        )
        self.day = DayEditor()
        self.day.set_value(date.today())
        self.house = make_editor(field_map(Referral)["guarantor"], Referral, ledger)
        self._day_field = Field("推送日期", self.day.widget, required=True)
        self._house_field = Field("担保机构", self.house.widget, required=True)
        self._told = label("", "body", wrap=True)
        self._not = label("", "explain", wrap=True)
        form = Form2(gap=20)
        form.add(self._day_field)
        form.add(Field("推给谁", self.to))
        self.body.add(form, self._house_field, self._told, self._not)
        self.add_close("先不推")
        self.go = self.add_button(Button("推送", self._go, kind="pri", key="F12"))
        self.to.changed.connect(lambda _: self._plan())
        self.day.left.connect(self._plan)
        self.house.left.connect(self._plan)
        self._plan()
        self.day.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _guarantor(self) -> str:
        return str(self.house.value() or "") if self.to.value() == GUARANTOR else ""

    def _plan(self) -> None:
        house = self.to.value() == GUARANTOR
        self._house_field.setVisible(house)
        self._not.hide()
        try:
            day = self.day.value()
        except ValueError as error:
            self._day_field.say("must", str(error))
            self.go.block("推送：先改日期")
            return
        self._day_field.say("", "")
        if house and not self._guarantor():
            self._told.setText("先选一家担保机构。没有的，先在“担保机构”里登记。")
            self.go.block("推送：先选担保机构")
            return
        try:
            made = pushing.plan(self._ledger, self._ids, day, guarantor=self._guarantor())
        except UserError as error:
            self._told.setText(str(error))
            self.go.block("不能推送")
            return
        firms = len(dict.fromkeys(application for application, _ in made.pairs))
        some = [f"{made.names.get(bank, '')} {many:,} 户" for bank, many in made.by_bank().items()]
        self._told.setText(f"要推给：{'、'.join(some)}。每户只推给它的意向银行。" if some and not house
                           else f"要推给：{'、'.join(some)}。" if some else "没有能推送的。")  # fmt: skip
        lines = [f"{each.title}：{each.why}" for each in made.refused[:_MOST_TOLD]]
        if len(made.refused) > _MOST_TOLD:
            lines.append(f"…… 另有 {len(made.refused) - _MOST_TOLD:,} 户")
        self._not.setText("\n".join([f"{len(made.refused):,} 户不能推送：", *lines]))
        self._not.setVisible(bool(made.refused))
        if firms:
            self.go.allow(f"推送 {firms:,} 户")
        else:
            self.go.block("没有能推送的")
        self.fit_height()

    def _go(self) -> None:
        try:
            day = self.day.value() or date.today()
        except ValueError:
            return
        self.accept()
        self.answered.emit(day, self._guarantor())
