"""A search text as conditions on any class: by its firm, by what it refers to, by its own title."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.model.fields import Record, field_map, fields_of
from ledger_desk.model.records import BY_TABLE, Enterprise
from ledger_desk.store.queries import CAP, Query, Rows, Where
from ledger_desk.work.calling import firm_path

_SMALL = 5_000  # records of a class up to which their names are looked through


def own_fields(cls: type[Record]) -> tuple[str, ...]:
    """Fields of its own that a search looks into: the title, and what identifies."""
    found = [
        spec.name
        for spec in fields_of(cls)
        if not spec.private
        and not spec.ref
        and (spec.kind.name == "code" or spec.name == cls.TITLE or spec.identity)
    ]
    return tuple(found)


def search_wheres(
    rows: Rows, cls: type[Record], text: str, fields: Sequence[str] = ()
) -> tuple[Where, ...]:
    """Give the conditions of a search text; each blank-separated piece must be found somewhere.

    Args:
        rows: Finds firms, banks and the like by name, code and initials.
        cls: Class that is searched.
        text: As it was typed.
        fields: Own fields looked into; none: `own_fields`.
    """
    pieces = text.split()
    return tuple(Where("id", "any", _ways(rows, cls, each, fields)) for each in pieces)


def _ways(
    rows: Rows, cls: type[Record], piece: str, fields: Sequence[str]
) -> tuple[Where, ...]:  # fmt: skip
    found = [Where(name, "contains", piece) for name in fields or own_fields(cls)]
    path = firm_path(cls)
    firms = rows.ids(Query(Enterprise, text=piece), CAP) if path else []
    if firms:
        found.append(Where(path, "in", tuple(firms)))
    for name, spec in field_map(cls).items():
        far = BY_TABLE.get(spec.ref)
        if (
            far is None
            or far is Enterprise
            or far.TITLE != "name"
            or not rows.is_short(far, _SMALL)
        ):
            continue
        same = rows.ids(Query(far, (Where("name", "contains", piece),)))
        if same:
            found.append(Where(name, "in", tuple(same)))
    return tuple(found)
