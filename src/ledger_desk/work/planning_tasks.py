"""What is done with tasks of a plan: taken off, put back, given to others, put off, found done.

Each is one step for any number of tasks; what cannot be done is refused with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise, Visit, VisitPlan, VisitTask
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.calling import call_all
from ledger_desk.work.outcome import Outcome, Refused
from ledger_desk.work.planning import PlanSpec, Preview, make, next_name
from ledger_desk.work.planning_sharing import Pair, share
from ledger_desk.work.planning_targets import BY_LIST, Target, reason_to_drop

COUNTED = ("走访", "回访")
"""Kinds of visit that a task is done by; who comes to the window was not visited."""
_AT_ONCE = 2_000
_GONE = "这条任务已经不在名单里，可能刚被删除。"


def drop(
    ledger: Ledger, tasks: Sequence[str], reason: str, note: str = "", progress: Progress = silent,
    *, today: date | None = None,
) -> Outcome:  # fmt: skip
    """Take firms off the list, with the reason kept; one that was visited already stays."""
    if not reason.strip():
        raise UserError("剔除要写明原因，没有原因一户都没有剔除。")
    values: dict[str, Any] = {"dropped": reason, "dropped_on": today or date.today()}
    if note:
        values["note"] = note

    def why_not(task: VisitTask) -> str:
        if task.done_on:
            return f"{task.done_on} 已经走访过，不能再剔除。"
        return f"已经剔除，原因是{task.dropped}。" if task.dropped else ""

    return _change(ledger, tasks, values, why_not, f"剔除（{reason}）", progress)


def drop_idle(ledger: Ledger, tasks: Sequence[str], progress: Progress = silent) -> Outcome:
    """Take off all firms that the registry or a visit says do not trade, each with its own reason."""
    with ledger.read() as rows:
        found, refused = _split(rows, tasks, lambda task: "已经走访过。" if task.done_on else "")
        firms = rows.many(Enterprise, [str(task.enterprise) for task in found])
        names = call_all(rows, VisitTask, [task.id for task in found])
    items, today = [], date.today()
    for task in found:
        firm = firms.get(str(task.enterprise))
        why = reason_to_drop(firm) if firm is not None else ""
        if task.dropped:
            continue
        if why:
            items.append((task.id, {"dropped": why, "dropped_on": today}))
        elif len(tasks) == 1:
            refused.append(
                Refused(task.id, names[task.id], "登记状态正常，也没有写未正常经营，不剔除。")
            )
    what = f"剔除非正常经营 {len(items):,} 户"
    return _write(ledger, items, refused, what, progress)


def put_back(ledger: Ledger, tasks: Sequence[str], progress: Progress = silent) -> Outcome:
    """Put firms that were taken off back on the list."""
    return _change(
        ledger, tasks, {"dropped": None, "dropped_on": None},
        lambda task: "" if task.dropped else "没有剔除过，本来就在名单上。", "放回名单", progress,
    )  # fmt: skip


def assign(
    ledger: Ledger, tasks: Sequence[str], pair: Pair, progress: Progress = silent
) -> Outcome:
    """Give tasks to one pair of visitors."""
    if pair.first and pair.first == pair.second:
        raise UserError("走访人1和走访人2是同一个人，没有分派。请选两个人，或者空着走访人2。")
    values = {"first": pair.first, "second": pair.second, "bank": pair.bank}
    return _change(ledger, tasks, values, _closed, "分派", progress)


def put_off(
    ledger: Ledger, tasks: Sequence[str], due_on: date, progress: Progress = silent
) -> Outcome:
    """Give tasks another day; a day after the plan's own is refused."""
    with ledger.read() as rows:
        found = rows.many(VisitTask, list(tasks)).values()
        plans = rows.many(VisitPlan, sorted({str(task.plan) for task in found if task.plan}))

    def why_not(task: VisitTask) -> str:
        plan = plans.get(str(task.plan))
        if plan is not None and plan.due_on is not None and due_on > plan.due_on:
            return f"计划“{plan.name}”{plan.due_on} 截止，要延到以后请先改计划的截止日期。"
        return _closed(task)

    return _change(ledger, tasks, {"due_on": due_on}, why_not, f"改到 {due_on}", progress)


def share_out(
    ledger: Ledger, tasks: Sequence[str], pairs: Sequence[Pair], progress: Progress = silent
) -> Outcome:
    """Share tasks out to pairs anew: balanced, each pair in as few villages as can be."""
    if not pairs:
        raise UserError("还没有选走访人，没有分派。请至少选一组。")
    with ledger.read() as rows:
        found, refused = _split(rows, tasks, _closed)
        firms = rows.many(Enterprise, [str(task.enterprise) for task in found])
        names = call_all(rows, VisitTask, [task.id for task in found])
    targets = [
        Target(
            task.id, names[task.id], task.township or "",
            (firms[str(task.enterprise)].village or "") if str(task.enterprise) in firms else "",
        )
        for task in found
    ]  # fmt: skip
    given = share(targets, pairs)
    items = []
    for task in found:
        place = given.get(task.id)
        if place is None:
            refused.append(
                Refused(task.id, names[task.id], "所在乡镇没有分给任何一组，请先选一组管它。")
            )
            continue
        pair = pairs[place]
        items.append((task.id, {"first": pair.first, "second": pair.second, "bank": pair.bank}))
    return _write(ledger, items, refused, f"分给 {len(pairs)} 组 {len(items):,} 户", progress)


