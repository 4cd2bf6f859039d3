"""Columns of a strange table and the fields they are taken for, with the memory of it.

How they are found is in `matching_columns`; what is remembered for whom is in `senders`. No field
is used twice and no column is lost: what finds no field is listed, so that the person can give it
one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ledger_desk.exchange.headings import key_of
from ledger_desk.model import locks
from ledger_desk.model.fields import Record, field_map

HOW = {
    "memory": "上次的对应",
    "exact": "标题相同",
    "synonym": "同义标题",
    "likeness": "标题相近",
    "content": "按内容判断",
    "chosen": "人工指定",
    "reserved": "本程序加的列",
    "none": "未对应",
}
# Columns that this program puts into tables that leave it: never a field, never part of a layout.
RESERVED = ("校验结果", "台账记号", "划型结果", "建档完整度")
_RESERVED_KEYS = frozenset(map(key_of, RESERVED))


@dataclass(frozen=True)
class ColumnMatch:
    """One column and what it is taken for.

    Attributes:
        column: Column number in the file, from 1.
        heading: Heading as written.
        unit: Unit in which its numbers are read (元, 万元 …), or None.
        field: Name of the field, None if the column is not read in.
        how: Key of `HOW`.
        confidence: 0 to 1.
        samples: A few filled cells, as text.
        note: Why a likely field was not taken, or how it is read; empty otherwise.
        reading: Key of the whole-column reading (`column_readings`); '' for the usual one.
        said: Unit that the file itself names for the column, or None.
        candidates: Fields that it may be, where the program could not decide.
    """

    column: int
    heading: str
    unit: str | None
    field: str | None
    how: str
    confidence: float
    samples: tuple[str, ...] = ()
    note: str = ""
    reading: str = ""
    said: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """All columns of one table and their fields, for one record class."""

    cls: type[Record]
    columns: tuple[ColumnMatch, ...]
    remembered: bool = False

    def __post_init__(self) -> None:
        """Give no column to a field that a use case alone writes (`locks`); its note says so."""
        closed = locks.locked(self.cls)
        if not any(column.field in closed for column in self.columns):
            return
        kept = tuple(
            replace(c, field=None, how="none", confidence=0.0, note=closed[c.field])
            if c.field is not None and c.field in closed
            else c
            for c in self.columns
        )
        object.__setattr__(self, "columns", kept)

    def __iter__(self) -> Iterator[ColumnMatch]:
        return iter(self.columns)

    @property
    def used(self) -> dict[str, ColumnMatch]:
        """The columns that are read in, by field, in the file's order."""
        return {c.field: c for c in self.columns if c.field is not None}

    @property
    def unmatched(self) -> tuple[ColumnMatch, ...]:
        """Columns of the sender that are not read in."""
        return tuple(c for c in self.columns if c.field is None and c.how != "reserved")

    @property
    def reserved(self) -> tuple[ColumnMatch, ...]:
        """Columns that this program added when the table left it: 校验结果, 台账记号."""
        return tuple(c for c in self.columns if c.how == "reserved")

    @property
    def signature(self) -> str:
        """What this layout is remembered by: the record and its headings in order."""
        return signature(self.cls, self.columns)

    def column(self, number: int) -> ColumnMatch:
        """Give the column of a number; KeyError if the table has none such."""
        for item in self.columns:
            if item.column == number:
                return item
        raise KeyError(number)

    def with_field(self, column: int, field: str | None) -> Mapping:
        """Give a column to a field (None: to no field), taking the field from any other column.

        Raises:
            KeyError: The class has no such field, or the table no such column.
            ValueError: The column is one that this program added (`RESERVED`).
        """
        if field is not None and field not in field_map(self.cls):
            raise KeyError(field)
        if self.column(column).how == "reserved":
            raise ValueError(f"“{self.column(column).heading}”是本程序加的列，不能装入。")
        changed = []
        for item in self.columns:
            if item.column == column:
                item = _given(item, field)
            elif field is not None and item.field == field:
                item = _given(item, None)
            changed.append(item)
        return replace(self, columns=tuple(changed), remembered=False)

    def with_unit(self, column: int, unit: str | None) -> Mapping:
        """Read a whole column in another unit (元, 万元 …)."""
        return self._with(replace(self.column(column), unit=unit, reading="", note=""))

    def with_reading(self, column: int, key: str) -> Mapping:
        """Read a whole column in another way; ``key`` as `column_readings.readings_of` gives it.

        Raises:
            KeyError: The table has no such column.
        """
        item = self.column(column)
        spec = field_map(self.cls).get(item.field or "")
        if spec is not None and spec.kind.name == "money":
            # A reading of money is its unit.
            return self._with(replace(item, unit=key or item.said, reading=key, note=""))
        return self._with(replace(item, reading=key, note=""))

    def _with(self, changed: ColumnMatch) -> Mapping:
        some = [changed if c.column == changed.column else c for c in self.columns]
        return replace(self, columns=tuple(some), remembered=False)

    def memory(self, sender: str = "") -> str:
        """Give what is kept for the next file of this layout, as JSON, with who sent this one."""
        kept = [
            [key_of(c.heading), c.field, c.unit, c.reading, c.said]
            for c in self.columns
            if c.how != "reserved"
        ]
        told = {"sender": sender, "columns": kept}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _given(item: ColumnMatch, field: str | None) -> ColumnMatch:
    """A column as the person gave it: how it is read starts anew."""
    return replace(item, field=field, how="chosen", confidence=1.0, note="", reading="",
                   unit=item.said, candidates=())  # fmt: skip


