"""What is said of one visit: what is missing, which rule it misses, whether it can be applied for.

Sources: `seeds/003` 四 (five standards, one or two intended banks), `domain.md` §4.7 (有效走访) and
§4.8 (the sheet).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise, Visit
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.worked.effective import CONSULTATION, NOT_FOUND
from ledger_desk.work.parameters import Parameters
from ledger_desk.work.planning_targets import Recent

VISIT, AGAIN, CHECK = "走访", "回访", "贷后用途核查"
MET, UNMET, OPEN = "符合", "不符合", "待核"
NEEDED = ("enterprise", "day", "kind", "method", "result")
OWNERS = ("法定代表人", "经营者", "实际控制人")
# What a visit that found nobody trading says of the firm: (why it does not trade, registration state).
_ENDED = {
    "查无此户": ("查无下落", ""), "已注销": ("注销", "注销"), "暂停经营": ("停业", ""),
}  # fmt: skip


class Remark(NamedTuple):
    """Something to say of a field: its grade (``must``, ``explain``, ``hint``) and a sentence."""

    kind: str
    sentence: str


class Difference(NamedTuple):
    """A value of the sheet that the firm's file does not have: offered to be written there.

    ``sure``: the file has nothing there, or the sheet can only mean the firm.
    """

    field: str
    label: str
    old: Any
    new: Any
    sure: bool


def missed(visit: Visit | Mapping[str, Any], rules: Parameters, *, evidence: bool) -> list[str]:
    """Say which rules of an effective visit are not met, one sentence each; none: it is effective.

    Args:
        visit: The visit, or its values by field.
        rules: Parameters as they hold.
        evidence: Whether a photo or signed page is attached.
    """
    values = visit if isinstance(visit, Mapping) else vars(visit)
    said = values.get
    found = []
    if said("kind") == CONSULTATION:
        found.append("窗口咨询是企业上门，不算走访。")
    if rules["visit.found"] and said("result") in NOT_FOUND:
        found.append(f"走访结果是“{said('result')}”，没有走访到企业。")
    if rules["visit.two_visitors"] and not (said("first") and (said("second") or said("manager"))):
        found.append(
            "要两人到场，这里走访人2和客户经理都空着。" if said("first") else "没有写走访人。"
        )
    if rules["visit.met_owner"] and not said("met_owner"):
        found.append("要见到经营者，这里没有勾“见到”。")
    if rules["visit.on_site"] and said("method") != "实地":
        found.append(f"要实地走访，这里是{said('method') or '没有写方式'}。")
    if rules["visit.place"] and not said("place"):
        found.append("要写走访地点，这里空着。")
    if rules["visit.evidence"] and not evidence:
        found.append("要有照片或签字页，还没有附上。")
    return found


def unmet(values: Mapping[str, Any]) -> list[str]:
    """Say what keeps a visit from going on to the application list; none: it can be 列入申报."""
    labels = field_map(Visit)
    found = []
    if not values.get("has_need") or not values.get("amount"):
        found.append("没有写明融资需求和金额。")
    for name in CRITERIA:
        verdict = values.get(name)
        if verdict != MET:
            found.append(f"“{labels[name].label}”{verdict or '还没有判'}。")
    if not (values.get("bank1") or values.get("bank2")):
        found.append("没有写意向银行，要写明 1 至 2 家。")
    return found


def refuse(values: Mapping[str, Any]) -> str:
    """Say in one sentence why a visit cannot be stored at all; '' when it can."""
    said = check(values)
    hard = [*NEEDED, "bank2", "second", "loan", "difficulty", "difficulty_kind", "next_on"]
    return next(
        (said[name].sentence for name in hard if name in said and said[name].kind == "must"), ""
    )


def check(
    values: Mapping[str, Any], *, recent: Recent | None = None, warn_days: int = 0,
    today: date | None = None, twice: bool = False,
) -> dict[str, Remark]:  # fmt: skip
    """Look at a whole sheet.

    Args:
        values: Field of `Visit` → value.
        recent: The last visit of the firm within ``warn_days``.
        warn_days: As the office has set it.
        today: The day one works on; a later visit is wrong.
        twice: Whether the firm has another visit on that day already.

    Returns:
        Field → the gravest thing to say of it.
    """
    found: dict[str, Remark] = {}

    def say(field: str, kind: str, sentence: str) -> None:
        found.setdefault(field, Remark(kind, sentence))

    labels, said = field_map(Visit), values.get
    for name in NEEDED:
        if said(name) in (None, ""):
            say(name, "must", f"还没填{labels[name].label}，没有它这次走访记不下来。")
    day = said("day")
    if day and today and day > today:
        say("day", "must", f"{day} 还没有到，走访过了才能记。多半是年份或月份写错了。")
    if twice:
        say("enterprise", "explain", "这一户同一天已经记过一次走访。请看是不是重了。")
    elif recent is not None:
        say("enterprise", "hint", f"{recent.words}，还不到 {warn_days} 天。")
    if said("first") and said("first") == said("second"):
        say("second", "must", "走访人1和走访人2是同一个人。请改一个，或者空着走访人2。")
    if said("second") and not said("first"):
        say("first", "explain", "只写了走访人2，走访人1空着。")
    if said("bank1") and said("bank1") == said("bank2"):
        say("bank2", "must", "两家意向银行是同一家。请改一家，或者空着第二家。")
    if said("met_owner") and not said("met"):
        say("met", "explain", "勾了见到经营者，没有写见的是谁。")
    _check_need(values, say)
    for name in CRITERIA:
        if said(name) in (UNMET, OPEN) and not said(f"{name}_why"):
            say(name, "explain", f"判了“{said(name)}”，请在右边写一句依据。")
    if said("kind") == CHECK and not said("loan"):
        say("loan", "must", "贷后用途核查要写明核查的是哪一笔贷款。")
    if said("difficulty") and not said("difficulty_kind"):
        say("difficulty_kind", "must", "写了困难诉求，请选问题类别，才能转成批分单。")
    if said("difficulty_kind") and not said("difficulty"):
        say("difficulty", "must", "选了问题类别，请写一句是什么困难。")
    back = said("next_on")
    if day and back and back <= day:
        say("next_on", "must", f"下次回访日期不能早于走访日期 {day}。")
    return found


def _check_need(values: Mapping[str, Any], say: Any) -> None:
    said = values.get
    told = [name for name in ("amount", "purpose", "months", "bank1", "bank2") if said(name)]
    if said("has_need"):
        if not said("amount"):
            say("amount", "explain", "有融资需求的请写金额，没有金额列不进申报清单。")
        if not said("bank1") and not said("bank2"):
            say("bank1", "hint", "意向银行要写明 1 至 2 家，才能列入申报。")
    elif told:
        word = "选的是没有需求" if said("has_need") is False else "还没有选有没有需求"
        say("has_need", "explain", f"写了需求的内容，{word}。请核对。")
    amount = said("amount")
    if amount is not None and amount <= 0:
        say("amount", "must", "需求金额要大于零。")
    if said("has_need") and said("genuine") == UNMET:
        say("genuine", "explain", "写了有融资需求，又判“真实融资需求”不符合。请核对。")


def differences(firm: Enterprise, values: Mapping[str, Any]) -> list[Difference]:
    """List what the sheet knows otherwise than the firm's file, in the order of the file."""
    labels = field_map(Enterprise)
    owner = values.get("met_role") in OWNERS
    told: list[tuple[str, Any, bool]] = [
        ("person", values.get("met") if values.get("met_role") == "法定代表人" else None, False),
        ("place", values.get("place") if values.get("method") == "实地" else None, False),
        ("staff", values.get("staff"), True),
        ("revenue", values.get("revenue"), True),
        ("phone" if owner else "liaison_phone", values.get("met_phone"), True),
        ("liaison", values.get("met") if not owner and values.get("met_phone") else None, True),
    ]
    why, state = _ENDED.get(str(values.get("result") or ""), ("", ""))
    told += [("not_trading", why or None, True), ("status", state or None, False)]
    if values.get("result") == "正常经营" and firm.not_trading:
        told.append(("not_trading", "", True))
    found = []
    for name, new, sure in told:
        old = getattr(firm, name)
        if new is None or new == (old or ("" if isinstance(new, str) else None)):
            continue
        found.append(Difference(name, labels[name].label, old, new, sure or old in (None, "")))
    return found
