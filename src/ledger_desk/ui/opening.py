"""Files and folders handed to the system's own programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_with_system(path: Path) -> bool:
    """Open a file or a folder with the program that the system has for it; whether there is one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def ways_to(path: Path) -> list[tuple[str, Callable[[], object]]]:
    """What a toast offers for a file that was written: its folder, and the file itself."""
    return [
        ("打开文件夹", partial(open_with_system, path.parent)),
        ("打开文件", partial(open_with_system, path)),
    ]
