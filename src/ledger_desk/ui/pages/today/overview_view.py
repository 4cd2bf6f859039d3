"""进度总览: the funnel and the three 100 % over a table of townships or banks; each figure opens its firms."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ledger_desk.reports.progress import (
    BANK,
    BY_KEY,
    MEASURES,
    RATES,
    STAGES,
    TOWNSHIP,
    Firms,
    Overview,
    Row,
)
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import ListSource
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.layouts import Row as RowOf
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.today.funnel_plot import FunnelPlot
from ledger_desk.ui.pages.today.overview_rows import NO_KEY, columns_of, source_of
from ledger_desk.ui.pages.today.rate_plot import RatePlot
from ledger_desk.ui.pages.today.rate_plot import bars_of as rate_bars
from ledger_desk.ui.pages.today.reading import Figure

_RATE = {rate.key: rate for rate in RATES}


class FunnelCard(Card):
    """The funnel with its title; on both tabs."""

    def __init__(self, *extra: QWidget) -> None:
        """Start without figures."""
        super().__init__("从走访到放款", pad=12)
        self.plot = FunnelPlot()
        self._told = FittingLabel([""], "dim")
        self.title_row.add(self._told, stretch=100).add(*extra)
        self.body.add(self.plot)

    def show_overview(self, overview: Overview) -> None:
        """Show the whole of it."""
        window = overview.window
        words = MEASURES[overview.measure]
        span = f"{words} {window.first} 至 {window.last}"
        self._told.set_texts(
            [f"{span}（户），柱高为平方根刻度，横线是目标", f"{span}，平方根刻度", words, ""]
        )
        self.plot.show_overview(overview)


class RateCard(Card):
    """The three 100 % with their title; on both tabs."""

    def __init__(self) -> None:
        """Start without figures."""
        super().__init__("三个 100%", pad=12)
        self.plot = RatePlot()
        self._told = FittingLabel([""], "dim")
        self.title_row.add(self._told)
        self.body.add(self.plot)

    def show_row(self, row: Row, overview: Overview) -> None:
        """Show the rates of a row."""
        self._told.set_texts([f"截至 {overview.period.end:%m-%d}", ""])
        self.plot.show_bars(rate_bars(row))


class OverviewView(QWidget):
    """Shows an overview; whoever owns it reads one.

    Signals:
        asked: Another measure or split is wanted.
        opened: The `Figure` whose firms are wanted.
    """

    asked = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.measures = Segmented(
            [Option(key, text) for key, text in MEASURES.items()], "启动以来累计", "算哪一段"
        )
        self.splits = Segmented(
            [Option(TOWNSHIP, "按乡镇"), Option(BANK, "按银行")], TOWNSHIP, "怎么分"
        )
        self.funnel, self.rates = FunnelCard(), RateCard()
        self.panel = GridPanel(
            ListSource((), []), totals=True, noun="行", name="各乡镇、各银行的进度"
        )
        self.told = FittingLabel([""], "dim")
        self.unset = Button("没有认定的", self._open_unset, kind="words", icon="list-details")
        self._overview: Overview | None = None
        self._bar = (
            RowOf(gap=12).add(self.measures, self.splits).add(self.told, stretch=1).add(self.unset)
        )
        self._top = RowOf(gap=12).add(self.funnel, stretch=1).add(self.rates)
        Column(self, gap=10).add(self._bar, self._top).add(self.panel, stretch=1)
        self.measures.changed.connect(self._ask)
        self.splits.changed.connect(self._ask)
        self.funnel.plot.opened.connect(self._open_stage)
        self.rates.plot.opened.connect(self._open_rate)
        self.panel.grid.opened.connect(self._open_cell)
        theme.follow(self._fit)

    def overview(self) -> Overview | None:
        """What is shown."""
        return self._overview

    def show_overview(self, overview: Overview) -> None:
        """Show what was read; the place in the table is kept."""
        before, self._overview = self._overview, overview
        self.funnel.show_overview(overview)
        self.rates.show_row(overview.whole, overview)
        grid = self.panel.grid
        here = grid.currentIndex()
        if before is not None and before.by == overview.by:
            order = grid.lazy_model().order
            self.panel.set_source(source_of(overview))
            if order:
                grid.lazy_model().sort_by(order)
        else:
            self.panel.set_source(source_of(overview))
        if overview.rows:
            row, column = max(here.row(), 0), max(here.column(), 0)
            grid.setCurrentIndex(grid.lazy_model().index(min(row, len(overview.rows) - 1), column))
        unset = len(overview.whole.rates.get("granted", Firms()).unset)
        wants = len(overview.whole.rates.get("drawn", Firms()).unset)
        self.unset.retire(away=not (unset or wants))
        self.unset.set_text(f"未认定 {unset + wants:,} 户")
        self.unset.setToolTip("银行还没有认定是否符合条件、是否有用款需求的，留在分母里")
        self.told.set_texts(["在数字上按回车，看是哪些户", "回车看名单", ""])

    def set_mode(self, mode: Mode) -> None:
        """The rates go under the funnel where there is no room beside it."""
        stacked = mode in ("narrow", "single")
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._top.setDirection(down if stacked else across)
        self.told.setVisible(mode != "single")
        self._stacked, self._narrow = stacked, mode != "full"
        self._fit()

    _stacked = _narrow = False

    def _fit(self) -> None:
        px = theme.look().px
        self.rates.setMinimumWidth(0)
        self.rates.setMaximumWidth(16777215)
        if not self._stacked:
            self.rates.setFixedWidth(px(312 if self._narrow else 346))
        self.panel.setMinimumHeight(px(230))

    def _ask(self, _value: object) -> None:
        self.asked.emit()

    # -- opening ---------------------------------------------------------------------------------

    def _open_stage(self, key: str) -> None:
        self.opened.emit(Figure("stage", key, BY_KEY[key].title))

    def _open_rate(self, key: str) -> None:
        self.opened.emit(figure_of_rate(self._overview, key))

    def _open_unset(self) -> None:
        row = self._overview.whole if self._overview is not None else None
        key = "granted" if row is not None and row.rates.get("granted", Firms()).unset else "drawn"
        self.opened.emit(Figure("rate", key, _RATE[key].unset, "unset"))

    def _open_cell(self, record: str) -> None:
        if self._overview is None:
            return
        place = self.panel.grid.currentIndex().column()
        column = columns_of(self._overview)[max(place, 0)].key
        key = "" if record == NO_KEY else record
        row = next(each for each in self._overview.rows if each.key == key)
        if column.startswith("rate:"):
            rate = column.removeprefix("rate:")
            figure = figure_of_rate(self._overview, rate, row)
            self.opened.emit(figure)
            return
        stage = BY_KEY.get(column, STAGES[0])
        self.opened.emit(Figure("stage", stage.key, f"{row.name}　{stage.title}", row=row.key))


def figure_of_rate(overview: Overview | None, key: str, row: Row | None = None) -> Figure:
    """The firms that a rate lacks; all of those done where it lacks none."""
    rate = _RATE[key]
    whole = row or (overview.whole if overview is not None else None)
    short = whole is not None and bool(whole.rates.get(key, Firms()).short)
    name = f"{row.name}　" if row is not None else ""
    said = f"{rate.owed}、还没有{rate.done.removeprefix('已')}" if short else rate.done
    return Figure(
        "rate",
        key,
        f"{name}{said}",
        "short" if short else "done",
        row.key if row is not None else None,
    )


__all__ = ["FunnelCard", "OverviewView", "RateCard", "figure_of_rate"]
