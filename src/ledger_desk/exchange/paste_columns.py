"""Which field each column of a pasted block falls on, by its place or by its heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger_desk.exchange.blocks import Block
from ledger_desk.exchange.headings import key_of
from ledger_desk.model.fields import FieldSpec

_COMPUTED = "这一列是程序算出来的，不能直接改。"


@dataclass(frozen=True)
class PasteColumn:
    """One column of a block.

    Attributes:
        name: Key of the column below it; '' where there is none.
        spec: The field that it changes; None where it changes nothing.
        heading: What its first row says.
        why: Why it changes nothing.
    """

    name: str
    spec: FieldSpec | None
    heading: str
    why: str = ""


def headings_of(known: Mapping[str, FieldSpec], titles: Mapping[str, str]) -> dict[str, str]:
    """Give the comparable heading → column key; what stands on the screen comes first."""
    found: dict[str, str] = {}
    for name, title in titles.items():
        found.setdefault(key_of(title), name)
    for name, spec in known.items():
        found.setdefault(key_of(spec.label), name)
    for name, spec in known.items():
        for synonym in spec.synonyms:
            found.setdefault(key_of(synonym), name)
    found.pop("", None)
    return found


def is_headed(block: Block, by_title: Mapping[str, str]) -> bool:
    """Tell whether the first row looks like headings: most of its words are names of columns."""
    if not block:
        return False
    words = [key_of(cell) for cell in block[0] if cell.strip()]
    known = sum(1 for word in words if word in by_title)
    return bool(words) and 2 * known > len(words)


def columns_of(
    names: Sequence[str | None],
    block: Block,
    known: Mapping[str, FieldSpec],
    locked: Mapping[str, str],
    *,
    named: bool = False,
) -> tuple[PasteColumn, ...]:
    """Make the columns of a block.

    Args:
        names: Keys of the columns below it; too few where it is wider than the list, None where a
            heading names nothing.
        block: The block.
        known: Fields of the record class.
        locked: Column key → why it cannot be changed.
        named: The keys come from headings.
    """
    made: list[PasteColumn] = []
    for number in range(len(block[0]) if block else 0):
        heading = block[0][number]
        name = names[number] if number < len(names) else None
        spec = known.get(name) if name else None
        if name is None:
            why = (f"没有叫“{heading[:20]}”的列，这一列不贴。" if named else "名单右边没有这么多列，这一列贴不下。")  # fmt: skip
            made.append(PasteColumn("", None, heading, why))
        elif any(name == other.name for other in made):
            why = f"和前面一列是同一项“{heading[:20]}”，这一列不贴。"
            made.append(PasteColumn("", None, heading, why))
        elif name in locked or spec is None:
            made.append(PasteColumn(name, None, heading, locked.get(name, _COMPUTED)))
        else:
            made.append(PasteColumn(name, spec, heading))
    return tuple(made)
