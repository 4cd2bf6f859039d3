"""Opening the ledger that a command names, with its password from a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.store.ledger import Ledger


def password_of(given: argparse.Namespace) -> str | None:
    """Read the password: the first line of the file, without its end.

    Raises:
        UserError: The file cannot be read or is empty.
    """
    if not given.password_file:
        return None
    path = Path(given.password_file)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(f"密码文件“{path}”读不出来。请核对文件名，内容要用 UTF-8 保存。") from None
    if not lines or not lines[0]:
        raise UserError(f"密码文件“{path}”第一行是空的。请把密码写在第一行。")
    return lines[0]


def open_to_read(given: argparse.Namespace) -> Ledger:
    """Open the ledger for reading only: works while a window has it open."""
    return _open(given, read_only=True)


def open_to_write(given: argparse.Namespace) -> Ledger:
    """Open the ledger as its one writer.

    Raises:
        UserError: It cannot be opened, or a newer program made it so that it may only be read.
    """
    ledger = _open(given, read_only=False)
    if ledger.read_only:
        ledger.close()
        raise UserError(
            f"“{ledger.path.name}”是更新版的程序做的，这一版只能看，不能改。请安装新版程序。"
        )
    return ledger


def open_to_register(given: argparse.Namespace) -> Ledger:
    """Open to read and, where that can be had, to enter in the register what goes out.

    A ledger that a window has open, or that cannot be written, is opened for reading only; whoever
    writes the register says then that it was not written.
    """
    try:
        return _open(given, read_only=False)
    except UserError:
        return _open(given, read_only=True)


def _open(given: argparse.Namespace, *, read_only: bool) -> Ledger:
    from ledger_desk.store.ledger import Ledger

    return Ledger.open(Path(given.ledger), password=password_of(given), read_only=read_only)
