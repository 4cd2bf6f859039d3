"""The tab 查重: what looks alike by level, what was merged, what is not asked about any more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ledger_desk.exchange.duplicates.weighing import LEVELS
from ledger_desk.model.records import Enterprise, Verdict
from ledger_desk.store import alikes
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Nothing, Notice
from ledger_desk.ui.duplicates.deeds import DuplicateDeeds
from ledger_desk.ui.duplicates.group_list import MARKS
from ledger_desk.ui.duplicates.groups_view import GroupsView
from ledger_desk.ui.duplicates.merge_page import MergePage
from ledger_desk.ui.duplicates.search import Search
from ledger_desk.ui.duplicates.verdicts import VerdictsView
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.covered import CoveredPage
from ledger_desk.ui.tabs import Tab, Tabs

ALL, MERGED, APART = "all", "merged", "apart"
_KINDS = {MERGED: alikes.SAME, APART: alikes.DIFFERENT}


class DuplicatesView(QWidget):
    """Searches when it is first shown, and keeps what it found until the ledger changes.

    Signals:
        changed: The ledger was changed here.
        open_wanted: Id of a firm that is to be opened.
    """

    changed = Signal()
    open_wanted = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, page: CoveredPage) -> None:
        """Show nothing until `reload`."""
        super().__init__()
        self._ledger, self._window, self._page = ledger, window, page
        self.search = Search(ledger, jobs, window)
        self.search.setParent(self)
        self.deeds = DuplicateDeeds(ledger, jobs, window, self)
        tabs = [Tab(ALL, "全部"), *(Tab(key, LEVELS[key], mark=MARKS[key]) for key in LEVELS)]
        self.tabs = Tabs([*tabs, Tab(MERGED, "合并过的"), Tab(APART, "不是同一户")], "查重的结果")
        self.again = Button("再查一遍", self.search.start, icon="refresh", key="F5")
        self.notice = Notice("hint", "")
        self.groups = GroupsView(ledger, self.deeds)
        self._nothing = Nothing("search", "")
        self.verdicts = {
            key: VerdictsView(ledger, window, self.deeds, kind) for key, kind in _KINDS.items()
        }
        self._stack = QStackedWidget()
        for part in (self.groups, self._nothing, *self.verdicts.values()):
            self._stack.addWidget(part)
        self._top = Row(gap=8).add(self.tabs, stretch=3).add(self.again)
        column = Column(self, gap=8).add(self._top)
        column.add(self.notice).add(self._stack, stretch=1)
        page.bottom.say(self.groups.many)
        page.bottom.push()
        for button in self.groups.compare.buttons():
            page.bottom.add_button(button)
        self._over: MergePage | None = None
        self._seen = 0  # newest step when the present group was read
        self.tabs.chosen.connect(self._choose)
        self.search.changed.connect(self._show)
        self.deeds.settled.connect(self.search.settle)
        self.deeds.changed.connect(self._written)
        self.groups.look_wanted.connect(self.look)
        self.groups.compare.open_wanted.connect(self.open_wanted)
        self.groups.compare.told.connect(window.status.say)
        self._show()

    def reload(self) -> None:
        """Search when nobody has; notice what was written since."""
        if self._ledger.count(Query(Enterprise)):
            self.search.look()
        newest = next(iter(self._ledger.log(1)), None)
        if newest is not None and newest.id != self._seen:
            self._seen = newest.id
            self.groups.renew()
        if self.tabs.chosen_key() in self.verdicts:
            self.verdicts[self.tabs.chosen_key()].reload()
        self._count()
        self._show()

    def open_record(self, record: str) -> None:
        """Come here from elsewhere; the list is where one left it."""

    def choose(self, key: str) -> None:
        """Show a level (`LEVELS`), `ALL`, `MERGED` or `APART`."""
        self.tabs.choose(key)

    def look(self) -> MergePage | None:
        """Show the present group over the whole page."""
        group = self.groups.current()
        if group is None:
            return None
        self._close()
        why = f"{LEVELS[group.level]}：{group.reason}"
        self._over = MergePage(self._ledger, self._window, self.deeds, group.ids, why)
        self._over.closed.connect(self._close)
        self._over.open_wanted.connect(self.open_wanted)
        self._page.cover(self._over)
        return self._over

    def first_focus(self) -> QWidget | None:
        """The list of what is chosen."""
        shown = self._stack.currentWidget()
        if isinstance(shown, GroupsView | VerdictsView):
            return shown.first_focus()
        return self.tabs

    def areas(self) -> list[QWidget]:
        """What F6 goes to besides the first."""
        return self.groups.areas() if self._stack.currentWidget() is self.groups else []

    def set_mode(self, mode: Mode) -> None:
        """The group stands beside the list where there is room."""
        self.groups.set_mode(mode)
        if mode in ("narrow", "single"):  # no line to spare: beside the tabs
            self._top.insertWidget(1, self.groups.filter, 1)
        self.groups.filter.setVisible(self.has_bar())
        self._page.bottom.set_mode(mode)

    def has_bar(self) -> bool:
        """Whether the bar below the page is wanted: there are groups to decide about."""
        return self._stack.currentWidget() is self.groups

    def _choose(self, key: str) -> None:
        if key in self.verdicts:
            self.verdicts[key].reload()
        self._show()

    def _written(self) -> None:
        self.reload()
        self.changed.emit()

    def _close(self) -> None:
        over, self._over = self._over, None
        if over is not None:
            if self._page.cover_view is over:
                self._page.uncover()
            over.deleteLater()

    def _count(self) -> None:
        for key, kind in _KINDS.items():
            found = self._ledger.count(Query(Verdict, (Where("verdict", "=", kind),)))
            self.tabs.set_count(key, found)

    def _show(self) -> None:
        found, key = self.search.groups(), self.tabs.chosen_key()
        inside = self.groups.isAncestorOf(self.focusWidget() or self)
        searched = self.search.searched()
        self.tabs.set_count(ALL, len(found) if searched else None)
        for level in LEVELS:
            some = sum(group.level == level for group in found)
            self.tabs.set_count(level, some if searched else None)
        self.again.setEnabled(not self.search.running())
        self._notice()
        if key in self.verdicts:
            self._bring(self.verdicts[key])
        elif found:
            self._bring(self.groups)
            self.groups.show_groups(found, "" if key == ALL else key)
        else:
            self.groups.show_groups([], "")
            self._nothing.say(self._why_nothing())
            self._bring(self._nothing)
            if inside:  # the last group is done with: the keyboard stays on this tab
                self.tabs.setFocus()
        self.groups.filter.setVisible(self.has_bar())
        if self.isVisibleTo(self._page):
            self._page.bottom.setVisible(self.has_bar())

    def _bring(self, part: QWidget) -> None:
        """Show a part; only what is shown asks for room."""
        self._stack.setCurrentWidget(part)
        kinds = QSizePolicy.Policy
        for place in range(self._stack.count()):
            each = self._stack.widget(place)
            kind = kinds.Preferred if each is part else kinds.Ignored
            each.setSizePolicy(kind, kind)

    def _why_nothing(self) -> str:
        if self.search.running() and not self.search.searched():
            return "正在查重：一户一户地比，马上就好。"
        if self.search.searched():
            if self.search.count():
                return f"查到的 {self.search.count():,} 组都看完了。"
            return f"查了 {self.search.firms():,} 户，没有像是同一户的。"
        if self.search.stopped:
            return "停下了，没有查完。按“再查一遍”从头查。"
        return "账里还没有经营主体，没有什么要查的。"

    def _notice(self) -> None:
        said = ""
        here = self.tabs.chosen_key() not in self.verdicts
        if here and self.search.searched() and not self.search.running():
            if self.search.stale:
                said = "查过以后账又改过了，这里可能不全。按“再查一遍 F5”。"
            elif self.search.stopped:
                said = "刚才停下了，下面是上一次查到的。"
        self.notice.set("hint", said)
        self.notice.setVisible(bool(said))
