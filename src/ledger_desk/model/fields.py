"""How a field is declared: one line, from which column, editor, heading, cell and mask follow."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar

from ledger_desk.model import kinds
from ledger_desk.model.kinds import Kind


@dataclass(frozen=True)
class FieldSpec:
    """One field of one record class.

    Attributes:
        name: English name: attribute, column and key in the journal.
        label: Chinese label on screen, in a heading and on paper; the unit of money is 万元.
        kind: How it is parsed, shown and stored.
        synonyms: Other headings under which tables of the field bring it.
        required: Counts for completeness (建档完整度); a new record may still lack it.
        private: Personal data: masked on screen and in exports unless asked for.
        group: Heading under which editors show it.
        ref: Table of the record that a reference points to.
        identity: A reading in may find an existing record by it.
    """

    name: str
    label: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    required: bool = False
    private: bool = False
    group: str = ""
    ref: str = ""
    identity: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    """Base of every record: a random 128-bit id as 32 hex digits (`decisions.md` 1)."""

    TABLE: ClassVar[str]
    LABEL: ClassVar[str]
    TITLE: ClassVar[str] = "name"

    id: str = ""
    removed: bool = False

    @property
    def title(self) -> str:
        """What to call this record in a sentence."""
        return str(getattr(self, self.TITLE, None) or f"未命名{self.LABEL}")


R = TypeVar("R", bound=Record)


def declare(
    label: str,
    kind: Kind = kinds.TEXT,
    *synonyms: str,
    required: bool = False,
    private: bool = False,
    group: str = "",
    ref: str = "",
    identity: bool = False,
) -> Any:
    """Declare a field inside a record class; the name is taken from the attribute."""
    spec = FieldSpec("", label, kind, synonyms, required, private, group, ref, identity)
    return dataclasses.field(default=None, metadata={"spec": spec})


def refer(label: str, table: str, *synonyms: str, required: bool = False, group: str = "") -> Any:
    """Declare a link to a record of ``table``, held as its id."""
    return declare(label, kinds.REFERENCE, *synonyms, required=required, ref=table, group=group)


@cache
def _fields(cls: Any) -> tuple[FieldSpec, ...]:
    found = []
    for item in dataclasses.fields(cls):
        spec = item.metadata.get("spec")
        if spec is not None:
            found.append(dataclasses.replace(spec, name=item.name))
    return tuple(found)


@cache
def _map(cls: Any) -> dict[str, FieldSpec]:
    return {spec.name: spec for spec in _fields(cls)}


def fields_of(cls: type[Record]) -> tuple[FieldSpec, ...]:
    """List the declared fields of a record class in their order (without id and removed)."""
    key: Any = cls  # the type checker does not see that a class is hashable
    return _fields(key)


def field_map(cls: type[Record]) -> dict[str, FieldSpec]:
    """Map field names to their declarations."""
    key: Any = cls
    return _map(key)


def values_of(record: Record) -> dict[str, Any]:
    """Give the declared fields of a record that are set, by name."""
    return {
        s.name: v for s in fields_of(type(record)) if (v := getattr(record, s.name)) is not None
    }
