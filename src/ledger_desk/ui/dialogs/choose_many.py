"""Ticking several of many: townships, kinds, columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.rules import frame

_FILTER_FROM = 12


class ChooseMany(Dialog):
    """`chosen` carries a tuple of `PickItem`, in the order of the list. Show it with ``open()``."""

    chosen = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        items: Sequence[PickItem],
        ticked: Collection[str],
        *,
        least: int = 0,
    ) -> None:
        """Offer ``items``, those in ``ticked`` ticked; fewer than ``least`` cannot be taken."""
        super().__init__(parent, title, width=560)
        self._items, self._least = list(items), least
        self._find = pick_from(self._items, len(self._items) or 1)
        self._filter = TextField("", "输名称、代码或拼音首字母")
        self._filter.setAccessibleName("筛选")
        self._filter.textChanged.connect(self._show)
        self._filter.setVisible(len(items) >= _FILTER_FROM)
        self.body.add(self._filter)
        host = frame("bare")
        self._grid = QGridLayout(host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._boxes: dict[str, CheckBox] = {}
        for item in self._items:
            box = CheckBox(item.text, item.id in ticked)
            box.toggled.connect(self._tell)
            self._boxes[item.id] = box
        self.body.add(host)
        self.buttons.insertWidget(0, Button("全选", self._all, kind="words"))
        self.buttons.insertWidget(1, Button("都不选", self._none, kind="words"))
        self.add_close("不改了")
        self._go = self.add_button(Button("", self._take, kind="pri"))
        self._show("")
        self._tell()
        self._fit()
        (
            self._filter if not self._filter.isHidden() else next(iter(self._boxes.values()))
        ).setFocus()

    def ticked(self) -> tuple[PickItem, ...]:
        """What is ticked now."""
        return tuple(item for item in self._items if self._boxes[item.id].isChecked())

    def _show(self, text: str) -> None:
        found = {item.id for item in self._find(text)}
        columns = 1 if self._is_narrow() else 3 if len(self._items) > 30 else 2
        place = 0
        for record, box in self._boxes.items():
            self._grid.removeWidget(box)
            box.setVisible(record in found)
            if record in found:
                self._grid.addWidget(box, place // columns, place % columns)
                place += 1

    def _is_narrow(self) -> bool:
        return mode_of(self.parentWidget().window().width(), theme.look().factor) == "single"

    def _all(self) -> None:
        for box in self._boxes.values():
            if not box.isHidden():
                box.setChecked(True)

    def _none(self) -> None:
        for box in self._boxes.values():
            box.setChecked(False)

    def _tell(self) -> None:
        count = len(self.ticked())
        if count < self._least:
            self._go.block(f"至少选 {self._least} 个")
        elif count:
            self._go.allow(f"用这 {count} 个")
        else:
            self._go.allow("不加这个条件")

    def _take(self) -> None:
        self.chosen.emit(self.ticked())
        self.accept()
