"""The hash chain over the journal: finds accidents and careless edits (`decisions.md` 5).

A step's digest covers everything that the step says and all its changes; its hash covers the digest
and the hash before it. The newest hash is the head, printed on signed pages, receipts and backups:
with it even a cut-off tail is found. It does not stop a forger who knows the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import Any

START = "0" * 64
_NONE = "\x00"
_CELL, _ROW = "\x1f", "\x1e"


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return _NONE if value is None else f"\x01{value!r}"  # only damage puts anything else there


class Digest:
    """Digest of one step, fed change by change in the order of the journal."""

    def __init__(self) -> None:
        """Start with no change."""
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, changes: Iterable[Sequence[str | None]]) -> None:
        """Feed changes: (record_table, record, before, after, parents, owners)."""
        update = self._hash.update
        for change in changes:
            update(_CELL.join(map(_text, change)).encode() + b"\x1e")
            self.count += 1

    def add_new(self, table: str, records: Sequence[str], afters: Sequence[bytes]) -> None:
        """Feed creations of one table at once: what `add` makes of (table, record, None, after, None, None).

        ``afters`` are in UTF-8.
        """
        head, middle = f"{table}{_CELL}".encode(), f"{_CELL}{_NONE}{_CELL}".encode()
        tail = f"{_CELL}{_NONE}{_CELL}{_NONE}{_ROW}".encode()
        count = len(records)
        rows = zip(repeat(head, count), map(str.encode, records), repeat(middle, count), afters,
                   repeat(tail, count), strict=True)  # fmt: skip
        self._hash.update(b"".join(chain.from_iterable(rows)))
        self.count += count

    def finish(self, header: Sequence[Any]) -> str:
        """Close with the step's own words: (replica, n, name, kind, person, at, undoes, count)."""
        text = _CELL.join(_NONE if h is None else str(h) for h in header)
        self._hash.update(_ROW.encode() + text.encode())
        return self._hash.hexdigest()


def link(previous: str, digest: str) -> str:
    """Hash of a step from the hash before it and its own digest."""
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()


def seal(meta: dict[str, str | None]) -> str:
    """Digest of the ledger's own particulars, so that they cannot change unseen either."""
    rows = [
        f"{k}{_CELL}{_NONE if v is None else v}" for k, v in sorted(meta.items()) if k != "seal"
    ]
    return hashlib.sha256(_ROW.join(rows).encode()).hexdigest()
