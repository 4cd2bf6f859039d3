"""Conditions of the list as chips: 乡镇, 主体类型, 登记状态; opened with Enter, removed with Del."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ledger_desk.model import vocabulary
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Where
from ledger_desk.ui.buttons import Button, Entry, MenuButton, fill_menu
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.records.dictionaries import townships
from ledger_desk.ui.tags import Chip

_NAMED = 2


@dataclass(frozen=True)
class Kind:
    """One thing that a condition can be about; ``items`` gives what can be chosen."""

    field: str
    title: str
    items: Callable[[Ledger], tuple[PickItem, ...]]


def _words(*words: str) -> Callable[[Ledger], tuple[PickItem, ...]]:
    items = tuple(PickItem(word, word) for word in words)
    return lambda ledger: items


# To add a condition: a line here.
KINDS = (
    Kind("township", "乡镇", lambda ledger: townships(ledger.office.division or "")),
    Kind("kind", "主体类型", _words(*vocabulary.ENTERPRISE_KINDS)),
    Kind("status", "登记状态", _words(*vocabulary.REGISTRATION_STATES)),
)


class ConditionBar(QWidget):
    """Chips in a row; one menu in the narrowest layout."""

    changed = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Start without conditions."""
        super().__init__()
        self._ledger = ledger
        self._chosen: dict[str, tuple[PickItem, ...]] = {}
        self._narrow = False
        self._row = Row(self, gap=8)
        self._draw()

    def wheres(self, without: str = "") -> tuple[Where, ...]:
        """All conditions, or all but one, as the ledger understands them."""
        return tuple(
            Where(field, "in", tuple(item.id for item in items))
            for field, items in self._chosen.items()
            if field != without
        )

    def fields(self) -> set[str]:
        """Fields that a condition looks at."""
        return set(self._chosen)

    def words(self) -> dict[str, str]:
        """Each condition in words, by field: ``新集镇、沙窝镇``."""
        return {field: _joined(items) for field, items in self._chosen.items()}

    def set_condition(self, field: str, items: tuple[PickItem, ...]) -> None:
        """Set one condition; no items take it away."""
        before = dict(self._chosen)
        if items:
            self._chosen[field] = items
        else:
            self._chosen.pop(field, None)
        if before != self._chosen:
            self._draw()
            self.changed.emit()

    def clear(self) -> None:
        """Take all conditions away."""
        if self._chosen:
            self._chosen.clear()
            self._draw()
            self.changed.emit()

    def set_narrow(self, narrow: bool) -> None:
        """Show one menu instead of chips."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._draw()

    def open(self, field: str) -> None:
        """Let the person choose the values of a condition."""
        kind = next(each for each in KINDS if each.field == field)
        known = kind.items(self._ledger)
        chosen = self._chosen.get(field, ())
        # Own names (开发区) stand in the data and in no list.
        more = tuple(item for item in chosen if item not in known)
        dialog = ChooseMany(
            self.window(), f"只看这些{kind.title}", [*known, *more], {item.id for item in chosen}
        )
        dialog.chosen.connect(partial(self._take, field))
        dialog.open()

    def _take(self, field: str, items: object) -> None:
        assert isinstance(items, tuple)
        self.set_condition(field, items)

    def _draw(self) -> None:
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            QTimer.singleShot(0, self, self._take_focus)
        while self._row.count():
            part = self._row.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        if self._narrow:
            text = f"条件 {len(self._chosen)}" if self._chosen else "加条件"
            self._row.add(MenuButton(text, self._entries()))
            return
        for field, items in self._chosen.items():
            kind = next(each for each in KINDS if each.field == field)
            chip = Chip(
                f"{kind.title}：{_joined(items)}",
                partial(self.open, field),
                partial(self.set_condition, field, ()),
            )
            self._row.add(chip)
        if len(self._chosen) < len(KINDS):
            self._add = Chip("加条件", self._open_menu, adds=True)
            self._row.add(self._add)
        if self._chosen:
            self._row.add(Button("清除", self.clear, kind="words"))

    def _take_focus(self) -> None:
        """Stay in the row when the chip that had the focus has gone."""
        target = self._row.itemAt(self._row.count() - 1)
        for place in range(self._row.count()):
            widget = self._row.itemAt(place).widget()
            if isinstance(widget, Chip | MenuButton):
                target = self._row.itemAt(place)
        if target is not None and target.widget() is not None:
            target.widget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _entries(self) -> list[Entry]:
        entries: list[Entry] = []
        for kind in KINDS:
            items = self._chosen.get(kind.field)
            text = f"{kind.title}：{_joined(items)}" if items else f"按{kind.title}"
            entries.append((text, partial(self.open, kind.field)))
        if self._chosen:
            entries += [None, ("清除全部条件", self.clear)]
        return entries

    def _open_menu(self) -> None:
        menu = QMenu(self)
        free = [kind for kind in KINDS if kind.field not in self._chosen]
        fill_menu(menu, [(f"按{kind.title}", partial(self.open, kind.field)) for kind in free])
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))


def _joined(items: tuple[PickItem, ...]) -> str:
    names = "、".join(item.text for item in items[:_NAMED])
    return names if len(items) <= _NAMED else f"{names}等 {len(items)} 个"
