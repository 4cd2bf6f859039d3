"""The books of the page: referrals, batches, what waits, refusals, guarantees, guarantors, products, teams."""

from __future__ import annotations

from datetime import date

from ledger_desk.model.bank_answers import GIVEN_UP, GRANTED, PENDING, REFUSED
from ledger_desk.model.records import (
    Application,
    Guarantee,
    Guarantor,
    Product,
    PushBatch,
    Referral,
    Team,
)
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.book import Book, Deed, Extra, QuickView, Wheres
from ledger_desk.ui.pages.pushing import cells, deeds
from ledger_desk.work.pushing import WAITING

_OPEN = (Where("decision", "=", PENDING), Where("bank", "notblank"))
_REFUSED = (Where("decision", "=", REFUSED),)
_UNANSWERED = (Where("contacted_on", "blank"), *_OPEN)
_HOW = "由“登银行回话”或“读回银行表”写，不能直接改。"
_FIXED = {
    "application": "推的是哪一笔申报，推送时定下，不能改；推错了请撤回推送。",
    "enterprise": "企业随申报，不能改。", "bank": "只推给意向银行；推错了请撤回推送。",
    "guarantor": "推错了请撤回推送。", "batch": "批次由推送编，不能改。",
    "pushed_on": "推送日期是这一批的日期，不能单改。", "given_up_on": _HOW, "answered_on": _HOW,
}  # fmt: skip

REFERRALS = Book(
    key="referrals", title="推荐到银行", cls=Referral, noun="笔",
    columns=("enterprise", "bank", "clock", "decision", "pushed_on", "contacted_on", "complete_on",
             "decided_on", "granted", "drawn", "guarantor", "enterprise.township", "application.amount", "batch"),
    sort=(("pushed_on", True),),
    views=(
        QuickView("late", "超时", scan=cells.late, mark="late", sort=(("pushed_on", False),),
                  nothing="没有超过时限的。"),
        QuickView("contact", "未对接", _UNANSWERED, sort=(("pushed_on", False),),
                  nothing="推送的都对接了。"),
        QuickView("papers", "材料未齐", (Where("contacted_on", "notblank"), Where("complete_on", "blank"), *_OPEN),
                  nothing="对接了的，材料都收齐了。"),
        QuickView("pending", "审批中", (Where("complete_on", "notblank"), *_OPEN),
                  sort=(("complete_on", False),), nothing="没有收齐材料等决定的。"),
        QuickView("granted", "已授信未放款", (Where("decision", "=", GRANTED), Where("drawn_on", "blank")),
                  nothing="授信的都放款了。"),
        QuickView("drawn", "已放款", (Where("drawn_on", "notblank"),), nothing="还没有放款的。"),
        QuickView("refused", "不予授信", _REFUSED, nothing="没有不予授信的。"),
        QuickView("given_up", "企业放弃", (Where("decision", "=", GIVEN_UP),), nothing="没有企业放弃的。"),
    ),
    hint="推荐清单推给意向银行以后，每户每家银行一笔登在这里：对接、材料、决定、放款。先到“待推送”里推送。",
    can_begin=False, opens=deeds.open_referral,
    deeds=(
        Deed("answer", "登银行回话", deeds.key_in, icon="pencil", shortcut="F4", pri=True),
        Deed("read", "读回银行表", deeds.read_back, icon="file-import", pri=True, free=True),
        Deed("books", "写银行回填表…", deeds.books_of_referrals, icon="file-export", free=True),
        Deed("contact", "记对接", deeds.contact, icon="users", where=_UNANSWERED, why="选中的都对接了"),
        Deed("feed", "记反馈专班", deeds.feed_back, icon="bell", where=_REFUSED, why="没有不予授信的"),
        Deed("coach", "转辅导", deeds.coach, icon="seedling", where=_REFUSED, why="没有不予授信的"),
        Deed("withdraw", "撤回推送", deeds.withdraw, icon="arrow-back-up"),
    ),
    extras=(Extra("clock", "时限", cells.clock_cells, width=172),),
    locked=_FIXED, conditions=("bank", "enterprise.township", "batch", "decision"),
    children=("matching", "cultivation"), can_remove=False,
)  # fmt: skip

BATCHES = Book(
    key="batches", title="推送批次", cls=PushBatch, noun="批",
    columns=("no", "day", "bank", "guarantor", "told", "returned_on", "sender", "note"),
    sort=(("day", True), ("no", True)),
    views=(
        QuickView("open", "未回填", (Where("returned_on", "blank"), Where("bank", "notblank")),
                  nothing="每一批银行都回填过。"),
    ),
    hint="推给一家银行（或担保机构）一天的名单是一批，推送时自动编号。",
    can_begin=False, opens=deeds.show_batch,
    deeds=(
        Deed("books", "写银行回填表", deeds.books_of_batches, icon="file-export", pri=True,
             where=(Where("bank", "notblank"),), why="担保机构没有回填表"),
        Deed("read", "读回银行表", deeds.read_back, icon="file-import", pri=True, free=True),
    ),
    extras=(Extra("told", "已回填", cells.batch_cells, width=100),),
    locked={"no": "批次号自动编，不能改。", "day": "推送日期不能改；推错了请撤回推送。",
            "bank": "推错了请撤回推送。", "guarantor": "推错了请撤回推送。"},
    children=("referral",), can_remove=False,
)  # fmt: skip

