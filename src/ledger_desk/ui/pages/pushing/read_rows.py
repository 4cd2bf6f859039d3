"""What the returned files say, as rows of two lists: the files, and the rows of one of them."""

from __future__ import annotations

from ledger_desk.exchange.results import FATES, RowFate
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow
from ledger_desk.work.reading_back import FileRead

FILE_COLUMNS = (
    GridColumn("file", "文件", width=240, essential=True, stretch=True),
    GridColumn("bank", "银行", width=170, essential=True),
    *(
        GridColumn(key, word, "text", 62, numeric=True)
        for key, word in FATES.items()
        if key != "left_out"
    ),
    GridColumn("why", "情况", width=230),
)
ROW_COLUMNS = (
    GridColumn("row", "行号", width=56, numeric=True),
    GridColumn("fate", "结果", width=74, essential=True),
    GridColumn("firm", "经营主体", width=190, essential=True),
    GridColumn("what", "改了什么、为什么", width=420, stretch=True),
)
_STATES = {"wrong": "must", "doubtful": "doubtful", "new": "changed", "changed": "changed"}
_ORDER = ("wrong", "doubtful", "new", "changed", "same", "left_out")


def file_row(place: int, one: FileRead) -> GridRow:
    """One file: how many rows of each fate, or why it was refused."""
    counts = one.result.counts
    cells: list[str | Cell] = [one.name, one.bank or "认不出"]
    for key in FATES:
        if key == "left_out":
            continue
        many = counts[key]
        odd = key in ("wrong", "doubtful") and many
        cells.append(Cell(f"{many:,}" if many else "", "explain" if odd else "", value=many))
    said = one.why or one.again
    cells.append(Cell(said, "must" if one.why else "hint" if said else "", note=said))
    return GridRow(str(place), cells)


def fate_rows(one: FileRead) -> list[GridRow]:
    """The rows of one file, those that need a person first."""
    some = sorted(one.result.rows, key=lambda fate: (_ORDER.index(fate.fate), fate.row))
    return [_row(fate) for fate in some]


def _row(fate: RowFate) -> GridRow:
    said = what(fate)
    state = _STATES.get(fate.fate, "")
    return GridRow(
        str(fate.row),
        (str(fate.row), Cell(FATES[fate.fate], state), fate.title, Cell(said, note=said)),  # type: ignore[arg-type]
    )


def what(fate: RowFate) -> str:
    """Say what a row changes, old → new, and why it does not."""
    changes = "；".join(
        f"{c.label} {c.old} → {c.new}" if c.old else f"{c.label} {c.new}" for c in fate.changes
    )
    if fate.fate in ("wrong", "doubtful"):
        return fate.reason
    return "。".join(part for part in (changes, fate.reason) if part)
