"""文武线: a thick rule over a thin one; "a table begins or ends here", and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.theme import Look


def rule_height(look: Look) -> int:
    """Height of the whole rule: 2, gap 2, 1 at 100 %."""
    return 2 * look.px(2) + look.px(1)


def paint_double_rule(
    painter: QPainter, look: Look, left: int, top: int, width: int, *, flipped: bool = False
) -> None:
    """Draw the rule with its upper edge at ``top``, as filled rectangles on whole pixels.

    Args:
        painter: Anything that paints.
        look: Sizes and colours.
        left: Left end.
        top: Upper edge.
        width: Length of the rule.
        flipped: Thin over thick, as above 合计.
    """
    thick, gap, thin = look.px(2), look.px(2), look.px(1)
    colour = look.colour("dai")
    first, second = (thin, thick) if flipped else (thick, thin)
    painter.fillRect(QRect(left, top, width, first), colour)
    painter.fillRect(QRect(left, top + first + gap, width, second), colour)


class DoubleRule(QWidget):
    """The rule as a widget that takes the whole width."""

    def __init__(self, parent: QWidget | None = None, *, flipped: bool = False) -> None:
        """Thick over thin, or thin over thick when ``flipped``."""
        super().__init__(parent)
        self._flipped = flipped
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as the rule."""
        return QSize(theme.look().px(40), rule_height(theme.look()))

    def minimumSizeHint(self) -> QSize:
        """As high as the rule; any width."""
        return QSize(1, rule_height(theme.look()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_double_rule(painter, theme.look(), 0, 0, self.width(), flipped=self._flipped)


def frame(kind: str, parent: QWidget | None = None) -> QFrame:
    """A plain frame dressed by the style sheet: card, pane, bottom, rule, vrule, bare and so on."""
    made = QFrame(parent)
    made.setProperty("k", kind)
    return made
