"""Visits: stored with their ticket, task and corrections of the firm's file, all as one step.

Sources: `product.md` §4.2, `domain.md` §4.8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.records import (
    Attachment,
    Enterprise,
    Ticket,
    TicketAction,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.store.worked.effective import CONSULTATION, facts_that
from ledger_desk.work.calling import call_all
from ledger_desk.work.numbering import next_numbers
from ledger_desk.work.outcome import Outcome, Refused
from ledger_desk.work.parameters import read
from ledger_desk.work.planning import ENDED
from ledger_desk.work.planning_tasks import COUNTED
from ledger_desk.work.ticketing import PREFIX, ticket_values
from ledger_desk.work.visiting_rules import missed, refuse, unmet

COLLECTED = "已收集"
_GONE = "这次走访已经不在账上，可能刚被删除。"


@dataclass(frozen=True)
class Saved:
    """What was stored.

    Attributes:
        visit: Id of the visit.
        ticket: Id of the ticket that its difficulty became; '' without one.
        task: Id of the task that it has done; '' without one.
        step: Number of the step; None when nothing had changed.
        ready: Whether it can go on to the application list.
    """

    visit: str
    ticket: str = ""
    task: str = ""
    step: int | None = None
    ready: bool = False


def save(
    ledger: Ledger, values: Mapping[str, Any], *, visit: str = "",
    file: Mapping[str, Any] | None = None,
) -> Saved:  # fmt: skip
    """Store a visit, new or edited, with all that follows from it, as one step.

    The difficulty becomes a ticket (已收集); the open task of the firm is done; ``file`` is written
    into the firm's file.

    Args:
        ledger: Where to.
        values: Field of `Visit` → value.
        visit: Id of the visit that is edited; '' for a new one.
        file: Field of `Enterprise` → value: what the sheet knew better.

    Raises:
        UserError: Something is missing without which it cannot be stored, or it is gone.
    """
    why = refuse(values)
    if why:
        raise UserError(why)
    with ledger.read() as rows:
        firm = rows.get(Enterprise, values["enterprise"])
        before = rows.get(Visit, visit) if visit else None
    if firm is None:
        raise UserError("这家企业已经不在账上了，走访没有存下。请重新选一户。")
    if visit and (before is None or before.removed):
        raise UserError(_GONE)
    kind = values["kind"]
    verb = "改" if visit else "记"
    with ledger.step(f"{verb}{'' if kind in COUNTED else '走访：'}{kind} {firm.title}") as step:
        written = {"office": ledger.office.id, **values}
        saved = _put(step, written, firm, before, file)
    number = step.result.id if step.result is not None else None
    return replace(saved, step=number)


def save_many(
    ledger: Ledger, sheets: Sequence[Mapping[str, Any]], progress: Progress = silent
) -> Outcome:
    """Store new visits, a day's sheets of a pair for instance, all as one step; see `save`.

    A sheet without which something cannot be stored, or whose firm is gone, is refused.
    """
    done: list[str] = []
    refused: list[Refused] = []
    with ledger.step(f"记走访 {len(sheets):,} 次") as step:
        firms = step.rows.many(Enterprise, [str(each.get("enterprise")) for each in sheets])
        for place, values in enumerate(sheets):
            progress(place, len(sheets), "正在记走访")
            firm = firms.get(str(values.get("enterprise")))
            why = refuse(values)
            if firm is None or firm.removed:
                why = why or "这家企业已经不在账上了，走访没有存下。请重新选一户。"
            if firm is None or why:
                refused.append(Refused("", firm.title if firm else f"第 {place + 1} 张", why))
                continue
            done.append(_put(step, {"office": ledger.office.id, **values}, firm, None, None).visit)
        step.name = f"记走访 {len(done):,} 次"
    return Outcome.of_step(step.result, done, refused, step.name)


def _put(
    step: Step, written: dict[str, Any], firm: Enterprise, before: Visit | None,
    file: Mapping[str, Any] | None,
) -> Saved:  # fmt: skip
    """Write one visit with its task, its ticket and what it says of the firm's file."""
    task = _task_of(step.rows, written, before)
    written["planned"] = task.id if task is not None else None
    if before is not None:
        visit = before.id
        step.change(Visit, visit, written)
    else:
        visit = step.create_many(Visit, [written])[0]
    _keep_tasks(step, before, task, written)
    ticket = _keep_ticket(step, visit, firm, written, fresh=before is None)
    if file:
        step.change(Enterprise, firm.id, dict(file))
    return Saved(visit, ticket, task.id if task else "", None, not unmet(written))


