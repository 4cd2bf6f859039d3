"""明察暗访, 收费投诉, 异常中介 and 尽职免责 as books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ledger_desk.model import matter_checks
from ledger_desk.model.records import Complaint, DutyCase, Inspection, Intermediary, Record
from ledger_desk.store.interrupting import Stop
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.books.book import Book, Extra, QuickView, Wheres
from ledger_desk.ui.grid_rows import Cell, CellLike
from ledger_desk.ui.pages.tickets import mending
from ledger_desk.work import rectifying


def _warnings(_rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 要核对: what should be looked at in a record, in its first words."""
    cells: dict[str, CellLike] = {}
    for each in records:
        found = matter_checks.warnings(each)
        if found:
            more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
            cells[each.id] = Cell(
                found[0].short + more, "explain", note=" ".join(w.why for w in found)
            )
    return cells


def _not_turned(ledger: Ledger, _stop: Stop) -> list[str]:
    """Inspections with a finding that nothing was made of yet."""
    with ledger.read() as rows:
        return rectifying.not_turned(rows)


def _doubtful(ledger: Ledger, stop: Stop) -> list[str]:
    with ledger.read() as rows:
        found = rows.find(Query(DutyCase))
    return [each.id for each in found if not stop() and matter_checks.warnings(each)]


def _this_year() -> Wheres:
    return (Where("day", ">=", date(date.today().year, 1, 1)),)


_CHECK = Extra("check", "要核对", _warnings, width=150)

INSPECTIONS = Book(
    key="inspections", title="明察暗访", cls=Inspection, noun="次",
    columns=("day", "kind", "bank", "branch", "business", "steps", "papers", "days", "online", "finding", "check"),
    sort=(("day", True),),
    views=(
        QuickView("turn", "发现问题没转整改", scan=_not_turned, mark="explain",
                  nothing="检查发现的问题都转了整改。"),
        QuickView("walk", "走流程", (Where("kind", "=", "走流程"),), nothing="还没有走过流程。"),
        QuickView("covert", "暗访", (Where("kind", "=", "暗访"),), nothing="还没有暗访。"),
        QuickView("year", "今年", _this_year, nothing="今年还没有检查。"),
    ),
    hint="明察、暗访、走流程看到的办理环节、材料份数、办理时间登在这里，发现问题一键转整改。",
    begin_text="登记检查", initial=lambda view: {"day": date.today()},
    deeds=mending.INSPECTION_DEEDS, extras=(_CHECK,), conditions=("kind", "bank"),
)  # fmt: skip
COMPLAINTS = Book(
    key="complaints", title="收费投诉", cls=Complaint, noun="件",
    columns=("received_on", "bank", "enterprise", "kind", "amount", "content", "result", "handled_on", "refunded", "check"),
    sort=(("received_on", True),),
    views=(
        QuickView("open", "没办结", (Where("handled_on", "blank"),), sort=(("received_on", False),),
                  nothing="投诉都办结了。"),
        QuickView("true", "查实的", (Where("result", "in", ("属实", "部分属实")),), nothing="没有查实的投诉。"),
        QuickView("tied", "搭售、挂钩", (Where("kind", "in", ("借贷搭售", "存贷挂钩")),),
                  nothing="没有借贷搭售、存贷挂钩的投诉。"),
    ),
    hint="借贷搭售、存贷挂钩、不合理收费的投诉登在这里，核查到退还、办结。",
    begin_text="登记投诉", initial=lambda view: {"received_on": date.today()}, extras=(_CHECK,),
    conditions=("bank", "kind", "result"),
)  # fmt: skip
INTERMEDIARIES = Book(
    key="intermediaries", title="异常中介", cls=Intermediary, noun="家",
    columns=("name", "deeds", "state", "found_on", "person", "place", "handed_to", "handed_on", "check"),
    sort=(("found_on", True),),
    views=(
        QuickView("looking", "排查中", (Where("state", "in", ("排查中", "")),), nothing="没有正在排查的。"),
        QuickView("listed", "异常名单", (Where("state", "in", ("已列名单", "已移交", "已处置")),),
                  nothing="名单上还没有。"),
        QuickView("hand", "该移交没移交", (Where("state", "=", "已列名单"), Where("handed_on", "blank")),
                  mark="explain", nothing="列入名单的都移交了。"),
    ),
    hint="集中摸底排查发现的异常贷款中介登在这里，名单与各银行共享。",
    begin_text="登记中介", initial=lambda view: {"found_on": date.today(), "state": "排查中"},
    extras=(_CHECK,), conditions=("deeds", "state"),
)  # fmt: skip
DUTY_CASES = Book(
    key="duty_cases", title="尽职免责", cls=DutyCase, noun="例", name="尽职免责案例",
    columns=("day", "bank", "unit", "person", "enterprise", "amount", "facts", "exempt", "basis", "check"),
    sort=(("day", True),),
    views=(
        QuickView("freed", "免责的", (Where("exempt", "=", True),), nothing="还没有免责的案例。"),
        QuickView("held", "没有免责的", (Where("exempt", "=", False),), nothing="没有不予免责的案例。"),
        QuickView("doubt", "要补依据", scan=_doubtful, mark="explain", nothing="案例的依据都写了。"),
    ),
    hint="信贷人员、推荐干部尽职以后免责的案例登在这里，让基层敢贷、愿贷。",
    begin_text="登记案例", initial=lambda view: {"day": date.today()}, extras=(_CHECK,),
    conditions=("bank", "exempt"),
)  # fmt: skip
