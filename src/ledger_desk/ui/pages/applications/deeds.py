"""What is done to chosen applications: each asks what it needs, then calls its use case as a job."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from ledger_desk.files import safe_name
from ledger_desk.model import review
from ledger_desk.model import work_words as words
from ledger_desk.model.records import Application, Review
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.book import Deed
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.dialogs.ask import ask_choice, tell
from ledger_desk.ui.pages.applications.asking import (
    BankSheet,
    CheckSheet,
    CriteriaSheet,
    OpinionSheet,
    ReasonSheet,
)
from ledger_desk.ui.pages.applications.printing import AskWriter, SheetPapers
from ledger_desk.ui.printing.saving import choose_target
from ledger_desk.work import applying, checking, reviewing, signing
from ledger_desk.work.signing import SheetOutcome

if TYPE_CHECKING:
    from ledger_desk.ui.pages.applications.page import ApplicationPage


def page_of(view: BookView) -> ApplicationPage:
    """The page that a view lies on."""
    place = view.parentWidget()
    while place is not None and not hasattr(place, "open_entry"):
        place = place.parentWidget()
    assert place is not None
    return cast("ApplicationPage", place)


# Covering pages


def begin(view: BookView) -> None:
    """Key in a new application."""
    page_of(view).open_entry()


def open_one(view: BookView, record: str) -> None:
    """Open an application: what may still be changed in the entry sheet, all else for review."""
    found = view.ledger.get(Application, record)
    if found is None:
        return
    free = found.state in (None, review.REGISTERED, review.RETURNED) and not view.ledger.read_only
    if free and not found.removed:
        page_of(view).open_entry(record)
    else:
        page_of(view).open_review([record])


def open_said(view: BookView, record: str) -> None:
    """Open the application that something was said of."""
    found = view.ledger.get(Review, record)
    if found is not None and found.application:
        page_of(view).open_review([found.application])


def review_chosen(view: BookView, ids: list[str]) -> None:
    """Go through applications one after another; one alone begins with it and goes on in the list."""
    wanted = ids
    if len(ids) == 1:
        listed = view.source.ids(0, min(view.count(), 2000))
        start = listed.index(ids[0]) if ids[0] in listed else 0
        wanted = [*listed[start:], *listed[:start]]
    page_of(view).open_review(wanted)


# Moves


def enter(view: BookView, ids: list[str]) -> None:
    """Put on the application list."""
    run_batch(
        view,
        "列入申报清单",
        lambda progress: applying.enter_list(view.ledger, ids, progress=progress),
    )


def resubmit(view: BookView, ids: list[str]) -> None:
    """Hand in again."""
    run_batch(
        view, "改好重报", lambda progress: applying.resubmit(view.ledger, ids, progress=progress)
    )


def again(view: BookView, ids: list[str]) -> None:
    """Apply again."""

    def shown(outcome: Any) -> None:
        if outcome.done:
            page_of(view).show_book("applications", "registered").go_to(outcome.done[0])

    run_batch(view, "再次申报", lambda progress: applying.again(view.ledger, ids, progress=progress), then=shown)  # fmt: skip


def approve(level: str, view: BookView, ids: list[str]) -> None:
    """Approve many at once, at one level or each at the one it waits for: one opinion for all."""
    verb = review.review_move(level, review.PASSED).name if level else "审核通过"
    odd = _many_odd(view, ids)
    sheet = OpinionSheet(
        view.main_window, f"{verb} {len(ids):,} 笔", reviewing.USUAL[review.PASSED],
        action=f"{verb} {len(ids):,} 笔", needed=False,
        sentence=f"其中 {odd:,} 笔部门核查有异常，要写意见才能通过。" if odd else "",
    )  # fmt: skip
    sheet.answered.connect(lambda opinion, day: run_batch(
        view, verb,
        lambda progress: reviewing.approve(view.ledger, ids, opinion, level=level, day=day, progress=progress),
    ))  # fmt: skip
    sheet.open()


def send_back(view: BookView, ids: list[str]) -> None:
    """Return many with one opinion."""
    _say(view, ids, review.SENT_BACK, "退回", reviewing.send_back)


def reject(view: BookView, ids: list[str]) -> None:
    """Reject many with one opinion."""
    _say(view, ids, review.REFUSED, "不通过", reviewing.reject)


def _say(view: BookView, ids: list[str], verdict: str, text: str, work: Any) -> None:
    sheet = OpinionSheet(
        view.main_window, f"{text} {len(ids):,} 笔", reviewing.USUAL[verdict], action=f"{text} {len(ids):,} 笔",
        needed=True, tone="zhu" if verdict == review.REFUSED else "dai",
    )  # fmt: skip
    sheet.answered.connect(lambda opinion, day: run_batch(
        view, f"审核{text}", lambda progress: work(view.ledger, ids, opinion, day=day, progress=progress)
    ))  # fmt: skip
    sheet.open()


def _many_odd(view: BookView, ids: list[str]) -> int:
    where = (Where("id", "in", tuple(ids)), Where("found_odd", ">", 0))
    return view.ledger.count(Query(Application, where))


def withdraw(view: BookView, ids: list[str]) -> None:
    """Take back, with a reason."""
    usual = ("企业放弃融资", "已从别处贷到款", "信息填错，另行登记", "企业注销或停业")
    sheet = ReasonSheet(
        view.main_window, f"撤回 {len(ids):,} 笔申报", usual, action=f"撤回 {len(ids):,} 笔"
    )
    sheet.answered.connect(lambda reason: run_batch(
        view, "撤回", lambda progress: applying.withdraw(view.ledger, ids, reason, progress=progress)
    ))  # fmt: skip
    sheet.open()


def remove(view: BookView, ids: list[str]) -> None:
    """Take off the recommendation list, with a reason of the document."""
    sheet = ReasonSheet(
        view.main_window, f"移出推荐清单 {len(ids):,} 笔", words.REMOVAL_REASONS, action=f"移出 {len(ids):,} 笔",
        sentence="移出以后不再推送给银行，历史和原因都留着。依据：信发改财金〔2024〕329号 十一。",
    )  # fmt: skip
    sheet.answered.connect(lambda reason: run_batch(
        view, "移出推荐清单", lambda progress: applying.remove(view.ledger, ids, reason, progress=progress)
    ))  # fmt: skip
    sheet.open()


def outside(view: BookView, ids: list[str]) -> None:
    """Let a bank support them outside both lists."""
    sheet = BankSheet(view.main_window, view.ledger, f"转清单外支持 {len(ids):,} 笔", f"转清单外 {len(ids):,} 笔")  # fmt: skip
    sheet.answered.connect(lambda bank: run_batch(
        view, "转清单外支持", lambda progress: applying.support_outside(view.ledger, ids, bank, progress=progress)
    ))  # fmt: skip
    sheet.open()


def judge(view: BookView, ids: list[str]) -> None:
    """Judge the five standards of many at once."""
    sheet = CriteriaSheet(view.main_window, len(ids))
    sheet.answered.connect(lambda names, verdict, why: run_batch(
        view, "记五项标准",
        lambda progress: applying.judge_criteria(view.ledger, ids, verdict, why, names=names, progress=progress),
    ))  # fmt: skip
    sheet.open()


# Department checks


def check(view: BookView, ids: list[str]) -> None:
    """Record one item for many firms."""
    sheet = CheckSheet(view.main_window, len(ids))
    sheet.answered.connect(lambda item, result, department, remark: run_batch(
        view, "登记部门核查",
        lambda progress: checking.record(
            view.ledger, ids, item, result, department=department, remark=remark, progress=progress
        ),
    ))  # fmt: skip
    sheet.open()


def ask(view: BookView, ids: list[str]) -> None:
    """Ask all departments."""
    run_batch(
        view, "提请部门核查", lambda progress: checking.ask(view.ledger, ids, progress=progress)
    )


def write_ask_list(view: BookView, _ids: list[str]) -> None:
    """Write the list of a department, to be filled in and read back."""
    waiting = checking.departments(view.ledger)
    if not waiting:
        tell(
            view.main_window,
            "没有要核查的",
            "没有等部门反馈的事项。请在申报清单里选中几笔，点“提请部门核查”。",
        )
        return
    choices = [(name, f"{name} {count:,} 项") for name, count in waiting.items()]
    sentence = "导出的表由部门填“核查结果”和“说明”；收回后用“数据交换”装入，自动对上每一笔。"
    chosen = ask_choice(view.main_window, "给哪个部门", sentence, choices)
    if chosen is None:
        return
    target = choose_target(
        view.main_window, f"{safe_name(f'请{chosen}核查')}.xlsx", action="asking"
    )
    if target is None:
        return

    AskWriter(view, chosen, target).begin()


# Paper and lists


def make_sheet(view: BookView, ids: list[str]) -> None:
    """Freeze the chosen on a signing sheet and show the paper."""

    def shown(outcome: Any) -> None:
        if isinstance(outcome, SheetOutcome) and outcome.sheet:
            SheetPapers(view, view).show_sheet(outcome.sheet)

    run_batch(
        view, "出签字页", lambda progress: signing.make_sheet(view.ledger, ids, progress=progress), then=shown
    )  # fmt: skip


def reprint(view: BookView, ids: list[str]) -> None:
    """Show the sheet that a review, or the present round of an application, stands on."""
    record = view.ledger.get(view.book.cls, ids[0])
    number = record.sheet if isinstance(record, Review) else ""
    if isinstance(record, Application):
        with view.ledger.read() as rows:
            said = reviewing.words_of(rows, record.id)
        number = next((each.sheet for each in reversed(said) if each.sheet), "")
    if not number:
        tell(view.main_window, "还没有签字页", "这一笔还没有上过签字页。请先用“出签字页”打印。")
        return
    SheetPapers(view, view).show_sheet(number)


def export_full(columns: tuple[str, ...], view: BookView, _ids: list[str]) -> None:
    """Write the list with all columns of the prepared set."""
    if view.count():
        view.deeds.ask_and_export(view.query(), view.count(), columns)


def _at(state: str) -> tuple[Where, ...]:
    return (Where("state", "=", state),)


_STAGE_DEEDS = tuple(
    Deed(
        f"pass{n}", review.review_move(level, review.PASSED).name, partial(approve, level), icon="check",
        where=_at(state), why=f"没有{state}的", views=(f"stage{n}",), pri=True,
    )
    for n, (state, level, _) in enumerate(review.STAGES, 1)
)  # fmt: skip
_WAITING = (Where("state", "in", review.WAITING),)
_STAGES = ("all", "mine", *(f"stage{n}" for n in range(1, 5)))
APPLICATION_DEEDS: tuple[Deed, ...] = (
    Deed("review", "逐笔审核", review_chosen, icon="clipboard-check", shortcut="Ctrl+R", where=_WAITING,
         why="没有待审核的", views=_STAGES, pri=True, reads=True),
    Deed("pass", "审核通过", partial(approve, ""), icon="check", where=_WAITING, why="没有待审核的",
         views=("mine",), pri=True),
    *_STAGE_DEEDS,
    Deed("sheet", "出签字页", make_sheet, icon="printer", where=_at(review.CONVENER), why="没有待召集人签字的",
         views=("stage4",), pri=True),
    Deed("enter", "列入申报清单", enter, icon="plus", views=("registered",), pri=True,
         where=(Where("state", "in", (review.REGISTERED, None)),), why="没有待列入的"),
    Deed("resubmit", "改好重报", resubmit, icon="refresh", views=("returned",), pri=True,
         where=_at(review.RETURNED), why="没有退回要改的"),
    Deed("again", "再次申报", again, icon="refresh", views=("ended", "outside"), pri=True),
    Deed("back", "退回", send_back, icon="arrow-back-up", where=_WAITING, why="没有待审核的", views=_STAGES),
    Deed("reject", "不通过", reject, icon="x", where=_WAITING, why="没有待审核的", views=_STAGES),
    Deed("judge", "记五项标准", judge, icon="list-check"),
    Deed("check", "登记部门核查", check, icon="building-bank"),
    Deed("ask", "提请部门核查", ask, icon="send"),
    Deed("withdraw", "撤回", withdraw, icon="arrow-left"),
    Deed("outside", "转清单外支持", outside, icon="arrow-right"),
    Deed("reprint", "重印签字页", reprint, icon="printer", many=False, reads=True),
)  # fmt: skip
RECOMMENDED_DEEDS: tuple[Deed, ...] = (
    Deed("look", "看审核材料", review_chosen, icon="clipboard-check", pri=True, reads=True),
    Deed("again", "再次申报", again, icon="refresh", views=("again", "removed"), pri=True),
    Deed("remove", "移出推荐清单", remove, icon="x", where=_at(review.RECOMMENDED), why="都不在清单上了",
         views=("all", "on", "unpushed", "again")),
    Deed("reprint", "重印签字页", reprint, icon="printer", many=False, reads=True),
)  # fmt: skip
