"""Scenes of visiting: plans by township, park, trade and bank, rounds, sheets of every kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ledger_desk.model import vocabulary as words
from ledger_desk.model.money import FEN_PER_WAN, MILLIONTHS_PER_PERCENT
from ledger_desk.model.records import Enterprise, Park, VisitTask
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.practice import season_texts as texts
from ledger_desk.practice.people import person_name
from ledger_desk.practice.season_cast import Cast
from ledger_desk.store.queries import Where
from ledger_desk.work import planning, planning_tasks, visiting
from ledger_desk.work.planning import PlanSpec

_GOOD, _ROUNDS = "符合", 4  # plans of the first round: four townships each
_MET = ("法定代表人", "经营者", "实际控制人", "财务人员", "家属", "员工")
_METHODS = ("实地",) * 7 + ("电话", "电话", "线上")
_LOST = {
    "暂停经营": "实地", "查无此户": "实地", "拒访": "实地", "已注销": "实地", "无法联系": "电话",
}  # fmt: skip


@dataclass
class Visits:
    """What is still to be visited, and what came of it.

    Attributes:
        due: Tasks by the day on which somebody goes; what nobody does is in none.
        again: Firms by the day on which they are seen a second time.
        ready: Visits from which an application may follow, the oldest first.
        plans: Plans made so far.
    """

    due: dict[date, list[VisitTask]] = field(default_factory=lambda: defaultdict(list))
    again: dict[date, list[str]] = field(default_factory=lambda: defaultdict(list))
    ready: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)


def plan_rounds(cast: Cast, seen: Visits, first: date, last: date) -> None:
    """Make the plans that begin in a span: four rounds by township, then by park, trade and bank."""
    share = (cast.today - cast.start).days // (_ROUNDS + 2)
    towns = sorted({town for pair in cast.pairs for town in pair.townships})
    for place in range(_ROUNDS):
        day = cast.start + timedelta(days=place * share)
        if first <= day <= last:
            some = tuple(towns[place::_ROUNDS])
            inside = {f.id for f in cast.firms}
            chosen = [f.id for f in cast.firms if f.township in some] or sorted(inside)[
                place::_ROUNDS
            ]
            spec = _spec(
                cast, f"{day:%Y年%-m月}第{place + 1}批乡镇走访", day, 45, "名单", tuple(chosen)
            )
            _make(cast, seen, spec, f"{len(some)} 个乡镇（街道）")
    day = cast.start + timedelta(days=_ROUNDS * share)
    if first <= day <= last:
        _second_rounds(cast, seen, day)
    day = cast.today - timedelta(days=12)
    if first <= day <= last:
        _latest(cast, seen, day)


def _spec(
    cast: Cast, name: str, day: date, days: int, scope: str, values: tuple[str, ...], **more: Any
) -> PlanSpec:
    return PlanSpec(
        name, day, day + timedelta(days=days), scope, values, pairs=tuple(cast.pairs), **more
    )  # fmt: skip


def _make(cast: Cast, seen: Visits, spec: PlanSpec, covers: str) -> None:
    """Make a plan from what the page would show of it, and say who goes when."""
    spec = PlanSpec(**{**vars(spec), "covers": covers})
    made = planning.preview(cast.ledger, spec, spec.starts_on)
    if not made.taken:
        return
    done = planning.make(cast.ledger, spec, made, today=spec.starts_on).done
    seen.plans.append(done[0])
    tasks = cast.find(VisitTask, Where("plan", "=", done[0]), Where("dropped", "blank"))
    _go(cast, seen, tasks, spec)


def _go(cast: Cast, seen: Visits, tasks: Sequence[VisitTask], spec: PlanSpec) -> None:
    for task in sorted(tasks, key=lambda each: each.id):
        fate = cast.rng.random()
        due = task.due_on or spec.due_on
        if fate < 0.06:
            continue  # nobody ever goes: late
        late = fate < 0.14
        day = cast.day(due + timedelta(days=1), due + timedelta(days=12)) if late else cast.day(
            spec.starts_on, due
        )  # fmt: skip
        if due + timedelta(days=1) > cast.today and late:
            continue
        if day <= cast.today and (late or due <= cast.today or fate < 0.75):
            seen.due[day].append(task)


def _second_rounds(cast: Cast, seen: Visits, day: date) -> None:
    """The next round of the first plan; plans by trade, village, park and bank; tasks taken off."""
    left = cast.find(VisitTask, Where("plan", "=", seen.plans[0]), Where("done_on", "blank"),
                     Where("dropped", "blank")) if seen.plans else []  # fmt: skip
    if left:
        planning_tasks.drop(cast.ledger, [left[0].id], "查无下落", "两次上门都没有人", today=day)
    if len(left) > 1:
        if len(left) > 2:
            planning_tasks.drop(cast.ledger, [left[1].id], "停业", today=day)
            planning_tasks.put_back(cast.ledger, [left[1].id])
        due = day + timedelta(days=25)
        made = planning_tasks.next_round(cast.ledger, seen.plans[0], day, due).done
        spec = PlanSpec("", day, due)
        _go(cast, seen, cast.find(VisitTask, Where("plan", "=", made[0])), spec)
        seen.plans.append(made[0])
    villages = sorted({f.village for f in cast.firms if f.village})
    for name, scope, values, covers in (
        ("茶产业走访", "行业", ("0164", "1530", "5226"), "茶叶种植、加工、零售"),
        ("重点村走访", "村", tuple(villages[:4]), "、".join(villages[:4])),
    ):
        spec = _spec(cast, name, day, 20, scope, values, leave_recent=True, per_day=1)
        _make(cast, seen, spec, covers)


def _latest(cast: Cast, seen: Visits, day: date) -> None:
    """Plans that run now: firms of the parks, firms of a bank; some due today, some late already."""
    parks = sorted(each.id for each in cast.find(Park))
    bank = cast.banks[min(13, len(cast.banks) - 1)]
    pairs = cast.pairs[:3]
    for name, scope, values, covers in (
        ("入园企业走访", "园区", tuple(parks), f"{len(parks)} 个园区"),
        (f"{bank.short}客户走访", "银行", (bank.id,), bank.title),
    ):
        if not values:
            continue
        spec = PlanSpec(
            name, day, cast.today + timedelta(days=9), scope, values,
            pairs=tuple(type(pair)(pair.first, pair.second, pair.bank) for pair in pairs), per_day=1,
        )  # fmt: skip
        _make(cast, seen, spec, covers)
    running = cast.find(
        VisitTask, Where("plan", "in", tuple(seen.plans[-2:])), Where("dropped", "blank")
    )
    today = sorted(task.id for task in running)[:2]
    for tasks in seen.due.values():
        tasks[:] = [task for task in tasks if task.id not in today]
    if today:
        planning_tasks.put_off(cast.ledger, today, cast.today)


def visit(
    cast: Cast, seen: Visits, first: date, last: date, loans: Sequence[dict[str, Any]]
) -> None:
    """Key in the sheets of a span: visits, revisits, the window, and checks of use after a loan.

    Args:
        cast: The players.
        seen: What is to be visited.
        first: First day of the span.
        last: Last day of the span.
        loans: Sheets of checks after a loan that were agreed on (`Visit` fields).
    """
    sheets: list[dict[str, Any]] = []
    day = first
    while day <= last:
        for task in seen.due.pop(day, []):
            pair = {"first": task.first, "second": task.second, "bank": task.bank}
            sheets.append(_sheet(cast, seen, str(task.enterprise), day, "走访", pair))
        for firm in seen.again.pop(day, []):
            sheets.append(_sheet(cast, seen, firm, day, "回访", _pair(cast)))
        day += timedelta(days=1)
    borrowers = sorted(cast.may_borrow)
    for _ in range(max(1, len(sheets) // 20) if borrowers else 0):
        pair = {"first": cast.clerks[0]}
        firm = cast.rng.choice(borrowers)
        sheets.append(_sheet(cast, seen, firm, cast.day(first, last), "窗口咨询", pair))
    sheets += list(loans)
    if not sheets:
        return
    made = visiting.save_many(cast.ledger, sorted(sheets, key=lambda each: str(each["day"])))
    fit = visiting.ready_for_application(cast.ledger, made.done)
    seen.ready += list(fit.done)


def _pair(cast: Cast) -> dict[str, Any]:
    pair = cast.rng.choice(cast.pairs)
    return {"first": pair.first, "second": pair.second, "bank": pair.bank}


def _sheet(
    cast: Cast, seen: Visits, firm: str, day: date, kind: str, pair: dict[str, Any]
) -> dict[str, Any]:
    rng = cast.rng
    held = _firm(cast, firm)
    values: dict[str, Any] = {"enterprise": firm, "day": day, "kind": kind, **pair}
    if pair.get("bank"):
        values["manager"] = (
            cast.managers[pair["bank"]].name if pair["bank"] in cast.managers else None
        )
    if kind == "走访" and rng.random() < 0.12:
        result = rng.choice(sorted(_LOST))
        return values | {"result": result, "method": _LOST[result], "situation": texts.LOST[result]}
    values |= {
        "result": "正常经营", "method": "窗口" if kind == "窗口咨询" else rng.choice(_METHODS),
        "place": "县政务服务大厅" if kind == "窗口咨询" else held.place, "met": held.person or person_name(rng),
        "met_role": rng.choice(_MET), "met_owner": rng.random() < 0.7,
        "situation": rng.choice(texts.SITUATIONS), "staff": held.staff, "revenue": held.revenue,
    }  # fmt: skip
    if held.revenue and rng.random() < 0.6:
        values["revenue_expected"] = held.revenue // 100 * rng.randrange(85, 130)
    borrows = firm in cast.may_borrow
    values["borrowed"] = not borrows or rng.random() < 0.2
    if not borrows:
        values |= {"borrowed_balance": rng.randrange(5, 90) * FEN_PER_WAN,
                   "renewal_wanted": rng.random() < 0.5}  # fmt: skip
    if borrows and rng.random() < (0.9 if kind == "窗口咨询" else 0.55):
        values |= _need(cast, day)
    else:
        values["has_need"] = False
    if rng.random() < 0.09:
        trouble = rng.choice(sorted(texts.TROUBLES))
        values |= {"difficulty_kind": trouble, "difficulty": rng.choice(texts.TROUBLES[trouble])}
    if rng.random() < 0.18:
        later = day + timedelta(days=rng.randrange(20, 60))
        values["next_on"] = later
        if rng.random() < 0.7 and later <= cast.today:
            seen.again[cast.day(later, later)].append(firm)
    return values


def _firm(cast: Cast, firm: str) -> Enterprise:
    if firm not in cast.known:  # a plan by bank or park may reach beyond the target list
        cast.known[firm] = cast.find(Enterprise, Where("id", "=", firm))[0]
    return cast.known[firm]


def _need(cast: Cast, day: date) -> dict[str, Any]:
    rng = cast.rng
    banks = cast.some_banks(2 if rng.random() < 0.4 else 1)
    values: dict[str, Any] = {
        "has_need": True, "amount": rng.choice((5, 10, 20, 30, 50, 80, 100, 200, 300)) * FEN_PER_WAN,
        "purpose": rng.choice(words.LOAN_PURPOSES[:6]), "months": rng.choice((12, 12, 24, 36)),
        "rate": rng.randrange(70, 110) * MILLIONTHS_PER_PERCENT // 20,
        "security": rng.choice(words.SECURITIES[:6]), "bank1": banks[0],
        "wanted_on": day + timedelta(days=rng.randrange(20, 90)),
    }  # fmt: skip
    if len(banks) > 1:
        values["bank2"] = banks[1]
    fate = rng.random()
    for place, name in enumerate(CRITERIA):
        values[name] = _GOOD
        values[f"{name}_why"] = texts.EVIDENCE[place]
    if fate > 0.85:
        name = rng.choice(CRITERIA)
        values[name] = "待核" if fate < 0.94 else "不符合"
        values[f"{name}_why"] = "要看征信报告" if fate < 0.94 else "经核不合"
    return values
