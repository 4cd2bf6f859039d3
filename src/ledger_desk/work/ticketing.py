"""What is done with tickets (批分单): collected, and moved along the table of `model.ticketing`.

The only place that writes a ticket's state. Each use case is one step with one undo; a ticket that a
move cannot be made with is refused with a sentence and keeps the others from nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ledger_desk.model import ticketing as rules
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Ticket, TicketAction
from ledger_desk.model.ticketing import MOVES, Doing, Standing
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows
from ledger_desk.work import parameters
from ledger_desk.work.calendars import read_calendar
from ledger_desk.work.calling import call_all
from ledger_desk.work.numbering import next_numbers
from ledger_desk.work.outcome import Outcome, Refused

PREFIX = "批分"
_GONE = "这一件批分单已经不在账上，可能刚被删除。"
_LOOKED_AT = 1_000  # tickets whose units are offered again
_NEEDED = ("source", "collected_on", "kind", "problem")


def ticket_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of a ticket that is only just collected; the state is set here."""
    return {"collected_on": date.today(), **values, "state": rules.COLLECTED}


def collect(
    ledger: Ledger, tickets: Sequence[Mapping[str, Any]], progress: Progress = silent
) -> Outcome:
    """Take difficulties in (收集), each with its number and its first row.

    Args:
        ledger: Where they go.
        tickets: Fields by name; 来源, 问题类别 and 问题描述 have to be there.
        progress: Told the rows; may cancel.

    Returns:
        Ids of the new tickets; one that lacks something is refused.
    """
    news, refused = [], []
    for number, each in enumerate(tickets, 1):
        values = ticket_values(each)
        lacking = [name for name in _NEEDED if not values.get(name)]
        if lacking:
            labels = "、".join(_label(name) for name in lacking)
            refused.append(Refused("", f"第 {number} 件", f"收集要写明{labels}，现在还空着。"))
        elif why := rules.refuse_flags(Ticket(), {n: bool(values.get(n)) for n in rules.FLAGS}):
            refused.append(Refused("", f"第 {number} 件", why))
        else:
            news.append(values)
    who = _me(ledger)
    done: list[str] = []
    progress(0, len(news), "正在登记批分单")
    sentence = f"收集 {len(news)} 件批分单"
    with ledger.step(sentence) as step:
        for values in news:
            if not values.get("no"):
                values["no"] = next_numbers(step.rows, Ticket, PREFIX, values["collected_on"], 1)[0]
            values.setdefault("collector", who)
            ticket = step.create_many(Ticket, [values])[0]
            step.create_many(TicketAction, [{
                "ticket": ticket, "day": values["collected_on"], "stage": "收集",
                "who": values["collector"], "content": values["problem"],
            }])  # fmt: skip
            done.append(ticket)
    return Outcome.of_step(step.result, done, refused, sentence)


def carry(
    ledger: Ledger,
    ids: Sequence[str],
    moves: Sequence[tuple[str, Doing]],
    progress: Progress = silent,
    *,
    today: date | None = None,
) -> Outcome:
    """Make moves with tickets, one after another, all in one step.

    A ticket that one of the moves cannot be made with stays as it was.

    Args:
        ledger: Where they are.
        ids: Which ones.
        moves: (key of `ticketing.MOVES`, what is said with it).
        progress: Told the tickets; may cancel.
        today: The day it is now; nothing later is written.
    """
    now = today or date.today()
    who = _me(ledger)
    verbs = "并".join(MOVES[key].text for key, _ in moves)
    with ledger.read() as rows:
        found = rows.many(Ticket, list(ids))
        names = call_all(rows, Ticket, list(ids))
        judge = _Judge(rows, now)
    changes: list[tuple[str, dict[str, Any]]] = []
    actions: list[dict[str, Any]] = []
    refused: list[Refused] = []
    for place, ticket_id in enumerate(dict.fromkeys(ids)):
        progress(place, len(ids), f"正在{verbs}")
        ticket = found.get(ticket_id)
        if ticket is None or ticket.removed:
            refused.append(Refused(ticket_id, names.get(ticket_id, Ticket.LABEL), _GONE))
            continue
        why, fields, rows_written = _run(ticket, moves, judge, who)
        if why:
            refused.append(Refused(ticket_id, names[ticket_id], why))
        else:
            changes.append((ticket_id, fields))
            actions += rows_written
    sentence = f"{verbs} {len(changes)} 件"
    if not changes:
        return Outcome((), refused)
    with ledger.step(f"批分单：{sentence}") as step:
        unnumbered = [each for each, _ in changes if not found[each].no]
        numbers = next_numbers(step.rows, Ticket, PREFIX, now, len(unnumbered))
        given = dict(zip(unnumbered, numbers, strict=True))
        step.change_many(Ticket, [
            (each, fields | ({"no": given[each]} if each in given else {}))
            for each, fields in changes
        ])  # fmt: skip
        step.create_many(TicketAction, actions)
    return Outcome.of_step(step.result, [each for each, _ in changes], refused, sentence)


