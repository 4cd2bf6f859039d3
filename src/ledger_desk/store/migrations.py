"""Literal steps from one version of the file to the next; never edited (`decisions.md` 9).

To change the schema: add ``steps/NNN.sql`` (statements end with ``;`` at a line's end), nothing
else. The step runs in one transaction with its version stamp, after a verified backup.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

_STEPS = Path(__file__).with_name("steps")
MIN_READER = 1  # the oldest schema version whose program may still read (not write) today's file


@lru_cache(maxsize=1)
def steps() -> tuple[str, ...]:
    """SQL texts of all steps in order; the newest version is their number."""
    return tuple(
        path.read_text(encoding="utf-8") for path in sorted(_STEPS.glob("[0-9][0-9][0-9].sql"))
    )


def statements(sql: str) -> list[str]:
    """Cut one step into single statements; comment lines are dropped."""
    lines = [line for line in sql.splitlines() if not line.lstrip().startswith("--")]
    return [part.strip() for part in "\n".join(lines).split(";\n") if part.strip(" \n;")]


def version_of(raw: Any) -> int:
    """Read the file's version through a driver connection."""
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def migrate(raw: Any, texts: tuple[str, ...] | None = None) -> None:
    """Bring a file to the newest version in one transaction; on any failure nothing has changed.

    Args:
        raw: The writer's driver connection, outside a transaction.
        texts: The steps; other than the shipped ones only in tests of this mechanism.
    """
    texts = steps() if texts is None else texts
    current = version_of(raw)
    raw.execute("BEGIN IMMEDIATE")
    try:
        for number, sql in enumerate(texts[current:], start=current + 1):
            for statement in statements(sql + "\n"):
                raw.execute(statement)
            raw.execute(f"PRAGMA user_version = {number}")
        if current:
            raw.execute("UPDATE meta SET value = ? WHERE key = 'min_reader'", (str(MIN_READER),))
    except BaseException:
        raw.execute("ROLLBACK")
        raise
    raw.execute("COMMIT")