def open_task(rows: Rows, firm: str, day: date | None = None) -> VisitTask | None:
    """Find the task that a visit to a firm does: of several the one that is due first."""
    where = (
        Where("enterprise", "=", firm), Where("done_on", "blank"), Where("dropped", "blank"),
    )  # fmt: skip
    tasks = rows.find(Query(VisitTask, where, sort=(("due_on", False),)))
    plans = rows.many(VisitPlan, [str(task.plan) for task in tasks])
    for task in tasks:
        plan = plans.get(str(task.plan))
        if plan is None or plan.removed or plan.state == ENDED:
            continue
        if day is None or plan.starts_on is None or plan.starts_on <= day:
            return task
    return None


def remove(ledger: Ledger, visits: Sequence[str], progress: Progress = silent) -> Outcome:
    """Put visits into the recycle bin: their tasks are open again, tickets nobody took up go along."""
    with ledger.read() as rows:
        known = rows.many(Visit, list(visits))
        refused = [Refused(each, "走访", _GONE) for each in visits if each not in known]
        live = [visit for visit in known.values() if not visit.removed]
        tasks = rows.many(VisitTask, [str(v.planned) for v in live if v.planned])
        of = (Where("visit", "in", tuple(v.id for v in live)), Where("state", "=", COLLECTED))
        tickets = rows.find(Query(Ticket, of)) if live else []
    if not live:
        return Outcome((), refused)
    progress(0, len(live), "正在删除走访")
    what = f"删除走访 {len(live):,} 次"
    with ledger.step(what) as step:
        step.change_many(Visit, [(visit.id, {"removed": True}) for visit in live])
        step.change_many(VisitTask, [(task, {"done_on": None}) for task in tasks])
        step.change_many(Ticket, [(ticket.id, {"removed": True}) for ticket in tickets])
    return Outcome.of_step(step.result, [visit.id for visit in live], refused, what)


def restore(ledger: Ledger, visits: Sequence[str], progress: Progress = silent) -> Outcome:
    """Take visits out of the recycle bin again, with their tasks and tickets."""
    with ledger.read() as rows:
        known = [visit for visit in rows.many(Visit, list(visits)).values() if visit.removed]
        tasks = rows.many(VisitTask, [str(v.planned) for v in known if v.planned])
        of = (Where("visit", "in", tuple(visit.id for visit in known)),)
        tickets = rows.find(Query(Ticket, of, removed=True)) if known else []
    if not known:
        return Outcome()
    progress(0, len(known), "正在恢复走访")
    what = f"恢复走访 {len(known):,} 次"
    with ledger.step(what) as step:
        step.change_many(Visit, [(visit.id, {"removed": False}) for visit in known])
        step.change_many(VisitTask, [
            (str(visit.planned), {"done_on": visit.day}) for visit in known
            if visit.planned in tasks and not tasks[str(visit.planned)].done_on
        ])  # fmt: skip
        step.change_many(Ticket, [(ticket.id, {"removed": False}) for ticket in tickets])
    return Outcome.of_step(step.result, [visit.id for visit in known], (), what)


def ready_for_application(ledger: Ledger, visits: Sequence[str]) -> Outcome:
    """Say which visits can go on to the application list; the others are refused with the reason."""
    with ledger.read() as rows:
        known = rows.many(Visit, list(visits))
        names = call_all(rows, Visit, list(visits))
    done, refused = [], []
    for each in visits:
        visit = known.get(each)
        whys = [_GONE] if visit is None or visit.removed else unmet(vars(visit))
        if whys:
            refused.append(Refused(each, names.get(each, "走访"), "".join(whys)))
        else:
            done.append(each)
    return Outcome(done, refused, None, f"可以列入申报 {len(done):,} 户")


