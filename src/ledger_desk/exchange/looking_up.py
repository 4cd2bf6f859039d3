"""Records found by many values at once: never one question to the ledger for each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ledger_desk.exchange import tokens
from ledger_desk.exchange.field_words import parent_of
from ledger_desk.exchange.names import name_key, spellings
from ledger_desk.exchange.parsing import Odd, Special
from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.queries import Query, Rows, Where

R = TypeVar("R", bound=Record)
_AT_ONCE = 500
_ID = re.compile(r"[0-9a-f]{32}")
# Other names by which a record may be called in a cell.
_ALSO_CALLED = {"bank": ("short",), "office": ("short",), "enterprise": ("code", "regno")}


def _also_called(cls: type[Record]) -> tuple[str, ...]:
    """Fields besides the name: those of a list, and a number that records are titled by (申报2026-0001)."""
    title = field_map(cls).get(cls.TITLE)
    own = (cls.TITLE,) if title is not None and title.identity and cls.TITLE != "name" else ()
    return _ALSO_CALLED.get(cls.TABLE, own)


def by_value(rows: Rows, cls: type[R], field: str, values: Iterable[Any]) -> dict[Any, list[R]]:
    """Find live records whose field is one of ``values``; by value."""
    wanted = list(dict.fromkeys(v for v in values if v is not None))
    found: dict[Any, list[R]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = tuple(wanted[start : start + _AT_ONCE])
        for record in rows.find(Query(cls, (Where(field, "in", some),))):
            found.setdefault(getattr(record, field), []).append(record)
    return found


def by_name(
    rows: Rows, cls: type[R], names: Iterable[str], field: str = "name"
) -> dict[str, list[R]]:
    """Find live records by name whatever the brackets and blanks; by `name_key`."""
    wanted: set[str] = set()
    for name in names:
        wanted |= spellings(name)
    found: dict[str, list[R]] = {}
    for value, records in by_value(rows, cls, field, sorted(wanted)).items():
        found.setdefault(name_key(value), []).extend(records)
    return found


def references(rows: Rows) -> Special:
    """Make the reader of reference columns: names (or codes, or ids) → id of the one record."""

    def read(spec: FieldSpec, texts: Iterable[str]) -> dict[str, Any]:
        cls = BY_TABLE[spec.ref]
        wanted = list(texts)
        values: dict[str, Any] = {}
        told = {
            text: token.record
            for text in wanted
            if (token := tokens.inside(text)) is not None and token.table == spec.ref
        }
        ids = rows.many(cls, [*told.values(), *(t for t in wanted if _ID.fullmatch(t))])
        found = by_name(rows, cls, wanted) if "name" in field_map(cls) else {}
        others = [
            by_value(rows, cls, also, [t.upper() if also != "short" else t for t in wanted])
            for also in _also_called(cls)
        ]
        others.append(_by_belonging(rows, cls, wanted))
        for text in wanted:
            records = {r.id: r for r in found.get(name_key(text), [])}
            for other in others:
                if not records:
                    records = {r.id: r for r in other.get(text, []) or other.get(text.upper(), [])}
            if text in ids or told.get(text) in ids:
                values[text] = told.get(text, text)
            elif len(records) == 1:
                values[text] = next(iter(records))
            else:
                why = (f"账上没有叫“{text}”的{cls.LABEL}。请先登记，或改成账上的名称。" if not records
                       else f"账上有 {len(records)} 个“{text}”，分不清是哪一个。请改填代码或全称。")  # fmt: skip
                values[text] = Odd(spec.name, None, why, "must")
        return values

    return read


def _by_belonging(rows: Rows, cls: type[Record], texts: Iterable[str]) -> dict[str, list[Record]]:
    """Find records that have no name of their own: by their title, or by the firm they belong to.

    A list of help names the firm, not the cultivation; where the firm has only one, that is meant.
    """
    parent = parent_of(cls)
    if parent is None:
        return {}
    wanted = list(texts)
    found: dict[str, list[Record]] = {}
    title = field_map(cls).get(cls.TITLE)
    if title is not None and title.kind.name == "text":
        found |= by_value(rows, cls, title.name, wanted)
    above = references(rows)(parent, [text for text in wanted if text not in found])
    owners = {text: value for text, value in above.items() if isinstance(value, str)}
    owned = by_value(rows, cls, parent.name, owners.values())
    return found | {text: owned[owner] for text, owner in owners.items() if owner in owned}


def names_of(rows: Rows, table: str, ids: Iterable[str | None]) -> Mapping[str, str]:
    """Give the titles of referenced records by id, for showing."""
    wanted = list(dict.fromkeys(i for i in ids if i))
    return {rid: r.title for rid, r in rows.many(BY_TABLE[table], wanted).items()}
