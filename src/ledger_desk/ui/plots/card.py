"""A plot on its card: title, one line of words, the way to its table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.plots.bar import Bar
from ledger_desk.ui.plots.plot import Plot

_ROWS_SEEN, _ROW = 4, 26


class PlotCard(QFrame):
    """Shows a plot; 列成表 shows the same numbers as a table.

    Attributes:
        plot: The plot; listen to its ``opened``.
    """

    def __init__(
        self, title: str, plot: Plot, columns: Sequence[GridColumn], *, scrolls: bool = False
    ) -> None:
        """Put a plot on a card; ``columns`` are those of the table, ``scrolls`` for many rows."""
        super().__init__()
        self.setProperty("k", "box")
        self.plot, self._title, self._columns = plot, title, tuple(columns)
        self._told = FittingLabel([""], "dim")
        self.table = Button("列成表", self.show_table, kind="words", icon="table")
        self.table.setAccessibleName(f"{title}列成表")
        self.fold = Button("收起", self._fold, kind="words", icon="chevron-up")
        self.fold.setAccessibleName(f"收起{title}的图")
        column = Column(self, margins=(12, 2, 12, 4), gap=2)
        head = Row(gap=10).add(label(title, "bold"), self._told).push()
        column.add(head.add(self.table, self.fold))
        self._area: QScrollArea | None = None
        content: QWidget = plot
        if scrolls:
            area = self._area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(plot)
            area.viewport().setAutoFillBackground(False)
            plot.setAutoFillBackground(False)
            content = area
        self._content = content
        column.add(content)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self._fit)

    def show_bars(self, bars: Sequence[Bar], *told: str) -> None:
        """Show bars and the longest of some wordings that fits."""
        self.plot.show_bars(bars)
        self._told.set_texts([*told, ""] if told else [""])
        self.table.setVisible(bool(bars))
        self._fit()

    def set_words(self, *told: str) -> None:
        """Say something else beside the title; the bars stay."""
        self._told.set_texts([*told, ""])

    def told(self) -> str:
        """The words beside the title."""
        return self._told.text()

    def show_table(self) -> Dialog:
        """The numbers as a table; Enter in it does what the bar would do."""
        dialog = PlotTable(self.window(), self._title, self._columns, self.plot)
        dialog.open()
        return dialog

    def is_folded(self) -> bool:
        """Whether only its words are shown."""
        return self._content.isHidden()

    def _fold(self) -> None:
        """Leave the room to the list, or show the plot again."""
        folded = not self.is_folded()
        self._content.setVisible(not folded)
        self.fold.set_text("看图" if folded else "收起")
        self.fold.set_icon("chart-bar" if folded else "chevron-up")
        self.fold.setAccessibleName(f"{'看' if folded else '收起'}{self._title}的图")

    def _fit(self) -> None:
        if self._area is not None:
            rows = min(max(len(self.plot.bars()), 1), _ROWS_SEEN)
            self._area.setFixedHeight(theme.look().px(_ROW) * rows)


class PlotTable(Dialog):
    """The table of a plot."""

    def __init__(
        self, parent: QWidget, title: str, columns: Sequence[GridColumn], plot: Plot
    ) -> None:
        """Show the cells of all bars."""
        super().__init__(parent, title, width=760)
        rows = [GridRow(bar.key, bar.cells) for bar in plot.bars()]
        self.panel = GridPanel(ListSource(columns, rows), noun="行", name=title)
        self.panel.setMinimumHeight(theme.look().px(38 + 34 * min(len(rows) + 1, 10)))
        self.body.add(self.panel)
        self.add_close()
        self._plot = plot
        self.panel.grid.opened.connect(self._open)
        self.panel.grid.setFocus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _open(self, key: str) -> None:
        self.accept()
        self._plot.opened.emit(key)
