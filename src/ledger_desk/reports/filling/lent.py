"""What a firm's loans say together: those that are not paid back, added up or named side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger_desk.exchange.looking_up import by_value
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Drawdown, Loan, Repayment
from ledger_desk.reports.filling.topic import Answer
from ledger_desk.store.queries import Rows

_NONE, _SETTLED = "账上没有这一户的贷款", "账上的贷款都结清了"


@dataclass
class Lent:
    """One loan with its payments."""

    loan: Loan
    drawn: list[Drawdown] = field(default_factory=list)
    repaid: list[Repayment] = field(default_factory=list)

    @property
    def balance(self) -> int | None:
        """What is owed in fen: by payments, or as stated where that is later or all there is."""
        loan = self.loan
        if loan.settled_on is not None:
            return 0
        if not self.drawn:
            return loan.balance if loan.balance is not None or loan.matching else loan.amount
        days = [p.day for p in self.drawn if p.day] + [p.day for p in self.repaid if p.day]
        last = max(days, default=None)
        if (
            loan.balance is not None
            and loan.balance_on
            and (last is None or loan.balance_on >= last)
        ):
            return loan.balance
        owed = sum(p.amount or 0 for p in self.drawn) - sum(p.amount or 0 for p in self.repaid)
        return max(owed, 0)

    @property
    def open(self) -> bool:
        """Whether money is still owed; a contract of ours that nothing was paid under is no debt."""
        return bool(self.balance)


def read_lent(rows: Rows, firms: Sequence[str]) -> dict[str, list[Lent]]:
    """Read the loans of firms with their payments; firms without are left out."""
    loans = by_value(rows, Loan, "enterprise", firms)
    every = {loan.id: Lent(loan) for some in loans.values() for loan in some}
    for loan, drawn in by_value(rows, Drawdown, "loan", every).items():
        every[loan].drawn = drawn
    for loan, repaid in by_value(rows, Repayment, "loan", every).items():
        every[loan].repaid = repaid
    return {firm: [every[loan.id] for loan in some] for firm, some in loans.items()}


def answer_loans(
    name: str, lent: Mapping[str, list[Lent]], firms: Iterable[str], titles: Mapping[str, str]
) -> dict[str, Answer]:
    """Answer one topic of loans for firms."""
    found = {}
    for firm in firms:
        every = lent.get(firm, [])
        some = [each for each in every if each.open]
        if not some:
            nothing = Answer(0) if name == "balance" and every else Answer()
            why = _SETTLED if every else _NONE
            found[firm] = nothing if nothing.value is not None else Answer(why=why)
            continue
        one = some[0].loan.id if len(some) == 1 else ""
        value = _together(name, some, titles)
        found[firm] = Answer(value, one, "" if value is not None else "贷款里没有填这一项")
    return found


def _together(name: str, some: Sequence[Lent], titles: Mapping[str, str]) -> Any:
    if name == "balance":
        return sum(each.balance or 0 for each in some)
    if name == "banks":
        named = [titles[b] for each in some if (b := each.loan.bank) is not None and b in titles]
        return "、".join(dict.fromkeys(named)) or None
    values = [v for each in some if (v := getattr(each.loan, name)) is not None]
    if not values:
        return None
    if name == "amount":
        return sum(values)
    if name in ("due_on", "signed_on"):
        return min(values) if name == "due_on" else max(values)
    if len(set(values)) == 1:
        return values[0]
    show = field_map(Loan)[name].kind.show
    return "、".join(dict.fromkeys(show(value) for value in values))


def answer_drawdowns(
    name: str, lent: Mapping[str, list[Lent]], firms: Iterable[str]
) -> dict[str, Answer]:
    """Answer 最近放款日期, 首次放款日期, 累计放款 and 是否放款 for firms."""
    found = {}
    for firm in firms:
        drawn = [each for loan in lent.get(firm, []) for each in loan.drawn]
        if name == "made" and lent.get(firm):
            found[firm] = Answer(bool(drawn))
        elif not drawn:
            found[firm] = Answer(why="账上没有这一户的放款")
        elif name == "total":
            found[firm] = Answer(sum(each.amount or 0 for each in drawn))
        else:
            days: list[date] = [each.day for each in drawn if each.day]
            one = (min if name == "first" else max)(days) if days else None
            found[firm] = Answer(one, "", "" if days else "放款没有记日期")
    return found
