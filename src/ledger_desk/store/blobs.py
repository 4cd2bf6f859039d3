"""Bytes of attachments: each kept once by its SHA-256, outside the journal (`decisions.md` 6).

They are written in the transaction of the step that names them, and never taken out: undo and the
recycle bin may bring back whatever names them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.store.journal import Step
from ledger_desk.store.lineage import fetch
from ledger_desk.store.queries import Rows

_GONE = "附件“{}”的内容{}，打不开。请先做“体检”，再用备份还原。"
_APART = (
    "附件“{}”的内容还在备份的附件库里，没有放回来。"
    "请把名字里带“附件库”的文件放到账套旁边，再打开账套。"
)

_UNKEPT = (
    "SELECT count(*) FROM closing WHERE {0} IS NOT NULL AND {0} NOT IN (SELECT hash FROM blob)"
)

_BLANKS = (
    "SELECT count(*) FROM office_form WHERE removed = 0 AND blank NOT IN (SELECT hash FROM blob)"
)


def keep(step: Step, data: bytes) -> str:
    """Keep bytes in the transaction of a step; gives their SHA-256 as 64 hex digits."""
    name = hashlib.sha256(data).hexdigest()
    step.rows.connection.exec_driver_sql(
        "INSERT INTO blob (hash, size, data) VALUES (?,?,?) ON CONFLICT (hash) DO UPDATE"
        " SET data = excluded.data WHERE length(data) <> size",  # one that is in a library only
        (name, len(data), data),
    )
    return name


def read(rows: Rows, name: str, title: str = "") -> bytes:
    """Give the bytes of a hash.

    Args:
        rows: Where to look.
        name: The hash.
        title: What to call them in the sentence.

    Raises:
        UserError: They are not there, or are not what was put in.
    """
    sql = "SELECT data, size FROM blob WHERE hash = ?"
    found = rows.connection.exec_driver_sql(sql, (name,)).first()
    if found is None:
        raise UserError(_GONE.format(title or name[:8], "不在这本账里"))
    data = bytes(found[0])
    if not data and found[1]:
        raise UserError(_APART.format(title or name[:8]))
    if hashlib.sha256(data).hexdigest() != name:
        raise UserError(_GONE.format(title or name[:8], "已损坏"))
    return data


def totals(rows: Rows) -> tuple[int, int]:
    """Count what is kept: files and bytes."""
    count, size = fetch(rows.connection, "SELECT count(*), coalesce(sum(size), 0) FROM blob")[0]
    return int(count), int(size)


def check(connection: Connection) -> list[str]:
    """Look at every kept file, one after another; findings in Chinese, none when all is well."""
    bad = apart = 0
    for name in _names(connection):
        sql = "SELECT data, size FROM blob WHERE hash = ?"
        data, size = connection.exec_driver_sql(sql, (name,)).one()
        apart += not data and size > 0
        bad += bool(data) and hashlib.sha256(bytes(data)).hexdigest() != name
    sql = (
        "SELECT count(*) FROM attachment WHERE hash IS NOT NULL"
        " AND hash NOT IN (SELECT hash FROM blob)"
    )
    lost = int(connection.exec_driver_sql(sql).scalar() or 0)
    missing = sum(
        int(connection.exec_driver_sql(_UNKEPT.format(name)).scalar() or 0)
        for name in ("frozen", "xlsx", "pdf")
    )
    found = [f"有 {bad} 个附件的内容已损坏，和收进来时不一样。"] if bad else []
    if apart:
        found.append(f"有 {apart} 个附件的内容还在备份的附件库里，没有放回来。")
    found += [f"有 {lost} 个附件只有名字，内容不在这本账里。"] if lost else []
    found += [f"结账留底的文件少了 {missing} 份。"] if missing else []
    blanks = int(connection.exec_driver_sql(_BLANKS).scalar() or 0)
    return found + ([f"自有表样的空白表少了 {blanks} 份，请向来表单位重新要。"] if blanks else [])


def _names(connection: Connection) -> Iterable[str]:
    return [row[0] for row in fetch(connection, "SELECT hash FROM blob ORDER BY hash")]
