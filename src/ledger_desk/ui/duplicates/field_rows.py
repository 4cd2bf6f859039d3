"""The lines under the firms of a group: what differs first, what only one has, what is the same."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ledger_desk.exchange.duplicates.saying import Said
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.duplicates.comparing import Comparing
from ledger_desk.ui.records.showing import show
from ledger_desk.ui.records.step_words import file_of_step
from ledger_desk.ui.records.times import when

Part = Literal["differs", "partly", "same"]
Stretch = tuple[int, int]
"""Characters from … up to …"""

_TITLES: dict[Part, str] = {
    "differs": "写得不一样的 {} 项，看用哪一户的",
    "partly": "只有一边写了的 {} 项，自动补上",
    "same": "一样的 {} 项",
}
_SHORTEST = 5  # characters: of shorter texts everything is seen at a glance
_ALIKE = 0.4  # of two texts with less in common nothing is marked: everything differs


@dataclass(frozen=True)
class Shown:
    """One value: its text, who said it, which characters differ from the first firm's."""

    text: str
    said: str
    marked: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class FieldRow:
    """One line; a heading has no field.

    Attributes:
        part: In which part it stands.
        field: Name of the field, '' for the heading of the part.
        label: What the field, or the part, is called.
        values: What each firm has, in the order of the columns.
    """

    part: Part
    field: str
    label: str
    values: tuple[Shown, ...] = ()


def rows_of(ledger: Ledger, comparing: Comparing, *, masked: bool) -> list[FieldRow]:
    """Give all lines, the differing ones first; ``masked`` hides personal data."""
    parts: dict[Part, list[FieldRow]] = {"differs": [], "partly": [], "same": []}
    for field in comparing.fields():
        part: Part = "same"
        if comparing.differs(field.field):
            part = "differs"
        elif comparing.partly(field.field):
            part = "partly"
        values = _values(ledger, comparing, field.field, masked=masked, differs=part == "differs")
        parts[part].append(FieldRow(part, field.field, field.label, values))
    found: list[FieldRow] = []
    for part, rows in parts.items():
        if rows:
            found += [FieldRow(part, "", _TITLES[part].format(len(rows))), *rows]
    return found


def _values(
    ledger: Ledger, comparing: Comparing, name: str, *, masked: bool, differs: bool
) -> tuple[Shown, ...]:
    spec = comparing.spec(name)
    raw = [comparing.value(name, record) for record in comparing.ids]
    texts = [show(ledger, spec, value, masked=masked) for value in raw]
    hidden = masked and spec.private and len(set(texts)) < len(set(raw))
    shown = []
    for place, record in enumerate(comparing.ids):
        said = comparing.said.get(record, {}).get(name)
        told = who(said) if said is not None and texts[place] else ""
        if hidden and differs and texts[place]:
            told = "遮住的几位不一样"
        marked = differing(texts[0], texts[place]) if differs and place and texts[0] else ()
        if not place and differs and len(texts) == 2:
            marked = differing(texts[1], texts[0])
        shown.append(Shown(texts[place], told, marked))
    return tuple(shown)


def who(said: Said) -> str:
    """Who said it and when: 11-06 16:20 程映雪, or the file it was read in from."""
    if said.read_in:
        return f"{when(said.at)}　{file_of_step(said.step)}"
    return f"{when(said.at, clock=True)}　{said.person or '没有登记姓名'}"


def differing(base: str, text: str) -> tuple[Stretch, ...]:
    """Give the characters of a text that another does not have at that place."""
    if base == text or min(len(base), len(text)) < _SHORTEST:
        return ()
    matcher = SequenceMatcher(None, base, text, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ()
    return tuple((a, b) for tag, _, _, a, b in matcher.get_opcodes() if tag != "equal" and b > a)


def hanging_words(counts: dict[str, int]) -> str:
    """What hangs on a firm: 银企对接 2、贷款 1."""
    told = "、".join(f"{label} {number:,}" for label, number in counts.items())
    return told or "名下没有记录"
