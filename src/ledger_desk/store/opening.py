"""Opening a file: what it is, whether this program may write it, and bringing it up to date."""

from __future__ import annotations

import shutil
import string
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.store import connecting, derived, hollow, migrations

MARK = 0x4C44534B  # application_id: "LDSK"
_RECOVERY = 96  # characters of a raw key: 32 bytes of key and 16 of salt, in hex


@dataclass(frozen=True)
class Found:
    """What was found at a path: its raw key (None: plain) and whether it must be read only.

    ``hollow``: bytes of attachments are still to be put back, see `refilling.fill`.
    """

    key: str | None
    version: int
    read_only: bool
    hollow: bool = False


def inspect(path: Path, password: str | None, recovery_key: str | None = None) -> Found:
    """Look at a file before opening it.

    Raises:
        UserError: Missing, not a ledger, wrong password, damaged, or from a program too new to read.
    """
    try:
        if not path.is_file():
            raise UserError(f"没有找到账套“{path}”。请核对文件名，或在“打开账套”里另选。")
        if path.stat().st_size == 0:
            raise UserError(f"“{path.name}”是空文件，不是账套。请用备份还原，或另选文件。")
        plain = connecting.is_plain(path)
    except OSError as error:
        raise UserError(
            f"账套“{path.name}”打不开：{files.reason(error)}。请核对文件名和权限，或另选文件。"
        ) from error
    key = None
    if not plain:
        if recovery_key:
            key = read_recovery(recovery_key)
        elif password:
            key = connecting.derive_key(password, connecting.read_salt(path))
        else:
            raise UserError(f"“{path.name}”设了密码，或者不是账套。请输入密码再打开。")
    raw = driver.connect(connecting.reading_uri(path), uri=True, isolation_level=None)
    try:
        connecting.set_key(raw, key)
        return _classify(raw, path, key)
    except (driver.DatabaseError, UnicodeDecodeError) as error:
        raise connecting.explain(error, path) from error
    finally:
        raw.close()


def read_recovery(text: str) -> str:
    """Read the line of a recovery sheet as somebody copied it: blanks and capitals do not matter.

    Raises:
        UserError: It is not such a line; the sentence says what is wrong.
    """
    key = "".join(text.split()).lower()
    if len(key) != _RECOVERY or any(each not in string.hexdigits for each in key):
        raise UserError(
            f"恢复码不对：应该是 {_RECOVERY} 个字符，只有数字和 a 到 f；现在是 {len(key)} 个。请照恢复单核对。"
        )
    return key


def show_recovery(key: str) -> str:
    """Show a raw key for people to copy: eight characters together."""
    return " ".join(key[at : at + 8] for at in range(0, len(key), 8))


def _classify(raw: Any, path: Path, key: str | None) -> Found:
    if raw.execute("PRAGMA application_id").fetchone()[0] != MARK:
        raise UserError(f"“{path.name}”不是专班台账的账套。请另选文件。")
    version, newest = migrations.version_of(raw), len(migrations.steps())
    if version > newest:
        row = raw.execute("SELECT value FROM meta WHERE key = 'min_reader'").fetchone()
        if row is None or int(row[0]) > newest:
            raise UserError(
                f"“{path.name}”是更新版的程序做的（账套第 {version} 版，本程序认得第 {newest} 版）。请安装新版程序再打开。"
            )
        return Found(key, version, read_only=True)
    return Found(key, version, read_only=False, hollow=hollow.is_hollow(raw))


def lift(path: Path, key: str | None) -> Path:
    """Copy an old file to a private place and bring the copy up to date, to be looked at only.

    Raises:
        UserError: There is no room for the copy, or it cannot be brought up to date.
    """
    folder = Path(tempfile.mkdtemp(prefix="ledger-desk-"))
    copy = folder / path.name
    try:
        source = driver.connect(connecting.reading_uri(path), uri=True, isolation_level=None)
        target = driver.connect(str(copy), isolation_level=None)
        try:
            connecting.set_key(source, key)
            connecting.set_key(target, key)
            source.backup(target)
        finally:
            source.close()
            target.close()
        engine = connecting.make_engine(copy, key, writer=True)
        try:
            raw = engine.raw_connection()
            try:
                migrations.migrate(raw.driver_connection)
            finally:
                raw.close()
            with engine.begin() as connection:
                derived.rebuild(connection)
        finally:
            engine.dispose()
    except (driver.Error, OSError) as error:
        drop(copy)
        raise UserError(
            f"“{path.name}”是旧版程序做的，只看方式要先在临时文件夹里升级一份，没有做成。请腾出磁盘空间再试。"
        ) from error
    return copy


def drop(copy: Path) -> None:
    """Take a lifted copy away."""
    shutil.rmtree(copy.parent, ignore_errors=True)
