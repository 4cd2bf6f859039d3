"""The words under which a field may stand in a heading: its own, and those of its relatives.

All of it follows from the declarations of the records. A field shares the synonyms of fields of
other records with the same label and kind (联系电话 is 手机 for a person too); a reference goes by
whatever names the record it points to (经营主体 by 企业名称 or 统一社会信用代码), and where that
record has no name of its own, by what names the one it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger_desk.exchange.headings import key_of
from ledger_desk.model.fields import FieldSpec, Record, field_map, fields_of
from ledger_desk.model.records import BY_TABLE, RECORDS

_TEXTS = frozenset(["text", "code"])
_DEEPEST = 3  # drawdown → loan → enterprise


@dataclass(frozen=True)
class FieldWords:
    """Comparable forms (`headings.key_of`) of the words for one field.

    Attributes:
        spec: The field.
        label: Its label.
        synonyms: Its declared synonyms.
        borrowed: Words of relatives, less trusted.
        codes: Those of the borrowed words that call a record by its code.
    """

    spec: FieldSpec
    label: str
    synonyms: frozenset[str]
    borrowed: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    @property
    def own(self) -> tuple[str, ...]:
        """Label and synonyms."""
        return (self.label, *sorted(self.synonyms))


def words_of(cls: type[Record]) -> tuple[FieldWords, ...]:
    """Give the words for each field of a record class, in the order of the fields."""
    key: Any = cls
    return _words(key)


@cache
def _words(cls: Any) -> tuple[FieldWords, ...]:
    own = {key_of(w) for s in fields_of(cls) for w in (s.label, *s.synonyms)}
    found = []
    for spec in fields_of(cls):
        names, codes = _words_of_reference(spec.ref) if spec.ref else (frozenset(), frozenset())
        # What names a field of this very record is not lent to its neighbours.
        lent = (names | codes | _shared(spec)) - own
        found.append(FieldWords(spec, key_of(spec.label), frozenset(map(key_of, spec.synonyms)),
                                lent, codes - own))  # fmt: skip
    return tuple(found)


def _shared(spec: FieldSpec) -> frozenset[str]:
    """Synonyms of fields elsewhere with the same label and kind."""
    return _synonyms().get((spec.label, spec.kind.name), frozenset())


@cache
def _synonyms() -> dict[tuple[str, str], frozenset[str]]:
    """Synonyms of all fields by label and kind."""
    found: dict[tuple[str, str], set[str]] = {}
    for cls in RECORDS:
        for spec in fields_of(cls):
            found.setdefault((spec.label, spec.kind.name), set()).update(map(key_of, spec.synonyms))
    return {key: frozenset(words) for key, words in found.items()}


@cache
def _words_of_reference(table: str, depth: int = 1) -> tuple[frozenset[str], frozenset[str]]:
    """Words by which a record of a table is named, and those that are codes."""
    cls = BY_TABLE[table]
    known = field_map(cls)
    names, codes = {key_of(cls.LABEL)}, set[str]()
    title = known.get(cls.TITLE)
    for spec in fields_of(cls):
        if spec.identity or (spec is title and spec.kind.name in _TEXTS):
            words = map(key_of, (spec.label, *spec.synonyms))
            (codes if spec.kind.name == "code" else names).update(words)
    parent = parent_of(cls)
    if parent is not None and depth < _DEEPEST:
        above, codes_above = _words_of_reference(parent.ref, depth + 1)
        names |= above
        codes |= codes_above
    return frozenset(names), frozenset(codes)


def parent_of(cls: type[Record]) -> FieldSpec | None:
    """Give the reference by which a record without a name of its own is known; None if it has one.

    The enterprise where it has one (a matching belongs to a firm, not to its bank), else the first
    reference that it needs.
    """
    if any(spec.identity for spec in fields_of(cls)):
        return None
    needed = [spec for spec in fields_of(cls) if spec.ref and spec.required]
    firms = [spec for spec in needed if spec.ref == "enterprise"]
    return next(iter(firms or needed), None)
