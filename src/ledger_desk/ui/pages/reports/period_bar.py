"""Choosing the period: one back, one on, what people write, or a menu."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.periods import Period, parse_period
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.pages.reports.choosing import offers


class PeriodBar(QWidget):
    """上期, the period as text, 下期, and a menu; any two days can be typed.

    Signals:
        chosen: The `Period`.
    """

    chosen = Signal(object)

    def __init__(self, period: Period) -> None:
        """Show a period."""
        super().__init__()
        self._period, self._since = period, None  # type: Period, dt.date | None
        self.back = Button("上期", lambda: self._take(self._period.previous()), tip="上一期")
        self.on = Button("下期", lambda: self._take(self._period.next()), tip="下一期")
        self.text = TextField(placeholder="如 2024-10")
        self.text.setAccessibleName("期别：年月、季度、年，或“起日 至 止日”")
        self.text.setToolTip("可以写 2024-10、2024年三季度、2024年，或 2024-10-15 至 2024-11-20")
        self.days = FittingLabel([""], "dim")
        self.menu = MenuButton("选期")
        self.deeds = MenuButton("定稿与报送")
        self._message = label("", "must", wrap=True)
        self._message.hide()
        column = Column(self, gap=4)
        row = Row(gap=8).add(self.back).add(self.text).add(self.on).add(self.menu)
        column.add(row.add(self.days, stretch=1).add(self.deeds))
        column.add(self._message)
        self.text.committed.connect(self._typed)
        theme.follow(self._scale)
        self.set_period(period)

    def period(self) -> Period:
        """The period shown."""
        return self._period

    def set_period(self, period: Period, since: dt.date | None = None) -> None:
        """Show a period; ``since`` is where 启动以来 begins for the form shown."""
        self._period, self._since = period, since
        self.text.set_text(period.label)
        self._message.hide()
        short = f"{period.start:%m-%d} 至 {period.end:%m-%d}"
        if period.start.year != period.end.year:
            short = f"{period.start} 至 {period.end}"
        self._days = short
        self.say("")
        self.menu.set_entries(
            [
                (words, lambda p=each: self._take(p))
                for words, each in offers(period, since, dt.date.today())
            ]
            + [None, ("写任意两天…", self._write_days)]
        )
        self._scale()

    def say(self, stands: str) -> None:
        """Say beside the days how the period stands: 未结账, 已结账 …."""
        both = [f"{self._days}　{stands}", stands] if stands else []
        self.days.set_texts([*both, self._days, ""])

    def _take(self, period: Period) -> None:
        if period != self._period:
            self.set_period(period, self._since)
            self.chosen.emit(period)

    def _typed(self, text: str) -> None:
        try:
            period = parse_period(text, dt.date.today())
        except ValueError as error:
            self._message.setText(str(error))
            self._message.show()
            self.text.set_state("must")
            return
        self.text.set_state("")
        if period == self._period:
            self.set_period(period, self._since)
        self._take(period)

    def _write_days(self) -> None:
        """Offer the present days as text to be changed."""
        self.text.setText(f"{self._period.start} 至 {self._period.end}")
        self.text.setFocus()
        self.text.selectAll()
        self._scale()

    def _scale(self) -> None:
        """Room for what stands there: a month, or two whole days."""
        wide = self.text.fontMetrics().horizontalAdvance(self.text.text()) + theme.look().px(30)
        self.text.setFixedWidth(max(theme.look().px(124), wide))
