"""The page itself: forms, period, paper, checks, and what leaves the program."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period, month_of
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.indicators import MECHANISMS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.designing.hosting import DesigningPage
from ledger_desk.ui.jobs import Job, Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.reports.building import Made, make, papers_of, status_of
from ledger_desk.ui.pages.reports.choosing import usual_period
from ledger_desk.ui.pages.reports.form_list import FormList, form_card
from ledger_desk.ui.pages.reports.many import Many
from ledger_desk.ui.pages.reports.origins import Origins
from ledger_desk.ui.pages.reports.outgoing import Outgoing
from ledger_desk.ui.pages.reports.own_forms import OwnForms, listed, read_forms
from ledger_desk.ui.pages.reports.period_bar import PeriodBar
from ledger_desk.ui.pages.reports.periods import Periods
from ledger_desk.ui.pages.reports.record_papers import RecordPapers
from ledger_desk.ui.preview.panel import PreviewPanel

_CHEAP_SECONDS = 1.0
"""A report made quicker than this is made again at once when the ledger changes."""


class ReportsPage(DesigningPage):
    """报表.

    Signals:
        open_record: Table and id of a record that the person wants to see.
        period_changed: The `Period` chosen here.
        made: After a report was made and is on the screen.
    """

    open_record = Signal(str, str)
    period_changed = Signal(object)
    made = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Build the page; the first report is made when it is entered."""
        super().__init__("报表")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._forms, self._infos = read_forms(ledger)
        self._form = next(iter(self._infos), "")
        self._office, self._office_name = "", ""  # the one whose report is shown; all of them
        self._made: Made | None = None
        self._known_head = ""  # the head of the journal that the paper still holds for
        self._job: Job | None = None
        self._outgoing = Outgoing(self, ledger, window, jobs, self.report)
        self.periods = Periods(self, ledger, window, jobs, self._forms, self.report)
        self.many = Many(self, ledger, window, jobs, self._forms, self._shown)
        self.papers = RecordPapers(ledger, jobs, window)
        today = dt.date.today()
        first = self._infos.get(self._form)
        self._own_period = False
        self.period_bar = PeriodBar(usual_period(first, today) if first else Period(today, today))
        self.forms = FormList()
        self.forms_menu = MenuButton("报表")
        self.own = OwnForms(self, ledger, window, lambda: self._forms.forms.get(self._form))
        self.preview = PreviewPanel()
        self.origins = Origins(self, ledger, window, self.preview)
        self.strip, self.findings = self.origins.strip, self.origins.findings
        self.stale = Notice("explain", "数据变了，纸面还是原来的，按 F5 重算。")
        self._build()
        self._connect()
        self._choose_form(self._form)

    def _build(self) -> None:
        self.xlsx = self.head.add_button(
            Button("导出 Excel", self._outgoing.save_xlsx, icon="file-spreadsheet")
        )
        self.pdf = self.head.add_button(
            Button("存 PDF", self._outgoing.save_pdf, icon="file-type-pdf")
        )
        self.paper = self.head.add_button(Button("打印", self._outgoing.print_out, icon="printer"))
        self.closing = self.head.add_button(
            Button("结账…", self.close_period, icon="lock", key="F9", kind="pri")
        )
        self._card = form_card(self.forms, self.own)
        self.again = self.preview.add_button(Button("重算", self.rebuild, icon="refresh", key="F5"))
        self.stale.hide()
        menus = Row(gap=8).add(self.forms_menu, self.own.narrow_menu).push()
        middle = Column(gap=8).add(menus, self.period_bar, self.stale)
        middle.add(self.preview, stretch=1).add(self.papers, stretch=1).add(self.strip)
        self.body.add(Row(gap=10).add(self._card).add(middle, stretch=1), stretch=1)
        self.set_pane(self.origins.side, title="审核")
        self._list_forms()
        self._allow()

    def _list_forms(self) -> None:
        """List the forms with what is due, and what of it is closed."""
        shown = listed(self._ledger, self._forms, self._infos)
        self.forms.set_entries(shown, self.own.ids())
        self.forms_menu.set_entries(
            [(f"{e.info.title}　{e.line}", partial(self._choose_form, e.info.id)) for e in shown]
        )

    def _connect(self) -> None:
        self.forms.form_chosen.connect(self._choose_form)
        self.period_bar.chosen.connect(self._take_period)
        deeds = [*self.many.entries(), *self._outgoing.entries()]
        self.period_bar.deeds.set_entries([*self.periods.entries(), None, *deeds])
        self.many.office_chosen.connect(self.set_office)
        self.findings.record_wanted.connect(self.open_record)
        self.origins.drill.record_wanted.connect(self.open_record)
        self.origins.strip.plot_wanted.connect(partial(self.open_record.emit, "indicator"))
        self.findings.explained.connect(self._explain)
        self.periods.record_wanted.connect(self.open_record)
        self.periods.changed.connect(self._list_forms)
        self.periods.changed.connect(self.rebuild)

    # What the program calls

    def entered(self) -> None:
        """Make the report, or make it again where the ledger has changed meanwhile."""
        if self.cover_view is None and self._made is None:
            self.rebuild()
        elif self.cover_view is None:
            self.ledger_changed()

    def ledger_changed(self) -> None:
        """The ledger was changed elsewhere: make the report again, or say that it is old."""
        if load_forms(self._ledger) is not self._forms:
            self._forms_written()
        if self._made is None or not self.isVisible():
            return
        if self._known_head == self._ledger.head():
            self.stale.hide()
        elif self._made.seconds < _CHEAP_SECONDS:
            self.rebuild()
        else:
            self.stale.show()

    def set_period(self, period: Period) -> None:
        """Show another period, for instance the one chosen at the top of the window.

        The present month does not take the place of the one still to be handed in, until somebody
        has chosen.
        """
        usual = not self._own_period and period == month_of(dt.date.today())
        if period != self.period_bar.period() and not usual:
            self.period_bar.set_period(period, self._since())
            self._own_period = True
            self._period_or_form_changed()

    def set_office(self, office: str, name: str) -> None:
        """Show the report of one office; an empty id shows that of the whole ledger."""
        self._office, self._office_name = office, name
        self._period_or_form_changed()

    def _shown(self) -> tuple[str, Period, str | None]:
        return self._form, self.period_bar.period(), self._office or None

    def choose(self, form: str, period: Period | None = None) -> None:
        """Show a form, and a period when given; for links from other pages."""
        if period is not None:
            self.period_bar.set_period(period)
            self._own_period = True
        self._choose_form(form)

    def own_focus(self) -> QWidget | None:
        """The paper, or what finds the records of one."""
        return self.papers.text if self.papers.isVisible() else self.preview.paper

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Below 1000 logical pixels the list of forms becomes a menu above the paper."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "_card"):
            narrow = mode in ("narrow", "single")
            self._card.setVisible(not narrow)
            self.forms_menu.setVisible(narrow)
            self.own.narrow_menu.setVisible(narrow)
            self.strip.setVisible(not very_short and self._form in self._forms.forms)
            self._name_head()

    @property
    def ledger(self) -> Ledger:
        """What it reports on."""
        return self._ledger

    def report(self) -> Made | None:
        """What is on the screen."""
        return self._made

    # Making

    def rebuild(self) -> None:
        """Make the report again from the ledger as it is now (F5)."""
        if not self._form:
            self.preview.clear("这本账没有可用的报表。请在“设置与备份”里看看报表定义有什么要改。")
            return
        if self._form not in self._forms.forms:
            self.papers.reload()
            return
        if self._job is not None:
            self._job.cancel()
        self._say_busy(True)
        form, period, office = self._shown()
        title = self._infos[form].title
        self._job = self._jobs.start(
            partial(make, self._ledger, self._forms, form, period, office),
            title=f"正在出 {title}", leaves="停下，纸面保持原样",
            succeeded=self._take, failed=self._failed, cancelled=self._ended,
        )  # fmt: skip

    def _take(self, made: Made) -> None:
        report = made.report
        if (report.form.id, report.period, report.office) != self._shown():
            return  # another one was asked for meanwhile
        self._job, self._made = None, made
        self._known_head = self._ledger.head() if made.frozen is not None else report.head
        self._say_busy(False)
        self.stale.hide()
        self.preview.show_sheets(made.painted.pdf, papers_of(made))
        self.origins.take(made)
        self._name_head()
        self._allow()
        self._window.status.set_rows(status_of(made))
        self.made.emit()

    def _failed(self, error: object) -> None:
        self._job = None
        self._say_busy(False)
        if self._made is None and isinstance(error, UserError):
            self.preview.clear(str(error))
        elif isinstance(error, BaseException):
            show_error(self, error, "报表没有出成")

    def _ended(self) -> None:
        if self._job is None or self._job.is_cancelled():
            self._say_busy(False)

    def _say_busy(self, busy: bool) -> None:
        if busy:
            self.again.block("正在算")
        else:
            self.again.allow("重算")

    # Form and period

    def _forms_written(self) -> None:
        """There are other forms than before; the one that is shown stays if it is still there."""
        self._forms, self._infos = read_forms(self._ledger)
        self.periods.forms = self.many.forms = self._forms
        self.own.reload()
        self._list_forms()
        self._made = None
        self._choose_form(self._form if self._form in self._infos else next(iter(self._infos), ""))

    def _choose_form(self, form: str) -> None:
        if form not in self._infos:
            return
        self._form = form
        self.forms.choose(form)
        info = self._infos[form]
        if not self._own_period:
            self.period_bar.set_period(usual_period(info, dt.date.today()), self._since())
        else:
            self.period_bar.set_period(self.period_bar.period(), self._since())
        self.forms_menu.set_text(f"报表：{info.title}")
        self.own.offer()
        self._period_or_form_changed()

    def _take_period(self, period: Period) -> None:
        self._own_period = True
        self.period_changed.emit(period)
        self._period_or_form_changed()

    def _period_or_form_changed(self) -> None:
        paper = self.papers.take(self._form)
        for part in (self.period_bar, self.preview):
            part.setVisible(not paper)
        self.strip.setVisible(not paper)
        if paper:
            self._made = None
            self.stale.hide()
            self.origins.clear()
            self._window.status.set_rows("")
            self._allow()
        self._name_head()
        if self.isVisible() and self.cover_view is None:
            self.rebuild()
        else:
            self._made = None

    def _since(self) -> dt.date | None:
        form = self._forms.forms.get(self._form)
        return MECHANISMS[form.shape.mechanism].since if form is not None else None

    def _name_head(self) -> None:
        info = self._infos.get(self._form)
        if info is None:
            return
        due = info.due_day(self.period_bar.period())
        when = f"应报 {due:%m-%d}" if due is not None else "随时可报"
        if self._office:
            when = f"{self._office_name}　{when}"
        word = self.findings.worst_text() if self._made is not None else ""
        self.head.set_title(info.title, "报表")
        self.head.set_counts(word or when if self.mode == "single" else when)
        self.period_bar.say(self._made.standing.words if self._made is not None else "")
        if self.head.pane_button is not None:
            self.head.pane_button.set_text(f"审核：{word}" if word else "审核")

    def _allow(self) -> None:
        for button in (self.xlsx, self.pdf, self.paper, self.closing):
            button.setEnabled(self._made is not None)
        closed = self._made is not None and self._made.standing.closed is not None
        self.closing.set_text("反结账…" if closed else "结账…")
        self.closing.set_icon("lock-open" if closed else "lock")
        self.closing.set_kind("plain" if closed else "pri")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 goes to the next finding."""
        if event.key() == Qt.Key.Key_F8:
            self.findings.next_finding()
            return
        super().keyPressEvent(event)

    # The period

    def close_period(self) -> None:
        """Close the period, or open it again where it is closed."""
        if self._made is not None and self._made.standing.closed is not None:
            self.periods.reopen()
        elif self._made is not None:
            self.periods.close()

    def _explain(self, findings: list[Finding], text: str) -> None:
        """Write an explanation; the paper stays as it is."""
        made = self.periods.explain(findings, text)
        if made is not None:
            self._made, self._known_head = made, self._ledger.head()
            self.findings.set_texts(made.texts)
