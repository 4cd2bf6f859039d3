"""The table of the overview: a row for each township or bank, its stages in figures, its rates as bars."""

from __future__ import annotations

from ledger_desk.reports.progress import BANK, RATES, STAGES, Firms, Overview, Row
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource

_RATE_WORDS = {"contacted": "对接覆盖率", "granted": "评级授信率", "drawn": "贷款落地率"}
REACHED = "reached"  # visited of those on the plans or owed by a quota
NO_KEY = "-"


def columns_of(overview: Overview) -> tuple[GridColumn, ...]:
    """Name, seven stages, three rates."""
    name = "银行（户）" if overview.by == BANK else "乡镇（户）"
    return (
        GridColumn("name", name, width=150, essential=True, stretch=True),
        *(
            GridColumn(
                stage.key,
                stage.title,
                "number",
                width=78,
                essential=stage.key in ("visited", "drawn"),
            )
            for stage in STAGES
        ),
        *(
            [GridColumn(REACHED, "走访完成", "bar", width=104)]
            if overview.by != BANK  # nobody owes visits by bank
            else []
        ),
        *(
            GridColumn(f"rate:{rate.key}", _RATE_WORDS[rate.key], "bar", width=112)
            for rate in RATES
        ),
    )


def source_of(overview: Overview) -> ListSource:
    """All rows; the order is that of the codes or names until a heading is pressed."""
    rows = [GridRow(row.key or NO_KEY, _cells(row, overview.by)) for row in overview.rows]
    sums = {stage.key: f"{overview.whole.firms(stage.key):,}" for stage in STAGES}
    goal = overview.whole.goals.get("visited")
    if goal:
        sums[REACHED] = f"{overview.whole.firms('visited') * 100 // goal}%"
    sums |= {
        f"rate:{rate.key}": overview.whole.rates.get(rate.key, Firms()).percent for rate in RATES
    }
    return ListSource(columns_of(overview), rows, {"name": f"全部 {len(rows)} 行", **sums})


def _cells(row: Row, by: str) -> list[CellLike]:
    cells: list[CellLike] = [row.name]
    for stage in STAGES:
        firms, goal = row.firms(stage.key), row.goals.get(stage.key)
        short = goal is not None and firms < goal
        note = f"{row.name}{stage.title} {firms:,} 户" + (
            f"，目标 {goal:,}，差 {goal - firms:,} 户" if short and goal else ""
        )
        cells.append(Cell(f"{firms:,}", "", firms, note))
    goal, visited = row.goals.get("visited"), row.firms("visited")
    if by == BANK:
        pass
    elif goal:
        done = f"{row.name}走访 {visited:,} 户，目标 {goal:,} 户"
        cells.append(Cell(f"{visited * 100 // goal}%", "", min(visited * 100 // goal, 100), done))
    else:
        cells.append(Cell("", "na", None, f"{row.name}没有走访目标"))
    for rate in RATES:
        behind = row.rates.get(rate.key, Firms())
        if behind.tenths is None:
            cells.append(Cell("", "na", None, f"{row.name}还没有{rate.owed}的"))
        else:
            note = f"{row.name}{rate.title} {behind.percent}：{rate.done} {len(behind.done):,} / {rate.owed} {len(behind.owed):,}"
            cells.append(Cell(behind.percent, "", behind.tenths // 10, note))
    return cells
