"""Drill-down into a closed period: the firms that stood behind a number when it was reported."""

from __future__ import annotations

from ledger_desk.reports.evidence import Evidence, Explanation, ExplanationRow
from ledger_desk.reports.explain import explain_on
from ledger_desk.reports.periods.frozen import Frozen
from ledger_desk.reports.periods.moves import LeafMove
from ledger_desk.reports.periods.stakes import Leaf, question_of
from ledger_desk.reports.periods.wording import shown, worth
from ledger_desk.reports.shapes import Cell, FromIndicator, Ref
from ledger_desk.store.queries import Rows


def explain_kept(rows: Rows, frozen: Frozen, cell: Cell) -> Explanation:
    """Explain a cell of a closed period out of what was kept; records are opened as they are today."""
    origin = cell.provenance
    if not isinstance(origin, FromIndicator):
        return explain_on(rows, frozen.report, cell)
    leaves = frozen.numbers.get(question_of(origin), ())
    label, text, clause = frozen.definitions.get(origin.indicator, (cell.label, "", ""))
    single = len(leaves) == 1
    found = [row for leaf in leaves for row in _rows(leaf, "" if single else f"{leaf.label}：")]
    said = "，".join(
        f"{leaf.label} {worth(leaf.value, _plain(leaf))} {leaf.unit}" for leaf in leaves
    )
    made = leaves[0].made() if single else origin.value
    return Explanation(
        title=f"{_part(frozen, cell)} · {label}（{origin.measure}）", value=cell.text, definition=text,
        clause=clause, period=leaves[0].span if leaves else frozen.report.period.label,
        unit=leaves[0].unit if single else "", rows=tuple(found), value_now=origin.value,
        agrees=made == origin.value or not single,
        sentence=f"定稿时 {cell.text}：{said}，涉及 {len(found)} 户" if leaves else f"定稿时 {cell.text}",
    )  # fmt: skip


def _part(frozen: Frozen, cell: Cell) -> str:
    """Which row a cell stands in."""
    for block in frozen.report.blocks_of(cell.sheet):
        place = block.place_of(cell.row)
        if place is not None:
            return block.body.row(place).label
    return "合计"


def _plain(leaf: Leaf) -> LeafMove:
    return LeafMove(leaf.label, leaf.unit, leaf.places, leaf.kind, leaf.value, leaf.value, (), 0)


def _rows(leaf: Leaf, before: str) -> list[ExplanationRow]:
    found = []
    for (table, record), stake in leaf.stakes.items():
        amount = leaf.worth((table, record))
        text = f"{before}{shown(amount, _plain(leaf))}"
        firm = record if table == "enterprise" else None
        own = () if firm else (Evidence(Ref(table, record), stake.name, None, None, ""),)
        found.append(ExplanationRow(firm, stake.name, amount, text, own))
    return found
