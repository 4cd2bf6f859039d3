"""Readings in as rows of a list, and in words."""

from __future__ import annotations

from ledger_desk.store.intakes import Reading
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, RowSource
from ledger_desk.ui.records.step_words import file_of_step
from ledger_desk.ui.records.times import when

# Field of an intake → its word here and its mark (look.md §2).
COUNTS = (
    ("new", "新增", "new"), ("changed", "变更", "changed"), ("same", "相同", "same"),
    ("doubtful", "存疑", "explain"), ("wrong", "有错", "must"), ("left_out", "未读入", "none"),
)  # fmt: skip


def file_of(reading: Reading) -> str:
    """Name of the file; older steps only have it in their own name: ``装入 甲.csv：新增 1…``."""
    if reading.intake is not None and reading.intake.file:
        return reading.intake.file
    return file_of_step(reading.step.name)


def sentence(reading: Reading) -> str:
    """Which step, when, by whom."""
    step = reading.step
    who = step.person or "没有登记姓名"
    return f"第 {step.id:,} 步　{when(step.at, clock=True)}　{who}"


class ReadingSource(RowSource):
    """Every reading in, newest first, also those that were taken back."""

    columns = (
        GridColumn("at", "时间", "text", 112, sortable=False),
        GridColumn("file", "文件", "text", 170, sortable=False, essential=True, stretch=True),
        GridColumn("state", "现在", "text", 80, sortable=False, essential=True),
        *(GridColumn(key, word, "number", 62, sortable=False) for key, word, _ in COUNTS),
        GridColumn("person", "谁", "text", 80, sortable=False),
        GridColumn("sender", "来表单位", "text", 110, sortable=False),
        GridColumn("content", "内容", "text", 96, sortable=False),
        GridColumn("sheet", "工作表", "text", 110, sortable=False),
    )

    def __init__(self, ledger: Ledger) -> None:
        """List those of a ledger, a page at a time."""
        self._ledger = ledger

    def count(self) -> int:
        """How many there are."""
        return self._ledger.import_count()

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        return [_row(reading) for reading in self._ledger.imports(limit, offset=offset)]

    def place(self, record: str) -> int | None:
        """Row of a step: so many came after it."""
        return self._ledger.import_count(int(record)) if record.isdigit() else None


def _row(reading: Reading) -> GridRow:
    intake, gone = reading.intake, reading.step.undone
    cells: list[CellLike] = [
        when(reading.step.at, clock=True),
        Cell(file_of(reading), "old") if gone else file_of(reading),
        Cell("已撤销", "readonly", note=taken_back(reading)) if gone else "在账里",
    ]
    for key, _, _ in COUNTS:
        many = getattr(intake, key) if intake is not None else None
        cells.append("" if many is None else Cell(f"{many:,}", "old" if gone else "", value=many))
    cells.append(reading.step.person or "没有登记")
    cells += [
        getattr(intake, key) or "" if intake else "" for key in ("sender", "content", "sheet")
    ]
    return GridRow(str(reading.step.id), cells)


def taken_back(reading: Reading) -> str:
    """When and by whom it was taken back."""
    if reading.undone_at is None:
        return ""
    who = reading.undone_by or "没有登记姓名的人"
    return f"{when(reading.undone_at, clock=True)} 由{who}撤销。要放回来，按“恢复装入”。"
