"""The books of 申报与审核: both lists, what was said, what departments answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from ledger_desk.model import locks, review
from ledger_desk.model import work_words as words
from ledger_desk.model.records import Application, Check, Review
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.book import Book, Deed, QuickView
from ledger_desk.ui.pages.applications import deeds
from ledger_desk.ui.pages.applications.marking import EXTRAS
from ledger_desk.work.reviewing import mine

# `domain.md` §5.4, in its order; what the list on the screen shows is a few of them.
APPLY_COLUMNS = (
    "no", "enterprise.township", "enterprise", "enterprise.code", "enterprise.kind", "enterprise.size",
    "enterprise.industry_name", "enterprise.person", "enterprise.phone", "enterprise.place", "source",
    "visit.day", "visit.first", "amount", "months", "purpose", "security", "bank1", "bank2",
    "first_loan", "renewal", "lawful", "settled", "genuine", "creditworthy", "proper", "state", "note",
)  # fmt: skip
RECOMMEND_COLUMNS = (
    *APPLY_COLUMNS[:-2], "batch", "first_by", "first_opinion", "first_on", "bank_by", "bank_opinion", "bank_on",
    "leader_by", "leader_opinion", "leader_on", "signed_on", "pushed_banks", "pushed_on", "met_on",
    "complete_on", "decided_on", "outcome", "granted", "granted_months", "drawn_on", "drawn",
    "granted_rate", "granted_security", "no_reason", "fed_back_on", "measure", "state", "left_why", "left_on", "note",
)  # fmt: skip
_HERE = (
    "enterprise", "amount", "state", "five", "many_lenders", "altered", "state_on", "enterprise.township",
    "bank1", "bank2", "no",
)  # fmt: skip
_LISTED = (
    "enterprise", "amount", "pushed_banks", "outcome", "granted", "drawn", "recommended_on", "batch",
    "enterprise.township", "bank1", "bank2", "state",
)  # fmt: skip
_FOLDED = ("office", "entered_by", "again_of", "visit")
_VIEWS = ("初审", "银行审核", "组长审核", "待签字")
_LOCKED = {**locks.locked(Application), "no": "申报编号由程序编，不能改。"}
_ON_LIST = (review.RECOMMENDED, review.REMOVED)


def _in(*states: str | None) -> tuple[Where, ...]:
    return (Where("state", "in", states),)


def _mine(ledger: Ledger) -> tuple[Where, ...]:
    person = ledger.person
    return _in(*mine(person.role if person else None))


def _again() -> tuple[Where, ...]:
    refused = (
        Where("state", "=", review.RECOMMENDED),
        Where("outcome", "in", ("不予授信", "企业放弃")),
    )
    return (*refused,)


def _stage_views() -> tuple[QuickView, ...]:
    nothing = "现在没有{}的。"
    return tuple(
        QuickView(f"stage{n}", _VIEWS[n - 1], _in(state), nothing.format(state))
        for n, (state, _, _) in enumerate(review.STAGES, 1)
    )


def application_book(ledger: Ledger) -> Book:
    """The application list and everything before and beside it."""
    return Book(
        key="applications", title="申报清单", cls=Application, noun="笔", name="申报",
        columns=_HERE, sort=(("state_on", True),),
        views=(
            QuickView("mine", "待我审", lambda: _mine(ledger), "没有等您审的。", "half"),
            QuickView("registered", "待列入", _in(review.REGISTERED, None), "没有登记了还没列入清单的。"),
            *_stage_views(),
            QuickView("returned", "退回要改", _in(review.RETURNED), "没有退回要改的。", "explain"),
            QuickView("ended", "未过、撤回", _in(review.FAILED, review.WITHDRAWN), "没有未通过或撤回的。"),
            QuickView("outside", "清单外", _in(review.OUTSIDE), "没有清单外支持的。"),
        ),
        hint="走访时问到融资需求、五项标准都符合的，在这里登记，列入申报清单，逐级审核。",
        begin=deeds.begin, begin_text="登记申报", opens=deeds.open_one,
        deeds=(*deeds.APPLICATION_DEEDS, _export("申报清单", APPLY_COLUMNS)), extras=EXTRAS, locked=_LOCKED,
        conditions=("state", "enterprise.township", "bank1", "applied_on"),
        search=("no",), children=("review", "dept_check", "referral"), folded=_FOLDED,
        initial=lambda _: {"applied_on": date.today()},
    )  # fmt: skip


def recommendation_book() -> Book:
    """The recommendation list: what the convener signed, and what was removed from it."""
    return Book(
        key="recommended", title="推荐清单", cls=Application, noun="笔", name="推荐",
        columns=_LISTED, sort=(("recommended_on", True),), where=_in(*_ON_LIST), can_begin=False, can_remove=False,
        views=(
            QuickView("on", "在清单上", _in(review.RECOMMENDED), "推荐清单上还没有。"),
            QuickView("unpushed", "还没推送", (*_in(review.RECOMMENDED), Where("pushed_banks", "=", 0)), "都推送给银行了。", "half"),
            QuickView("again", "可再次申报", _again, "没有银行都回绝了的。"),
            QuickView("removed", "已移出", _in(review.REMOVED), "没有移出过。"),
        ),
        first="on", hint="召集人签字以后，自动列在这里，分批推送给意向银行。",
        opens=deeds.open_one, deeds=(*deeds.RECOMMENDED_DEEDS, _export("推荐清单", RECOMMEND_COLUMNS)),
        extras=EXTRAS, locked=_LOCKED, conditions=("batch", "enterprise.township", "bank1", "outcome"),
        search=("no", "batch"), folded=_FOLDED, children=("review", "referral", "dept_check"),
    )  # fmt: skip


REVIEWS = Book(
    key="reviews", title="审核意见", cls=Review, noun="条", name="审核意见",
    columns=("application.enterprise", "application", "level", "verdict", "opinion", "reviewer", "day", "sheet"),
    sort=(("day", True),), can_begin=False, can_remove=False, opens=deeds.open_said, locked=locks.locked(Review),
    views=(
        QuickView("passed", "通过", (Where("verdict", "=", review.PASSED),), "还没有通过的意见。"),
        QuickView("back", "退回和不通过", (Where("verdict", "in", (review.SENT_BACK, review.REFUSED)),), "没有退回或不通过的意见。"),
    ),
    hint="每一道审核的结论、意见、审核人和日期，都记在这里，不能改。",
    deeds=(Deed("sheet", "重印签字页", deeds.reprint, icon="printer", many=False, reads=True,
                can=lambda r: "" if r.sheet else "这条意见还没有上签字页"),),
    conditions=("level", "reviewer", "day"), search=("opinion", "sheet"), folded=("frozen",), children=(),
)  # fmt: skip
CHECKS = Book(
    key="checks", title="部门核查", cls=Check, noun="项", name="部门核查",
    columns=("application.enterprise", "application", "item", "department", "result", "day", "remark"),
    views=(
        QuickView("open", "未反馈", (Where("result", "=", review.UNANSWERED),), "部门都反馈了。", "half"),
        QuickView("odd", "有异常", (Where("result", "=", review.ODD),), "没有异常的。", "explain"),
    ),
    hint="在申报清单里选中几笔，点“提请部门核查”，要核查的事项就列在这里，按部门导出、收回。",
    deeds=(Deed("ask", "导出给部门填", deeds.write_ask_list, icon="file-export", free=True, pri=True, reads=True),),
    conditions=("department", "item", "result"), search=("remark",), children=(),
)  # fmt: skip


def _export(title: str, columns: tuple[str, ...]) -> Deed:
    words_ = f"导出{title}（全部 {len(columns)} 列）"
    return Deed("full", words_, partial(deeds.export_full, columns), icon="file-export", free=True, reads=True)  # fmt: skip


def books(ledger: Ledger) -> tuple[Book, ...]:
    """The four books of a ledger."""
    assert len(words.REVIEW_LEVELS) == len(review.STAGES)
    return application_book(ledger), replace(recommendation_book()), REVIEWS, CHECKS
