"""The page 设置与备份: one tab for each matter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger_desk.model.records import Bank, Office, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.history.bin_view import BinView
from ledger_desk.ui.history.view import HistoryView
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.settings.about import AboutView
from ledger_desk.ui.pages.settings.backups import BackupsView
from ledger_desk.ui.pages.settings.dictionaries import DictionariesView
from ledger_desk.ui.pages.settings.holidays import HolidaysView
from ledger_desk.ui.pages.settings.looks import LooksView
from ledger_desk.ui.pages.settings.office import OfficeView
from ledger_desk.ui.pages.settings.safety import SafetyView
from ledger_desk.ui.records.record_list import RecordList
from ledger_desk.ui.records.scrolling import Scrolling
from ledger_desk.ui.tabs import Tab, Tabs

TABS = (
    Tab("office", "单位"),
    Tab("people", "人员"),
    Tab("banks", "银行"),
    Tab("offices", "填报单位"),
    Tab("dictionaries", "词典"),
    Tab("backups", "备份"),
    Tab("safety", "体检与密码"),
    Tab("steps", "修改记录"),
    Tab("bin", "回收站"),
    Tab("holidays", "节假日"),
    Tab("looks", "显示"),
    Tab("about", "关于"),
)


class SettingsPage(Page):
    """设置与备份.

    Signals:
        changed: The ledger was changed here.
        renamed: The office is called differently, or somebody else is working now.
        restore_wanted: Path of a backup that is to take the ledger's place.
        backed_up: A backup was made.
        closed_work_wanted: (title, work): close the ledger, call ``work()``, open it again with the
            key of the `Reopening` that it gives, and say what that says; an error is shown, and the
            ledger opened again as it was.
        look_chosen: Text size and high contrast, to be remembered.
        past_wanted: (table, step): a list as it was after a step.
        other_wanted, practice_wanted: Another ledger is to be opened.
    """

    changed = Signal()
    renamed = Signal()
    restore_wanted = Signal(object)
    backed_up = Signal()
    closed_work_wanted = Signal(str, object)
    look_chosen = Signal(float, bool)
    other_wanted = Signal()
    practice_wanted = Signal()
    past_wanted = Signal(str, int)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Build all tabs."""
        super().__init__("设置与备份")
        self._ledger, self._window = ledger, window
        self.tabs = Tabs(TABS, "设置的各部分")
        self._stack = QStackedWidget()
        self.office = OfficeView(ledger, window)
        self.people = RecordList(
            ledger, window, Person, ("name", "role", "office", "bank", "phone", "left_on"), noun="人",
            hint="谁走访、谁录入、谁签字。离岗的填离岗日期，名字留着，历史才对得上。",
            widths={"name": 120, "phone": 120, "left_on": 110}, jobs=jobs,
        )  # fmt: skip
        self.banks = RecordList(
            ledger, window, Bank, ("name", "short", "type", "contact", "phone"), noun="家",
            hint="银行类型决定各类银行的任务怎么数；简称用在窄的地方。", widths={"name": 240}, jobs=jobs,
        )  # fmt: skip
        self.offices = RecordList(
            ledger, window, Office, ("name", "short", "level", "division", "contact"), noun="个",
            hint="报表里可以填的单位。本单位不能在这里删。", widths={"name": 240}, kept=[ledger.office.id],
            jobs=jobs,
        )  # fmt: skip
        self.dictionaries = DictionariesView(ledger, jobs, window)
        self.backups = BackupsView(ledger, jobs, window)
        self.safety = SafetyView(ledger, jobs, window)
        self.steps = HistoryView(ledger, jobs, window)
        self.bin = BinView(ledger, jobs, window)
        self.holidays = HolidaysView(ledger, window)
        self.looks, self.about = LooksView(), AboutView()
        self._views: dict[str, QWidget] = {
            "office": self.office, "people": self.people, "banks": self.banks, "offices": self.offices,
            "dictionaries": self.dictionaries, "backups": self.backups, "safety": self.safety, "steps": self.steps,
            "bin": self.bin, "holidays": self.holidays,
            "looks": self.looks, "about": self.about,
        }  # fmt: skip
        self._places: dict[str, QWidget] = {}
        for key, view in self._views.items():
            self._places[key] = (
                Scrolling(view)
                if key in ("office", "safety", "holidays", "looks", "about")
                else view
            )
            self._stack.addWidget(self._places[key])
        self.body.add(self.tabs).add(self._stack, stretch=1)
        self.tabs.chosen.connect(self.show_tab)
        for part in (
            self.office, self.people, self.banks, self.offices, self.dictionaries, self.steps, self.bin,
            self.holidays,
        ):  # fmt: skip
            part.changed.connect(self.changed)
        self.steps.past_wanted.connect(self.past_wanted)
        self.backups.restore_wanted.connect(self.restore_wanted)
        self.backups.backed_up.connect(self.backed_up)
        self.safety.closed_work_wanted.connect(self.closed_work_wanted)
        self.looks.chosen.connect(self.look_chosen)
        if not ledger.practice:
            self.head.add_button(Button("练习账套", self.practice_wanted.emit))
        self.head.add_button(Button("打开别的账套…", self.other_wanted.emit, icon="folder-open"))
        self.office.renamed.connect(self.renamed)
        self.office.renamed.connect(self._tell)
        self._tell()

    def entered(self) -> None:
        """Read again: other pages may have changed the ledger."""
        self.refresh()

    def refresh(self) -> None:
        """Read the shown tab again, for instance after an undo."""
        view = self._views[self.tabs.chosen_key()]
        reload = getattr(view, "reload", None)
        if reload is not None:
            reload()
        self._tell()

    def show_tab(self, key: str) -> None:
        """Show one of the tabs (`TABS`)."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
            return
        self._stack.setCurrentWidget(self._places[key])
        self.refresh()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Give the form its columns."""
        super().set_mode(mode, very_short=very_short)
        self.office.set_mode(mode)
        self.dictionaries.set_mode(mode)
        for each in (self.people, self.banks, self.offices):
            each.set_mode(mode)

    def first_focus(self) -> QWidget | None:
        """The tabs."""
        return self.tabs

    def _tell(self) -> None:
        person = self._ledger.person
        who = f"现在是{person.title}在用" if person is not None else "还没有登记是谁在用"
        self.head.set_counts(f"{self._ledger.office.title}　{who}", who)
