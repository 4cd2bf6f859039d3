"""What papers about tickets and mendings need to know, read in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import Bank, Enterprise, Person, Rectification, Ticket, TicketAction
from ledger_desk.model.ticketing import TicketClock, clocks
from ledger_desk.reports.dossier.options import MASKED
from ledger_desk.reports.dossier.wording import text_of
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work import parameters
from ledger_desk.work.calendars import read_calendar


@dataclass(frozen=True)
class TicketFile:
    """A ticket with what belongs to it."""

    ticket: Ticket
    firm: Enterprise | None
    clocks: tuple[TicketClock, ...]
    actions: tuple[TicketAction, ...]
    titles: dict[str, str]

    def text(self, name: str, private: str = MASKED) -> str:
        """Word one field."""
        return _text(self.ticket, name, self.titles, private)


@dataclass(frozen=True)
class MendingFile:
    """A fault to be mended with what belongs to it."""

    record: Rectification
    bank: Bank | None
    titles: dict[str, str]

    def text(self, name: str) -> str:
        """Word one field."""
        return _text(self.record, name, self.titles)

    @property
    def receiver(self) -> str:
        """To whom an order goes: the bank, and the unit in it."""
        bank = self.bank.title if self.bank is not None else ""
        unit = self.record.unit or ""
        return bank if not unit or unit == bank else f"{bank}{unit}"


def gather_tickets(rows: Rows, ids: Sequence[str], today: date) -> list[TicketFile]:
    """Read tickets in the order of their ids; unknown ones are left out."""
    found = rows.many(Ticket, ids)
    calendar, held = read_calendar(rows), parameters.read(rows, today)
    actions: dict[str, list[TicketAction]] = defaultdict(list)
    asked = (Where("ticket", "in", tuple(found)),)
    for each in rows.find(Query(TicketAction, asked, sort=(("day", False),))) if found else []:
        actions[str(each.ticket)].append(each)
    firms = rows.many(Enterprise, [str(t.enterprise) for t in found.values() if t.enterprise])
    titles = {key: firm.title for key, firm in firms.items()}
    titles |= _titles(rows, Bank, [t.bank for t in found.values()])
    people = [p for t in found.values() for p in (t.collector, t.closer)]
    titles |= _titles(rows, Person, [*people, *(a.who for some in actions.values() for a in some)])
    return [
        TicketFile(
            found[each], firms.get(str(found[each].enterprise)),
            clocks(found[each], calendar, held, today), tuple(actions[each]), titles,
        )
        for each in ids if each in found
    ]  # fmt: skip


def gather_mendings(rows: Rows, ids: Sequence[str]) -> list[MendingFile]:
    """Read faults in the order of their ids; unknown ones are left out."""
    found = rows.many(Rectification, ids)
    banks = rows.many(Bank, [str(r.bank) for r in found.values() if r.bank])
    titles = {key: bank.title for key, bank in banks.items()}
    return [
        MendingFile(found[each], banks.get(str(found[each].bank)), titles)
        for each in ids if each in found
    ]  # fmt: skip


def _titles(rows: Rows, cls: type[Record], ids: Sequence[str | None]) -> dict[str, str]:
    return rows.titles(cls.TABLE, sorted({each for each in ids if each}))


def _text(record: Record, name: str, titles: dict[str, str], private: str = MASKED) -> str:
    value: Any = getattr(record, name)
    return text_of(field_map(type(record))[name], value, titles, private)
