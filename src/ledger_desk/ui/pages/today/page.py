"""今天要办: the list of the day and how far the work has come, with the navigation's count."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ledger_desk.model.periods import Period, month_of, parse_period
from ledger_desk.reports.progress import MECHANISM, Kept, Overview
from ledger_desk.store.counting.totals import Member
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.firms.behind_page import FirmsPage
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.today import reading
from ledger_desk.ui.pages.today.agenda_view import AgendaView
from ledger_desk.ui.pages.today.overview_view import (
    FunnelCard,
    OverviewView,
    RateCard,
    figure_of_rate,
)
from ledger_desk.ui.pages.today.printing import AgendaPrinting
from ledger_desk.ui.pages.today.reading import Figure
from ledger_desk.ui.records.covered import CoveredPage
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.work.duties import Agenda, FormDue
from ledger_desk.work.duty import LATE, TODAY, Duty

KEY = "today"
TODO, OVERVIEW = "todo", "overview"
TABS = (Tab(TODO, "要办"), Tab(OVERVIEW, "进度总览"))
_WEEKDAYS = "一二三四五六日"
_LOOK_EVERY = 500  # milliseconds between two looks whether something was written, or a day began
_REST = 5.0  # a reading that took so long rests so many times as long before the next one
_PAGES = {"form": "reports", "activity": "activities", "cultivation": "first_loan"}
"""Page that is shown for a duty without a record, by its table."""


class TodayPage(CoveredPage):
    """First page of the desk.

    Signals:
        elsewhere_wanted: Table and id of a record that another page shows.
    """

    elsewhere_wanted = Signal(str, str)

    def __init__(
        self, ledger: Ledger, jobs: Jobs, window: MainWindow, today: Callable[[], date] = date.today
    ) -> None:
        """Build both tabs; ``today`` tells the day."""
        super().__init__("今天要办", scroll=True)
        self.ledger, self.jobs, self.main_window, self._today = ledger, jobs, window, today
        self._period = month_of(today())
        self._kept = Kept()
        self._forms: Sequence[FormDue] | None = None
        self._turn = self._overview_turn = self._firms_turn = 0
        self._read_at = self._took = self._begun = 0.0
        self._seen: datetime | None = None
        self._day: date | None = None
        self._figure: Figure | None = None
        self.tabs = Tabs(TABS, "今天要办", large=True)
        see = Button("进度总览", partial(self.show_tab, OVERVIEW), kind="words", icon="chart-bar")
        self.funnel, self.rates = FunnelCard(see), RateCard()
        self.agenda = AgendaView(ledger, self.funnel, self.rates)
        self.overview = OverviewView()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.agenda)
        self._stack.addWidget(self.overview)
        self.body.add(self.tabs).add(self._stack, stretch=1)
        self.head.add_button(Button("打印今日清单", self.print_day, icon="printer", key="Ctrl+P"))
        self.key_in = Button("走访登记", self._key_in, icon="plus", kind="pri", key="Ctrl+N")
        self.head.add_button(self.key_in)
        self.firms = FirmsPage(ledger, jobs, window)
        self.firms.hide()
        self._papers = AgendaPrinting(ledger, jobs, window, self)
        self.tabs.chosen.connect(self._show_tab)
        self.agenda.asked.connect(self.read_agenda)
        self.agenda.opened.connect(self.open_duty)
        self.overview.asked.connect(self.read_overview)
        self.overview.opened.connect(self.open_figure)
        self.funnel.plot.opened.connect(self._open_stage)
        self.rates.plot.opened.connect(self._open_rate)
        self.firms.left.connect(self.uncover)
        self.firms.firm_wanted.connect(self._open_firm)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        theme.follow(self._fit)

    # -- reading ---------------------------------------------------------------------------------

    def entered(self) -> None:
        """Read again when the page comes to the front."""
        self.key_in.retire(away="visits" not in self._keys() or self.ledger.read_only)
        self.main_window.set_search_enabled(enabled=True)
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        self.read_agenda()
        self.read_overview()

    def ledger_changed(self) -> None:
        """Somebody wrote: what is shown follows."""
        self.refresh()

    def set_period(self, period: Period) -> None:
        """The overview ends with another period."""
        self._period = period
        self.read_overview()

    def look(self) -> None:
        """Read again after a step or at midnight, also while another page is in front."""
        written, day = self.ledger.last_saved, self._today()
        if (written, day) == (
            self._seen,
            self._day,
        ) or time.monotonic() - self._read_at < self._took * _REST:
            return
        self.read_agenda()
        if self.isVisible():
            self.read_overview()

    def read_agenda(self) -> None:
        """Count and list what is to be done, beside the window."""
        self._seen, self._day = self.ledger.last_saved, self._today()
        self._turn += 1
        self._begun = time.monotonic()
        asked, most = self.agenda.wanted()
        work = partial(
            reading.agenda, self.ledger, self._day, asked, self._forms, most, self._turn,
            self.agenda.agenda(),
        )  # fmt: skip
        self.jobs.read(work, succeeded=self._show_agenda, failed=self._failed)

    def read_overview(self) -> None:
        """Count the overview, beside the window."""
        self._overview_turn += 1
        measure, by = str(self.overview.measures.value()), str(self.overview.splits.value())
        work = partial(
            reading.overview,
            self.ledger,
            self._kept,
            self._period,
            measure,
            by,
            self._overview_turn,
        )
        self.jobs.read(work, succeeded=self._show_overview, failed=self._failed)

    def _show_agenda(self, found: tuple[int, Agenda, Sequence[FormDue]]) -> None:
        turn, agenda, forms = found
        self._forms = forms
        if turn != self._turn:
            return
        self._read_at = time.monotonic()
        self._took = self._read_at - self._begun
        self.agenda.show_agenda(agenda)
        whole = agenda.asked.person or agenda.asked.township
        now, late = agenda.total(states=(LATE, TODAY)), agenda.late
        if not whole:
            self.main_window.set_count(KEY, now, late=late > 0)
        day = agenda.today
        name = f"{day.year}年{day.month}月{day.day}日 星期{_WEEKDAYS[day.weekday()]}"
        said = f"{agenda.total():,} 件要办" + (f"，{late:,} 件已逾期" if late else "")
        self.head.set_counts(
            f"{name}　第 {day.isocalendar().week} 周　{said}", f"{name}　{said}", said
        )
        self._rows = said
        self.tell_rows()

    _rows = ""

    def tell_rows(self) -> None:
        """How much is to be done."""
        if self.isVisible() and self.cover_view is None:
            self.main_window.status.set_rows(self._rows)

    def _show_overview(self, found: tuple[int, str, Overview]) -> None:
        turn, head, overview = found
        self._kept.put(head, overview)
        if turn == self._overview_turn:
            self.funnel.show_overview(overview)
            self.rates.show_row(overview.whole, overview)
            self.overview.show_overview(overview)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self.main_window, error)

    # -- going on --------------------------------------------------------------------------------

    def show_tab(self, key: str) -> None:
        """Show 要办 or 进度总览."""
        if self.cover_view is not None:
            self.uncover()
        self.tabs.choose(key)

    def open_duty(self, duty: Duty) -> None:
        """Go to the record of a duty, or to the page where it is done."""
        if duty.record and duty.table != "form":
            self.elsewhere_wanted.emit(duty.table, duty.record)
            return
        page = _PAGES.get(duty.table, "")
        if page in self._keys():
            self.main_window.show_page(page)
            choose = getattr(self.main_window.page(page), "choose", None)
            if duty.table == "form" and choose is not None:
                choose(duty.record, parse_period(duty.key.rpartition(":")[2]))
        else:
            self.main_window.status.say(f"{duty.title}：{duty.clause}")

    def open_figure(self, figure: Figure) -> None:
        """List the firms behind a figure."""
        shown = self.overview.overview()
        if shown is None:
            return
        self._figure = figure
        self._firms_turn += 1
        work = partial(reading.firms, self.ledger, shown, figure, self._firms_turn)
        self.jobs.read(work, succeeded=self._show_firms, failed=self._failed)

    def _show_firms(self, found: tuple[int, list[Member]]) -> None:
        turn, members = found
        shown, figure = self.overview.overview(), self._figure
        if turn != self._firms_turn or shown is None or figure is None:
            return
        window = shown.window
        first = MECHANISM.since if figure.kind == "rate" else window.first
        self.firms.show_members(figure.title, f"{first} 至 {window.last}", members)
        self.cover(self.firms)

    def _open_stage(self, key: str) -> None:
        self.overview.funnel.plot.opened.emit(key)

    def _open_rate(self, key: str) -> None:
        self.open_figure(figure_of_rate(self.overview.overview(), key))

    def _open_firm(self, firm: str) -> None:
        self.elsewhere_wanted.emit("enterprise", firm)

    def _key_in(self) -> None:
        """Begin to key in a visit, on the page that does it."""
        self.main_window.show_page("visits")
        page = self.main_window.page("visits")
        begin = getattr(page, "key_in", None)
        if begin is not None:
            begin()

    def print_day(self) -> None:
        """Look at the list of the day on paper."""
        shown = self.agenda.agenda()
        if shown is not None and shown.duties:
            self._papers.begin(shown)
        else:
            self.main_window.status.say("没有要办的，不用打印。")

    # -- room ------------------------------------------------------------------------------------

    def own_focus(self) -> QWidget | None:
        """The list, or the table."""
        if self.tabs.chosen_key() == OVERVIEW:
            return self.overview.panel.grid
        return self.agenda.list if self.agenda.list.isVisible() else self.tabs

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """What stands beside the list goes under it where room is short."""
        super().set_mode(mode, very_short=very_short)
        self.agenda.set_mode(mode)
        self.overview.set_mode(mode)
        self._fit()

    def _fit(self) -> None:
        """Below 620 in height the funnel is a row of figures."""
        low = self.main_window.height() / theme.look().factor < 620
        for card in (self.funnel, self.overview.funnel):
            card.plot.set_flat(low)

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self.overview if key == OVERVIEW else self.agenda)
        for view in (self.agenda, self.overview):
            shown = view is self._stack.currentWidget()
            rule = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            view.setSizePolicy(rule, rule)  # the higher one must not make the other scroll
        target = self.own_focus()
        if target is not None and not self.tabs.hasFocus():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keys(self) -> list[str]:
        return [item.key for item in self.main_window.navigation.items()]