def move(
    ledger: Ledger,
    ids: Sequence[str],
    key: str,
    progress: Progress = silent,
    *,
    day: date | None = None,
    unit: str = "",
    words: str = "",
    today: date | None = None,
    **values: Any,
) -> Outcome:
    """Make one move with tickets; ``values`` are fields of the ticket that go with it.

    Args:
        ledger: Where they are.
        ids: Which ones.
        key: Of `ticketing.MOVES`.
        progress: May cancel.
        day: The day it was done; today if none is given.
        unit: Unit that did it.
        words: What was done.
        today: The day it is now.
        values: For instance ``lead="县自然资源局"``.
    """
    doing = Doing(day or today or date.today(), _me(ledger), unit, words, values)
    return carry(ledger, ids, [(key, doing)], progress, today=today)


def set_flags(
    ledger: Ledger, ids: Sequence[str], progress: Progress = silent, **flags: bool
) -> Outcome:
    """Set or take away 容缺受理 (lenient), 信用承诺 (promised), 并联审批 (parallel), 绿色通道 (green)."""
    with ledger.read() as rows:
        found = rows.many(Ticket, list(ids))
        names = call_all(rows, Ticket, list(ids))
    refused, done = [], []
    for each in dict.fromkeys(ids):
        ticket = found.get(each)
        gone = ticket is None or ticket.removed
        why = _GONE if ticket is None or gone else rules.refuse_flags(ticket, flags)
        if why:
            refused.append(Refused(each, names.get(each, Ticket.LABEL), why))
        else:
            done.append(each)
    progress(0, len(done), "正在登记办理方式")
    words = "、".join(_label(name) for name in flags)
    sentence = f"登记{words} {len(done)} 件"
    if not done:
        return Outcome((), refused)
    with ledger.step(f"批分单：{sentence}") as step:
        step.change_many(Ticket, [(each, dict(flags)) for each in done])
    return Outcome.of_step(step.result, done, refused, sentence)


def standing_of(rows: Rows, ticket: Ticket, today: date, handed_on: date | None = None) -> Standing:
    """Give what moves of a ticket are judged against."""
    return _Judge(rows, today).standing(ticket, handed_on)


def known_units(rows: Rows) -> list[str]:
    """Units that tickets were handed to, the most frequent first."""
    latest = rows.find(Query(Ticket, sort=(("collected_on", True),)), _LOOKED_AT)
    named = Counter(
        name for each in latest for name in (each.lead, *(each.assist or "").split("、")) if name
    )
    return [name for name, _ in named.most_common()]


class _Judge:
    """Calendar and parameters, read once for a batch."""

    def __init__(self, rows: Rows, today: date) -> None:
        self._today = today
        self._calendar = read_calendar(rows)
        self._held = parameters.read(rows, today)

    def standing(self, ticket: Ticket, handed_on: date | None = None) -> Standing:
        found = rules.clocks(ticket, self._calendar, self._held, self._today)
        limit = next(each.limit for each in found if each.key == "solve")
        usual = rules.usual_limit(ticket, self._calendar, self._held, handed_on)
        return Standing(self._today, limit, usual)


def _run(
    ticket: Ticket, moves: Sequence[tuple[str, Doing]], judge: _Judge, who: str | None
) -> tuple[str, dict[str, Any], list[dict[str, Any]]]:
    """Make moves with one ticket; the first refusal ends it."""
    fields: dict[str, Any] = {}
    actions = []
    for key, doing in moves:
        made, said = MOVES[key], doing if doing.who else replace(doing, who=who)
        standing = judge.standing(ticket, said.day if key == "hand" else None)
        why = rules.refuse(ticket, made, said, standing)
        if why:
            return why, {}, []
        written, action = rules.result(ticket, made, said, standing)
        ticket = replace(ticket, **written)
        fields |= written
        actions.append(action)
    return "", fields, actions


def _me(ledger: Ledger) -> str | None:
    person = ledger.person
    return person.id if person is not None else None


def _label(name: str) -> str:
    return field_map(Ticket)[name].label