def catch_up(ledger: Ledger, plan: str = "", progress: Progress = silent) -> Outcome:
    """Find open tasks whose firm was visited since the plan began, and mark them done.

    For visits that came in from a workbook, or were keyed in before the plan was made.
    """
    where: tuple[Where, ...] = (Where("done_on", "blank"), Where("dropped", "blank"))
    if plan:
        where = (Where("plan", "=", plan), *where)
    with ledger.read() as rows:
        plans = {each.id: each for each in rows.find(Query(VisitPlan))}
        tasks = [task for task in rows.find(Query(VisitTask, where)) if task.plan in plans]
        items: list[tuple[str, dict[str, Any]]] = []
        links: list[tuple[str, dict[str, Any]]] = []
        for start in range(0, len(tasks), _AT_ONCE):
            progress(start, len(tasks), "正在对走访记录")
            some = tasks[start : start + _AT_ONCE]
            seen = _visits_of(rows, [str(task.enterprise) for task in some])
            for task in some:
                begun = plans[str(task.plan)].starts_on or date.min
                for visit in seen.get(str(task.enterprise), ()):
                    if visit.day is not None and visit.day >= begun and not visit.planned:
                        items.append((task.id, {"done_on": visit.day}))
                        links.append((visit.id, {"planned": task.id}))
                        seen[str(task.enterprise)].remove(visit)
                        break
    if not items:
        return Outcome(sentence="没有新对上的，任务和走访记录是一致的。")
    what = f"对上走访记录 {len(items):,} 户"
    with ledger.step(what) as step:
        step.change_many(VisitTask, items, progress)
        step.change_many(Visit, links, progress)
    return Outcome.of_step(step.result, [task for task, _ in items], (), what)


def next_round(
    ledger: Ledger, plan: str, starts_on: date, due_on: date, progress: Progress = silent
) -> Outcome:
    """Make the next round of a plan from the firms not visited yet, with the same visitors.

    The old round is ended; its open tasks stay as they were not done.
    """
    with ledger.read() as rows:
        held = rows.get(VisitPlan, plan)
        if held is None or held.removed:
            raise UserError("这个走访计划已经不在了，可能刚被删除。请刷新后另选一个。")
        where = (Where("plan", "=", plan), Where("done_on", "blank"), Where("dropped", "blank"))
        tasks = rows.find(Query(VisitTask, where))
        titles = rows.titles("enterprise", [str(task.enterprise) for task in tasks])
        number = (held.round or 1) + 1
        stem = (held.name or "走访计划").partition("　第")[0]
        name = next_name(rows, f"{stem}　第 {number} 轮")
    if not tasks:
        raise UserError(f"“{held.name}”没有还没走访的企业，不用再编一轮。")
    pairs = list(dict.fromkeys(Pair(t.first, t.second, t.bank) for t in tasks))
    given = {str(t.enterprise): pairs.index(Pair(t.first, t.second, t.bank)) for t in tasks}
    taken = tuple(
        Target(str(t.enterprise), titles.get(str(t.enterprise), ""), t.township or "")
        for t in tasks
    )
    spec = PlanSpec(
        name, starts_on, due_on, held.scope or BY_LIST, (), held.covers or "", number,
        held.warn_days, pairs=tuple(pairs),
    )  # fmt: skip
    return make(
        ledger, spec, replace(Preview(taken), given=given, warn_days=held.warn_days or 0), progress
    )


def _visits_of(rows: Rows, firms: Sequence[str]) -> dict[str, list[Visit]]:
    where = (Where("enterprise", "in", tuple(firms)), Where("kind", "in", COUNTED))
    found: dict[str, list[Visit]] = {}
    for visit in sorted(rows.find(Query(Visit, where)), key=lambda each: each.day or date.max):
        found.setdefault(str(visit.enterprise), []).append(visit)
    return found


def _closed(task: VisitTask) -> str:
    if task.done_on:
        return f"{task.done_on} 已经走访过，不用再改。"
    return f"已经剔除（{task.dropped}），要走访请先放回名单。" if task.dropped else ""


def _split(
    rows: Rows, tasks: Sequence[str], why_not: Callable[[VisitTask], str]
) -> tuple[list[VisitTask], list[Refused]]:
    """Tasks that something can be done to, and those that it cannot, with the reason."""
    known = rows.many(VisitTask, list(tasks))
    refused = [Refused(task, "走访任务", _GONE) for task in tasks if task not in known]
    live = [known[task] for task in dict.fromkeys(tasks) if task in known]
    whys = {task.id: _GONE if task.removed else why_not(task) for task in live}
    wrong = [task for task, why in whys.items() if why]
    names = call_all(rows, VisitTask, wrong)
    refused += [Refused(task, names[task], whys[task]) for task in wrong]
    return [task for task in live if not whys[task.id]], refused


def _change(
    ledger: Ledger, tasks: Sequence[str], values: Mapping[str, Any],
    why_not: Callable[[VisitTask], str], verb: str, progress: Progress,
) -> Outcome:  # fmt: skip
    with ledger.read() as rows:
        found, refused = _split(rows, tasks, why_not)
    items = [(task.id, dict(values)) for task in found]
    return _write(ledger, items, refused, f"{verb} {len(items):,} 户", progress)


def _write(
    ledger: Ledger, items: Sequence[tuple[str, Mapping[str, Any]]], refused: Sequence[Refused],
    what: str, progress: Progress,
) -> Outcome:  # fmt: skip
    if not items:
        return Outcome((), refused)
    with ledger.step(f"走访任务：{what}") as step:
        step.change_many(VisitTask, items, progress)
    return Outcome.of_step(step.result, [task for task, _ in items], refused, what)
