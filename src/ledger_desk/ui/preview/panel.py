"""The paper with what turns and enlarges it below: pages, zoom, and room for one button more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.preview.marking import CellMark
from ledger_desk.ui.preview.paper import PaperView, Zoom
from ledger_desk.ui.preview.spots import CellKey, Spot, Spots
from ledger_desk.workbook.drawing import CellBox

_ZOOMS: tuple[tuple[str, Zoom], ...] = (
    ("适合宽度", "width"), ("整页", "page"), ("100%", 1.0), ("150%", 1.5), ("200%", 2.0),
)  # fmt: skip


class PreviewPanel(QFrame):
    """A preview with its bar.

    Signals:
        chosen: Row and column of the cell gone to.
        opened: The same, on Enter or a double click.
    """

    chosen = Signal(int, int)
    opened = Signal(int, int)

    def __init__(self, tip: str = "点格子看来历") -> None:
        """Start without paper; ``tip`` tells what a click on it does."""
        super().__init__()
        self.paper = PaperView()
        self.back = Button("上页", lambda: self.paper.go_to_page(self.paper.page() - 1))
        self.on = Button("下页", lambda: self.paper.go_to_page(self.paper.page() + 1))
        self._where = label("", "body")
        self._tip = FittingLabel([tip, ""], "dim")
        self.size_button = MenuButton("适合宽度", self._zoom_entries())
        self._nothing = label("", "heading", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column = Column(self, margins=1, gap=0)
        column.add(self.paper, stretch=1).add(self._nothing, stretch=1)
        self._bar = QWidget()
        self.bar_row = Row(self._bar, margins=(6, 6, 6, 6), gap=8)
        self.bar_row.add(self.back, self._where, self.on).push().add(self._tip).push()
        self.bar_row.add(self.size_button)
        column.add(self._bar)
        self.paper.page_changed.connect(self._paged)
        self.paper.zoomed.connect(self._zoomed)
        self.paper.chosen.connect(self.chosen)
        self.paper.opened.connect(self.opened)
        self._paged()

    def add_button(self, button: Button) -> Button:
        """Add one more button at the right end of the bar."""
        self.bar_row.add(button)
        return button

    def show_pdf(
        self,
        pdf: bytes,
        boxes: Iterable[CellBox],
        open_to: Collection[CellKey],
        marks: Mapping[CellKey, CellMark],
    ) -> None:
        """Show a painted document.

        Args:
            pdf: The file.
            boxes: Where each cell lies on it.
            open_to: Cells that can be gone to.
            marks: Marks by cell; column 0 stands for the whole row.
        """
        spots = Spots(
            (Spot(b.page, b.row, b.column, QRectF(b.x, b.y, b.w, b.h)) for b in boxes), open_to
        )
        self.paper.show()
        self._nothing.hide()
        self.paper.show_pdf(pdf, spots, marks)
        self._paged()

    def clear(self, sentence: str = "") -> None:
        """Take the paper away and say why."""
        self.paper.show_pdf(None, Spots(), {})
        self.paper.setVisible(not sentence)
        self._nothing.setText(sentence)
        self._nothing.setVisible(bool(sentence))
        self._paged()

    def go_to(self, row: int, column: int) -> bool:
        """Choose a cell and bring it into sight; whether it is on the paper."""
        return self.paper.go_to(row, column)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the desk under paper and bar."""
        look, painter = theme.look(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("line2"))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), look.colour("desk"))

    def _zoom_entries(self) -> list[Entry]:
        entries: list[Entry] = [
            (text, lambda z=zoom: self.paper.set_zoom(z)) for text, zoom in _ZOOMS
        ]
        return entries

    def _zoomed(self) -> None:
        zoom = self.paper.zoom()
        words = next((text for text, each in _ZOOMS if each == zoom), f"{self.paper.percent()}%")
        self.size_button.set_text(words)

    def _paged(self) -> None:
        page, pages = self.paper.page(), self.paper.page_count()
        self._where.setText(f"第 {page + 1} 页 共 {pages} 页" if pages else "还没有纸面")
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < pages)
