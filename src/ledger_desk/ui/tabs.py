"""Tabs: words with counts, the 文武线 under the chosen one; built on Qt's tab bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.marks import paint_mark
from ledger_desk.ui.rules import paint_double_rule, rule_height


@dataclass(frozen=True)
class Tab:
    """One tab: key, word, count (None shows none), mark in front."""

    key: str
    text: str
    count: int | None = None
    mark: str | None = None


class Tabs(QTabBar):
    """Tabs in one row; arrows and the mouse choose, narrow places scroll."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab], name: str = "", *, large: bool = False) -> None:
        """Show the tabs, the first one chosen; ``large`` ones stand above other tabs."""
        super().__init__()
        self._fonts = ("card", "nav") if large else ("bold", "body")
        self._tabs: list[Tab] = []
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or "分类")
        self.set_tabs(tabs)
        self.currentChanged.connect(self._tell)
        theme.follow(self._relayout)

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Replace all tabs, keeping the chosen key where it is still there."""
        before = self.chosen_key()
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self._tabs = list(tabs)
        for tab in self._tabs:
            self.addTab(_spoken(tab))
        self.blockSignals(False)
        self.choose(before)
        self._relayout()  # a bar that was empty has no height until it is measured again

    def tabs(self) -> list[Tab]:
        """The tabs as they are, with their counts."""
        return list(self._tabs)

    def chosen_key(self) -> str:
        """Key of the chosen tab, empty when there are none."""
        place = self.currentIndex()
        return self._tabs[place].key if 0 <= place < len(self._tabs) else ""

    def choose(self, key: str) -> None:
        """Choose by key; unknown keys change nothing."""
        for place, tab in enumerate(self._tabs):
            if tab.key == key:
                self.setCurrentIndex(place)

    def set_count(self, key: str, count: int | None) -> None:
        """Change one count."""
        for place, tab in enumerate(self._tabs):
            if tab.key == key and tab.count != count:
                self._tabs[place] = replace(tab, count=count)
                self.setTabText(place, _spoken(self._tabs[place]))
                self._relayout()

    def set_mark(self, key: str, mark: str | None) -> None:
        """Put another mark in front of a tab, or none."""
        for place, tab in enumerate(self._tabs):
            if tab.key == key and tab.mark != mark:
                self._tabs[place] = replace(tab, mark=mark)
                self._relayout()

    def text_of(self, place: int) -> str:
        """What is drawn on a tab, for tests of room."""
        return _spoken(self._tabs[place])

    def tabSizeHint(self, index: int) -> QSize:
        """Room for mark, word and count."""
        look, tab = theme.look(), self._tabs[index]
        wide = QFontMetrics(look.font(self._fonts[0])).horizontalAdvance(_spoken(tab))
        mark = look.px(22) if tab.mark else 0
        return QSize(wide + mark + look.px(18), look.px(34) + rule_height(look))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Tabs never give way; the bar scrolls."""
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        """One tab at least."""
        return QSize(theme.look().px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all tabs."""
        look, painter = theme.look(), QPainter(self)
        rule = rule_height(look)
        for place, tab in enumerate(self._tabs):
            box = self.tabRect(place)
            here = place == self.currentIndex()
            left = box.left() + look.px(9)
            words = QRect(left, box.top(), box.width(), box.height() - rule)
            if tab.mark:
                edge = look.px(15)
                paint_mark(
                    painter,
                    look,
                    QRectF(left, words.center().y() - edge / 2 + 1, edge, edge),
                    tab.mark,
                )
                words.setLeft(left + look.px(22))
            painter.setFont(look.font(self._fonts[0 if here else 1]))
            painter.setPen(look.colour("dai" if here else "ink"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tab.text)
            if tab.count is not None:
                words.setLeft(
                    words.left() + painter.fontMetrics().horizontalAdvance(tab.text + " ")
                )
                painter.setPen(look.colour("dai" if here else "ink2"))
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, f"{tab.count:,}")
            if here:
                paint_double_rule(
                    painter,
                    look,
                    box.left() + look.px(2),
                    box.bottom() + 1 - rule,
                    box.width() - look.px(4),
                )
                if self.hasFocus():
                    paint_ring(painter, box.adjusted(0, 0, 0, -rule))

    def _relayout(self) -> None:
        """Let Qt measure the tabs again; it does so when a text or the icon size changes."""
        edge = theme.look().px(16)
        self.setIconSize(QSize(edge + 1, edge))
        self.setIconSize(QSize(edge, edge))
        self.updateGeometry()
        self.update()

    def _tell(self, place: int) -> None:
        if 0 <= place < len(self._tabs):
            self.chosen.emit(self._tabs[place].key)


def _spoken(tab: Tab) -> str:
    return tab.text if tab.count is None else f"{tab.text} {tab.count:,}"