def hand_over(ledger: Ledger, visits: Sequence[str], progress: Progress = silent) -> Outcome:
    """Put visits with five criteria met and a need on the application list (列入申报).

    Those that cannot are refused with what is missing; nothing of them is registered.
    """
    from ledger_desk.work.applying import register_visits  # late: most sessions never apply

    fit = ready_for_application(ledger, visits)
    if not fit.done:
        return fit
    made = register_visits(ledger, fit.done, enter=True, progress=progress)
    return replace(made, refused=[*fit.refused, *made.refused], table=made.table or Visit.TABLE)


def why_not_effective(rows: Rows, visit: Visit) -> list[str]:
    """Say which rules of an effective visit one does not meet; none: it counts."""
    rules = read(rows)
    of = (Where("on_record", "=", visit.id),)
    evidence = rows.count(Query(Attachment, of)) > 0
    return missed(visit, rules, evidence=evidence)


def effective_wheres(rows: Rows, *, effective: bool = True) -> tuple[Where, ...]:
    """Give the conditions of visits that count, or of those that do not; the window in neither.

    By the facts of a visit, which an index has; only where a photo is asked for, by each visit.
    """
    rules = read(rows)
    if rules["visit.evidence"]:
        return (Where("effective", "=", effective), Where("kind", "!=", CONSULTATION))
    return (Where("facts", "in", facts_that(lambda key: bool(rules[key]), effective=effective)),)


def tally(rows: Rows, where: Sequence[Where] = ()) -> tuple[int, int]:
    """Count visits, and those of them that are effective; who came to the window was not visited."""
    good = rows.count(Query(Visit, (*where, *effective_wheres(rows))))
    bad = rows.count(Query(Visit, (*where, *effective_wheres(rows, effective=False))))
    return good + bad, good


def _task_of(rows: Rows, values: Mapping[str, Any], before: Visit | None) -> VisitTask | None:
    if values.get("kind") not in COUNTED:
        return None
    firm, day = str(values["enterprise"]), values.get("day")
    held = values.get("planned") or (before.planned if before is not None else None)
    task = rows.get(VisitTask, held) if held else None
    if task is not None and task.enterprise == firm and not task.removed:
        return task
    return open_task(rows, firm, day)


def _keep_tasks(
    step: Step, before: Visit | None, task: VisitTask | None, values: Mapping[str, Any]
) -> None:
    old = before.planned if before is not None else None
    if old and (task is None or task.id != old):
        step.change(VisitTask, old, {"done_on": None})
    if task is not None:
        # One that was taken off and was visited after all is on the list again.
        step.change(VisitTask, task.id, {
            "done_on": values.get("day"), "dropped": None, "dropped_on": None
        })  # fmt: skip


def _keep_ticket(
    step: Step, visit: str, firm: Enterprise, values: Mapping[str, Any], *, fresh: bool
) -> str:
    held = [] if fresh else step.rows.find(Query(Ticket, (Where("visit", "=", visit),)), 1)
    told = values.get("difficulty")
    if held and held[0].state != COLLECTED:
        return held[0].id  # somebody works on it already: what was handed over stays as it was
    if not told:
        if held:
            step.remove(Ticket, held[0].id)
        return ""
    wanted = {
        "kind": values.get("difficulty_kind"), "problem": told, "enterprise": firm.id,
        "collected_on": values.get("day"), "collector": values.get("first"),
        "contact": values.get("met") or firm.person,
        "phone": values.get("met_phone") or firm.phone,
    }  # fmt: skip
    if held:
        step.change(Ticket, held[0].id, wanted)
        return held[0].id
    source = "窗口" if values.get("kind") == CONSULTATION else "走访"
    made = ticket_values({**wanted, "source": source, "visit": visit})
    day = values.get("day") or date.today()
    made["no"] = next_numbers(step.rows, Ticket, PREFIX, day, 1)[0]
    ticket = step.create_many(Ticket, [made])[0]
    step.create_many(TicketAction, [{
        "ticket": ticket, "day": day, "stage": "收集", "who": values.get("first"), "content": told,
    }])  # fmt: skip
    return ticket
