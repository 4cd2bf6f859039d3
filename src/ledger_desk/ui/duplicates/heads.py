"""Above the columns: each firm with what hangs on it; one of them is the one that stays."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import paint_ring
from ledger_desk.ui.duplicates.comparing import Comparing, ordinal
from ledger_desk.ui.duplicates.field_painting import paint_radio
from ledger_desk.ui.duplicates.field_rows import hanging_words
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column

_HIGH = 56


class _Head(QAbstractButton):
    """One firm: a choice of Qt's own, painted."""

    def __init__(self, whole: FirmHeads, record: str) -> None:
        super().__init__(whole)
        self.record, self._whole = record, whole
        self.setCheckable(True)
        self.unders: tuple[str, ...] = ("",)  # wordings, long to short
        self.gone = False

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(theme.look().px(150), theme.look().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """As high; the width is the column's."""
        return QSize(theme.look().px(40), theme.look().px(_HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as space does, a digit chooses by place, Del leaves the firm out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif not self._whole.take_key(event, self.record):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, name, and what it is to become."""
        look, painter, px = theme.look(), QPainter(self), theme.look().px
        stays = self.isChecked() and not self.gone
        painter.fillRect(self.rect(), look.colour("dai3" if stays else "grey"))
        if stays:
            painter.fillRect(0, 0, self.width(), px(3), look.colour("dai"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_radio(painter, QRectF(px(11), px(11), px(16), px(16)), chosen=stays)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        words = QRect(px(38), px(7), self.width() - px(42), px(22))
        plain = QFontMetrics(look.font("body"))
        fitting = (u for u in self.unders if plain.horizontalAdvance(u) <= words.width())
        for text, font, ink, lost in (
            (self.text(), "bold", "ink", Qt.TextElideMode.ElideMiddle),
            (next(fitting, self.unders[-1]), "body", "ink2", Qt.TextElideMode.ElideRight),
        ):
            painter.setFont(look.font(font))
            painter.setPen(look.colour("ink3" if self.gone else ink))
            shown = QFontMetrics(painter.font()).elidedText(text, lost, words.width())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
            words.translate(0, px(21))
        if self.hasFocus():
            paint_ring(painter, self.rect())


class FirmHeads(QWidget):
    """A row of firms over the columns of a `FieldTable`.

    Signals:
        kept: Id of the firm that is to stay.
        left_out: Id of a firm that is to be left out, or to come in again.
    """

    kept = Signal(str)
    left_out = Signal(str)

    def __init__(self) -> None:
        """Start with no firm."""
        super().__init__()
        self._group = QButtonGroup(self)
        self._heads: list[_Head] = []
        self._places: list[tuple[int, int]] = []
        self._comparing: Comparing | None = None
        self._corner = QWidget(self)
        column = Column(self._corner, margins=(8, 5, 4, 5), gap=0)
        column.add(label("留下哪一户", "bold"), label("按空格选", "faint"))
        self._result = QWidget(self)
        self._sum = label("", "dim", wrap=False)
        self._sum.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        Column(self._result, margins=(8, 5, 4, 5), gap=0).add(label("合并以后", "bold"), self._sum)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("留下哪一户")
        self._group.buttonClicked.connect(self._clicked)
        theme.follow(self._scale)

    def show_group(self, comparing: Comparing | None) -> None:
        """Show the firms of a group."""
        for head in self._heads:
            self._group.removeButton(head)
            head.hide()
            head.deleteLater()
        self._comparing = comparing
        ids = comparing.ids if comparing is not None else []
        self._heads = [_Head(self, record) for record in ids]
        for head in self._heads:
            self._group.addButton(head)
            head.show()
        self.tell()
        self._lay()

    def tell(self) -> None:
        """Say again which stays and what hangs on each."""
        comparing = self._comparing
        if comparing is None:
            return
        for place, head in enumerate(self._heads):
            record = head.record
            head.gone = record in comparing.out
            fate = "不并" if head.gone else "留下" if record == comparing.survivor else "并进来"
            head.setChecked(record == comparing.survivor)
            head.setText(comparing.title(record))
            counts = comparing.hanging(record)
            whole = f"{ordinal(place)}・{fate}・{hanging_words(counts)}"
            head.unders = (
                whole, f"{fate}・{hanging_words(counts)}",
                f"{fate}・名下 {sum(counts.values()):,} 条",
            )  # fmt: skip
            head.setAccessibleName(f"{head.text()}，{whole}")
            head.setToolTip(f"{head.text()}\n{whole}")
            head.update()
        together = hanging_words(comparing.hanging_together())
        shown = QFontMetrics(self._sum.font()).elidedText(
            together, Qt.TextElideMode.ElideRight, max(self._sum.width(), 1)
        )
        self._sum.setText(shown)
        self._result.setToolTip(together)

    def heads(self) -> list[QAbstractButton]:
        """The firms, for the keyboard and for tests."""
        return list(self._heads)

    def place(self, places: list[tuple[int, int]]) -> None:
        """Stand where the columns stand: (left, width) of each firm and of the result."""
        self._places = places
        self._lay()

    def take_key(self, event: QKeyEvent, record: str) -> bool:
        """Choose by digit; Del leaves out. Whether the key was one of ours."""
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(self._heads):
            head = self._heads[number - 1]
            head.setFocus(Qt.FocusReason.OtherFocusReason)
            head.click()
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.left_out.emit(record)
            return True
        return False

    def sizeHint(self) -> QSize:
        """As high as a firm."""
        return QSize(theme.look().px(300), theme.look().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(theme.look().px(100), theme.look().px(_HIGH))

    def _scale(self) -> None:
        self.setFixedHeight(theme.look().px(_HIGH))
        self._lay()

    def _lay(self) -> None:
        if len(self._places) != len(self._heads) + 1:
            return
        high = self.height()
        for head, (left, wide) in zip(self._heads, self._places, strict=False):
            head.setGeometry(left, 0, wide - 1, high)
        left, wide = self._places[-1]
        self._result.setVisible(wide > 0)
        self._result.setGeometry(left, 0, wide, high)
        first = self._places[0][0]
        self._corner.setVisible(first > 0)
        self._corner.setGeometry(0, 0, max(first, 0), high)
        self._corner.raise_()
        self._sum.setFixedWidth(max(wide - theme.look().px(12), 1))
        if self._comparing is not None:
            self.tell()

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _Head):
            self.kept.emit(button.record)
