"""The tab 填报数: numbers that banks and offices report, with their source, and no firm behind them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from ledger_desk.errors import UserError
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Figure
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_rows import GridColumn, GridRow, Order, RowSource
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.targets.figure_dialog import FigureDialog
from ledger_desk.ui.records import figure_values
from ledger_desk.ui.records.record_list import RecordList
from ledger_desk.ui.records.showing import show

_FIELDS = ("indicator", "day", "division", "bank", "value", "source", "reporter")


class FigureSource(RowSource):
    """All reported numbers, the latest days first."""

    columns = (
        GridColumn("indicator", "指标", "text", 220, essential=True, stretch=True),
        GridColumn("day", "截止日期", "day", 110, essential=True),
        GridColumn("division", "乡镇（街道）", "text", 130),
        GridColumn("bank", "银行", "text", 130),
        GridColumn("value", "数值", "text", 150, numeric=True),
        GridColumn("source", "数据来源", "text", 200),
        GridColumn("reporter", "提供人", "text", 100),
    )

    def __init__(self, ledger: Ledger) -> None:
        """Read them from a ledger, a page at a time."""
        self._ledger = ledger
        self._order: Order = ()

    def count(self) -> int:
        """How many there are."""
        return self._ledger.count(Query(Figure))

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        order = self._order or (("day", True), ("division", False))
        with self._ledger.read() as rows:
            found = rows.page(Query(Figure, sort=order), offset, limit)
        return [GridRow(each.id, [self._text(each, name) for name in _FIELDS]) for each in found]

    def sort(self, order: Order) -> None:
        """Sort by a column."""
        self._order = order

    def _text(self, figure: Figure, name: str) -> str:
        if name == "indicator":
            return figure_values.indicator_item(figure.indicator or "").text
        if name == "value":
            return figure_values.show_value(figure.indicator, figure.value)
        return show(self._ledger, field_map(Figure)[name], getattr(figure, name))


class FiguresView(RecordList):
    """Lists the reported numbers and takes new ones."""

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """List them."""
        super().__init__(
            ledger, window, Figure, ("indicator", "day"), noun="个",
            hint="银行或单位报来、账上没有逐户记录的数。截止日期落在哪一期，就算哪一期的。",
        )  # fmt: skip
        self.panel.set_source(FigureSource(ledger))
        self.panel.say_nothing("还没有填报数。要到数字，按“记填报数”连同来源一起记下。")
        self._new.set_text("记填报数")

    def begin(self) -> None:
        """Open a sheet for a new one."""
        self._open_sheet(FigureDialog(self._window, self._ledger))

    def open(self, record: str) -> None:
        """Open the sheet of one."""
        if self._ledger.get(Figure, record) is not None:
            self._open_sheet(FigureDialog(self._window, self._ledger, record))

    def remove_current(self) -> None:
        """Put the present one into the recycle bin; can be taken back."""
        record = self.panel.grid.current_id()
        if not record or self._ledger.read_only:
            return
        name = f"删除填报数 {figure_values.name_of(self._ledger.get(Figure, record))}"
        try:
            with self._ledger.step(name) as step:
                step.remove(Figure, record)
        except UserError as error:
            show_error(self._window, error, "没有删除")
            return
        if step.result is not None:
            undo = partial(self._undo, step.result.id)
            self._window.toasts.undo(f"已{name}", "", [("撤销  Ctrl+Z", undo)])
            self._changed("")

    def _open_sheet(self, dialog: FigureDialog) -> None:
        dialog.saved.connect(self._changed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
