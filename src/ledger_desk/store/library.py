"""附件库: the bytes of attachments beside the backups, each once by its hash (`decisions.md` 6).

A library has the key of the ledger it was begun with: under another password another one begins,
its salt in the name, and backups under the old password keep theirs. What is added is committed in
batches, so an addition that was killed is gone on with; what is old is hashed again a part at a
time, and mended from the ledger where it was damaged.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ledger_desk import files
from ledger_desk.progress import Progress
from ledger_desk.store import connecting

WORD = "附件库"
BATCH = 32 * 1024 * 1024  # bytes in one transaction
RECHECKED = 64 * 1024 * 1024  # bytes hashed again at each backup, those first that waited longest
MARK = 0x4C44534C  # application_id: "LDSL"
_SCHEMA = (
    f"PRAGMA application_id = {MARK}",
    "CREATE TABLE IF NOT EXISTS blob"
    " (hash TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS checked"
    " (hash TEXT PRIMARY KEY NOT NULL, size INTEGER NOT NULL, turn INTEGER NOT NULL) WITHOUT ROWID",
)


class DamagedError(Exception):
    """The library gives back something else than was put in."""


def path_of(folder: Path, stem: str, suffix: str, key: str | None) -> Path:
    """Give the library that belongs to the backups of a ledger in a folder, under its present key."""
    salt = f" {key[64:72]}" if key else ""
    return folder / f"{stem} {WORD}{salt}{suffix}"


def beside(folders: Sequence[Path], backup: Path) -> list[Path]:
    """List libraries in some folders that have the same lock as a backup, the largest first."""
    found: dict[Path, int] = {}
    with contextlib.suppress(OSError):
        lock = connecting.read_salt(backup)
        for file in (each for folder in folders for each in folder.glob(f"*{WORD}*")):
            with contextlib.suppress(OSError):
                if file.is_file() and connecting.read_salt(file) == lock:
                    found[file.resolve()] = file.stat().st_size
    return sorted(found, key=lambda file: -found[file])


def add(
    ledger: Path, key: str | None, library: Path, wanted: Mapping[str, int], progress: Progress
) -> int:
    """Bring a library up to what a backup needs; gives how many attachments were added.

    What the ledger itself has lost or has damaged is left out: its own check tells of that.

    Args:
        ledger: Where the bytes are.
        key: Of both.
        library: Made where there is none; begun anew, the old one put aside, where it is damaged.
        wanted: Hash → size.
        progress: Told in kilobytes; may cancel, what was added by then stays.

    Raises:
        OSError, sqlcipher3.DatabaseError: Either cannot be read or written.
    """
    if not wanted and not library.exists():
        return 0
    source = driver.connect(connecting.reading_uri(ledger), uri=True, isolation_level=None)
    try:
        connecting.set_key(source, key)
        try:
            return _add(source, library, key, wanted, progress)
        except (DamagedError, driver.DatabaseError) as error:
            if not isinstance(error, DamagedError) and not _is_damage(error):
                raise
            _put_aside(library)
            return _add(source, library, key, wanted, progress)
    finally:
        source.close()


def _add(
    source: Any, library: Path, key: str | None, wanted: Mapping[str, int], progress: Progress
) -> int:
    with opened(library, key, write=True) as raw:
        for sql in _SCHEMA:
            raw.execute(sql)
        raw.execute(
            "BEGIN IMMEDIATE"
        )  # before looking: nobody takes out meanwhile, see `pruning.prune`
        turn = 1 + int(raw.execute("SELECT coalesce(max(turn), 0) FROM checked").fetchone()[0])
        there = held_in(raw)
        new = [name for name in wanted if name not in there]
        total = sum(wanted[name] for name in new)
        done = held = 0
        for name in new:
            progress(
                done // 1024, max(total // 1024, 1), f"备份附件 {done >> 20} / {total >> 20} MB"
            )
            held += _put(raw, source, name, turn)
            done += wanted[name]
            if held >= BATCH:
                raw.execute("COMMIT")
                raw.execute("BEGIN IMMEDIATE")
                held = 0
        raw.execute("COMMIT")
    with opened(library, key, write=True) as raw:  # anew: what is read now lies in the file
        there = held_in(raw)
        added = [name for name in new if name in there]
        for place, name in enumerate(added):
            progress(place, len(added), "核对附件")
            if read_whole(raw, name) is None:
                raise DamagedError
        _check_again(raw, source, frozenset(added), turn, progress)
    return len(added)


def _put(raw: Any, source: Any, name: str, turn: int) -> int:
    try:
        row = source.execute("SELECT data FROM blob WHERE hash = ?", (name,)).fetchone()
    except driver.DatabaseError as error:  # of the ledger: not to be taken for the library's
        raise connecting.explain(error, Path("账套")) from error
    data = bytes(row[0]) if row is not None else b""
    if hashlib.sha256(data).hexdigest() != name:
        return 0
    raw.execute("INSERT OR REPLACE INTO blob VALUES (?,?,?)", (name, len(data), data))
    raw.execute("INSERT OR REPLACE INTO checked VALUES (?,?,?)", (name, len(data), turn))
    return len(data)


def _check_again(
    raw: Any, source: Any, fresh: frozenset[str], turn: int, progress: Progress
) -> None:
    """Hash a part of what was there before; what is damaged is taken from the ledger once more."""
    left = RECHECKED
    sql = "SELECT hash, size FROM checked WHERE turn < ? ORDER BY turn, hash"
    for name, size in raw.execute(sql, (turn,)).fetchall():
        if left <= 0:
            break
        if name in fresh:
            continue
        progress(RECHECKED - left >> 10, RECHECKED >> 10, "核对附件")
        left -= size
        raw.execute("BEGIN IMMEDIATE")
        if read_whole(raw, name) is not None:
            raw.execute("UPDATE checked SET turn = ? WHERE hash = ?", (turn, name))
        elif not _put(raw, source, name, turn):  # nobody has it: gone, so that nobody counts on it
            drop(raw, name)
        raw.execute("COMMIT")


@contextmanager
def opened(path: Path, key: str | None, *, write: bool = False) -> Iterator[Any]:
    """Open a library or a backup, and close it."""
    uri = path.resolve().as_uri() if write else connecting.reading_uri(path)
    raw = driver.connect(uri, uri=True, isolation_level=None, timeout=60)
    try:
        connecting.set_key(raw, key)
        if write:
            raw.execute("PRAGMA auto_vacuum = INCREMENTAL")  # takes in a new file only
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("PRAGMA cache_size = -16384")
        yield raw
    finally:
        raw.close()


def read_whole(raw: Any, name: str) -> bytes | None:
    """Read bytes that are what their name says; None where they are not there or damaged."""
    try:
        row = raw.execute("SELECT data FROM blob WHERE hash = ?", (name,)).fetchone()
    except driver.DatabaseError:
        return None
    data = bytes(row[0]) if row is not None else b""
    return data if hashlib.sha256(data).hexdigest() == name else None


def held_in(raw: Any) -> set[str]:
    """Give the hashes that a library holds."""
    return {row[0] for row in raw.execute("SELECT hash FROM checked")}


def drop(raw: Any, name: str) -> None:
    """Take one out of a library."""
    raw.execute("DELETE FROM blob WHERE hash = ?", (name,))
    raw.execute("DELETE FROM checked WHERE hash = ?", (name,))


def _is_damage(error: driver.DatabaseError) -> bool:
    text = str(error)
    return any(word in text for word in ("malformed", "not a database", "encrypted", "no such"))


def _put_aside(library: Path) -> None:
    """Keep a damaged library under another name: a part of it may still be wanted."""
    aside = library.with_name(f"{library.stem}(损坏){library.suffix}")
    library.replace(files.free_name(aside))
    for tail in ("-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            library.with_name(library.name + tail).unlink()
