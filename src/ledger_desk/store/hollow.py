"""Copies of a ledger without the bytes of its attachments; where those are is in table ``hollow``.

A hollow copy has every row of every table as the ledger has it; only ``blob.data`` is empty. Table
``hollow`` names each of those, so that a file tells of itself what it still needs: `refilling.fill`
puts the bytes back and takes the names out, and the table goes with the last of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress
from ledger_desk.store import connecting

TABLE = "hollow"
_OPERATIONS = 20_000  # of the engine between two reports: some milliseconds
_WHOLE = ("table", "index")


def attach_key(key: str | None) -> str:
    """Give the KEY clause of an ATTACH; an empty one says plain, none would take the main file's."""
    return f"KEY \"x'{key}'\"" if key else "KEY ''"


def is_hollow(raw: Any) -> bool:
    """Tell whether bytes of attachments are still to be put back into a file."""
    sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
    return raw.execute(sql, (TABLE,)).fetchone() is not None


def needed(raw: Any) -> dict[str, int]:
    """Give what a file still needs: hash → size in bytes."""
    return dict(raw.execute(f"SELECT hash, size FROM {TABLE}").fetchall()) if is_hollow(raw) else {}


def can_be_copied(path: Path, key: str | None) -> bool:
    """Tell whether a ledger has attachments, and nothing that only a copy page by page takes along."""
    raw = driver.connect(connecting.reading_uri(path), uri=True)
    try:
        connecting.set_key(raw, key)
        things = raw.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
        if ("table", "blob") not in [thing[:2] for thing in things]:
            return False
        odd = [t for t, _, sql in things if t not in _WHOLE or "VIRTUAL" in str(sql).upper()[:30]]
        return not odd and raw.execute("SELECT 1 FROM blob LIMIT 1").fetchone() is not None
    finally:
        raw.close()


def copy(path: Path, key: str | None, target: Path, progress: Progress) -> None:
    """Write a hollow copy of a ledger, which may be open and written meanwhile, to a new file.

    Tables are copied in the engine's own fast way: records as they lie, indexes with them.

    Raises:
        UserError: The copy does not have as many rows.
        sqlcipher3.DatabaseError: It cannot be read or written.
    """
    raw = driver.connect(target.resolve().as_uri(), uri=True, isolation_level=None)
    stopped: list[BaseException] = []
    try:
        connecting.set_key(raw, key)
        raw.execute("PRAGMA foreign_keys = OFF")  # the fast way is closed where links are checked
        raw.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away
        raw.execute("PRAGMA synchronous = OFF")  # whoever asked for it flushes it
        raw.execute(f"ATTACH DATABASE ? AS old {attach_key(key)}", (connecting.reading_uri(path),))
        raw.execute("BEGIN")
        total = _weight(raw)

        def tell() -> int:
            try:
                progress(min(target.stat().st_size, total), total, "备份")
            except BaseException as error:  # noqa: BLE001 - the engine would swallow it
                stopped.append(error)
            return bool(stopped)

        raw.set_progress_handler(tell, _OPERATIONS)
        tables = _make_tables(raw)
        for table in tables:
            what = "hash, size, x''" if table == "blob" else "*"
            raw.execute(f'INSERT INTO main."{table}" SELECT {what} FROM old."{table}"')
        raw.execute(
            f"CREATE TABLE main.{TABLE} (hash TEXT PRIMARY KEY, size INTEGER) WITHOUT ROWID"
        )
        raw.execute(f"INSERT INTO main.{TABLE} SELECT hash, size FROM old.blob WHERE size > 0")
        for table in tables:
            counts = {_count(raw, schema, table) for schema in ("main", "old")}
            if len(counts) > 1:
                raise UserError("没有备份成：副本和账套核对不上。原来的备份都还在，请再试一次。")
        raw.execute("COMMIT")
    except driver.Error:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        raw.close()


def _weight(raw: Any) -> int:
    """About how many bytes the copy will have: those of the ledger without its attachments."""
    pages = raw.execute("PRAGMA old.page_count").fetchone()[0]
    size = raw.execute("PRAGMA old.page_size").fetchone()[0]
    held = raw.execute("SELECT coalesce(sum(size), 0) FROM old.blob").fetchone()[0]
    return max(1, int(pages) * int(size) - int(held))


def _make_tables(raw: Any) -> list[str]:
    """Make the same tables and indexes, and give the names of the tables."""
    for name in ("user_version", "application_id"):
        value = int(raw.execute(f"PRAGMA old.{name}").fetchone()[0])
        raw.execute(f"PRAGMA main.{name} = {value}")
    things = raw.execute(
        "SELECT type, name, sql FROM old.sqlite_schema WHERE sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> ? ORDER BY rowid",
        (TABLE,),
    ).fetchall()
    for _, _, sql in sorted(things, key=lambda thing: thing[0] == "index"):
        raw.execute(sql)
    return [name for kind, name, _ in things if kind == "table"]


def _count(raw: Any, schema: str, table: str) -> int:
    return int(raw.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchone()[0])
