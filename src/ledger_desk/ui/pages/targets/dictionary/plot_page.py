"""One indicator over the page: its numbers as bars, over periods or by parts; Enter lists the firms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.reports.dictionary import Entry
from ledger_desk.reports.series import (
    MONTHS,
    Asked,
    Behind,
    Point,
    Series,
    read_behind,
    read_series,
    ways_of,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.fields import Field
from ledger_desk.ui.grid_rows import Cell, GridColumn
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.targets.dictionary.definition import Definition
from ledger_desk.ui.pages.targets.dictionary.output import DictionaryOutput
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.plots.bar import Bar
from ledger_desk.ui.plots.card import PlotCard
from ledger_desk.ui.plots.columns import ColumnPlot
from ledger_desk.ui.plots.plot import Plot
from ledger_desk.ui.plots.rows import RowPlot

_WHOLE = "whole"  # key of the bar of everything; no part is called so
_HIGH = 220
_MOST = 200  # bars; more are in the table
_TABLE = (
    GridColumn("label", "期别、部分", "text", 240, essential=True, stretch=True),
    GridColumn("text", "数", "text", 160, numeric=True, essential=True),
    GridColumn("start", "起", "day", 120),
    GridColumn("end", "止", "day", 120),
)


class IndicatorPage(Page):
    """Shows the numbers of one indicator.

    Signals:
        left: Back to the dictionary.
        behind_wanted: (title, `Behind`) whose firms or records are to be listed.
        rule_wanted: Key of a parameter that is to be opened.
    """

    left = Signal()
    behind_wanted = Signal(str, object)
    rule_wanted = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Start empty."""
        super().__init__("指标", scroll=True)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._entry: Entry | None = None
        self._period: Period | None = None
        self._series: Series | None = None
        self._turn = self._behind_turn = 0
        self._output = DictionaryOutput(ledger, jobs, window, self)
        self._find_measure, self._find_way = pick_from(()), pick_from(())
        self.measures, self.ways = Picker(self._measure_items), Picker(self._way_items)
        self.measures.picked.connect(self._read)
        self.ways.picked.connect(self._read)
        choices = Row(gap=16).add(Field("看哪个算法", self.measures), stretch=1)
        choices.add(Field("怎么分", self.ways), stretch=1)
        # Two ways of drawing: standing bars over time where there is room for them, else lying ones.
        self.columns = PlotCard("图", ColumnPlot("各期的数", _HIGH), _TABLE)
        self.rows = PlotCard("图", RowPlot("各部分的数"), _TABLE)
        for card in (self.columns, self.rows):
            card.plot.opened.connect(self._open)
            card.hide()
        self.definition = Definition(titled=False)
        self.definition.rule_wanted.connect(self.rule_wanted)
        self.body.add(choices, self.columns, self.rows, self.definition).push()
        self.head.add_button(Button("返回", self.left.emit, icon="arrow-left", key="Esc"))
        self.copy = Button("复制图片", self.copy_picture, icon="copy", key="Ctrl+Shift+C")
        self.head.add_button(self.copy)
        self.paper = Button("打印", self.print_numbers, icon="printer", key="Ctrl+P", kind="pri")
        self.head.add_button(self.paper)

    def show_entry(self, entry: Entry, period: Period) -> None:
        """Show an indicator over the months up to a period."""
        self._period = period
        spec = entry.indicator
        if self._entry is None or self._entry.indicator.id != spec.id:
            measures = [PickItem(each, each) for each in entry.measures]
            ways = [PickItem(key, words) for key, words in ways_of(spec).items()]
            self._find_measure, self._find_way = pick_from(measures), pick_from(ways)
            self.measures.set_item(measures[0])
            self.ways.set_item(ways[0])
        self._entry = entry
        self.head.set_title(spec.label)
        self.head.set_counts(spec.unit)
        self.definition.show_entry(entry)
        self._read()

    def set_period(self, period: Period) -> None:
        """The numbers end with another period."""
        if self._entry is not None and period != self._period:
            self._period = period
            self._read()

    def look_by(self, way: str, measure: str = "") -> None:
        """Look at it in another way: ``month``, ``township`` …."""
        assert self._entry is not None
        self.ways.set_item(PickItem(way, ways_of(self._entry.indicator)[way]))
        if measure:
            self.measures.set_item(PickItem(measure, measure))
        self._read()

    def series(self) -> Series | None:
        """What is shown."""
        return self._series

    def plot(self) -> Plot:
        """The plot that is shown."""
        return self._card().plot

    def first_focus(self) -> QWidget | None:
        """The plot."""
        return self.plot() if self._series is not None else self.ways

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Bars lie where there is no room for standing ones."""
        super().set_mode(mode, very_short=very_short)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def copy_picture(self) -> None:
        """Put the plot into the clipboard as a picture."""
        QGuiApplication.clipboard().setPixmap(self._card().grab())
        self._window.status.say("图已复制，到 Word 或微信里粘贴。")

    def print_numbers(self) -> None:
        """Look at the numbers with their definition on paper."""
        if self._series is not None and self._entry is not None:
            self._output.print_series(self._series, self._entry)

    def _measure_items(self, text: str) -> list[PickItem]:
        return self._find_measure(text)

    def _way_items(self, text: str) -> list[PickItem]:
        return self._find_way(text)

    # -- reading ---------------------------------------------------------------------------------

    def _read(self, _picked: object = None) -> None:
        """Count beside the window."""
        if self._entry is None or self._period is None:
            return
        measure = self.measures.value() or self._entry.measures[0]
        by = self.ways.value() or MONTHS
        asked = Asked(self._entry.indicator.id, str(measure), str(by), self._period)
        self._turn += 1
        self.columns.set_words("正在数……")
        self.rows.set_words("正在数……")
        self._jobs.read(
            partial(_count, self._ledger, asked, self._turn), succeeded=self._take, failed=self._failed
        )  # fmt: skip

    def _take(self, found: tuple[int, Series]) -> None:
        turn, series = found
        if turn == self._turn:
            self._series = series
            self._draw()

    def _card(self) -> PlotCard:
        series = self._series
        upright = series is None or series.asked.over_time
        return self.columns if upright and self.mode in ("full", "drawer") else self.rows

    def _draw(self) -> None:
        series = self._series
        if series is None:
            return
        shown = self._card()
        had_focus = any(card.plot.hasFocus() for card in (self.columns, self.rows))
        bars = [_bar(point, upright=shown is self.columns) for point in series.points[:_MOST]]
        if series.whole is not None:
            bars.insert(0, _bar(series.whole, upright=False))
        if isinstance(self.rows.plot, RowPlot):
            self.rows.plot.set_most(max((bar.value for bar in bars), default=0) or 1)
        shown.show_bars(bars, series.caption, series.caption.partition("　")[2], "")
        for card in (self.columns, self.rows):
            card.setVisible(card is shown)
        if had_focus:
            shown.plot.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what stands behind ------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        series = self._series
        if series is None:
            return
        points = [*series.points, *([series.whole] if series.whole is not None else [])]
        point = next(each for each in points if _key(each) == key)
        self._behind_turn += 1
        self._jobs.read(
            partial(_look_behind, self._ledger, series.asked, point, self._behind_turn),
            succeeded=self._show_behind, failed=self._failed,
        )  # fmt: skip

    def _show_behind(self, found: tuple[int, Point, tuple[Behind, ...]]) -> None:
        turn, point, parts = found
        if turn != self._behind_turn or self._entry is None or not parts:
            return
        part = parts[0]
        if len(parts) > 1:
            choices = [
                (str(place), f"{each.label}：{each.text}") for place, each in enumerate(parts)
            ]
            said = f"{point.label} 是 {point.text}，由这几个数得来。看哪一个背后的企业？"
            answer = ask_choice(self._window, self._entry.indicator.label, said, choices)
            if answer is None:
                return
            part = parts[int(answer)]
        self.behind_wanted.emit(f"{part.label}　{point.label}", part)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "没有数出来")


def _key(point: Point) -> str:
    return _WHOLE if point.label == "全部" else point.key


def _bar(point: Point, *, upright: bool) -> Bar:
    """A bar; what is less than nothing has no length, its words say it."""
    text = point.text.partition(" ")[0] if upright else point.text
    days = point.period.start.isoformat(), point.period.end.isoformat()
    cells = (point.label, Cell(point.text, value=point.value), *days)
    label = point.short if upright else point.label
    return Bar(_key(point), label, max(point.value or 0, 0), text=text, cells=cells)


def _count(ledger: Ledger, asked: Asked, turn: int, progress: Progress) -> tuple[int, Series]:
    return turn, read_series(ledger, asked, progress)


def _look_behind(
    ledger: Ledger, asked: Asked, point: Point, turn: int, progress: Progress
) -> tuple[int, Point, tuple[Behind, ...]]:
    return turn, point, read_behind(ledger, asked, point, progress)
