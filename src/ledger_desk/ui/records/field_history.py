"""The history of one field, under it: who wrote what when, and the way back to an earlier value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Self

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from ledger_desk.model.fields import FieldSpec
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.reviewing import HistoryItem
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.records.showing import show
from ledger_desk.ui.records.times import when
from ledger_desk.ui.rules import frame

_MOST = 8


class FieldHistory(QFrame):
    """A popup list of values; `restore_wanted` carries the value to put back."""

    restore_wanted = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        items: Sequence[HistoryItem],
        show: Callable[[Any], str],
        *,
        can_restore: bool = True,
    ) -> None:
        """Show the changes of one field, newest first."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("k", "float")
        self.setAccessibleName(f"{title}的变更记录")
        column = Column(self, margins=(15, 12, 12, 12), gap=8)
        head = Row(gap=16).add(label(f"{title} ・ 变更记录", "bold")).push()
        column.add(head.add(Button("关闭", self.close, kind="words", key="Esc")))
        column.add(frame("rule"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.look().px(18))
        grid.setVerticalSpacing(theme.look().px(6))
        for row, item in enumerate(items[:_MOST]):
            value = show(item.after) or "（空）"
            grid.addWidget(label(when(item.at), "dim"), row, 0)
            grid.addWidget(self._value(value, newest=row == 0), row, 1)
            who = ElidedLabel(f"{item.person or '没有登记姓名'}　{way_of(item.step_name)}", "dim")
            who.setMinimumWidth(theme.look().px(150))
            grid.addWidget(who, row, 2)
            if row and can_restore:
                text = f"恢复成 {when(item.at)} 的值"
                grid.addWidget(Button(text, self._restoring(item.after), kind="words"), row, 3)
        column.add(grid)
        if len(items) > _MOST:
            column.add(label(f"更早的 {len(items) - _MOST} 次在“修改记录”里。", "dim"))

    @classmethod
    def of(
        cls, parent: QWidget, ledger: Ledger, record: str, spec: FieldSpec, can_restore: bool
    ) -> Self | None:
        """Make the list for one field of a record; None where nothing was ever written."""
        items = ledger.history(record, spec.name)
        if not items:
            return None
        return cls(parent, spec.label, items, partial(show, ledger, spec), can_restore=can_restore)

    def open_under(self, anchor: QWidget) -> None:
        """Show it under an editor, inside the screen."""
        self.open_at(anchor, anchor.rect())

    def open_at(self, anchor: QWidget, box: QRect) -> None:
        """Show it under a box of a widget, for instance a cell."""
        self.adjustSize()
        window = anchor.window()
        below = QPoint(box.left(), box.bottom() + 1 + theme.look().px(4))
        place = anchor.mapTo(window, below)
        left = max(min(place.x(), window.width() - self.width() - 8), 8)
        top = place.y()
        if top + self.height() > window.height():
            top = max(place.y() - box.height() - self.height() - theme.look().px(8), 8)
        self.move(window.mapToGlobal(QPoint(left, top)))
        self.show()
        button = self.findChildren(Button)[-1]
        button.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _value(self, text: str, *, newest: bool) -> QWidget:
        shown = ElidedLabel(text, "bold" if newest else "body")
        shown.setMinimumWidth(min(shown.sizeHint().width() + 4, theme.look().px(280)))
        return shown

    def _restoring(self, value: Any) -> Callable[[], None]:
        def restore() -> None:
            self.close()
            self.restore_wanted.emit(value)

        return restore


def count_changes(ledger: Ledger, record: str, fields: Mapping[str, Field]) -> None:
    """Say beside each field how often it was changed; Tab passes the words by, Alt+H opens them."""
    items = ledger.history(record) if record else []
    changes = Counter(item.field for item in items)
    for name, field in fields.items():
        # The first change is the making of the record: not worth a word.
        field.set_history(changes[name] if changes[name] > 1 else 0)
        for button in field.findChildren(Button):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


def way_of(step: str) -> str:
    """In which way a value came: 手工 for what a form wrote, else the step's own words."""
    return "手工" if step.startswith(("修改", "新增")) else step
