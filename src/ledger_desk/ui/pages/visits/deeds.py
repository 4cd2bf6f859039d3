"""What is done with chosen tasks, visits and plans: each asks what it must and runs as one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Visit, VisitPlan, VisitTask
from ledger_desk.progress import Progress
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.dialogs.ask import tell
from ledger_desk.ui.firms.adding import AddFirms
from ledger_desk.ui.pages.visits.asking import Asked, AskSheet
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.records.editors import DayEditor, PickEditor, make_editor
from ledger_desk.work import planning_adding, planning_tasks, visiting
from ledger_desk.work.outcome import Outcome
from ledger_desk.work.planning_adding import open_plans, why_not
from ledger_desk.work.planning_sharing import Pair

if TYPE_CHECKING:
    from ledger_desk.ui.pages.visits.page import VisitsPage

_KEEP = "停下，一户都不动"


def drop(view: BookView, ids: list[str]) -> None:
    """Take firms off the list, with a reason."""
    spec = field_map(VisitTask)
    asked = [
        Asked("reason", "剔除原因", make_editor(spec["dropped"], VisitTask, view.ledger), required=True),
        Asked("note", "说明", make_editor(spec["note"], VisitTask, view.ledger)),
    ]  # fmt: skip

    def on(values: dict[str, Any]) -> None:
        _run(view, "剔除", lambda progress: planning_tasks.drop(
            view.ledger, ids, values["reason"], values["note"] or "", progress
        ))  # fmt: skip

    sentence = "不正常经营的不去走访，原因留在名单里，随时可以放回。"
    _ask(view, f"剔除 {len(ids):,} 户", sentence, asked, f"剔除 {len(ids):,} 户", on)


def drop_idle(view: BookView, ids: list[str]) -> None:
    """Take off those that the registry says do not trade."""
    _run(view, "剔除非正常经营", partial(planning_tasks.drop_idle, view.ledger, ids))


def put_back(view: BookView, ids: list[str]) -> None:
    """Put dropped firms back."""
    _run(view, "放回名单", partial(planning_tasks.put_back, view.ledger, ids))


def assign(view: BookView, ids: list[str]) -> None:
    """Give tasks to one pair."""
    spec = field_map(VisitTask)
    names = (("first", "走访人1"), ("second", "走访人2"), ("bank", "协同银行"))
    asked = [
        Asked(
            name, title, make_editor(spec[name], VisitTask, view.ledger), required=name == "first"
        )
        for name, title in names
    ]

    def on(values: dict[str, Any]) -> None:
        pair = Pair(values["first"], values["second"], values["bank"])
        _run(view, "分派", lambda progress: planning_tasks.assign(view.ledger, ids, pair, progress))

    _ask(
        view,
        f"分派 {len(ids):,} 户",
        "已经走访的和剔除的不动。",
        asked,
        f"分派 {len(ids):,} 户",
        on,
    )


def put_off(view: BookView, ids: list[str]) -> None:
    """Give tasks another day."""
    asked = [
        Asked(
            "day", "应走访日期", DayEditor(), required=True, value=date.today() + timedelta(days=7)
        )
    ]

    def on(values: dict[str, Any]) -> None:
        _run(view, "改日期", lambda progress: planning_tasks.put_off(
            view.ledger, ids, values["day"], progress
        ))  # fmt: skip

    _ask(view, f"改 {len(ids):,} 户的走访日期", "", asked, "改日期", on)


def catch_up(view: BookView, _ids: list[str], plan: str = "") -> None:
    """Match visits that came in from elsewhere with open tasks."""
    _run(view, "对走访记录", partial(planning_tasks.catch_up, view.ledger, plan))


def next_round(view: BookView, ids: list[str]) -> None:
    """Make the next round of a plan."""
    today = date.today()
    asked = [
        Asked("starts_on", "开始日期", DayEditor(), required=True, value=today),
        Asked("due_on", "截止日期", DayEditor(), required=True, value=today + timedelta(days=30)),
    ]

    def on(values: dict[str, Any]) -> None:
        _run(view, "编下一轮", lambda progress: planning_tasks.next_round(
            view.ledger, ids[0], values["starts_on"], values["due_on"], progress
        ))  # fmt: skip

    _ask(view, "编下一轮", "这一轮没走访的企业列入下一轮，走访人不变。", asked, "编下一轮", on)


def add_firms(view: BookView, plan: str) -> AddFirms | None:
    """Ask for firms, pasted or ticked, and put them into a plan."""
    held = view.ledger.get(VisitPlan, plan) if plan else None
    why = why_not(held, date.today()) if plan else "请先在上面选一个走访计划，再加企业。"
    if why or held is None:
        tell(view.main_window, "加企业", why)
        return None
    sheet = AddFirms(view.main_window, view.ledger, f"加企业：{held.title}", "加进")
    sheet.taken.connect(lambda firms, _day: _add(view, held.id, firms))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def choose_plan(page: VisitsPage, firms: list[str], words: str) -> None:
    """Ask into which plan firms are put; where none is going on a new one is made of them."""
    with page.ledger.read() as rows:
        plans = open_plans(rows)
    if not plans:
        page.begin_plan(firms, words)
        page.main_window.status.say("没有进行中的走访计划，编一个新的。")
        return
    items = {
        plan.id: PickItem(plan.id, plan.title, f"{plan.due_on} 截止" if plan.due_on else "")
        for plan in plans
    }
    editor = PickEditor(pick_from(list(items.values())), items.get)
    asked = [Asked("plan", "走访计划", editor, required=True, value=plans[0].id)]

    def on(values: dict[str, Any]) -> None:
        page.show_tasks(values["plan"])
        _add(page.book("tasks"), values["plan"], firms)

    sentence = "分给这个计划里去那个乡镇的人；计划里已有的、别的计划里还没走访的不重复列入。"
    many = f"加进 {len(firms):,} 户"
    _ask(page.book("tasks"), f"{words or '选中的企业'}加进已有的计划", sentence, asked, many, on)


def _add(view: BookView, plan: str, firms: list[str]) -> None:
    _run(view, "加企业", lambda progress: planning_adding.add_firms(
        view.ledger, plan, firms, progress=progress
    ))  # fmt: skip


def end(view: BookView, ids: list[str]) -> None:
    """End plans: a later visit no longer counts for them."""

    def work(progress: Progress) -> Outcome:
        progress(0, len(ids), "正在结束计划")
        with view.ledger.step(f"结束走访计划 {len(ids)} 个") as step:
            step.change_many(VisitPlan, [(plan, {"state": "已结束"}) for plan in ids])
        return Outcome.of_step(step.result, ids, (), f"结束走访计划 {len(ids)} 个")

    _run(view, "结束计划", work)


def hand_over(view: BookView, ids: list[str]) -> None:
    """Put visits on the application list."""
    _run(view, "列入申报", partial(visiting.hand_over, view.ledger, ids))


def visit_again(view: BookView, ids: list[str], begin: Callable[..., object]) -> None:
    """Key in the return visit to the firm of a visit."""
    found = view.ledger.get(Visit, ids[0]) if ids else None
    if found is not None:
        begin(enterprise=found.enterprise, kind="回访")


def _ask(
    view: BookView, title: str, sentence: str, asked: list[Asked], action: str,
    on: Callable[[dict[str, Any]], object],
) -> AskSheet:  # fmt: skip
    sheet = AskSheet(view.main_window, title, sentence, asked, action, on)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def _run(view: BookView, title: str, work: Callable[[Progress], Outcome]) -> None:
    run_batch(view, title, work, leaves=_KEEP)
