"""A form that scrolls where room is short and takes no more room than it needs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ledger_desk.ui import theme


class FormArea(QScrollArea):
    """Scrolls its form where room is short, and asks for no more room than the form needs."""

    def __init__(self, form: QWidget) -> None:
        """Hold a form."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(form)

    def needed(self) -> int:
        """Height of the form at the present width."""
        inner, wide = self.widget(), self.viewport().width()
        inner.layout().activate()
        return (
            inner.heightForWidth(wide) if inner.hasHeightForWidth() else inner.sizeHint().height()
        )

    def sizeHint(self) -> QSize:
        """As high as the form."""
        return QSize(super().sizeHint().width(), self.needed())

    def minimumSizeHint(self) -> QSize:
        """Two lines of fields."""
        return QSize(theme.look().px(200), min(self.needed(), theme.look().px(150)))

    def fit(self) -> None:
        """The form has become higher or lower."""
        self.setMaximumHeight(self.needed())
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()
