"""Text size and contrast; everything follows at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.settings import FACTORS
from ledger_desk.ui import theme
from ledger_desk.ui.cards import Card
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.picker import Picker, PickItem, pick_from


class LooksView(QWidget):
    """Changes how the whole program looks; `chosen` carries text size and high contrast, to be kept."""

    chosen = Signal(float, bool)

    def __init__(self) -> None:
        """Show the present state."""
        super().__init__()
        card = Card("字的大小和对比")
        items = [PickItem(f"{factor}", f"{factor:.0%}") for factor in FACTORS]
        self.scale = Picker(pick_from(items), None)
        self.scale.picked.connect(self._sized)
        self.contrast = CheckBox("高对比：黑字白底，线条更粗")
        self.contrast.toggled.connect(self._contrasted)
        card.body.add(
            label("选了马上就变，不用重开。字大了以后，次要的按钮会收进“更多”。", "dim", wrap=True)
        )
        card.body.add(Field("字的大小", self.scale), self.contrast)
        Column(self, gap=12).add(card).push()
        theme.follow(self._show)

    def _show(self) -> None:
        look = theme.look()
        self.scale.set_item(PickItem(f"{look.factor}", f"{look.factor:.0%}"))
        self.contrast.blockSignals(True)
        self.contrast.setChecked(look.tokens.contrast)
        self.contrast.blockSignals(False)

    def _sized(self, item: PickItem | None) -> None:
        if item is not None:
            theme.current().set(factor=float(item.id))
            self._tell()

    def _contrasted(self, on: bool) -> None:
        theme.current().set(contrast=on)
        self._tell()

    def _tell(self) -> None:
        look = theme.look()
        self.chosen.emit(look.factor, look.tokens.contrast)
