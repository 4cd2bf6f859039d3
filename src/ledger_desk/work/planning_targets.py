"""Which firms a plan is made of, and what is to be known of each before it is put in (走访计划).

Sources: `seeds/003` 四 (剔除非正常经营; by township, park, bank), `product.md` §4.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Cultivation,
    Enterprise,
    Loan,
    Tagging,
    Tenancy,
    Visit,
    VisitTask,
)
from ledger_desk.model.terms import industries
from ledger_desk.progress import Progress, silent
from ledger_desk.store.queries import Query, Rows, Where

BY_TOWN, BY_VILLAGE, BY_PARK, BY_INDUSTRY, BY_BANK, BY_TAG, BY_LIST = (
    "乡镇", "村", "园区", "行业", "银行", "标签", "名单",
)  # fmt: skip
SCOPES = (BY_TOWN, BY_VILLAGE, BY_PARK, BY_INDUSTRY, BY_BANK, BY_TAG, BY_LIST)
_AT_ONCE = 2_000
# What the registry says of firms that do not trade → why they are taken off the list.
_STATES = {
    "注销": "注销", "吊销": "吊销", "吊销未注销": "吊销", "停业": "停业", "歇业": "停业", "迁出": "迁出本县",
    "撤销": "注销", "清算": "停业", "除名": "吊销", "已注销": "注销", "已吊销": "吊销",
}  # fmt: skip
_KNOWN = ("注销", "吊销", "停业", "歇业", "迁出", "撤销")


@dataclass(frozen=True)
class Recent:
    """The last visit to a firm: when, by which office, by whom."""

    day: date
    office: str = ""
    who: str = ""

    @property
    def words(self) -> str:
        """``11-08 新集镇 程甲、吕乙 走访过``."""
        by = " ".join(part for part in (self.office, self.who) if part)
        return f"{self.day:%Y-%m-%d} {by or '有人'}走访过"


@dataclass(frozen=True)
class Target:
    """A firm that may be visited.

    Attributes:
        firm: Id.
        title: Name.
        township: Code of its township, '' when not known.
        village: Name of its village, '' when not known.
        dropped: Why it should be taken off, '' when it trades.
        recent: The last visit inside the days that are warned of.
        planned: Name of a plan in which it has an open task already.
    """

    firm: str
    title: str
    township: str = ""
    village: str = ""
    dropped: str = ""
    recent: Recent | None = None
    planned: str = ""


def reason_to_drop(firm: Enterprise) -> str:
    """Say why a firm should be taken off the target list; '' when nothing speaks against it."""
    status = (firm.status or "").strip()
    if status in _STATES:
        return _STATES[status]
    for word in _KNOWN:
        if word in status and f"未{word}" not in status:
            return _STATES[word]
    told = (firm.not_trading or "").strip()
    if not told:
        return ""
    found = next((reason for word, reason in _STATES.items() if word in told), "")
    if found:
        return found
    if any(word in told for word in ("查无", "下落", "失联", "无法联系")):
        return "查无下落"
    return "空壳" if "空壳" in told else "其他"


def firms_of(rows: Rows, scope: str, values: Sequence[str]) -> list[str]:
    """Find the firms of a scope, in the order of township, village and name.

    Args:
        rows: The ledger.
        scope: One of `SCOPES`.
        values: Codes of townships, names of villages, ids of parks and banks, codes of industries
            of any level, tags; for 名单 the ids of the firms themselves.
    """
    if scope == BY_LIST:
        return [firm for firm in values if firm]
    where: Where | None
    if scope == BY_TOWN:
        where = Where("township", "in", tuple(values))
    elif scope == BY_VILLAGE:
        where = Where("village", "in", tuple(values))
    elif scope == BY_INDUSTRY:
        where = Where("industry", "in", _codes_within(rows, values))
    elif scope == BY_PARK:
        of = (Where("park", "in", tuple(values)), Where("until", "blank"))
        where = _linked(rows, Tenancy, of)
    elif scope == BY_BANK:
        at = Where("bank", "in", tuple(values))
        firms = _ids_of(rows, Loan, (at, Where("settled_on", "blank")))
        where = Where("id", "in", tuple({*firms, *_ids_of(rows, Cultivation, (at,))}))
    else:
        where = _linked(rows, Tagging, (Where("tag", "in", tuple(values)),))
    order = (("township", False), ("village", False))
    return rows.ids(Query(Enterprise, (where,), sort=order))


def survey(
    rows: Rows,
    firms: Iterable[str],
    today: date,
    warn_days: int = 0,
    progress: Progress = silent,
    *,
    own: str = "",
) -> list[Target]:
    """Look at each firm: does it trade, who was there lately, is it in a plan already.

    Args:
        rows: The ledger.
        firms: Ids; doubles and those that are gone are left out.
        today: Visits count as recent from so many days before it on.
        warn_days: How many days; 0 asks nothing.
        progress: May cancel.
        own: A plan whose own open tasks do not count as planned.
    """
    ids = list(dict.fromkeys(firms))
    found: list[Target] = []
    for start in range(0, len(ids), _AT_ONCE):
        progress(start, len(ids), "正在看每一户")
        some = ids[start : start + _AT_ONCE]
        known = rows.many(Enterprise, some)
        live = [known[firm] for firm in some if firm in known and not known[firm].removed]
        recent = recent_visits(rows, [firm.id for firm in live], today, warn_days)
        planned = _planned(rows, [firm.id for firm in live], own)
        found += [
            Target(
                firm.id, firm.title, firm.township or "", firm.village or "", reason_to_drop(firm),
                recent.get(firm.id), planned.get(firm.id, ""),
            )
            for firm in live
        ]  # fmt: skip
    return found


def recent_visits(
    rows: Rows, firms: Sequence[str], today: date, days: int, *, besides: str = ""
) -> dict[str, Recent]:
    """Give the last visit of each firm within some days, by anybody of any office.

    Args:
        rows: The ledger.
        firms: Ids.
        today: The day one counts back from.
        days: How many days; 0 finds nothing.
        besides: Id of a visit that does not count: the one that is being written.
    """
    if days <= 0 or not firms:
        return {}
    since = (
        Where("enterprise", "in", tuple(firms)),
        Where("day", ">=", today - timedelta(days=days)),
    )
    visits = [
        visit for visit in rows.find(Query(Visit, since)) if visit.day and visit.id != besides
    ]
    if not visits:
        return {}
    last: dict[str, Visit] = {}
    for visit in sorted(visits, key=lambda each: each.day or date.min):
        last[str(visit.enterprise)] = visit
    people = {who for visit in last.values() for who in (visit.first, visit.second) if who}
    names = rows.titles("person", sorted(people))
    offices = rows.titles("office", sorted({v.office for v in last.values() if v.office}))
    return {
        firm: Recent(
            visit.day or today,
            offices.get(visit.office or "", ""),
            "、".join(names[who] for who in (visit.first, visit.second) if who in names),
        )
        for firm, visit in last.items()
    }


def _planned(rows: Rows, firms: Sequence[str], own: str) -> dict[str, str]:
    if not firms:
        return {}
    where = (
        Where("enterprise", "in", tuple(firms)), Where("done_on", "blank"), Where("dropped", "blank"),
    )  # fmt: skip
    tasks = [task for task in rows.find(Query(VisitTask, where)) if task.plan and task.plan != own]
    names = rows.titles("visit_plan", sorted({str(task.plan) for task in tasks}))
    return {str(task.enterprise): names.get(str(task.plan), "") for task in tasks}


def _codes_within(rows: Rows, values: Sequence[str]) -> tuple[str, ...]:
    """Codes in the ledger that lie in the industries asked for: C takes in 13, 15 and 1530."""
    known = industries()
    stems: set[str] = set()
    for value in values:
        below = [code for code, (_, parent) in known.items() if parent == value]
        stems.update(below if value.isalpha() else (value,))
    used = rows.values(Query(Enterprise), "industry", 5_000)
    return tuple(
        code for code, _ in used
        if code and (code in values or code.lstrip("ABCDEFGHIJKLMNOPQRST").startswith(tuple(stems or {"?"})))
    )  # fmt: skip


def _linked(rows: Rows, cls: type[Record], where: tuple[Where, ...]) -> Where:
    return Where("id", "in", tuple(_ids_of(rows, cls, where)))


def _ids_of(rows: Rows, cls: type[Record], where: tuple[Where, ...]) -> set[str]:
    return {str(getattr(each, "enterprise", "") or "") for each in rows.find(Query(cls, where))}
