"""The three books of 走访: tasks of the chosen plan, visits, plans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ledger_desk.model.records import Visit, VisitPlan, VisitTask
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.interrupting import Stop
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.store.worked.effective import AT_THE_WINDOW
from ledger_desk.ui.books.book import Book, Deed, QuickView, Wheres
from ledger_desk.ui.pages.visits import deeds
from ledger_desk.ui.pages.visits.cards import EffectiveCard, RecentCard
from ledger_desk.work.parameters import read
from ledger_desk.work.visiting import effective_wheres

if TYPE_CHECKING:
    from ledger_desk.ui.pages.visits.page import VisitsPage

OPEN: Wheres = (Where("done_on", "blank"), Where("dropped", "blank"))
FIVE: Wheres = tuple(Where(name, "=", "符合") for name in CRITERIA)
_BY_MOVES = "由走访登记写，不能直接改。走访了就记一次走访。"
_MOST_FIRMS = 2_000_000


@dataclass
class Chosen:
    """The plan whose tasks are shown; '' for all."""

    plan: str = ""

    def wheres(self) -> Wheres:
        """Conditions of its tasks."""
        return (Where("plan", "=", self.plan),) if self.plan else ()


def visited_lately(ledger: Ledger, stop: Stop) -> Collection[str]:
    """Open tasks whose firm somebody visited within the days that are warned of."""
    with ledger.read() as rows:
        since = date.today() - timedelta(days=int(read(rows)["visit.warn_days"]))
        recent = (Where("day", ">=", since),)
        firms = [
            firm for firm, _ in rows.values(Query(Visit, recent), "enterprise", _MOST_FIRMS, stop)
        ]
        where = (*OPEN, Where("enterprise", "in", tuple(firm for firm in firms if firm)))
        return rows.ids(Query(VisitTask, where)) if firms else ()


def _late() -> Wheres:
    return (*OPEN, Where("due_on", "<", date.today()))


def _waiting() -> Wheres:
    due = (Where("due_on", ">=", date.today()), Where("due_on", "blank"))
    return (*OPEN, Where("", "any", due))


def _this_week() -> Wheres:
    today = date.today()
    return (Where("day", ">=", today - timedelta(days=today.weekday())),)


def _to_return() -> Wheres:
    return (Where("next_on", "<=", date.today() + timedelta(days=7)),)


def tasks_book(page: VisitsPage, chosen: Chosen) -> Book:
    """Make the book of tasks; it shows those of the chosen plan."""
    return Book(
        key="tasks", title="走访任务", cls=VisitTask, noun="户", name="走访任务",
        columns=("enterprise", "township", "state", "due_on", "first", "second", "last_visit", "enterprise.village"),
        sort=(("due_on", False),), where=chosen.wheres,
        views=(
            QuickView("waiting", "待走访", _waiting, "都走访过了，没有待走访的。"),
            QuickView("late", "逾期", _late, "没有过了日子还没走访的。", mark="late"),
            QuickView("done", "已走访", (Where("done_on", "notblank"),), "还没有走访过的。", sort=(("done_on", True),)),
            QuickView("recent", "近期走访过", scan=visited_lately, nothing="待走访的企业，近期没有人走访过。"),
            QuickView("dropped", "已剔除", (Where("dropped", "notblank"),), "没有剔除的。"),
        ),
        hint="先编一个走访计划：选乡镇、村、园区或行业的企业，分给走访人，印出登记表。",
        begin=lambda view: page.begin_plan(), begin_text="编走访计划",
        opens=lambda view, task: page.key_in_task(task),
        deeds=(
            Deed("key", "登记走访", lambda view, ids: page.key_in_task(ids[0]), icon="pencil", many=False,
                 where=OPEN, why="已经走访过或剔除了", pri=True),
            Deed("print", "打印登记表", page.print_sheets, icon="printer", pri=True, reads=True),
            Deed("drop", "剔除", deeds.drop, icon="x", where=OPEN, why="选中的不能剔除", pri=True),
            Deed("assign", "分派给", deeds.assign, icon="users", where=OPEN, why="选中的不能分派"),
            Deed("share", "重新均分", page.share_anew, icon="users", where=OPEN, why="选中的不能分派"),
            Deed("put_off", "改走访日期", deeds.put_off, icon="calendar", where=OPEN, why="选中的不能改"),
            Deed("idle", "剔除非正常经营的", deeds.drop_idle, icon="filter-off", where=OPEN, why="没有可剔除的"),
            Deed("back", "放回名单", deeds.put_back, icon="restore", where=(Where("dropped", "notblank"),), why="没有剔除过的"),
            Deed("add", "加企业", lambda view, _ids: page.add_firms(view, ""), icon="plus", free=True),
            Deed("catch_up", "对走访记录", lambda view, ids: deeds.catch_up(view, ids, chosen.plan), icon="refresh", free=True),
            Deed("list", "打印计划表", page.print_plan, icon="printer", free=True, reads=True),
            Deed("daily", "进度日报", page.print_daily, icon="report", free=True, reads=True),
        ),
        locked={
            "done_on": _BY_MOVES, "dropped": "用“剔除”和“放回名单”办，原因要一起记。",
            "dropped_on": "剔除时自动写。", "enterprise": "任务是哪一户不能改，请剔除后另列。",
            "plan": "不能挪到别的计划，请在那个计划里列入。",
        },
        conditions=("township", "first", "enterprise.village"), cards=(RecentCard,), children=("visit",),
    )  # fmt: skip


def visits_book(page: VisitsPage) -> Book:
    """Make the book of visits."""

    def invalid() -> Wheres:
        with page.ledger.read() as rows:
            return effective_wheres(rows, effective=False)

    return Book(
        key="visits", title="走访记录", cls=Visit, noun="次", name="走访",
        columns=("enterprise", "day", "kind", "result", "has_need", "amount", "effective", "met_count", "first", "township"),
        sort=(("day", True),),
        views=(
            QuickView("week", "本周", _this_week, "这一周还没有走访。"),
            QuickView("need", "有需求", (Where("has_need", "=", True),), "还没有走访出融资需求。"),
            QuickView("five", "五项全符合", FIVE, "还没有五项标准都符合的。"),
            QuickView("return", "待回访", _to_return, "一周内没有要回访的。", sort=(("next_on", False),)),
            QuickView("window", "窗口咨询", (Where("facts", "in", AT_THE_WINDOW),), "还没有窗口咨询。"),
            QuickView("use", "贷后核查", (Where("kind", "=", "贷后用途核查"),), "还没有做过贷后用途核查。"),
            QuickView("invalid", "无效走访", invalid, "走访过的都算有效走访。"),
        ),
        hint="照着走访登记表一张一张录进来，困难诉求自动转成批分单。",
        begin=lambda view: page.key_in(), begin_text="登记走访",
        opens=lambda view, visit: page.open_visit(visit),
        deeds=(
            Deed("apply", "列入申报", deeds.hand_over, icon="clipboard-list", where=(Where("has_need", "=", True), *FIVE),
                 why="没有五项都符合又有需求的", pri=True),
            Deed("again", "登记回访", lambda view, ids: deeds.visit_again(view, ids, page.key_in), icon="refresh",
                 many=False, pri=True),
        ),
        locked={"planned": "由登记走访自动对上。", "enterprise": "请打开这次走访再改企业。"},
        conditions=("township", "first", "kind", "effective"), cards=(EffectiveCard,),
        children=("ticket", "application"), search=("place", "met", "situation", "difficulty"),
    )  # fmt: skip


def plans_book(page: VisitsPage) -> Book:
    """Make the book of plans."""
    return Book(
        key="plans", title="走访计划", cls=VisitPlan, noun="个", name="走访计划",
        columns=("name", "starts_on", "due_on", "targets", "done", "effective", "late", "left_out", "state"),
        sort=(("starts_on", True),),
        views=(
            QuickView("going", "进行中", (Where("state", "!=", "已结束"),), "没有进行中的计划。"),
            QuickView("ended", "已结束", (Where("state", "=", "已结束"),), "没有结束的计划。"),
        ),
        hint="选好范围和走访人，先看分得匀不匀，再编成计划。",
        begin=lambda view: page.begin_plan(), begin_text="编走访计划",
        deeds=(
            Deed("tasks", "看任务", lambda view, ids: page.show_tasks(ids[0]), icon="list-details", many=False,
                 pri=True, reads=True),
            Deed("add", "加企业", lambda view, ids: page.add_firms(view, ids[0]), icon="plus", many=False,
                 where=(Where("state", "!=", "已结束"),), why="已经结束了", pri=True),
            Deed("next", "编下一轮", deeds.next_round, icon="refresh", many=False, pri=True),
            Deed("list", "打印计划表", lambda view, ids: page.print_plan(view, [], ids[0]), icon="printer",
                 many=False, reads=True),
            Deed("daily", "进度日报", lambda view, ids: page.print_daily(view, [], ids[0]), icon="report",
                 many=False, reads=True),
            Deed("end", "结束计划", deeds.end, icon="check", where=(Where("state", "!=", "已结束"),), why="已经结束了"),
        ),
        children=(),
    )  # fmt: skip
