"""A grid in its frame, with 合计 below and what to show while there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollBar, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.frozen import FrozenColumns
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_rows import RowSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.totals_row import TotalsRow


class GridPanel(QFrame):
    """Grid, totals, one horizontal scroll bar under both, and the empty state over the middle."""

    totals_changed = Signal(str)

    def __init__(
        self,
        source: RowSource,
        *,
        checks: bool = False,
        totals: bool = False,
        empty: QWidget | None = None,
        noun: str = "户",
        name: str = "表格",
        frozen: int = 1,
    ) -> None:
        """Put a grid over a source into a frame.

        Args:
            source: Where rows come from.
            checks: Check boxes in front.
            totals: Show 合计 from ``source.totals()``.
            empty: Shown over the grid while there are no rows.
            noun: Measure word of a row.
            name: Name for screen readers.
            frozen: Columns after the check boxes that stay when scrolled sideways in the
                narrowest layout.
        """
        super().__init__()
        self.setProperty("k", "panel")
        self.grid = Grid(source, checks=checks, noun=noun, name=name)
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.grid.setFrameShape(QFrame.Shape.NoFrame)
        self.frozen = FrozenColumns(self.grid, frozen + (1 if checks else 0))
        self.totals = TotalsRow(self.grid) if totals else None
        self._across = QScrollBar(Qt.Orientation.Horizontal)
        column = Column(self, margins=1, gap=0).add(self.grid, stretch=1)
        if self.totals is not None:
            column.add(self.totals)
        column.add(self._across)
        self._nothing = label("", "heading", wrap=True)
        self._nothing.setParent(self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty: QWidget | None = None
        self.set_empty(empty)
        inner = self.grid.horizontalScrollBar()
        inner.rangeChanged.connect(self._range)
        inner.valueChanged.connect(self._across.setValue)
        self._across.valueChanged.connect(inner.setValue)
        self.grid.lazy_model().modelReset.connect(self._refresh)
        self.grid.lazy_model().totals_changed.connect(self._refresh)
        self._range(inner.minimum(), inner.maximum())
        self._refresh()
        theme.follow(self._place)

    def set_source(self, source: RowSource) -> None:
        """Show other rows."""
        self.grid.set_source(source)

    def reload(self) -> None:
        """Read everything again."""
        self.grid.reload()

    def set_empty(self, empty: QWidget | None) -> None:
        """Change what is shown while there are no rows: an `EmptyState` or a `Nothing`."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.setParent(None)
        self._empty = empty
        if empty is not None:
            empty.setParent(self)
        self._refresh()

    def say_nothing(self, sentence: str) -> None:
        """Say in one serif sentence why there are no rows (nothing found); empty takes it away."""
        self._nothing.setText(sentence)
        self._refresh()

    def height_of(self, rows: int, *, across: bool) -> int:
        """Height at which so many rows stand in it whole; ``across`` leaves room for the scroll bar."""
        head, bar = (
            self.grid.horizontalHeader().sizeHint().height(),
            self._across.sizeHint().height(),
        )
        whole = head + rows * self.grid.verticalHeader().defaultSectionSize()
        return whole + 4 * theme.look().px(1) + (bar if across else 0)

    def totals_text(self) -> str:
        """合计 in one line, for the status bar where the row itself has given way."""
        return self.totals.sentence() if self.totals is not None else ""

    def _refresh(self) -> None:
        rows = self.grid.lazy_model().rowCount()
        if self.totals is not None:
            self.totals.set_texts(self.grid.lazy_model().source.totals())
            self.totals_changed.emit(self.totals.sentence())
        said = bool(self._nothing.text())
        if self._empty is not None:
            self._empty.setVisible(rows == 0 and not said)
        self._nothing.setVisible(rows == 0 and said)
        self._place()

    def _range(self, least: int, most: int) -> None:
        inner = self.grid.horizontalScrollBar()
        self._across.setRange(least, most)
        self._across.setPageStep(inner.pageStep())
        self._across.setSingleStep(inner.singleStep())
        self._across.setVisible(most > least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state in the middle."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        look = theme.look()
        single = mode_of(self.window().width(), look.factor) == "single"
        if self.totals is not None:
            self.totals.setVisible(not single)
        self.frozen.set_active(single)
        head = look.px(38)
        middle = QRect(0, head, self.width(), max(self.height() - head, 1))
        for part in (self._empty, self._nothing):
            if part is None or part.isHidden():
                continue
            wide = min(look.px(760), self.width() - look.px(24))
            high = (
                part.heightForWidth(wide) if part.hasHeightForWidth() else part.sizeHint().height()
            )
            box = QRect(0, 0, wide, min(high, middle.height()))
            box.moveCenter(middle.center())
            part.setGeometry(box)
            part.raise_()
