"""A block of text cells laid over records: what each cell would do, then all of it as one step.

`product.md` §8: a block copied from a spreadsheet pastes as one named step. Cells are read as in a
table that is read in (`parsing`), but rows are told by their place, not by a code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ledger_desk.exchange.blocks import Block, write_block
from ledger_desk.exchange.differences import shown as show_value
from ledger_desk.exchange.headings import key_of
from ledger_desk.exchange.paste_columns import PasteColumn, columns_of, headings_of, is_headed
from ledger_desk.exchange.paste_fates import (
    BLANK,
    CHANGED,
    HIDDEN,
    LOCKED,
    OUTSIDE,
    SAME,
    WRONG,
    Fates,
)
from ledger_desk.model import locks, masks
from ledger_desk.model.fields import FieldSpec, Record, field_map, values_of
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

__all__ = ["BLANK", "CHANGED", "HIDDEN", "LOCKED", "OUTSIDE", "SAME", "WRONG", "Layout", "PasteCell",
           "PastePlan", "PasteRow", "apply", "plan", "view"]  # fmt: skip

_AT_ONCE = 1000  # rows compared at a time: few questions to the ledger, cancelled within a moment
_RENAMES = 2  # so many firms called otherwise are rather a list laid over the wrong rows

Shown = Callable[[Sequence[str]], Mapping[str, Mapping[str, str]]]
"""Ids → id → column key → text as the list shows it; a cell that says just this changes nothing."""


@dataclass(frozen=True)
class Layout:
    """The list that a block is laid over.

    Attributes:
        cls: Class of its records.
        columns: Keys of all shown columns in their order: names of fields, or of computed columns.
        first: Place in ``columns`` of the cell that the block begins at.
        ids: Ids of the rows from that cell on, in their order; as many as the block has rows, or
            all that there are.
        titles: Column key → heading on the screen, where it is not the field's label.
        locked: Column key → sentence why it cannot be changed.
        shown: What the list shows, or None where nobody sees it.
        fresh: Rows among ``ids`` that are not in the ledger yet: id → record as it begins; one
            that gets a value is made with that id.
    """

    cls: type[Record]
    columns: tuple[str, ...]
    first: int
    ids: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    locked: Mapping[str, str] = field(default_factory=dict)
    shown: Shown | None = None
    fresh: Mapping[str, Record] = field(default_factory=dict)


class PasteCell(NamedTuple):
    """One cell: its fate, what was pasted, old and new value as lists show them, and a sentence."""

    fate: str
    text: str
    old: str = ""
    new: str = ""
    why: str = ""


class PasteRow(NamedTuple):
    """One row of the block: the record it falls on ('' outside the list), its name, its cells."""

    record: str
    title: str
    cells: tuple[PasteCell, ...]


@dataclass(frozen=True)
class PastePlan:
    """What pasting would do; `apply` does it.

    Attributes:
        layout: The list below the block.
        block: All rows of the block, with headings.
        columns: One for each column of the block.
        heading: The first row is headings and is left out.
        headed: It looks like headings.
        by_heading: Columns were told by headings, not by place.
        movable: Headings name other columns than those the block lies on.
        erase: Empty cells empty the cells below them.
        fates: One fate for each cell of each data row.
        whys: (data row, column) → sentence, where there is one.
        changes: Id → field → new value, only what differs.
        renamed: How many records would be called otherwise.
    """

    layout: Layout
    block: Block
    columns: tuple[PasteColumn, ...]
    heading: bool
    headed: bool
    by_heading: bool
    movable: bool
    erase: bool
    fates: Sequence[Sequence[str]]
    whys: Mapping[tuple[int, int], str]
    changes: Mapping[str, Mapping[str, Any]]
    renamed: int

    @property
    def cls(self) -> type[Record]:
        """Class of the records."""
        return self.layout.cls

    @property
    def rows(self) -> Block:
        """The data rows."""
        return self.block[1:] if self.heading else self.block

    @cached_property
    def counts(self) -> dict[str, int]:
        """Cells by fate."""
        found: Counter[str] = Counter()
        for row in self.fates:
            found.update(row)
        return {fate: found[fate] for fate in (CHANGED, SAME, WRONG, LOCKED, HIDDEN, BLANK, OUTSIDE)}  # fmt: skip

    @property
    def extra(self) -> int:
        """Data rows beyond the end of the list."""
        return max(0, len(self.rows) - len(self.layout.ids))

    @property
    def fits(self) -> bool:
        """Whether it can be done at once, without anybody looking at it first."""
        stops = sum(self.counts[fate] for fate in (WRONG, LOCKED, HIDDEN, OUTSIDE))
        return not stops and not self.headed and self.renamed < _RENAMES

    @property
    def is_list(self) -> bool:
        """Whether the block names records itself, so that rows could be read in as new ones."""
        known = field_map(self.cls)
        names = {column.name for column in self.columns}
        return any(name in names and known[name].identity for name in known)

    @property
    def size(self) -> str:
        """How much of the block lies on the list: ``32 行 × 3 列``."""
        inside = sum(1 for column in self.columns if column.name)
        return f"{len(self.rows) - self.extra:,} 行 × {inside:,} 列"

    def as_list(self, *, only_extra: bool) -> str:
        """Give the block, or its rows beyond the list, as a table with headings to be read in."""
        known = field_map(self.cls)
        labels = [known[c.name].label if c.spec else c.heading for c in self.columns]
        if self.heading and not only_extra:
            labels = list(self.block[0])
        rows = self.rows[len(self.layout.ids) :] if only_extra else self.rows
        return write_block([labels, *rows])


def plan(
    ledger: Ledger,
    layout: Layout,
    block: Block,
    *,
    erase: bool = False,
    heading: bool | None = None,
    by_heading: bool | None = None,
    exact: bool = False,
    progress: Progress = silent,
) -> PastePlan:
    """Say what each cell of a block would do.

    Args:
        ledger: Is only read.
        layout: The list below the block.
        block: Text cells, all rows of one width (`blocks.read_block`).
        erase: Whether an empty cell empties what it falls on.
        heading: Whether the first row is headings; None: as it looks.
        by_heading: Whether headings tell the columns; None: where they name others than the place.
        exact: An amount counts with all its decimals; else one that reads as the list shows the
            old one is the same (`decisions.md` 17).
        progress: (rows done, rows, words).

    Raises:
        Cancelled: From ``progress``.
    """
    known = field_map(layout.cls)
    by_title = headings_of(known, layout.titles)
    headed = is_headed(block, by_title)
    has_heading = headed if heading is None else heading
    locked = {**locks.locked(layout.cls), **layout.locked}
    placed = columns_of(layout.columns[layout.first :], block, known, locked)
    columns, movable = placed, False
    if has_heading and block:
        named = [by_title.get(key) for key in map(key_of, block[0])]
        told = columns_of(named, block, known, locked, named=True)
        movable = any(named) and [c.name for c in told] != [c.name for c in placed]
        if movable and by_heading is not False:
            columns = told
    rows = block[1:] if has_heading else block
    fates = Fates(layout.cls, columns, erase=erase, exact=exact, fresh=layout.fresh)
    with ledger.read() as read:
        fates.begin(read, ledger.office.division or "")
        for start in range(0, len(rows), _AT_ONCE):
            progress(start, len(rows), "正在核对")
            ids = layout.ids[start : start + _AT_ONCE]
            fates.take(rows[start : start + _AT_ONCE], ids, layout.shown(ids) if layout.shown and ids else {})  # fmt: skip
        fates.finish()
    return PastePlan(
        layout, block, columns, has_heading, headed, columns is not placed, movable, erase,
        fates.fates, fates.whys, fates.changes, fates.renamed,
    )  # fmt: skip


def apply(
    ledger: Ledger, made: PastePlan, progress: Progress = silent, *, name: str = ""
) -> StepInfo | None:
    """Write a plan as one step.

    Args:
        ledger: Open for writing.
        made: From `plan`.
        progress: May cancel until everything is written.
        name: Name of the step; ``粘贴 32 行 × 3 列`` without.

    Returns:
        The step; None where nothing differs.

    Raises:
        UserError: The ledger cannot be written.
        Cancelled: From ``progress``; nothing is changed.
    """
    if not made.changes:
        return None
    fresh = made.layout.fresh
    there = [(record, values) for record, values in made.changes.items() if record not in fresh]
    begun = [
        {"id": record, **values_of(fresh[record]), **values}
        for record, values in made.changes.items()
        if record in fresh
    ]
    with ledger.step(name or f"粘贴 {made.size}") as step:
        if begun:
            step.create_many(made.cls, begun)
        if there:
            step.change_many(made.cls, there, progress)
        progress(len(made.changes), len(made.changes), "正在写入")
    return step.result


def view(ledger: Ledger, made: PastePlan, offset: int, limit: int) -> list[PasteRow]:
    """Give some data rows with old and new values in words; personal data that stands there masked."""
    ids = made.layout.ids
    with ledger.read() as rows:
        some = ids[offset : offset + limit]
        records: dict[str, Any] = {**made.layout.fresh, **rows.many(made.cls, some)}
        found = []
        for place in range(offset, min(offset + limit, len(made.rows))):
            record = ids[place] if place < len(ids) else ""
            there = records.get(record)
            cells = tuple(
                _cell(rows, made, column, there, place, number)
                for number, column in enumerate(made.columns)
            )
            found.append(PasteRow(record, there.title if there is not None else "", cells))
    return found


def _cell(
    rows: Rows, made: PastePlan, column: PasteColumn, record: Any, place: int, number: int
) -> PasteCell:
    fate, text = made.fates[place][number], made.rows[place][number]
    cell = PasteCell(fate, text, why=made.whys.get((place, number), column.why))
    spec = column.spec
    if spec is None or record is None:
        return cell
    old = _masked(spec, show_value(rows, spec, getattr(record, spec.name)))
    if fate != CHANGED:
        return cell._replace(old=old)
    new = made.changes[record.id].get(spec.name, getattr(record, spec.name))
    return cell._replace(old=old, new=show_value(rows, spec, new))


def _masked(spec: FieldSpec, text: str) -> str:
    if not spec.private or not text:
        return text
    return masks.mask_phone(text) if spec.kind.name == "phone" else masks.mask_id(text, "ends")
