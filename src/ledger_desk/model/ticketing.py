"""The way of a ticket (批分单): states, the moves between them, what each needs and writes.

收集—研判—交办—督办—问责 (`seeds/004` 二(一)), 逐级上报 and 容缺受理 (`seeds/003` 七). `MOVES` is the one
table: nothing else says which state follows which. The clocks are in `ticket_clocks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.matters import Ticket
from ledger_desk.model.ticket_clocks import TicketClock, clocks, is_late, pressing, usual_limit

__all__ = [
    "FLAGS", "MOVES", "Doing", "Move", "Standing", "TicketClock", "clocks", "faults", "is_late",
    "moves_from", "next_move", "pressing", "refuse", "refuse_flags", "result", "shut", "state_of", "usual_limit",
]  # fmt: skip

COLLECTED, JUDGED, HANDED, SOLVED, ANSWERED, CLOSED, ESCALATED = (
    "已收集", "已研判", "办理中", "已办结", "已答复", "已销号", "已上报",
)  # fmt: skip
# The day on which a ticket came into its state: nothing after it can be earlier.
STATE_DAY: Mapping[str, str] = MappingProxyType({
    COLLECTED: "collected_on", JUDGED: "judged_on", HANDED: "handed_on", ESCALATED: "escalated_on",
    SOLVED: "solved_on", ANSWERED: "answered_on", CLOSED: "closed_on",
})  # fmt: skip
FLAGS = ("lenient", "promised", "parallel", "green")
_UNPLEASED = "不满意"
_AFTERWARDS = ("solved_on", "answered_on", "satisfied", "satisfied_way", "closed_on", "closer")


@dataclass(frozen=True)
class Move:
    """One move of the table.

    Attributes:
        key: Name in the program.
        text: The verb on buttons and in sentences.
        stage: Word of the row that is written (`work_words.TICKET_STAGES`).
        before: States it can be made from.
        after: State it leads to; '' leaves the state as it is.
        day: Field that takes the day; '' for none.
        needs: Fields that have to be said; ``words`` and ``unit`` are those of the row written.
        may: Fields that may be said besides.
        clears: Fields that are emptied.
        once: The day is kept where one is written already (首次反馈).
    """

    key: str
    text: str
    stage: str
    before: tuple[str, ...]
    after: str = ""
    day: str = ""
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    once: bool = False


_MOVES = (
    Move("judge", "研判", "研判", (COLLECTED, JUDGED), JUDGED, "judged_on", ("weight", "proposal"),
         ("kind", "instruction")),
    Move("hand", "交办", "交办", (JUDGED, ESCALATED), HANDED, "handed_on", ("lead",),
         ("assist", "due_on", "instruction")),
    Move("reassign", "改派", "交办", (HANDED,), HANDED, "", ("lead", "words"),
         ("assist", "weight", "due_on")),
    Move("feed", "反馈", "反馈", (HANDED, ESCALATED), "", "fed_back_on", ("words",), ("unit",),
         once=True),
    Move("watch", "督办", "督办", (HANDED, ESCALATED), "", "", ("words",), ("unit",)),
    Move("assist", "协办答复", "协办答复", (HANDED, ESCALATED), "", "", ("unit", "words")),
    Move("extend", "延期", "延期", (HANDED,), "", "", ("extended_to", "extended_why")),
    Move("escalate", "上报", "上报", (JUDGED, HANDED), ESCALATED, "escalated_on",
         ("escalated_to", "words")),
    Move("solve", "办结", "办结", (HANDED, ESCALATED), SOLVED, "solved_on", ("outcome",)),
    Move("answer", "答复", "答复", (SOLVED, ANSWERED), ANSWERED, "answered_on",
         ("satisfied", "satisfied_way"), ("words",)),
    Move("close", "销号", "销号", (ANSWERED,), CLOSED, "closed_on", (), ("words",)),
    Move("reopen", "退回重办", "退回重办", (SOLVED, ANSWERED, CLOSED), HANDED, "", ("words",),
         ("lead", "due_on"), _AFTERWARDS),
    Move("account", "问责", "问责", (HANDED, ESCALATED, SOLVED, ANSWERED, CLOSED), "", "",
         ("unit", "words")),
)  # fmt: skip
MOVES: Mapping[str, Move] = MappingProxyType({move.key: move for move in _MOVES})
"""All moves by key; collecting (收集) makes the ticket and is none of them."""


@dataclass(frozen=True)
class Doing:
    """What is said with a move.

    Attributes:
        day: The day it was done.
        who: Id of the person who did it.
        unit: Unit that did it, for the row written.
        words: What was done, for the row written.
        values: Fields of the ticket, by name.
    """

    day: date
    who: str | None = None
    unit: str = ""
    words: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, name: str) -> Any:
        """What was said of a field, ``unit`` and ``words`` among them."""
        if name in ("unit", "words"):
            return getattr(self, name).strip()
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) else value


@dataclass(frozen=True)
class Standing:
    """What a move is judged against besides the ticket.

    Attributes:
        today: Nothing is written for a later day.
        limit: Last day for settling it as it stands (extension, limit set, 13710).
        usual: Last day that 13710 itself leaves it.
    """

    today: date
    limit: date | None = None
    usual: date | None = None


def next_move(ticket: Ticket) -> Move | None:
    """The move that usually comes next; None where nothing is left to do."""
    state = state_of(ticket)
    at_work = "solve" if ticket.fed_back_on else "feed"
    usual = {COLLECTED: "judge", JUDGED: "hand", HANDED: at_work, ESCALATED: at_work,
             SOLVED: "answer", ANSWERED: "close"}  # fmt: skip
    return MOVES[usual[state]] if state in usual else None


def state_of(ticket: Ticket) -> str:
    """The state; a ticket that came without one, from a list, has that of the last day written."""
    if ticket.state:
        return ticket.state
    known = (CLOSED, ANSWERED, SOLVED, ESCALATED, HANDED, JUDGED)
    return next((each for each in known if getattr(ticket, STATE_DAY[each])), COLLECTED)


def moves_from(state: str) -> tuple[Move, ...]:
    """The moves that can be made from a state."""
    return tuple(move for move in MOVES.values() if state in move.before)


def refuse(ticket: Ticket, move: Move, doing: Doing, standing: Standing) -> str:
    """Say in one sentence why a move cannot be made; '' when it can."""
    state = state_of(ticket)
    if state not in move.before:
        return shut(move, state)
    missing = [_label(move, name) for name in move.needs if doing.said(name) in (None, "")]
    if missing:
        return f"{move.text}要写明{'、'.join(missing)}，现在还空着。"
    return _wrong_day(ticket, state, move, doing, standing) or _wrong_words(
        ticket, move, doing, standing
    )


def result(
    ticket: Ticket, move: Move, doing: Doing, standing: Standing
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give what a move writes: fields of the ticket, and the row of what was done.

    It has to be asked of `refuse` before.
    """
    fields: dict[str, Any] = dict.fromkeys(move.clears)
    for name in (*move.needs, *move.may):
        said = doing.said(name)
        if name not in ("unit", "words") and said not in (None, ""):
            fields[name] = said
    if move.day and not (move.once and getattr(ticket, move.day)):
        fields[move.day] = doing.day
    if move.after:
        fields["state"] = move.after
    if move.key == "hand" and "due_on" not in fields and ticket.due_on is None:
        fields["due_on"] = standing.usual
    if "due_on" in fields and ticket.extended_to is not None and move.key in ("reopen", "reassign"):
        fields["extended_to"] = None  # the limit just set is the one that holds
    if move.key == "close":
        fields["closer"] = doing.who
    action = {
        "ticket": ticket.id, "day": doing.day, "stage": move.stage, "who": doing.who,
        "unit": doing.said("unit") or _unit(ticket, move, fields), "content": _content(move, doing, fields),
    }  # fmt: skip
    return fields, action


