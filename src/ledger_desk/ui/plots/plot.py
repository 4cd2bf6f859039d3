"""The keyboard and the voice of a plot: one stop for Tab, arrows between bars, Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.plots.bar import Bar

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Plot(QWidget):
    """Bars that can be walked through and opened; `columns` and `rows` draw them.

    Signals:
        opened: Key of a bar.
    """

    opened = Signal(str)

    def __init__(self, name: str) -> None:
        """Start without bars; ``name`` is what it is called."""
        super().__init__()
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._here = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._speak()
        theme.follow(self._relaid)

    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show bars."""
        key = self._bars[self._here].key if self._bars else ""
        self._bars = tuple(bars)
        keys = [bar.key for bar in self._bars]
        self._here = keys.index(key) if key in keys else 0
        self._speak()
        self._relaid()

    def current(self) -> Bar | None:
        """The bar that the keyboard is at."""
        return self._bars[self._here] if self._bars else None

    def box_of(self, place: int) -> QRect:
        """The whole room of a bar with its words."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens."""
        key = event.key()
        if self._bars and key in (*_BACK, *_ON):
            step = -1 if key in _BACK else 1
            self._go_to(min(max(self._here + step, 0), len(self._bars) - 1))
        elif self._bars and key in _OPEN:
            self.opened.emit(self._bars[self._here].key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        place = self._at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(place)
            self.opened.emit(self._bars[place].key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be opened."""
        over = self._at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self._shown()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """The words of a bar under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(event.pos())
            if place is None:
                QToolTip.hideText()
            else:
                bar = self._bars[place]
                QToolTip.showText(event.globalPos(), f"{bar.label}：{bar.text}", self)
            return True
        return super().event(event)

    def _at(self, place: QPoint) -> int | None:
        return next((n for n in range(len(self._bars)) if self.box_of(n).contains(place)), None)

    def _go_to(self, place: int) -> None:
        self._here = place
        self._speak()
        self._shown()
        self.update()

    def _shown(self) -> None:
        """Bring the present bar into sight; a plot that scrolls does it."""

    def _speak(self) -> None:
        bar = self.current()
        said = f"，现在是{bar.label}：{bar.text}" if bar is not None else "，没有数"
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(f"{self._name}{said}，左右键换，回车打开名单")

    def _relaid(self) -> None:
        self.updateGeometry()
        self.update()
