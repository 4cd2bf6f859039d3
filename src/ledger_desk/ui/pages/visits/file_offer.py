"""What a sheet knows better than the firm's file, each with a box: written there in the same step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.records.showing import mask, split_unit
from ledger_desk.work.visiting_rules import Difference


class FileOffer(QWidget):
    """Boxes for differences; a box that somebody ticked or cleared stays so.

    Signals:
        changed: A box was ticked or cleared.
    """

    changed = Signal()

    def __init__(self) -> None:
        """Offer nothing yet."""
        super().__init__()
        self._column = Column(self, gap=0)
        self._boxes: dict[str, CheckBox] = {}
        self._offered: tuple[Difference, ...] = ()
        self._chosen: dict[tuple[str, Any], bool] = {}

    def offer(self, differences: Sequence[Difference]) -> None:
        """Show boxes for these; the sure ones are ticked."""
        if tuple(differences) == self._offered:
            return
        self._offered = tuple(differences)
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for each in differences:
            key = (each.field, each.new)
            box = CheckBox(_words(each), self._chosen.get(key, each.sure))
            box.toggled.connect(lambda on, key=key: self._tick(key, on))
            self._boxes[each.field] = box
            self._column.add(box)
        self.setVisible(bool(differences))

    def boxes(self) -> list[CheckBox]:
        """The boxes in order."""
        return list(self._boxes.values())

    def chosen(self) -> dict[str, Any]:
        """Field of the firm → value, of the ticked ones."""
        return {
            each.field: each.new or None
            for each in self._offered
            if self._boxes[each.field].isChecked()
        }

    def forget(self) -> None:
        """Another sheet: nothing was ticked by hand yet."""
        self._chosen.clear()
        self.offer(())

    def _tick(self, key: tuple[str, Any], on: bool) -> None:
        self._chosen[key] = on
        self.changed.emit()


def _words(each: Difference) -> str:
    spec = field_map(Enterprise)[each.field]
    title, unit = split_unit(spec.label)

    def show(value: Any) -> str:
        if value in (None, ""):
            return "空"
        text = spec.kind.show(value)
        if spec.private:
            text = mask(spec, text)
        return f"{text} {unit}".strip()

    return f"{title}：{show(each.old)} → {show(each.new)}"
