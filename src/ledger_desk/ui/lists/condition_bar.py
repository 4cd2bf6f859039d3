"""The conditions of a list as chips: opened with Enter, removed with Del; a menu where room is short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ledger_desk.ui.buttons import Button, Entry, MenuButton, fill_menu
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.lists.filters import Filters, Wheres
from ledger_desk.ui.lists.subjects import Subjects, in_words
from ledger_desk.ui.tags import Chip

Fields = Callable[[], Sequence[str]]
_WHOLE = 3
"""So many chips stand in the row; more become a menu."""


class ConditionBar(QWidget):
    """Shows `Filters` and lets them be changed.

    Signals:
        changed: Conditions were changed, here or elsewhere.
        open_wanted: The condition on a field is to be opened.
    """

    changed = Signal()
    open_wanted = Signal(str)

    def __init__(
        self, filters: Filters, subjects: Subjects, first: Sequence[str], more: Fields
    ) -> None:
        """Show conditions.

        Args:
            filters: The conditions.
            subjects: What they are about, in words.
            first: Fields offered first.
            more: Gives other fields that are offered: those of the columns shown.
        """
        super().__init__()
        self.filters, self._subjects = filters, subjects
        self._first, self._more = tuple(first), more
        self._narrow = False
        self._row = Row(self, gap=8)
        filters.changed.connect(self._changed)
        self._draw()

    def wheres(self, without: str = "") -> Wheres:
        """All conditions, or all but those of one field."""
        return self.filters.wheres(without)

    def fields(self) -> set[str]:
        """Fields that a condition looks at."""
        return set(self.filters.fields())

    def words(self) -> dict[str, str]:
        """Each condition in words, by field: ``新集镇、沙窝镇``."""
        return {field: self._said(field) for field in self.filters.fields()}

    def clear(self) -> None:
        """Take all conditions away."""
        self.filters.clear()

    def open(self, field: str) -> None:
        """Let the person choose what a field is narrowed to."""
        self.open_wanted.emit(field)

    def set_narrow(self, narrow: bool) -> None:
        """Show one menu instead of chips."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._draw()

    def _changed(self) -> None:
        self._draw()
        self.changed.emit()

    def _said(self, field: str) -> str:
        subject = self._subjects.subject(field)
        if subject is None:
            return field
        return in_words(
            subject, self.filters.of(field), lambda values: self._subjects.words(values, field)
        )

    def _title(self, field: str) -> str:
        subject = self._subjects.subject(field)
        return subject.title if subject is not None else field

    def _draw(self) -> None:
        here = QApplication.focusWidget()
        if here is not None and self.isAncestorOf(here):
            QTimer.singleShot(0, self, self._take_focus)
        while self._row.count():
            part = self._row.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        fields = self.filters.fields()
        if self._narrow or len(fields) > _WHOLE:
            text = f"条件 {len(fields)}" if fields else "加条件"
            self._row.add(MenuButton(text, self.entries()))
            return
        for field in fields:
            self._row.add(Chip(
                f"{self._title(field)}：{self._said(field)}",
                partial(self.open, field), partial(self.filters.put, field, ()),
            ))  # fmt: skip
        self._add = Chip("加条件", self._open_menu, adds=True)
        self._row.add(self._add)
        if fields:
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

    def entries(self) -> list[Entry]:
        """The conditions that are on, and the fields that others can be set on."""
        set_ = self.filters.fields()
        entries: list[Entry] = [
            (f"{self._title(field)}：{self._said(field)}", partial(self.open, field))
            for field in set_
        ]
        if set_:
            entries += [("清除全部条件", self.clear), None]
        return entries + self._offers()

    def _offers(self) -> list[Entry]:
        """Fields without a condition: the usual ones, then those of the other columns."""
        set_ = self.filters.fields()
        first = [field for field in self._first if field not in set_]
        more = [
            field
            for field in self._more()
            if field not in self._first and field not in set_ and self._subjects.subject(field)
        ]
        entries: list[Entry] = [(f"按{self._title(f)}", partial(self.open, f)) for f in first]
        if first and more:
            entries.append(None)
        return entries + [(f"按{self._title(f)}", partial(self.open, f)) for f in more]

    def _open_menu(self) -> None:
        menu = QMenu(self)
        fill_menu(menu, self._offers())
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
            menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))
