"""Where things live: shipped data beside the program, the person's data in their own folders."""

from __future__ import annotations

import os
from pathlib import Path

from ledger_desk import files
from ledger_desk.errors import UserError

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """Find a shipped folder: inside an installed package, else at the top of the checkout."""
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def resources() -> Path:
    """Folder of fonts, icons and dictionaries."""
    return _shipped("resources")


def forms() -> Path:
    """Folder of built-in forms, one folder each."""
    return _shipped("forms")


def _home(kind: str) -> Path:
    """User folder of one kind; ``LEDGER_DESK_HOME`` puts all of them in one place (tests, USB stick)."""
    fixed = os.environ.get("LEDGER_DESK_HOME")
    if fixed:
        folder = Path(fixed) / kind
    else:
        import platformdirs  # late: only needed once a ledger is opened

        dirs = platformdirs.PlatformDirs("LedgerDesk", appauthor=False)
        folder = Path(
            {"data": dirs.user_data_dir, "state": dirs.user_state_dir, "log": dirs.user_log_dir}[
                kind
            ]
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"程序自己的文件夹“{folder}”建不了：{files.reason(error)}。请检查权限和磁盘。"
        ) from error
    return folder


def data_dir() -> Path:
    """Where ledgers are suggested to be kept."""
    return _home("data")


def state_dir() -> Path:
    """Window sizes, last ledger, replica batons: nothing here is needed to read a ledger."""
    return _home("state")


def log_dir() -> Path:
    """Program log and crash log."""
    return _home("log")
