"""What was paid out under loans and back, and the balance of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.model.money import exact_wan
from ledger_desk.model.records import Drawdown, Loan, Repayment
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.grid_rows import Cell


@dataclass
class Flow:
    """What was paid out under a loan, and back."""

    drawn: list[Drawdown] = field(default_factory=list)
    repaid: list[Repayment] = field(default_factory=list)

    @property
    def drawn_sum(self) -> int:
        """Paid out, in fen."""
        return _sum(self.drawn)

    @property
    def repaid_sum(self) -> int:
        """Paid back, in fen."""
        return _sum(self.repaid)

    @property
    def balance(self) -> int | None:
        """What is left of it in fen; None where nothing is known to have been paid out."""
        return self.drawn_sum - self.repaid_sum if self.drawn else None


def _sum(records: Iterable[Any]) -> int:
    return sum(record.amount or 0 for record in records)


def read_flows(rows: Rows, loans: Sequence[str]) -> dict[str, Flow]:
    """Read drawdowns and repayments of some loans."""
    found: dict[str, Flow] = defaultdict(Flow)
    among = (Where("loan", "in", tuple(loans) or ("",)),)
    for drawdown in rows.find(Query(Drawdown, among)):
        found[str(drawdown.loan)].drawn.append(drawdown)
    for repayment in rows.find(Query(Repayment, among)):
        found[str(repayment.loan)].repaid.append(repayment)
    return found


def balance_cell(ledger: Ledger, loan: Loan) -> Cell:
    """What is left of a loan by its own drawdowns and repayments, against what somebody stated."""
    with ledger.read() as rows:
        flow = read_flows(rows, [loan.id])[loan.id]
    computed = flow.balance
    if computed is None:
        return Cell("", "computed", note="还没有放款记录，算不出余额。按 Enter 打开这一笔登记。")
    text, how = exact_wan(computed), f"放款 {exact_wan(flow.drawn_sum)} − 还款 {exact_wan(flow.repaid_sum)}"  # fmt: skip
    if loan.balance is not None and loan.balance != computed:
        gap = exact_wan(abs(loan.balance - computed))
        said = f"{how} = {text} 万元，填的余额是 {exact_wan(loan.balance)}，差 {gap} 万元。请核对还款有没有登全。"
        return Cell(text, "explain", value=computed, note=said)
    return Cell(text, "computed", value=computed, note=f"{how} = {text} 万元。")
