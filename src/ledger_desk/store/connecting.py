"""Engines on one file: readers that never wait, one writer that is always safe (`decisions.md` 8)."""

from __future__ import annotations

import hashlib
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


def make_engine(path: Path, key: str | None, *, writer: bool, immutable: bool = False) -> Engine:
    """Make an engine; every connection of it says BEGIN itself, so that schema changes roll back too.

    Args:
        path: The ledger file.
        key: Raw key from `derive_key`, or None for a plain file.
        writer: One connection at a time, ``BEGIN IMMEDIATE``; else a pool of readers.
        immutable: The folder cannot be written (read-only media): no lock or log files are made.
    """
    uri = path.resolve().as_uri() + ("?immutable=1" if immutable else "?mode=rw")

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
            else {"poolclass": QueuePool, "pool_size": 3, "max_overflow": 5}
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
    return UserError(
        f"“{name}”读写时出了问题：{text.splitlines()[0]}。账停在上一步；请检查磁盘，或用备份还原。"
    )
