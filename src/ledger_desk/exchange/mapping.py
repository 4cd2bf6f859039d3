"""Columns of a strange table → fields of a record: memory, exact, synonym, likeness, content.

The order of trust is that of `product.md` §6. No field is used twice and no column is lost: what
finds no field is listed, so that the person can give it one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from typing import Protocol

from ledger_desk.exchange import content
from ledger_desk.exchange.headings import bare_key_of, key_of, likeness
from ledger_desk.model.fields import FieldSpec, Record, fields_of
from ledger_desk.model.kinds import clean, is_empty

# Below this share of common characters two headings are strangers (on the real lists
# 法人联系电话/联系电话 0.8 is one, 开户日期/开业日期 0.75 is none).
LIKE_ENOUGH = 0.8
# A column whose heading says one thing and whose cells say another is not taken.
_FITS, _FITS_IF_ONLY_LIKE = 0.5, 0.8
HOW = {
    "memory": "上次的对应",
    "exact": "标题相同",
    "synonym": "同义标题",
    "likeness": "标题相近",
    "content": "按内容判断",
    "chosen": "人工指定",
    "none": "未对应",
}


class HeadingLike(Protocol):
    """A heading as `workbook.layout` finds it: column from 1, text, unit or None/''."""

    @property
    def column(self) -> int:
        """Column number from 1."""

    @property
    def text(self) -> str:
        """The heading's words."""

    @property
    def unit(self) -> str | None:
        """Unit named in it, or None."""


