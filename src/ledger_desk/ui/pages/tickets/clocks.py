"""Clocks of tickets in the list: a column in words, and the views that count days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ledger_desk.model import rectification, ticketing
from ledger_desk.model.records import Record, Rectification, Ticket
from ledger_desk.model.ticket_clocks import (
    DAY,
    FEEDBACK,
    GRAVE,
    LATE,
    RUNNING,
    SOLVE,
    STILL,
    TicketClock,
)
from ledger_desk.model.workdays import Calendar
from ledger_desk.store.interrupting import Stop
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.grid_rows import Cell, CellLike
from ledger_desk.work import parameters
from ledger_desk.work.calendars import read_calendar

OPEN = (Where("closed_on", "blank"),)
SOON = 1  # days left at which a clock turns to ochre
Chooses = Callable[[Ticket, tuple[TicketClock, ...]], bool]


class Reader:
    """Reads the clocks of tickets on one snapshot: calendar and parameters are read once."""

    def __init__(self, rows: Rows, today: date | None = None) -> None:
        """Read as of a day."""
        self.today = today or date.today()
        self.calendar: Calendar = read_calendar(rows)
        self.held = parameters.read(rows, self.today)

    def clocks(self, ticket: Ticket) -> tuple[TicketClock, ...]:
        """The four clocks of a ticket."""
        return ticketing.clocks(ticket, self.calendar, self.held, self.today)


def clock_cells(rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 时限: the clock that has to be looked at first."""
    reader = Reader(rows)
    return {
        each.id: cell_of(ticketing.pressing(reader.clocks(each)), each)
        for each in records
        if isinstance(each, Ticket)
    }


def cell_of(clock: TicketClock | None, ticket: Ticket) -> CellLike:
    """One cell: late ones red, those of today and tomorrow ochre."""
    if clock is None:
        return "已清零" if ticketing.state_of(ticket) == ticketing.CLOSED else ""
    note = f"{clock.day_words()}　{clock.clause}"
    if clock.state == LATE:
        return Cell(clock.words(), "must", note=note)
    if clock.state == STILL:
        return Cell(clock.words(), "hint", note=note)
    soon = clock.left is not None and clock.left <= SOON
    return Cell(clock.words(), "explain" if soon else "", note=note)


def _scan(chooses: Chooses) -> Callable[[Ledger, Stop], list[str]]:
    """Make what finds the open tickets that a view is about."""

    def scan(ledger: Ledger, stop: Stop) -> list[str]:
        found: list[str] = []
        with ledger.read() as rows:
            reader = Reader(rows)
            for ticket in rows.find(Query(Ticket, OPEN)):
                if stop():
                    break
                if chooses(ticket, reader.clocks(ticket)):
                    found.append(ticket.id)
        return found

    return scan


def _state(found: Sequence[TicketClock], key: str) -> str:
    return next(each.state for each in found if each.key == key)


to_judge = _scan(lambda _, found: _state(found, DAY) in (RUNNING, LATE))
to_feed = _scan(lambda _, found: _state(found, FEEDBACK) == RUNNING)
in_week = _scan(lambda t, found: t.weight != GRAVE and _state(found, SOLVE) == RUNNING)
in_month = _scan(lambda t, found: t.weight == GRAVE and _state(found, SOLVE) == RUNNING)
late = _scan(lambda _, found: ticketing.is_late(found))


def mending_cells(_rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 时限 of 问题整改."""
    today = date.today()
    return {
        each.id: _mending_cell(each, today) for each in records if isinstance(each, Rectification)
    }


def _mending_cell(record: Rectification, today: date) -> CellLike:
    left = rectification.days_left(record, today)
    if left is None:
        return "已清零" if rectification.state_of(record) == rectification.CLOSED else "等复核"
    note = f"到 {record.due_on}　{rectification.CLAUSE}"
    if left < 0:
        return Cell(f"逾期 {-left} 天", "must", note=note)
    words = "今天到期" if left == 0 else f"还有 {left} 天"
    return Cell(words, "explain" if left <= 3 else "", note=note)


def faults_cells(_rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 要核对: what does not fit together in a record."""
    cells: dict[str, CellLike] = {}
    for each in records:
        found: Sequence[Any] = ()
        if isinstance(each, Ticket):
            found = ticketing.faults(each)
        elif isinstance(each, Rectification):
            found = rectification.faults(each)
        if found:
            cells[each.id] = Cell(f"{len(found)} 处", "explain", note=" ".join(found))
    return cells
