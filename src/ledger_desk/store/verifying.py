"""Checking the journal: the chain, the identities, and that the rows are what the journal says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.model.records import BY_TABLE, RECORDS
from ledger_desk.progress import Progress, silent
from ledger_desk.store import chain, rowing
from ledger_desk.store.lineage import COLUMNS, fetch, to_change

_MOST = 20  # findings told; the rest is counted


def verify_chain(
    connection: Connection, head: str | None = None, progress: Progress = silent
) -> list[str]:
    """Recompute every digest and hash.

    Args:
        connection: A reader's.
        head: A head printed on a signed page or receipt (may be shortened to its first digits);
            it must be the hash of some step of this ledger, else the tail was cut off or rewritten.
        progress: Told after each step.

    Returns:
        Chinese findings; empty when all is well.
    """
    findings: list[str] = []
    previous, expected, seen = chain.START, 1, set()
    steps = connection.exec_driver_sql(
        "SELECT id, replica, n, name, kind, person, at, undoes, first, count, digest, hash FROM step ORDER BY id"
    ).all()
    for position, row in enumerate(steps, start=1):
        progress(position, len(steps), "核对修改记录")
        number, first, count = row[0], row[8], row[9]
        if number != position:
            findings.append(f"第 {position} 步不见了或编号被改过。")
            break
        if first != expected:
            findings.append(f"第 {number} 步的变更起点对不上，前面有变更多出或缺少。")
        digest = chain.Digest()
        stray = False
        for some in _changes(connection, expected, count):
            digest.add([tuple(change[2:]) for change in some])
            stray = stray or any(change[1] != number for change in some)
        expected += digest.count
        header = (*row[1:8], count)
        if stray or digest.count != count or digest.finish(header) != row[10]:
            findings.append(f"第 {number} 步“{row[3]}”的内容被改过，和它的摘要不符。")
        if chain.link(previous, row[10]) != row[11]:
            findings.append(f"第 {number} 步“{row[3]}”和前一步接不上，顺序或内容被动过。")
        previous = row[11]
        seen.add(previous)
    extra = connection.exec_driver_sql(
        "SELECT count(*) FROM change WHERE id >= ? OR id < 1", (expected,)
    ).scalar()
    if extra:
        findings.append(f"修改记录后面多出 {extra} 条不属于任何一步的变更。")
    if head and not any(h.startswith(head.lower()) for h in seen):
        findings.append(f"找不到链头 {head[:16]}：印出它之后，账尾被截断或改写过。")
    return findings


def _changes(connection: Connection, first: int, count: int) -> Iterator[list[tuple[Any, ...]]]:
    done, size = 0, 5000
    while done < count:
        some = connection.exec_driver_sql(
            f"SELECT {COLUMNS} FROM change WHERE id >= ? AND id < ? ORDER BY id",
            (first + done, first + min(done + size, count)),
        ).all()
        if not some:
            return
        yield [tuple(row) for row in some]
        done += size


def verify_file(connection: Connection) -> list[str]:
    """Let the engine check its pages and indexes, and that no link points to nothing."""
    sound = fetch(connection, "PRAGMA integrity_check")
    findings = [] if sound == [("ok",)] else [f"文件损坏：{row[0]}" for row in sound[:5]]
    broken = fetch(connection, "PRAGMA foreign_key_check")
    if broken:
        findings.append(f"有 {len(broken)} 条记录指向不存在的记录。")
    return findings


def verify_meta(connection: Connection) -> list[str]:
    """Check the seal over the ledger's own particulars."""
    meta = {k: v for k, v in connection.exec_driver_sql("SELECT key, value FROM meta")}
    if meta.get("seal") != chain.seal(meta):
        return ["账套的基本信息（单位、编号、副本号）被改过。"]
    return []


def verify_rows(connection: Connection, progress: Progress = silent) -> list[str]:
    """Replay the journal and compare with every row: what is in the tables must be what was written.

    Memory: the replayed ledger, about 1 KB a record.
    """
    state: dict[str, dict[str, dict[str, object]]] = {cls.TABLE: {} for cls in RECORDS}
    total = int(connection.exec_driver_sql("SELECT count(*) FROM change").scalar() or 0)
    rows = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM change ORDER BY id")
    try:
        for done, row in enumerate(rows.yield_per(5000)):
            if done % 5000 == 0:
                progress(done, total, "重放修改记录")
            change = to_change(row)
            records = state[change.table]
            if change.after is None:
                records.pop(change.record, None)
            elif change.before is None:
                records[change.record] = dict(change.after)
            else:
                records[change.record].update(change.after)
    except (KeyError, TypeError, ValueError, UserError):
        return ["修改记录里有读不懂的变更，无法和数据逐行核对。"]
    findings = []
    for table, records in state.items():
        findings += _compare(connection, table, records)
    return findings[:_MOST] + (
        [f"另有 {len(findings) - _MOST} 处。"] if len(findings) > _MOST else []
    )


def _compare(
    connection: Connection, table: str, records: dict[str, dict[str, object]]
) -> list[str]:
    cls, findings = BY_TABLE[table], []
    names = rowing.columns(cls)
    for row in connection.exec_driver_sql(f"SELECT {','.join(names)} FROM {table}"):
        values = {n: v for n, v in zip(names[2:], row[2:], strict=True) if v is not None}
        told = {n: v for n, v in (records.pop(row[0], None) or {"": ""}).items() if v is not None}
        removed = told.pop("removed", 0)
        if told != values or removed != row[1]:
            wrong = sorted(k for k in {*told, *values} if told.get(k) != values.get(k))
            findings.append(
                f"{cls.LABEL} {str(row[0])[:8]}… 的数据和修改记录不符（{'、'.join(filter(None, wrong)) or '整条'}）。"
            )
    if records:
        findings.append(f"{cls.LABEL}少了 {len(records)} 条，修改记录里有而数据里没有。")
    return findings


def verify(
    connection: Connection, head: str | None = None, progress: Progress = silent
) -> list[str]:
    """Everything above in one go: file, chain, particulars, rows."""
    progress(0, 4, "检查文件")
    findings = verify_file(connection)
    findings += verify_chain(connection, head, progress)
    findings += verify_meta(connection)
    return findings + verify_rows(connection, progress)
