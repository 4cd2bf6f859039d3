"""What moved between a frozen period and today's report: cells, rows of lists, and the firms behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ledger_desk.exchange.form_parts import RECORDS
from ledger_desk.reports.periods.frozen import Frozen
from ledger_desk.reports.periods.stakes import Leaf, Who, owner, question_of, total_leaf
from ledger_desk.reports.shapes import (
    Cell,
    FromFormula,
    FromIndicator,
    FromRows,
    Report,
    ReportBlock,
)
from ledger_desk.reports.sources import SOURCES
from ledger_desk.workbook.references import letters

CAME, LEFT, CHANGED = "列入", "退出", "变动"
Slot = tuple[str, int, str, int, str]
"""Tab, block (-1: none), key of the row, which of the rows of that key, letters of the column."""


@dataclass(frozen=True)
class Mover:
    """One firm (or record) whose part in a number is not what it was; parts in the smallest unit."""

    who: Who
    name: str
    kind: str
    was: int
    now: int


@dataclass(frozen=True)
class LeafMove:
    """One part of a number: what it was, what it is, and who moved it.

    Attributes:
        was: What was reported; None for nothing.
        now: What the ledger says today.
        kind: As of `Leaf`.
        movers: Firms that came, left or changed.
        unexplained: What is left of the difference after all movers: 0 unless the meaning of the
            number itself has changed.
        place: Which leaf of its number.
    """

    label: str
    unit: str
    places: int
    kind: str
    was: int | None
    now: int | None
    movers: tuple[Mover, ...]
    unexplained: int
    place: int = 0

    @property
    def explained(self) -> int:
        """What the movers make together."""
        return sum(mover.now - mover.was for mover in self.movers)


@dataclass(frozen=True)
class CellMove:
    """One cell that says something else today.

    Attributes:
        sheet: Its tab.
        cell: ``F12`` where it stands today; where it stood, if it is gone.
        title: ``城关镇 授信户数（累计）``.
        was: What was reported; empty for nothing.
        now: What it says today.
        leaves: What it is made of; empty for a text or a formula.
        note: Of a formula, how it came about.
        origin: The cell as it is, or was.
    """

    sheet: str
    cell: str
    title: str
    was: str
    now: str
    leaves: tuple[LeafMove, ...]
    note: str
    origin: Cell


@dataclass(frozen=True)
class RowMove:
    """One row of a list that came, left, or says something else; of each change (heading, was, now)."""

    sheet: str
    kind: str
    who: Who
    label: str
    changes: tuple[tuple[str, str, str], ...]
    records: tuple[tuple[str, str], ...]


def is_list(block: ReportBlock) -> bool:
    """Whether its rows are records, not parts of the ledger."""
    return block.source == RECORDS or (block.source in SOURCES and SOURCES[block.source].is_list)


def cell_moves(was: Frozen, now: Frozen) -> list[CellMove]:
    """Cells that differ, rows of lists left aside, in the order of the form."""
    before, after = dict(_slots(was.report)), dict(_slots(now.report))
    order = [*after, *(slot for slot in before if slot not in after)]
    found = []
    for slot in order:
        old, new = before.get(slot), after.get(slot)
        if old is not None and new is not None and _same(old[0], new[0]):
            continue
        shown = new or old
        assert shown is not None
        cell, title = shown
        leaves = leaf_moves(
            _leaves(was, old[0] if old else None), _leaves(now, new[0] if new else None)
        )
        found.append(CellMove(
            slot[0], cell.name, title, old[0].text if old else "", new[0].text if new else "",
            leaves, _note(old[0] if old else None, new[0] if new else None), cell,
        ))  # fmt: skip
    return found


def _same(old: Cell, new: Cell) -> bool:
    if old.text != new.text:
        return False
    one, other = old.provenance, new.provenance
    if isinstance(one, FromIndicator) and isinstance(other, FromIndicator):
        return one.value == other.value
    return old.exact == new.exact


def _slots(report: Report) -> Iterator[tuple[Slot, tuple[Cell, str]]]:
    """Cells with numbers, by what they mean; each with its title."""
    for tab, cells in report.cells.items():
        for cell in cells:
            if cell.provenance is not None:
                yield (tab, -1, cell.name, 0, letters(cell.column)), (cell, cell.label or cell.name)
    for number, block in enumerate(report.blocks):
        if not is_list(block):
            met: Counter[str] = Counter()
            for place in range(len(block.places)):
                key, label = block.body.key(place), block.body.row(place).label
                for at, column in block.columns.items():
                    cell = block.cell(place, column)
                    if isinstance(cell.provenance, FromIndicator | FromFormula):
                        slot = (block.sheet, number, key, met[key], at)
                        yield slot, (cell, f"{label} {column.heading}".strip())
                met[key] += 1
        for at, cell in block.totals.items():
            yield (block.sheet, number, "", -1, at), (cell, f"合计 {cell.label}".strip())


def _leaves(frozen: Frozen, cell: Cell | None) -> tuple[Leaf, ...]:
    """What a cell is made of."""
    origin = cell.provenance if cell is not None else None
    if isinstance(origin, FromIndicator):
        return frozen.numbers.get(question_of(origin), ())
    if isinstance(origin, FromRows) and cell is not None:
        for block in frozen.report.blocks_of(cell.sheet):
            if any(total is cell for total in block.totals.values()):
                return (total_leaf(block, origin),)
    return ()


def _note(old: Cell | None, new: Cell | None) -> str:
    said = [each.provenance for each in (old, new) if each is not None]
    formulas = [each for each in said if isinstance(each, FromFormula)]
    if not formulas:
        return ""
    if len(formulas) == 2 and formulas[0].said != formulas[1].said:
        return f"由本表其他格子算出：原为 {formulas[0].said}，现为 {formulas[1].said}。"
    return f"由本表其他格子算出：{formulas[-1].said}。"


def leaf_moves(was: tuple[Leaf, ...], now: tuple[Leaf, ...]) -> tuple[LeafMove, ...]:
    """Compare what a number was made of with what it is made of now, leaf by leaf."""
    found = []
    for place in range(max(len(was), len(now))):
        old = was[place] if place < len(was) else None
        new = now[place] if place < len(now) else None
        shown = new or old
        assert shown is not None
        empty = Leaf(shown.label, shown.unit, shown.kind, None, {}, shown.places)
        found.append(_leaf_move(old or empty, new or empty, place))
    return tuple(found)


def _leaf_move(old: Leaf, new: Leaf, place: int) -> LeafMove:
    movers = []
    for who in [*old.stakes, *(each for each in new.stakes if each not in old.stakes)]:
        before, after = old.stakes.get(who), new.stakes.get(who)
        was, now = old.worth(who), new.worth(who)
        shown = after or before
        assert shown is not None
        if before is None or after is None:
            movers.append(Mover(who, shown.name, CAME if before is None else LEFT, was, now))
        elif was != now or (new.kind == "mean" and before.weighted != after.weighted):
            movers.append(Mover(who, shown.name, CHANGED, was, now))
    rest = ((new.value or 0) - (new.made() or 0)) - ((old.value or 0) - (old.made() or 0))
    return LeafMove(
        new.label, new.unit, new.places, new.kind, old.value, new.value, tuple(movers), rest, place
    )  # fmt: skip


def row_moves(was: Report, now: Report) -> list[RowMove]:
    """Rows of lists that came, left or changed, in the order of the form, then those that left."""
    found: list[RowMove] = []
    for number, block in enumerate(now.blocks):
        if not is_list(block) or number >= len(was.blocks):
            continue
        old, new = _rows(was.blocks[number]), _rows(block)
        for key in [*new, *(each for each in old if each not in new)]:
            a, b = old.get(key), new.get(key)
            if a is None or b is None:
                shown = b or a
                assert shown is not None
                kind = CAME if a is None else LEFT
                cells = tuple(
                    (heading, "" if a is None else text, text if a is None else "")
                    for heading, text in shown.texts.items() if text
                )  # fmt: skip
                found.append(
                    RowMove(block.sheet, kind, shown.who, shown.label, cells, shown.records)
                )
                continue
            headings = [*b.texts, *(each for each in a.texts if each not in b.texts)]
            cells = tuple(
                (heading, a.texts.get(heading, ""), b.texts.get(heading, ""))
                for heading in headings
                if a.texts.get(heading, "") != b.texts.get(heading, "")
            )
            if cells:
                records = tuple(dict.fromkeys((*a.records, *b.records)))
                found.append(RowMove(block.sheet, CHANGED, b.who, b.label, cells, records))
    return found


@dataclass(frozen=True)
class _Row:
    who: Who
    label: str
    texts: dict[str, str]
    records: tuple[tuple[str, str], ...]


def _rows(block: ReportBlock) -> dict[tuple[str, int], _Row]:
    """Rows of a list by the record that each stands for; 序号 is left out."""
    met: Counter[str] = Counter()
    found: dict[tuple[str, int], _Row] = {}
    for place in range(len(block.places)):
        key = block.body.key(place)
        who, label = owner(block, place)
        texts, records = {}, []
        for column in block.columns.values():
            origin = column.origin(place)
            if origin is not None:
                texts[column.heading] = column.text(place)
                records += [(r.table, r.record) for r in getattr(origin, "records", ())]
        found[key, met[key]] = _Row(who, label, texts, tuple(dict.fromkeys(records)))
        met[key] += 1
    return found
