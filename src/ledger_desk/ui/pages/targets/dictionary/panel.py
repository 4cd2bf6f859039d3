"""The list of all indicators, found by name, initials or words; the definition beside it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ledger_desk.progress import Progress
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.dictionary import Entry, Search, entries
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.books.panels import Panel
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn, GridRow, ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.targets.dictionary.definition import Definition
from ledger_desk.ui.pages.targets.dictionary.output import DictionaryOutput
from ledger_desk.ui.rules import frame

_WAIT = 120  # milliseconds after the last key
_PANE = 330
_HINT = "找指标：名称、拼音首字母、口径里的字"
_COLUMNS = (
    GridColumn("label", "指标", "text", 230, essential=True),
    GridColumn("unit", "单位", "text", 64, essential=True),
    GridColumn("text", "口径", "text", 330, stretch=True),
    GridColumn("made", "怎么来的", "text", 180),
    GridColumn("rules", "随口径变", "number", 90),
    GridColumn("forms", "用在报表", "number", 90),
    GridColumn("clause", "依据", "text", 260),
)


class DictionaryPanel(Panel):
    """Lists the indicators; Enter shows the numbers of one.

    Signals:
        indicator_wanted: The entry whose numbers are wanted.
        rule_wanted: Key of a parameter that is to be opened.
    """

    indicator_wanted = Signal(object)
    rule_wanted = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show nothing before `refresh`."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._seen: datetime | None = None
        self._entries: tuple[Entry, ...] = ()
        self._search = Search(())
        self._shown: dict[str, Entry] = {}
        self._reading = False
        self._wanted = ""
        self.output = DictionaryOutput(ledger, jobs, window, self)
        self.filter = TextField("", _HINT)
        self.filter.setAccessibleName("找指标")
        self.filter.textChanged.connect(self._later)
        self.out = Button("导出", self._export, icon="file-export", key="Ctrl+E")
        self.paper = Button("打印", self._print, icon="printer", key="Ctrl+P")
        self.see = Button("看数和图", self._see, icon="chart-bar", key="Enter", kind="pri")
        self.panel = GridPanel(ListSource(_COLUMNS, ()), noun="个", name="口径词典")
        self.panel.grid.opened.connect(self.open)
        self.panel.grid.current_changed.connect(self._tell_current)
        self.definition = Definition()
        self.definition.rule_wanted.connect(self.rule_wanted)
        self._pane = self._make_pane()
        head = Row(gap=8).add(self.filter, stretch=1).add(self.out, self.paper, self.see)
        body = Row(gap=12).add(self.panel, stretch=1).add(self._pane)
        Column(self, gap=8).add(head).add(body, stretch=1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._list)
        self.panel.say_nothing("正在读口径……")
        self._block("正在读口径")
        theme.follow(self._fit)

    def refresh(self) -> None:
        """Read again what may have changed: forms of the office, and what they use."""
        written = self._ledger.last_saved
        if self._reading or (self._entries and written == self._seen):
            return
        self._seen, self._reading = written, True
        self._jobs.read(partial(_read, self._ledger), succeeded=self._take, failed=self._failed)

    def words(self) -> tuple[str, str]:
        """How many are shown of how many."""
        shown, all_ = len(self._shown), len(self._entries)
        whole = f"共 {all_} 个指标"
        return (whole if shown == all_ else f"{whole}，找到 {shown} 个"), f"{shown} 个"

    def search(self, text: str) -> None:
        """Show those that a text finds."""
        if text != self.filter.text():
            self.filter.set_text(text)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.panel.grid

    def set_mode(self, mode: Mode) -> None:
        """The definition stands beside the list only where there is room."""
        self._pane.setVisible(mode == "full")
        short = mode in ("narrow", "single")
        self.filter.setPlaceholderText(_HINT.partition("：")[0] if short else _HINT)

    def entry(self, indicator: str) -> Entry | None:
        """One entry by the id of its indicator, once they are read."""
        return next((each for each in self._entries if each.indicator.id == indicator), None)

    def open(self, indicator: str) -> None:
        """Show the numbers of one, as soon as the dictionary is read."""
        entry = self.entry(indicator)
        if entry is not None:
            self._wanted = ""
            self.indicator_wanted.emit(entry)
        else:
            self._wanted = indicator

    def shown(self) -> list[Entry]:
        """Entries in the list."""
        return list(self._shown.values())

    def _make_pane(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = frame("bare")
        Column(inner, margins=(4, 2, 8, 8), gap=0).add(self.definition)
        area.setWidget(inner)
        return area

    def _fit(self) -> None:
        self._pane.setFixedWidth(theme.look().px(_PANE))

    def _take(self, found: tuple[Entry, ...]) -> None:
        self._reading = False
        self._entries, self._search = found, Search(found)
        self._list()
        if self._wanted:
            self.open(self._wanted)

    def _list(self) -> None:
        if not self._entries:
            return
        found = self._search.find(self.filter.text())
        self._shown = {each.indicator.id: each for each in found}
        current = self.panel.grid.current_id()
        self.panel.set_source(ListSource(_COLUMNS, [_row(each) for each in found]))
        text = self.filter.text().strip()
        self.panel.say_nothing("" if found else f"没有找到“{text}”。换一个词，或者清空再看。")
        if found:
            self.panel.grid.go_to(current if current in self._shown else found[0].indicator.id)
            self.see.allow("看数和图")
            self.out.allow(f"导出 {len(found)} 个")
            self.paper.allow(f"打印 {len(found)} 个")
        else:
            self._block("没有选中")
        self._tell_current(self.panel.grid.current_id())
        self.told.emit()

    def _block(self, why: str) -> None:
        self.see.block(f"看：{why}")
        self.out.block("导出 0 个")
        self.paper.block("打印 0 个")

    def _tell_current(self, indicator: str) -> None:
        self.definition.show_entry(self._shown.get(indicator or ""))

    def _later(self, _text: str) -> None:
        self._timer.start()

    def _see(self) -> None:
        current = self.panel.grid.current_id()
        if current:
            self.open(current)

    def _export(self) -> None:
        self.output.export(self.shown())

    def _print(self) -> None:
        self.output.print_entries(self.shown())

    def _failed(self, error: object) -> None:
        self._reading = False
        assert isinstance(error, BaseException)
        show_error(self._window, error, "口径词典没有读出来")


def _read(ledger: Ledger, progress: Progress) -> tuple[Entry, ...]:
    return entries(load_forms(ledger), progress)


def _row(entry: Entry) -> GridRow:
    spec = entry.indicator
    return GridRow(spec.id, [
        spec.label, spec.unit, spec.text, entry.made, str(len(entry.parameters) or ""),
        str(len(entry.forms) or ""), spec.clause,
    ])  # fmt: skip
