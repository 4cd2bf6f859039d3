"""三个 100%: three bars on a scale to 100, what is missing hatched and counted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ledger_desk.reports.progress import RATES, Firms, Row
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.plots.bar import Bar
from ledger_desk.ui.plots.plot import Plot

_EACH = 58
_CENTRE, _RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


def bars_of(row: Row) -> list[Bar]:
    """The three rates of a row as bars of per cent."""
    found = []
    for rate in RATES:
        firms = row.rates.get(rate.key, Firms())
        done, owed, short = len(firms.done), len(firms.owed), len(firms.short)
        said = f"{rate.done} {done:,} / {rate.owed} {owed:,}"
        if firms.unset:
            said += f"（未认定 {len(firms.unset):,}）"
        missing = f"差 {short:,} 户" if short else ("" if owed else "还没有")
        cells = (rate.title, firms.percent, said, missing)
        found.append(
            Bar(rate.key, rate.title, (firms.tenths or 0) / 10, 100.0, 100.0,
                f"{firms.percent}，{said}" + (f"，{missing}" if missing else ""), bool(short), cells)
        )  # fmt: skip
    return found


class RatePlot(Plot):
    """Draws the rates; Enter or a click opens the firms that are missing."""

    def __init__(self) -> None:
        """Start without bars."""
        super().__init__("三个 100%")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Three bars with two lines of words each."""
        look = theme.look()
        return QSize(look.px(320), look.px(_EACH) * len(RATES))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(theme.look().px(180), self.sizeHint().height())

    def box_of(self, place: int) -> QRect:
        """Words, bar, words."""
        high = theme.look().px(_EACH)
        return QRect(0, place * high, self.width(), high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all three."""
        look, painter = theme.look(), QPainter(self)
        for place, bar in enumerate(self._bars):
            box = self.box_of(place).adjusted(look.px(3), 0, -look.px(3), 0)
            title, percent, said, missing = map(str, bar.cells)
            top = QRect(box.left(), box.top() + look.px(2), box.width(), look.px(22))
            painter.setFont(look.font("bold"))
            painter.setPen(look.colour("ink"))
            painter.drawText(top, _CENTRE, title)
            painter.drawText(top, _CENTRE | _RIGHT, percent)
            line = QRect(box.left(), top.bottom() + look.px(2), box.width(), look.px(8))
            part = round(line.width() * min(bar.value, 100) / 100)
            painter.fillRect(line, look.colour("grey"))
            if bar.late:
                brush = look.colour("zhu")
                painter.fillRect(line, look.colour("zhu3"))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(brush)
                hatch = painter.brush()
                hatch.setStyle(Qt.BrushStyle.BDiagPattern)
                painter.fillRect(line, hatch)
            painter.fillRect(
                QRect(line.left(), line.top(), part, line.height()), look.colour("dai")
            )
            low = QRect(box.left(), line.bottom() + look.px(1), box.width(), look.px(21))
            painter.setFont(look.font("bold"))
            painter.setPen(look.colour("zhu" if bar.late else "ink2"))
            painter.drawText(low, _CENTRE | _RIGHT, missing)
            taken = painter.fontMetrics().horizontalAdvance(missing) + look.px(8)
            painter.setFont(look.font("body"))
            painter.setPen(look.colour("ink2"))
            room = low.width() - taken
            painter.drawText(
                low,
                _CENTRE,
                painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room),
            )
            if self.hasFocus() and place == self._here:
                paint_ring(painter, self.box_of(place))
