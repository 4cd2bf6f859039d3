"""Two records become one: values chosen, everything that hung on the others moved, an alias kept.

`decisions.md` 1–3: the absorbed record goes to the recycle bin with all that it said, a 查重结论
keeps whom it means from now on, and one journal step holds it all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.exchange.duplicates import facing
from ledger_desk.exchange.duplicates.facing import Facing
from ledger_desk.exchange.duplicates.finding import Group
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE, Enterprise, Verdict
from ledger_desk.progress import Progress, silent
from ledger_desk.store import alikes, hangers
from ledger_desk.store.journal import Step, StepInfo
from ledger_desk.store.ledger import Ledger

_NAMED = 3  # absorbed firms that the name of a step names
_AT_ONCE = 500  # groups written at a time


def merge(
    ledger: Ledger,
    survivor: str,
    absorbed: Sequence[str],
    choices: Mapping[str, str] | None = None,
    reason: str = "",
) -> StepInfo:
    """Merge firms into one, as one step ``合并 甲、乙``.

    Args:
        ledger: Open for writing.
        survivor: Id of the one that stays.
        absorbed: Ids of the others.
        choices: Field → id of the record whose value counts; `facing.face` shows what counts
            for a field that is not named.
        reason: Why, for the 查重结论.

    Raises:
        UserError: A record is gone or in the recycle bin; a choice names none of them.
    """
    ids = [survivor, *absorbed]
    with ledger.read() as rows:
        titles = [firm.title for firm in facing.live(rows, ids)]
    with ledger.step(_step_name(titles), hangers.MERGE) as step:
        firms = facing.live(step.rows, ids)
        plan = facing.prepare(step.rows, [firms], survivor)[0]
        _write(step, [(plan, _values(plan, choices or {}), reason)])
    assert step.result is not None
    return step.result


def merge_exact(ledger: Ledger, groups: Sequence[Group], progress: Progress = silent) -> StepInfo:
    """Merge many groups as one step, each by the rules; every merge can be taken apart alone.

    The caller hands over the groups that are safe (`weighing.EXACT`), or that a person ticked.

    Raises:
        UserError: No group, or a record of one is gone since it was found.
        Cancelled: From ``progress``; nothing is changed.
    """
    if not groups:
        raise UserError("没有可以直接合并的组，账没有变。")
    absorbed = sum(len(group.ids) - 1 for group in groups)
    with ledger.step(
        f"合并 {len(groups)} 组相同的经营主体（并掉 {absorbed} 户）", hangers.MERGE
    ) as step:
        gone: set[str] = set()
        for start in range(0, len(groups), _AT_ONCE):
            progress(start, len(groups), "合并")
            some = groups[start : start + _AT_ONCE]
            firms = [facing.live(step.rows, group.ids) for group in some]
            plans = facing.prepare(step.rows, firms)
            for plan in plans:
                members = {firm.id for firm in plan.firms}
                if members & gone:
                    raise UserError(
                        f"“{plan.firms[0].title}”在两组里都有，没有合并。请一组一组地合并。"
                    )
                gone |= members
            _write(step, [(p, _values(p, {}), g.reason) for p, g in zip(plans, some, strict=True)])
    assert step.result is not None
    return step.result


def judge_different(ledger: Ledger, one: str, other: str, reason: str = "") -> StepInfo | None:
    """Note that two firms only look alike: they are never asked about again.

    Returns:
        The step, or None where this was already noted.

    Raises:
        UserError: One of them is not there, or both are the same record.
    """
    return judge_apart(ledger, [(one, other)], reason)


def judge_apart(
    ledger: Ledger, pairs: Sequence[tuple[str, str]], reason: str = ""
) -> StepInfo | None:
    """Note of several pairs, as one step, that each are two firms.

    Returns:
        The step, or None where all of this was already noted.

    Raises:
        UserError: A firm is not there, or a pair is one record twice.
    """
    wanted = list(dict.fromkeys((min(pair), max(pair)) for pair in pairs))
    ids = list(dict.fromkeys(record for pair in pairs for record in pair))
    with ledger.read() as rows:
        found = rows.many(Enterprise, ids)
        if not wanted or len(found) < len(ids) or any(one == other for one, other in wanted):
            raise UserError("要判断的两户里有一户不在账上，或者是同一条记录。请重新查重。")
        known = alikes.verdicts_between(rows, ids, alikes.DIFFERENT)
    noted = {(min(one, other), max(one, other)) for one, other, _ in known}
    new = [pair for pair in wanted if pair not in noted]
    if not new:
        return None
    titles = " 与 ".join(found[record].title for record in ids[:_NAMED])
    more = f" 等 {len(ids)} 户" if len(ids) > _NAMED else ""
    with ledger.step(f"查重：{titles}{more} 不是同一户", "edit") as step:
        verdict = {"verdict": alikes.DIFFERENT, "reason": reason or None}
        step.create_many(Verdict, [{"one": one, "other": other, **verdict} for one, other in new])
    return step.result


def _step_name(titles: Sequence[str]) -> str:
    more = f" 等 {len(titles)} 户" if len(titles) > _NAMED else ""
    return f"合并 {'、'.join(titles[:_NAMED])}{more}"


def _values(plan: Facing, choices: Mapping[str, str]) -> dict[str, Any]:
    """Give what the firm that stays is changed to."""
    firms = {firm.id: firm for firm in plan.firms}
    known = field_map(Enterprise)
    for name, record in choices.items():
        if name not in known:
            raise UserError(f"经营主体没有“{name}”这一项，没有合并。")
        if record not in firms:
            raise UserError(f"“{known[name].label}”选的不是要合并的几户之一，没有合并。")
    stays = firms[plan.survivor]
    values = {}
    for field in plan.fields:
        value = getattr(firms[choices.get(field.field, field.chosen)], field.field)
        if value != getattr(stays, field.field):
            values[field.field] = value
    return values


def _write(step: Step, plans: Sequence[tuple[Facing, dict[str, Any], str]]) -> None:
    """Write merges; the absorbed leave the index of codes before a code is handed on."""
    to = {
        firm.id: plan.survivor
        for plan, _, _ in plans
        for firm in plan.firms
        if firm.id != plan.survivor
    }
    hanging = hangers.children(step.rows, list(to))
    moves: dict[str, dict[str, dict[str, Any]]] = {}
    for firm, some in hanging.items():
        for table, field, record in some:
            moves.setdefault(table, {}).setdefault(record, {})[field] = to[firm]
    step.change_many(Enterprise, [(record, {"removed": True}) for record in to])
    step.change_many(Enterprise, [(plan.survivor, values) for plan, values, _ in plans if values])
    for table, items in moves.items():
        step.change_many(BY_TABLE[table], list(items.items()))
    members = [firm.id for plan, _, _ in plans for firm in plan.firms]
    for one, other, verdict in alikes.verdicts_between(step.rows, members, alikes.DIFFERENT):
        if to.get(one, one) == to.get(other, other):  # said otherwise before
            step.remove(Verdict, verdict)
    step.create_many(
        Verdict,
        [
            {
                "one": plan.survivor,
                "other": firm.id,
                "verdict": alikes.SAME,
                "reason": reason or None,
            }
            for plan, _, reason in plans
            for firm in plan.firms
            if firm.id != plan.survivor
        ],
    )
