"""The window's composition root: settings, crash hook, which ledger, desk and pages."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from ledger_desk import __version__, paths
from ledger_desk.errors import UserError
from ledger_desk.model.records import Office, Person
from ledger_desk.settings import Settings
from ledger_desk.store import backups
from ledger_desk.store.connecting import is_plain
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import collecting
from ledger_desk.ui import theme as themes
from ledger_desk.ui.closed_work import Reopening, WaitingSheet
from ledger_desk.ui.crash import Crashes, show_error
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.dialogs.new_ledger import NewLedger, NewLedgerDialog
from ledger_desk.ui.dialogs.opening import OpeningDialog, PasswordDialog
from ledger_desk.ui.jobs import Jobs

_READ, _OTHER = "read", "other"
_SETTLED = 1_000  # ms after which what start-up made is there


def run(ledger: Path | None = None) -> int:
    """Open the window on a ledger: the given one, the last one, or the one that is chosen now."""
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # while a dialog waits in C++ nothing else is heard
    themes.before_application()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("专班台账")
    app.setApplicationVersion(__version__)
    app.setQuitOnLastWindowClosed(False)  # between the opening dialog and the window there is none
    settings = Settings.load()
    themes.install(app, factor=settings.factor, contrast=settings.contrast)
    crashes = Crashes(paths.log_dir(), app)
    crashes.install()
    try:
        opener = Opener(settings)
        chosen = opener.first(ledger)
        if chosen is None:
            return 0
        session = Session(app, chosen, opener)
        session.begin()
        # Ctrl+C in the terminal closes the window as a person does; the desk's timer lets it through.
        signal.signal(signal.SIGINT, lambda *_: session.desk.window.close())
        return app.exec()
    finally:
        crashes.remove()


class Opener(QObject):
    """Finds a ledger to work on, asking until there is one or the person has had enough."""

    def __init__(self, settings: Settings) -> None:
        """Offer what the settings remember."""
        super().__init__()
        self.settings = settings
        self._dialog: OpeningDialog | None = None
        self._found: Ledger | None = None

    def first(self, ledger: Path | None) -> Ledger | None:
        """Open the ledger named on the command line, or the last one, or ask."""
        last = Path(self.settings.last_ledger) if self.settings.last_ledger else None
        path = ledger or (last if last is not None and last.is_file() else None)
        found = self.open(path) if path is not None else None
        return found or self.ask()

    def ask(self) -> Ledger | None:
        """Show the ways to a ledger; None when the person leaves."""
        recent = [path for name in self.settings.recent if (path := Path(name)).is_file()]
        self._found = None
        dialog = self._dialog = OpeningDialog(None, recent, paths.data_dir())
        dialog.chosen.connect(self._chosen)
        dialog.new_wanted.connect(self._new)
        dialog.practice_wanted.connect(self._practice)
        dialog.exec()
        dialog.deleteLater()
        self._dialog = None
        return self._found

    def open(self, path: Path) -> Ledger | None:
        """Open a file, asking for its password; what prevents it is said, and None given."""
        try:
            key = None
            if path.is_file() and path.stat().st_size and not is_plain(path):
                key = self.key(path)
                if key is None:
                    return None
            return self._open(path, key)
        except UserError as error:
            show_error(self._dialog, error, "账套没有打开", safe="文件没有动。")
            return None

    def key(self, path: Path) -> str | None:
        """Ask until a password, or a recovery line, opens the file; None when the person gives up.

        Returns:
            The raw key of the file.
        """
        why, by_recovery = "", False
        while True:
            dialog = PasswordDialog(self._dialog, path.name, why, by_recovery=by_recovery)
            if dialog.exec() != QDialog.DialogCode.Accepted:
                return None
            password, line = dialog.password(), dialog.recovery()
            by_recovery = line is not None
            try:
                with Ledger.open(
                    path, password=password, recovery_key=line, read_only=True
                ) as found:
                    return found.key
            except UserError as error:
                why = str(error)

    def _open(self, path: Path, key: str | None) -> Ledger | None:
        try:
            return Ledger.open(path, recovery_key=key)
        except UserError as error:
            # Somebody else writes it, or the folder may not be written: it can still be looked at.
            Ledger.open(path, recovery_key=key, read_only=True).close()
            options = [(_OTHER, "另选账套"), (_READ, "只看方式打开")]
            if ask_choice(self._dialog, "这本账现在不能改", str(error), options) != _READ:
                return None
        return Ledger.open(path, recovery_key=key, read_only=True)

    def _chosen(self, path: Path) -> None:
        self._take(self.open(path))

    def _take(self, ledger: Ledger | None) -> None:
        if ledger is not None and self._dialog is not None:
            self._found = ledger
            self._dialog.accept()

    def _new(self) -> None:
        dialog = NewLedgerDialog(self._dialog, paths.data_dir())

        def make(wanted: NewLedger) -> None:
            try:
                made = make_ledger(wanted)
            except UserError as error:
                show_error(dialog, error, "账套没有建成", safe="没有留下半个文件。")
                return
            dialog.accept()
            self._take(made)

        dialog.wanted.connect(make)
        dialog.exec()
        dialog.deleteLater()

    def _practice(self) -> None:
        try:
            self._take(open_practice())
        except UserError as error:
            show_error(self._dialog, error, "练习账套没有打开", safe="别的账套没有动。")


def make_ledger(wanted: NewLedger) -> Ledger:
    """Make the ledger that the dialog described.

    Raises:
        UserError: The file exists, or cannot be written.
    """
    office = Office(name=wanted.office, level=wanted.level, division=wanted.division)
    person = Person(name=wanted.person, role="专班人员") if wanted.person else None
    return Ledger.create(wanted.path, office=office, person=person)


def open_practice() -> Ledger:
    """Open this month's practice ledger, making it if it is not there yet (as ``demo`` does).

    Raises:
        UserError: The folder cannot be written, or the ledger is open elsewhere.
    """
    from ledger_desk.practice.making import make_practice, practice_file

    path = practice_file(paths.data_dir() / "练习账套")
    path.parent.mkdir(parents=True, exist_ok=True)
    return Ledger.open(path) if path.exists() else make_practice(path)


@dataclass(frozen=True)
class ClosedWork:
    """Work going on while the ledger is closed: which file, its key before, and where to go back to."""

    title: str
    path: Path
    key: str | None
    page: str
    sheet: WaitingSheet


class Session(QObject):
    """From the first window to the last; another ledger takes the place of the one before."""

    def __init__(self, app: QApplication, ledger: Ledger, opener: Opener) -> None:
        """Build the desk of a ledger with its pages."""
        super().__init__()
        self._app, self._opener = app, opener
        self._settings = opener.settings
        self._leaving = True  # closing the window ends the program
        self._jobs = Jobs(self)  # for work while no desk is there
        self._closed_work: ClosedWork | None = None
        self.desk = self._build(ledger)

    def begin(self) -> None:
        """Show the window where it was last."""
        if self._settings.window:
            self.desk.window.restoreGeometry(QByteArray.fromHex(self._settings.window.encode()))
        self.desk.show()
        settling = QTimer(self.desk.window)  # goes with its window
        settling.setSingleShot(True)
        settling.timeout.connect(collecting.settle)
        settling.start(_SETTLED)

    def _build(self, ledger: Ledger) -> Desk:
        from ledger_desk.ui.desk_pages import entries  # late: the choice of a ledger needs no pages

        self._remember(Settings.load().opened(ledger.path))
        desk = Desk(ledger, themes.current(), Jobs(self))
        for entry in entries(desk):
            desk.add(entry)
        desk.closed.connect(self._closed)
        desk.other_wanted.connect(self._other)
        desk.practice_wanted.connect(self._practice)
        desk.restore_wanted.connect(self._restore)
        desk.closed_work_wanted.connect(self._work_closed)
        desk.look_chosen.connect(self._choose_look)
        return desk

    def _remember(self, settings: Settings) -> None:
        self._settings = self._opener.settings = settings
        settings.save()

    def _choose_look(self, factor: float, contrast: bool) -> None:
        themes.current().set(factor=factor, contrast=contrast)
        self._remember(replace(Settings.load(), factor=factor, contrast=contrast))

    def _other(self) -> None:
        self._go_to(self._opener.ask())

    def _practice(self) -> None:
        try:
            self._go_to(open_practice())
        except UserError as error:
            show_error(self.desk.window, error, "练习账套没有打开", safe="这本账没有动。")

    def _go_to(self, ledger: Ledger | None) -> None:
        """Close the present ledger and show another; None: stay."""
        if ledger is None:
            return
        self._close_desk()
        self.desk = self._build(ledger)
        self.begin()

    def _restore(self, backup: Path) -> None:
        """Put a backup in the ledger's place: close it, exchange the file, open it again."""
        path, key = self.desk.ledger.path, None
        if not is_plain(backup) and (key := self._opener.key(backup)) is None:
            return
        self._close_desk()
        lost = ""
        try:
            lost = backups.restore(path, backup, recovery_key=key).sentence
        except UserError as error:
            show_error(None, error, "没有还原")
        if self._begin_again(self._opener.open(path)) and lost:
            self.desk.window.toasts.warn("已还原，附件不全", lost)

    def _work_closed(self, title: str, work: Callable[[], Reopening]) -> None:
        """Do something with the file that cannot be done while it is open, such as encrypting it."""
        if self._closed_work is not None:
            return
        ledger = self.desk.ledger
        sheet = WaitingSheet(title)
        self._closed_work = ClosedWork(
            title, ledger.path, ledger.key, self.desk.window.page_key(), sheet
        )
        self._close_desk()
        sheet.show()
        self._jobs.start(lambda _: work(), succeeded=self._has_worked, failed=self._has_not_worked)

    def _has_worked(self, made: Reopening) -> None:
        if self._end_closed_work(made.key):
            self.desk.window.toasts.done(made.said, made.detail)

    def _has_not_worked(self, error: BaseException) -> None:
        waiting = self._closed_work
        assert waiting is not None
        waiting.sheet.hide()
        show_error(None, error, f"没有做成：{waiting.title}", safe="账套没有动，还和原来一样。")
        self._end_closed_work(waiting.key)

    def _end_closed_work(self, key: str | None) -> bool:
        """Open the ledger again with a key and show the page that was in front; whether it opened."""
        waiting, self._closed_work = self._closed_work, None
        assert waiting is not None
        waiting.sheet.done(0)
        waiting.sheet.deleteLater()
        try:
            again: Ledger | None = Ledger.open(waiting.path, recovery_key=key)
        except UserError:  # somebody else was quicker, or the disk went away: in the usual way then
            again = self._opener.open(waiting.path)
        if not self._begin_again(again):
            return False
        if self.desk.ledger.path == waiting.path:
            self.desk.window.show_page(waiting.page)
        return True

    def _begin_again(self, ledger: Ledger | None) -> bool:
        """Show a ledger after the desk was closed; without one the person chooses, or leaves."""
        again = ledger or self._opener.ask()
        if again is None:
            self._app.quit()
            return False
        self.desk = self._build(again)
        self.begin()
        return True

    def _close_desk(self) -> None:
        old, self._leaving = self.desk, False
        old.window.close()
        old.window.deleteLater()
        old.deleteLater()
        self._leaving = True

    def _closed(self) -> None:
        place = bytes(self.desk.window.saveGeometry().toHex().data()).decode()
        self._remember(replace(Settings.load(), window=place))
        if self._leaving:
            self._app.quit()
