"""The painted blank with its rows and columns named and its header, rows and total set off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPaintEvent

from ledger_desk.ui import theme
from ledger_desk.ui.designing.lattice import COLUMN, HEADER, ROWS, TOTAL, Band, Lattice
from ledger_desk.ui.preview.paper import PaperView
from ledger_desk.workbook.references import letters

_TINTS = {HEADER: "dian3", ROWS: "ok3", TOTAL: "zhe3", COLUMN: "sel"}
_INKS = {HEADER: "dian", ROWS: "ok", TOTAL: "zhe", COLUMN: "dai"}
_SMALLEST = 8  # pixels of a number beside a row


class BandedPaper(PaperView):
    """Paints letters above the columns, numbers beside the rows, and the bands it is told."""

    def __init__(self) -> None:
        """Start without bands."""
        super().__init__()
        self.setAccessibleName("表样")
        self._bands: tuple[Band, ...] = ()
        self._known: tuple[object, int, Lattice] | None = None

    def set_bands(self, bands: Sequence[Band]) -> None:
        """Set rows off, the last ones above the first."""
        self._bands = tuple(bands)
        self.viewport().update()

    def bands(self) -> tuple[Band, ...]:
        """What is set off."""
        return self._bands

    def _lattice(self) -> Lattice:
        if self._known is None or self._known[:2] != (self._spots, self._page):
            made = Lattice.of(self._spots.on(self._page))
            self._known = (self._spots, self._page, made)
        return self._known[2]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the paper, then bands, letters and numbers."""
        super().paintEvent(event)
        if self._pages is None:
            return
        painter = QPainter(self.viewport())
        lattice, sheet = self._lattice(), self._spots.sheet_of(self._page)
        for band in self._bands:
            if band.sheet in ("", sheet):
                self._paint_band(painter, band, lattice)
        self._paint_names(painter, lattice)

    def _placed(self, box: QRectF) -> QRectF:
        paper, scale = self._paper(), self._scale()
        return QRectF(
            paper.left() + box.left() * scale, paper.top() + box.top() * scale,
            box.width() * scale, box.height() * scale,
        )  # fmt: skip

    def _paint_band(self, painter: QPainter, band: Band, lattice: Lattice) -> None:
        found = lattice.box(band.rows, band.columns)
        if found is None:
            return
        look, box = theme.look(), self._placed(found)
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(box, look.colour(_TINTS[band.kind]))
        painter.restore()
        ink, thick = look.colour(_INKS[band.kind]), look.px(2)
        if band.kind == COLUMN:
            for edge in range(thick):
                painter.setPen(ink)
                painter.drawRect(box.adjusted(edge, edge, -edge, -edge))
            return
        painter.fillRect(QRectF(box.left(), box.top(), look.px(4), box.height()), ink)
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), thick / 2), ink)
        painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), thick / 2), ink)
        if band.words:
            self._paint_words(painter, band, box)

    def _paint_words(self, painter: QPainter, band: Band, box: QRectF) -> None:
        """What the rows are, on a tag in the middle of what can be seen of the band."""
        look = theme.look()
        font = look.font("bold")
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance(band.words) + look.px(12), metrics.height()
        seen = box.intersected(QRectF(self.viewport().rect()))
        tag = QRectF(seen.center().x() - wide / 2, box.center().y() - high / 2, wide, high)
        painter.fillRect(tag, look.colour(_INKS[band.kind]))
        painter.setFont(font)
        painter.setPen(look.colour("sheet"))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, band.words)

    def _paint_names(self, painter: QPainter, lattice: Lattice) -> None:
        """A, B, C above the table and 1, 2, 3 beside it, as a spreadsheet has them."""
        look = theme.look()
        font = look.font("body")
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        grey, ink = look.colour("grey"), look.colour("ink2")
        top = self._placed(QRectF(0, min(lattice.tops.values(), default=0.0), 1, 1)).top()
        high = metrics.height()
        above = max(top - high - look.px(2), 0.0)  # stays in sight when the paper is scrolled
        seen = 0.0
        for column in lattice.lefts:
            edges = lattice.column(column)
            if edges is None:
                continue
            box = self._placed(QRectF(edges[0], 0, edges[1] - edges[0], 1))
            place = QRectF(box.left(), above, box.width(), high)
            text = letters(column)
            painter.fillRect(place.adjusted(1, 0, -1, 0), grey)
            if metrics.horizontalAdvance(text) <= place.width() + 2 and place.left() >= seen:
                painter.setPen(ink)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
                seen = place.left() + metrics.horizontalAdvance(text)
        left = self._placed(QRectF(min(lattice.lefts.values(), default=0.0), 0, 1, 1)).left()
        wide = metrics.horizontalAdvance("000") + look.px(4)
        beside = max(left - wide - look.px(2), 0.0)
        for row in lattice.tops:
            ends = lattice.row(row)
            if ends is None:
                continue
            box = self._placed(QRectF(0, ends[0], 1, ends[1] - ends[0]))
            place = QRectF(beside, box.top(), wide, box.height())
            if place.top() < above + high - 1:
                continue
            painter.fillRect(place.adjusted(0, 1, 0, -1), grey)
            small = QFont(font)  # rows of a whole page are lower than the words of the program
            size = min(place.height() * 0.8, float(QFontInfo(font).pixelSize()))
            if size >= _SMALLEST:
                small.setPixelSize(round(size))
                painter.setFont(small)
                painter.setPen(ink)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(row))
