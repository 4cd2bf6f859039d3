"""Plans of visits: made from a target list, with who goes where and what was left out (走访计划).

Sources: `seeds/003` 四, `product.md` §4.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.records import VisitPlan, VisitTask
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.calendars import read_calendar
from ledger_desk.work.outcome import Outcome, Refused
from ledger_desk.work.parameters import read
from ledger_desk.work.planning_sharing import Pair, due_days, share
from ledger_desk.work.planning_targets import BY_LIST, Target, firms_of, survey

GOING, WAITING, ENDED = "进行中", "未开始", "已结束"


@dataclass(frozen=True)
class PlanSpec:
    """What a plan is to be.

    Attributes:
        name: What it is called.
        starts_on, due_on: From when to when.
        scope: One of `planning_targets.SCOPES`.
        values: Of that scope, see `planning_targets.firms_of`.
        covers: The same in words.
        round: Which round it is.
        warn_days: A visit in so many days is warned of; None: as the office has set it.
        leave_recent: Firms visited lately are not put in.
        leave_planned: Nor firms that have an open task in another plan.
        drops: Firm → reason, where somebody decided otherwise than is proposed; '' keeps the firm.
        pairs: Who goes.
        per_day: Firms a pair visits on a working day; 0: all are due on the last day.
        note: Remarks.
    """

    name: str
    starts_on: date
    due_on: date
    scope: str = BY_LIST
    values: tuple[str, ...] = ()
    covers: str = ""
    round: int = 1
    warn_days: int | None = None
    leave_recent: bool = False
    leave_planned: bool = True
    drops: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    per_day: int = 0
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """What a plan would be.

    Attributes:
        taken: Firms that are put in.
        dropped: Firms kept with the reason why nobody goes there.
        recent: Firms left out since somebody was there lately.
        planned: Firms left out since another plan has them.
        given: Firm → place of its pair.
        due: Firm → day.
        warn_days: Days that were looked back.
    """

    taken: tuple[Target, ...] = ()
    dropped: tuple[Target, ...] = ()
    recent: tuple[Target, ...] = ()
    planned: tuple[Target, ...] = ()
    given: Mapping[str, int] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    warn_days: int = 0

    @property
    def warned(self) -> tuple[Target, ...]:
        """Firms that are put in although somebody was there lately."""
        return tuple(target for target in self.taken if target.recent is not None)

    @property
    def loads(self) -> dict[int, int]:
        """Firms by place of pair; -1: nobody's yet."""
        counts: dict[int, int] = {}
        for target in self.taken:
            pair = self.given.get(target.firm, -1)
            counts[pair] = counts.get(pair, 0) + 1
        return counts

    @property
    def sentence(self) -> str:
        """All of it added up."""
        parts = [f"列入 {len(self.taken):,} 户"]
        for some, words in (
            (self.dropped, "剔除"), (self.recent, "近期走访过不列入"), (self.planned, "别的计划里已有"),
        ):  # fmt: skip
            if some:
                parts.append(f"{words} {len(some):,} 户")
        whole = len(self.taken) + len(self.dropped) + len(self.recent) + len(self.planned)
        return f"{whole:,} 户 = " + " + ".join(parts) if len(parts) > 1 else parts[0]


def preview(
    ledger: Ledger, spec: PlanSpec, today: date | None = None, progress: Progress = silent,
    *, own: str = "",
) -> Preview:  # fmt: skip
    """Say what a plan would be, and change nothing.

    Args:
        ledger: Where the firms are.
        spec: The plan.
        today: Recent visits are counted back from it.
        progress: May cancel.
        own: Id of the plan that firms are added to; its tasks do not count as another's.
    """
    day = today or date.today()
    with ledger.read() as rows:
        warn = spec.warn_days
        warn = int(read(rows, day)["visit.warn_days"]) if warn is None else warn
        progress(0, 0, "正在找企业")
        firms = firms_of(rows, spec.scope, spec.values)
        targets = survey(rows, firms, day, warn, progress, own=own)
        calendar = read_calendar(rows)
    dropped, planned, recent, taken = [], [], [], []
    for target in targets:
        why = spec.drops.get(target.firm, target.dropped)
        if why:
            dropped.append(Target(**{**vars(target), "dropped": why}))
        elif target.planned and spec.leave_planned:
            planned.append(target)
        elif target.recent is not None and spec.leave_recent:
            recent.append(target)
        else:
            taken.append(target)
    given = share(taken, spec.pairs) if spec.pairs else {}
    order = [t.firm for t in sorted(taken, key=lambda t: (t.township, t.village, t.title))]
    due = due_days(order, given, spec.starts_on, spec.due_on, spec.per_day, calendar)
    return Preview(
        tuple(taken), tuple(dropped), tuple(recent), tuple(planned), given, due, warn
    )  # fmt: skip


