"""What no kept backup needs any more is taken out of the libraries beside them."""

from __future__ import annotations

import contextlib
import glob
import time
from collections.abc import Sequence
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from ledger_desk.store import connecting, hollow, library

_DAY = 86_400  # seconds


def prune(store: Path, key: str | None, backups: Sequence[Path], going_on: Path) -> int:
    """Take out what none of the backups needs; gives how many attachments went.

    Nothing goes while a backup cannot be read, or while one is being made in the folder.

    Args:
        store: The library of these backups.
        key: Its key.
        backups: Every backup that is kept.
        going_on: The folder; unfinished copies in it are somebody's backup of this moment.
    """
    if not store.exists():
        return 0
    with (
        contextlib.suppress(driver.Error, OSError),
        library.opened(store, key, write=True) as raw,
    ):
        raw.execute("BEGIN IMMEDIATE")  # before looking: who adds now waits, and looks after us
        if _being_made(going_on):
            return 0
        needed: set[str] = set()
        lock = connecting.read_salt(store)
        for backup in backups:
            if connecting.read_salt(backup) == lock:
                with library.opened(backup, key) as held:
                    needed |= hollow.needed(held).keys()
        gone = [name for name in library.held_in(raw) if name not in needed]
        for name in gone:
            library.drop(raw, name)
        raw.execute("COMMIT")
        raw.execute("PRAGMA incremental_vacuum").fetchall()
        return len(gone)
    return 0


def drop_unused(folder: Path, stem: str, suffix: str, backups: Sequence[Path]) -> list[Path]:
    """Delete the libraries of earlier passwords that no kept backup was made under."""
    locks, gone = set(), []
    try:
        locks = {connecting.read_salt(backup) for backup in backups}
        if _being_made(folder):
            return []
        for file in folder.glob(f"*{library.WORD}*{glob.escape(suffix)}"):
            ours = file.name.startswith(f"{stem} {library.WORD}")
            if ours and connecting.read_salt(file) not in locks:
                file.unlink()
                gone.append(file)
    except OSError:  # the next time
        pass
    return gone


def _being_made(folder: Path) -> bool:
    """Whether there is an unfinished copy; what a killed program left long ago is cleared away."""
    fresh = False
    for part in folder.glob(".*.part"):
        if time.time() - part.stat().st_mtime < _DAY:
            fresh = True
        else:
            part.unlink()
    return fresh
