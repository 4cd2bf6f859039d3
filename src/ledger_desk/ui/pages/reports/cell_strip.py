"""The strip under the paper: where the number in the chosen cell comes from."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ledger_desk.reports.evidence import Explanation
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row

_NONE_CHOSEN = ("还没有选格子", "点纸面上的格子，或用方向键走到一格，这里就说出数从哪里来")


class CellStrip(QFrame):
    """Title, sentence, and the two ways deeper.

    Signals:
        list_wanted: The firms and records behind the number.
        plot_wanted: Id of the indicator whose numbers are wanted as a plot.
    """

    list_wanted = Signal()
    plot_wanted = Signal(str)

    def __init__(self) -> None:
        """Start without a cell."""
        super().__init__()
        self.setProperty("k", "box")
        self.title, self.sentence = ElidedLabel("", "bold"), ElidedLabel("", "dim")
        self.deeper = Button("看来历", self.list_wanted.emit, kind="words")
        self.meaning = Button("口径", self.show_meaning, kind="words")
        self.plot = Button("看图", self._show_plot, kind="words")
        self.plot.setAccessibleName("到口径词典看这个指标的图")
        self._explanation: Explanation | None = None
        words = Column(gap=0).add(self.title, self.sentence)
        row = Row(self, margins=(12, 6, 6, 6), gap=4)
        row.add(words, stretch=1).add(self.deeper, self.meaning, self.plot)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_explanation(None)

    def explanation(self) -> Explanation | None:
        """What is explained now."""
        return self._explanation

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Say where a number comes from; None when no cell is chosen."""
        self._explanation = explanation
        if explanation is None:
            self.title.setText(_NONE_CHOSEN[0])
            self.sentence.setText(_NONE_CHOSEN[1])
        else:
            self.title.setText(explanation.title)
            self.sentence.setText(explanation.sentence)
            self.deeper.set_text(_deeper(explanation))
        self.deeper.setVisible(explanation is not None and bool(explanation.rows))
        self.meaning.setVisible(explanation is not None)
        self.plot.setVisible(explanation is not None and bool(explanation.indicator))

    def _show_plot(self) -> None:
        if self._explanation is not None:
            self.plot_wanted.emit(self._explanation.indicator)

    def show_meaning(self) -> MeaningPopup | None:
        """Open the definition over the strip."""
        if self._explanation is None:
            return None
        popup = MeaningPopup(self, self._explanation)
        popup.open_over(self)
        return popup


def _deeper(explanation: Explanation) -> str:
    firms = len({row.enterprise or row.name for row in explanation.rows})
    if any(row.enterprise for row in explanation.rows):
        return "看这 1 户" if firms == 1 else f"看这 {firms:,} 户"
    return f"看这 {len(explanation.rows):,} 项"


class MeaningPopup(QFrame):
    """口径: the definition in words, its clause, and the days that count; any click closes it."""

    def __init__(self, parent: QWidget, explanation: Explanation) -> None:
        """Show the definition of a number."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("k", "float")
        self.setAccessibleName("口径")
        column = Column(self, margins=(16, 12, 12, 14), gap=6)
        head = Row(gap=12).add(label(explanation.title, "bold", wrap=True), stretch=1)
        self._close = Button("关闭", self.close, kind="words", key="Esc")
        column.add(head.add(self._close))
        column.add(label(explanation.definition, "body", wrap=True))
        if explanation.clause:
            column.add(label(explanation.clause, "clause", wrap=True))
        column.add(label(f"计 {explanation.period}", "dim", wrap=True))

    def open_over(self, anchor: QWidget) -> None:
        """Stand right above an anchor."""
        window = anchor.window()
        wide = min(theme.look().px(460), window.width() - 16)
        self.setFixedWidth(wide)
        self.layout().activate()
        high = self.layout().totalHeightForWidth(wide)
        self.resize(wide, high)
        place = anchor.mapTo(window, QPoint(anchor.width() - wide, -high - theme.look().px(6)))
        self.move(window.mapToGlobal(QPoint(max(place.x(), 8), max(place.y(), 8))))
        self.show()
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)