WAITING_BOOK = Book(
    key="waiting", title="待推送", cls=Application, noun="户", name="推荐清单",
    columns=("no", "enterprise", "enterprise.township", "amount", "bank1", "bank2", "purpose",
             "security", "recommended_on", "batch"),
    sort=(("recommended_on", False),), where=WAITING,
    hint="召集人签字列入推荐清单、还没有推给银行的，都在这里。全选，一次推送。",
    can_begin=False, opens=deeds.open_application,
    deeds=(Deed("push", "推送", deeds.push, icon="send", shortcut="F4", pri=True),),
    locked={"state": "状态由审核写，不能直接改。"}, conditions=("bank1", "enterprise.township", "batch"),
    children=("review",), can_remove=False,
)  # fmt: skip

REFUSALS = Book(
    key="refusals", title="未授信辅导", cls=Referral, noun="笔", name="未授信",
    columns=("enterprise", "bank", "reason", "decided_on", "fed_back_on", "clock", "coached",
             "enterprise.township", "application"),
    sort=(("decided_on", True),), where=_REFUSED,
    views=(
        QuickView("feedback", "要反馈专班的", scan=cells.to_feed_back, mark="late",
                  nothing="不予授信的都向专班反馈了。"),
        QuickView("coach", "要辅导的", scan=cells.to_coach, nothing="能修复的都转辅导了。"),
        QuickView("coaching", "辅导中", scan=cells.in_coaching, nothing="没有正在辅导的。"),
        QuickView("ready", "可再次申报", scan=cells.ready,
                  nothing="还没有辅导出结果的。在“首贷培植”里记帮扶、写上帮扶结果，就到这里来。"),
    ),
    hint="银行不予授信的到这里：记下反馈，能修复的转辅导，辅导好了再次申报。",
    can_begin=False, opens=deeds.open_referral,
    deeds=(
        Deed("coach", "转辅导", deeds.coach, icon="seedling", shortcut="F4", pri=True),
        Deed("again", "再次申报", deeds.again, icon="refresh", pri=True),
        Deed("feed", "记反馈专班", deeds.feed_back, icon="bell"),
        Deed("answer", "登银行回话", deeds.key_in, icon="pencil"),
    ),
    extras=(
        Extra("clock", "时限", cells.clock_cells, width=172),
        Extra("coached", "辅导", cells.coaching_cells, width=96),
    ),
    locked=_FIXED, conditions=("bank", "reason", "enterprise.township"),
    children=("cultivation", "matching"), can_remove=False,
)  # fmt: skip


def _ended() -> Wheres:
    return (Where("until", "<", date.today()), Where("released_on", "blank"))


GUARANTEES = Book(
    key="guarantees", title="担保业务", cls=Guarantee, noun="笔",
    columns=("enterprise", "odd", "guarantor", "bank", "amount", "balance", "fee",  "since", "until",
             "small_rural", "no_loan_before"),
    sort=(("since", True),),
    views=(
        QuickView("live", "在保", (Where("released_on", "blank"),), nothing="没有在保的。"),
        QuickView("rural", "支小支农", (Where("small_rural", "=", True),), nothing="没有支小支农的。"),
        QuickView("first", "无贷户", (Where("no_loan_before", "=", True),), nothing="没有无贷户的担保。"),
        QuickView("ended", "到期未解保", _ended, mark="late", nothing="到期的都解保了。"),
        QuickView("paid", "代偿", (Where("paid_out_on", "notblank"),), nothing="没有代偿的。"),
    ),
    hint="政府性融资担保的每一笔：费率不高于 1%，单户 500 万元以下，支小支农占比不低于 90%。",
    initial=lambda view: {"since": date.today(), "small_rural": True},
    extras=(Extra("odd", "要核对", cells.guarantee_cells, width=130),),
    conditions=("guarantor", "bank", "small_rural"),
)  # fmt: skip
GUARANTORS = Book(
    key="guarantors", title="担保机构", cls=Guarantor, noun="家",
    columns=("name", "kind", "contact", "phone", "note"),
    hint="登记政府性担保机构，推荐清单可以推给它，担保业务也记在它名下。", children=("guarantee", "referral"),
)  # fmt: skip
PRODUCTS = Book(
    key="products", title="信贷产品", cls=Product, noun="个",
    columns=("bank", "name", "first_loan", "audience", "most", "months", "rate", "security", "online"),
    views=(
        QuickView("first", "首贷专属", (Where("first_loan", "=", True),), nothing="还没有首贷专属产品。"),
        QuickView("live", "在办", (Where("stopped_on", "blank"),), nothing="没有在办的产品。"),
    ),
    hint="各家银行的信贷产品，首贷专属的单独标出，走访和辅导时好对着推荐。",
)  # fmt: skip
TEAMS = Book(
    key="teams", title="服务团队", cls=Team, noun="个",
    columns=("bank", "kind", "name", "leader", "phone", "since", "until"),
    views=(QuickView("live", "现任", (Where("until", "blank"),), nothing="没有现任的团队。"),),
    hint="宣讲团、顾问团、首贷服务团队、首席金融服务官，按银行登记。",
)  # fmt: skip

BOOKS = (REFERRALS, BATCHES, WAITING_BOOK, REFUSALS, GUARANTEES, GUARANTORS, PRODUCTS, TEAMS)
