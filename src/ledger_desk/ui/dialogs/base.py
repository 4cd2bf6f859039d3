"""Base of all dialogs: a sheet over the dimmed window, with a coloured top edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.rules import frame


class Veil(QWidget):
    """Dims the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        """Cover a window."""
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken."""
        shade = QColor("#142826")
        shade.setAlphaF(0.45)
        QPainter(self).fillRect(self.rect(), shade)


class Dialog(QDialog):
    """A modal sheet; Esc closes it without doing anything."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        *,
        width: int = 520,
        tone: str = "dai",
        headed: bool = True,
    ) -> None:
        """Make an empty dialog.

        Args:
            parent: Window behind it.
            title: Serif title, also the window's name.
            width: Width in pixels at 100 %, less where the window is narrower.
            tone: ``dai``, or ``zhu`` for errors.
            headed: Show the title in the sheet.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setModal(True)
        self._width = width
        self._veil: Veil | None = None
        outer = Column(self, gap=0)
        edge = frame("alarm" if tone == "zhu" else "dialog")
        outer.add(edge)
        column = self._column = Column(edge, margins=(28, 20, 28, 18), gap=12)
        if headed:
            column.add(label(title, "title", wrap=True))
        # What does not fit the window (large text, long lists) scrolls; the buttons never do.
        self._body_area, self._body_box = QScrollArea(), frame("bare")
        self._body_area.setFrameShape(QFrame.Shape.NoFrame)
        self._body_area.setWidgetResizable(True)
        self._body_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body_area.setWidget(self._body_box)
        self._body_box.installEventFilter(self)
        self.body = Column(self._body_box, gap=10)
        column.add(self._body_area)
        self.buttons = Row(gap=10).push()
        column.add(self.buttons)
        theme.follow(self._fit)

    def add_button(self, button: Button) -> Button:
        """Add a button at the right; the filled one last. It is the one Enter presses."""
        self.buttons.add(button)
        if str(button.property("k")) == "pri":
            button.setDefault(True)
        return button

    def add_close(self, text: str = "关闭") -> Button:
        """Add the button that does nothing, with its key."""
        return self.add_button(Button(text, self.reject, key="Esc"))

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window and stand in its middle."""
        super().showEvent(event)
        self._fit()
        window = self.parentWidget().window() if self.parentWidget() else None
        if window is not None and window.isVisible():
            self._veil = Veil(window)
            middle = window.frameGeometry().center()
            self.move(
                middle.x() - self.width() // 2, max(window.y(), middle.y() - self.height() // 2)
            )

    def done(self, result: int) -> None:
        """Take the veil away."""
        if self._veil is not None:
            self._veil.hide()
            self._veil.deleteLater()
            self._veil = None
        super().done(result)

    def _fit(self) -> None:
        wide = theme.look().px(self._width)
        window = self.parentWidget().window() if self.parentWidget() else None
        if window is not None:
            wide = min(wide, max(window.width() - theme.look().px(24), 200))
        self.setFixedWidth(wide)
        self.fit_height()

    def fit_height(self) -> None:
        """As high as the words need at this width; called again when something unfolds."""
        wide = self.width() - 2 * theme.look().px(28) - 2
        self.body.activate()
        # A line of words may need more at the least than it would like: the larger one counts.
        needed = max(_height(self.body, wide), self.body.totalMinimumSize().height())
        self._body_area.setFixedHeight(0)
        self._settle()
        room = self._most_height() - _height(self.layout(), self.width())
        self.body.set_margins((0, 0, 10 if needed > room else 0, 0))  # clear of the scroll bar
        self._body_area.setFixedHeight(max(min(needed, room), theme.look().px(48)))
        # Qt leaves a bar standing that was needed a moment ago, before the sheet had grown.
        self._body_area.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if needed > room
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self._settle()
        self.layout().activate()
        self.resize(self.width(), _height(self.layout(), self.width()))

    def _settle(self) -> None:
        """Let the layouts forget the heights of before: each keeps those of what lies in it."""
        self._column.activate()
        self.layout().invalidate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with what the sheet says."""
        if watched is self._body_box and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.fit_height)
        return super().eventFilter(watched, event)

    def _most_height(self) -> int:
        window = self.parentWidget().window() if self.parentWidget() else None
        if window is not None and window.isVisible():
            return window.height()
        screen = self.screen()
        return screen.availableSize().height() if screen is not None else 768


def _height(layout: QLayout | None, width: int) -> int:
    if layout is None:
        return 0
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height()