def refuse_flags(ticket: Ticket, flags: Mapping[str, bool]) -> str:
    """Say why 容缺受理, 信用承诺, 并联审批 or 绿色通道 cannot be set so; '' when they can."""
    if state_of(ticket) == CLOSED:
        return "这一件已经销号，不再改办理方式。"
    now = {name: bool(getattr(ticket, name)) for name in FLAGS} | dict(flags)
    if now["lenient"] and not now["promised"]:
        return "容缺受理要先有企业的信用承诺，请同时记上信用承诺。"
    return ""


def faults(ticket: Ticket) -> tuple[str, ...]:
    """Sentences about what does not fit together in a ticket, however it came about."""
    found = []
    state = state_of(ticket)
    own = STATE_DAY[state]
    spec = field_map(Ticket)
    if getattr(ticket, own) is None:
        found.append(f"状态是“{state}”，却没有{spec[own].label}。")
    order = [name for name in STATE_DAY.values() if name != "escalated_on"]
    known = [(name, getattr(ticket, name)) for name in order if getattr(ticket, name) is not None]
    for (early, before), (late, after) in pairwise(known):
        if after < before:
            found.append(f"{spec[late].label} {after} 早于{spec[early].label} {before}。")
    if ticket.lenient and not ticket.promised:
        found.append("容缺受理了，却没有信用承诺。")
    if state == HANDED and not ticket.lead:
        found.append("已经在办，却没有主办单位。")
    return tuple(found)


