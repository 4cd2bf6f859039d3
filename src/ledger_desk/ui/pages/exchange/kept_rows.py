"""What was edited since a reading in, as rows: one for each field, with the choice of its record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate

from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.kept import KeptField, KeptRecord
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.undoing import Kept
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, RowSource
from ledger_desk.ui.records.choosing import item_of
from ledger_desk.ui.records.showing import show
from ledger_desk.ui.records.times import when

KEEP, REVERT, FIXED = "保留现在的", "恢复到装入前", "只能保留"
_CHOICE = GridColumn("choice", "怎么办", "text", 134, sortable=False, essential=True)


class KeptSource(RowSource):
    """Reads what is in sight; the ledger is asked for nothing else."""

    def __init__(self, ledger: Ledger, step: int, kept: Sequence[Kept], *, choices: bool) -> None:
        """List the kept records of a plan.

        Args:
            ledger: Whose they are.
            step: The reading in.
            kept: What the plan keeps.
            choices: Whether one can choose; else a column says why.
        """
        self._ledger, self._step, self._kept = ledger, step, kept
        self._choices = choices
        self._starts = [0, *accumulate(max(1, len(item.fields)) for item in kept)]
        self.chosen: set[str] = set()
        self.columns = (
            GridColumn("title", "哪一条", "text", 200, sortable=False, essential=True, stretch=True),
            _CHOICE if choices else GridColumn("why", "为什么", "text", 300, sortable=False, essential=True),
            GridColumn("field", "项目", "text", 130, sortable=False),
            GridColumn("before", "装入以前", "text", 116, sortable=False),
            GridColumn("wrote", "装入时", "text", 116, sortable=False),
            GridColumn("now", "现在", "text", 116, sortable=False),
            GridColumn("person", "谁改的", "text", 84, sortable=False),
            GridColumn("at", "什么时候", "text", 112, sortable=False),
        )  # fmt: skip

    def count(self) -> int:
        """How many lines there are."""
        return self._starts[-1]

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        end = min(offset + limit, self.count())
        if offset >= end:
            return []
        first, last = bisect_right(self._starts, offset) - 1, bisect_right(self._starts, end - 1)
        told = self._ledger.kept(self._step, self._kept[first:last])
        rows = [row for number, item in enumerate(told, first) for row in self._rows(number, item)]
        return rows[offset - self._starts[first] : end - self._starts[first]]

    def item(self, row_id: str) -> Kept | None:
        """The kept record of a line."""
        return self._kept[int(row_id.split(":")[0])] if row_id else None

    def place(self, record: str) -> int | None:
        """Place of a line, by its id."""
        number, _, part = record.partition(":")
        return self._starts[int(number)] + int(part) if part else None

    def choose(self, records: Collection[str], *, revert: bool) -> None:
        """Decide about records; those that can only be kept stay kept."""
        can = {item.record for item in self._kept if not item.fixed} & set(records)
        self.chosen = self.chosen | can if revert else self.chosen - can

    def choosable(self) -> list[str]:
        """Records that one can decide about."""
        return [item.record for item in self._kept if not item.fixed]

    def _rows(self, number: int, item: KeptRecord) -> list[GridRow]:
        kept = item.kept
        cls = BY_TABLE[kept.table]
        found = item_of(self._ledger, kept.table, kept.record)
        title = f"{cls.LABEL} {found.text if found is not None else item.title}"
        if kept.fields:
            told = [self._field(item, each) for each in item.fields]
        else:
            told = [self._hanging(item)]
        second: CellLike
        if not self._choices:
            second = Cell(kept.why, note=kept.why)
        elif kept.fixed:
            second = Cell(FIXED, "readonly", note=kept.why)
        else:
            revert = kept.record in self.chosen
            second = Cell(REVERT, "changed") if revert else Cell(KEEP, note=kept.why)
        return [
            GridRow(f"{number}:{part}", [Cell(title, note=kept.why), second, *cells])
            for part, cells in enumerate(told)
        ]

    def _field(self, item: KeptRecord, told: KeptField) -> list[CellLike]:
        if told.spec is None:
            now = "在回收站里" if told.now else "不在回收站里"
            values: list[CellLike] = ["", "", now]
        else:
            before, wrote, now = (
                show(self._ledger, told.spec, value, masked=True) or "（空）"
                for value in (told.before, told.wrote, told.now)
            )
            values = ["（账里没有）" if item.made else before, Cell(wrote, "old"), now]
        return [told.label, *values, told.person or "没有登记", when(told.at, clock=True)]

    def _hanging(self, item: KeptRecord) -> list[CellLike]:
        what = "、".join(f"{each.label} {each.now:,} 条" for each in item.fields)
        if not item.fields:
            return ["（整条）", "", "", "", "", ""]
        last = max(item.fields, key=lambda each: each.at)
        who = last.person or "没有登记"
        return ["挂着的记录", "", "", Cell(what, note=f"现在有{what}挂在它下面。"), who, when(last.at, clock=True)]  # fmt: skip
