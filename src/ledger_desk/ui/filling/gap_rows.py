"""Rows of the call list and of the preview of the filled table, for their grids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger_desk.errors import UserError
from ledger_desk.reports.filling.gaps import short
from ledger_desk.reports.filling.keeping import why_not
from ledger_desk.reports.filling.matching import SERIAL_ID
from ledger_desk.reports.filling.plan import FIRMS, Gap, Plan
from ledger_desk.reports.filling.whose import KNOWN
from ledger_desk.ui.grid_rows import Cell, CellLike, CellState, GridColumn, GridRow, ListSource
from ledger_desk.workbook.cells import text_of

TYPED = "typed"
_LONGEST = 500
_MOST_PREVIEWED = 500
_COLUMNS = (
    GridColumn("name", "企业", width=200, essential=True, stretch=True),
    GridColumn("place", "乡镇、村", width=150),
    GridColumn("person", "找谁", width=76),
    GridColumn("phone", "电话", width=222, essential=True),
    GridColumn("missing", "缺的项", width=130, essential=True),
    GridColumn("why", "为什么缺", width=176),
    GridColumn(TYPED, "答复（在这里补）", width=150, essential=True, editable=True),
)


def key_of(gap: Gap) -> str:
    """Id of a gap's row in the grid."""
    return f"{gap.row}:{gap.column}"


def place_of(key: str) -> tuple[int, int]:
    """Row and column of a gap by its id."""
    row, _, column = key.partition(":")
    return int(row), int(column)


class GapSource(ListSource):
    """The gaps of one column, or of all; what is typed goes into a shared dictionary."""

    def __init__(self, plan: Plan, typed: dict[tuple[int, int], str], column: int = 0) -> None:
        """Show the gaps of ``column``, 0 for all."""
        self._gaps = {key_of(g): g for g in plan.gaps if column in (0, g.column)}
        self._plan, self._typed = plan, typed
        columns = _COLUMNS if plan.asked.rows_are == FIRMS else tuple(
            c for c in _COLUMNS if c.key not in ("place", "person", "phone")
        )  # fmt: skip
        self._keys = [c.key for c in columns]
        super().__init__(columns, [self._row(key) for key in self._gaps])

    def change(self, record: str, key: str, text: str) -> None:
        """Keep what was typed in; it has to be what the column holds."""
        gap, text = self._gaps[record], text.strip()
        place = place_of(record)
        if not text:
            self._typed.pop(place, None)
        else:
            if len(text) > _LONGEST:
                raise UserError(f"答复最多 {_LONGEST} 个字，请写短一点。")
            manner = self._plan.manners[gap.column]
            if gap.topic.kind.name in ("money", "day", "whole", "rate"):
                gap.topic.kind.parse(text, manner.unit or None)
            self._typed[place] = text
        rows = {row.id: n for n, row in enumerate(self._given)}
        made = self._row(record)
        self._given[rows[record]] = made
        self._rows = [made if row.id == record else row for row in self._rows]

    def _row(self, key: str) -> GridRow:
        gap = self._gaps[key]
        typed = self._typed.get(place_of(key), "")
        note = why_not(gap)
        cells: dict[str, CellLike] = {
            "name": gap.name, "place": f"{gap.township}{gap.village}", "person": gap.person,
            "phone": gap.phone or Cell("", "missing"), "missing": short(gap.heading), "why": gap.why,
            TYPED: Cell(typed, "changed" if typed else "edit", note=note),
        }  # fmt: skip
        return GridRow(key, [cells[name] for name in self._keys])


def preview(
    plan: Plan, typed: Mapping[tuple[int, int], str]
) -> tuple[Sequence[GridColumn], list[GridRow]]:
    """The table as it will be, cells that are written marked; its first rows."""
    asked = plan.asked
    columns = [
        GridColumn(
            f"c{c.column}", short(c.heading) or "　", width=60 if c.topic == SERIAL_ID else 128,
            essential=n < 3, sortable=False,
        )
        for n, c in enumerate(asked.columns)
    ]  # fmt: skip
    gaps = {(gap.row, gap.column) for gap in plan.gaps}
    rows = []
    for row in plan.rows[:_MOST_PREVIEWED]:
        cells: list[CellLike] = []
        for column in asked.columns:
            place = (row.row, column.column)
            if place in typed:
                cells.append(Cell(typed[place], "changed"))
            elif place in plan.cells:
                cells.append(Cell(_shown(plan.cells[place]), "changed"))
            elif place in gaps:
                cells.append(Cell("", "missing"))
            else:
                held = None if asked.empty else asked.opened.sheet.cell(*place)
                state: CellState = "doubtful" if row.state != KNOWN else "readonly"
                ours = plan.other.get(place)
                note = f"账上是 {ours}，来表已填，没有改" if ours else row.why
                cells.append(Cell(text_of(held), "explain" if ours else state, note=note))
        rows.append(GridRow(str(row.row), cells))
    return columns, rows


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
