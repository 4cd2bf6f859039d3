"""批分单 and 问题整改 as books: columns, views with their clocks, deeds."""

from __future__ import annotations

from datetime import date

from ledger_desk.model.records import Rectification, Ticket
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.book import Book, Extra, QuickView, Wheres
from ledger_desk.ui.pages.tickets import clocks, deeds, mending, printing
from ledger_desk.ui.pages.tickets.timeline import MendingCard, TicketCard

_OPEN = (Where("closed_on", "blank"),)
_MENDING_OPEN = (Where("done_on", "blank"), Where("state", "!=", "已销号"))

TICKETS = Book(
    key="tickets", title="批分单", cls=Ticket, noun="件",
    columns=("clock", "state", "enterprise", "kind", "lead", "problem", "due_on", "no", "collected_on"),
    sort=(("collected_on", True),),
    views=(
        QuickView("today", "今日应研判", scan=clocks.to_judge, sort=(("collected_on", False),),
                  nothing="没有等着研判的。13710 的 1：当天研判部署。"),
        QuickView("feedback", "3天内反馈", scan=clocks.to_feed, sort=(("collected_on", False),),
                  nothing="没有等着首次反馈的。"),
        QuickView("week", "7天到期", scan=clocks.in_week, sort=(("due_on", False),),
                  nothing="没有在办的一般性问题。"),
        QuickView("month", "一个月到期", scan=clocks.in_month, sort=(("due_on", False),),
                  nothing="没有在办的重大或复杂问题。"),
        QuickView("late", "逾期", scan=clocks.late, mark="late", sort=(("collected_on", False),),
                  nothing="没有逾期的。"),
        QuickView("answer", "待答复", (Where("solved_on", "notblank"), Where("answered_on", "blank"), *_OPEN),
                  nothing="没有办结了等着答复企业的。"),
        QuickView("close", "待销号", (Where("answered_on", "notblank"), *_OPEN),
                  nothing="没有答复了等着销号的。"),
        QuickView("escalated", "已上报", (Where("state", "=", "已上报"),), nothing="没有上报上级的。"),
        QuickView("closed", "已销号", (Where("closed_on", "notblank"),), sort=(("closed_on", True),),
                  nothing="还没有销号的。"),
    ),
    hint="银行、企业反映的困难问题登在这里，批给部门办，按 13710 一件件办到销号。",
    begin=deeds.collect, begin_text="登记批分单", opens=deeds.open_ticket,
    deeds=(*deeds.DEEDS, *printing.TICKET_DEEDS),
    extras=(
        Extra("clock", "时限", clocks.clock_cells, width=150),
        Extra("faults", "要核对", clocks.faults_cells, width=80),
    ),
    locked={"state": "状态由“研判”“交办”“办结”“销号”这些按钮写，不能直接改。"},
    conditions=("kind", "lead", "weight", "source"),
    cards=(TicketCard,), children=(), folded=("state",),
)  # fmt: skip


def _late() -> Wheres:
    return (Where("due_on", "<", date.today()), *_MENDING_OPEN)


MENDINGS = Book(
    key="mendings", title="问题整改", cls=Rectification, noun="个",
    columns=("clock", "state", "bank", "problem", "unit", "person", "due_on", "found_on", "no", "order_no"),
    sort=(("found_on", True),),
    views=(
        QuickView("open", "待交办", (Where("state", "=", "待整改"),), sort=(("found_on", False),),
                  nothing="没有等着下发交办函的。"),
        QuickView("going", "整改中", (Where("state", "=", "整改中"),), sort=(("due_on", False),),
                  nothing="没有正在整改的。"),
        QuickView("late", "逾期没改完", _late, mark="late", sort=(("due_on", False),),
                  nothing="没有过了时限还没改完的。"),
        QuickView("check", "待复核", (Where("state", "=", "已整改待复核"),),
                  nothing="没有等着复核的。"),
        QuickView("closed", "已销号", (Where("state", "=", "已销号"),), nothing="还没有销号的。"),
    ),
    hint="评价反馈、明察暗访、走流程发现的问题登在这里，下发交办函，督办到整改清零。",
    begin=mending.find, begin_text="登记问题", opens=mending.open_mending,
    deeds=(*mending.DEEDS, *printing.MENDING_DEEDS),
    extras=(
        Extra("clock", "时限", clocks.mending_cells, width=110),
        Extra("faults", "要核对", clocks.faults_cells, width=80),
    ),
    locked={
        "state": "状态由“下发交办函”“整改完成”“复核销号”这些按钮写，不能直接改。",
        "order_no": "交办函编号由“下发交办函”编，不能直接改。",
    },
    conditions=("bank", "source", "unit"), cards=(MendingCard,), children=(), folded=("state",),
)  # fmt: skip
