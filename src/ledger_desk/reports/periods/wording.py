"""A restatement in words and numbers as people read them, for paper, list and window alike."""

from __future__ import annotations

from decimal import Decimal

from ledger_desk.model.money import show_wan
from ledger_desk.reports.periods.causes import Cause
from ledger_desk.reports.periods.moves import CellMove, LeafMove, Mover
from ledger_desk.reports.periods.restating import Restatement
from ledger_desk.reports.styles import NOTHING


def shown(value: int | None, leaf: LeafMove) -> str:
    """A number in the leaf's unit: 万元 with two decimals, rates with theirs."""
    if value is None:
        return NOTHING
    if leaf.kind == "mean":  # what bears the weight is money
        return show_wan(value)
    return _number(value, leaf)


def worth(value: int | None, leaf: LeafMove) -> str:
    """The value of a leaf: of a mean, the rate."""
    return NOTHING if value is None else _number(value, leaf)


def _number(value: int, leaf: LeafMove) -> str:
    if leaf.unit == "万元" and isinstance(value, int):
        return show_wan(value)
    if leaf.places:
        return f"{Decimal(value).scaleb(-leaf.places):,f}"
    return f"{value:,}"


def signed(value: int, leaf: LeafMove) -> str:
    """A difference with its sign: ``+4``, ``−1``."""
    text = shown(abs(value), leaf)
    return text if not value else f"{'+' if value > 0 else '−'}{text}"


def cause_words(causes: tuple[Cause, ...]) -> str:
    """``补录``, or ``合并重复、更正``."""
    return "、".join(dict.fromkeys(cause.word for cause in causes))


def cause_details(causes: tuple[Cause, ...]) -> str:
    """Each cause with the steps that show it."""
    return "；".join(f"{c.word}：{c.detail}" if c.detail else c.word for c in causes)


def unit_of(leaf: LeafMove) -> str:
    """The unit of the firms' parts."""
    return "万元" if leaf.kind == "mean" else leaf.unit


def sentence(told: Restatement, number: int) -> str:
    """``原报 212 户，现为 215 户：补录 +4 户，合并重复 −1 户``; of a formula how it came about."""
    cell = told.cells[number]
    if not cell.leaves:
        return cell.note or f"原报“{cell.was}”，现为“{cell.now}”。"
    parts = []
    for leaf in cell.leaves:
        if not leaf.movers and not leaf.unexplained:
            continue
        said = f"原报 {worth(leaf.was, leaf)} {leaf.unit}，现为 {worth(leaf.now, leaf)} {leaf.unit}"
        if len(cell.leaves) > 1 or leaf.kind == "mean":
            said = f"{leaf.label}{said}"
        sums = _sums(told, number, leaf)
        parts.append(f"{said}：{sums}" if sums else said)
    return "；".join(parts) + "。" if parts else "四舍五入、舍位平衡的差别，没有企业变动。"


def _sums(told: Restatement, number: int, leaf: LeafMove) -> str:
    """What each cause makes together."""
    by_word: dict[str, int] = {}
    for mover in leaf.movers:
        word = cause_words(told.causes_of(number, leaf, mover))
        by_word[word] = by_word.get(word, 0) + mover.now - mover.was
    said = [f"{word} {signed(value, leaf)} {unit_of(leaf)}" for word, value in by_word.items()]
    if leaf.unexplained:
        said.append(f"口径变动 {signed(leaf.unexplained, leaf)} {unit_of(leaf)}")
    return "，".join(said)


def mover_line(
    told: Restatement, number: int, leaf: LeafMove, mover: Mover
) -> tuple[str, str, str, str, str, str]:  # fmt: skip
    """One firm: name, came or left or changed, was, now, difference, why."""
    why = cause_details(told.causes_of(number, leaf, mover))
    return (
        mover.name, mover.kind, shown(mover.was, leaf), shown(mover.now, leaf),
        signed(mover.now - mover.was, leaf), why,
    )  # fmt: skip


def difference(cell: CellMove) -> str:
    """Now less then, where the cell has one number."""
    if len(cell.leaves) != 1:
        return ""
    leaf = cell.leaves[0]
    if leaf.kind == "mean":
        if leaf.was is None or leaf.now is None:
            return ""
        gap = leaf.now - leaf.was
        return f"{'+' if gap > 0 else '−' if gap else ''}{_number(abs(gap), leaf)}"
    return signed((leaf.now or 0) - (leaf.was or 0), leaf)
