"""One writer at a time, told in words; the system lets go of the lock when a process dies."""

from __future__ import annotations

import contextlib
import getpass
import json
import platform
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ledger_desk.errors import UserError


class WriterLock:
    """The right to write one ledger, held from opening to closing."""

    def __init__(self, path: Path) -> None:
        """Prepare the lock of the ledger at ``path``; `take` it before writing."""
        self._path = path
        real = path.resolve()  # one file has one lock, whatever link it is opened by
        self._note = real.with_name(f".{real.name}.writer")
        self._lock = FileLock(str(real.with_name(f".{real.name}.lock")))

    def take(self) -> None:
        """Take the lock at once.

        Raises:
            UserError: Another window or machine writes this ledger; the sentence says who and since when.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UserError(
                f"“{self._path.name}”正在别处打开着（{self._holder()}）。请先在那边关掉，或在这里用“只看”打开。"
            ) from None
        except OSError as error:
            raise UserError(
                f"“{self._path.name}”所在的文件夹不许写，只能用“只看”打开。要改动，请先复制到本机。"
            ) from error
        note = {
            "who": getpass.getuser(),
            "where": platform.node(),
            "since": datetime.now().strftime("%m-%d %H:%M"),
        }
        with contextlib.suppress(OSError):
            self._note.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")

    def _holder(self) -> str:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return f"{note['where']} 上的 {note['who']}，{note['since']} 起"
        except (OSError, ValueError, KeyError):
            return "不知道是谁"

    def release(self) -> None:
        """Let go; harmless when the lock is not held."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._note.unlink()
            self._lock.release()  # the hidden file stays: to unlink it would race with the next one
