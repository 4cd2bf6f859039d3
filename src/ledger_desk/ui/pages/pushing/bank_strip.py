"""How far each bank is: pushed, contacted, granted, paid out, as bars of one scale; a click narrows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from ledger_desk.model.money import show_wan
from ledger_desk.ui import theme
from ledger_desk.ui.bars import Strip
from ledger_desk.ui.buttons import MenuButton, paint_ring
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Row
from ledger_desk.work.bank_progress import BankProgress, GuaranteeSums

_WIDE, _HIGH = 168, 62
_WORDS = ("推送", "对接", "授信", "放款")
_TOKENS = ("ink3", "dian", "dai", "ok")


def words_of(bank: BankProgress) -> str:
    """Say the four numbers of a bank."""
    numbers = (bank.pushed, bank.contacted, bank.granted, bank.drawn)
    return "，".join(f"{word} {many:,}" for word, many in zip(_WORDS, numbers, strict=True))


class _BankButton(QAbstractButton):
    """One bank: its name and four numbers over their bars."""

    def __init__(self, bank: BankProgress, most: int) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_bank(bank, most)

    def show_bank(self, bank: BankProgress, most: int) -> None:
        """Show other numbers, or another bank; the keyboard stays where it is."""
        self._bank, self._most = bank, max(most, 1)
        self.setAccessibleName(f"{bank.name}：{words_of(bank)}，只看这家")
        self.setToolTip(words_of(bank))
        self.update()

    def sizeHint(self) -> QSize:
        """The same for all."""
        return QSize(theme.look().px(_WIDE), theme.look().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, numbers, bars."""
        look, painter, px = theme.look(), QPainter(self), theme.look().px
        if self.isChecked():
            painter.fillRect(self.rect(), look.colour("sel"))
        elif self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), look.colour("hover"))
        inner = self.rect().adjusted(px(8), px(4), -px(8), -px(4))
        painter.setFont(look.font("bold"))
        painter.setPen(look.colour("ink"))
        name = QFontMetrics(look.font("bold")).elidedText(
            self._bank.name, Qt.TextElideMode.ElideRight, inner.width()
        )
        line = QRect(inner.left(), inner.top(), inner.width(), px(22))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setFont(look.font("body"))
        bank, quarter = self._bank, inner.width() / 4
        numbers = (bank.pushed, bank.contacted, bank.granted, bank.drawn)
        for place, (word, many, token) in enumerate(zip(_WORDS, numbers, _TOKENS, strict=True)):
            left = inner.left() + round(place * quarter)
            box = QRect(left, line.bottom(), round(quarter), px(20))
            painter.setPen(look.colour("ink2"))
            said = f"{word[0]}{many:,}"
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), said)
            wide = round(quarter) - px(6)
            bar = QRect(left, box.bottom() + px(2), wide, px(6))
            painter.fillRect(bar, look.colour("line"))
            part = round(wide * many / max(bank.pushed, 1))
            painter.fillRect(
                QRect(bar.left(), bar.top(), min(part, wide), bar.height()), look.colour(token)
            )
        if self.hasFocus():
            paint_ring(painter, self.rect())


class BankStrip(QFrame):
    """As many banks as there is room for; the others in a menu.

    Signals:
        chosen: Id of a bank, '' for all; its name.
    """

    chosen = Signal(str, str)

    def __init__(self) -> None:
        """Start without banks."""
        super().__init__()
        self.setProperty("k", "box")
        self.setAccessibleName("各银行进度：推送、对接、授信、放款")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._banks: list[BankProgress] = []
        self._bank = ""
        self._row = Row(self, margins=(4, 3, 4, 3), gap=2)
        self._buttons: list[_BankButton] = []
        self._rest = MenuButton("其余")
        self._row.add(self._rest)
        theme.follow(self._again)

    def show_banks(self, banks: Sequence[BankProgress]) -> None:
        """Show the numbers of banks."""
        self._banks = list(banks)
        self._again()

    def choose(self, bank: str) -> None:
        """Mark a bank as the one that is looked at; '' for none."""
        self._bank = bank
        for button in self._buttons:
            button.setChecked(button._bank.bank == bank)

    def buttons(self) -> list[QAbstractButton]:
        """The banks that are shown."""
        return list(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for others."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._again()

    def _again(self) -> None:
        room = self.width() - theme.look().px(8 + 100)
        each = theme.look().px(_WIDE + 2)
        fit = len(self._banks) if len(self._banks) * each <= room + theme.look().px(100) else max(
            1, room // each
        )  # fmt: skip
        most = max((bank.pushed for bank in self._banks), default=1)
        for old in self._buttons[fit:]:
            old.hide()
            old.deleteLater()
        del self._buttons[fit:]
        for place, bank in enumerate(self._banks[:fit]):
            if place < len(self._buttons):
                self._buttons[place].show_bank(bank, most)
                continue
            button = _BankButton(bank, most)
            button.clicked.connect(partial(self._press_at, place))
            self._buttons.append(button)
            self._row.insertWidget(place, button, 1)
        rest = self._banks[fit:]
        self._rest.setVisible(bool(rest))
        self._rest.set_text(f"其余 {len(rest)} 家")
        self._rest.set_entries([
            (f"{bank.name}　{words_of(bank)}", partial(self._press, bank)) for bank in rest
        ])  # fmt: skip
        self.choose(self._bank)
        self.updateGeometry()

    def _press_at(self, place: int, _checked: bool = False) -> None:
        self._press(self._banks[place])

    def _press(self, bank: BankProgress, _checked: bool = False) -> None:
        same = self._bank == bank.bank
        self.choose("" if same else bank.bank)
        self.chosen.emit("" if same else bank.bank, bank.name)


def guarantee_words(sums: GuaranteeSums) -> tuple[str, str]:
    """Say the totals of the guarantees: what they are, and what is odd ('' for nothing)."""
    if not sums.count:
        return "还没有在保的。", ""
    share = sums.share or 0.0
    said = (
        f"在保 {sums.count:,} 笔，{show_wan(sums.amount)} 万元；其中支小支农 "
        f"{show_wan(sums.small_rural)} 万元，占 {share:.1f}%（不低于 {sums.wanted_share}%）。"
    )
    odd = []
    if share < sums.wanted_share:
        odd.append(f"支小支农占比差 {sums.wanted_share - share:.1f} 个百分点")
    if sums.over_fee:
        odd.append(f"{sums.over_fee:,} 笔费率偏高")
    if sums.over_single:
        odd.append(f"{sums.over_single:,} 笔单户超额")
    return said, "，".join(odd)


class GuaranteeStrip(QFrame):
    """在保 totals with the share for small firms and farmers."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setProperty("k", "box")
        row = Row(self, margins=(12, 6, 12, 6), gap=12)
        self._words = label("", "body", wrap=True)
        self._odd = label("", "explain", wrap=True)
        self.bar = Strip("支小支农占比", grades=True)
        self.bar.setMaximumWidth(theme.look().px(160))
        row.add(self._words, stretch=2).add(self.bar).add(self._odd, stretch=1)

    def show_sums(self, sums: GuaranteeSums) -> None:
        """Show totals."""
        said, odd = guarantee_words(sums)
        self._words.setText(said)
        self._odd.setText(odd)
        self._odd.setVisible(bool(odd))
        self.bar.setVisible(bool(sums.count))
        self.bar.setValue(round(sums.share or 0))
