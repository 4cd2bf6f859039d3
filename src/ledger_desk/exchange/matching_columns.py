"""Columns of a strange table → fields of a record: memory, exact, synonym, likeness, content.

The order of trust is that of `product.md` §6. A heading is believed only as far as the cells below
it agree; a column without heading, or with one that says nothing, is told by its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from typing import Protocol

from ledger_desk.exchange import column_readings, content, tokens
from ledger_desk.exchange.field_words import FieldWords, words_of
from ledger_desk.exchange.headings import bare_key_of, key_of, likeness
from ledger_desk.exchange.mapping import ColumnMatch, Mapping, is_reserved, recall
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.telling_fields import fields_told
from ledger_desk.model.fields import FieldSpec, Record
from ledger_desk.model.kinds import clean, is_empty

# Below this share of common characters two headings are strangers (on the real lists
# 法人联系电话/联系电话 0.8 is one, 开户日期/开业日期 0.75 is none).
LIKE_ENOUGH = 0.8
# A column whose heading says one thing and whose cells say another is not taken.
_FITS, _FITS_IF_ONLY_LIKE = 0.5, 0.8
# A code calls one firm only, so it is the better name where (nearly) every row has one.
_NEARLY_ALL = 0.95
_BORROWED, _BORROWED_CODE = 0.87, 0.88
_TOLD = 0.8  # trust in a column that only its cells name


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
class _Pair:
    """A column and a field that may belong together."""

    score: float
    how: str
    column: ColumnMatch
    spec: FieldSpec
    by_code: bool = False


class Seen:
    """A table as far as it matters for matching: looked at once, matched for several classes."""

    def __init__(
        self,
        headings: Sequence[HeadingLike],
        cells: MappingType[int, Sequence[object]],
        places: Places | None = None,
    ) -> None:
        """Look at a table.

        Args:
            headings: Its headings.
            cells: Column number → its first data cells (`content.LOOKED_AT` filled ones count).
            places: The townships of home, to know a column of them.
        """
        self.columns = [_blank(h, cells.get(h.column, ())) for h in headings]
        self._cells, self._places = cells, places
        self._told: dict[int, str] = {}
        self._coded: dict[int, bool] = {}

    def cells(self, column: int) -> Sequence[object]:
        """The first cells of a column."""
        return self._cells.get(column, ())

    def told(self, column: int) -> str:
        """What the cells of a column say that it is (`content.tell`)."""
        if column not in self._told:
            self._told[column] = content.tell(self.cells(column), self._places)
        return self._told[column]

    def coded(self, column: int) -> bool:
        """Whether (nearly) every cell of a column, blank ones too, is a code of a firm."""
        if column not in self._coded:
            some = self.cells(column)[: content.LOOKED_AT]
            self._coded[column] = content.agree(some, content.is_code, _NEARLY_ALL)
        return self._coded[column]

    def match(
        self, cls: type[Record], remembered: Iterable[str] = (), *, roughly: bool = False
    ) -> Mapping:
        """Match the columns to the fields of a record class.

        Args:
            cls: Record class that is read in.
            remembered: What `Mapping.memory` gave for this layout, most trusted first.
            roughly: Only by headings that are a field's very words: quick, for many classes.
        """
        for memory in remembered:
            recalled = recall(cls, self.columns, memory)
            if recalled is not None:
                return Mapping(cls, recalled, remembered=True)
        taken: dict[str, int] = {}
        found: dict[int, ColumnMatch] = {}
        notes: dict[int, str] = {}
        for pair in _pairs(cls, self.columns, alike=not roughly):
            number = pair.column.column
            if number in found or pair.spec.name in taken:
                continue
            reading = _reading_that_fits(pair, self)
            if reading is None:
                notes.setdefault(number, f"标题像“{pair.spec.label}”，内容不像，没有对应")
                continue
            taken[pair.spec.name] = number
            found[number] = _taken(pair, reading)
        if not roughly:
            _tell_the_rest(cls, self, taken, found, notes)
        return Mapping(cls, tuple(
            found.get(c.column, replace(c, note=notes.get(c.column, ""))) for c in self.columns
        ))  # fmt: skip


def match_columns(
    cls: type[Record],
    headings: Sequence[HeadingLike],
    cells: MappingType[int, Sequence[object]],
    remembered: str | None = None,
    places: Places | None = None,
) -> Mapping:
    """Match the columns of a table to the fields of one record class (see `Seen`)."""
    return Seen(headings, cells, places).match(cls, [remembered] if remembered else ())


def _blank(heading: HeadingLike, cells: Sequence[object]) -> ColumnMatch:
    samples = []
    for cell in cells:
        if not is_empty(cell):
            samples.append(clean(cell)[:60])
            if len(samples) == 3:
                break
    own = is_reserved(heading.text) or tokens.is_column(cells[: content.LOOKED_AT])
    unit, how = heading.unit or None, "reserved" if own else "none"
    return ColumnMatch(
        heading.column, heading.text, unit, None, how, 0.0, tuple(samples), said=unit
    )


def _taken(pair: _Pair, reading: str) -> ColumnMatch:
    note = ""
    if reading:
        label = column_readings.DAYS.get(reading, reading)
        note = f"这一列的日期按“{label}”读"
    return replace(pair.column, field=pair.spec.name, how=pair.how, confidence=pair.score,
                   reading=reading, note=note)  # fmt: skip


def _reading_that_fits(pair: _Pair, seen: Seen) -> str | None:
    """Give the reading under which the cells agree with the heading ('' is the usual one)."""
    spec, unit = pair.spec, pair.column.unit
    if pair.by_code:
        return "" if seen.coded(pair.column.column) else None
    cells = seen.cells(pair.column.column)
    usual = content.fit(spec, cells, unit)
    if usual >= (_FITS_IF_ONLY_LIKE if pair.how == "likeness" else _FITS):
        return ""
    if spec.kind.name != "day" or pair.how == "likeness":
        return None
    fits = {k: content.fit(spec, cells, unit, k) for k in column_readings.DAYS if k}
    best = max(fits.values(), default=0.0)
    if best < _FITS_IF_ONLY_LIKE:  # a slip in a few cells is those rows' affair
        return None
    others = [k for k, share in fits.items() if share == best]
    # Where two readings are possible the person decides; the column is hers all the same.
    return others[0] if len(others) == 1 else ""


def _pairs(cls: type[Record], columns: Sequence[ColumnMatch], *, alike: bool) -> list[_Pair]:
    """All pairs worth a thought, best first; among equals the leftmost column wins."""
    found: list[tuple[int, _Pair]] = []
    for column in columns:
        if column.how == "reserved":
            continue
        for position, words in enumerate(words_of(cls)):
            pair = _score(column, words, alike=alike)
            if pair is not None:
                found.append((position, pair))
    found.sort(key=lambda p: (-p[1].score, p[1].column.column, p[0]))
    return [pair for _, pair in found]


def _score(column: ColumnMatch, words: FieldWords, *, alike: bool) -> _Pair | None:
    """Give trust and reason of one heading for one field, or None for strangers."""
    heading, spec = column.heading, words.spec
    key, bare = key_of(heading), bare_key_of(heading)
    if not key:
        return None
    if key == words.label:
        return _Pair(1.0, "exact", column, spec)
    if "/" in heading:
        joined = _score_joined(column, words)
        if joined is not None:
            return joined
    if key in words.synonyms:
        return _Pair(0.95, "synonym", column, spec)
    if bare and (bare == bare_key_of(spec.label) or bare in words.synonyms):
        return _Pair(0.9, "synonym", column, spec)
    for word in (key, bare):
        if word in words.codes:
            return _Pair(_BORROWED_CODE, "synonym", column, spec, by_code=True)
        if word in words.borrowed:
            return _Pair(_BORROWED, "synonym", column, spec)
    if not alike:
        return None
    best = max(likeness(key, name) for name in words.own)
    return _Pair(round(best * 0.85, 3), "likeness", column, spec) if best >= LIKE_ENOUGH else None


def _score_joined(column: ColumnMatch, words: FieldWords) -> _Pair | None:
    """Score a heading of several header rows (``法人/姓名``): read as one word, or by its last part."""
    heading, names = column.heading, set(words.own)
    if key_of(heading) in names:
        return _Pair(0.95, "synonym", column, words.spec)
    if key_of(heading.replace("/", "")) in names:
        return _Pair(0.93, "synonym", column, words.spec)
    if key_of(heading.rsplit("/", 1)[1]) in names:
        return _Pair(0.88, "synonym", column, words.spec)
    return None


def _tell_the_rest(
    cls: type[Record],
    seen: Seen,
    taken: dict[str, int],
    found: dict[int, ColumnMatch],
    notes: dict[int, str],
) -> None:
    """Take or suggest what the cells alone name, for the columns that no heading settled.

    What can be nothing else is taken (a code, a telephone, anything under no heading at all);
    what may be is only suggested, as is every column of which the table has two.
    """
    rest = [c for c in seen.columns if c.column not in found and c.how != "reserved"]
    told = {c.column: seen.told(c.column) for c in rest}
    for column in rest:
        word = told[column.column]
        specs = [s for s in fields_told(cls, word) if s.name not in taken]
        if not word or not specs:
            continue
        twins = [c for c in rest if told[c.column] == word and c.column not in found]
        certain = len(specs) == 1 and len(fields_told(cls, word)) == 1
        if word in ("code", "phone", "day"):
            take = certain
        else:
            needed = specs[0].identity or specs[0].required
            take = certain and len(twins) == 1 and (not column.heading or needed)
        if take:
            taken[specs[0].name] = column.column
            found[column.column] = replace(
                column, field=specs[0].name, how="content", confidence=_TOLD
            )
        elif column.column not in notes:
            names = tuple(s.name for s in specs)
            labels = "、".join(f"“{s.label}”" for s in specs[:4])
            notes[column.column] = f"内容像{labels}"
            found[column.column] = replace(column, note=notes[column.column], candidates=names)
