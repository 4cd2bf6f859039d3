"""档案目录: the eighteen sections with how each stands, and the way to each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from ledger_desk.model.sections import SECTIONS, Section
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.dossier.reading import Standing
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import paint_mark
from ledger_desk.ui.rules import frame

_WIDE = 246
# Where the whole title is too long for a line of the contents, or for a button.
_SHORT = {
    "associates": "股东与关联人",
    "utilities": "用电用水用气",
    "assets": "资产与担保",
    "banking": "对接授信放款",
}
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def short_title(section: Section) -> str:
    """Title of a section where room is short."""
    return _SHORT.get(section.key, section.title)


class SectionEntry(QAbstractButton):
    """One line: number, title, count, mark."""

    def __init__(self, section: Section, parent: QWidget) -> None:
        """Stand for a section."""
        super().__init__(parent)
        self.setText(short_title(section))
        self._title = section.title
        self.setCheckable(True)
        self._number = section.number
        self._standing = Standing("", "none")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def set_standing(self, standing: Standing) -> None:
        """Say how the section stands."""
        self._standing = standing
        self.setAccessibleName(f"第 {self._number} 节 {self._title}，{standing.sentence()}")
        self.setToolTip(f"{self._number} {self._title}：{standing.sentence()}")
        self.update()

    def sizeHint(self) -> QSize:
        """34 high."""
        return QSize(theme.look().px(_WIDE - 20), theme.look().px(34))

    def minimumSizeHint(self) -> QSize:
        """As high, and as narrow as the list makes it."""
        return QSize(theme.look().px(120), theme.look().px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line; the present one on 黛's tint with its edge."""
        look, painter = theme.look(), QPainter(self)
        px, here = look.px, self.isChecked()
        if here:
            painter.fillRect(self.rect(), look.colour("dai3"))
            painter.fillRect(QRect(0, 0, px(4), self.height()), look.colour("dai"))
        elif self.underMouse():
            painter.fillRect(self.rect(), look.colour("hover"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        right = middle | int(Qt.AlignmentFlag.AlignRight)
        painter.setFont(look.font("serif_bold" if here else "clause"))
        painter.setPen(look.colour("ink" if here else "ink2"))
        painter.drawText(QRect(px(8), 0, px(24), self.height()), right, str(self._number))
        edge = px(15)
        end = self.width() - px(12) - edge - px(6)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2"))
        count = self._standing.count
        painter.drawText(QRect(0, 0, end, self.height()), right, count)
        taken = QFontMetrics(look.font("body")).horizontalAdvance(count) + (px(6) if count else 0)
        font = look.font("bold" if here else "body")
        painter.setFont(font)
        painter.setPen(look.colour("dai" if here else "ink"))
        room = QRect(px(42), 0, max(end - taken - px(42), 0), self.height())
        shown = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle, shown)
        box = QRectF(self.width() - px(12) - edge, (self.height() - edge) / 2, edge, edge)
        paint_mark(painter, look, box, self._standing.mark)
        if self.hasFocus():
            paint_ring(painter, self.rect())


class SectionList(QFrame):
    """The list at the left; `chosen` carries the number of a section."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """List all sections."""
        super().__init__()
        self.setProperty("k", "box")
        self._percent = label("", "bold")
        column = Column(self, margins=1, gap=0)
        head = QWidget()
        Row(head, margins=(14, 8, 14, 8)).add(label("档案目录", "bold")).push().add(self._percent)
        column.add(head, frame("rule"))
        inner = frame("bare")
        lines = Column(inner, margins=(0, 4, 0, 4), gap=0)
        self._entries: dict[int, SectionEntry] = {}
        for section in SECTIONS:
            entry = SectionEntry(section, self)
            entry.clicked.connect(partial(self._choose, section.number))
            entry.installEventFilter(self)
            self._entries[section.number] = entry
            lines.add(entry)
        lines.push()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        column.add(self._area, stretch=1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme.follow(self._fit)

    def set_standings(self, standings: Mapping[int, Standing], percent: int) -> None:
        """Say how all sections stand, and the file as a whole."""
        for number, entry in self._entries.items():
            entry.set_standing(standings[number])
        self._percent.setText(f"{percent}%")
        self._percent.setAccessibleName(f"建档完整度 {percent}%")

    def set_here(self, number: int) -> None:
        """Mark the section that is shown; the others are out of Tab's way."""
        for each, entry in self._entries.items():
            entry.setChecked(each == number)
            keyboard = Qt.FocusPolicy.StrongFocus if each == number else Qt.FocusPolicy.ClickFocus
            entry.setFocusPolicy(keyboard)
        self._area.ensureWidgetVisible(self._entries[number], 0, theme.look().px(40))

    def entry(self, number: int) -> SectionEntry:
        """The line of a section."""
        return self._entries[number]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go from section to section."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            move = _MOVES.get(Qt.Key(event.key()))
            here = next((n for n, entry in self._entries.items() if entry is watched), 0)
            if move and here + move in self._entries:
                self._choose(here + move)
                self._entries[here + move].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here:
                self._choose(here)
                return True
        return super().eventFilter(watched, event)

    def _choose(self, number: int, _checked: bool = False) -> None:
        self.chosen.emit(number)

    def _fit(self) -> None:
        self.setFixedWidth(theme.look().px(_WIDE))
