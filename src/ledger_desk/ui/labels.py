"""Words on the screen: plain text always, dressed by kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ledger_desk.ui import theme


def dress(widget: QWidget, **properties: str) -> None:
    """Set properties the style sheet looks at, and let it look again (0.1 ms a widget)."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def label(text: str = "", kind: str = "body", *, wrap: bool = False, name: str = "") -> QLabel:
    """A label that never takes data for markup.

    Args:
        text: What it says.
        kind: body, bold, dim, faint, title, heading, card, clause, must, explain, hint, ok, dai, figure.
        wrap: Break into lines where the place is narrow.
        name: Object name, for tests.
    """
    made = WrapLabel() if wrap else QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("k", kind)
    made.setText(text)
    if name:
        made.setObjectName(name)
    return made


class WrapLabel(QLabel):
    """A label of several lines that asks for as many as the width needs.

    Qt's own guesses a shape near 4:3 and will not go below it, which leaves holes in dialogs.
    """

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _longest(self) -> int:
        self.ensurePolished()
        metrics = QFontMetrics(self.font())
        return (
            max((metrics.horizontalAdvance(line) for line in self.text().split("\n")), default=0)
            + 2
        )

    def sizeHint(self) -> QSize:
        """One line where that is not too long, else as high as it needs at a common width."""
        wide = min(self._longest(), theme.look().px(420))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Some characters and one line; the height follows the width."""
        wide = min(self._longest(), theme.look().px(90))
        return QSize(wide, QFontMetrics(self.font()).lineSpacing())


class FittingLabel(QLabel):
    """Shows the longest of several wordings that fits the place; the full one is the tool tip."""

    def __init__(
        self, texts: Sequence[str], kind: str = "dim", parent: QWidget | None = None
    ) -> None:
        """Take wordings from long to short; an empty last one lets the label go altogether."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("k", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._texts: tuple[str, ...] = ("",)
        self.set_texts(texts)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Give other wordings, long to short."""
        self._texts = tuple(texts) or ("",)
        self.setAccessibleName(self._texts[0])
        self.updateGeometry()
        self._choose()

    def texts(self) -> tuple[str, ...]:
        """All wordings, long to short."""
        return self._texts

    def _width(self, text: str) -> int:
        self.ensurePolished()
        return QFontMetrics(self.font()).horizontalAdvance(text) + (2 if text else 0)

    def sizeHint(self) -> QSize:
        """Room for the longest wording."""
        return QSize(self._width(self._texts[0]), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for the shortest wording."""
        return QSize(self._width(self._texts[-1]), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose again."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        fitting = (text for text in self._texts if self._width(text) <= self.width())
        chosen = next(fitting, self._texts[-1])
        if chosen != self.text():
            self.setText(chosen)
        self.setToolTip(self._texts[0] if chosen != self._texts[0] else "")


class ElidedLabel(QLabel):
    """A name of any length that loses its middle where the place is narrow (分公司, 二分店 differ at the end)."""

    def __init__(self, text: str = "", kind: str = "body", parent: QWidget | None = None) -> None:
        """Show ``text`` whole when it fits."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("k", kind)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text; the whole of it stays in the tool tip and for screen readers."""
        super().setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(theme.look().px(56), super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """The text as it is drawn."""
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened in the middle when it has to be."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), int(flags), self.shown_text())
