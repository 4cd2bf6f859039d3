"""Money paid out and back, a line each: amount, day, and what it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ledger_desk.model.kinds import MONEY
from ledger_desk.model.money import exact_wan
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.day_field import DayField, read_day
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.pages.first_loan.draft import Payment, PaymentKind

_KINDS: tuple[tuple[PaymentKind, str], ...] = (("drawdown", "放款"), ("repayment", "还款"))


class PaymentLine(QWidget):
    """One payment; the first line is always a drawdown.

    Signals:
        typed: Something changed.
        removed: The person does not want this line.
    """

    typed = Signal()
    removed = Signal()

    def __init__(self, payment: Payment, *, first: bool) -> None:
        """Show a payment."""
        super().__init__()
        self._payment = payment
        self.kind = Segmented(
            [Option(key, word) for key, word in _KINDS], payment.kind, "放款还是还款"
        )
        self.amount = TextField("", "金额", numeric=True)
        self.amount.setAccessibleName("放款金额（万元）" if first else "金额（万元）")
        self.day = DayField()
        self.day.setAccessibleName("放款日期" if first else "日期")
        self.away = Button("去掉", self.removed.emit, kind="words")
        row = Row(self, gap=8)
        row.add(self.kind, self.amount, self.day, self.away)
        self.away.setVisible(not first)  # once they belong here: else they show as windows
        self.kind.setVisible(not first)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if payment.amount is not None:
            self.amount.set_text(exact_wan(payment.amount))
        self.day.set_day(payment.day)
        self._follows = payment.day is None
        self._given = payment.day is not None and not payment.estimated
        self.amount.textEdited.connect(lambda _: self.typed.emit())
        self.amount.committed.connect(lambda _: self.typed.emit())
        self.day.textEdited.connect(lambda _: self._day_typed())
        self.day.picked.connect(lambda _: self._day_typed())
        self.kind.changed.connect(lambda _: self.typed.emit())
        theme.follow(self._scale)

    def suggest_day(self, day: dt.date | None) -> None:
        """Put a day that nobody gave; one that was typed stays."""
        if self._follows:
            self.day.set_day(day if self.amount.text().strip() else None)

    def payment(self) -> Payment:
        """What stands in the line.

        Raises:
            ValueError: Amount or day cannot be read; a Chinese sentence.
        """
        text = self.amount.text().strip()
        amount = MONEY.parse(text, None) if text else None
        day = read_day(self.day.text(), dt.date.today())
        kind: PaymentKind = "repayment" if self.kind.value() == "repayment" else "drawdown"
        return Payment(kind, day, amount, self._payment.id, day is not None and not self._given)

    def _day_typed(self) -> None:
        self._given = bool(self.day.text().strip())
        self._follows = not self._given
        self.typed.emit()

    def _scale(self) -> None:
        self.amount.setFixedWidth(theme.look().px(128))
        self.day.setFixedWidth(theme.look().px(136))


class PaymentRows(QWidget):
    """All payments of an entry; ``widget`` of a field like any editor.

    Signals:
        typed: Something changed.
        lines_changed: There are other lines: Tab has to learn of them.
    """

    typed = Signal()
    lines_changed = Signal()

    def __init__(self) -> None:
        """Start with one empty line."""
        super().__init__()
        self._lines: list[PaymentLine] = []
        self._column = Column(self, gap=6)
        self._more = Button("再加一笔", self.add_line, icon="plus", kind="words")
        self._tip = label("还款、第二笔放款都用“再加一笔”", "faint")
        self._first = Row(gap=8).add(self._more, self._tip).push()
        self._column.add(self._first)
        self.set_payments(())

    def set_payments(self, payments: Sequence[Payment]) -> None:
        """Show payments, or one empty line."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        lines = list(payments)
        if not lines or lines[0].kind != "drawdown":
            lines.insert(0, Payment())
        for payment in lines:
            self._append(payment)
        self._first.insertWidget(0, self._lines[0])
        self.lines_changed.emit()

    def payments(self) -> tuple[Payment, ...]:
        """All payments that have something in them.

        Raises:
            ValueError: One of them cannot be read.
        """
        found = (line.payment() for line in self._lines)
        return tuple(p for p in found if not p.is_empty or (p.day is not None and not p.estimated))

    def suggest_day(self, day: dt.date | None) -> None:
        """Put a day into lines that have an amount and no day of their own."""
        for line in self._lines:
            line.suggest_day(day)

    def add_line(self) -> None:
        """Add an empty line and go there."""
        line = self._append(Payment())
        self.lines_changed.emit()
        line.show()
        line.kind.setFocus()
        self.typed.emit()

    def lines(self) -> list[PaymentLine]:
        """The lines, first to last."""
        return list(self._lines)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the tip away where room is short."""
        self._tip.setVisible(not narrow)

    def set_state(self, state: str) -> None:
        """Dress the amounts as ``must``, ``explain`` or ordinary."""
        for line in self._lines:
            line.amount.set_state(state)

    def _append(self, payment: Payment) -> PaymentLine:
        line = PaymentLine(payment, first=not self._lines)
        line.typed.connect(self.typed)
        line.removed.connect(lambda: self._drop(line))
        if self._lines:
            self._column.add(line)
        self._lines.append(line)
        return line

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in the order in which it all stands."""
        stops: list[QWidget] = []
        for number, line in enumerate(self._lines):
            stops += [*line.kind.findChildren(QAbstractButton), line.amount, line.day, line.away]
            if number == 0:
                stops.append(self._more)
        return stops

    def _drop(self, line: PaymentLine) -> None:
        place = self._lines.index(line)
        self._lines.remove(line)
        line.hide()
        line.deleteLater()
        self._lines[place - 1].amount.setFocus()
        self.typed.emit()
