"""Scenes of difficulties: tickets along 13710, inspections, faults mended, complaints and cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ledger_desk.model.money import FEN_PER_WAN
from ledger_desk.model.records import (
    Complaint,
    DutyCase,
    Inspection,
    Intermediary,
    Rectification,
    Ticket,
)
from ledger_desk.model.ticketing import Doing
from ledger_desk.practice import season_texts as texts
from ledger_desk.practice.people import person_name
from ledger_desk.practice.season_cast import Cast
from ledger_desk.store.queries import Where
from ledger_desk.work import rectifying, ticketing

Plan = list[tuple[int, str, dict[str, Any]]]  # days after it was collected, move, what is said

_JUDGE: dict[str, Any] = {"weight": "一般", "proposal": "转主办单位限时办理"}
_SOLVED: dict[str, Any] = {"outcome": "已上门办结，企业确认"}
_PLEASED: dict[str, Any] = {"satisfied": "满意", "satisfied_way": "满意"}


def _way(lead: str, *more: tuple[int, str, dict[str, Any]], judged: int = 0) -> Plan:
    return [(judged, "judge", _JUDGE), (judged, "hand", {"lead": lead}), *more]


def _ways(lead: str, other: str) -> tuple[Plan, ...]:
    """What becomes of tickets, in turn; every move of the table is in one of them."""
    end: Plan = [(6, "solve", _SOLVED), (8, "answer", _PLEASED), (9, "close", {})]
    return (
        _way(lead, (2, "feed", {"words": "已联系企业，正在办"}), *end),
        _way(lead, (1, "reassign", {"lead": other, "words": "不属本单位职责"}), (3, "feed", {"words": "接办"}), *end),
        _way(lead, (3, "feed", {"words": "材料待补"}), (6, "extend", {"extended_to": 12, "extended_why": "等上级系统开通"}),
             (11, "solve", _SOLVED), (12, "answer", _PLEASED), (13, "close", {})),
        _way(lead, (4, "escalate", {"escalated_to": "市工作专班", "words": "属市级事权"}), (9, "watch", {"words": "催问市专班"}),
             (20, "solve", _SOLVED), (22, "answer", _PLEASED), (22, "close", {})),
        _way(lead, (2, "assist", {"unit": other, "words": "已出具意见"}), (3, "feed", {"words": "会商中"}), *end[:2],
             (9, "reopen", {"words": "回访时企业说还没有到位"}), (14, "solve", _SOLVED), (15, "answer", _PLEASED),
             (16, "close", {})),
        _way(lead, (15, "watch", {"words": "逾期，发督办单"}), (25, "account", {"unit": lead, "words": "约谈分管负责人"}),
             (30, "solve", _SOLVED), (31, "answer", {"satisfied": "基本满意", "satisfied_way": "满意"}), (32, "close", {})),
        _way(lead, (2, "feed", {"words": "已受理"}), judged=1),  # handed over and never settled: late
        _way(lead, (2, "feed", {"words": "已受理"}), *end[:1], (7, "answer", {"satisfied": "不满意", "satisfied_way": "满意"})),
    )  # fmt: skip


@dataclass
class Matters:
    """Tickets on their way.

    Attributes:
        known: Tickets that have their plan.
        plans: Ticket → (day collected, what is still to be done).
    """

    known: set[str] = field(default_factory=set)
    plans: dict[str, tuple[date, Plan]] = field(default_factory=dict)


def collect(cast: Cast, first: date, last: date, count: int) -> None:
    """Take in difficulties that firms and banks bring themselves."""
    rng = cast.rng
    rows = []
    for _ in range(count):
        kind = rng.choice(sorted(texts.TROUBLES))
        source = rng.choice(("企业", "企业", "银行", "窗口", "上级交办"))
        firm = rng.choice(cast.firms)
        rows.append({
            "source": source, "kind": kind, "problem": rng.choice(texts.TROUBLES[kind]), "enterprise": firm.id,
            "bank": rng.choice(cast.banks).id if source == "银行" else None, "contact": firm.person,
            "phone": firm.phone, "collected_on": cast.day(first, last), "appeal": "请尽快协调解决",
        })  # fmt: skip
    if rows:
        ticketing.collect(cast.ledger, rows)


def settle(cast: Cast, matters: Matters, last: date) -> None:
    """Do with tickets what falls to be done up to a day."""
    rng = cast.rng
    held = cast.find(Ticket)
    for each in sorted(held, key=lambda one: (str(one.collected_on), one.id)):
        if each.id not in matters.known and each.collected_on is not None:
            lead, other = rng.sample(texts.UNITS, 2)
            ways = _ways(lead, other)
            plan = list(ways[len(matters.known) % len(ways)])
            matters.known.add(each.id)
            if (cast.today - each.collected_on).days > 1:  # the newest wait for today's work
                matters.plans[each.id] = (each.collected_on, plan)
    for ticket, (since, plan) in list(matters.plans.items()):
        ready = [item for item in plan if since + timedelta(days=item[0]) <= last]
        if not ready:
            continue
        moves = [(key, _doing(cast, since, days, said)) for days, key, said in ready]
        ticketing.carry(cast.ledger, [ticket], moves, today=last)
        rest = plan[len(ready) :]
        matters.plans[ticket] = (since, rest)
        if not rest:
            del matters.plans[ticket]


def _doing(cast: Cast, since: date, days: int, said: dict[str, Any]) -> Doing:
    values = dict(said)
    words, unit = values.pop("words", ""), values.pop("unit", "")
    if "extended_to" in values:
        values["extended_to"] = since + timedelta(days=values["extended_to"])
    return Doing(since + timedelta(days=days), None, unit, words, values)


def mark(cast: Cast) -> None:
    """Set how some tickets are handled: 容缺受理 with its promise, 并联审批, 绿色通道."""
    live = sorted(t.id for t in cast.find(Ticket, Where("closed_on", "blank")))
    if live:
        ticketing.set_flags(cast.ledger, live[:2], lenient=True, promised=True)
        ticketing.set_flags(cast.ledger, live[1:4], parallel=True, green=True)


def inspect(cast: Cast) -> None:
    """Inspections of banks, faults that they and others found, and how these are mended."""
    rng, today = cast.rng, cast.today
    rows = []
    for place in range(10):
        finding, advice = texts.FINDINGS[place % len(texts.FINDINGS)]
        bad = place % 3 != 2
        rows.append({
            "kind": ("暗访", "明察", "走流程", "电话抽查")[place % 4], "day": today - timedelta(days=150 - 14 * place),
            "bank": cast.banks[place % len(cast.banks)].id, "branch": "营业部", "who": "县金融服务中心、人行",
            "business": "小微企业抵押贷款", "steps": rng.randrange(4, 9), "papers": rng.randrange(6, 15),
            "days": rng.randrange(5, 14), "online": not bad, "promise_shown": not bad, "told_once": not bad,
            "finding": finding if bad else None, "advice": advice if bad else None,
        })  # fmt: skip
    made = cast.enter("登记明察暗访 10 次", Inspection, rows)
    with_fault = [each for each, row in zip(made, rows, strict=True) if row["finding"]]
    rectifying.find_from_inspections(
        cast.ledger, with_fault, today + timedelta(days=5), unit="营业部", person=person_name(rng)
    )
    rectifying.find(cast.ledger, [
        {"source": "营商环境评价反馈", "found_on": today - timedelta(days=120), "bank": cast.banks[0].id,
         "problem": "信贷办理时间比全省平均多 3 个工作日", "goal": "8 个工作日内", "measure": "下放审批权限",
         "due_on": today - timedelta(days=20), "person": person_name(rng), "cause": "逐级上报环节多"},
        {"source": "第三方反馈", "found_on": today - timedelta(days=100), "bank": cast.banks[1 % len(cast.banks)].id,
         "problem": "首贷户占比偏低", "goal": "不低于 30%", "measure": "建首贷团队", "due_on": today,
         "person": person_name(rng)},
        {"source": "企业反映", "found_on": today - timedelta(days=60), "unit": "县不动产登记中心",
         "problem": "抵押登记要跑窗口两次", "measure": "网上即时办理", "due_on": today - timedelta(days=6),
         "person": person_name(rng)},
    ])  # fmt: skip
    _mend(cast)


def _mend(cast: Cast) -> None:
    faults = sorted(cast.find(Rectification), key=lambda one: str(one.no))
    ledger, today = cast.ledger, cast.today
    ids = [each.id for each in faults]

    def day(back: int) -> date:
        return today - timedelta(days=back)

    def go(some: list[str], key: str, back: int, words: str = "", **values: Any) -> None:
        if some:
            rectifying.move(ledger, some, key, day=day(back), words=words, today=today, **values)

    # The last fault found can be dealt with from 10 days ago on; a few are left as they are.
    go(ids[:-2], "order", 10, goal="按期清零")
    go(ids[:-2], "report", 8, "已拟定方案")
    go(ids[1:4], "watch", 6, "现场督办")
    go(ids[:5], "mend", 4, measure="已改流程并公示", proof="整改报告、照片")
    go(ids[:3], "close", 2, checked_by="县金融服务中心")
    go(ids[3:4], "return", 1, "照片看不清，请补充")
    go(ids[3:4], "talk", 1, "约谈支行分管行长")
    go(ids[3:4], "account", 0, "建议上级行问责")


def hear(cast: Cast) -> None:
    """Complaints about fees, irregular brokers, cases of duty done."""
    today = cast.today
    firms = sorted(cast.may_borrow) or [each.id for each in cast.firms]
    cast.enter(f"登记收费投诉 {len(texts.COMPLAINTS)} 件", Complaint, [
        {"received_on": today - timedelta(days=110 - 25 * n), "bank": cast.banks[n % len(cast.banks)].id,
         "enterprise": firms[n % len(firms)], "channel": "12345 热线" if n % 2 else "专班电话", "kind": kind,
         "amount": (n + 1) * FEN_PER_WAN // 10, "content": content,
         **({"result": ("属实", "部分属实", "不属实")[n % 3], "handled_on": today - timedelta(days=100 - 25 * n),
             "measure": "已退还并通报", "refunded": FEN_PER_WAN // 20} if n < 3 else {"result": "核查中"})}
        for n, (kind, content) in enumerate(texts.COMPLAINTS)
    ])  # fmt: skip
    cast.enter(f"登记异常中介 {len(texts.INTERMEDIARIES)} 家", Intermediary, [
        {"name": name, "deeds": deeds, "facts": facts, "found_on": today - timedelta(days=90 - 20 * n),
         "source": "走访时企业反映", "person": person_name(cast.rng),
         **({"state": "已移交", "handed_to": "县处非办", "handed_on": today - timedelta(days=80 - 20 * n)}
            if n < 2 else {"state": "排查中"})}
        for n, (name, deeds, facts) in enumerate(texts.INTERMEDIARIES)
    ])  # fmt: skip
    cast.enter("登记尽职免责案例 2 件", DutyCase, [
        {"day": today - timedelta(days=50 - 20 * n), "bank": cast.banks[n].id if n < len(cast.banks) else None,
         "person": person_name(cast.rng), "enterprise": firms[(n + 7) % len(firms)], "amount": 20 * FEN_PER_WAN,
         "facts": "按规定做了贷前调查和贷后检查，企业因订单取消逾期", "exempt": n == 0,
         "basis": "没有失职的确切证据" if n == 0 else "贷后检查缺两次记录"}
        for n in range(2)
    ])  # fmt: skip
