"""Readings in as rows of a list, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model.fields import Record, declare
from ledger_desk.model.kinds import DAY, TEXT, WHOLE, choice
from ledger_desk.store.intakes import Reading
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn
from ledger_desk.ui.lists.local_source import LocalRow, LocalSource
from ledger_desk.ui.records.step_words import file_of_step
from ledger_desk.ui.records.times import when

HOLDS, UNDONE = "在账里", "已撤销"
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


@dataclass(frozen=True, kw_only=True)
class ReadingLine(Record):
    """What the columns are: no such record is stored."""

    TABLE: ClassVar[str] = "reading_line"
    LABEL: ClassVar[str] = "装入记录"

    at: date | None = declare("时间", DAY)
    file: str | None = declare("文件", TEXT)
    state: str | None = declare("现在", choice(HOLDS, UNDONE))
    new: int | None = declare("新增", WHOLE)
    changed: int | None = declare("变更", WHOLE)
    same: int | None = declare("相同", WHOLE)
    doubtful: int | None = declare("存疑", WHOLE)
    wrong: int | None = declare("有错", WHOLE)
    left_out: int | None = declare("未读入", WHOLE)
    person: str | None = declare("谁", TEXT)
    sender: str | None = declare("来表单位", TEXT)
    content: str | None = declare("内容", TEXT)
    sheet: str | None = declare("工作表", TEXT)


class ReadingSource(LocalSource):
    """Every reading in, newest first, also those that were taken back."""

    COLUMNS = (
        GridColumn("at", "时间", "text", 112),
        GridColumn("file", "文件", "text", 170, essential=True, stretch=True),
        GridColumn("state", "现在", "text", 80, essential=True),
        *(GridColumn(key, word, "number", 62) for key, word, _ in COUNTS),
        GridColumn("person", "谁", "text", 80),
        GridColumn("sender", "来表单位", "text", 110),
        GridColumn("content", "内容", "text", 96),
        GridColumn("sheet", "工作表", "text", 110),
    )

    def __init__(self, ledger: Ledger) -> None:
        """List those of a ledger, after `load`."""
        super().__init__(ReadingLine, self.COLUMNS, "次")
        self._ledger = ledger
        self._head = ""

    def load(self) -> None:
        """Read them, unless nothing was written since."""
        head = self._ledger.head()
        if head != self._head:
            self._head = head
            self.put([_row(each) for each in self._ledger.imports(self._ledger.import_count())])


def _row(reading: Reading) -> LocalRow:
    intake, gone = reading.intake, reading.step.undone
    cells: list[CellLike] = [
        when(reading.step.at, clock=True),
        Cell(file_of(reading), "old") if gone else file_of(reading),
        Cell(UNDONE, "readonly", note=taken_back(reading)) if gone else HOLDS,
    ]
    for key, _, _ in COUNTS:
        many = getattr(intake, key) if intake is not None else None
        cells.append("" if many is None else Cell(f"{many:,}", "old" if gone else "", value=many))
    cells.append(reading.step.person or "没有登记")
    cells += [
        getattr(intake, key) or "" if intake else "" for key in ("sender", "content", "sheet")
    ]
    return LocalRow(str(reading.step.id), cells, {"at": reading.step.at.date()})


def taken_back(reading: Reading) -> str:
    """When and by whom it was taken back."""
    if reading.undone_at is None:
        return ""
    who = reading.undone_by or "没有登记姓名的人"
    return f"{when(reading.undone_at, clock=True)} 由{who}撤销。要放回来，按“恢复装入”。"
