"""Engines on one file: readers that never wait, one writer that is always safe (`decisions.md` 8)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from ledger_desk.errors import UserError

# What the file, the disk or another program can do to us; anything else is a bug.
FAILURES = (DBAPIError, driver.Error, UnicodeDecodeError)
_SALT = 16
_KEPT_OPEN = 5  # readers: the window, one inside another, two readings of lists, a job
_INDEX_BYTES = 32_768  # the smallest -shm file
_LONGEST_PATH = 480  # bytes; the engine's own limit is 512 with the names of its side files
_ROUNDS = 256_000  # SQLCipher 4's own figure, so that its tools open the file with the password too


def derive_key(password: str, salt: bytes) -> str:
    """Derive the raw key (hex of key and salt) that opens an encrypted ledger (`decisions.md` 11)."""
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS, dklen=32)
    return key.hex() + salt.hex()


def read_salt(path: Path) -> bytes:
    """Read the salt: the first 16 bytes of an encrypted ledger."""
    with path.open("rb") as file:
        return file.read(_SALT)


def is_plain(path: Path) -> bool:
    """Tell whether the file carries SQLite's own mark, so has no password."""
    return read_salt(path) == b"SQLite format 3\x00"


def set_key(raw: Any, key: str | None) -> None:
    """Give a fresh driver connection its key; must come before anything else."""
    if key:
        raw.execute(f"PRAGMA key = \"x'{key}'\"")
        raw.execute("PRAGMA cipher_log_level = NONE")


def reading_uri(path: Path, mode: str = "ro") -> str:
    """Give the URI under which a ledger is read, also where the engine cannot make its side files.

    On read-only media and on a full disk the file itself is read as it stands (``immutable``); what
    still waits in the log beside it would be missing then, so such a file is refused instead.

    Raises:
        UserError: There are changes in the log, and no way to read them here.
    """
    plain, frozen = (path.resolve().as_uri() + end for end in (f"?mode={mode}", "?immutable=1"))
    if _side_files_possible(path):
        return plain
    log, index = (path.resolve().with_name(path.resolve().name + e) for e in ("-wal", "-shm"))
    if not log.exists() or log.stat().st_size == 0:
        return frozen
    if index.exists():  # the engine reads both without writing
        return path.resolve().as_uri() + "?mode=ro"
    raise UserError(
        f"“{path.name}”旁边还有没并进去的改动（{log.name}），而这个磁盘不许写或已满。"
        "请把这两个文件一起复制到本机再打开。"
    )


def _side_files_possible(path: Path) -> bool:
    real = path.resolve()
    index = real.with_name(real.name + "-shm")
    if not os.access(real.parent, os.W_OK):
        return False
    with contextlib.suppress(OSError):
        if index.stat().st_size >= _INDEX_BYTES:  # somebody has the ledger open
            return True
    return shutil.disk_usage(real.parent).free >= 2 * _INDEX_BYTES


def make_engine(path: Path, key: str | None, *, writer: bool, read_only: bool = False) -> Engine:
    """Make an engine; every connection of it says BEGIN itself, so that schema changes roll back too.

    Args:
        path: The ledger file.
        key: Raw key from `derive_key`, or None for a plain file.
        writer: One connection at a time, ``BEGIN IMMEDIATE``; else a pool of readers.
        read_only: Nothing is written through this ledger, see `reading_uri`.
    """
    uri = reading_uri(path, "rw") if read_only else path.resolve().as_uri() + "?mode=rw"

    def connect() -> Any:
        raw = driver.connect(
            uri, uri=True, check_same_thread=False, timeout=10, isolation_level=None
        )
        set_key(raw, key)
        raw.execute("PRAGMA busy_timeout = 10000")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
        if writer:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("PRAGMA cache_size = -65536")
        else:
            raw.execute("PRAGMA query_only = ON")
            raw.execute("PRAGMA cache_size = -65536")
        return raw

    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=driver,
        creator=connect,
        **(
            {"poolclass": NullPool}
            if writer
            else {
                "poolclass": QueuePool,
                "pool_size": _KEPT_OPEN,
                "max_overflow": 5,
                "pool_use_lifo": True,  # the one whose pages are still in memory
            }
        ),
    )
    word = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(word)

    return engine


def explain(error: Exception, path: Path) -> UserError:
    """Turn an environment's failure into a sentence; bugs are not passed here."""
    text = str(error)
    name = path.name
    if "disk is full" in text or "disk full" in text:
        return UserError(
            f"“{name}”没有存成：磁盘满了。请腾出空间再做一次，账停在上一步，没有受影响。"
        )
    if "locked" in text or "busy" in text:
        return UserError(f"“{name}”正被另一个程序写着，等了 10 秒还没轮到。请稍后再做一次。")
    if "readonly" in text:
        return UserError(f"“{name}”所在的文件夹或磁盘不许写。请把账套复制到本机再打开。")
    if isinstance(error, UnicodeDecodeError) or "decode" in text or "malformed" in text:
        return UserError(f"“{name}”有损坏的地方，读不下去。请用最近的备份还原。")
    if "not a database" in text or "encrypted" in text:
        return UserError(
            f"打不开“{name}”：它设了密码而密码不对，或者它不是账套，或者已经损坏。请核对密码，或用备份还原。"
        )
    if "unable to open" in text and len(os.fsencode(path.resolve())) > _LONGEST_PATH:
        return UserError(
            f"“{name}”打不开或建不了：文件夹套得太深，路径太长。请换到浅一些的文件夹。"
        )
    if "unable to open" in text:
        return UserError(
            f"“{name}”打不开或建不了：这个文件夹不许写，或者磁盘满了。请换一个文件夹，或复制到本机再打开。"
        )
    if "I/O error" in text:
        return UserError(
            f"“{name}”所在的磁盘读写出错：磁盘可能满了，或者 U 盘、网络断开了。"
            "请腾出空间或接好磁盘再做一次，账停在上一步，没有受影响。"
        )
    code = getattr(getattr(error, "orig", error), "sqlite_errorname", type(error).__name__)
    return UserError(
        f"“{name}”读写时出了问题（代号 {code}）。账停在上一步；请检查磁盘，或用备份还原。"
    )