def is_reserved(heading: str) -> bool:
    """Tell a heading of a column that this program itself added to a table."""
    return key_of(heading.rsplit("/", 1)[-1]) in _RESERVED_KEYS


def signature(cls: type[Record], columns: Sequence[ColumnMatch]) -> str:
    """Give a short name for a layout: equal for equal headings in equal order.

    Columns that this program added do not count: the table that comes back is the one that went.
    """
    own = [key_of(c.heading) for c in columns if c.how != "reserved"]
    text = "\n".join([cls.TABLE, *own])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def setting_name(layout_signature: str, sender: str = "") -> str:
    """Name of the setting that holds the memory of a layout, or of a layout from one sender."""
    return f"mapping:{layout_signature}@{sender}" if sender else f"mapping:{layout_signature}"


def sender_in(remembered: str) -> str:
    """Give the sender of the last table of a layout, as its memory names it; '' if it does not."""
    try:
        told = json.loads(remembered)
    except ValueError:
        return ""
    sender = told.get("sender") if isinstance(told, dict) else None
    return sender if isinstance(sender, str) else ""


def recall(
    cls: type[Record], columns: Sequence[ColumnMatch], remembered: str
) -> tuple[ColumnMatch, ...] | None:
    """Apply what `Mapping.memory` gave; None where it does not fit the class or the table.

    A column whose file now names another unit than last time does not fit: read by the memory it
    would be wrong ten thousand times over.
    """
    own = [c for c in columns if c.how != "reserved"]
    kept = _kept(remembered)
    if kept is None or [key for key, *_ in kept] != [key_of(c.heading) for c in own]:
        return None
    fields = [field for _, field, *_ in kept if field is not None]
    if len(set(fields)) < len(fields) or not set(fields) <= set(field_map(cls)):
        return None
    found = {}
    for column, (_, field, unit, reading, said) in zip(own, kept, strict=True):
        if field is not None and said != column.said:
            return None
        found[column.column] = replace(
            column, field=field, unit=unit, reading=reading, how="memory" if field else "none",
            confidence=1.0 if field else 0.0,
        )  # fmt: skip
    return tuple(found.get(c.column, c) for c in columns)


def _kept(remembered: str) -> list[tuple[str, str | None, str | None, str, str | None]] | None:
    """Unpack a memory into (key, field, unit, reading, unit that the file named); None if broken."""
    try:
        told: Any = json.loads(remembered)
        rows = told["columns"] if isinstance(told, dict) else told
        kept = []
        for row in rows:
            key, field, unit = row[:3]
            # The first memories held three things: the unit was then the file's own.
            reading, said = row[3:5] if len(row) > 3 else ("", unit)
            if not all(v is None or isinstance(v, str) for v in (field, unit, reading, said)):
                return None
            kept.append((str(key), field, unit, reading or "", said))
    except (ValueError, TypeError, KeyError):
        return None
    return kept
