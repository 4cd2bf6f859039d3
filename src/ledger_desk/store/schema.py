"""Tables: derived from the record declarations, plus the journal's own.

The literal migration steps must give exactly these tables; a test compares both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import BY_TABLE, RECORDS
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.worked.effective import FACTS_INDEXED

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
    "visit": ("day", "next_on", "amount"),
    "visit_task": ("due_on",),
    "application": ("no", "state", "applied_on"),
    "referral": ("pushed_on",),
    "renewal": ("due_on",),
    "ticket": ("no", "state", "collected_on"),
    "rectification": ("state",),
    "activity": ("day",),
}
_SPARSE = ("regno", "internal_no", "next_on")
# Tables of very many rows whose links are mostly empty: only what is linked is indexed.
_SPARSE_LINKS = ("visit", "visit_task")
# The same valid code means the same firm; removed records leave the index (`decisions.md` 1).
_UNIQUE = {"enterprise": ("code",)}


# What the lists of a million visits need besides: name → what is indexed, of which rows.
_BESIDES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "visit": {
        # The last visit of a firm, and whether one came after a promise to come again.
        "visit_enterprise": ("enterprise, day, id, next_on, removed", "enterprise IS NOT NULL"),
        "visit_need": ("has_need, day", "removed = 0"),
        "visit_five": (f"{', '.join(CRITERIA)}, day", "removed = 0 AND lawful IS NOT NULL"),
        "visit_facts": (f"{FACTS_INDEXED}, day", "removed = 0"),  # how many visits count
        "visit_kind": ("kind, day", "removed = 0"),
    },
    "visit_task": {"visit_task_open": ("due_on", "removed = 0 AND done_on IS NULL")},
}


def _record_table(cls: type[Record], metadata: MetaData) -> Table:
    columns: list[Column[object]] = [
        Column("id", Text, primary_key=True, nullable=False),
        Column("removed", Integer, nullable=False, server_default=text("0")),
    ]
    indexes: list[Index] = []
    live = text("removed = 0")
    besides = _BESIDES.get(cls.TABLE, {})
    for spec in fields_of(cls):
        type_ = Integer if spec.kind.storage == "INTEGER" else Text
        if spec.ref:
            link = ForeignKey(f"{spec.ref}.id", deferrable=True, initially="DEFERRED")
            columns.append(Column(spec.name, type_, link))
            some = text(f"{spec.name} IS NOT NULL") if cls.TABLE in _SPARSE_LINKS else None
            if f"{cls.TABLE}_{spec.name}" not in besides:
                indexes.append(Index(f"{cls.TABLE}_{spec.name}", spec.name, sqlite_where=some))
        else:
            columns.append(Column(spec.name, type_))
    for name in _INDEXED.get(cls.TABLE, ()):
        # Lists show live records only; keys that most rows lack are indexed where they stand.
        scope = text(f"removed = 0 AND {name} IS NOT NULL") if name in _SPARSE else live
        indexes.append(Index(f"{cls.TABLE}_{name}", name, sqlite_where=scope))
    for name in _UNIQUE.get(cls.TABLE, ()):
        indexes.append(Index(f"{cls.TABLE}_{name}", name, unique=True, sqlite_where=live))
    for name, (what, rows) in besides.items():
        indexes.append(Index(name, text(what), sqlite_where=text(rows)))
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


@cache
def table(name: str) -> Table:
    """Give one table by its name, for queries: its columns, without indexes and keys.

    One table is made in a hundredth of the time of all of them, and most questions ask few.
    """
    cls = BY_TABLE.get(name)
    if cls is None:
        return metadata().tables[name]
    columns: list[Column[object]] = [
        Column("id", Text, primary_key=True), Column("removed", Integer),
    ]  # fmt: skip
    for spec in fields_of(cls):
        columns.append(Column(spec.name, Integer if spec.kind.storage == "INTEGER" else Text))
    return Table(name, MetaData(), *columns)


@lru_cache(maxsize=1)
def references() -> dict[str, tuple[tuple[str, str], ...]]:
    """For each table: the (table, field) pairs whose references point to it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for cls in RECORDS:
        for spec in fields_of(cls):
            if spec.ref:
                found.setdefault(spec.ref, []).append((cls.TABLE, spec.name))
    return {name: tuple(pairs) for name, pairs in found.items()}
