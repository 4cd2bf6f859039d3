"""Firms put into a plan that is there already, shared out among those who go there anyway (加企业).

Sources: `seeds/003` 四 (不断完善走访目标企业清单), `product.md` §4.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model.records import VisitPlan, VisitTask
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.outcome import Outcome
from ledger_desk.work.planning import ENDED, PlanSpec, add, preview
from ledger_desk.work.planning_sharing import Pair
from ledger_desk.work.planning_targets import BY_LIST


def open_plans(rows: Rows, today: date | None = None) -> list[VisitPlan]:
    """Plans that firms can still be put into, the newest first."""
    day = today or date.today()
    found = rows.find(Query(VisitPlan, (Where("state", "!=", ENDED),), sort=(("starts_on", True),)))
    return [plan for plan in found if not why_not(plan, day)]


def why_not(plan: VisitPlan | None, today: date) -> str:
    """Say why no firm can be put into a plan, and what to do; '' when one can."""
    if plan is None or plan.removed:
        return "这个走访计划已经不在了，可能刚被删除。请刷新后另选一个。"
    if plan.state == ENDED:
        return f"“{plan.name}”已经结束，不能再加企业。请编一个新计划。"
    if plan.due_on is not None and plan.due_on < today:
        return f"“{plan.name}”{plan.due_on} 已经截止，加进去就逾期了。请先把计划的截止日期改晚，或编下一轮。"
    return ""


def add_firms(
    ledger: Ledger,
    plan: str,
    firms: Sequence[str],
    *,
    today: date | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Put firms into a plan as one step; each goes to whoever visits its township in that plan.

    Refused, with the reason: those that it has, and those with an open task in another plan. Firms
    that do not trade are put in as dropped. Townships that nobody of the plan visits stay unassigned.

    Args:
        ledger: Where they are.
        plan: Id of the plan.
        firms: Ids.
        today: Recent visits are counted back from it; the firms are due on the plan's last day.
        progress: May cancel; nothing is written then.

    Raises:
        UserError: The plan is gone, ended or past its last day.
    """
    day = today or date.today()
    with ledger.read() as rows:
        held = rows.get(VisitPlan, plan)
        why = why_not(held, day)
        if why or held is None:
            raise UserError(why)
        pairs = _pairs_of(rows, plan)
    starts = max(day, held.starts_on or day)
    spec = PlanSpec(
        held.name or "", starts, max(starts, held.due_on or starts), BY_LIST, tuple(firms),
        warn_days=held.warn_days, pairs=pairs,
    )  # fmt: skip
    return add(ledger, plan, spec, preview(ledger, spec, day, progress, own=plan), progress)


def _pairs_of(rows: Rows, plan: str) -> tuple[Pair, ...]:
    """Those who go in a plan, each with the townships they go to."""
    found: dict[tuple[str | None, str | None, str | None], set[str]] = {}
    for task in rows.find(Query(VisitTask, (Where("plan", "=", plan), Where("dropped", "blank")))):
        if task.first:
            towns = found.setdefault((task.first, task.second, task.bank), set())
            towns |= {task.township} if task.township else set()
    return tuple(Pair(*who, frozenset(towns)) for who, towns in found.items())
