"""The groups that were found: the list at the left, the present group beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.duplicates.finding import Group
from ledger_desk.exchange.duplicates.weighing import EXACT, LEVELS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.duplicates.compare_view import CompareView
from ledger_desk.ui.duplicates.deeds import DuplicateDeeds
from ledger_desk.ui.duplicates.group_list import GroupList
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.rules import frame

_WAIT_MS, _FILTER_MS = 90, 150
_HOLD_MS = 250
_LIST = {"full": 300, "drawer": 264}  # widths at 100 %


class GroupsView(QWidget):
    """Filter, list, and one group to decide about.

    `many` and the buttons of `compare` are for the bar below the page.

    Signals:
        look_wanted: There is no room beside the list: show the present group over the page.
    """

    look_wanted = Signal()

    def __init__(self, ledger: Ledger, deeds: DuplicateDeeds) -> None:
        """Start with no groups."""
        super().__init__()
        self._ledger, self._deeds = ledger, deeds
        self._all: list[Group] = []
        self._level = ""
        self._shown: tuple[str, ...] = ()
        self._beside, self._wide = True, _LIST["full"]
        self.filter = TextField(placeholder="找名称、依据")
        self.filter.setAccessibleName("在像是同一户的各组里找")
        self.list = GroupList()
        self._none = label("", "heading", wrap=True)
        self._none.hide()
        self.many = Button("", self.ask_many)
        self.compare = CompareView(ledger)
        box = self._box = frame("box")
        Column(box, margins=1, gap=0).add(self.list, stretch=1)
        self._left = QWidget()
        column = self._column = Column(self._left, gap=8).add(self.filter).add(box, stretch=1)
        column.add(self._none).addStretch(0)
        self._right = frame("box")
        Column(self._right, margins=1, gap=0).add(self.compare, stretch=1)
        Row(self, gap=12).add(self._left).add(self._right, stretch=1)
        self._since = QElapsedTimer()  # since when the present group has been shown
        self._timer = self._timed(_WAIT_MS, self._show)
        self._filtering = self._timed(_FILTER_MS, self._fill)
        self.filter.textChanged.connect(lambda _: self._filtering.start())
        self.list.current_changed.connect(self._timer.start)
        self.list.opened.connect(self.open_current)
        self.compare.merge_wanted.connect(self.merge)
        self.compare.apart_wanted.connect(self.ask_apart)
        self.compare.skip_wanted.connect(self.skip)
        theme.follow(self._fit)

    def show_groups(self, groups: Sequence[Group], level: str) -> None:
        """Show the groups of a level, or of all with ''; one stays where one was."""
        self._all, self._level = list(groups), level
        self._fill()
        self._timer.stop()
        self._show()

    def current(self) -> Group | None:
        """The present group."""
        return self.list.current()

    def open_current(self) -> None:
        """Go to the lines of the present group."""
        if self.current() is None:
            return
        if not self._beside:
            self.look_wanted.emit()
            return
        self._timer.stop()
        self._show()
        self.compare.table.setFocus()

    def merge(self) -> None:
        """Merge the present group as it is decided."""
        if self._timer.isActive() or self._since.elapsed() < _HOLD_MS:
            return  # a key held down, or pressed twice: nothing is merged that nobody has seen
        group = self.current()
        if self.compare.comparing is not None and group is not None:
            self._deeds.merge(self.compare.comparing, group.reason)

    def ask_apart(self) -> None:
        """Note that the firms of the present group are not one."""
        if self.compare.comparing is not None:
            self._deeds.ask_apart(self.compare.comparing)

    def skip(self) -> None:
        """Pass the present group over."""
        self.list.skip()
        self._tell()

    def ask_many(self) -> None:
        """Merge the sure ones that are listed, in one step."""
        sure = self._sure()
        if sure:
            skipped = len([g for g in self.list.groups() if g.level == EXACT]) - len(sure)
            self._deeds.ask_many(sure, skipped)

    def set_mode(self, mode: Mode) -> None:
        """The group stands beside the list where there is room; else the filter goes elsewhere."""
        self._beside = mode in _LIST
        if self._beside:
            self._column.insertWidget(0, self.filter)
        for button in self.compare.buttons():
            button.retire(away=not self._beside)
        self._wide = _LIST.get(mode, 0)
        self._fit()

    def first_focus(self) -> QWidget:
        """The list, or the filter while nothing is listed."""
        return self.list if self.list.groups() else self.filter

    def areas(self) -> list[QWidget]:
        """Besides the list, the group."""
        return [self._right] if self._beside and self.current() is not None else []

    def _sure(self) -> list[Group]:
        skipped = self.list.skipped()
        return [g for g in self.list.groups() if g.level == EXACT and g.ids not in skipped]

    def _fill(self) -> None:
        text = self.filter.text().strip().casefold()
        found = [
            group
            for group in self._all
            if self._level in ("", group.level)
            and (not text or text in " ".join((*group.titles, group.reason)).casefold())
        ]
        self.list.show_groups(found)
        self._box.setVisible(bool(found))
        self._none.setVisible(not found)
        if text:
            self._none.setText(f"没有哪一组带“{self.filter.text().strip()}”。少打几个字再找。")
        elif self._level:
            self._none.setText(f"没有“{LEVELS[self._level]}”的了。")
        self._tell()

    def _tell(self) -> None:
        sure = len(self._sure())
        self.many.setVisible(bool(sure))
        if self._ledger.read_only:
            self.many.block("只看，不能合并")
        elif sure:
            self.many.allow(f"一起合并可以直接合并的 {sure:,} 组")

    def _show(self) -> None:
        group = self.current()
        ids = group.ids if group is not None else ()
        if not self._beside or (ids == self._shown and self.compare.comparing is not None):
            return
        self._shown = ids
        self._since.start()
        why = ""
        if group is not None:
            why = f"{LEVELS[group.level]}：{group.reason}"
        focused = self.compare.table.hasFocus() or self.compare.isAncestorOf(self.focusWidget())
        self.compare.show_firms(ids, why)
        if focused and group is not None:
            self.compare.table.setFocus()

    def renew(self) -> None:
        """Read the present group again: somebody wrote."""
        self._shown = ()
        self._timer.start()

    def _fit(self) -> None:
        self._right.setVisible(self._beside)
        if self._beside:
            self._left.setFixedWidth(theme.look().px(self._wide))
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16777215)
        self._timer.start()

    def _timed(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer
