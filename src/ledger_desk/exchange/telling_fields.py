"""Which fields of a record a column may be, once its cells are told (`content.tell`)."""

from __future__ import annotations

from ledger_desk.model.fields import FieldSpec, Record, fields_of

_KIND_OF = {"day": "day", "person_id": "person_id", "township": "division", "yes_no": "yes_no",
            "money": "money"}  # fmt: skip
# A record whose names are those of firms, banks or persons, and references to such.
_NAMED = {"company": "enterprise", "bank": "bank", "person": "person"}


def fields_told(cls: type[Record], told: str) -> list[FieldSpec]:
    """List the fields that a column of such cells may be, the likeliest first."""
    specs = list(fields_of(cls))
    if told == "code":
        return [s for s in specs if s.name == "code" and s.identity]
    if told == "phone":
        # The first telephone of a record is its main one.
        return [s for s in specs if s.kind.name == "phone"][:1]
    if told in _KIND_OF:
        found = [s for s in specs if s.kind.name == _KIND_OF[told]]
        # The first identity number of a record is its owner's, as the first telephone is.
        return found[:1] if told == "person_id" else found
    table = _NAMED.get(told)
    if table is None:
        return []
    own = [s for s in specs if s.name == "name" and table == cls.TABLE]
    return own + [s for s in specs if s.ref == table or (s.name == table and s.kind.name == "text")]
