"""What the pane says of a record: read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger_desk.model.dossier import Attachment, Memo
from ledger_desk.model.exchanging import Verdict
from ledger_desk.model.fields import FieldSpec, Record, fields_of
from ledger_desk.model.records import BY_TABLE, Enterprise
from ledger_desk.store import schema
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.store.reviewing import HistoryItem
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.records.showing import show
from ledger_desk.work.calling import call, firm_path, firms_of, own_title

_APART = (Attachment.TABLE, Memo.TABLE, Verdict.TABLE)  # have a place of their own, or none here
_NOT_GONE_TO = ("office", "bank", "person")  # registers: there is no page of one of them
MOST_CHILDREN = 5


@dataclass(frozen=True)
class Fact:
    """One field with a value; ``table`` and ``record`` where it leads to another record."""

    spec: FieldSpec
    text: str
    table: str = ""
    record: str = ""


@dataclass(frozen=True)
class Child:
    """One record that refers to this one."""

    id: str
    text: str


@dataclass(frozen=True)
class Children:
    """Records of a class that refer to this one by ``field``: the last few, and how many."""

    cls: type[Record]
    field: str
    count: int
    last: tuple[Child, ...]


@dataclass(frozen=True)
class Details:
    """All of it.

    Attributes:
        record: The record.
        title: What it is called.
        firm: Id of its firm; '' for none.
        facts: Its fields that have a value.
        missing: Labels of required fields without one.
        children: What refers to it.
        history: Its changes, newest first.
    """

    record: Record
    title: str
    firm: str
    facts: tuple[Fact, ...]
    missing: tuple[str, ...]
    children: tuple[Children, ...]
    history: Sequence[HistoryItem]


def read_details(ledger: Ledger, book: Book, record: str) -> Details | None:
    """Read what the pane says; None when there is no such record any more."""
    with ledger.read() as rows:
        found = rows.get(book.cls, record)
        if found is None:
            return None
        title = call(rows, found)
        firms: Mapping[str, str] = firms_of(rows, book.cls, [found])
        children = tuple(_children(rows, book, record))
    facts = []
    missing = []
    for spec in fields_of(book.cls):
        value = getattr(found, spec.name)
        if spec.name in book.folded:
            continue
        if value is None or value == "":
            if spec.required:
                missing.append(spec.label)
            continue
        goes = spec.ref if spec.ref and spec.ref not in _NOT_GONE_TO else ""
        text = show(ledger, spec, value)
        facts.append(Fact(spec, text, goes, value if goes else ""))
    return Details(
        found, title, firms.get(record, ""), tuple(facts), tuple(missing), children,
        ledger.history(record),
    )  # fmt: skip


def _children(rows: Rows, book: Book, record: str) -> list[Children]:
    found = []
    wanted = book.children
    for table, field in schema.references().get(book.cls.TABLE, ()):
        if table in _APART or (wanted is not None and table not in wanted):
            continue
        cls = BY_TABLE[table]
        day = next((s.name for s in fields_of(cls) if s.kind.name == "day"), "")
        query = Query(cls, (Where(field, "=", record),), sort=((day, True),) if day else ())
        count = rows.count(query)
        if count or wanted is not None:
            some = rows.page(query, 0, MOST_CHILDREN)
            names = _firm_names(rows, book, some)
            last = [Child(each.id, _line(each, day, names.get(each.id, ""))) for each in some]
            found.append(Children(cls, field, count, tuple(last)))
    if wanted is not None:
        found.sort(key=lambda each: wanted.index(each.cls.TABLE))
    return found


def _firm_names(rows: Rows, book: Book, records: Sequence[Record]) -> Mapping[str, str]:
    """Names of the firms of records that hang on something that is no firm's: a park, an activity."""
    if book.cls is Enterprise or firm_path(book.cls) or not records:
        return {}
    firms = firms_of(rows, type(records[0]), records)
    titles = rows.titles("enterprise", sorted(set(firms.values())))
    return {record: titles[firm] for record, firm in firms.items() if firm in titles}


def _line(record: Record, day: str, firm: str = "") -> str:
    """One line: the day, then what it says of itself."""
    specs = {spec.name: spec for spec in fields_of(type(record))}
    at = getattr(record, day) if day else None
    said = own_title(record) if day != record.TITLE else ""
    parts = [firm, at.isoformat() if at else "", said]
    for name in ("state", "kind", "result", "amount"):
        value = getattr(record, name, None)
        if value and name in specs and name != record.TITLE:
            unit = " 万元" if specs[name].kind.name == "money" else ""
            parts.append(specs[name].kind.show(value) + unit)
    return "　".join(part for part in parts if part) or record.title
