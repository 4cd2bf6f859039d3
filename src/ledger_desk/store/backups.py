"""Backups: opened and checked before they count, thinned like a calendar.

A ledger without attachments is copied page by page, through the engine's own backup call. One with
attachments is copied without their bytes (`hollow`), which lie once in a library beside the backups
(`library`, 附件库): each backup adds to it only what it does not hold yet (`decisions.md` 6).
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.store import connecting, hollow, library, locking, opening, pruning, refilling

if TYPE_CHECKING:
    from ledger_desk.store.ledger import Ledger

_STAMP = "%Y-%m-%dT%H-%M-%S"
_PAGES = 2000  # copied between two reports of progress
_ALWAYS = 5
_LONGEST_STEM = 50  # characters; systems allow 255 bytes, a Chinese character takes three
_DAYS, _WEEKS, _MONTHS = 7, 4, 12


@dataclass(frozen=True)
class Backup:
    """One backup file: when it was made and why; newest first in lists."""

    path: Path
    at: datetime
    why: str
    size: int


@dataclass(frozen=True)
class Restored:
    """What a restoring left: the copy of what was there before, and attachments that were not found."""

    safety: Path | None
    lost: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say which attachments are missing and what brings them back; '' when none is."""
        if not self.lost:
            return ""
        named = "、".join(f"“{name}”" for name in self.lost[:5])
        more = " 等" if len(self.lost) > 5 else ""
        return (
            f"有 {len(self.lost)} 个附件没有还原：{named}{more}，备份旁边没有它们的附件库。"
            "其余都还原了；把名字里带“附件库”的文件放到备份文件夹里，再打开账套就会补上。"
        )


def folder_of(ledger: Path) -> Path:
    """Folder in which a ledger's backups are kept unless the person names another."""
    return ledger.with_name(f"{ledger.stem} 备份")


def _stem(path: Path) -> str:
    """Give what the names of a ledger's backups begin with, short enough for what is added."""
    return path.stem[:_LONGEST_STEM].rstrip()


def back_up(
    ledger: Ledger, folder: Path | None = None, *, why: str = "手工", progress: Progress = silent
) -> Path:
    """Back up an open ledger; gives the verified file.

    Raises:
        UserError: The folder cannot be written, the disk is full, or the copy does not verify;
            earlier backups stay as they are.
    """
    return back_up_file(ledger.path, ledger.key, folder, why=why, progress=progress)


def back_up_file(
    path: Path,
    key: str | None,
    folder: Path | None = None,
    *,
    why: str,
    progress: Progress = silent,
) -> Path:
    """Back up a ledger file, open or closed; see `back_up`."""
    folder = folder or folder_of(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"没有备份成：文件夹“{folder}”建不了。请换一个能写的文件夹或 U 盘。"
        ) from error
    name = f"{_stem(path)} {datetime.now().strftime(_STAMP)} {files.safe_name(why)}{path.suffix}"
    target = files.free_name(folder / name)
    temp = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if hollow.can_be_copied(path, key):
            hollow.copy(path, key, temp, progress)
            _same(path, temp, key)
            library.add(path, key, library_of(path, key, folder), _needed(temp, key), progress)
        else:
            _copy(path, key, temp, progress)
            _same(path, temp, key)
        with temp.open("rb+") as file:
            os.fsync(file.fileno())
        target = files.free_name(target)  # another program may have been quicker
        os.replace(temp, target)
    except driver.DatabaseError as error:
        raise UserError(f"没有备份成：{connecting.explain(error, target)}") from error
    except OSError as error:
        raise UserError(
            f"没有备份成：“{folder}”写不进去（{files.reason(error)}）。请换一个文件夹或 U 盘。"
        ) from error
    finally:
        for tail in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                temp.with_name(temp.name + tail).unlink()
    return target


def library_of(path: Path, key: str | None, folder: Path | None = None) -> Path:
    """Give the file beside a ledger's backups in which the bytes of its attachments lie."""
    return library.path_of(folder or folder_of(path), _stem(path), path.suffix, key)


def _needed(path: Path, key: str | None) -> dict[str, int]:
    raw = driver.connect(connecting.reading_uri(path), uri=True)
    try:
        connecting.set_key(raw, key)
        return hollow.needed(raw)
    finally:
        raw.close()


def _copy(path: Path, key: str | None, temp: Path, progress: Progress) -> None:
    source = driver.connect(connecting.reading_uri(path), uri=True)
    copy = driver.connect(str(temp))
    try:
        connecting.set_key(source, key)
        connecting.set_key(copy, key)

        def tell(status: int, remaining: int, total: int) -> None:
            progress(total - remaining, total, "备份")

        source.backup(copy, pages=_PAGES, progress=tell)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    finally:
        copy.close()
        source.close()


def verify(path: Path, key: str | None) -> tuple[int, str]:
    """Open a backup and check it whole; gives the number of its steps and its head.

    Raises:
        UserError: It cannot be opened or is damaged.
    """
    try:
        raw = driver.connect(connecting.reading_uri(path), uri=True)
        try:
            connecting.set_key(raw, key)
            if raw.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise UserError(f"备份“{path.name}”已损坏，不能用。请选别的备份。")
            if raw.execute("PRAGMA application_id").fetchone()[0] != opening.MARK:
                raise UserError(f"“{path.name}”不是专班台账的备份。请另选文件。")
            count = raw.execute("SELECT count(*) FROM step").fetchone()[0]
            head = raw.execute("SELECT hash FROM step ORDER BY id DESC LIMIT 1").fetchone()
        finally:
            raw.close()
    except driver.DatabaseError as error:
        raise UserError(
            f"备份“{path.name}”打不开：密码不对，或者已损坏。请核对密码，或选别的备份。"
        ) from error
    return int(count), str(head[0] if head else "")


