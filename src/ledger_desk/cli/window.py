"""Opening the window from the command line; Qt is imported here and nowhere else in this floor."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ledger_desk.errors import UserError


def has_screen() -> bool:
    """Tell whether a window could be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(ledger: Path | None) -> int:
    """Open the window, on ``ledger`` if one is given; gives its exit status.

    Raises:
        UserError: There is no screen, or a library that the window needs is missing.
    """
    if not has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        raise UserError(
            "这里没有屏幕，窗口打不开。没有屏幕也能做的事请看 ledger-desk --help；"
            "在桌面上的终端里运行就会打开窗口。"
        )
    try:
        from ledger_desk.app import run
    except ImportError as error:
        if error.name is not None and error.name.startswith("ledger_desk"):
            raise
        raise UserError(
            f"窗口打不开：缺少它要用的系统库（{error}）。在 Debian、统信或麒麟上请先运行"
            " sudo apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1，再试一次。"
        ) from error
    return run(ledger)
