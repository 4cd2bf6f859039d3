"""Records that doubtful rows may be, and rows of the file, told field by field for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.exchange.differences import shown
from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.exchange.preparing import Prepared
from ledger_desk.exchange.results import ImportResult, RowFate
from ledger_desk.model import masks
from ledger_desk.model.fields import FieldSpec, Record, field_map, fields_of
from ledger_desk.model.plain import plain
from ledger_desk.model.records import BY_TABLE, Enterprise, Matching
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.ui.records.dictionaries import divisions
from ledger_desk.workbook.cells import text_of

# What tells one firm from another, whatever the file brings.
_TELLING = ("name", "code", "regno", "person", "phone", "township", "place")
_MOST_FIELDS = 8
# A 工作台帐 names its firm in another field.
_ALSO = {"name": "enterprise"}
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PERSON_ID = re.compile(r"\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d\d{3}[\dXx]")


@dataclass(frozen=True)
class Told:
    """One value: field, what it is called, the text as it is shown (masked), and the whole text."""

    field: str
    label: str
    text: str
    whole: str


@dataclass(frozen=True)
class Candidate:
    """A record that a doubtful row may be.

    Attributes:
        id: Its id; table: of what kind it is.
        title: Its name, with the end of its code or its place.
        told: What tells it from others.
    """

    id: str
    table: str
    title: str
    told: tuple[Told, ...]


def hide(spec: FieldSpec | None, text: str) -> str:
    """Mask personal data: by its field, and what looks like it in a column without one."""
    if not text:
        return text
    if spec is not None and spec.private:
        return masks.mask_phone(text) if spec.kind.name == "phone" else masks.mask_id(text, "ends")
    if spec is None and _PERSON_ID.fullmatch(text.strip()):
        return masks.mask_id(text.strip(), "ends")
    return masks.mask_phone(text) if spec is None and _PHONE.search(text) else text


def row_told(prepared: Prepared, row: int) -> list[Told]:
    """Tell what a row of the file says in the columns that are read in."""
    cells = prepared.sheet.rows[row - 1]
    specs = field_map(prepared.cls)
    found = []
    for name, column in prepared.mapping.used.items():
        text = " ".join(text_of(cells[column.column - 1]).split())
        label, shown_text = specs[name].label, hide(specs[name], text)
        if specs[name].kind.name == "money":
            # The file's own unit: the field's label would name another one.
            label = label.replace("(万元)", "")
            shown_text += f" {column.unit or '万元'}" if _NUMBER.fullmatch(text) else ""
        found.append(Told(name, label, shown_text, text))
    return found


def compared(row: Sequence[Told], candidate: Candidate) -> list[tuple[str, Told, Told, bool]]:
    """Pair what a row and a record say: label, row, record, whether they differ."""
    by_field = {told.field: told for told in row}
    pairs = []
    for told in candidate.told:
        other = by_field.get(told.field) or by_field.get(_ALSO.get(told.field, ""))
        other = other or Told(told.field, told.label, "", "")
        if other.whole or told.whole:
            pairs.append((told.label, other, told, _differ(other.whole, told.whole)))
    return pairs


def _differ(one: str, other: str) -> bool:
    left, right = (re.sub(r"\s", "", plain(text)) for text in (one, other))
    if not left or not right:
        return False
    return left not in right and right not in left


def candidates_of(ledger: Ledger, results: Iterable[ImportResult]) -> dict[str, Candidate]:
    """Collect the records that doubtful rows may be."""
    found: dict[str, Candidate] = {}
    with ledger.read() as rows:
        for result in results:
            ids = list({each for row in result.rows for each in row.candidates} - found.keys())
            if not ids:
                continue
            own = BY_TABLE.get(result.table, Enterprise)
            kinds: tuple[type[Record], ...] = (own, Enterprise, Matching)
            for cls in kinds:
                held: Mapping[str, Record] = rows.many(cls, ids)
                found.update({i: _candidate(rows, record) for i, record in held.items()})
                ids = [each for each in ids if each not in held]
    return found


def _candidate(rows: Rows, record: Any) -> Candidate:
    cls = type(record)
    title = record.title
    if isinstance(record, Enterprise):
        place = divisions().get(record.township or "", record.person or "")
        title = f"{title} {f'…{record.code[-4:]}' if record.code else place}".strip()
        specs = [field_map(cls)[name] for name in _TELLING]
    else:
        specs = [s for s in fields_of(cls) if getattr(record, s.name) is not None][:_MOST_FIELDS]
    told = []
    for spec in specs:
        text = shown(rows, spec, getattr(record, spec.name))
        told.append(Told(spec.name, spec.label, hide(spec, text), text))
    return Candidate(record.id, cls.TABLE, title, tuple(told))


def table_of(prepared: Prepared) -> str:
    """Table in which the records of a row stand."""
    return Matching.TABLE if prepared.cls is LedgerRow else prepared.cls.TABLE


def sort_of_doubt(fate: RowFate) -> str:
    """Reduce a reason to what it has in common with that of other rows."""
    return re.sub(r"“[^”]*”|[0-9A-Z*…]+|（[^）]*）", "", fate.reason)
