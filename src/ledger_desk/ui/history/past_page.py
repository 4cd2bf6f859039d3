"""时光机: a list as it was, unmistakably, and what became of it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.store.overlay import Differences
from ledger_desk.store.past import Past
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.history.deeds import HistoryDeeds
from ledger_desk.ui.history.past_lists import PastList
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.lists.deeds import ListDeeds
from ledger_desk.ui.lists.record_source import RecordSource
from ledger_desk.ui.lists.tools import ListTools, Pool
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.records.times import when
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.work.calling import call_all

THEN, CHANGED, GONE, ADDED = "then", "changed", "gone", "added"
TABS = (
    Tab(THEN, "那时的名单"), Tab(CHANGED, "后来改过"), Tab(GONE, "后来删除"), Tab(ADDED, "后来新增"),
)  # fmt: skip
_SAID = {
    THEN: "那时名单里没有这样的{}。",
    CHANGED: "那时的{}后来都没有改过。",
    GONE: "那时的{}现在都还在。",
    ADDED: "从那以后没有新增{}。",
}


class _AsShown:
    """The columns of a list whose usual ones are those that it showed in the present."""

    def __init__(self, pool: Pool, usual: Sequence[str]) -> None:
        self.offers, self.shown, self.show = pool.offers, pool.shown, pool.show
        self._usual = tuple(usual)

    def standard(self) -> Sequence[str]:
        """Those of the present."""
        return self._usual


class PastPage(Page):
    """Lies over a list; nothing of it can be changed.

    Signals:
        closed: Back to the present.
        other_wanted: Another moment is to be looked at.
        changed: Something was brought back.
    """

    closed = Signal()
    other_wanted = Signal()
    changed = Signal()
    _built = False
    _left = False

    def __init__(
        self, ledger: Ledger, jobs: Jobs, window: MainWindow, past: Past, kind: PastList
    ) -> None:
        """Show a past, which the page closes when it is put away (`let_go`).

        Args:
            ledger: The ledger as it is now.
            jobs: The window's jobs.
            window: Where it is shown.
            past: What to show.
            kind: Which list.
        """
        step = past.step
        moment = when(step.at, clock=True)
        super().__init__(f"{kind.title}：{moment}")
        self.kind, noun = kind, kind.noun
        self._ledger, self._window, self.past = ledger, window, past
        self._text = window.search_text()
        self.found = self._compare()
        self.source = kind.then(past, ledger, self.found, jobs)
        self._now = kind.now(ledger, jobs)
        back = Button("回到现在", self.closed.emit, key="Esc", kind="pri")
        self.band = Notice(
            "explain", f"这是 {step.at:%Y-%m-%d %H:%M} 的样子，只能看。最后一步：第 {step.id:,} 步“{step.name}”。", back
        )  # fmt: skip
        self.band.setAccessibleName("时光机")
        self.tabs = Tabs(TABS, "和现在比")
        self.conditions = kind.conditions(
            past, jobs, self._query_without, lambda: self.source.names
        )
        self.panel = GridPanel(
            self.source, checks=not ledger.read_only, totals=True, noun=noun, name="那时的名单"
        )
        self.tools = ListTools(
            self.panel, kind.key, subjects=self.conditions.subjects,
            filters=self.conditions.filters, noun=noun,
            pool=_AsShown(kind.pool(self.source, self._columns_chosen), tuple(self.source.names)),
        )  # fmt: skip
        self.conditions.open_wanted.connect(self.tools.open_field)
        self.tools.said.connect(self._say)
        self.deeds = HistoryDeeds(ledger, jobs, window, self)
        self._lists = ListDeeds(ledger, jobs, window, self, kind.cls, noun=noun, name=kind.called)
        self._back = Button("恢复成那时的", self.bring_back, icon="restore")
        self.head.add_button(Button("换一天", self.other_wanted.emit, icon="calendar"))
        self._out = self.head.add_button(Button("导出", self.export, icon="file-export"))
        self._parts, self._tools = frame("bare"), frame("bare")
        self._first = Row(self._parts, gap=8).add(self.tabs, stretch=1)
        self._second = Row(self._tools, gap=8).push()
        self.body.set_gap(6)
        self.body.add(self.band, self._parts, self._tools).add(self.panel, stretch=1)
        window.searched.connect(self.search)
        self.tabs.chosen.connect(lambda _: self.filter())
        self.conditions.changed.connect(self.filter)
        self.deeds.changed.connect(self._brought)
        grid = self.panel.grid
        grid.note_changed.connect(self._say)
        grid.selection_changed.connect(lambda _: self._tell())
        grid.current_changed.connect(lambda _: self._tell())
        grid.summary_changed.connect(self._tell_status)
        grid.lazy_model().modelReset.connect(self._tell)
        self._built = True
        self._count()
        self.filter()

    def let_go(self) -> None:
        """Close the past; of the page only a job that still runs is heard."""
        self._left = True
        self.past.close()

    def entered(self) -> None:
        """Search for what stands in the search box by now."""
        self.search(self._window.search_text())
        self._tell_status("")

    def refresh(self) -> None:
        """Compare anew: the present was changed, the past was not."""
        self.found = self.source.found = self._compare()
        self._count()
        self.filter()

    def search(self, text: str) -> None:
        """Show only what a search text finds; heard while this page is in front."""
        if self.isVisible() and text != self._text:
            self._text = text
            self.filter()

    def filter(self) -> None:
        """Show what search, conditions and the chosen part ask for."""
        part = self.tabs.chosen_key()
        among = {
            CHANGED: frozenset(self.found.changed), GONE: self.found.gone, ADDED: self.found.added,
        }.get(part)  # fmt: skip
        source = self._now if part == ADDED else self.source
        asked = self._ledger if source is self._now else self.past
        source.choose(self.kind.choice(asked, self._text, self.conditions.wheres(), among))
        if source is self._now:
            source.show_columns(self.source.names)
        if self.panel.grid.lazy_model().source is not source:
            self.panel.set_source(source)
        self.panel.grid.clearSelection()
        self.panel.grid.set_filtered(self.conditions.fields())
        self.panel.reload()
        narrowed = bool(self._text or self.conditions.fields())
        called = self.kind.called
        nothing = f"没有这样的{called}，去掉条件再看。" if narrowed else _SAID[part].format(called)
        self.panel.say_nothing("" if self.panel.grid.lazy_model().rowCount() else nothing)
        self._tell()

    def _columns_chosen(self) -> None:
        if self._built:
            self.filter()

    def selected(self) -> list[str]:
        """Ids of the selected records, or of the present one."""
        grid = self.panel.grid
        return grid.selected_ids() or ([grid.current_id()] if grid.current_id() else [])

    def bring_back(self) -> None:
        """Make the selected records what they were then, with what hung on them and is gone since."""
        records = self._restorable()
        if not records:
            return
        cls, noun = self.kind.cls, self.kind.noun
        what = f"{len(records):,} {noun}"
        if len(records) == 1:
            with self.past.read() as rows:
                what = call_all(rows, cls, records).get(records[0], what)
        items = [(cls.TABLE, record) for record in records]
        name = f"恢复 {what}到 {self.past.step.at:%m-%d %H:%M} 的样子"
        self.deeds.bring_back(name, items, self.past.step.id, children=True)

    def export(self) -> None:
        """Write the list as it was, filtered and sorted as it is shown."""
        source = self.panel.grid.lazy_model().source
        assert isinstance(source, RecordSource)
        as_of = None if source is self._now else self.past.step.id
        self._lists.ask_and_export(
            source.query(), source.count(), self.kind.exported(source.names), as_of
        )

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.panel.grid

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Where room is short conditions become a menu beside the tabs."""
        super().set_mode(mode, very_short=very_short)
        single = mode == "single"
        self._tools.setVisible(not single)
        if single:
            self._first.add(self.conditions, self._back)
        else:
            self._second.insertWidget(0, self.conditions)
            self._second.add(self._back)
        self.conditions.set_narrow(mode in ("single", "narrow"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the present."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _query_without(self, field: str) -> Query[Any]:
        """What the list shows but for the conditions on one field."""
        choice = self.source.choice
        wheres = tuple(w for w in choice.wheres if w not in self.conditions.filters.of(field))
        return replace(choice, wheres=wheres).query(self.kind.cls)

    def _restorable(self) -> list[str]:
        if self.tabs.chosen_key() == ADDED or self._ledger.read_only:
            return []
        return [r for r in self.selected() if r in self.found.changed or r in self.found.gone]

    def _compare(self) -> Differences:
        return self.kind.part(self.past, self._ledger, self.past.differences(self.kind.cls))

    def _count(self) -> None:
        found = self.found
        whole = self.kind.choice(self.past, "", (), None).query(self.kind.cls)
        for key, many in ((THEN, self.past.count(whole)), (CHANGED, len(found.changed)),
                          (GONE, len(found.gone)), (ADDED, len(found.added))):  # fmt: skip
            self.tabs.set_count(key, many)

    def _brought(self) -> None:
        if not self._left:  # the person may have gone back before the job was done
            self.refresh()
        self.changed.emit()

    def _tell(self) -> None:
        shown = self.panel.grid.lazy_model().rowCount()
        found = self.found
        noun = self.kind.noun
        since = (
            f"后来改过 {len(found.changed):,} {noun}，删除 {len(found.gone):,} {noun}，"
            f"新增 {len(found.added):,} {noun}"
        )
        self.head.set_counts(f"{shown:,} {noun}　{since}", f"{shown:,} {noun}")
        many = len(self._restorable())
        self._back.set_text(f"恢复成那时的 {many:,} {noun}")
        self._back.setVisible(many > 0)
        if shown:
            self._out.allow(f"导出 {shown:,} {noun}")
        else:
            self._out.block(f"导出 0 {noun}")
        self._tell_status("")

    def _tell_status(self, summary: str) -> None:
        if self.isVisible():
            rows = self.panel.grid.lazy_model().rowCount()
            self._window.status.set_rows(
                f"那时 {rows:,} {self.kind.noun}", self.panel.totals_text()
            )
            self._window.status.set_selection(summary)

    def _say(self, sentence: str) -> None:
        if self.isVisible():
            self._window.status.say(sentence)
