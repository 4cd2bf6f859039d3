"""One open ledger in the window: pages, steps back and forth, saved and backed up, search, period.

Pages are given the ledger, the jobs and the window and know no other page. What a page may have
besides: ``refresh()`` (read again after an undo), ``ledger_changed()`` (somebody wrote),
``set_period(period)``, and the signals ``changed`` (it wrote), ``backed_up``, ``period_changed``,
``open_record(table, id)`` (or ``elsewhere_wanted``), and those of `_UPWARDS`, which go on to whoever built the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from ledger_desk.model.periods import Period, month_of, parse_period
from ledger_desk.model.records import BY_TABLE
from ledger_desk.progress import Progress
from ledger_desk.store import backups
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.undoing import UndoPlan
from ledger_desk.ui.answering import Answering
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.help import show_help
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.page import Page
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.theme import Theme

_LOOK_EVERY = 400  # milliseconds between two looks whether something was written
_BACK_UP_AFTER = timedelta(minutes=30)  # product.md §7
_MONTHS = 24  # periods offered
_UPWARDS = (
    "practice_wanted", "other_wanted", "restore_wanted", "closed_work_wanted", "look_chosen",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A page, made when it is first wanted, with its place in the navigation.

    Attributes:
        searches: It listens to the search box itself; from any other page the whole of what was
            found is looked at in the first one that does.
        tables: Records that it can show, with its ``open_record(id)`` where it is one table, and
            its ``show_record(table, id)`` where it is several.
    """

    key: str
    title: str
    icon: str
    make: Callable[[], Page]
    group: str = "work"
    searches: bool = False
    tables: tuple[str, ...] = ()