def _same(path: Path, copy: Path, key: str | None) -> None:
    """Check the copy; a step made while copying may be in it or not, but nothing else may differ."""
    count, head = verify(copy, key)
    raw = driver.connect(connecting.reading_uri(path), uri=True)
    try:
        connecting.set_key(raw, key)
        found = raw.execute("SELECT hash FROM step WHERE id = ?", (count,)).fetchone()
    finally:
        raw.close()
    if found is None or found[0] != head:
        raise UserError("没有备份成：副本和账套核对不上。原来的备份都还在，请再试一次。")


def listing(path: Path, folder: Path | None = None) -> list[Backup]:
    """List the backups of a ledger, newest first."""
    found = []
    for file in (folder or folder_of(path)).glob(f"*{glob.escape(path.suffix)}"):
        rest = file.stem.removeprefix(_stem(path)).strip().split(" ", 1)
        try:
            at = datetime.strptime(rest[0], _STAMP)
        except ValueError:
            continue
        why = re.sub(r" \(\d+\)$", "", rest[1]) if len(rest) > 1 else ""  # a number: same second
        found.append(Backup(file, at, why, file.stat().st_size))
    return sorted(found, key=lambda b: (b.at, b.path.name), reverse=True)


def thin(path: Path, now: datetime | None = None, key: str | None = None) -> list[Path]:
    """Delete backups that the calendar no longer needs, and attachments that no backup needs then.

    All of today and yesterday stay, then one a day for a week, one a week for a month, one a month
    for a year. Returns what was deleted; what cannot be deleted stays for the next time.

    Args:
        path: The ledger.
        now: For tests.
        key: The ledger's; without it, the library of an encrypted one is left as it is.
    """
    now = now or datetime.now()
    kept: set[tuple[str, str]] = set()
    gone = []
    # Newest first: the newest of each day, week or month stays; a clock that jumped ahead makes all
    # of them old at once, so the very newest stay whatever the calendar says.
    for place, backup in enumerate(listing(path)):
        if place < _ALWAYS:
            continue
        age = (now.date() - backup.at.date()).days
        if age <= 1:
            continue
        if age <= _DAYS:
            slot = ("day", backup.at.strftime("%Y-%m-%d"))
        elif age <= _WEEKS * 7:
            slot = ("week", backup.at.strftime("%G-%V"))
        elif age <= _MONTHS * 31:
            slot = ("month", backup.at.strftime("%Y-%m"))
        else:
            slot = ("old", "")
        if slot in kept or slot[0] == "old":
            with contextlib.suppress(OSError):
                backup.path.unlink()
                gone.append(backup.path)
        kept.add(slot)
    if gone:
        folder, left = folder_of(path), [backup.path for backup in listing(path)]
        pruning.prune(library_of(path, key), key, left, folder)
        pruning.drop_unused(folder, _stem(path), path.suffix, left)
    return gone


def restore(
    path: Path,
    backup: Path,
    *,
    password: str | None = None,
    recovery_key: str | None = None,
    progress: Progress = silent,
) -> Restored:
    """Put a backup in the place of a closed ledger; the present file is backed up first.

    Attachments come back from the libraries beside the backup and beside the ledger's own backups;
    those that none has are told, and hinder nothing.

    Args:
        path: The ledger; it may be missing or damaged.
        backup: The backup file; it is opened and checked before anything happens.
        password: The backup's password, where it has one.
        recovery_key: Its raw key instead.
        progress: Told while copying.

    Raises:
        UserError: The backup is no good, or the ledger is open somewhere.
    """
    found = opening.inspect(backup, password, recovery_key)
    verify(backup, found.key)
    lock = locking.WriterLock(path)
    lock.take()
    try:
        safety = _set_aside(path, password, recovery_key)
        temp = path.with_name(f".{path.name}.restore")
        try:
            shutil.copyfile(backup, temp)
            verify(temp, found.key)
            folders = [backup.resolve().parent, folder_of(path)]
            lost = refilling.fill(temp, found.key, folders, progress) if found.hollow else []
            with temp.open("rb+") as file:
                os.fsync(file.fileno())
            for tail in ("-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    path.with_name(path.name + tail).unlink()
            os.replace(temp, path)
        except OSError as error:
            raise UserError(
                f"没有还原成：{files.reason(error)}。原来的账套没有动；请腾出磁盘空间再试。"
            ) from error
        except driver.DatabaseError as error:
            raise UserError(
                "没有还原成：磁盘满了，或者读写出错。原来的账套没有动；请腾出磁盘空间再试。"
            ) from error
        finally:
            for tail in ("", "-journal"):
                with contextlib.suppress(OSError):
                    temp.with_name(temp.name + tail).unlink()
        return Restored(safety, tuple(lost))
    finally:
        lock.release()


def _set_aside(path: Path, password: str | None, recovery_key: str | None) -> Path | None:
    """Keep what is there now: as a verified backup, or byte for byte where it is damaged."""
    if not path.exists():
        return None
    try:
        key = opening.inspect(path, password, recovery_key).key
        verify(path, key)
    except UserError:
        return _copy_damaged(path)
    return back_up_file(path, key, why="还原前")


def _copy_damaged(path: Path) -> Path:
    folder = folder_of(path)
    name = f"{_stem(path)} {datetime.now().strftime(_STAMP)} 还原前(损坏){path.suffix}"
    aside = files.free_name(folder / name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, aside)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise UserError(
            f"没有还原成：现在的账套没处留底（{files.reason(error)}）。它没有动；请腾出磁盘空间再试。"
        ) from error
    return aside
