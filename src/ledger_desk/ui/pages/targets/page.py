"""The page 任务与口径: quotas against what was done, reported numbers, definitions."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import Target
from ledger_desk.progress import Progress
from ledger_desk.reports.dictionary import Entry
from ledger_desk.reports.series import Behind
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.panels import PanelPage, PanelTab
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.firms.behind_page import FIRMS as HOUSEHOLDS
from ledger_desk.ui.firms.behind_page import FirmsPage
from ledger_desk.ui.grid_rows import Cell, GridColumn
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.targets.books import books, lay_down, running
from ledger_desk.ui.pages.targets.dictionary import DictionaryPanel, IndicatorPage
from ledger_desk.ui.pages.targets.figure_list import FiguresView
from ledger_desk.ui.pages.targets.figures import FiguresPanel
from ledger_desk.ui.pages.targets.rules import RulesView
from ledger_desk.ui.pages.targets.standings import Standings
from ledger_desk.ui.plots.bar import Bar
from ledger_desk.ui.plots.card import PlotCard
from ledger_desk.ui.plots.room import has_room
from ledger_desk.ui.plots.rows import RowPlot
from ledger_desk.ui.records.scrolling import Scrolling
from ledger_desk.work.targets import Standing, debtor, shown_unit, stand

_MOST = 60  # quotas in the plot; more are in the list
_TABLE = (
    GridColumn("name", "任务", "text", 260, essential=True, stretch=True),
    GridColumn("owed", "应完成", "number", 110),
    GridColumn("done", "已完成", "number", 110, essential=True),
    GridColumn("share", "完成(%)", "number", 100),
    GridColumn("short", "还差", "number", 100),
)
_Counted = tuple[str, str, Standing]


class TargetView(BookView):
    """The book of quotas; while it is empty it offers those of the document first."""

    def empty_state(self) -> QWidget | None:
        """What the book is for, and the two ways to begin."""
        if self.ledger.read_only:
            return None
        steps = [
            NextStep(
                "clipboard-list", "按文件布置", "培植户数、获贷户数、首贷率、对接会、专题信息，一次登好，各项可以不选",
                "按文件布置任务", partial(lay_down, self, []), pri=True,
            ),
            NextStep(
                "plus", "自己布置一项", "写指标、谁的任务、起止日期和任务数", self.begin_words(), self.begin
            ),
        ]  # fmt: skip
        return Scrolling(EmptyState("还没有任务", self.book.hint, steps))


class TargetsPage(PanelPage):
    """Quotas and definitions."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the quotas of a ledger."""
        self.plot = PlotCard("正在办的任务", RowPlot("各项任务完成情况"), _TABLE, scrolls=True)
        self.plot.hide()
        self._bars = 0
        super().__init__(
            "任务与口径", ledger, jobs, window, books(ledger, Standings(ledger.office)),
            (
                PanelTab("figures", "填报数", partial(FiguresPanel, ledger, window)),
                PanelTab("rules", "口径与办法", partial(RulesView, ledger, jobs, window)),
                PanelTab("dictionary", "口径词典", self._make_dictionary),
            ),
        )  # fmt: skip
        self._period = month_of(date.today())
        self.indicator = IndicatorPage(ledger, jobs, window)
        self.firms = FirmsPage(ledger, jobs, window)
        for page in (self.indicator, self.firms):
            page.hide()
        self.indicator.left.connect(self.uncover)
        self.indicator.behind_wanted.connect(self._list_behind)
        self.indicator.rule_wanted.connect(self.open_rule)
        self.firms.left.connect(self._show_plot_again)
        self.firms.firm_wanted.connect(self._open_member)
        self.plot.plot.opened.connect(self._go_to)

    def make_view(self, book: Book) -> BookView:
        """The plot stands over the quotas."""
        made = TargetView(book, self.ledger, self.jobs, self.main_window)
        made.above.add(self.plot)
        made.counted.connect(self._count)
        return made

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The plot gives way where room is short."""
        super().set_mode(mode, very_short=very_short)
        self._show_plot()

    def show_record(self, table: str, record: str) -> None:
        """Go to a quota, or to the tab of a reported number."""
        if table == "indicator":
            self.open_indicator(record)
        elif table == "figure":
            panel = self.show_panel("figures")
            assert isinstance(panel, FiguresPanel)
            panel.open_record(record)
        else:
            super().show_record(table, record)

    def set_period(self, period: Period) -> None:
        """Numbers of the dictionary end with another period."""
        self._period = period
        self.indicator.set_period(period)

    def open_indicator(self, indicator: str) -> None:
        """Show the numbers of one indicator, for instance of a cell of a report."""
        panel = self.show_panel("dictionary")
        assert isinstance(panel, DictionaryPanel)
        panel.open(indicator)

    def open_rule(self, key: str) -> None:
        """Open a parameter."""
        rules = self.panel("rules")
        assert isinstance(rules, RulesView)
        rules.open(key)

    @property
    def figures(self) -> FiguresView:
        """The list of reported numbers."""
        panel = self.panel("figures")
        assert isinstance(panel, FiguresPanel)
        return panel.list

    def _make_dictionary(self) -> DictionaryPanel:
        made = DictionaryPanel(self.ledger, self.jobs, self.main_window)
        made.indicator_wanted.connect(self._show_indicator)
        made.rule_wanted.connect(self.open_rule)
        return made

    def _show_indicator(self, entry: object) -> None:
        assert isinstance(entry, Entry)
        self.indicator.show_entry(entry, self._period)
        self.cover(self.indicator)

    def _list_behind(self, title: str, part: object) -> None:
        assert isinstance(part, Behind)
        days = f"{part.first or '建账以来'} 至 {part.last}"
        noun = HOUSEHOLDS if part.firms else "条"
        self.firms.show_members(title, days, list(part.members), noun)
        self.cover(self.firms)

    def _show_plot_again(self) -> None:
        self.cover(self.indicator)

    def _open_member(self, key: str) -> None:
        """A firm, or a record that is no firm's."""
        table, _, record = key.rpartition(":")
        self.elsewhere_wanted.emit(table or "enterprise", record)

    def _count(self, _many: int = 0) -> None:
        """Count beside the window: a year of visits takes its time."""
        self.jobs.read(
            partial(_stand_running, self.ledger), succeeded=self._draw, failed=self._failed
        )

    def _draw(self, found: list[_Counted]) -> None:
        bars = [_bar(*each) for each in found[:_MOST]]
        short = sum(each.short > 0 for _, _, each in found)
        self.plot.show_bars(
            bars,
            f"{len(found):,} 项里 {short:,} 项没完成，差得多的在上面。按回车到那一项",
            f"{short:,} 项没完成",
        )
        self._bars = len(bars)
        self._show_plot()

    def _show_plot(self) -> None:
        self.plot.setVisible(bool(self._bars) and has_room(self.main_window, self.mode))

    def _go_to(self, record: str) -> None:
        view = self.show_book("targets")
        view.reveal(record)
        view.panel.grid.setFocus()


def _stand_running(ledger: Ledger, progress: Progress) -> list[_Counted]:
    """Running quotas with their names, the least done first; what cannot be counted is left out."""
    found: list[_Counted] = []
    with ledger.read() as rows:
        targets = rows.find(Query(Target, running()))
        for place, target in enumerate(targets):
            progress(place, len(targets), "正在数完成了多少")
            standing = stand(rows, target, ledger.office)
            if standing.done is not None:
                name = f"{debtor(rows, target)} {target.indicator}".strip()
                found.append((target.id, name, standing))
    return sorted(found, key=lambda each: (each[2].percent or 0, each[1]))


def _bar(record: str, name: str, found: Standing) -> Bar:
    percent, unit = found.percent or 0, shown_unit(found.unit)
    text = f"{percent}%　{found.show(found.done)}/{found.show(found.owed)} {unit}"
    numbers = ((found.owed, found.owed), (found.done, found.done), (found.short, found.short))
    owed, done, short = (Cell(f"{found.show(n)} {unit}", value=v) for n, v in numbers)
    cells = (name, owed, done, Cell(str(percent), value=percent), short)
    return Bar(record, name, percent, 100, 100, text, found.short > 0, cells)
