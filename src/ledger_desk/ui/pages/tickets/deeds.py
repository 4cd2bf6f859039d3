"""Deeds of tickets: each asks what goes with its move, then does it to all that were chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from ledger_desk.model.records import Ticket
from ledger_desk.model.ticketing import (
    FLAGS,
    MOVES,
    Doing,
    next_move,
    refuse,
    refuse_flags,
    shut,
    state_of,
)
from ledger_desk.progress import Progress
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.book import Deed
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.pages.tickets.asking import Asked, DeedSheet
from ledger_desk.ui.pages.tickets.showing import back, show_sheet
from ledger_desk.ui.records.record_dialog import RecordDialog
from ledger_desk.work import ticketing
from ledger_desk.work.outcome import Outcome

_DUE = "空着就按 13710 的时限"
_HOW = Asked("words", required=True)
# What is asked besides the day, move by move.
_ASKED: Mapping[str, tuple[Asked, ...]] = {
    "judge": (Asked("weight", required=True), Asked("kind"), Asked("proposal", required=True),
              Asked("instruction")),
    "hand": (Asked("lead", required=True), Asked("assist"), Asked("due_on", hint=_DUE),
             Asked("instruction")),
    "reassign": (Asked("lead", required=True), Asked("assist"), Asked("weight"), Asked("due_on"),
                 Asked("words", required=True, text="改派原因")),
    "feed": (Asked("unit"), _HOW),
    "watch": (Asked("unit", text="督办谁"), Asked("words", required=True, text="督办情况")),
    "assist": (Asked("unit", required=True, text="协办单位"), Asked("words", required=True, text="答复内容")),
    "extend": (Asked("extended_to", required=True),
               Asked("extended_why", required=True, text="延期原因（重大或复杂的写时间节点和方案）")),
    "escalate": (Asked("escalated_to", required=True),
                 Asked("words", required=True, text="上报事由（召集人研究同意的情况）")),
    "solve": (Asked("outcome", required=True),),
    "answer": (Asked("satisfied", required=True), Asked("satisfied_way", required=True),
               Asked("words", text="企业怎么说")),
    "close": (Asked("words", text="说明"),),
    "reopen": (Asked("lead"), Asked("due_on", hint="重新定的时限，空着按原来的"),
               Asked("words", required=True, text="退回原因")),
    "account": (Asked("unit", required=True, text="问责单位或人"), Asked("words", required=True, text="问责情况")),
}  # fmt: skip
_COLLECT = (
    Asked("source", required=True), Asked("collected_on", required=True), Asked("enterprise"),
    Asked("kind", required=True), Asked("problem", required=True), Asked("appeal"),
    Asked("contact"), Asked("phone"), Asked("bank"),
)  # fmt: skip
_HANDED_AT_ONCE = ("judge", "hand")


def collect(view: BookView) -> None:
    """Take difficulties in, one after another."""
    asked = [
        Asked("collected_on", date.today(), True) if each.name == "collected_on" else each
        for each in _COLLECT
    ]
    given = view.begun_with()
    asked = [Asked(e.name, given.get(e.name, e.value), e.required) for e in asked]
    sheet = DeedSheet(
        view.main_window, view.ledger, "登记批分单", Ticket, asked, action="存下",
        again="存下，再登一件", check=_check_collected,
    )  # fmt: skip

    def go(values: dict[str, Any]) -> None:
        def work(progress: Progress) -> Outcome:
            return ticketing.collect(view.ledger, [values], progress)

        def then(outcome: Outcome) -> None:
            if outcome.done:
                view.go_to(outcome.done[0])

        run_batch(view, "收集", work, then=then)

    show_sheet(view, sheet, go)


def open_ticket(view: BookView, record: str) -> None:
    """All fields of a ticket; its state is moved by deeds only."""
    sheet = RecordDialog(
        view.main_window, view.ledger, Ticket, record, hidden=("state",), noun="件", title="批分单"
    )
    sheet.saved.connect(view.wrote)
    sheet.finished.connect(partial(back, view))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()


def go_on(view: BookView, ids: list[str]) -> None:
    """The move that comes next, as the first chosen ticket stands."""
    first = view.ledger.get(Ticket, ids[0]) if ids else None
    move = next_move(first) if first is not None else None
    if move is not None:
        ask_move(move.key, view, ids)


def ask_move(key: str, view: BookView, ids: list[str]) -> None:
    """Ask what goes with a move and make it."""
    _ask((key,), view, ids)


def judge_and_hand(view: BookView, ids: list[str]) -> None:
    """研判并交办: both on one sheet, as one step."""
    _ask(_HANDED_AT_ONCE, view, ids)


def ask_flags(view: BookView, ids: list[str]) -> None:
    """容缺受理, 信用承诺, 并联审批, 绿色通道."""
    one = view.ledger.get(Ticket, ids[0]) if len(ids) == 1 else None
    asked = [Asked(name, getattr(one, name) if one else None) for name in FLAGS]

    def check(values: dict[str, Any]) -> str:
        said = {name: value for name, value in values.items() if value is not None}
        return refuse_flags(one, said) if one is not None else ""

    def go(values: dict[str, Any]) -> None:
        said = {name: bool(value) for name, value in values.items() if value is not None}

        def work(progress: Progress) -> Outcome:
            return ticketing.set_flags(view.ledger, ids, progress, **said)

        if said:
            run_batch(view, "登记办理方式", work)

    sentence = "补充要素、行政许可、抵质押登记走绿色通道、并联审批；固定资产贷款前期手续，企业作出信用承诺后容缺受理（信发改财金〔2024〕329号 七）。"
    sheet = DeedSheet(
        view.main_window, view.ledger, _title("办理方式", view, ids), Ticket, asked, action="记下",
        sentence=sentence, check=check,
    )  # fmt: skip
    show_sheet(view, sheet, go)


def _ask(keys: tuple[str, ...], view: BookView, ids: list[str]) -> None:
    moves = [MOVES[key] for key in keys]
    verbs = "并".join(move.text for move in moves)
    one = view.ledger.get(Ticket, ids[0]) if len(ids) == 1 else None
    today = date.today()
    with view.ledger.read() as rows:
        units = ticketing.known_units(rows)
        standing = ticketing.standing_of(rows, one, today, today) if one is not None else None
    fields = [Asked("day", today, True, text=f"{verbs}日期")]
    seen = set()
    for each in (field for key in keys for field in _ASKED[key]):
        if each.name not in seen:
            seen.add(each.name)
            value = _preset(one, each.name, keys)
            hint = each.hint
            if hint == _DUE and standing is not None and standing.usual is not None:
                hint = f"空着就是 {standing.usual}（13710）"
            fields.append(Asked(each.name, value, each.required, each.text, hint))

    def doings(values: dict[str, Any]) -> list[tuple[str, Doing]]:
        rest = dict(values)
        day, words = rest.pop("day"), rest.pop("words", None) or ""
        unit = rest.pop("unit", None) or ""
        return [(key, Doing(day, None, unit, words, rest)) for key in keys]

    def check(values: dict[str, Any]) -> str:
        if one is None or standing is None or len(keys) > 1:
            return ""  # several are told one by one afterwards
        return refuse(one, moves[0], doings(values)[0][1], standing)

    def go(values: dict[str, Any]) -> None:
        def work(progress: Progress) -> Outcome:
            return ticketing.carry(view.ledger, ids, doings(values), progress)

        run_batch(view, verbs, work)

    sheet = DeedSheet(
        view.main_window, view.ledger, _title(verbs, view, ids), Ticket, fields, action=verbs,
        sentence=_sentence(one), units=units, check=check,
    )  # fmt: skip
    show_sheet(view, sheet, go)


def _preset(ticket: Ticket | None, name: str, keys: tuple[str, ...]) -> Any:
    """What stands in a field at first: what the ticket says already, where there is only one."""
    if ticket is None or name == "words":
        return None
    if name == "unit":
        return ticket.assist if keys == ("assist",) else ticket.lead
    if name in ("extended_to", "extended_why") or (name == "due_on" and "reopen" in keys):
        return None
    return getattr(ticket, name)


def _check_collected(values: dict[str, Any]) -> str:
    day = values.get("collected_on")
    return f"收集日期 {day} 还没有到，请写今天或以前的日子。" if day and day > date.today() else ""


def _title(verb: str, view: BookView, ids: list[str]) -> str:
    if len(ids) != 1:
        return f"{verb} {len(ids):,} {view.book.noun}"
    one = view.ledger.get(Ticket, ids[0])
    return f"{verb}：{one.no or '没有编号'}" if one is not None else verb


def _sentence(ticket: Ticket | None) -> str:
    return "" if ticket is None else (ticket.problem or "").replace("\n", " ")


def _can(key: str, ticket: Ticket) -> str:
    return shut(MOVES[key], state_of(ticket))


def _has_next(ticket: Ticket) -> str:
    return "" if next_move(ticket) is not None else "已经销号，没有下一步"


def _move_deed(key: str, icon: str, shortcut: str, why: str) -> Deed:
    return Deed(
        key, MOVES[key].text, partial(ask_move, key), icon=icon, shortcut=shortcut,
        can=partial(_can, key), why=why,
    )  # fmt: skip


DEEDS = (
    Deed("next", "办下一步", go_on, icon="arrow-right", shortcut="F9", can=_has_next,
         why="选中的都销号了", pri=True),
    _move_deed("judge", "search", "Ctrl+1", "没有待研判的"),
    Deed("judge_hand", "研判并交办", judge_and_hand, icon="send", shortcut="Ctrl+0",
         can=partial(_can, "judge"), why="没有待研判的"),
    _move_deed("hand", "send", "Ctrl+2", "没有待交办的"),
    _move_deed("feed", "notes", "Ctrl+3", "没有在办的"),
    _move_deed("watch", "eye", "Ctrl+4", "没有在办的"),
    _move_deed("extend", "calendar", "Ctrl+5", "没有在办的"),
    _move_deed("escalate", "arrow-up", "Ctrl+6", "没有能上报的"),
    _move_deed("solve", "circle-check", "Ctrl+7", "没有在办的"),
    _move_deed("answer", "phone", "Ctrl+8", "没有待答复的"),
    _move_deed("close", "check", "Ctrl+9", "没有待销号的"),
    _move_deed("assist", "users", "", "没有在办的"),
    _move_deed("reassign", "arrows-exchange", "", "没有在办的"),
    _move_deed("reopen", "arrow-back-up", "", "没有办结过的"),
    _move_deed("account", "alert-triangle", "", "没有交办过的"),
    Deed("flags", "容缺受理、绿色通道…", ask_flags, icon="ticket"),
)  # fmt: skip