class Desk(QObject):
    """Ties a window to a ledger.

    Signals:
        closed: The window was closed and the ledger with it.
        practice_wanted, other_wanted: Another ledger is to be opened in its place.
        restore_wanted: Path of a backup that is to take the ledger's place.
        closed_work_wanted: (title, work): see `SettingsPage`.
        look_chosen: Text size and high contrast.
    """

    closed = Signal()
    practice_wanted = Signal()
    other_wanted = Signal()
    restore_wanted = Signal(object)
    closed_work_wanted = Signal(str, object)
    look_chosen = Signal(float, bool)

    def __init__(self, ledger: Ledger, theme: Theme, jobs: Jobs, today: date | None = None) -> None:
        """Build the window without pages; `add` them, then `show`."""
        super().__init__()
        self.ledger, self.jobs = ledger, jobs
        self.window = MainWindow(theme, jobs)
        self._today = today or date.today()
        self.period = month_of(self._today)
        self._seen: tuple[datetime | None, bool] = (None, False)
        self._entries: dict[str, Entry] = {}
        self._made: dict[str, Page] = {}
        self._backed_up = self._newest_backup()
        self._changed_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._tick)
        window = self.window
        window.undo_wanted.connect(self.undo)
        window.redo_wanted.connect(self.redo)
        self.answering = Answering(ledger, jobs, window)
        self.answering.open_record.connect(self.open_record)
        self.answering.list_wanted.connect(self._search)
        window.period_chosen.connect(self.set_period)
        window.history_wanted.connect(self.show_history)
        window.package_dropped.connect(self.take_package)
        window.help_wanted.connect(self.help)
        window.closing.connect(self._close)
        self.name_ledger()
        self._offer_periods()
        self._tell_backup()
        self.look()

    # -- pages ---------------------------------------------------------------------------------

    def add(self, entry: Entry) -> None:
        """Add a page; the first one is made and shown, the others when they are first wanted."""
        self._entries[entry.key] = entry
        made = partial(self._make, entry)
        self.window.add_page(entry.key, entry.title, entry.icon, made, entry.group)

    def _make(self, entry: Entry) -> Page:
        page = self._made[entry.key] = entry.make()
        _call(page, "set_period", self.period)
        for name in _UPWARDS:
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(getattr(self, name))
        for name, slot in (
            ("changed", self.look), ("backed_up", self.backed_up),
            ("period_changed", self.set_period), ("open_record", self.open_record),
            ("renamed", self.name_ledger), ("elsewhere_wanted", self.open_record),
            ("past_wanted", self.show_past), ("plan_wanted", self.plan_visits),
        ):  # fmt: skip
            signal = getattr(page, name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(slot)
        return page

    def show(self) -> None:
        """Show the window and begin to watch the ledger."""
        self.window.show()
        self._timer.start()
        self.answering.begin()

    def page(self) -> Page | None:
        """The page in front."""
        key = self.window.page_key()
        return self.window.page(key) if key else None

    def open_record(self, table: str, record: str) -> None:
        """Go to the page that shows a record; one that no page shows is shown by its firm."""
        for entry in self._entries.values():
            if table in entry.tables:
                self.window.show_page(entry.key)
                page = self.window.page(entry.key)
                if len(entry.tables) > 1:
                    _call(page, "show_record", table, record)
                else:
                    _call(page, "open_record", record)
                return
        firm = getattr(self.ledger.get(BY_TABLE[table], record), "enterprise", None)
        if firm:
            self.open_record("enterprise", firm)

    def name_ledger(self) -> None:
        """Write at the top whose ledger it is."""
        ledger, office = self.ledger, self.ledger.office
        self.window.set_ledger(
            office.title, office.level or "", practice=ledger.practice, file_name=ledger.path.name
        )

    def help(self) -> None:
        """Open the help at the page in front (F1)."""
        show_help(self.window)

    def show_history(self) -> None:
        """Go to the list of steps (Ctrl+Shift+H)."""
        self.window.show_page("settings")
        _call(self.window.page("settings"), "show_tab", "steps")

    def take_package(self, path: object) -> None:
        """Look at a form package that was dropped on the window."""
        self.window.show_page("reports")
        _call(self.window.page("reports"), "take_file", path)

    def show_past(self, table: str, step: int) -> None:
        """Go to a list as it was after a step."""
        self.window.show_page("enterprises")
        _call(self.window.page("enterprises"), "show_past", step)

    def plan_visits(self, firms: list[str], words: str, into: bool) -> None:
        """Put firms into a plan of visits, a new one or one that is there."""
        self.window.show_page("visits")
        way = "add_to_plan" if into else "begin_plan"
        _call(self.window.page("visits"), way, firms, words)

    def _search(self, text: str) -> None:
        here = self._entries.get(self.window.page_key())
        first = next((entry for entry in self._entries.values() if entry.searches), None)
        if text and first is not None and here is not None and not here.searches:
            self.window.show_page(first.key)

    def _offer_periods(self) -> None:
        period, items = month_of(self._today), []
        for _ in range(_MONTHS):
            items.append(PickItem(period.key, period.label))
            period = period.previous()
        if self.period.key not in [item.id for item in items]:
            items.insert(0, PickItem(self.period.key, self.period.label))
        self.window.set_periods(items, self.period.key)

    def set_period(self, period: Period | str) -> None:
        """Work in another period (or that of a key): every page is told."""
        period = parse_period(period) if isinstance(period, str) else period
        if period == self.period:
            return
        self.period = period
        self._offer_periods()
        for page in self._made.values():
            _call(page, "set_period", period)

    # -- steps ---------------------------------------------------------------------------------

    def look(self) -> None:
        """Notice what was written since the last look; costs nothing while nothing was."""
        now = (self.ledger.last_saved, True)
        if now == self._seen:
            return
        first = not self._seen[1]
        self._seen = now
        can = not self.ledger.read_only
        self.window.set_undo(self.ledger.undo_name() if can else None)
        self.window.set_redo(self.ledger.redo_name() if can else None)
        newest = self.ledger.log(1)
        self.window.status.set_saved(now[0] or (newest[0].at if newest else None))
        if not first:
            self._changed_at = self._changed_at or datetime.now()
            _call(self.page(), "ledger_changed")

    def _tick(self) -> None:
        self.look()
        self._back_up_when_due()

    def undo(self) -> None:
        """Take the last step back, as a job: an import has many rows."""
        if self.ledger.read_only or self.ledger.undo_name() is None:
            return
        self.jobs.start(
            self._take_back, title="正在撤销", succeeded=self._taken_back, failed=self._failed
        )

    def _take_back(self, progress: Progress) -> tuple[UndoPlan, StepInfo]:
        plan = self.ledger.plan_undo()
        return plan, self.ledger.undo()

    def _taken_back(self, made: tuple[UndoPlan, StepInfo]) -> None:
        plan, _ = made
        self._changed()
        if plan.kept:
            why = f"{len(plan.kept)} 条后来又改过，保留现在的内容"
            self.window.toasts.warn(f"已撤销“{plan.name}”，恢复 {plan.restored:,} 条", why)
        else:
            self.window.toasts.undo(
                f"已撤销“{plan.name}”", f"恢复 {plan.restored:,} 条", [("重做  Ctrl+Y", self.redo)]
            )

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.ledger.read_only or self.ledger.redo_name() is None:
            return
        self.jobs.start(
            self._do_again, title="正在重做", succeeded=self._done_again, failed=self._failed
        )

    def _do_again(self, progress: Progress) -> StepInfo:
        return self.ledger.redo()

    def _done_again(self, step: StepInfo) -> None:
        self._changed()
        self.window.toasts.undo(
            f"已{step.name}", f"共 {step.rows:,} 条", [("撤销  Ctrl+Z", self.undo)]
        )

    def _changed(self) -> None:
        self.look()
        self.window.toasts.clear_undo()
        _call(self.page(), "refresh")

    def _failed(self, error: BaseException) -> None:
        show_error(self.window, error)

    # -- backups -------------------------------------------------------------------------------

    def _newest_backup(self) -> datetime | None:
        found = backups.listing(self.ledger.path)
        return found[0].at if found else None

    def _tell_backup(self) -> None:
        when = self._backed_up
        if self.ledger.read_only:
            self.window.status.set_backup("只看方式打开，不能改")
        elif when is None:
            self.window.status.set_backup("还没有备份，第一次改动后半小时内自动做")
        else:
            self.window.status.set_backup(f"备份 {when:%m-%d %H:%M}")

    def _back_up_when_due(self) -> None:
        begun = self._changed_at
        if begun is not None and datetime.now() - begun >= _BACK_UP_AFTER:
            self._changed_at = None
            self.jobs.start(self._back_up, succeeded=self._is_backed_up, failed=self._not_backed_up)

    def _back_up(self, progress: Progress) -> None:
        backups.back_up(self.ledger, why="自动", progress=progress)
        backups.thin(self.ledger.path, key=self.ledger.key)

    def _is_backed_up(self, _: object) -> None:
        self.backed_up()

    def backed_up(self) -> None:
        """Say that a backup was made just now."""
        self._backed_up, self._changed_at = self._newest_backup(), None
        self._tell_backup()

    def _not_backed_up(self, error: BaseException) -> None:
        self.window.toasts.warn("自动备份没有做成", str(error))

    # -- the end -------------------------------------------------------------------------------

    def _close(self) -> None:
        """Stop the jobs, back up what changed, and let go of the ledger."""
        self._timer.stop()
        self.jobs.shutdown()
        self.look()
        try:
            if self._changed_at is not None and not self.ledger.read_only:
                backups.back_up(self.ledger, why="关闭")
                backups.thin(self.ledger.path, key=self.ledger.key)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is shown, and closing goes on
            show_error(None, error, "关闭前的备份没有做成")
        finally:
            self.ledger.close()
        self.closed.emit()


def _call(page: object, name: str, *values: Any) -> None:
    """Call what a page may have."""
    method: Callable[..., Any] | None = getattr(page, name, None)
    if method is not None:
        method(*values)
