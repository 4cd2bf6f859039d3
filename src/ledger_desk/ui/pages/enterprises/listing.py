"""The list of enterprises: views, conditions, search, columns, and what is told about them.

What is done to enterprises is in `page`, which builds on this.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Enterprise
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import CAP, Query
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.lists.wording import Wording, order_words, said_of_nothing
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.enterprises import views
from ledger_desk.ui.pages.enterprises.emptiness import wording_of
from ledger_desk.ui.pages.enterprises.pane import EnterprisePane
from ledger_desk.ui.pages.enterprises.source import Choice, EnterpriseSource
from ledger_desk.ui.pages.enterprises.workbench import Workbench
from ledger_desk.ui.pasting.writer import GridWriter
from ledger_desk.ui.records.covered import CoveredPage
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tabs

_PANE_WAIT_MS = 90
_COUNT_WAIT_MS = 250
MOST_MERGED = 9  # firms that can be looked at side by side; each has a digit


class EnterpriseList(CoveredPage):
    """Shows and filters; `changed` says that the ledger was changed from here."""

    changed = Signal()
    search_hint = "查企业：名称、代码、拼音首字母"

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the enterprises of a ledger."""
        super().__init__("经营主体")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._view = views.ALL
        self._among: dict[str, frozenset[str]] = {}
        self._text, self._total = "", 0
        self.more_entries: list[Entry] = []  # of the rows' menu
        self.source = EnterpriseSource(ledger, jobs=jobs)
        self.tabs = Tabs(views.TABS, "名单的视图")
        self.panel = GridPanel(self.source, checks=True, totals=True, name="经营主体名单")
        bench = Workbench(ledger, jobs, self.source, self.panel, self.tabs)
        self.conditions, self.tools, self.shelf = bench.conditions, bench.tools, bench.shelf
        self.pane_content = EnterprisePane(ledger)
        self._pane_timer = _timer(self, _PANE_WAIT_MS, self._show_details)
        self._count_timer = _timer(self, _COUNT_WAIT_MS, self._count_incomplete)
        self._build()
        grid = self.panel.grid
        self.writer = GridWriter(grid, ledger, Enterprise, jobs, window, takes_lists=True)
        self.writer.changed.connect(self._written)
        window.searched.connect(self.search)
        self.tabs.chosen.connect(self.show_view)
        self.conditions.changed.connect(self._filter)
        self.tools.said.connect(self._say)
        self.shelf.said.connect(self._say)
        self.shelf.changed.connect(self.changed)
        grid.current_changed.connect(self._moved)
        grid.selection_changed.connect(self._selected_changed)
        grid.summary_changed.connect(self._tell_status)
        grid.note_changed.connect(self._say)
        grid.failed.connect(self._failed)
        grid.lazy_model().modelReset.connect(self._tell)
        grid.lazy_model().renewed.connect(self._say_nothing)
        grid.lazy_model().waiting.connect(self._tell_order)

    def _build(self) -> None:
        self._view_menu = MenuButton("视图：全部")
        self._remove = Button("删除", self.remove_selected, kind="danger", icon="trash")
        self._restore = Button("恢复", self.restore_selected, icon="restore")
        self._sorted = FittingLabel([""], "dim")
        self._top, tools = frame("bare"), frame("bare")
        Row(self._top, gap=8).add(self.tabs, stretch=1).add(self.shelf.button)
        self._top.layout().addWidget(Button("看某天的名单…", self.ask_past, icon="history"))
        self.tool_row = Row(tools, gap=8).add(self._view_menu, self.conditions).push()
        self.tool_row.add(self._sorted, self._remove, self._restore)
        self.body.set_gap(6)
        self.body.add(self._top, tools).add(self.panel, stretch=1)
        self.set_pane(self.pane_content)

    # Hooks of the page

    def remove_selected(self) -> None:
        """Put the selected firms, or the present one, into the recycle bin."""
        raise NotImplementedError

    def restore_selected(self) -> None:
        """Take the selected firms, or the present one, out of the recycle bin."""
        raise NotImplementedError

    def open_current(self) -> None:
        """Open the file of the present firm."""
        raise NotImplementedError

    def merge_selected(self) -> None:
        """Look at the selected firms side by side, to make one of them."""
        raise NotImplementedError

    def find_duplicates(self) -> None:
        """Go to the search for firms that look alike."""
        raise NotImplementedError

    def print_files(self) -> None:
        """Print the files of the selected firms, or of the present one."""
        raise NotImplementedError

    def ask_past(self) -> None:
        """Look at the list as it was on some day."""
        raise NotImplementedError

    def empty_state(self) -> QWidget:
        """What stands in an empty ledger."""
        raise NotImplementedError

    # What others call

    def entered(self) -> None:
        """Read again: another page may have changed the ledger."""
        self._text = self._window.search_text()
        self.refresh()

    def refresh(self) -> None:
        """Read everything again, for instance after an undo."""
        self.shelf.refresh()
        with self._ledger.read() as rows:
            self._total = rows.count(Query(Enterprise))
            self.tabs.set_count(views.ALL, self._total)
            self.tabs.set_count(views.BIN, rows.count(Query(Enterprise, removed=True)))
        self._among.clear()
        self._count_timer.start()
        if self._view in views.SCANS:
            self._scan(self._view)
        self._filter()
        self.pane_content.reload()

    def search(self, text: str) -> None:
        """Show only what a search text finds; heard while this page is in front."""
        if self.isVisible() and self.cover_view is None and text != self._text:
            self._text = text
            self._filter()

    def own_focus(self) -> QWidget | None:
        """The list, or the first way on while it is empty."""
        return self.panel.grid if self.panel.grid.lazy_model().rowCount() else super().own_focus()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Views and conditions become menus in the narrowest layout."""
        super().set_mode(mode, very_short=very_short)
        single = mode == "single"
        self._top.setVisible(not single)
        self._view_menu.setVisible(single)
        self.conditions.set_narrow(mode in ("single", "narrow"))
        self._tell_selection()

    def show_view(self, key: str) -> None:
        """Show one of the views (`views.TABS`), or one that was saved."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
            return
        self._view = key
        self.shelf.show(key)
        if key in views.SCANS and key not in self._among:
            self._scan(key)
        self.panel.grid.clearSelection()
        self._filter()

    def choose_columns(self) -> None:
        """Let the person choose which fields the list shows."""
        self.tools.choose_columns()

    def selected(self) -> list[str]:
        """Ids of the selected firms, of those of the block of cells, or of the present one."""
        return self.panel.grid.chosen_ids()

    def view(self) -> str:
        """Key of the view that is shown."""
        return self._view

    # Inner

    def _choice(self, *, text: bool = True, without: str = "") -> Choice:
        return Choice(
            self._text if text else "",
            self.conditions.wheres(without) + views.WHERES.get(self._view, ()),
            self._view == views.BIN,
            self._among.get(self._view, frozenset()) if self._view in views.SCANS else None,
        )

    def _query(self, *, text: bool = True, without: str = "") -> Query[Enterprise]:
        return self._choice(text=text, without=without).query(Enterprise)

    def _filter(self) -> None:
        self.source.choose(self._choice())
        self.panel.grid.set_filtered(self.conditions.fields())
        self.panel.reload()

    def _say_nothing(self) -> None:
        filtered = bool(self._text or self.conditions.fields())
        empty = self._total == 0 and self._view == views.ALL and not filtered
        self.panel.set_empty(self.empty_state() if empty else None)
        if empty or self.panel.grid.lazy_model().rowCount():
            sentence = ""
        elif self._view in views.SCANS and self._view not in self._among:
            sentence = "正在一户一户地看，马上就好。"
        else:
            wording = wording_of(self._view, self._text, self.conditions.words(), self._query)
            if self.source.is_short:
                sentence = wording.sentence(self._ledger)
            else:  # how many there would be without one of the conditions takes a look at all
                sentence = wording.first_words()
                self._jobs.read(
                    partial(said_of_nothing, wording, self._ledger), succeeded=self._why_nothing
                )
        self.panel.say_nothing(sentence)

    def _why_nothing(self, result: tuple[Wording, str]) -> None:
        wording, sentence = result
        if not self.panel.grid.lazy_model().rowCount() and wording.query() == self._query():
            self.panel.say_nothing(sentence)

    def _scan(self, key: str) -> None:
        title = "正在核对信用代码" if key == views.ODD else ""

        def work(progress: Progress) -> tuple[str, frozenset[str]]:
            return key, views.SCANS[key](self._ledger, progress)

        self._jobs.start(
            work, title=title, leaves="不看了", succeeded=self._scanned, failed=self._failed
        )

    def _count_incomplete(self) -> None:
        self._jobs.read(
            partial(views.count_incomplete, self._ledger),
            succeeded=self._counted,
            failed=self._failed,
        )

    def _counted(self, count: int) -> None:
        self.tabs.set_count(views.INCOMPLETE, count)
        self._tell()

    def _scanned(self, result: tuple[str, frozenset[str]]) -> None:
        key, found = result
        self._among[key] = found
        self.tabs.set_count(key, len(found))
        self._tell()
        if self._view == key:
            self._filter()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error)

    def _written(self) -> None:
        """Cells were written; the grid has read itself again."""
        self._among.clear()
        self._count_timer.start()
        self.pane_content.reload()
        self._tell()
        self.changed.emit()

    def _moved(self, _record: str) -> None:
        self._pane_timer.start()

    def _show_details(self) -> None:
        self.pane_content.show_record(self.panel.grid.current_id())

    # Telling

    def _tell(self) -> None:
        shown = self.panel.grid.lazy_model().rowCount()
        filtered = bool(self._text or self.conditions.fields()) or self._view != views.ALL
        many = f"超过 {CAP:,}" if self.source.capped else f"{shown:,}"
        if filtered:
            self.head.set_counts(f"共 {self._total:,} 户，筛出 {many} 户", f"{many} 户")
        else:
            self.head.set_counts(f"共 {shown:,} 户" if shown else "0 户", f"{shown:,} 户")
        self._tell_order("")
        tabs = self.tabs.tabs()
        entries: list[Entry] = [
            (self.tabs.text_of(place), partial(self.show_view, tab.key))
            for place, tab in enumerate(tabs)
        ]
        past: Entry = ("看某天的名单…", self.ask_past, "history")
        self._view_menu.set_entries([*entries, None, *self.shelf.entries(), past])
        self._view_menu.set_text(f"视图：{next((t.text for t in tabs if t.key == self._view), '')}")
        self._tell_selection()
        self._tell_status("")
        self._pane_timer.start()

    def _tell_order(self, waiting: str) -> None:
        """Say how the list is sorted, or that it is being sorted."""
        order = self.panel.grid.lazy_model().order
        self._sorted.set_texts([waiting or order_words(order, self.source.columns), ""])

    def _selected_changed(self, _records: list[str]) -> None:
        self._tell_selection()

    def _tell_selection(self) -> None:
        count, in_bin = self.panel.grid.selected_count(), self._view == views.BIN
        allowed = not self._ledger.read_only
        self._remove.set_text(f"删除 {count:,} 户")
        self._restore.set_text(f"恢复 {count:,} 户")
        self._remove.setVisible(count > 0 and not in_bin and allowed)
        self._restore.setVisible(count > 0 and in_bin and allowed)
        self._sorted.setVisible(not count and self.mode != "single")
        away: Entry = ("删除  Ctrl+-", self.remove_selected, "trash")
        deed: Entry = ("恢复", self.restore_selected, "restore") if in_bin else away
        alike: Entry = ("查重…", self.find_duplicates, "search")
        merge: Entry = (f"合并这 {count:,} 户…", self.merge_selected)
        several = [merge] if 2 <= count <= MOST_MERGED and not in_bin else []
        prints: Entry = ("打印档案…  Ctrl+P", self.print_files, "printer")
        opened: list[Entry] = [("打开档案  Enter", self.open_current, "file-text"), prints]
        more = [] if in_bin else self.more_entries
        whole = [*opened, *more, deed, None, *several, alike]
        self.panel.grid.set_menu(whole if allowed else opened)

    def _tell_status(self, summary: str) -> None:
        if self.isVisible() and self.cover_view is None:
            rows = self.panel.grid.lazy_model().rowCount()
            self._window.status.set_rows(f"{rows:,} 户", self.panel.totals_text())
            self._window.status.set_selection(summary)

    def _say(self, sentence: str) -> None:
        if self.isVisible():
            self._window.status.say(sentence)


def _timer(parent: QWidget, milliseconds: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer
