"""培植 → 对接 → 授信 → 放款: four figures with bars of one scale; each opens its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from ledger_desk.model.money import show_wan
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Cultivation
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.pages.first_loan.contact_list import DRAWN, GRANTED, MET, ContactRow


@dataclass(frozen=True)
class Stage:
    """One stage: its key, word, how many firms, and more words (笔, 万元)."""

    key: str
    word: str
    firms: int
    more: str


def stages_of(ledger: Ledger, period: Period, contacts: Sequence[ContactRow]) -> list[Stage]:
    """Count the four stages; from the same rows that the lists show, so that they always agree."""
    with ledger.read() as rows:
        listed = rows.count(Query(Cultivation, (Where("listed_on", "<=", period.end),)))
        gone = (Where("listed_on", "<=", period.end), Where("left_on", "<=", period.end))
        listed -= rows.count(Query(Cultivation, gone))
    met = [row for row in contacts if MET in row.kinds]
    granted = [row for row in contacts if GRANTED in row.kinds]
    drawn = [row for row in contacts if DRAWN in row.kinds]
    return [
        Stage("", "培植", listed, "在册"),
        Stage(MET, "对接", _firms(met), f"{len(met):,} 笔"),
        Stage(GRANTED, "授信", _firms(granted), f"{show_wan(sum(r.amount for r in granted))} 万元"),
        Stage(DRAWN, "放款", _firms(drawn), f"{show_wan(sum(r.drawn for r in drawn))} 万元"),
    ]


def _firms(rows: Sequence[ContactRow]) -> int:
    return len({row.firm for row in rows})


class _StageButton(QAbstractButton):
    """One stage; pressing it opens the list."""

    def __init__(self) -> None:
        super().__init__()
        self._stage = Stage("", "", 0, "")
        self._most, self._flat = 1, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.follow(self.updateGeometry)

    def show_stage(self, stage: Stage, most: int) -> None:
        """Show figures; ``most`` is the firms that fill the whole bar."""
        self._stage, self._most = stage, max(most, 1)
        self.setAccessibleName(f"{stage.word} {stage.firms:,} 户，{stage.more}，打开名单")
        self.setToolTip(f"看这 {stage.firms:,} 户")
        self.updateGeometry()
        self.update()

    def key(self) -> str:
        """Key of the stage shown."""
        return self._stage.key

    def set_flat(self, flat: bool) -> None:
        """Figures in one row, without bars, where height is short."""
        self._flat = flat
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Word, figure, bar."""
        look = theme.look()
        wide = QFontMetrics(look.font("figure")).horizontalAdvance(f"{self._stage.firms:,}")
        words = QFontMetrics(look.font("body")).horizontalAdvance(self._stage.word + " 户")
        return QSize(wide + words + look.px(24), look.px(34 if self._flat else 60))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw word, figure, 户, the rest at the right where it fits, and the bar."""
        look, painter, stage = theme.look(), QPainter(self), self._stage
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), look.colour("hover"))
        line = QRect(look.px(6), look.px(2), self.width() - look.px(12), look.px(30))
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        left = line.left()
        for text, font, colour in (
            (f"{stage.word} ", "body", "ink2"),
            (f"{stage.firms:,}", "figure", "ink"),
            (" 户", "body", "ink2"),
        ):
            painter.setFont(look.font(font))
            painter.setPen(look.colour(colour))
            wide = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRect(left, line.top(), wide + 2, line.height()), flags, text)
            left += wide
        room = line.right() - left - look.px(6)
        if painter.fontMetrics().horizontalAdvance(stage.more) <= room:
            painter.setPen(look.colour("ink2"))
            painter.drawText(line, flags | int(Qt.AlignmentFlag.AlignRight), stage.more)
        if not self._flat:
            bar = QRect(line.left(), look.px(38), line.width(), look.px(14))
            part = round(bar.width() * stage.firms / self._most)
            painter.setPen(look.colour("line2"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0, 0, -1, -1))
            painter.fillRect(QRect(bar.left(), bar.top(), part, bar.height()), look.colour("dai"))
        if self.hasFocus():
            paint_ring(painter, self.rect())


class _Arrow(QFrame):
    """From one stage to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Narrow."""
        return QSize(theme.look().px(12), theme.look().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an open angle."""
        look, painter = theme.look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("ink3"))
        middle, reach = self.rect().center(), look.px(4)
        x, y = middle.x() - reach // 2, middle.y()
        painter.drawPolyline(
            QPolygon([QPoint(x, y - reach), QPoint(x + reach, y), QPoint(x, y + reach)])
        )


class Funnel(QFrame):
    """The four stages in one card.

    Signals:
        opened: Key of a stage: its list is wanted.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        """Start with empty figures."""
        super().__init__()
        self.setProperty("k", "box")
        self.setAccessibleName("培植、对接、授信、放款")
        self._buttons = [_StageButton() for _ in range(4)]
        row = Row(self, margins=(6, 4, 6, 4), gap=2)
        for number, button in enumerate(self._buttons):
            if number:
                row.add(_Arrow())
            row.add(button, stretch=1)
            button.clicked.connect(partial(self._open, button))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: Sequence[Stage]) -> None:
        """Show figures; all bars have the scale of the largest."""
        most = max((stage.firms for stage in stages), default=1)
        for button, stage in zip(self._buttons, stages, strict=True):
            button.show_stage(stage, most)

    def buttons(self) -> list[QAbstractButton]:
        """The four buttons."""
        return list(self._buttons)

    def set_flat(self, flat: bool) -> None:
        """Figures without bars."""
        for button in self._buttons:
            button.set_flat(flat)

    def _open(self, button: _StageButton, _checked: bool = False) -> None:
        self.opened.emit(button.key())
