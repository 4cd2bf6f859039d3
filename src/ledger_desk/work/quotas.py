"""The quotas that 002_d9ce38594906c82c.txt lays down, ready to be entered as 任务指标.

六（一）sets the firms under cultivation, 六（五）those that are to be lent to, 四 the share of first
loans, 六（四）the fairs, 八（二）the reports. Its wording leaves open whether a number is owed by each
bank of a group or by the group together; each line says which reading stands (`decisions.md` 24).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.records import Office, Target
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.outcome import Outcome, Refused

EACH, TOGETHER = "每家", "合计"
_XZ = "忻银发〔2020〕80号"
_GROUP_EACH = "文件写“各”家：按这一类银行每家都要达到理解；也可以改成合计。"
_GROUP_WHOLE = "文件写“农信系统”：按一个系统合计理解；也可以改成每家。"
_JOINT = "文件把股份制和城商行并列：按每家都要达到理解；也可以改成合计。"
_COUNTY = "以县为单位；市区另定。"


@dataclass(frozen=True)
class Quota:
    """One quota of the document.

    Attributes:
        key: Name in the program.
        indicator: Word of 指标.
        whom: Who owes it, in words.
        value: How many.
        unit: 户, %, 次, 篇.
        scope: 每家 or 合计, as it is read here.
        reading: Why it is read so.
        clause: Where it stands.
        bank_type: Types of banks that owe it; '' a county owes it.
        city: It is for the city's own districts, not for a county.
        monthly: The value is owed in each month.
    """

    key: str
    indicator: str
    whom: str
    value: int
    unit: str
    scope: str
    reading: str
    clause: str
    bank_type: str = ""
    city: bool = False
    monthly: bool = False


def _pair(
    key: str, whom: str, listed: int, lent: int, scope: str, reading: str, **more: Any
) -> list[Quota]:
    """The two quotas of one debtor: under cultivation, and lent to."""
    return [
        Quota(
            f"{key}_listed",
            "培植户数",
            whom,
            listed,
            "户",
            scope,
            reading,
            f"{_XZ} 六（一）",
            **more,
        ),
        Quota(
            f"{key}_lent", "获贷户数", whom, lent, "户", scope, reading, f"{_XZ} 六（五）", **more
        ),
    ]


QUOTAS: tuple[Quota, ...] = (
    *_pair("county", "每个县（市）", 300, 200, EACH, _COUNTY),
    *_pair("city", "市区", 600, 400, TOGETHER, "市区合计。", city=True),
    *_pair("state", "国有商业银行", 500, 340, EACH, _GROUP_EACH, bank_type="国有商业银行"),
    *_pair(
        "joint", "股份制和城市商业银行", 140, 100, EACH, _JOINT, bank_type="股份制商业银行、城市商业银行"
    ),
    *_pair("rural", "农信系统", 800, 500, TOGETHER, _GROUP_WHOLE, bank_type="农信系统"),
    *_pair("village", "村镇银行", 20, 10, EACH, _GROUP_EACH, bank_type="村镇银行"),
    Quota(
        "first", "首贷率", "本单位", 30, "%", TOGETHER,
        "首次获贷企业数÷新增贷款企业数；确保 30%，力争 40%。文件没有写怎么算，培植获贷率另看。", f"{_XZ} 四",
    ),
    Quota("fair", "首贷专场对接会", "每个县（市）", 1, "次", EACH, "以县为单位年内至少集中组织 1 次。", f"{_XZ} 六（四）"),
    Quota(
        "report", "专题信息", "本单位", 1, "篇", EACH, "各单位每月至少 1 篇，任务数按起止月数乘。", f"{_XZ} 八（二）",
        monthly=True,
    ),
)  # fmt: skip


def usual(office: Office) -> frozenset[str]:
    """Keys of the quotas that concern an office: the city has districts, a county owes as one."""
    own = {quota.key for quota in QUOTAS if not quota.city}
    if (office.level or "") in ("市级", "city"):
        own |= {quota.key for quota in QUOTAS if quota.city}
    return frozenset(own)


def lay_down(
    ledger: Ledger,
    keys: Collection[str],
    since: date,
    until: date,
    *,
    scopes: dict[str, str] | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Enter quotas of the document for a span of days, as one step; those there already are refused.

    Args:
        ledger: Where they go; what a county owes is owed by the office of the ledger.
        keys: Keys of `QUOTAS`.
        since: First day.
        until: Last day.
        scopes: Key → 每家 or 合计, where another reading is wanted.
        progress: Told quota by quota.

    Raises:
        UserError: The span ends before it begins.
    """
    if until < since:
        raise UserError(f"截止日期 {until} 早于起始日期 {since}，请对调或改正。")
    chosen = [quota for quota in QUOTAS if quota.key in keys]
    refused: list[Refused] = []
    with ledger.step(f"按文件布置任务 {len(chosen)} 项") as step:
        new = []
        for place, quota in enumerate(chosen):
            progress(place, len(chosen), "正在布置任务")
            values = _values(quota, ledger.office, since, until, (scopes or {}).get(quota.key, ""))
            there = _same(step.rows, values)
            if there is not None:
                why = f"{since} 至 {until} 的这一项已经布置过：任务数 {there.value}。"
                refused.append(Refused(there.id, f"{quota.indicator}　{quota.whom}", why))
            else:
                new.append(values)
        made = step.create_many(Target, new)
        step.name = f"按文件布置任务 {len(new)} 项"
    return Outcome.of_step(step.result, made, refused, f"按文件布置任务 {len(new)} 项")


def _values(quota: Quota, office: Office, since: date, until: date, scope: str) -> dict[str, Any]:
    months = (until.year - since.year) * 12 + until.month - since.month + 1
    reading = quota.reading
    if scope and scope != quota.scope:
        reading = f"本单位按“{scope}”理解。{reading}"
    return {
        "indicator": quota.indicator, "scope": scope or quota.scope, "since": since, "until": until,
        "value": quota.value * (months if quota.monthly else 1), "unit": quota.unit,
        "reading": reading, "clause": quota.clause, "bank_type": quota.bank_type or None,
        "office": None if quota.bank_type else office.id,
    }  # fmt: skip


def _same(rows: Rows, values: dict[str, Any]) -> Target | None:
    """The quota of the same indicator, debtor and span, if it is there."""
    wheres = [Where(name, "=", values[name]) for name in ("indicator", "since", "until")]
    for name in ("office", "bank_type"):
        value = values[name]
        wheres.append(Where(name, "=", value) if value else Where(name, "blank"))
    found: Sequence[Target] = rows.find(Query(Target, tuple(wheres)), 1)
    return found[0] if found else None
