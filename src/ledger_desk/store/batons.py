"""Whose turn a replica id is (`decisions.md` 2): minted anew unless this very file went on here.

When a ledger is closed, its path, replica and head are put into this machine's own state: the
baton. The first write after opening takes the baton out and goes on under the same replica only if
replica and head are exactly the file's. A copy, a file moved to another machine, one restored from
a backup (also copied over the old file in place), or one whose program was killed finds no fitting
baton and mints a new id. A baton exists once, so no step identity is ever given out twice; to mint
too often does no harm.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from pathlib import Path

from ledger_desk import files, paths
from ledger_desk.errors import UserError


def _store() -> Path:
    return paths.state_dir() / "batons.json"


def _read() -> dict[str, dict[str, str]]:
    try:
        found = json.loads(_store().read_text(encoding="utf-8"))
    except (OSError, ValueError, UserError):
        return {}
    return found if isinstance(found, dict) else {}


def take(path: Path, replica: str, head: str) -> str:
    """Take the baton out and give the replica id under which the file may be written now."""
    batons = _read()
    baton = batons.pop(str(path.resolve()), None)
    if baton is not None:
        try:
            files.atomic_write(_store(), json.dumps(batons).encode())
        except UserError:
            return mint()  # a baton that cannot be taken out might be used twice
        if baton == {"replica": replica, "head": head}:
            return replica
    return mint()


def put(path: Path, replica: str, head: str) -> None:
    """Leave the baton for the next opening of this file on this machine."""
    batons = _read()
    batons[str(path.resolve())] = {"replica": replica, "head": head}
    with contextlib.suppress(UserError):
        files.atomic_write(_store(), json.dumps(batons).encode())


def mint() -> str:
    """Make a new replica id: random 128 bits as 32 hex digits."""
    return secrets.token_hex(16)
