"""Files opened with the system's programs: read-only copies in a private folder, gone at the end."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.ui.opening import open_with_system

_PREFIX = "ledger-desk-open-"
_DAY = 86_400  # seconds
# The system would run these, not show them.
_RUNS = frozenset((
    ".app", ".appref-ms", ".bat", ".cmd", ".com", ".cpl", ".deb", ".desktop", ".exe", ".gadget",
    ".hta", ".inf", ".jar", ".js", ".jse", ".lnk", ".msc", ".msi", ".msp", ".pif", ".ps1", ".py",
    ".reg", ".rpm", ".run", ".scf", ".scr", ".sh", ".url", ".vb", ".vbe", ".vbs", ".wsf", ".wsh",
))  # fmt: skip


class Outside(QObject):
    """Keeps the copies of one window, and clears them away when the program ends."""

    def __init__(self, parent: QObject) -> None:
        """Make nothing yet."""
        super().__init__(parent)
        self._folder: Path | None = None
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear)

    def open(self, name: str, data: bytes) -> Path:
        """Write a copy that cannot be changed and open it.

        Raises:
            UserError: The file would be run, cannot be written, or nothing opens it.
        """
        if Path(name).suffix.lower() in _RUNS:
            raise UserError(
                f"“{name}”是程序一类的文件，打开就会运行，所以不直接打开。要用它请先“另存”，弄清来历再说。"
            )
        try:
            folder = Path(tempfile.mkdtemp(dir=self._room()))  # each in its own: names may be alike
            path = folder / files.safe_name(name)
            path.write_bytes(data)
            path.chmod(stat.S_IRUSR)
        except OSError as error:
            raise UserError(
                f"“{name}”没有打开：临时文件夹写不进去（{files.reason(error)}）。请腾出磁盘空间再试。"
            ) from error
        if not open_with_system(path):
            raise UserError(
                f"“{name}”没有打开：这台电脑没有能打开它的程序。请“另存”出来，拿到别的电脑上看。"
            )
        return path

    def clear(self) -> None:
        """Take all copies away; what another program still holds goes the next time."""
        folder, self._folder = self._folder, None
        if folder is not None:
            _remove(folder)

    def _room(self) -> Path:
        if self._folder is None:
            _clear_old()
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # for this user only (0700)
            atexit.register(_remove, self._folder)
        return self._folder


def _clear_old() -> None:
    """Take away what a program that was killed has left."""
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                if time.time() - folder.lstat().st_mtime > _DAY:
                    _remove(folder)


def _remove(folder: Path) -> None:
    if folder.is_symlink():  # laid there by somebody else
        return
    for path in folder.rglob("*"):  # what may not be written may not be removed on Windows
        with contextlib.suppress(OSError):
            if path.is_file() and not path.is_symlink():
                os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
