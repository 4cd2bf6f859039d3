"""Navigation: index tabs on the edge of a ledger; the chosen one runs into the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from ledger_desk.ui import icons, theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode

GROUPS = ("today", "work", "numbers", "settings")


class NavItem(QAbstractButton):
    """One page in the navigation."""

    def __init__(self, key: str, title: str, icon: str, parent: _List) -> None:
        """Show icon and word; a count comes with `set_count`."""
        super().__init__(parent)
        self.key = key
        self._icon, self._count, self._late = icon, 0, False
        self._bare, self._short, self._keyboard = False, False, False
        self._list = parent
        self.setText(title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def set_count(self, count: int, *, late: bool) -> None:
        """Show a number at the right; white on red when something is late."""
        self._count, self._late = count, late
        self._name()
        self.update()

    def fit(self, *, bare: bool, short: bool) -> None:
        """Lose the icon (``bare``), or some height (``short``)."""
        self._bare, self._short = bare, short
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """38 high, 32 when short."""
        return QSize(theme.look().px(104), theme.look().px(32 if self._short else 38))

    def minimumSizeHint(self) -> QSize:
        """Room for the word and the count."""
        look = theme.look()
        words = QFontMetrics(look.font("nav_bold")).horizontalAdvance(self.text())
        lead = look.px(20) if self._bare else look.px(50)
        return QSize(lead + words + self._count_width(), self.sizeHint().height())

    def _count_width(self) -> int:
        if not self._count:
            return 0
        look = theme.look()
        return QFontMetrics(look.font("nav_bold")).horizontalAdvance(f"{self._count:,}") + look.px(
            20
        )

    def _name(self) -> None:
        spoken = self.text()
        if self._count:
            spoken += f"，{self._count} 件" + ("，有逾期" if self._late else "")
        self.setAccessibleName(spoken)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember whether the keyboard came."""
        self._keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ and ↓ go along the tabs, Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._list.step(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Repaint when the mouse comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tab."""
        look, painter = theme.look(), QPainter(self)
        box = self.rect().adjusted(look.px(6), 0, 0, 0)
        chosen = self.isChecked()
        if chosen:
            self._paint_tab(painter, box)
        elif self.underMouse():
            painter.fillRect(box.adjusted(0, 0, -look.px(1), 0), look.colour("grey"))
        ink = "dai" if chosen else "ink"
        left = look.px(14) if self._bare else look.px(50)
        if not self._bare:
            edge = look.px(20)
            shade = getattr(look.tokens, "dai" if chosen else "ink2")
            place = QPoint(look.px(20), (self.height() - edge) // 2)
            painter.drawPixmap(
                place, icons.pixmap(self._icon, shade, edge, self.devicePixelRatioF())
            )
        painter.setFont(look.font("nav_bold" if chosen else "nav"))
        painter.setPen(look.colour(ink))
        painter.drawText(
            self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self._count:
            self._paint_count(painter)
        if self.hasFocus() and self._keyboard:
            paint_ring(painter, box)

    def _paint_tab(self, painter: QPainter, box: QRect) -> None:
        look = theme.look()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("line2"))
        painter.setBrush(look.colour("work"))
        wide = QRectF(box).adjusted(0.5, 0.5, look.px(8), -0.5)
        painter.drawRoundedRect(wide, look.px(4), look.px(4))
        painter.restore()
        painter.fillRect(
            box.left(), look.px(8), look.px(4), self.height() - look.px(16), look.colour("dai")
        )

    def _paint_count(self, painter: QPainter) -> None:
        look = theme.look()
        text = f"{self._count:,}"
        painter.setFont(look.font("nav_bold"))
        wide = painter.fontMetrics().horizontalAdvance(text)
        right = self.width() - look.px(16)
        if self._late:
            box = QRectF(
                right - wide - look.px(7),
                self.height() / 2 - look.px(10),
                wide + look.px(14),
                look.px(20),
            )
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("zhu"))
            painter.drawRoundedRect(box, look.px(3), look.px(3))
            painter.restore()
            painter.setPen(look.colour("sheet"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            return
        painter.setPen(look.colour("ink2"))
        place = QRect(right - wide, 0, wide + 2, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


class Navigation(QFrame):
    """All pages in four groups; settings stand at the bottom."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setProperty("k", "nav")
        self.setAccessibleName("导航")
        self._group = QButtonGroup(self)
        self._items: list[NavItem] = []
        self._mode: Mode = "full"
        self._short, self._room = False, 10_000
        # With many pages in a low window the list scrolls, settings stay; no item gets below 32.
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list = _List(self)
        self._area.setWidget(self._list)
        self._foot = _List(self)
        Column(self, gap=0).add(self._area, stretch=1).add(self._foot)
        self._inner = Column(self._list, gap=0)
        self._columns = {name: Column(gap=0) for name in GROUPS}
        self._rules: dict[str, _Rule] = {}
        for name in GROUPS[:-1]:
            rule = self._rules[name] = _Rule()
            rule.hide()
            self._inner.add(self._columns[name], rule)
        self._inner.push()
        self._ground = Column(self._foot, gap=0).add(self._columns[GROUPS[-1]])
        theme.follow(self._fit)

    def add(self, key: str, title: str, icon: str, group: str) -> NavItem:
        """Add a page to a group: today, work, numbers, settings."""
        item = NavItem(key, title, icon, self._foot if group == GROUPS[-1] else self._list)
        self._group.addButton(item)
        item.clicked.connect(lambda _checked=False: self.chosen.emit(key))
        self._columns[group].add(item)
        self._items.append(item)
        self._items.sort(key=lambda each: GROUPS.index(self._group_of(each)))
        if group in self._rules:
            self._rules[group].show()
        self._fit()
        return item

    def items(self) -> list[NavItem]:
        """Items from top to bottom."""
        return list(self._items)

    def choose(self, key: str) -> None:
        """Mark a page as the present one."""
        for item in self._items:
            item.setChecked(item.key == key)
            item.setFocusPolicy(
                Qt.FocusPolicy.TabFocus if item.key == key else Qt.FocusPolicy.ClickFocus
            )

    def current_item(self) -> NavItem | None:
        """The item chosen."""
        return next((item for item in self._items if item.isChecked()), None)

    def step(self, item: NavItem, by: int) -> None:
        """Move the focus along the items."""
        place = self._items.index(item) + by
        if 0 <= place < len(self._items):
            self._items[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(self._items[place])

    def set_mode(self, mode: Mode, *, short: bool, room: int) -> None:
        """Fit to a layout; in ``single`` the navigation is a button in the top bar.

        Args:
            mode: The layout.
            short: Items 32 high instead of 38.
            room: Height there will be, in pixels; where it is too little, a scroll bar gets its place.
        """
        self._mode, self._short, self._room = mode, short, room
        self._fit()

    def _group_of(self, item: NavItem) -> str:
        return next(name for name, column in self._columns.items() if column.indexOf(item) >= 0)

    def _fit(self) -> None:
        bare = self._mode == "narrow"
        for item in self._items:
            item.fit(bare=bare, short=self._short)
        least = max((item.minimumSizeHint().width() for item in self._items), default=0)
        for rule in self._rules.values():
            rule.fit(short=self._short)
        self._inner.set_margins((0, 4 if self._short else 8, 0, 0))
        self._ground.set_margins((0, 0, 0, 4 if self._short else 8))
        for column in (self._inner, self._ground, *self._columns.values()):
            column.invalidate()  # hidden widgets do not tell their layouts of a new size
        high = self._list.minimumSizeHint().height() + self._foot.minimumSizeHint().height()
        scrolls = high > self._room
        bar = self._area.verticalScrollBar().sizeHint().width() if scrolls else 0
        self.setFixedWidth(max(theme.look().px(104 if bare else 168), least) + bar)
        if self.parentWidget() is not None:  # else it would show as a window of its own
            self.setVisible(self._mode != "single")


class _List(QWidget):
    """What scrolls: the items and the rules between them."""

    def __init__(self, navigation: Navigation) -> None:
        super().__init__()
        self.setObjectName("navlist")
        self._navigation = navigation

    def step(self, item: NavItem, by: int) -> None:
        """Move the focus along the items."""
        self._navigation.step(item, by)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge towards the page; the chosen tab covers it."""
        look = theme.look()
        wide = look.px(1)
        QPainter(self).fillRect(self.width() - wide, 0, wide, self.height(), look.colour("line2"))


class _Rule(QWidget):
    """A rule between two groups."""

    _short = False

    def sizeHint(self) -> QSize:
        """1 px in the middle of some air."""
        return QSize(10, theme.look().px(7 if self._short else 13))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def fit(self, *, short: bool) -> None:
        """Lose some air."""
        self._short = short
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look, painter = theme.look(), QPainter(self)
        side = look.px(15)
        painter.fillRect(
            side, self.height() // 2, self.width() - 2 * side, look.px(1), look.colour("line2")
        )
