"""What the ledger holds about the firms of a 工作台帐, and what is about to be written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from ledger_desk.exchange.identities import Pending
from ledger_desk.exchange.looking_up import by_value
from ledger_desk.model.fields import Record
from ledger_desk.model.records import Bank, Credit, Drawdown, Enterprise, Loan, Matching, Office
from ledger_desk.store.journal import Step

# Written in this order: what others point to comes first.
_ORDER: tuple[type[Record], ...] = (Office, Bank, Enterprise, Matching, Credit, Loan, Drawdown)


class LedgerState:
    """Matchings of some firms with their credits, loans and drawdowns, kept up to date in memory."""

    def __init__(self, step: Step) -> None:
        """Read through and write into ``step``."""
        self._step = step
        self._firms: dict[str, Any] = {}
        self._matchings: dict[tuple[str | None, str | None, str | None, date | None], Any] = {}
        self.credits: dict[str, list[Any]] = {}
        self.loans: dict[str, list[Any]] = {}
        self.drawdowns: dict[str, list[Any]] = {}
        self._creates: dict[type[Record], list[dict[str, Any]]] = {}
        self._changes: dict[type[Record], dict[str, dict[str, Any]]] = {}

    def load(self, firms: Iterable[str]) -> None:
        """Read everything about some firms (ids; others are ignored)."""
        rows = self._step.rows
        ids = sorted(firms)
        self._firms = dict(rows.many(Enterprise, ids))
        some = [m for found in by_value(rows, Matching, "enterprise", ids).values() for m in found]
        self._matchings = {(m.office, m.bank, m.enterprise, m.day): m for m in some}
        of = [m.id for m in some]
        self.credits = {k: list(v) for k, v in by_value(rows, Credit, "matching", of).items()}
        self.loans = {k: list(v) for k, v in by_value(rows, Loan, "matching", of).items()}
        loans = [loan.id for found in self.loans.values() for loan in found]
        self.drawdowns = {k: list(v) for k, v in by_value(rows, Drawdown, "loan", loans).items()}

    def firm(self, record: str | None) -> Any:
        """Give a loaded firm by id."""
        return self._firms.get(record or "")

    def matching(self, office: str, bank: str, enterprise: str, day: date) -> Any:
        """Give the matching of office + bank + firm + day, or None."""
        return self._matchings.get((office, bank, enterprise, day))

    def create(self, cls: type[Record], values: dict[str, Any]) -> Pending:
        """Make a record when the block is written; later rows see it at once."""
        made = Pending(values.get("id") or secrets.token_hex(16), values)
        values["id"] = made.id
        self._creates.setdefault(cls, []).append(values)
        if cls is Matching:
            self._matchings[(made.office, made.bank, made.enterprise, made.day)] = made
        elif cls is Credit:
            self.credits.setdefault(made.matching, []).append(made)
        elif cls is Loan:
            self.loans.setdefault(made.matching, []).append(made)
        elif cls is Drawdown:
            self.drawdowns.setdefault(made.loan, []).append(made)
        return made

    def change(self, cls: type[Record], record: Any, values: dict[str, Any]) -> None:
        """Change fields of a record when the block is written."""
        if isinstance(record, Pending):
            record.values.update(values)
        else:
            self._changes.setdefault(cls, {}).setdefault(record.id, {}).update(values)

    def write(self) -> None:
        """Write everything that the block's rows asked for."""
        for cls in _ORDER:
            if self._creates.get(cls):
                self._step.create_many(cls, self._creates[cls])
        for cls in _ORDER:
            if self._changes.get(cls):
                self._step.change_many(cls, list(self._changes[cls].items()))
        self._creates, self._changes = {}, {}
