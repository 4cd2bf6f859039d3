"""Tables: derived from the record declarations, plus the journal's own.

The literal migration steps must give exactly these tables; a test compares both.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import RECORDS

# Columns besides references that lists sort or look up by; each costs a little at every import.
_INDEXED = {
    "enterprise": ("name", "township", "founded", "capital", "regno", "internal_no"),
    "matching": ("day",),
    "credit": ("decided_on",),
    "drawdown": ("day",),
    "repayment": ("day",),
    "figure": ("indicator",),
    "setting": ("name",),
    "calendar_day": ("day",),
    "dispatch": ("day",),
    "tagging": ("tag",),
    "attachment": ("on_record", "hash"),
    "memo": ("on_record",),
    "term": ("dictionary",),
}
_SPARSE = ("regno", "internal_no")
# The same valid code means the same firm; removed records leave the index (`decisions.md` 1).
_UNIQUE = {"enterprise": ("code",)}


def _record_table(cls: type[Record], metadata: MetaData) -> Table:
    columns: list[Column[object]] = [
        Column("id", Text, primary_key=True, nullable=False),
        Column("removed", Integer, nullable=False, server_default=text("0")),
    ]
    indexes: list[Index] = []
    live = text("removed = 0")
    for spec in fields_of(cls):
        type_ = Integer if spec.kind.storage == "INTEGER" else Text
        if spec.ref:
            link = ForeignKey(f"{spec.ref}.id", deferrable=True, initially="DEFERRED")
            columns.append(Column(spec.name, type_, link))
            indexes.append(Index(f"{cls.TABLE}_{spec.name}", spec.name))
        else:
            columns.append(Column(spec.name, type_))
    for name in _INDEXED.get(cls.TABLE, ()):
        # Lists show live records only; keys that most rows lack are indexed where they stand.
        scope = text(f"removed = 0 AND {name} IS NOT NULL") if name in _SPARSE else live
        indexes.append(Index(f"{cls.TABLE}_{name}", name, sqlite_where=scope))
    for name in _UNIQUE.get(cls.TABLE, ()):
        indexes.append(Index(f"{cls.TABLE}_{name}", name, unique=True, sqlite_where=live))
    return Table(cls.TABLE, metadata, *columns, *indexes)


def _journal_tables(metadata: MetaData) -> None:
    Table(
        "step", metadata,
        Column("id", Integer, primary_key=True, nullable=False),
        Column("replica", Text, nullable=False),
        Column("n", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("person", Text),
        Column("at", Text, nullable=False),
        Column("undoes", Integer),
        Column("first", Integer, nullable=False),
        Column("count", Integer, nullable=False),
        Column("digest", Text, nullable=False),
        Column("hash", Text, nullable=False),
        Index("step_identity", "replica", "n", unique=True),
    )  # fmt: skip
    Table(
        "change", metadata,
        Column("id", Integer, primary_key=True, nullable=False),
        Column("step", Integer, nullable=False),
        Column("record_table", Text, nullable=False),
        Column("record", Text, nullable=False),
        Column("before", Text),
        Column("after", Text),
        Column("parents", Text),
        Column("owners", Text),
        Index("change_record", "record"),
    )  # fmt: skip


@lru_cache(maxsize=1)
def metadata() -> MetaData:
    """All tables of the newest schema; indexes and keys included."""
    found = MetaData()
    Table(
        "meta", found, Column("key", Text, primary_key=True, nullable=False), Column("value", Text)
    )
    _journal_tables(found)
    for cls in RECORDS:
        _record_table(cls, found)
    # The bytes of attachments, each once by its SHA-256, outside the journal (`decisions.md` 6).
    Table(
        "blob", found,
        Column("hash", Text, primary_key=True, nullable=False),
        Column("size", Integer, nullable=False),
        Column("data", LargeBinary, nullable=False),
    )  # fmt: skip
    Table(
        "enterprise_index", found,
        Column("id", Text, primary_key=True, nullable=False),
        Column("text", Text, nullable=False),
        Column("size", Text, nullable=False),
        Column("complete", Integer, nullable=False),
        Column("finger", Text, nullable=False),
        Column("contact", Text, nullable=False),
        Column("prior", Text, nullable=False),
        Column("lenders", Integer, nullable=False),
        # Only what stands for something is looked up; most firms of a bare list have no contact.
        Index("enterprise_index_finger", "finger", sqlite_where=text("finger <> ''")),
        Index("enterprise_index_contact", "contact", sqlite_where=text("contact <> ''")),
    )  # fmt: skip
    return found


def table(name: str) -> Table:
    """Give one table by its name."""
    return metadata().tables[name]


@lru_cache(maxsize=1)
def references() -> dict[str, tuple[tuple[str, str], ...]]:
    """For each table: the (table, field) pairs whose references point to it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for cls in RECORDS:
        for spec in fields_of(cls):
            if spec.ref:
                found.setdefault(spec.ref, []).append((cls.TABLE, spec.name))
    return {name: tuple(pairs) for name, pairs in found.items()}
