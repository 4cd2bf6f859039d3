"""Errors on their way to a person: three kinds, one place.

`UserError` is a finished sentence and gets a sheet without any traceback; `Cancelled` is silence;
everything else is a bug: it is logged, shown once per distinct traceback, with the details folded.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import faulthandler
import hashlib
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk import __version__
from ledger_desk.errors import Cancelled, UserError
from ledger_desk.ui.dialogs.error import ErrorDialog, WayOut
from ledger_desk.ui.opening import open_with_system

LOG_LIMIT = 1_000_000
_LONG_NUMBER = re.compile(r"\d{7,}")
_MEMORY = "内存不够了。请关掉几个别的程序，再试一次；还不行就重新打开本程序。"

Show = Callable[["CrashNote"], None]


@dataclass(frozen=True)
class CrashNote:
    """What is known about a bug: its code, what was going on, and the traceback."""

    code: str
    doing: str
    kind: str
    details: str
    when: dt.datetime

    def facts(self) -> str:
        """Two short lines for the sheet."""
        system = f"{platform.system()} {platform.release()}"
        return (
            f"{self.code}　{self.kind}\n程序 {__version__}　{system}　{self.when:%Y-%m-%d %H:%M:%S}"
        )


def note_of(error: BaseException, doing: str = "") -> CrashNote:
    """Describe an error; long numbers (phones, codes, ids) are masked before anybody copies them.

    The code depends on where it happened and of what type it is, so the same bug has the same code.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = "|".join(f"{Path(each.filename).name}:{each.lineno}" for each in frames)
    digest = hashlib.sha256(f"{type(error).__name__}|{place}".encode()).hexdigest()
    code = f"E-{int(digest[:8], 16) % 10_000:04d}"
    text = "".join(traceback.format_exception(error))
    return CrashNote(
        code, doing, type(error).__name__, _LONG_NUMBER.sub("*******", text), dt.datetime.now()
    )


def show_error(
    parent: QWidget | None,
    error: BaseException,
    doing: str = "",
    *,
    safe: str = "账没有受影响，已经存好的都在。",
    ways: tuple[WayOut, ...] = (),
    log_dir: Path | None = None,
) -> None:
    """Show an error in the way of its kind.

    Args:
        parent: Window behind the sheet.
        error: What was raised.
        doing: What did not happen, as a headline: "PDF 没有写成".
        safe: The sentence about the ledger.
        ways: Things to do about it, besides.
        log_dir: Folder offered to be opened; none hides the button.
    """
    if isinstance(error, Cancelled):
        return
    if isinstance(error, UserError):
        headline, why = (doing, str(error)) if doing else _split(str(error))
        ErrorDialog(parent, headline, why, safe=safe, ways=ways).exec()
        return
    build_crash_dialog(parent, note_of(error, doing), safe=safe, ways=ways, log_dir=log_dir).exec()


def _split(sentence: str) -> tuple[str, str]:
    """The first sentence as headline when it is short, the rest below."""
    head, stop, rest = sentence.partition("。")
    if stop and len(head) <= 24:
        return head, rest
    return "这一步没有做成", sentence


def build_crash_dialog(
    parent: QWidget | None,
    note: CrashNote,
    *,
    safe: str = "账没有受影响，已经存好的都在。",
    ways: tuple[WayOut, ...] = (),
    log_dir: Path | None = None,
) -> ErrorDialog:
    """Build the sheet for a bug."""
    why = _MEMORY if note.kind == "MemoryError" else "程序出了意料之外的错。"
    default = (
        WayOut("再做一次；多半是偶然，接着用就行"),
        WayOut("还是不行，就把下面的内容复制给维护的人，说明刚才在做什么"),
    )
    return ErrorDialog(
        parent,
        note.doing or "刚才这一步没有做完",
        why,
        safe=safe,
        ways=ways or default,
        code=note.code,
        facts=note.facts(),
        details=note.details,
        open_log=(lambda: open_with_system(log_dir)) if log_dir is not None else None,
    )


class Crashes(QObject):
    """Hooks for exceptions nobody caught, on any thread; itself not to be broken."""

    _caught = Signal(object)

    def __init__(
        self, log_dir: Path, parent: QObject | None = None, *, show: Show | None = None
    ) -> None:
        """Keep logs in a folder; ``show`` replaces the sheet (tests)."""
        super().__init__(parent)
        self._log_dir = log_dir
        self._show = show or self._show_sheet
        self._seen: set[str] = set()
        self._open = False
        self._faults: TextIO | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._arrived)

    def install(self) -> str:
        """Take the hooks and open the log for hard crashes.

        Returns:
            What the last run left in that log: empty, or the place where the program died.
        """
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        left = ""
        with contextlib.suppress(OSError):
            self._log_dir.mkdir(parents=True, exist_ok=True)
            path = self._log_dir / "faults.log"
            if path.is_file():
                left = path.read_text("utf-8", "replace").strip()
                if left:
                    path.replace(self._log_dir / "faults-last.log")
            self._faults = path.open("w", encoding="utf-8")
            faulthandler.enable(self._faults)
        return left

    def remove(self) -> None:
        """Give the hooks back (tests, and the end of the program)."""
        sys.excepthook, threading.excepthook = self._before
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def report(self, error: BaseException, doing: str = "") -> None:
        """Handle an error from any thread."""
        try:
            if isinstance(error, Cancelled):
                return
            note = note_of(error, doing)
            if not isinstance(error, UserError):
                self._log(note)
            self._caught.emit((error, note))
        except BaseException:  # noqa: BLE001 - the last line of defence may not raise
            self._last_resort(error)

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before[0](kind, error, trace)
            return
        self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.report(args.exc_value)

    def _arrived(self, pair: tuple[BaseException, CrashNote]) -> None:
        """On the window's thread: show it, once per distinct traceback, one sheet at a time."""
        error, note = pair
        try:
            if isinstance(error, UserError):
                show_error(QApplication.activeWindow(), error)
                return
            if note.code in self._seen or self._open:
                return
            self._seen.add(note.code)
            self._open = True
            try:
                self._show(note)
            finally:
                self._open = False
        except BaseException:  # noqa: BLE001 - the last line of defence may not raise
            self._last_resort(error)

    def _show_sheet(self, note: CrashNote) -> None:
        build_crash_dialog(QApplication.activeWindow(), note, log_dir=self._log_dir).exec()

    def _log(self, note: CrashNote) -> None:
        with contextlib.suppress(OSError):
            self._log_dir.mkdir(parents=True, exist_ok=True)
            path = self._log_dir / "crash.log"
            if path.is_file() and path.stat().st_size > LOG_LIMIT:
                path.replace(self._log_dir / "crash-old.log")
            with path.open("a", encoding="utf-8") as out:
                out.write(f"{note.facts()}\n{note.details}\n")

    def _last_resort(self, error: BaseException) -> None:
        with contextlib.suppress(BaseException):
            traceback.print_exception(error, file=sys.stderr)