def shut(move: Move, state: str) -> str:
    """Say why a move cannot be made from a state; '' when it can."""
    if state in move.before:
        return ""
    if state == move.after:
        return f"这一件已经是“{state}”，不用再{move.text}。"
    wanted = "、".join(f"“{each}”" for each in move.before)
    return f"这一件现在是“{state}”，{move.text}只能在{wanted}时做。"


def _wrong_day(ticket: Ticket, state: str, move: Move, doing: Doing, standing: Standing) -> str:
    if doing.day > standing.today:
        return f"{move.text}的日子 {doing.day} 还没有到，请写今天或以前的日子。"
    spec = field_map(Ticket)
    for name in ("collected_on", STATE_DAY[state]):
        before = getattr(ticket, name)
        if before is not None and doing.day < before:
            return f"{move.text}的日子 {doing.day} 早于{spec[name].label} {before}，请核对。"
    return ""


def _wrong_words(ticket: Ticket, move: Move, doing: Doing, standing: Standing) -> str:
    due = doing.said("due_on") if "due_on" in move.may else None
    if due is not None and due < doing.day:
        return f"办理时限 {due} 早于{move.text}的日子 {doing.day}，请核对。"
    if (
        move.key == "hand"
        and due is not None
        and standing.usual is not None
        and due > standing.usual
    ):
        return (
            f"按 13710 要在 {standing.usual} 前办结，时限不能晚到 {due}；办不完的，到期前办理延期。"
        )
    if move.key == "extend":
        return _wrong_extension(doing, standing)
    if move.key == "close" and ticket.satisfied_way == _UNPLEASED:
        return "企业对办理过程不满意，不能销号，请退回重办，或者回访以后重新登记答复。"
    return ""


def _wrong_extension(doing: Doing, standing: Standing) -> str:
    until = doing.said("extended_to")
    if standing.limit is not None and doing.day > standing.limit:
        return f"时限 {standing.limit} 已经过了，延期要在到期以前提出。"
    if standing.limit is not None and until <= standing.limit:
        return f"延期到 {until} 不比现在的时限 {standing.limit} 晚，请写更晚的日子。"
    return ""


def _label(move: Move, name: str) -> str:
    if name == "unit":
        return "办理单位"
    if name == "words":
        return {"reopen": "退回原因", "reassign": "改派原因", "escalate": "上报事由"}.get(
            move.key, "办理情况"
        )
    return field_map(Ticket)[name].label


def _unit(ticket: Ticket, move: Move, fields: Mapping[str, Any]) -> str | None:
    """The unit that the row of a move is about, where nobody said it."""
    if move.key == "escalate":
        return str(fields["escalated_to"])
    if move.key in ("hand", "reassign", "reopen", "feed", "extend", "solve", "watch"):
        return fields.get("lead") or ticket.lead
    return None


def _content(move: Move, doing: Doing, fields: Mapping[str, Any]) -> str | None:
    """What the row says: what was written with the move, in words."""
    parts = []
    if move.key == "judge":
        parts = [f"{fields['weight']}；拟办：{fields['proposal']}"]
    elif move.key in ("hand", "reassign"):
        parts = [f"{fields['lead']}主办"]
        if fields.get("assist"):
            parts.append(f"{fields['assist']}协办")
        if fields.get("due_on"):
            parts.append(f"{fields['due_on']} 前办结")
    elif move.key == "extend":
        parts = [f"延期到 {fields['extended_to']}：{fields['extended_why']}"]
    elif move.key == "solve":
        parts = [str(fields["outcome"])]
    elif move.key == "answer":
        parts = [f"结果{fields['satisfied']}，过程{fields['satisfied_way']}"]
    if doing.words.strip():
        parts.append(doing.words.strip())
    return "，".join(parts) or None
