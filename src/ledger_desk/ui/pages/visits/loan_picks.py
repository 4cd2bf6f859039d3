"""Choosing the loan whose use was checked: those of the firm of the sheet."""

from __future__ import annotations

from collections.abc import Callable

from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Bank, Loan
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.records.editors import PickEditor


def loan_editor(ledger: Ledger, firm: Callable[[], str]) -> PickEditor:
    """Make an editor that offers the loans of the firm that ``firm()`` gives."""

    def find(text: str) -> list[PickItem]:
        of = (Where("enterprise", "=", firm()),)
        with ledger.read() as rows:
            loans = rows.find(Query(Loan, of, sort=(("signed_on", True),)))
            items = [_item(rows, loan) for loan in loans]
        return pick_from(items)(text)

    def show(loan: str) -> PickItem | None:
        with ledger.read() as rows:
            found = rows.get(Loan, loan)
            return None if found is None else _item(rows, found)

    return PickEditor(find, show, placeholder="这一户的贷款")


def _item(rows: Rows, loan: Loan) -> PickItem:
    bank = rows.get(Bank, loan.bank)
    lender = (bank.short or bank.title) if bank is not None else "贷款"
    money = f"{show_wan(loan.amount)} 万元" if loan.amount else ""
    day = f"{loan.signed_on}" if loan.signed_on else ""
    text = " ".join(part for part in (lender, money, day) if part)
    return PickItem(loan.id, text, loan.purpose or loan.contract or "")
