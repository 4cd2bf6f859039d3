"""The three books of the page 活动信息, declared."""

from __future__ import annotations

from functools import partial

from ledger_desk.model.records import Activity, Attendance, TaxYear
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Where
from ledger_desk.store.worked.parks import SERVED_GRADES
from ledger_desk.ui.books.book import Book, Deed, QuickView
from ledger_desk.ui.pages.activities import deeds
from ledger_desk.work.activities import EVIDENCE, FAIR, FAIRS, RECEPTION, REPORT

# Kind of a new record, by the view it is begun in.
_KINDS = {
    "talks": "专题宣讲", "help": "帮扶活动", "fairs": FAIR, "reports": REPORT, "days": RECEPTION,
    "officers": "首席服务官接访", "cases": "典型案例", "evidence": EVIDENCE,
}  # fmt: skip
_SERVED = (Where("newest", "=", True), Where("grade", "in", SERVED_GRADES))


def books(ledger: Ledger) -> tuple[Book, ...]:
    """The books of a ledger."""
    return _activities(ledger), _attendances(), _tax_rated()


def _kind(*kinds: str) -> tuple[Where, ...]:
    return (Where("kind", "in", kinds),)


def _activities(ledger: Ledger) -> Book:
    return Book(
        key="activities", title="活动信息", cls=Activity, noun="次", name="活动",
        columns=("name", "kind", "day", "office", "bank", "firms", "signed", "signed_amount", "sent_on", "indicator", "period"),
        sort=(("day", True),),
        views=(
            QuickView("talks", "宣讲", _kind("专题宣讲", "广泛宣传", "培训"), nothing="还没有宣讲和宣传。"),
            QuickView("help", "帮扶", _kind("帮扶活动"), nothing="还没有帮扶活动。"),
            QuickView("fairs", "对接会", _kind(*FAIRS), nothing="还没有开过对接会：以县为单位，一年至少一次首贷专场对接会。"),
            QuickView("reports", "专题信息", _kind(REPORT), nothing="还没有专题信息：各单位每月至少一篇。"),
            QuickView("days", "接待日", _kind(RECEPTION), nothing="还没有登记行长接待日：每家银行每周一天。"),
            QuickView("officers", "服务官", _kind("首席服务官接访"), nothing="还没有登记首席服务官接访。"),
            QuickView("cases", "案例产品", _kind("经验做法", "创新产品", "典型案例"), nothing="还没有经验做法、创新产品和典型案例。"),
            QuickView("evidence", "佐证", _kind(EVIDENCE), nothing="还没有佐证材料：登一条，写佐证哪个指标、哪一期，把文件拖到右边的附件里。"),
        ),
        hint="宣讲、帮扶、对接会、接待日、专题信息、案例、产品、佐证材料都登在这里，一件一条；参加的企业可以一次贴进来。",
        begin_text="登记活动",
        initial=partial(deeds.initial, ledger, _KINDS),
        deeds=(
            Deed("firms", "登记参加企业", deeds.add_firms, icon="users", many=False, pri=True),
            Deed("send", "登记报送", deeds.send, icon="send", where=(Where("sent_on", "blank"),), why="都报过了", pri=True),
        ),
        conditions=("kind", "office", "bank", "day"),
        search=("name", "host", "content", "indicator"),
        children=("attendance", "matching"),
    )  # fmt: skip


def _attendances() -> Book:
    return Book(
        key="attendances", title="参加企业", cls=Attendance, noun="户", name="参加企业",
        columns=("enterprise", "enterprise.township", "activity", "activity.kind", "activity.day", "asked", "answer", "amount", "enterprise.prior"),
        sort=(("activity", False),),
        views=(
            QuickView("asked", "有诉求的", (Where("asked", "notblank"),), nothing="没有登记诉求。"),
            QuickView("open", "有诉求没答复", (Where("asked", "notblank"), Where("answer", "blank")), nothing="诉求都答复了。", mark="half"),
        ),
        hint="在“活动信息”里选一次活动，按“登记参加企业”把名单贴进来；谈成了再从这里登记对接。",
        begin_text="登一户参加",
        deeds=(Deed("match", "登记对接", deeds.match_attendances, icon="link", pri=True),),
        conditions=("activity", "activity.kind", "enterprise.township"),
    )  # fmt: skip


def _tax_rated() -> Book:
    return Book(
        key="tax", title="纳税信用", cls=TaxYear, noun="户", name="纳税信用企业",
        columns=("enterprise", "enterprise.township", "year", "grade", "paid", "credited", "enterprise.lenders", "contacted_on", "enterprise.phone"),
        where=_SERVED, sort=(("grade", False), ("paid", True)),
        views=(
            QuickView("wanting", "没有授信的", (Where("credited", "=", False),), nothing="都有授信了，应贷尽贷。", mark="half"),
            QuickView("untouched", "还没对接过", (Where("credited", "=", False), Where("contacted_on", "blank")), nothing="没有授信的都对接过了。", mark="late"),
            QuickView("a", "A 级", (Where("grade", "=", "A"),), nothing="没有 A 级。"),
            QuickView("b", "B 级", (Where("grade", "=", "B"),), nothing="没有 B 级。"),
            QuickView("m", "M 级", (Where("grade", "=", "M"),), nothing="没有 M 级。"),
        ),
        hint="最近一年纳税信用是 A、B、M 级的企业列在这里（银税互动，应贷尽贷）。把税务的评级名单从“数据交换”装入，或在企业的纳税情况里登记。",
        begin_text="登一户评级",
        deeds=(Deed("match", "登记银税对接", deeds.match_tax_rated, icon="link", pri=True),),
        conditions=("grade", "year", "enterprise.township", "credited"),
        can_remove=False,
    )  # fmt: skip
