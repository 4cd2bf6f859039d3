"""Everything that was changed of a firm, newest first: when, who, in which step, from what to what."""

from __future__ import annotations

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.cards import Card
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.records.showing import show
from ledger_desk.ui.records.times import when

_MOST = 500
_ROWS = 12
_COLUMNS = (
    GridColumn("at", "时间", "text", 112, sortable=False, essential=True),
    GridColumn("person", "谁", "text", 84, sortable=False),
    GridColumn("field", "项目", "text", 140, sortable=False),
    GridColumn("before", "原来", "text", 150, sortable=False),
    GridColumn("after", "改成", "text", 150, sortable=False, stretch=True),
    GridColumn("step", "哪一步", "text", 190, sortable=False),
)


class Changes(Card):
    """变更记录 of the firm's own fields."""

    def __init__(self, ledger: Ledger) -> None:
        """Start empty."""
        super().__init__("变更记录")
        self._ledger = ledger
        self._count = label("", "dim")
        self.title_row.add(self._count)
        self.panel = GridPanel(ListSource(_COLUMNS, ()), noun="处", name="变更记录，表格")
        self.body.add(self.panel)

    def show_firm(self, record: str) -> None:
        """Read a firm's changes."""
        items = self._ledger.history(record) if record else []
        known, rows = field_map(Enterprise), []
        for number, item in enumerate(items[:_MOST]):
            if item.field == "removed":
                before, after = "", "放进回收站" if item.after else "从回收站恢复"
            else:
                spec = known[item.field]
                before = show(self._ledger, spec, item.before, masked=True)
                after = show(self._ledger, spec, item.after, masked=True) or "（空）"
            old: CellLike = Cell(before, "old") if before else ""
            person = item.person or "没有登记"
            rows.append(
                GridRow(
                    str(number),
                    [when(item.at, clock=True), person, item.label, old, after, item.step_name],
                )
            )
        more = len(items) - len(rows)
        self._count.setText(f"{len(items)} 处" + (f"，这里是最近 {_MOST} 处" if more > 0 else ""))
        self.panel.set_source(ListSource(_COLUMNS, rows))
        self.setVisible(bool(rows))
        across = True
        self.panel.setFixedHeight(
            self.panel.height_of(max(min(len(rows), _ROWS), 1), across=across)
        )
