"""The funnel as a plot: seven columns on a square-root scale, each with its target and what is missing."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QSizePolicy

from ledger_desk.model.money import show_wan
from ledger_desk.reports.progress import STAGES, Overview, Row
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.plots.bar import Bar
from ledger_desk.ui.plots.plot import Plot

_HIGH, _FLAT, _LEAST = 172, 74, 62
_OWED = {"visited": "目标", "contacted": "应对接", "granted": "符合条件", "drawn": "有用款需求"}
_LEFT, _CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter


def bars_of(row: Row) -> list[Bar]:
    """The seven stages of a row as bars; ``whole`` holds the target."""
    found = []
    for place, stage in enumerate(STAGES):
        firms, goal = row.firms(stage.key), row.goals.get(stage.key)
        money = row.amount(stage.key)
        before = row.firms(STAGES[place - 1].key) if place else 0
        said = f"{firms:,} 户" + (f"，{show_wan(money)} 万元" if money is not None else "")
        under = f"{_OWED.get(stage.key, '目标')} {goal:,}" if goal is not None else ""
        if goal is None and before:
            under = (
                f"占{STAGES[place - 1].title.removeprefix('有')} {firms * 1000 // before / 10:.1f}%"
            )
        short = max(goal - firms, 0) if goal is not None else 0
        found.append(
            Bar(
                stage.key, stage.title, firms, whole=goal or 0, line=goal, text=said,
                late=bool(short), cells=(stage.title, f"{firms:,}", under, f"差 {short:,} 户" if short else ""),
            )
        )  # fmt: skip
    return found


class FunnelPlot(Plot):
    """Draws the stages; Enter or a click opens the firms of one."""

    def __init__(self, name: str = "从走访到放款") -> None:
        """Start without bars."""
        super().__init__(name)
        self._flat = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_overview(self, overview: Overview) -> None:
        """Show the whole of an overview."""
        self.show_bars(bars_of(overview.whole))

    def set_flat(self, flat: bool) -> None:
        """Figures without columns, where height is short."""
        if flat != self._flat:
            self._flat = flat
            self._relaid()

    def sizeHint(self) -> QSize:
        """Room for seven stages."""
        look = theme.look()
        return QSize(look.px(_LEAST) * len(STAGES), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """All of the height; where seven do not stand beside each other they stand in rows."""
        look = theme.look()
        rows = -(-len(STAGES) // self._in_a_row())
        high = look.px(_FLAT) * rows if self._flat or rows > 1 else look.px(_HIGH)
        return QSize(look.px(200), high)

    def _in_a_row(self) -> int:
        room = self.width() if self.width() > 0 else theme.look().px(_LEAST) * len(STAGES)
        return min(max(room // theme.look().px(_LEAST + 24), 2), len(STAGES))

    def resizeEvent(self, event: object) -> None:
        """Rows may become more or fewer."""
        self.updateGeometry()

    def box_of(self, place: int) -> QRect:
        """An equal part of the width."""
        many = self._in_a_row()
        rows = -(-len(STAGES) // many)
        wide, high = self.width() // many, self.height() // rows
        return QRect(place % many * wide, place // many * high, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the columns from left to right, the fall between them in pale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        stacked = self._flat or self._in_a_row() < len(STAGES)
        most = max((max(bar.value, bar.whole) for bar in self._bars), default=0) or 1
        if not stacked:
            self._falls(painter, most)
        for place, bar in enumerate(self._bars):
            box = self.box_of(place)
            self._stage(painter, box, bar, most, stacked=stacked)
            if self.hasFocus() and place == self._here:
                paint_ring(painter, box)

    def _foot(self, box: QRect) -> int:
        return box.bottom() - theme.look().px(46)

    def _column(self, place: int, value: float, most: float) -> QRect:
        look, box = theme.look(), self.box_of(place)
        foot = self._foot(box)
        room = foot - box.top() - look.px(54)
        high = max(round(room * sqrt(max(value, 0) / most)), look.px(1) if value else 0)
        wide = min(box.width() - look.px(34), look.px(72))
        return QRect(box.left() + look.px(4), foot - high, wide, high)

    def _falls(self, painter: QPainter, most: float) -> None:
        look = theme.look()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("dai3"))
        for place in range(len(self._bars) - 1):
            here = self._column(place, self._bars[place].value, most)
            then = self._column(place + 1, self._bars[place + 1].value, most)
            foot = self._foot(self.box_of(place))
            painter.drawPolygon(QPolygon([
                QPoint(here.right() + 1, here.top()), QPoint(then.left(), then.top()),
                QPoint(then.left(), foot), QPoint(here.right() + 1, foot),
            ]))  # fmt: skip

    def _stage(
        self, painter: QPainter, box: QRect, bar: Bar, most: float, *, stacked: bool
    ) -> None:
        look = theme.look()
        place = self._bars.index(bar)
        left, wide = box.left() + look.px(4), box.width() - look.px(6)
        if stacked:
            top = box.top()
        else:
            column = self._column(place, bar.value, most)
            painter.fillRect(column, look.colour("dai"))
            line = column.top()
            if bar.line is not None:
                goal = self._column(place, bar.line, most)
                painter.fillRect(
                    QRect(
                        goal.left() - look.px(2),
                        goal.top() - look.px(1),
                        goal.width() + look.px(4),
                        look.px(2),
                    ),
                    look.colour("ink"),
                )
                line = min(line, goal.top())
            top = line - look.px(50)
            foot = self._foot(box)
            painter.fillRect(QRect(box.left(), foot, box.width(), look.px(1)), look.colour("line2"))
        figure = QFontMetrics(look.font("figure"))
        self._say(painter, QRect(left, top, wide, look.px(20)), bar.label, "body", "ink2")
        self._say(
            painter,
            QRect(left, top + look.px(19), wide, figure.height()),
            f"{int(bar.value):,}",
            "figure",
            "ink",
        )
        under = top + look.px(19) + figure.height() if stacked else self._foot(box) + look.px(4)
        said, short = str(bar.cells[2]), str(bar.cells[3])
        if stacked:
            self._say(
                painter,
                QRect(left, under, wide, look.px(20)),
                short or said,
                "body",
                "zhu" if short else "ink2",
            )
            return
        self._say(painter, QRect(left, under, wide, look.px(20)), said, "body", "ink2")
        self._say(
            painter, QRect(left, under + look.px(20), wide, look.px(20)), short, "bold", "zhu"
        )

    @staticmethod
    def _say(painter: QPainter, box: QRect, text: str, font: str, colour: str) -> None:
        look = theme.look()
        painter.setFont(look.font(font))
        painter.setPen(look.colour(colour))
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT | _CENTRE, fitted if font != "figure" else text)
