"""Top bar: seal, name, ledger, period; search; undo, redo and help, each with its word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from ledger_desk.ui import icons, theme
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.labels import FittingLabel, dress
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.picker import PickItem

SEARCH_DELAY_MS = 150


class Seal(QWidget):
    """The seal 账, and the program's name beside it."""

    def __init__(self) -> None:
        """Draw seal and name."""
        super().__init__()
        self._alone = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("专班台账")
        theme.follow(self.updateGeometry)

    def set_alone(self, alone: bool) -> None:
        """Leave the name away."""
        self._alone = alone
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Seal 24 square, name 17 high."""
        px = theme.look().px
        return QSize(px(24) if self._alone else px(24 + 6 + 72), px(28))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The one decoration in cinnabar."""
        look, painter = theme.look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.px(24)
        box = QRectF(0, (self.height() - edge) / 2, edge, edge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("zhu"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(look.font("seal"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "账")
        if not self._alone:
            painter.setFont(look.font("brand"))
            words = self.rect().adjusted(look.px(30), 0, look.px(4), 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "专班台账")


class SearchBox(QLineEdit):
    """Search: tells what is typed, a moment after the last key; Enter at once, Esc clears."""

    searched = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName("查找")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY_MS)
        self._timer.timeout.connect(self._tell)
        self._told = ""
        self._placeholders: tuple[str, ...] = ("",)
        self.textChanged.connect(lambda _text: self._timer.start())
        self.returnPressed.connect(self._tell)

    def set_placeholders(self, texts: Sequence[str]) -> None:
        """Give wordings from long to short; the longest that fits is shown."""
        self._placeholders = tuple(texts)
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the wording again."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        room = self.width() - theme.look().px(50)
        metrics = QFontMetrics(self.font())
        fitting = (text for text in self._placeholders if metrics.horizontalAdvance(text) <= room)
        self.setPlaceholderText(next(fitting, self._placeholders[-1]))

    def sizeHint(self) -> QSize:
        """As wide as it may get; the bar takes from it when room is short."""
        return QSize(min(self.maximumWidth(), theme.look().px(330)), theme.look().px(34))

    def minimumSizeHint(self) -> QSize:
        """Room for some characters."""
        return QSize(theme.look().px(120), theme.look().px(34))

    def _tell(self) -> None:
        self._timer.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears first and leaves then; ↓ goes to the results."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._tell()
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self._tell()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and the glass."""
        super().paintEvent(event)
        look, painter = theme.look(), QPainter(self)
        edge = look.px(18)
        place = QPoint(look.px(8), (self.height() - edge) // 2)
        painter.drawPixmap(
            place, icons.pixmap("search", look.tokens.topdim, edge, self.devicePixelRatioF())
        )


class TopBar(QFrame):
    """46 high, dark 黛; ochre with hatching for a practice ledger."""

    period_chosen = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    history_wanted = Signal()
    help_wanted = Signal()

    def __init__(self) -> None:
        """Build all parts; which are seen depends on the layout."""
        super().__init__()
        self.setAccessibleName("顶栏")
        self._practice, self._mode, self._searching = False, "full", False
        self._periods: list[PickItem] = []
        self.seal = Seal()
        self.navigation = MenuButton("导航", kind="ontop", icon="menu-2")
        self.ledger = FittingLabel([""], "ontopbold")
        self.level = FittingLabel([""], "ontop")
        self.period = MenuButton("期别", kind="ontop")
        self.search = SearchBox()
        self.look_up = Button("查找", self.open_search, kind="ontop", icon="search")
        self.undo = Button("撤销", self.undo_wanted.emit, kind="ontop", icon="arrow-back-up")
        self.redo = Button("重做", self.redo_wanted.emit, kind="ontop", icon="arrow-forward-up")
        self.history = Button("记录", self.history_wanted.emit, kind="ontop", icon="history")
        self.history.setToolTip("修改记录：每一步改了什么，怎么退回（Ctrl+Shift+H）")
        self.help = Button("帮助 F1", self.help_wanted.emit, kind="ontop", icon="help-circle")
        row = Row(self, margins=(14, 0, 12, 0), gap=8)
        row.add(self.seal, self.navigation)
        row.addSpacing(4)
        row.add(self.ledger, self.level, self.period).push()
        row.add(self.search, self.look_up)
        row.add(self.undo, self.redo, self.history, self.help)
        self.set_ledger("", "", practice=False)
        self.set_steps(None, None)
        self.set_search("查企业：名称、代码、拼音首字母")
        self.search.left.connect(self._close_search)
        theme.follow(self._fit)

    def set_ledger(self, name: str, level: str, *, practice: bool) -> None:
        """Name the ledger; ``practice`` makes the bar ochre and adds 练习."""
        self._practice = practice
        shown = f"{name}　练习" if practice else name
        self.ledger.set_texts([shown, "练习" if practice else ""])
        self.level.set_texts([level, ""])
        for button in (self.navigation, self.period, self.look_up, self.undo, self.redo, self.history,
                       self.help):  # fmt: skip
            button.set_kind("onpractice" if practice else "ontop")
        dress(self.search, k="practice" if practice else "")
        self.update()

    def set_periods(self, items: Sequence[PickItem], now: str) -> None:
        """Offer periods; ``now`` is the id of the present one."""
        self._periods = list(items)
        entries: list[Entry] = []
        for item in self._periods:
            entries.append((item.text, lambda key=item.id: self.period_chosen.emit(key)))
        self.period.set_entries(entries)
        text = next((item.text for item in self._periods if item.id == now), "")
        self.period.set_text(f"期别：{text}" if text else "期别")
        self._show_parts()

    def set_steps(self, undo: str | None, redo: str | None) -> None:
        """Name the steps that undo and redo would take; None switches a button off."""
        self.undo.setEnabled(undo is not None)
        self.undo.setToolTip(f"撤销：{undo}（Ctrl+Z）" if undo else "没有可以撤销的")
        self.redo.setEnabled(redo is not None)
        self.redo.setToolTip(f"重做：{redo}（Ctrl+Y）" if redo else "没有可以重做的")

    def set_search(self, placeholder: str, *, enabled: bool = True) -> None:
        """Say what can be searched for on this page."""
        short = placeholder.partition("：")[0]
        self.search.set_placeholders((f"{placeholder}  F3", f"{short}  F3", short))
        self.search.setEnabled(enabled)
        self.look_up.setEnabled(enabled)

    def open_search(self) -> None:
        """Go to the search box; in a narrow window it takes the place of the navigation."""
        self._searching = True
        self._show_parts()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _close_search(self) -> None:
        self._searching = False
        self._show_parts()

    def set_mode(self, mode: Mode) -> None:
        """Show the parts that fit this layout."""
        self._mode = mode
        self._fit()

    def _show_parts(self) -> None:
        single, narrow = self._mode == "single", self._mode == "narrow"
        self.seal.setVisible(not single)
        self.seal.set_alone(narrow)
        self.navigation.setVisible(single and not self._searching)
        self.ledger.setVisible(not single or (self._practice and not self._searching))
        self.level.setVisible(not single and not narrow)
        self.period.setVisible(bool(self._periods) and not (single and self._searching))
        self.search.setVisible(not single or self._searching)
        self.look_up.setVisible(single and not self._searching)
        self.redo.setVisible(not single)
        self.history.setVisible(not single and not narrow)
        self.help.setVisible(not single)

    def _fit(self) -> None:
        px = theme.look().px
        self.setFixedHeight(px(46))
        self.search.setFixedHeight(px(34))
        if self._mode == "single":
            self.search.setMinimumWidth(px(240))
            self.search.setMaximumWidth(16777215)
        else:
            self.search.setMinimumWidth(0)
            self.search.setMaximumWidth(px(330 if self._mode == "full" else 240))
        across = (
            QSizePolicy.Policy.Expanding if self._mode == "single" else QSizePolicy.Policy.Preferred
        )
        self.search.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._show_parts()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, with hatching for a practice ledger."""
        look, painter = theme.look(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("practice" if self._practice else "top"))
        if self._practice:
            painter.fillRect(
                self.rect(), QBrush(look.colour("practice2"), Qt.BrushStyle.BDiagPattern)
            )
