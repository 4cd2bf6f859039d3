"""Bytes of attachments put back from libraries into a file that has only their names (`hollow`)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger_desk.progress import Progress, silent
from ledger_desk.store import hollow, library


def lacking(
    backup: Path, key: str | None, folders: Sequence[Path], progress: Progress = silent
) -> list[str]:
    """Give the names of a backup's attachments that no library has whole; reads every byte.

    Raises:
        sqlcipher3.DatabaseError: The backup cannot be read.
    """
    with library.opened(backup, key) as raw:
        lost, wanted = [], hollow.needed(raw)
        with _libraries(folders, backup, key) as libraries:
            for place, name in enumerate(wanted):
                progress(place, len(wanted), "核对附件")
                if _find(libraries, name) is None:
                    lost.append(name)
        return _titles(raw, lost)


def fill(
    path: Path, key: str | None, folders: Sequence[Path], progress: Progress = silent
) -> list[str]:
    """Put the bytes back into a hollow file; gives the names of attachments that none has.

    Those stay named in the file, so that they are looked for again when it is next opened.

    Raises:
        OSError, sqlcipher3.DatabaseError: It cannot be written; kept is what was put back by then.
    """
    with library.opened(path, key, write=True) as raw:
        lost, wanted = [], hollow.needed(raw)
        total, done, held = sum(wanted.values()), 0, 0
        with _libraries(folders, path, key) as libraries:
            raw.execute("BEGIN IMMEDIATE")
            for name, size in wanted.items():
                progress(
                    done >> 10, max(total >> 10, 1), f"放回附件 {done >> 20} / {total >> 20} MB"
                )
                done += size
                data = _find(libraries, name)
                if data is None:
                    lost.append(name)
                    continue
                raw.execute("UPDATE blob SET data = ? WHERE hash = ?", (data, name))
                raw.execute(f"DELETE FROM {hollow.TABLE} WHERE hash = ?", (name,))
                held += size
                if held >= library.BATCH:
                    raw.execute("COMMIT")
                    raw.execute("BEGIN IMMEDIATE")
                    held = 0
            if not lost and hollow.is_hollow(raw):
                raw.execute(f"DROP TABLE {hollow.TABLE}")
            raw.execute("COMMIT")
        return _titles(raw, lost)


@contextmanager
def _libraries(folders: Sequence[Path], path: Path, key: str | None) -> Iterator[list[Any]]:
    with contextlib.ExitStack() as stack:
        found = []
        for file in library.beside(folders, path):
            if file != path.resolve():
                with contextlib.suppress(Exception):  # one that cannot be opened is not there
                    found.append(stack.enter_context(library.opened(file, key)))
        yield found


def _find(libraries: Sequence[Any], name: str) -> bytes | None:
    for raw in libraries:
        data = library.read_whole(raw, name)
        if data is not None:
            return data
    return None


def _titles(raw: Any, lost: Sequence[str]) -> list[str]:
    found = []
    for name in lost:
        sql = "SELECT name FROM attachment WHERE hash = ? ORDER BY removed, id LIMIT 1"
        row = raw.execute(sql, (name,)).fetchone()
        found.append(str(row[0]) if row is not None and row[0] else name[:8])
    return found
