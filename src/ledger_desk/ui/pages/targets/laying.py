"""The sheet 按文件布置任务: the quotas of the document, ticked, each with its reading."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import CheckBox, Option, Segmented
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Form2, Row
from ledger_desk.ui.rules import frame
from ledger_desk.work.quotas import EACH, QUOTAS, TOGETHER, Quota, usual


class LayDown(Dialog):
    """Asks which quotas, for which days, and how those of banks are read.

    Signals:
        taken: (keys, since, until, scopes by key).
    """

    taken = Signal(list, object, object, dict)

    def __init__(self, parent: QWidget, ledger: Ledger) -> None:
        """Offer all quotas; those that concern the office are ticked."""
        super().__init__(parent, "按文件布置任务", width=880)
        year = date.today().year
        self.since, self.until = DayField(date(year, 1, 1)), DayField(date(year, 12, 31))
        days = Form2(gap=24).add(
            Field("起始日期", self.since, required=True),
            Field("截止日期", self.until, required=True),
        )
        self.body.add(
            label("忻银发〔2020〕80号 四、六、八的任务数。文件没有写清是每家银行都要达到，还是一类银行合计达到：银行的几项各选一种，说明会写在旁边。", "dim", wrap=True),
            days,
        )  # fmt: skip
        self.boxes: dict[str, CheckBox] = {}
        self.scopes: dict[str, Segmented] = {}
        ticked = usual(ledger.office)
        holder = frame("bare")
        column = Column(holder, gap=4)
        for quota in QUOTAS:
            column.add(self._line(quota, ticked=quota.key in ticked))
        self.body.add(holder)
        self._wrong = label("", "must", wrap=True)
        self._wrong.hide()
        self.body.add(self._wrong)
        self.add_close("不布置了")
        self.go = self.add_button(Button("", self._go, key="Ctrl+S", kind="pri"))
        self._tell()
        self.since.setFocus(Qt.FocusReason.TabFocusReason)

    def _line(self, quota: Quota, *, ticked: bool) -> QWidget:
        line = QWidget()
        words = f"{quota.whom}　{quota.indicator} {quota.value}{quota.unit}"
        box = CheckBox(words + ("（每月）" if quota.monthly else ""), ticked)
        box.setToolTip(f"{quota.clause}　{quota.reading}")
        box.toggled.connect(self._tell)
        self.boxes[quota.key] = box
        row = Row(line, gap=10).add(box).push().add(label(quota.clause, "faint"))
        if quota.bank_type:
            options = [Option(EACH, EACH), Option(TOGETHER, TOGETHER)]
            scope = Segmented(options, quota.scope, f"{words}怎么算")
            self.scopes[quota.key] = scope
            row.add(scope)
        return line

    def _keys(self) -> list[str]:
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def _tell(self, _on: bool = False) -> None:
        many = len(self._keys())
        if many:
            self.go.allow(f"布置 {many} 项")
        else:
            self.go.block("布置：一项都没选")

    def _go(self) -> None:
        since, until = self.since.day(), self.until.day()
        wrong = ""
        if since is None or until is None:
            wrong = "起始日期和截止日期都要写，例如 2024-01-01。"
        elif until < since:
            wrong = f"截止日期 {until} 早于起始日期 {since}，请对调或改正。"
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        if wrong or not self._keys():
            return
        scopes = {key: str(each.value()) for key, each in self.scopes.items() if each.value()}
        self.accept()
        self.taken.emit(self._keys(), since, until, scopes)