def make(
    ledger: Ledger, spec: PlanSpec, made: Preview, progress: Progress = silent,
    *, today: date | None = None,
) -> Outcome:  # fmt: skip
    """Write a plan with its tasks as one step; what is left out is told with the reason.

    Args:
        ledger: Where to.
        spec: The plan.
        made: What `preview` said of it.
        progress: May cancel; nothing is written then.
        today: The day on which firms are taken off.

    Returns:
        ``done``: the id of the plan first, then those of its tasks.

    Raises:
        UserError: No name, days the wrong way round, or no firm at all.
    """
    _check(spec)
    if not made.taken:
        raise UserError(
            f"“{spec.name}”没有编成：筛下来一户都没有（{made.sentence}）。请放宽范围，或者把剔除的拿回来。"
        )
    with ledger.step(f"编走访计划：{spec.name}，{len(made.taken):,} 户") as step:
        plan = step.create(
            VisitPlan(
                name=spec.name, round=spec.round, office=ledger.office.id, scope=spec.scope,
                covers=spec.covers or None, starts_on=spec.starts_on, due_on=spec.due_on,
                warn_days=made.warn_days,
                state=GOING if spec.starts_on <= (today or date.today()) else WAITING,
                note=spec.note or None,
            )
        )  # fmt: skip
        tasks = step.create_many(VisitTask, _tasks(plan, spec, made, today), progress)
    said = f"编成走访计划“{spec.name}”，{len(made.taken):,} 户"
    return Outcome.of_step(step.result, [plan, *tasks], _left_out(made), said, "enterprise")


def add(
    ledger: Ledger, plan: str, spec: PlanSpec, made: Preview, progress: Progress = silent
) -> Outcome:
    """Put firms into a plan that is there, as one step; those it has already are refused."""
    with ledger.read() as rows:
        held = rows.get(VisitPlan, plan)
        known = {
            str(task.enterprise)
            for task in rows.find(Query(VisitTask, (Where("plan", "=", plan),)))
        }
    if held is None or held.removed:
        raise UserError("这个走访计划已经不在了，可能刚被删除。请刷新后另选一个。")
    twice = [t for t in (*made.taken, *made.dropped) if t.firm in known]
    keep = Preview(
        tuple(t for t in made.taken if t.firm not in known),
        tuple(t for t in made.dropped if t.firm not in known),
        made.recent, made.planned, made.given, made.due, made.warn_days,
    )  # fmt: skip
    refused = [Refused(t.firm, t.title, f"已经在“{held.name}”里，不用再列。") for t in twice]
    refused += _left_out(keep)
    if not keep.taken and not keep.dropped:
        return Outcome((), refused, None, "", "enterprise")
    with ledger.step(f"列入走访计划：{held.name}，{len(keep.taken):,} 户") as step:
        tasks = step.create_many(VisitTask, _tasks(plan, spec, keep), progress)
    said = f"列入走访计划“{held.name}” {len(keep.taken):,} 户"
    return Outcome.of_step(step.result, tasks, refused, said, "enterprise")


def next_name(rows: Rows, stem: str) -> str:
    """Give a name for a plan that no other has."""
    names = {plan.name for plan in rows.find(Query(VisitPlan))}
    number, name = 1, stem
    while name in names:
        number += 1
        name = f"{stem}（{number}）"
    return name


def _check(spec: PlanSpec) -> None:
    if not spec.name.strip():
        raise UserError("走访计划还没有名字。请起一个，如“2024年11月新集镇走访”。")
    if spec.due_on < spec.starts_on:
        raise UserError(
            f"截止日期 {spec.due_on} 早于开始日期 {spec.starts_on}，计划没有编成。请核对两个日期。"
        )


def _tasks(
    plan: str, spec: PlanSpec, made: Preview, today: date | None = None
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for target in made.taken:
        place = made.given.get(target.firm)
        pair = spec.pairs[place] if place is not None else Pair()
        rows.append(
            {
                "plan": plan, "enterprise": target.firm, "first": pair.first, "second": pair.second,
                "bank": pair.bank, "township": target.township or None,
                "due_on": made.due.get(target.firm, spec.due_on),
            }
        )  # fmt: skip
    today = today or date.today()
    rows += [
        {
            "plan": plan, "enterprise": target.firm, "township": target.township or None,
            "dropped": target.dropped, "dropped_on": today,
        }
        for target in made.dropped
    ]  # fmt: skip
    return rows


def _left_out(made: Preview) -> list[Refused]:
    found = [
        Refused(t.firm, t.title, f"{t.recent.words}，还不到 {made.warn_days} 天，没有列入。")
        for t in made.recent
        if t.recent is not None
    ]
    found += [
        Refused(t.firm, t.title, f"“{t.planned}”里还有它没走访的任务，没有重复列入。")
        for t in made.planned
    ]
    return found
