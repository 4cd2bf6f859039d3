"""Deeds of 问题整改 and 明察暗访: each asks what goes with its move, then does it to all chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from ledger_desk.model.records import Inspection, Rectification
from ledger_desk.model.rectification import (
    MOVES,
    Doing,
    Move,
    from_inspection,
    refuse,
    state_of,
)
from ledger_desk.progress import Progress
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.book import Deed
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.pages.tickets.asking import Asked, DeedSheet
from ledger_desk.ui.pages.tickets.showing import back, show_sheet
from ledger_desk.ui.records.record_dialog import RecordDialog
from ledger_desk.work import rectifying
from ledger_desk.work.outcome import Outcome

_ASKED: Mapping[str, tuple[Asked, ...]] = {
    "order": (Asked("due_on", required=True), Asked("person"), Asked("goal"), Asked("measure")),
    "watch": (Asked("words", required=True, text="督办情况"),),
    "report": (Asked("words", required=True, text="整改进展"), Asked("cause"), Asked("measure")),
    "mend": (Asked("measure", required=True), Asked("proof", required=True), Asked("cause")),
    "close": (Asked("checked_by", required=True),),
    "return": (Asked("due_on"), Asked("words", required=True, text="退回原因")),
    "talk": (Asked("words", required=True, text="约谈谁、约谈情况"),),
    "account": (Asked("words", required=True, text="问责建议"),),
}  # fmt: skip
_FIND = (
    Asked("source", required=True), Asked("found_on", required=True), Asked("bank"), Asked("unit"),
    Asked("person"), Asked("due_on", required=True), Asked("problem", required=True),
    Asked("cause"), Asked("goal"), Asked("measure"),
)  # fmt: skip


def find(view: BookView) -> None:
    """Enter faults, one after another."""
    given = {"found_on": date.today(), **view.begun_with()}
    asked = [Asked(e.name, given.get(e.name), e.required) for e in _FIND]
    sheet = DeedSheet(
        view.main_window, view.ledger, "登记要整改的问题", Rectification, asked, action="存下",
        again="存下，再登一个", check=_check_found,
    )  # fmt: skip

    def go(values: dict[str, Any]) -> None:
        def work(progress: Progress) -> Outcome:
            return rectifying.find(view.ledger, [values], progress)

        def then(outcome: Outcome) -> None:
            if outcome.done:
                view.go_to(outcome.done[0])

        run_batch(view, "登记问题", work, then=then)

    show_sheet(view, sheet, go)


def open_mending(view: BookView, record: str) -> None:
    """All fields of a fault; its state is moved by deeds only."""
    sheet = RecordDialog(
        view.main_window, view.ledger, Rectification, record, hidden=("state", "order_no"), noun="个",
        title="问题整改",
    )  # fmt: skip
    sheet.saved.connect(view.wrote)
    sheet.finished.connect(partial(back, view))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()


def ask_move(key: str, view: BookView, ids: list[str]) -> None:
    """Ask what goes with a move and make it."""
    move = MOVES[key]
    one = view.ledger.get(Rectification, ids[0]) if len(ids) == 1 else None
    today = date.today()
    fields = [Asked("day", today, True, text=f"{move.text}日期")]
    person = view.ledger.person
    for each in _ASKED[key]:
        kept = (
            one is not None
            and each.name != "words"
            and not (key == "return" and each.name == "due_on")
        )
        value = getattr(one, each.name) if kept else None
        if each.name == "checked_by" and not value and person is not None:
            value = person.title
        # What every one of several has already need not be said again.
        required = each.required and (one is not None or each.name in move.anew)
        fields.append(Asked(each.name, value, required, each.text, each.hint))

    def check(values: dict[str, Any]) -> str:
        rest = dict(values)
        doing = Doing(rest.pop("day"), rest.pop("words", None) or "", rest)
        return refuse(one, move, doing, today) if one is not None else ""

    def go(values: dict[str, Any]) -> None:
        rest = dict(values)
        day, words = rest.pop("day"), rest.pop("words", None) or ""

        def work(progress: Progress) -> Outcome:
            return rectifying.move(view.ledger, ids, key, progress, day=day, words=words, **rest)

        run_batch(view, move.text, work)

    title = (
        f"{move.text}：{one.no or one.title}" if one is not None else f"{move.text} {len(ids):,} 个"
    )
    sentence = (one.problem or "").replace("\n", " ") if one is not None else ""
    sheet = DeedSheet(
        view.main_window, view.ledger, title, Rectification, fields, action=move.text,
        sentence=sentence, check=check,
    )  # fmt: skip
    show_sheet(view, sheet, go)


def go_on(view: BookView, ids: list[str]) -> None:
    """The move that comes next, as the first chosen fault stands."""
    first = view.ledger.get(Rectification, ids[0]) if ids else None
    key = _NEXT.get(state_of(first)) if first is not None else None
    if key is not None:
        ask_move(key, view, ids)


def turn_into_mending(view: BookView, ids: list[str]) -> None:
    """转问题整改: what inspections found becomes faults to be mended."""
    asked = (Asked("due_on", required=True), Asked("unit"), Asked("person"))
    sheet = DeedSheet(
        view.main_window, view.ledger, f"转问题整改 {len(ids):,} 次", Rectification, asked,
        action="转问题整改", sentence="检查发现的问题、被查银行和整改建议一起带过去。",
    )  # fmt: skip

    def go(values: dict[str, Any]) -> None:
        def work(progress: Progress) -> Outcome:
            return rectifying.find_from_inspections(
                view.ledger, ids, values["due_on"], progress, unit=values["unit"] or "",
                person=values["person"] or "",
            )  # fmt: skip

        def then(outcome: Outcome) -> None:
            if len(outcome.done) == 1:
                view.elsewhere_wanted.emit(Rectification.TABLE, outcome.done[0])

        run_batch(view, "转问题整改", work, then=then)

    show_sheet(view, sheet, go)


_NEXT = {"待整改": "order", "整改中": "mend", "已整改待复核": "close"}


def _check_found(values: dict[str, Any]) -> str:
    found, due = values.get("found_on"), values.get("due_on")
    if found and found > date.today():
        return f"发现日期 {found} 还没有到，请写今天或以前的日子。"
    return f"整改时限 {due} 早于发现日期 {found}，请核对。" if found and due and due < found else ""


def _can(move: Move, record: Rectification) -> str:
    return "" if state_of(record) in move.before else f"没有能{move.text}的"


def _has_next(record: Rectification) -> str:
    return "" if state_of(record) in _NEXT else "选中的都销号了"


def _has_finding(record: Inspection) -> str:
    return from_inspection(record) and "没有写发现的问题"


def _move_deed(key: str, icon: str, shortcut: str) -> Deed:
    move = MOVES[key]
    return Deed(
        key,
        move.text,
        partial(ask_move, key),
        icon=icon,
        shortcut=shortcut,
        can=partial(_can, move),
    )


DEEDS = (
    Deed("next", "办下一步", go_on, icon="arrow-right", shortcut="F9", can=_has_next, pri=True),
    _move_deed("order", "file-text", "Ctrl+1"),
    _move_deed("watch", "eye", "Ctrl+2"),
    _move_deed("report", "pencil", "Ctrl+3"),
    _move_deed("mend", "circle-check", "Ctrl+4"),
    _move_deed("close", "check", "Ctrl+5"),
    _move_deed("return", "arrow-back-up", ""),
    _move_deed("talk", "users", ""),
    _move_deed("account", "alert-triangle", ""),
)  # fmt: skip
INSPECTION_DEEDS = (
    Deed("mend", "转问题整改", turn_into_mending, icon="clipboard-check", shortcut="F9",
         can=_has_finding, pri=True),
)  # fmt: skip
