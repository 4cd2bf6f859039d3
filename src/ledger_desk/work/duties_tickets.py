"""What tickets owe on the 13710 clock, and applications that wait for a review (今天要办)."""

from __future__ import annotations

from datetime import date

from ledger_desk.model.matters import Ticket
from ledger_desk.model.review import LEVEL_OF, RECOMMENDED, RETURNED, WAITING
from ledger_desk.model.ticket_clocks import LATE, RUNNING, TicketClock
from ledger_desk.model.ticket_clocks import clocks as clocks_of_ticket
from ledger_desk.model.work_words import TICKET_STATES
from ledger_desk.model.workdays import Calendar, Deadline
from ledger_desk.store.counting import pending
from ledger_desk.store.counting.pending import Narrowed, Waiting
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.duties_clocks import OWN, Held
from ledger_desk.work.duty import (
    HORIZON,
    NATURAL,
    REVIEWING,
    TICKETS,
    TODAY,
    WORKING,
    Duty,
    bounds,
    state_of,
)

_OPEN = (*TICKET_STATES[:5], TICKET_STATES[6], "")
_LONGEST = 18  # characters of a problem in a title
_XY = "信发改财金〔2024〕329号"


def ticket_duties(
    rows: Rows, today: date, calendar: Calendar, held: Held, narrowed: Narrowed
) -> list[Duty]:
    """Every clock of every open ticket that runs or is late; open tickets are few, whatever was closed."""
    wheres = [Where("state", "in", _OPEN)]
    if narrowed.person:
        wheres.append(Where("collector", "=", narrowed.person))
    if narrowed.township:
        wheres.append(Where("township", "=", narrowed.township))
    last = bounds(today, HORIZON)[-1]
    found = []
    for ticket in rows.find(Query(Ticket, tuple(wheres))):
        for clock in clocks_of_ticket(ticket, calendar, held, today):
            going = clock.state in (RUNNING, LATE) and clock.limit is not None
            if going and clock.limit is not None and clock.limit <= last:
                found.append(_of_ticket(ticket, clock, clock.limit, today))
    return found


def _of_ticket(ticket: Ticket, clock: TicketClock, limit: date, today: date) -> Duty:
    problem = ticket.problem or ticket.kind or ""
    short = problem if len(problem) <= _LONGEST else problem[: _LONGEST - 1] + "…"
    return Duty(
        key=f"ticket_{clock.key}:{ticket.id}", kind=TICKETS,
        title=f"批分单{clock.name}" if ticket.enterprise else f"{short}　批分单{clock.name}",
        who="　".join(part for part in (ticket.lead, ticket.no) if part), table=Ticket.TABLE,
        record=ticket.id, limit=Deadline(limit, clock.estimated), left=clock.left or 0,
        unit=NATURAL if clock.unit == "天" else WORKING, state=state_of(limit, today),
        clause=clock.clause, estimated=clock.estimated, firm=ticket.enterprise or "",
        people=(ticket.collector,) if ticket.collector else (), township=ticket.township or "",
    )  # fmt: skip


def review_duties(rows: Rows, today: date, narrowed: Narrowed) -> list[Duty]:
    """One duty for each level at which applications wait, for those returned, and those to be pushed."""
    order = (*WAITING, RETURNED, RECOMMENDED)
    found = {each.state: each for each in pending.waiting(rows, order, narrowed)}
    return [_of_level(found[state], today) for state in order if state in found]


def _of_level(found: Waiting, today: date) -> Duty:
    since = f"　最早 {found.since:%m-%d} 到的" if found.since is not None else ""
    if found.state == RETURNED:
        title, who, clause = "退回待改", "申报单位改好重报", f"{_XY} 五"
    elif found.state == RECOMMENDED:
        title, who, clause = "推送给意向银行", "专班", f"{_XY} 五　分批次推送"
    else:
        title = LEVEL_OF[found.state]
        who = f"其中 {found.returned} 笔退回过" if found.returned else title
        clause = f"{_XY} 五　三级审核"
    return Duty(
        key=f"review:{found.state}", kind=REVIEWING, title=f"{title}　{found.firms:,} 户待办",
        who=f"{who}{since}", table="application", record=found.record, limit=None,
        left=-(today - found.since).days if found.since is not None else 0, unit=NATURAL,
        state=TODAY, clause=f"{clause}；时限{OWN}",
    )  # fmt: skip
