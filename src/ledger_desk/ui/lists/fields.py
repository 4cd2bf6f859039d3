"""Columns and cells of any record class, from how its fields are declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ledger_desk.model import locks, masks, money
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.kinds import Kind
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.computed import COMPUTED
from ledger_desk.store.queries import Rows
from ledger_desk.ui.grid_rows import Cell, CellLike, ColumnKind, GridColumn, GridRow
from ledger_desk.ui.records.dictionaries import divisions, industry_item

_KINDS: dict[str, ColumnKind] = {
    "money": "money", "day": "day", "whole": "number", "year": "number", "quantity": "number", "code": "code",
}  # fmt: skip
_WIDTHS = {"money": 110, "day": 100, "month": 84, "whole": 90, "year": 72, "yes_no": 64, "code": 170, "phone": 116,
           "person_id": 170, "reference": 170, "note": 200}  # fmt: skip
_WIDTH = 130
_WHY_COMPUTED = "这一列是程序算出来的，不能直接改。"
_WHY_FAR = "这一列是别的记录里的内容，请打开那条记录去改。"


@dataclass(frozen=True)
class ShownField:
    """A field as a list shows it.

    Attributes:
        name: Field, computed name, or ``reference.field``.
        label: Heading.
        kind: Kind of its values.
        ref: Table of the record referred to, else empty.
        via: Reference of this record through which the value is reached, else empty.
        private: Masked.
        required: Counts for completeness.
        computed: Worked out by the program.
        locked: Why no cell of it can be changed: a use case alone writes it.
        several: A record may have several of its values.
    """

    name: str
    label: str
    kind: Kind
    ref: str = ""
    via: str = ""
    private: bool = False
    required: bool = False
    computed: bool = False
    locked: str = ""
    several: bool = False


def shown_field(cls: type[Record], name: str) -> ShownField:
    """Find how a list shows a field.

    Raises:
        KeyError: No such field.
    """
    via, _, far = name.partition(".")
    if far:
        there = shown_field(BY_TABLE[field_map(cls)[via].ref], far)
        return replace(there, name=name, via=via, required=False, locked="")
    made = COMPUTED.get(cls.TABLE, {}).get(name)
    if made is not None:
        several = made.many is not None
        return ShownField(name, made.label, made.kind, computed=True, several=several)
    spec = field_map(cls)[name]
    why = locks.locked(cls).get(name, "")
    return ShownField(
        name, spec.label, spec.kind, spec.ref, "", spec.private, spec.required, locked=why
    )


def record_column(
    field: ShownField, *, locked: str = "", width: int = 0, essential: bool = False, stretch: bool = False
) -> GridColumn:  # fmt: skip
    """Make the column of a field.

    Args:
        field: What it shows.
        locked: Why none of its cells can be changed; computed and far ones have their own reason.
        width: Pixels at 100 %; 0: by the kind.
        essential: Stays in front in the narrowest layout.
        stretch: Takes spare width.
    """
    kind = _KINDS.get(field.kind.name, "text")
    why = (
        locked
        or field.locked
        or (_WHY_COMPUTED if field.computed else _WHY_FAR if field.via else "")
    )
    return GridColumn(
        field.name,
        field.label,
        "computed" if field.computed and kind == "text" else kind,
        width or _WIDTHS.get(field.kind.name, _WIDTH),
        numeric=(field.computed and kind == "number") or None,
        essential=essential,
        editable=not why,
        unit="万元" if kind == "money" else "",
        stretch=stretch,
        locked=why,
    )


class RecordCells:
    """Makes rows of records: reads once a page what they refer to and what is computed of them."""

    def __init__(self, cls: type[Record], fields: Sequence[ShownField]) -> None:
        """Show these fields."""
        self._cls, self._fields = cls, tuple(fields)
        known = field_map(cls)
        named = [f.via or f.name for f in fields if f.via or f.ref]
        self._links = {name: known[name].ref for name in named}

    def rows(self, rows: Rows, records: Sequence[Record]) -> list[GridRow]:
        """Make the rows of some records."""
        far = {link: _far(rows, link, table, records) for link, table in self._links.items()}
        links = {field.via for field in self._fields if field.via and field.computed}
        page = _Page(
            rows.beside(self._cls, [record.id for record in records]),
            far,
            {link: rows.beside(BY_TABLE[self._links[link]], list(far[link])) for link in links},
            {f.name: _titles(rows, f, far[f.via]) for f in self._fields if f.via and f.ref},
        )
        return [
            GridRow(record.id, [_cell(field, record, page) for field in self._fields])
            for record in records
        ]


@dataclass(frozen=True)
class _Page:
    """What a page of records needs besides: computed values, records referred to and theirs."""

    beside: Mapping[str, Mapping[str, Any]]
    far: Mapping[str, Mapping[str, Record]]
    far_beside: Mapping[str, Mapping[str, Mapping[str, Any]]]
    titles: Mapping[str, Mapping[str, str]]


def _cell(field: ShownField, record: Record, page: _Page) -> CellLike:
    if field.via:
        return _far_cell(field, getattr(record, field.via) or "", page)
    if field.computed:
        return cell(field, page.beside.get(record.id, {}).get(field.name))
    value = getattr(record, field.name)
    if field.ref and value:
        found = page.far[field.name].get(value)
        return _title(found) if found is not None else Cell("（已不在）", "hint")
    return cell(field, value)


def _far_cell(field: ShownField, record: str, page: _Page) -> CellLike:
    name = field.name.partition(".")[2]
    if field.computed:
        return cell(field, page.far_beside[field.via].get(record, {}).get(name))
    there = page.far[field.via].get(record)
    value = getattr(there, name) if there is not None else None
    if field.ref and value:
        return page.titles[field.name].get(value, "（已不在）")
    return cell(field, value)


def _far(rows: Rows, link: str, table: str, records: Sequence[Record]) -> dict[str, Record]:
    wanted = {value for record in records if (value := getattr(record, link))}
    return rows.many(BY_TABLE[table], sorted(wanted))


def _titles(rows: Rows, field: ShownField, far: Mapping[str, Record]) -> dict[str, str]:
    name = field.name.partition(".")[2]
    return rows.titles(field.ref, [v for each in far.values() if (v := getattr(each, name))])


def _title(record: Record) -> str:
    value = getattr(record, record.TITLE, None)
    if value is None or value == "":
        return record.title
    return field_map(type(record))[record.TITLE].kind.show(value)


def cell(field: ShownField, value: Any) -> CellLike:
    """Make the cell of a value: what is missing says so, what is private is masked."""
    if value is None or value == "":
        if field.required:
            return Cell(state="missing", note=f"“{field.label}”还没填，按 Enter 打开补上。")
        return Cell(state="unreported") if field.kind.name == "money" else ""
    if field.private:
        phone = field.kind.name == "phone"
        return masks.mask_phone(value) if phone else masks.mask_id(str(value), "ends")
    show = _SHOWN.get(field.kind.name)
    text = show(value) if show is not None else field.kind.show(value)
    return Cell(text, "computed") if field.computed and isinstance(text, str) else text


def _money(value: int) -> CellLike:
    # Two decimals in a list; the exact amount is told when somebody looks at the cell.
    exact = money.exact_wan(value)
    note = f"准确数 {exact} 万元" if len(exact.partition(".")[2]) > 2 else ""
    return Cell(money.show_wan(value), value=value, note=note)


_SHOWN: dict[str, Callable[[Any], CellLike]] = {
    "money": _money,
    "whole": lambda value: Cell(f"{value:,}", value=value),
    "day": lambda value: str(value.isoformat()),
    "division": lambda value: divisions().get(value, value),
    "industry": lambda value: industry_item(value).text,
}
