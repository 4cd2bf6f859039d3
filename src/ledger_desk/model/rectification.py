"""The way of a fault that has to be mended (问题整改): states, moves, what each needs and writes.

明察暗访、走流程 → 下发交办函 → 跟进监督、全程督办 → 整改 → 复核销号 (`seeds/004` 一(一)); 多次整改不到位的
约谈，问题严重的建议问责 (`seeds/004` 二(三)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.matters import Inspection, Rectification

CLAUSE = "新金营商办〔2022〕7号 一（一）"
CLAUSE_ACCOUNT = "新金营商办〔2022〕7号 二（三）"
OPEN, MENDING, TO_CHECK, CLOSED = "待整改", "整改中", "已整改待复核", "已销号"


@dataclass(frozen=True)
class Move:
    """One move of the table.

    Attributes:
        key: Name in the program.
        text: The verb on buttons and in sentences.
        before: States it can be made from.
        after: State it leads to; '' leaves it as it is.
        day: Field that takes the day.
        needs: Fields that have to be said, if the record does not have them yet.
        anew: Fields that have to be said whatever the record has.
        may: Fields that may be said besides.
        clears: Fields that are emptied.
        adds: Field that a dated line of what was said is added to.
    """

    key: str
    text: str
    before: tuple[str, ...]
    after: str = ""
    day: str = ""
    needs: tuple[str, ...] = ()
    anew: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    adds: str = ""


_MOVES = (
    Move("order", "下发交办函", (OPEN,), MENDING, "ordered_on", ("due_on",), (),
         ("person", "goal", "measure")),
    Move("watch", "督办", (OPEN, MENDING), "", "watched_on", anew=("words",), adds="progress"),
    Move("report", "登记进展", (OPEN, MENDING), MENDING, "", anew=("words",), may=("cause", "measure"),
         adds="progress"),
    Move("mend", "整改完成", (OPEN, MENDING), TO_CHECK, "done_on", ("measure", "proof"), (), ("cause",)),
    Move("close", "复核销号", (TO_CHECK,), CLOSED, "checked_on", ("checked_by",)),
    Move("return", "复核退回", (TO_CHECK, CLOSED), MENDING, "", anew=("words",), may=("due_on",),
         clears=("done_on", "checked_on", "checked_by"), adds="progress"),
    Move("talk", "约谈", (OPEN, MENDING, TO_CHECK), "", "talked_on", anew=("words",), adds="progress"),
    Move("account", "建议问责", (OPEN, MENDING, TO_CHECK, CLOSED), "", "", anew=("words",),
         adds="held_to_account"),
)  # fmt: skip
MOVES: Mapping[str, Move] = MappingProxyType({move.key: move for move in _MOVES})


@dataclass(frozen=True)
class Doing:
    """What is said with a move: the day, the words of it, fields by name."""

    day: date
    words: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def said(self, name: str) -> Any:
        """What was said of a field; ``words`` is what was said of the move itself."""
        value = self.words if name == "words" else self.values.get(name)
        return value.strip() if isinstance(value, str) else value


def state_of(record: Rectification) -> str:
    """The state; one that came without, from a list, has that of the last day written."""
    if record.state:
        return record.state
    if record.checked_on:
        return CLOSED
    if record.done_on:
        return TO_CHECK
    return MENDING if record.ordered_on else OPEN


def days_left(record: Rectification, today: date) -> int | None:
    """Days to the limit, below zero when it has passed; None once it is mended."""
    if record.due_on is None or record.done_on is not None or state_of(record) == CLOSED:
        return None
    return (record.due_on - today).days


def is_late(record: Rectification, today: date) -> bool:
    """Whether the limit has passed and nothing says that it was mended."""
    left = days_left(record, today)
    return left is not None and left < 0


def refuse(record: Rectification, move: Move, doing: Doing, today: date) -> str:
    """Say in one sentence why a move cannot be made; '' when it can."""
    state = state_of(record)
    if state not in move.before:
        if state == move.after:
            return f"这个问题已经是“{state}”，不用再{move.text}。"
        wanted = "、".join(f"“{each}”" for each in move.before)
        return f"这个问题现在是“{state}”，{move.text}只能在{wanted}时做。"
    missing = [_label(name) for name in move.anew if not doing.said(name)]
    missing += [
        _label(name) for name in move.needs if not (doing.said(name) or getattr(record, name))
    ]
    if move.key == "order" and not (record.bank or record.unit):
        missing.append("责任银行或责任单位")
    if missing:
        return f"{move.text}要写明{'、'.join(missing)}，现在还空着。"
    if doing.day > today:
        return f"{move.text}的日子 {doing.day} 还没有到，请写今天或以前的日子。"
    earliest = record.found_on if move.key != "close" else (record.done_on or record.found_on)
    if earliest is not None and doing.day < earliest:
        what = "整改完成日期" if move.key == "close" and record.done_on else "发现日期"
        return f"{move.text}的日子 {doing.day} 早于{what} {earliest}，请核对。"
    due = doing.said("due_on") or record.due_on
    if move.key == "order" and due is not None and due < doing.day:
        return f"整改时限 {due} 早于交办函的日子 {doing.day}，请核对。"
    return ""


def result(record: Rectification, move: Move, doing: Doing) -> dict[str, Any]:
    """Give the fields that a move writes; it has to be asked of `refuse` before."""
    fields: dict[str, Any] = dict.fromkeys(move.clears)
    for name in (*move.needs, *move.may):
        said = doing.said(name)
        if said not in (None, ""):
            fields[name] = said
    if move.day:
        fields[move.day] = doing.day
    if move.adds:
        line = f"{doing.day.isoformat()} {move.text}：{doing.said('words')}"
        fields[move.adds] = "\n".join(part for part in (getattr(record, move.adds), line) if part)
    if move.after:
        fields["state"] = move.after
    return fields


def from_inspection(inspection: Inspection) -> str:
    """Say why an inspection gives nothing to mend; '' when it does."""
    return "" if (inspection.finding or "").strip() else "这次检查没有写发现的问题，没有要整改的。"


def faults(record: Rectification) -> tuple[str, ...]:
    """Sentences about what does not fit together."""
    found = []
    state = state_of(record)
    if state == TO_CHECK and not record.proof:
        found.append("已整改待复核，却没有佐证材料。")
    if state != OPEN and not (record.bank or record.unit):
        found.append("没有写责任银行或责任单位。")
    if state != OPEN and not record.person:
        found.append("还没有落实到具体责任人。")
    if record.due_on and record.found_on and record.due_on < record.found_on:
        found.append(f"整改时限 {record.due_on} 早于发现日期 {record.found_on}。")
    return tuple(found)


def _label(name: str) -> str:
    return "情况" if name == "words" else field_map(Rectification)[name].label
