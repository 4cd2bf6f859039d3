"""Setting and removing a password: a new file is written, verified, and takes the old one's place.

A plain file cannot be rekeyed in place (`decisions.md` 11). The recovery sheet is the raw key.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.store import backups, connecting, locking, migrations, opening

_SHORTEST = 6


def new_key(password: str) -> str:
    """Make a raw key with a fresh salt for a password.

    Raises:
        UserError: The password is too short to protect anything.
    """
    if len(password) < _SHORTEST:
        raise UserError(f"密码太短：至少要 {_SHORTEST} 个字符。请换一个长些的密码。")
    return connecting.derive_key(password, secrets.token_bytes(16))


def rewrite(path: Path, old_key: str | None, new: str | None) -> None:
    """Write the ledger anew under another key (None: plain) and put it in place of the old file.

    The ledger must be closed. On any failure the old file stays as it was.

    Raises:
        UserError: It is open somewhere, cannot be read with the old key, or cannot be written.
    """
    target = path.with_name(f".{path.name}.rekey")
    lock = locking.WriterLock(path)
    lock.take()
    try:
        target.unlink(missing_ok=True)
        _export(path, old_key, target, new)
        shutil.copymode(path, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(target, path)
        for tail in ("-wal", "-shm"):  # only now: until here the old file may still need them
            path.with_name(path.name + tail).unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"密码没有换成：{files.reason(error)}。原来的账套没有动，请看看磁盘和权限，再试一次。"
        ) from error
    finally:
        # A half-written file, or one without the password that still holds, must not stay behind.
        for tail in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                target.with_name(target.name + tail).unlink(missing_ok=True)
        lock.release()


def change(path: Path, old_key: str | None, new: str | None) -> Path:
    """Back the closed ledger up under its present key, then `rewrite` it; gives the backup.

    Raises:
        UserError: It could not be backed up or rewritten; the ledger is as it was.
    """
    kept = backups.back_up_file(path, old_key, why="换密码前")
    rewrite(path, old_key, new)
    return kept


def _export(path: Path, old_key: str | None, target: Path, new: str | None) -> None:
    raw = driver.connect(str(path), isolation_level=None)
    try:
        connecting.set_key(raw, old_key)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        version = migrations.version_of(raw)
        before = _measure(raw, "main")
        raw.execute(
            "ATTACH DATABASE ? AS copy KEY " + (f"\"x'{new}'\"" if new else "''"), (str(target),)
        )
        raw.execute("SELECT sqlcipher_export('copy')").fetchone()
        raw.execute(f"PRAGMA copy.user_version = {version}")
        raw.execute(f"PRAGMA copy.application_id = {opening.MARK}")
        raw.execute("DETACH DATABASE copy")
        _verify(target, new, before)
    except driver.DatabaseError as error:
        raise connecting.explain(error, path) from error
    finally:
        raw.close()


def _measure(raw: driver.Connection, schema: str) -> tuple[int, str]:
    steps = raw.execute(f"SELECT count(*), max(id) FROM {schema}.step").fetchone()
    head = raw.execute(f"SELECT hash FROM {schema}.step ORDER BY id DESC LIMIT 1").fetchone()
    return int(steps[0]), str(head[0] if head else "")


def _verify(target: Path, key: str | None, before: tuple[int, str]) -> None:
    raw = driver.connect(str(target), isolation_level=None)
    try:
        connecting.set_key(raw, key)
        sound = raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not sound or _measure(raw, "main") != before:
            raise UserError("换密码没有成功：新写的账套核对不上。原来的账套没有动，请再试一次。")
    finally:
        raw.close()
