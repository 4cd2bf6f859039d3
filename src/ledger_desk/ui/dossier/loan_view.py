"""One loan opened inside the file: its own fields, what was paid out and back, and what is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import Bank, Drawdown, Loan, Repayment
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, Notice
from ledger_desk.ui.dossier.child_card import ChildCard
from ledger_desk.ui.dossier.given import Given
from ledger_desk.ui.dossier.lending import balance_cell
from ledger_desk.ui.dossier.tabbing import chain, stops_in, stops_of
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.records.form import RecordForm
from ledger_desk.ui.records.keeping import RecordKeeper

HIDDEN = ("enterprise", "matching")


class LoanView(QWidget):
    """Shows one loan.

    Signals:
        closed: Back to the list of loans.
        changed: Something was written.
        cell_changed: The keyboard came to another cell.
    """

    closed = Signal()
    changed = Signal()
    cell_changed = Signal()

    def __init__(self, given: Given, loan: str) -> None:
        """Open a loan by its id."""
        super().__init__()
        self._given = given
        keeper = RecordKeeper(given.ledger, Loan, loan)
        self.form = RecordForm(given.ledger, Loan, hidden=HIDDEN, keeper=keeper)
        self._title = FittingLabel([""], "heading")
        self._balance = Notice("hint", "")
        self.cards = [
            ChildCard(given.ledger, given.jobs, given.window, cls, "loan")
            for cls in (Drawdown, Repayment)
        ]
        column = Column(self, gap=10)
        back = Button("返回存量贷款", self.closed.emit, kind="words", icon="arrow-left", key="Esc")
        column.add(Row(gap=10).add(self._title).push().add(back))
        contract = Card("合同与余额")
        contract.body.add(self.form)
        column.add(self._balance, *self.cards, contract)
        column.push()
        self.form.saved.connect(self._written)
        for card in self.cards:
            card.belong_to(loan)
            card.changed.connect(self._written)
            card.cell_changed.connect(self.cell_changed)
        self._back = back
        self._tell()

    @property
    def loan(self) -> str:
        """Id of the loan."""
        return self.form.keeper.record

    def reload(self) -> None:
        """Read again.

        Raises:
            UserError: The loan is not there any more.
        """
        self.form.reload()
        for card in self.cards:
            card.reload()
        self._tell()

    def settle(self) -> None:
        """Keep what was typed and not left."""
        self.form.settle()
        for card in self.cards:
            card.settle()

    def first_focus(self) -> QWidget:
        """The list of drawdowns, which is what one opens a loan for."""
        return self.cards[0].grid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def order_stops(self) -> None:
        """Let Tab go through the lists, then the contract; once it is in its window."""
        shown = [spec for spec in fields_of(Loan) if spec.name not in HIDDEN]
        chain(stops_in(self.cards), stops_of(self.form, shown), [self._back])

    def _written(self, _record: str = "") -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        loan = self._given.ledger.get(Loan, self.loan)
        if loan is None:
            return
        bank = self._given.ledger.get(Bank, loan.bank)
        name = bank.title if bank is not None else "还没填银行"
        self._title.set_texts([f"{name}　{loan.contract or '没有合同编号'}", name])
        cell = balance_cell(self._given.ledger, loan)
        kind = "explain" if cell.state == "explain" else "hint"
        self._balance.set(kind, cell.note.replace("按 Enter 打开这一笔登记", "请在下面登记放款"))
