"""A place that scrolls down when what is in it needs more height than there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ledger_desk.ui.layouts import Column
from ledger_desk.ui.rules import frame


class Scrolling(QScrollArea):
    """Holds one widget; it never scrolls sideways and takes no focus."""

    def __init__(self, inner: QWidget, *, clear: int = 8) -> None:
        """Hold ``inner``, ``clear`` pixels (at 100 %) away from the scroll bar."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        host = frame("bare")
        Column(host, margins=(0, 0, clear, 0), gap=0).add(inner, stretch=1)
        self.setWidget(host)

    def hasHeightForWidth(self) -> bool:
        """Whoever places it may ask how high it has to be."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as what it holds."""
        inner = self.widget()
        return (
            inner.heightForWidth(width) if inner.hasHeightForWidth() else inner.sizeHint().height()
        )


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the area that a widget lies in, if it lies in one, until the widget is seen."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(widget, 0, 40)
