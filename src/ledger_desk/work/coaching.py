"""From a refusal to the next application: feedback, coaching as a cultivation, help, applying again.

`seeds/003` 六: what does not fit is reported to the task force within five working days, and townships
and banks coach the firm; `seeds/002` 六(一): the plan has three parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger_desk.model.bank_answers import REFUSED
from ledger_desk.model.records import (
    Application,
    Cultivation,
    Enterprise,
    Help,
    Matching,
    Referral,
)
from ledger_desk.model.refusing import obstacle_of
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.answered import Answered, read_answered
from ledger_desk.work.calling import call_all
from ledger_desk.work.deciding import GROWING, LEFT, answer, open_cultivation
from ledger_desk.work.outcome import Outcome, Refused

TO_FEED_BACK, TO_COACH, COACHING, READY = "feedback", "coach", "coaching", "ready"
# How an application came about → how the firm came onto the white list.
_SOURCES = {
    "走访": "走访发现",
    "银行推荐": "银行推荐",
    "企业自荐": "企业自荐",
    "部门推荐": "部门推荐",
}
_PRIOR = {"无贷户": "无贷", "首贷户": "有贷", "有贷户": "有贷"}
# Obstacle → kind of the first help, and what the three parts of the plan usually say.
_PLANS: Mapping[str, tuple[str, str, str, str]] = {
    "缺信息": ("政策辅导", "补齐经营场所、执照、合同等资料", "资料齐了按原需求再报", ""),
    "缺抵押": ("担保增信", "", "换信用类、保证类产品，或补抵质押物", ""),
    "缺担保": ("担保增信", "", "联系政府性融资担保机构，费率不高于 1%", ""),
    "财务不规范": ("财务管理", "建账记账，按月出报表", "", "货款走对公账户，积累结算流水"),
    "征信问题": ("征信修复", "理清各行余额和逾期", "征信更新后再报", ""),
    "其他": ("政策辅导", "", "", ""),
}


def feed_back(
    ledger: Ledger, referrals: Sequence[str], on: date, progress: Progress = silent
) -> Outcome:
    """Record that the bank told the task force of these refusals on a day, as one step."""
    with ledger.read() as rows:
        known = read_answered(rows, referrals)
        titles = call_all(rows, Referral, referrals)
    refused = []
    given: dict[str, dict[str, Any]] = {}
    for each in referrals:
        one = known.get(each)
        if one is None or one.values.get("decision") != REFUSED:
            refused.append(Refused(each, titles.get(each, ""), "不是“不予授信”，不用反馈专班。"))
        elif one.values.get("fed_back_on") is not None:
            why = f"{one.values['fed_back_on']} 已经反馈过。"
            refused.append(Refused(each, titles[each], why))
        else:
            given[each] = {"fed_back_on": on}
    made = answer(ledger, given, on, progress, name="记反馈专班") if given else Outcome()
    said = f"记反馈专班 {len(made.done):,} 户"
    return Outcome(made.done, (*refused, *made.refused), made.step, said)


def coach(
    ledger: Ledger, referrals: Sequence[str], on: date | None = None, progress: Progress = silent
) -> Outcome:
    """Take refused firms into coaching: a cultivation with its plan and a first help, one step.

    A firm that is under cultivation already gets the refusal linked to it and a help.
    """
    day = on or date.today()
    with ledger.read() as rows:
        known = read_answered(rows, referrals)
        titles = call_all(rows, Referral, referrals)
        coached = {str(c.referral) for c in _coached(rows, referrals)}
    done: list[str] = []
    refused: list[Refused] = []
    for each in dict.fromkeys(referrals):
        why = _why_not(known.get(each), each in coached)
        if why:
            refused.append(Refused(each, titles.get(each, "这一笔"), why))
        else:
            done.append(each)
    if not done:
        return Outcome(refused=refused)
    name = titles[done[0]] if len(done) == 1 else f"{len(done):,} 户"
    with ledger.step(f"转辅导：{name}", kind="edit") as step:
        for place, each in enumerate(done):
            progress(place, len(done), "正在转辅导")
            _coach(step, known[each], day)
    return Outcome.of_step(step.result, done, refused, f"转辅导 {len(done):,} 户")


def plan_of(one: Answered) -> dict[str, str]:
    """Propose the obstacle and the three parts of the plan from the reason and its measure."""
    reason = one.values.get("reason") or one.values.get("problem")
    obstacle = obstacle_of(reason)
    _, finance, credit, settlement = _PLANS[obstacle]
    measure = one.values.get("measure") or ""
    who = one.values.get("department") or ""
    first = f"{who}：{measure}" if who and measure else measure
    by = one.values.get("mend_by")
    first += f"（{by} 前）" if first and by else ""
    plan = {"plan_finance": finance, "plan_credit": credit, "plan_settlement": settlement}
    place = "plan_credit" if obstacle in ("缺抵押", "缺担保", "其他") else "plan_finance"
    plan[place] = "；".join(part for part in (first, plan[place]) if part)
    return {"obstacle": obstacle, **{k: v for k, v in plan.items() if v}}


def stages(rows: Rows) -> dict[str, set[str]]:
    """Refused referrals by where they stand; one may have to be fed back and coached at once.

    ``ready``: under coaching, a help has had a result, and the firm has not applied again since.
    """
    found: dict[str, set[str]] = {key: set() for key in (TO_FEED_BACK, TO_COACH, COACHING, READY)}
    where = (Where("decision", "=", REFUSED),)
    some = read_answered(rows, rows.ids(Query(Referral, where)))
    entries = {str(c.referral): c for c in _coached(rows, list(some))}
    helped = _helped(rows, [c.id for c in entries.values()])
    again = {
        str(a.again_of) for a in rows.find(Query(Application, (Where("again_of", "notblank"),)))
    }
    for referral, one in some.items():
        if one.values.get("fed_back_on") is None:
            found[TO_FEED_BACK].add(referral)
        entry = entries.get(referral)
        if str(one.referral.application) in again:
            continue
        if entry is None:
            if one.values.get("repairable") is not False:
                found[TO_COACH].add(referral)
        elif entry.state == GROWING:
            found[READY if entry.id in helped else COACHING].add(referral)
    return found


def applications_of(rows: Rows, referrals: Sequence[str]) -> list[str]:
    """Applications that these referrals came from, for applying again."""
    found = rows.many(Referral, list(referrals))
    return list(dict.fromkeys(
        str(found[r].application) for r in referrals if r in found and found[r].application
    ))  # fmt: skip


def _why_not(one: Answered | None, coached: bool) -> str:
    if one is None or one.referral.removed:
        return "这笔推荐已经撤回或删除。"
    if one.values.get("decision") != REFUSED:
        said = one.values.get("decision") or "审批中"
        return f"银行决定是“{said}”，只有“不予授信”的才转辅导。"
    if coached:
        return "已经在辅导了。"
    if one.values.get("repairable") is False:
        reason = one.values.get("reason") or "未授信原因"
        return f"“{reason}”记的是不可修复，没有转；要辅导的，先把“是否可修复”改成“是”。"
    return ""


def _coach(step: Step, one: Answered, day: date) -> None:
    referral = one.referral
    firm = str(referral.enterprise)
    plan = plan_of(one)
    entry = open_cultivation(step.rows, firm)
    if entry is not None:
        wanted = {"referral": referral.id, **plan}
        values = {k: v for k, v in wanted.items() if getattr(entry, k) in (None, "")}
        step.change(Cultivation, entry.id, values)
        cultivation = entry.id
    else:
        need = step.rows.get(Application, referral.application)
        source = _SOURCES.get(str(need.source), "其他") if need is not None else "其他"
        prior = step.rows.beside(Enterprise, [firm]).get(firm, {}).get("prior")
        made: dict[str, Any] = {
            "enterprise": firm, "listed_on": day, "source": source, "bank": referral.bank,
            "state": GROWING, "prior_loan": _PRIOR.get(str(prior), "未核"), "referral": referral.id,
            "need": need.amount if need is not None else None, **plan,
        }  # fmt: skip
        cultivation = step.create(Cultivation(**made))
    reason = one.values.get("reason") or one.values.get("problem") or "没写原因"
    said = [f"未授信原因：{reason}"]
    for word, name in (("说明", "problem"), ("措施", "measure"), ("期限", "mend_by")):
        value = one.values.get(name)
        if value and value != reason:
            said.append(f"{word}：{value}")
    step.create(Help(
        cultivation=cultivation, day=day, kind=_PLANS[plan["obstacle"]][0],
        who=one.values.get("department"), content="；".join(said),
    ))  # fmt: skip
    if one.matching is not None and one.matching.cultivation is None:
        step.change(Matching, one.matching.id, {"cultivation": cultivation})


def _coached(rows: Rows, referrals: Sequence[str]) -> list[Cultivation]:
    some = tuple(referrals)
    found = rows.find(Query(Cultivation, (Where("referral", "in", some),))) if some else []
    return [each for each in found if each.state != LEFT]


def _helped(rows: Rows, cultivations: Sequence[str]) -> set[str]:
    """Cultivations in which a help has had a result."""
    some = tuple(cultivations)
    if not some:
        return set()
    wheres = (Where("cultivation", "in", some), Where("result", "notblank"))
    return {str(each.cultivation) for each in rows.find(Query(Help, wheres))}
