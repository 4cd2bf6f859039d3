"""今天要办: every clock of the ledger with the days left, the clause and the record (`product.md` §4).

Counts come from one select a clock; of the duties themselves only the first are read, so that the page
costs a page, whatever waits. ``duties(rows, today, calendar, held)`` lists them all, for the nightly job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ledger_desk.model.divisions import divisions
from ledger_desk.model.workdays import Calendar
from ledger_desk.store.counting.pending import Narrowed, last_step, narrow
from ledger_desk.store.queries import Rows
from ledger_desk.work import duties_clocks
from ledger_desk.work.duties_clocks import Clock, Held
from ledger_desk.work.duties_forms import FormDue
from ledger_desk.work.duties_periodic import periodic_duties
from ledger_desk.work.duties_tickets import review_duties, ticket_duties
from ledger_desk.work.duty import KINDS, LATE, STATES, Duty

__all__ = ["Agenda", "Asked", "Duty", "FormDue", "duties", "read_agenda"]
ALL = 1_000_000_000


@dataclass(frozen=True)
class Asked:
    """Which duties: of some kinds, in some states, of a person, in a township; empty: of all."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    person: str = ""
    township: str = ""


@dataclass(frozen=True)
class Counted:
    """What was counted for a person and a township at one step of the journal.

    Attributes:
        key: Step, day, person, township, and the tables with a date; as long as they are the same,
            nothing has to be counted again.
        narrowed: Which lines.
        eager: Duties that were read in full.
        clocks: Each clock with its counts by state.
    """

    key: tuple[object, ...]
    narrowed: Narrowed
    eager: tuple[Duty, ...]
    clocks: tuple[tuple[Clock, Mapping[str, int]], ...]


@dataclass(frozen=True)
class Agenda:
    """What is to be done.

    Attributes:
        today: The day it is.
        duties: The first of those asked for, the most pressing first.
        counts: (kind, state) → how many, of the person and township asked for, of every kind and state.
        asked: What was asked for.
        counted: What the counts come from.
    """

    today: date
    duties: tuple[Duty, ...]
    counts: Mapping[tuple[str, str], int]
    asked: Asked
    counted: Counted

    def total(self, kinds: Sequence[str] = (), states: Sequence[str] = ()) -> int:
        """How many there are of some kinds, in some states; empty: of all."""
        return sum(
            many for (kind, state), many in self.counts.items()
            if (not kinds or kind in kinds) and (not states or state in states)
        )  # fmt: skip

    @property
    def late(self) -> int:
        """How many are past their limit."""
        return self.total(states=(LATE,))

    @property
    def found(self) -> int:
        """How many there are of those asked for."""
        return self.total(self.asked.kinds, self.asked.states)


def read_agenda(
    rows: Rows, today: date, calendar: Calendar, held: Held, *, asked: Asked | None = None,
    forms: Sequence[FormDue] = (), most: int = 200, known: Agenda | None = None,
) -> Agenda:  # fmt: skip
    """Count all that is to be done, and read the first of what is asked for.

    Args:
        rows: The ledger.
        today: The day it is.
        calendar: Holidays and adjusted workdays (`calendars.read_calendar`).
        held: Parameters as they hold (`parameters.read`).
        asked: Which ones.
        forms: Tables with a date, see `reports.due_forms`.
        most: So many are read.
        known: What was read before: while nobody wrote, its counts hold.
    """
    asked = asked or Asked()
    key = (last_step(rows), today, asked.person, asked.township, tuple(forms))
    if known is not None and known.counted.key == key:
        counted = known.counted
    else:
        counted = _count(rows, today, calendar, held, asked, forms, key)
    counts = {(kind, state): 0 for kind in KINDS for state in STATES}
    for each in counted.eager:
        counts[each.kind, each.state] += 1
    kinds, states = asked.kinds or tuple(KINDS), asked.states or tuple(STATES)
    found = [each for each in counted.eager if each.kind in kinds and each.state in states]
    for clock, some in counted.clocks:
        for state, many in some.items():
            counts[clock.kind, state] += many
        if clock.kind in kinds and any(some[state] for state in states):
            there = [state for state in states if some[state]]
            found += duties_clocks.duties(
                rows, clock, today, calendar, counted.narrowed, there, most
            )
    found.sort(key=lambda each: (list(STATES).index(each.state), _day(each, today), each.key))
    return Agenda(today, tuple(_named(rows, found[:most])), counts, asked, counted)


def _count(
    rows: Rows, today: date, calendar: Calendar, held: Held, asked: Asked,
    forms: Sequence[FormDue], key: tuple[object, ...],
) -> Counted:  # fmt: skip
    """Count all that is to be done for a person and a township."""
    narrowed = narrow(rows, asked.person, asked.township)
    eager = ticket_duties(rows, today, calendar, held, narrowed)
    eager += review_duties(rows, today, narrowed)
    if not (asked.person or asked.township):  # what comes round is nobody's in particular
        eager += periodic_duties(rows, today, calendar, held, forms)
    clocks = duties_clocks.clocks(held)
    made = [(each, duties_clocks.count(rows, each, today, calendar, narrowed)) for each in clocks]
    return Counted(key, narrowed, tuple(eager), tuple(made))


def duties(
    rows: Rows, today: date, calendar: Calendar, held: Held, forms: Sequence[FormDue] = ()
) -> list[Duty]:
    """All duties, the most pressing first; a nightly job reads them all, a page `read_agenda`."""
    return list(read_agenda(rows, today, calendar, held, forms=forms, most=ALL).duties)


def _day(duty: Duty, today: date) -> date:
    return duty.limit.day if duty.limit is not None else today


def _named(rows: Rows, found: Sequence[Duty]) -> list[Duty]:
    """Fill in the names of firms, people and places: one select a table, for those shown only."""
    firms = rows.titles("enterprise", [each.firm for each in found if each.firm])
    people = rows.titles("person", [one for each in found for one in each.people])
    known = divisions()
    made = []
    for each in found:
        who, _, subject = each.who.partition("\n")
        name = firms.get(each.firm, "") or subject
        doing = "、".join(people[one] for one in each.people if one in people)
        place = known.get(each.township, "") if each.firm else ""
        title = f"{name}　{each.title}" if name else each.title
        words = "　".join(part for part in (doing, who, place) if part)
        made.append(replace(each, title=title, who=words))
    return made
