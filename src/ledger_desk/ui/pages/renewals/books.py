"""The two books of the page 续贷, declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from ledger_desk.model.records import Loan, Renewal
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows, Where
from ledger_desk.ui.books.book import Book, Deed, Extra, QuickView
from ledger_desk.ui.grid_rows import Cell, CellLike
from ledger_desk.ui.pages.renewals import deeds
from ledger_desk.work import renewal_ends, renewing

_OPEN = renewing.OPEN
_UNDECIDED = Where("way", "blank")
_LOCKED = "办理结果由“登记办理结果”写：新贷款、结清日期跟着一起登；要改先“收回办理结果”。"


def this_month() -> tuple[Where, ...]:
    """Due in the month of today."""
    first = date.today().replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return (Where("due_on", "between", (first, last)),)


def soon(ledger: Ledger) -> tuple[Where, ...]:
    """Due within the days of the office and not proposed yet, also those that are late already."""
    with ledger.read() as rows:
        last = renewing.last_day(rows, date.today())
    return (*_OPEN, Where("due_on", "<=", last), Where("proposed", "=", False))


def days_left(_rows: Rows, records: Sequence[Any]) -> Mapping[str, CellLike]:
    """How many days until a loan falls due."""
    today = date.today()
    found: dict[str, CellLike] = {}
    for each in records:
        ended = getattr(each, "way", None) or getattr(each, "settled_on", None)
        if each.due_on is None or ended:
            continue
        days = (each.due_on - today).days
        if days < 0:
            found[each.id] = Cell(
                f"逾期 {-days} 天", "must", note=f"{each.due_on} 已经到期，还没有结果。"
            )
        else:
            found[each.id] = "今天到期" if days == 0 else f"剩 {days} 天"
    return found


def books(ledger: Ledger) -> tuple[Book, ...]:
    """The books of a ledger; the days before falling due are the office's."""
    return _renewals(), _loans(ledger)


def _renewals() -> Book:
    return Book(
        key="renewals", title="续贷", cls=Renewal, noun="笔",
        columns=(
            "enterprise", "township", "bank", "due_on", "left", "due_amount", "state", "wanted_amount",
            "list_name", "done_on", "amount", "new_due_on",
        ),
        sort=(("due_on", False),), first="open",
        views=(
            QuickView("open", "没办结的", (_UNDECIDED,), nothing="列进来的都有结果了。"),
            QuickView("month", "本月到期", this_month, nothing="这个月没有到期的。"),
            QuickView("new", "待摸排", (Where("state", "=", "待摸排"),), nothing="都摸排过了。", mark="clock"),
            QuickView("wanted", "有需求未办", (Where("state", "=", "有需求未办"),), nothing="有需求的都办了。", mark="half"),
            QuickView("done", "已办", (Where("way", "=", renewal_ends.RENEWED),), nothing="还没有办过无还本续贷。"),
            QuickView(
                "extended", "展期", (Where("way", "in", (renewal_ends.EXTENDED, renewal_ends.RESCHEDULED)),),
                nothing="没有展期，也没有调整还款安排的。",
            ),
            QuickView("not", "未续贷", (Where("way", "=", renewal_ends.NOT_RENEWED),), nothing="没有未续贷的。"),
            QuickView("negative", "负面清单", (Where("list_name", "=", renewing.NEGATIVE),), nothing="负面清单是空的。"),
        ),
        hint="贷款快到期时列进来：问企业要不要续、要续多少，再登办成了什么。无还本续贷、展期、调整还款安排、还后再贷、正常收回、未续贷分开统计。",
        begin_text="登记续贷",
        deeds=(
            Deed("ask", "登记需求", deeds.ask_wanted, icon="pencil", where=(_UNDECIDED,), why="都已经有结果了", pri=True),
            Deed("end", "登记办理结果", deeds.ask_end, icon="circle-check", where=(_UNDECIDED,), why="都已经有结果了", pri=True),
            Deed("list", "列入清单", deeds.ask_list, icon="list-check"),
            Deed("back", "收回办理结果", deeds.take_back, icon="arrow-back-up", where=(Where("way", "notblank"),)),
            Deed("loan", "看到期贷款", deeds.open_loan, icon="cash", many=False, reads=True),
            Deed("due", "摸排到期贷款", deeds.propose_due, icon="refresh", free=True),
        ),
        extras=(Extra("left", "还剩", days_left, width=110),),
        locked=dict.fromkeys(("way", "done_on", "new_loan", "new_due_on", "amount"), _LOCKED),
        conditions=("bank", "township", "due_on", "list_name"),
        initial=lambda _view: {"list_name": renewing.UNLISTED},
    )  # fmt: skip


def _loans(ledger: Ledger) -> Book:
    return Book(
        key="due", title="到期贷款", cls=Loan, noun="笔",
        columns=(
            "enterprise", "township", "bank", "contract", "owed", "due_on", "left", "proposed", "grade", "form",
            "signed_on",
        ),
        where=_OPEN, sort=(("due_on", False),),
        views=(
            QuickView("soon", "该列入的", lambda: soon(ledger), nothing="快到期的都列进续贷了。", mark="clock"),
            QuickView("month", "本月到期", this_month, nothing="这个月没有到期的。"),
            QuickView("late", "已过期未结清", lambda: (Where("due_on", "<", date.today()),), nothing="没有过了期还没结清的。", mark="late"),
        ),
        hint="还没有写了到期日期、又没结清的贷款。贷款登了到期日期，快到期时就在这里。",
        begin_text="登记贷款",
        deeds=(
            Deed("propose", "列入续贷", deeds.propose_chosen, icon="plus", where=(Where("proposed", "=", False),), why="都已经列入了", pri=True),
            Deed("due", "摸排到期贷款", deeds.propose_due, icon="refresh", free=True, pri=True),
        ),
        extras=(Extra("left", "还剩", days_left, width=110),),
        conditions=("bank", "township", "due_on", "grade"),
    )  # fmt: skip