@dataclass(frozen=True)
class ColumnMatch:
    """One column and what it is taken for.

    Attributes:
        column: Column number in the file, from 1.
        heading: Heading as written.
        unit: Unit in which its numbers are (元, 万元 …), or None.
        field: Name of the field, None if the column is not read in.
        how: Key of `HOW`.
        confidence: 0 to 1.
        samples: A few filled cells, as text.
        note: Why a likely field was not taken; empty otherwise.
    """

    column: int
    heading: str
    unit: str | None
    field: str | None
    how: str
    confidence: float
    samples: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Mapping:
    """All columns of one table and their fields, for one record class."""

    cls: type[Record]
    columns: tuple[ColumnMatch, ...]
    remembered: bool = False

    def __iter__(self) -> Iterator[ColumnMatch]:
        return iter(self.columns)

    @property
    def used(self) -> dict[str, ColumnMatch]:
        """The columns that are read in, by field, in the file's order."""
        return {c.field: c for c in self.columns if c.field is not None}

    @property
    def unmatched(self) -> tuple[ColumnMatch, ...]:
        """Columns with a heading that are not read in."""
        return tuple(c for c in self.columns if c.field is None)

    @property
    def signature(self) -> str:
        """What this layout is remembered by: the record and its headings in order."""
        return signature(self.cls, [c.heading for c in self.columns])

    def with_field(self, column: int, field: str | None) -> Mapping:
        """Give a column to a field (None: to no field), taking the field from any other column.

        Raises:
            KeyError: The class has no such field, or the table no such column.
        """
        if field is not None and field not in {s.name for s in fields_of(self.cls)}:
            raise KeyError(field)
        if column not in {c.column for c in self.columns}:
            raise KeyError(column)
        changed = []
        for item in self.columns:
            if item.column == column:
                item = replace(item, field=field, how="chosen", confidence=1.0, note="")
            elif field is not None and item.field == field:
                item = replace(item, field=None, how="chosen", confidence=1.0)
            changed.append(item)
        return replace(self, columns=tuple(changed), remembered=False)

    def with_unit(self, column: int, unit: str | None) -> Mapping:
        """Read a whole column in another unit (元, 万元 …)."""
        some = [replace(c, unit=unit) if c.column == column else c for c in self.columns]
        return replace(self, columns=tuple(some), remembered=False)

    def memory(self) -> str:
        """Give what is kept for the next file of this layout, as JSON."""
        kept = [[key_of(c.heading), c.field, c.unit] for c in self.columns]
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def signature(cls: type[Record], headings: Sequence[str]) -> str:
    """Give a short name for a layout: equal for equal headings in equal order."""
    text = "\n".join([cls.TABLE, *map(key_of, headings)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def setting_name(layout_signature: str) -> str:
    """Name of the setting that holds the memory of a layout."""
    return f"mapping:{layout_signature}"


def match_columns(
    cls: type[Record],
    headings: Sequence[HeadingLike],
    cells: MappingType[int, Sequence[object]],
    remembered: str | None = None,
) -> Mapping:
    """Match the columns of a table to the fields of a record class.

    Args:
        cls: Record class that is read in.
        headings: The table's headings.
        cells: Column number → its first data cells (`content.LOOKED_AT` filled ones are looked at).
        remembered: What `Mapping.memory` gave when this layout was last read in, or None.
    """
    columns = [_blank(h, cells.get(h.column, ())) for h in headings]
    if remembered is not None:
        recalled = _recall(cls, columns, remembered)
        if recalled is not None:
            return Mapping(cls, recalled, remembered=True)
    taken: dict[str, int] = {}
    found: dict[int, ColumnMatch] = {}
    notes: dict[int, str] = {}
    for score, how, column, spec in _candidates(cls, columns):
        if column.column in found or spec.name in taken:
            continue
        fits = content.fit(spec, cells.get(column.column, ()), column.unit)
        if fits < (_FITS_IF_ONLY_LIKE if how == "likeness" else _FITS):
            notes.setdefault(column.column, f"标题像“{spec.label}”，内容不像，没有对应")
            continue
        taken[spec.name] = column.column
        found[column.column] = replace(column, field=spec.name, how=how, confidence=score)
    for column in columns:
        if column.column not in found:
            by_content = _by_content(cls, cells.get(column.column, ()), taken)
            if by_content is not None:
                taken[by_content.name] = column.column
                found[column.column] = replace(
                    column, field=by_content.name, how="content", confidence=0.8
                )
    result = [found.get(c.column, replace(c, note=notes.get(c.column, ""))) for c in columns]
    return Mapping(cls, tuple(result))


def _blank(heading: HeadingLike, cells: Sequence[object]) -> ColumnMatch:
    samples = []
    for cell in cells:
        if not is_empty(cell):
            samples.append(clean(cell)[:60])
            if len(samples) == 3:
                break
    return ColumnMatch(heading.column, heading.text, heading.unit or None, None, "none", 0.0,
                       tuple(samples))  # fmt: skip


def _recall(
    cls: type[Record], columns: Sequence[ColumnMatch], remembered: str
) -> tuple[ColumnMatch, ...] | None:
    """Apply what was remembered; None where it does not fit the class or the headings."""
    try:
        kept = [(str(key), field, unit) for key, field, unit in json.loads(remembered)]
    except (ValueError, TypeError):
        return None
    known = {spec.name for spec in fields_of(cls)}
    if [key for key, _, _ in kept] != [key_of(c.heading) for c in columns]:
        return None
    if any(field is not None and field not in known for _, field, _ in kept):
        return None
    return tuple(
        replace(column, field=field, unit=unit, how="memory" if field else "none",
                confidence=1.0 if field else 0.0)
        for column, (_, field, unit) in zip(columns, kept, strict=True)
    )  # fmt: skip


def _candidates(
    cls: type[Record], columns: Sequence[ColumnMatch]
) -> list[tuple[float, str, ColumnMatch, FieldSpec]]:
    """All pairs worth a thought, best first; among equals the leftmost column wins."""
    found = []
    for column in columns:
        for position, spec in enumerate(fields_of(cls)):
            scored = _score(column.heading, spec)
            if scored is not None:
                found.append((*scored, column, spec, position))
    found.sort(key=lambda c: (-c[0], c[2].column, c[4]))
    return [(score, how, column, spec) for score, how, column, spec, _ in found]


def _score(heading: str, spec: FieldSpec) -> tuple[float, str] | None:
    """Give trust and reason of one heading for one field, or None for strangers."""
    key, bare = key_of(heading), bare_key_of(heading)
    if not key:
        return None
    label = key_of(spec.label)
    if key == label:
        return 1.0, "exact"
    if "/" in heading:
        joined = _score_joined(heading, spec)
        if joined is not None:
            return joined
    synonyms = [key_of(s) for s in spec.synonyms]
    if key in synonyms:
        return 0.95, "synonym"
    if bare and (bare == bare_key_of(spec.label) or bare in synonyms):
        return 0.9, "synonym"
    best = max(likeness(key, name) for name in (label, *synonyms))
    return (round(best * 0.85, 3), "likeness") if best >= LIKE_ENOUGH else None


def _score_joined(heading: str, spec: FieldSpec) -> tuple[float, str] | None:
    """Score a heading of several header rows (``法人/姓名``): read as one word, or by its last part."""
    names = {key_of(name) for name in (spec.label, *spec.synonyms)}
    if key_of(heading) in names:
        return 0.95, "synonym"
    if key_of(heading.replace("/", "")) in names:
        return 0.93, "synonym"
    if key_of(heading.rsplit("/", 1)[1]) in names:
        return 0.88, "synonym"
    return None


def _by_content(
    cls: type[Record], cells: Sequence[object], taken: MappingType[str, int]
) -> FieldSpec | None:
    """Find the field that a column must be by its cells, if there is exactly one left for it."""
    told = content.tell(cells)
    if not told:
        return None
    if told == "code":
        specs = [s for s in fields_of(cls) if s.name == "code" and s.identity]
    elif told == "phone":
        # The first telephone of a record is its main one.
        specs = [s for s in fields_of(cls) if s.kind.name == "phone"][:1]
    else:
        specs = [s for s in fields_of(cls) if s.kind.name == told]
    free = [s for s in specs if s.name not in taken]
    # Two dates could be anything; a clerk can tell, the program cannot.
    return free[0] if len(free) == 1 and len(specs) == 1 else None
