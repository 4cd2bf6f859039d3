"""One row of the 工作台帐 against one matching: what it adds, changes, or leaves as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger_desk.exchange.identities import Pending
from ledger_desk.exchange.ledger_periods import earlier_grant, own_note
from ledger_desk.exchange.ledger_state import LedgerState
from ledger_desk.exchange.parsing import ParsedRow, TableReader
from ledger_desk.exchange.results import FieldChange
from ledger_desk.model import money
from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import Credit, Drawdown, Loan, Matching


@dataclass
class Written:
    """What one row came to."""

    changes: list[FieldChange] = field(default_factory=list)
    doubt: str = ""


class RowWriter:
    """Writes rows into a state; days that the table does not give are marked as estimated."""

    def __init__(self, state: LedgerState, reader: TableReader, period: Period) -> None:
        """Write for one period."""
        self._state, self._reader, self._period = state, reader, period

    def new_matching(self, office: str, bank: str, enterprise: str, day: date) -> Pending:
        """Make a matching."""
        values = {"office": office, "bank": bank, "enterprise": enterprise, "day": day}
        return self._state.create(Matching, values)

    def write(
        self, row: ParsedRow, matching: Any, *, event_day: date, note: str | None, rehearse: bool
    ) -> Written:
        """Write one row; with ``rehearse`` only say what would differ."""
        done = Written()
        plans = [
            self._note(matching, note, done),
            self._credit(row, matching, event_day, done),
            self._drawdown(row, matching, event_day, done),
        ]
        if not rehearse and not done.doubt:
            for plan in plans:
                if plan is not None:
                    plan()
        return done

    def _day(self, day: date) -> date:
        """Day of an event whose own day the table does not give (`decisions.md` 22)."""
        return day if day in self._period else self._period.end

    def _note(self, matching: Any, written: str | None, done: Written) -> Any:
        note = own_note(written)
        if note is None or note == own_note(matching.note):
            return None
        done.changes.append(FieldChange("note", "备注", matching.note or "", note))
        return lambda: self._state.change(Matching, matching, {"note": note})

    # -- credit --------------------------------------------------------------------------------

    def _credit(self, row: ParsedRow, matching: Any, event_day: date, done: Written) -> Any:
        values = row.values
        said = {
            "granted": values.get("granted"),
            "amount": values.get("credit_amount") or None,
            "security": values.get("security"),
            "problem": values.get("problem"),
        }
        said = {name: value for name, value in said.items() if value is not None}
        if not said:
            return None
        if "granted" not in said and "amount" in said:
            said["granted"] = True  # an amount of credit is a decision
        held = self._state.credits.get(matching.id, [])
        held = sorted(held, key=lambda c: c.decided_on or date.min)
        now = [c for c in held if c.decided_on in self._period]
        if not self._take_sum([c for c in now if c.granted], said, done):
            return None
        alike = [c for c in held if not {"granted", "amount"} & set(self._differing(c, said))]
        if alike or now:
            credit = (alike or now)[-1]
            new = self._differing(credit, said)
            done.changes += [_told(name, getattr(credit, name), new[name]) for name in new]
            if len(held) == 1:
                new |= self._told_day(credit, values.get("note"), done)
            return (lambda: self._state.change(Credit, credit, new)) if new else None
        made = {"matching": matching.id, "decided_on": self._day(event_day), "estimated": True}
        earlier = earlier_grant(values.get("note"), self._period.end)
        if earlier is not None and said.get("granted") and "amount" not in said:
            made |= {"decided_on": earlier.day, "amount": earlier.amount, "estimated": None}
        done.changes += [_told(name, None, value) for name, value in said.items()]
        return lambda: self._state.create(
            Credit, {k: v for k, v in (made | said).items() if v is not None}
        )

    def _told_day(self, credit: Any, note: str | None, done: Written) -> dict[str, Any]:
        """Give an estimated day of a grant its real one, where a later table's remark tells it.

        Only within the month that the grant was reported for: the months before stay what they were.
        """
        told = earlier_grant(note, self._period.end)
        held = credit.decided_on
        if told is None or held is None or not (credit.estimated and credit.granted):
            return {}
        if told.day == held or told.day not in month_of(held):
            return {}
        if not money.same_at_precision(told.amount, credit.amount or 0):
            return {}
        done.changes.append(
            FieldChange("decided_on", "决定日期", held.isoformat(), told.day.isoformat())
        )
        return {"decided_on": told.day, "estimated": None}

    def _take_sum(self, granted: list[Any], said: dict[str, Any], done: Written) -> bool:
        """Hold the amount against several grants of the period; False where it cannot be told.

        The form adds them up, so a sum that agrees says nothing new.
        """
        if len(granted) < 2 or "amount" not in said:
            return True
        held = sum(c.amount or 0 for c in granted)
        unit = self._reader.unit_of("credit_amount", said["amount"])
        if money.same_at_precision(said["amount"], held, unit):
            del said["amount"]
            return True
        done.doubt = (f"账上本期已有 {len(granted)} 次授信，合计 {money.exact_wan(held)} 万元，"
                      f"表上是 {money.exact_wan(said['amount'])} 万元。请在账上逐次核对授信。")  # fmt: skip
        return False

    def _differing(self, credit: Any, said: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for name, value in said.items():
            held = getattr(credit, name)
            if held == value:
                continue
            if name == "amount" and held is not None:
                unit = self._reader.unit_of("credit_amount", value)
                if money.same_at_precision(value, held, unit):
                    continue
            found[name] = value
        return found

    # -- drawdown ------------------------------------------------------------------------------

    def _drawdown(self, row: ParsedRow, matching: Any, event_day: date, done: Written) -> Any:
        amount = row.values.get("drawn_amount")
        if not amount:
            return None
        loans = self._state.loans.get(matching.id, [])
        drawn = [d for loan in loans for d in self._state.drawdowns.get(loan.id, [])
                 if d.day in self._period]  # fmt: skip
        held = sum(d.amount or 0 for d in drawn)
        unit = self._reader.unit_of("drawn_amount", amount)
        if drawn and money.same_at_precision(amount, held, unit):
            return None
        if not drawn:
            done.changes.append(_told("drawn", None, amount))
            return lambda: self._new_drawdown(row, matching, loans, event_day, amount)
        if len(drawn) == 1 and drawn[0].estimated:
            done.changes.append(_told("drawn", held, amount))
            return lambda: self._state.change(Drawdown, drawn[0], {"amount": amount})
        done.doubt = (f"账上本期已有 {len(drawn)} 笔放款，合计 {money.exact_wan(held)} 万元，"
                      f"表上是 {money.exact_wan(amount)} 万元。请在账上逐笔核对放款。")  # fmt: skip
        return None

    def _new_drawdown(
        self, row: ParsedRow, matching: Any, loans: list[Any], event_day: date, amount: int
    ) -> None:
        if loans:
            loan = loans[-1]
        else:
            values = {"enterprise": matching.enterprise, "bank": matching.bank, "matching": matching.id,
                      "security": row.values.get("security")}  # fmt: skip
            loan = self._state.create(Loan, {k: v for k, v in values.items() if v is not None})
        made = {"loan": loan.id, "day": self._day(event_day), "amount": amount, "estimated": True}
        self._state.create(Drawdown, made)


_LABELS = {
    "granted": "是否授信",
    "amount": "授信金额(万元)",
    "security": "担保情况",
    "problem": "存在的主要问题",
    "drawn": "发放新贷款(万元)",
}


def _told(name: str, old: Any, new: Any) -> FieldChange:
    return FieldChange(name, _LABELS[name], _show(old), _show(new))


def _show(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return money.exact_wan(value) if isinstance(value, int) else str(value)
