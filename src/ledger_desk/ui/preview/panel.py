"""The paper with what turns and enlarges it below: pages, zoom, and room for one button more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.preview.marking import CellMark
from ledger_desk.ui.preview.paper import PaperView, Zoom
from ledger_desk.ui.preview.spots import CellKey, Spot, Spots
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.workbook.drawing import CellBox

_LOW = 220  # pixels at 100 %
_ZOOMS: tuple[tuple[str, Zoom], ...] = (
    ("适合宽度", "width"), ("整页", "page"), ("100%", 1.0), ("150%", 1.5), ("200%", 2.0),
)  # fmt: skip


@dataclass(frozen=True)
class SheetPaper:
    """What is known of one sheet of a painted document.

    Attributes:
        tab: Its name; ``""`` for a document that has no sheets.
        boxes: Where each cell lies.
        open_to: Cells that can be gone to.
        marks: Marks by cell; column 0 stands for the whole row.
        mark: The gravest mark, shown on the tab; None where there is none.
    """

    tab: str
    boxes: Iterable[CellBox]
    open_to: Collection[CellKey]
    marks: Mapping[CellKey, CellMark]
    mark: str | None = None


class PreviewPanel(QFrame):
    """A preview with its bar; a document of several sheets has their tabs above (Ctrl+PgUp, Ctrl+PgDn).

    Signals:
        chosen: Row and column of the cell gone to.
        opened: The same, on Enter or a double click.
    """

    chosen = Signal(int, int)
    opened = Signal(int, int)

    def __init__(self, tip: str = "点格子看来历", paper: PaperView | None = None) -> None:
        """Start without paper; ``tip`` tells what a click on it does, ``paper`` shows it in its own way."""
        super().__init__()
        self.paper = paper if paper is not None else PaperView()
        self.back = Button("上页", lambda: self.paper.go_to_page(self.paper.page() - 1))
        self.on = Button("下页", lambda: self.paper.go_to_page(self.paper.page() + 1))
        self._where = label("", "body")
        self._tip = FittingLabel([tip, ""], "dim")
        self.size_button = MenuButton("适合宽度", self._zoom_entries())
        self._nothing = label("", "heading", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        self._first: dict[str, int] = {}  # tab → its first page
        self.tabs = Tabs([], "工作表")
        self.tabs.setToolTip("Ctrl+PgUp、Ctrl+PgDn 换工作表")
        self.tabs.hide()
        self.sheet_button = MenuButton("工作表")  # in place of the tabs where the panel is low
        self.sheet_button.hide()
        column = Column(self, margins=1, gap=0)
        column.add(self.tabs)
        column.add(self.paper, stretch=1).add(self._nothing, stretch=1)
        self._bar = QWidget()
        self.bar_row = Row(self._bar, margins=(6, 6, 6, 6), gap=8)
        self.bar_row.add(self.back, self._where, self.on).push().add(self._tip).push()
        self.bar_row.add(self.sheet_button, self.size_button)
        column.add(self._bar)
        self.paper.page_changed.connect(self._paged)
        self.paper.zoomed.connect(self._zoomed)
        self.paper.chosen.connect(self.chosen)
        self.paper.opened.connect(self.opened)
        self.paper.sheet_wanted.connect(self._turn_sheet)
        self.tabs.chosen.connect(self.show_sheet)
        self._paged()

    def show_bar(self, *, shown: bool) -> None:
        """Show the bar below the paper, or give its room away: the keys turn pages as well."""
        self._bar.setVisible(shown)

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
        """Show a painted document of one sheet; the parts are those of `SheetPaper`."""
        self.show_sheets(pdf, (SheetPaper("", boxes, open_to, marks),))

    def show_sheets(self, pdf: bytes, sheets: Sequence[SheetPaper]) -> None:
        """Show a painted document of several sheets, each on pages of its own."""
        spots = [
            Spot(b.page, b.row, b.column, QRectF(b.x, b.y, b.w, b.h), each.tab)
            for each in sheets for b in each.boxes
        ]  # fmt: skip
        open_to = {(each.tab, *key) for each in sheets for key in each.open_to}
        marks = {(each.tab, *key): mark for each in sheets for key, mark in each.marks.items()}
        self._first = {}
        for spot in spots:
            self._first[spot.sheet] = min(self._first.get(spot.sheet, spot.page), spot.page)
        self.tabs.set_tabs([
            Tab(each.tab, each.tab, mark=each.mark) for each in sheets if each.tab in self._first
        ])  # fmt: skip
        self.sheet_button.set_entries([
            (tab, lambda t=tab: self.show_sheet(t)) for tab in self._first
        ])  # fmt: skip
        self._place_tabs()
        self.paper.show()
        self._nothing.hide()
        self.paper.show_pdf(pdf, Spots(spots, open_to), marks)
        self._paged()

    def clear(self, sentence: str = "") -> None:
        """Take the paper away and say why."""
        self._first = {}
        self._place_tabs()
        self.paper.show_pdf(None, Spots(), {})
        self.paper.setVisible(not sentence)
        self._nothing.setText(sentence)
        self._nothing.setVisible(bool(sentence))
        self._paged()

    def go_to(self, row: int, column: int, sheet: str | None = None) -> bool:
        """Choose a cell and bring it into sight; whether it is on the paper."""
        return self.paper.go_to(row, column, sheet)

    def show_sheet(self, tab: str) -> None:
        """Turn to the first page of a sheet."""
        page = self._first.get(tab)
        if page is not None and self._tab_of(self.paper.page()) != tab:
            self.paper.go_to_page(page)

    def _tab_of(self, page: int) -> str:
        """The tab that a page belongs to: the last one that begins on it or before."""
        begun = [(first, tab) for tab, first in self._first.items() if first <= page]
        return max(begun, default=(0, ""))[1]

    def _turn_sheet(self, by: int) -> None:
        tabs = [tab.key for tab in self.tabs.tabs()]
        here = self._tab_of(self.paper.page())
        if here in tabs and 0 <= tabs.index(here) + by < len(tabs):
            self.show_sheet(tabs[tabs.index(here) + by])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the paper would have no room left the tabs become a menu."""
        super().resizeEvent(event)
        self._place_tabs()

    def _place_tabs(self) -> None:
        several, low = len(self._first) > 1, self.height() < theme.look().px(_LOW)
        self.tabs.setVisible(several and not low)
        self.sheet_button.setVisible(several and low)

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
        self.tabs.choose(self._tab_of(page))
        self.sheet_button.set_text(self._tab_of(page) or "工作表")
        self._where.setText(f"第 {page + 1} 页 共 {pages} 页" if pages else "还没有纸面")
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < pages)
