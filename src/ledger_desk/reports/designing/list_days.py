"""What a list of records needs besides its columns: the day by which it is cut, its order, its conditions."""

from __future__ import annotations

from dataclasses import replace

from ledger_desk.exchange.form_parts import Empty
from ledger_desk.exchange.headings import key_of
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.reports.designing.draft import SERIAL, DraftBlock, Field, Nothing
from ledger_desk.reports.designing.row_kinds import RECORDS_LIKE

# Registers of what there is, whatever the period.
_STANDING = frozenset(
    ["park", "product", "team", "enterprise", "bank", "person", "office", "guarantor"]
)
_LEAST_SAID = 4


def as_list(block: DraftBlock, title: str) -> DraftBlock:
    """Complete a block whose rows are records; others stay as they are.

    Args:
        block: The block with its columns.
        title: Title and sheet, which may name the kind of records: 贷后用途核查.
    """
    if block.rows not in RECORDS_LIKE:
        return block
    filled = [c for c in block.columns if not isinstance(c.choice, Nothing)]
    at = next((c.at for c in filled if c.choice != SERIAL), filled[0].at if filled else "A")
    empty = Empty(at=at, text="本期没有")
    if block.of is None:
        return replace(block, empty=empty)
    day = None if block.of in _STANDING else _day(block, title)
    sort = (day,) if day else ()
    return replace(block, day=day, sort=sort, where=_where(block, title), empty=empty)


def _day(block: DraftBlock, title: str) -> str | None:
    """The day that the title speaks of (推荐清单: 推荐日期), else the first that is shown."""
    fields = [s for s in field_map(BY_TABLE[block.of or ""]).values() if s.kind.name == "day"]
    said = key_of(title)
    stems = {s.name: s.label.removesuffix("日期") for s in fields}
    called = {name: _shared(stem, said) for name, stem in stems.items()}
    named = [name for name, many in called.items() if many > 1 and many >= 0.6 * len(stems[name])]
    if named:
        return max(named, key=lambda name: called[name])
    days = {s.name for s in fields}
    paths = [c.choice.path for c in block.columns if isinstance(c.choice, Field)]
    return next((path for path in paths if path in days), None)


def _shared(label: str, title: str) -> int:
    """Length of the longest piece that a label and a title have in common."""
    return max(
        (end - start for start in range(len(label)) for end in range(start + 1, len(label) + 1)
         if label[start:end] in title), default=0,
    )  # fmt: skip


def _where(block: DraftBlock, title: str) -> tuple[tuple[str, str, str], ...]:
    """The one word of a closed list that the title names; several of one list say nothing."""
    for spec in field_map(BY_TABLE[block.of or ""]).values():
        if spec.kind.name != "choice":
            continue
        named = [o for o in spec.kind.options if len(o) >= _LEAST_SAID and o in title]
        if len(named) == 1:
            return ((spec.name, "=", named[0]),)
    return ()
