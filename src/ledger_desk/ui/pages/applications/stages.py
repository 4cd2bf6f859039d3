"""The four signatures as a strip in two lines: the level, and who said it when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger_desk.model.review import SHORT
from ledger_desk.ui import theme
from ledger_desk.ui.choices import paint_tick
from ledger_desk.ui.pages.applications.facts import Stage


class Stages(QWidget):
    """Filled with a tick: done; a ring: now; a thin ring: later. Joined by a rule."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def show_stages(self, stages: Sequence[Stage]) -> None:
        """Show how far it got."""
        self._stages = tuple(stages)
        words = {"done": "已通过", "now": "待审", "later": "还没到"}
        told = "；".join(f"{each.level}{words[each.state]} {each.who}".strip() for each in stages)
        self.setAccessibleName(f"审核进度：{told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Circle, name, and who."""
        px = theme.look().px
        return QSize(px(440), px(76))

    def minimumSizeHint(self) -> QSize:
        """Room for four names."""
        look = theme.look()
        wide = QFontMetrics(look.font("bold")).horizontalAdvance("召集人签字") + look.px(6)
        return QSize(wide * max(len(self._stages), 1), look.px(76))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circles, rules and words."""
        if not self._stages:
            return
        look, painter = theme.look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share, edge = self.width() / len(self._stages), look.px(26)
        plain = QFontMetrics(look.font("body"))
        for number, each in enumerate(self._stages):
            left = number * share
            circle = QRectF(left + 1, look.px(2), edge - 2, edge - 2)
            if number + 1 < len(self._stages):
                painter.setPen(
                    QPen(look.colour("dai" if each.state == "done" else "line2"), look.px(2))
                )
                y = circle.center().y()
                painter.drawLine(
                    int(left + edge + look.px(6)), int(y), int(left + share - look.px(6)), int(y)
                )
            done, now = each.state == "done", each.state == "now"
            painter.setPen(
                QPen(
                    look.colour("dai" if done or now else "line2"), look.px(2 if done or now else 1)
                )
            )
            painter.setBrush(look.colour("dai" if done else "sheet"))
            painter.drawEllipse(circle)
            if done:
                inset = look.px(5)
                paint_tick(
                    painter,
                    circle.adjusted(inset, inset, -inset, -inset),
                    look.colour("sheet"),
                    look.px(2),
                )
            else:
                painter.setFont(look.font("bold" if now else "body"))
                painter.setPen(look.colour("dai" if now else "ink3"))
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            painter.setFont(look.font("bold" if now else "body"))
            painter.setPen(look.colour("dai" if now else "ink" if done else "ink2"))
            line = QRectF(left, edge + look.px(2), share - look.px(4), look.px(22))
            painter.drawText(
                line,
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                SHORT.get(each.level, each.level),
            )
            painter.setFont(look.font("body"))
            painter.setPen(look.colour("ink2"))
            line.translate(0, look.px(21))
            text = plain.elidedText(each.who, Qt.TextElideMode.ElideRight, int(share - look.px(4)))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
