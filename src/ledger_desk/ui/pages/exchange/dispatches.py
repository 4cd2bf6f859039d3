"""The tab 传出登记: every file that left the ledger; read-only, for a register is not mended."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import field_map, fields_of
from ledger_desk.model.records import Destination, Dispatch, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, Order, RowSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.tools import ListTools
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.showing import show

_WAIT_MS = 150
_SEARCHED = ("file", "folder", "content", "receiver", "purpose")
_NEWEST = (("day", True), ("time", True))


class DispatchSource(RowSource):
    """Files that left, the latest first; narrowed by words."""

    columns = (
        GridColumn("day", "传出日期", "day", 110, essential=True),
        GridColumn("time", "时刻", "text", 76, sortable=False),
        GridColumn("file", "文件名", "text", 240, essential=True, stretch=True),
        GridColumn("receiver", "送往", "text", 140),
        GridColumn("content", "内容", "text", 120),
        GridColumn("rows", "行数", "number", 76),
        GridColumn("private", "个人信息", "text", 92),
        GridColumn("person", "经手人", "text", 90, sortable=False),
        GridColumn("purpose", "用途", "text", 160),
    )

    def __init__(self, ledger: Ledger) -> None:
        """Read them from a ledger, a page at a time."""
        self._ledger = ledger
        self._order: Order = ()
        self.text = ""

    def count(self) -> int:
        """How many there are."""
        with self._ledger.read() as rows:
            return rows.count(self._query(rows))

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        with self._ledger.read() as rows:
            found = rows.page(self._query(rows), offset, limit)
        return [GridRow(each.id, [self._cell(each, c.key) for c in self.columns]) for each in found]

    def sort(self, order: Order) -> None:
        """Sort by a column."""
        self._order = order

    def _cell(self, dispatch: Dispatch, name: str) -> str | Cell:
        if name == "rows":
            many = dispatch.rows
            return Cell(f"{many:,}", value=many) if many is not None else Cell(state="na")
        if name == "receiver" and not dispatch.receiver:
            name = "destination"
        if name == "time":
            return (dispatch.time or "")[:5]
        return show(self._ledger, field_map(Dispatch)[name], getattr(dispatch, name))

    def _query(self, rows: Rows) -> Query[Dispatch]:
        order = self._order or _NEWEST
        if not self.text:
            return Query(Dispatch, sort=order)
        found: set[str] = set()
        for name in _SEARCHED:
            found.update(rows.ids(Query(Dispatch, (Where(name, "like", self.text),))))
        for cls, name in ((Person, "person"), (Destination, "destination")):
            named = rows.ids(Query(cls, (Where("name", "like", self.text),)))
            found.update(rows.ids(Query(Dispatch, (Where(name, "in", named),))))
        return Query(Dispatch, (Where("id", "in", sorted(found)),), sort=order)


class DispatchesView(QWidget):
    """The register with a filter; Enter shows everything about a file."""

    changed = Signal()

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """List the files."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self.source = DispatchSource(ledger)
        self.panel = GridPanel(self.source, noun="个", name="传出登记")
        ListTools(self.panel, "exchange-dispatches", noun="个")
        self.filter = TextField(placeholder="找文件、单位、用途、人")
        self.filter.setAccessibleName("在传出登记里找")
        self._open = Button("看详情", self.open_current, key="Enter")
        hint = "从这本账里出去的每一个文件，都自动记在这里。登记不能改，也不会被撤销。"
        tools = Row(gap=8).add(label(hint, "dim", wrap=True), stretch=3)
        tools.add(self.filter, stretch=2).add(self._open)
        Column(self, gap=8).add(tools).add(self.panel, stretch=1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._narrow)
        self.filter.textChanged.connect(lambda _: self._timer.start())
        self.panel.grid.opened.connect(self.open_record)
        self._narrow()

    def reload(self) -> None:
        """Read again."""
        self.panel.reload()
        self._tell()

    def open_current(self) -> None:
        """Show everything about the present file."""
        if self.panel.grid.current_id():
            self.open_record(self.panel.grid.current_id())

    def open_record(self, record: str) -> None:
        """Show everything about a file."""
        found = self._ledger.get(Dispatch, record)
        if found is not None:
            DispatchSheet(self._window, self._ledger, found).open()

    def first_focus(self) -> QWidget | None:
        """The list, or the filter."""
        return self.panel.grid if self.panel.grid.lazy_model().rowCount() else self.filter

    def _narrow(self) -> None:
        self.source.text = self.filter.text().strip()
        self.reload()

    def _tell(self) -> None:
        self._open.setEnabled(bool(self.panel.grid.lazy_model().rowCount()))
        if self.source.text:
            said = f"没有哪个传出的文件带“{self.source.text}”。少打几个字再找。"
        else:
            said = "还没有文件从这本账里传出去。导出名单或报表以后，这里会记下给了谁、多少行。"
        self.panel.say_nothing(said)


class DispatchSheet(Dialog):
    """All that the register says of one file."""

    def __init__(self, parent: QWidget, ledger: Ledger, dispatch: Dispatch) -> None:
        """Show it; nothing can be changed."""
        super().__init__(parent, dispatch.title, width=600)
        for spec in fields_of(Dispatch):
            text = show(ledger, spec, getattr(dispatch, spec.name))
            if spec.name == "hash":  # 64 digits in pieces that fit a line
                text = " ".join(text[n : n + 16].upper() for n in range(0, len(text), 16))
            if text:
                row = Row(gap=12).add(label(spec.label, "dim"))
                shown = label(text, "body", wrap=True)
                self.body.add(row.add(shown, stretch=1))
        self.add_close("关闭")
