"""Topics that no field holds but that follow at once from what the ledger knows of a firm.

The county from the township's code, the 门类 from the industry's, 是否小微 from the size, and how
often and since when a firm was visited. A firm of which nothing is known gets no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger_desk.exchange.places import name_of
from ledger_desk.model import kinds
from ledger_desk.model.records import Enterprise, Visit
from ledger_desk.model.terms import industries, industry_path
from ledger_desk.reports.filling.topic import Answer, Topic

_FIRM, _VISITS = "经营主体", "走访"
_SMALL = ("小型", "微型")

DERIVED: tuple[Topic, ...] = (
    Topic("derived.county", "所属县区", _FIRM, kinds.TEXT,
          ("所属县区", "县区", "区县", "县", "县(市、区)", "县(区)", "所在县", "所在县区"), note="按所在乡镇的区划代码"),
    Topic("derived.section", "行业门类", _FIRM, kinds.TEXT,
          ("行业门类", "所属行业门类", "国民经济行业门类", "门类"), note="按行业代码，GB/T 4754"),
    Topic("derived.small", "是否小微企业", _FIRM, kinds.YES_NO,
          ("是否小微企业", "是否小微", "是否为小微企业", "小微企业标识"), note="划型是小型、微型的写“是”"),
    Topic("visits.times", "走访次数", _VISITS, kinds.WHOLE,
          ("走访次数", "累计走访次数", "走访频次", "上门次数")),
    Topic("visits.first", "首次走访日期", _VISITS, kinds.DAY,
          ("首次走访日期", "首次走访时间", "第一次走访日期", "初次走访时间", "首访日期")),
)  # fmt: skip


def of_firm(name: str, firm: Enterprise, size: str | None) -> Answer:
    """Answer one topic of ``derived``.

    Args:
        name: ``county``, ``section`` or ``small``.
        firm: The firm.
        size: Its 划型, None where it cannot be told.
    """
    if name == "county":
        code = firm.township or ""
        county = name_of(code[:6]) if len(code) >= 6 else ""
        known = county and county != code[:6]
        return Answer(county) if known else Answer(why="没有填乡镇，或乡镇代码不在区划表里")
    if name == "section":
        # The path begins with the 门类.
        path = industry_path(firm.industry) if firm.industry in industries() else ""
        return Answer(path.split(" › ")[0]) if path else Answer(why="账上没有填行业代码")
    if size is None:
        return Answer(why="算不出来，缺划型要的数")
    return Answer(size in _SMALL)


def of_visits(
    name: str, visits: Mapping[str, Sequence[Visit]], firms: Sequence[str]
) -> dict[str, Answer]:
    """Answer ``times`` or ``first`` from the visits of firms; none at all is a gap."""
    found = {}
    for firm in firms:
        days = [visit.day for visit in visits.get(firm, ()) if visit.day]
        value = (len(visits.get(firm, ())) or None) if name == "times" else min(days, default=None)
        found[firm] = Answer(value, why="" if value is not None else "账上没有这一户的走访")
    return found
