"""A draft as ``form.toml``: one order, nothing that need not be said, the same text every time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ledger_desk.exchange.form_parts import Balance, Check, Listed, Shape
from ledger_desk.reports.designing.draft import (
    Choice,
    Draft,
    DraftBlock,
    DraftCell,
    DraftColumn,
    Field,
    Formula,
    Nothing,
    Number,
    Text,
)

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}  # fmt: skip


def toml_of(draft: Draft) -> str:
    """Write the whole definition."""
    lines = [
        _line("id", draft.id), _line("title", draft.title), _line("standing", draft.standing),
        _line("mechanism", draft.mechanism), _line("sheet", draft.sheet),
    ]  # fmt: skip
    if draft.blank_name != "blank.xlsx":
        lines.append(_line("blank", draft.blank_name))
    source = {
        "document": draft.source_document, "title": draft.source_title, "clause": draft.clause,
    }  # fmt: skip
    lines.append(_line("source", source))
    due: dict[str, Any] = {"every": draft.every}
    if draft.due_day is not None and draft.every != "随时":
        due["day"] = draft.due_day
    if draft.due_clause:
        due["clause"] = draft.due_clause
    lines.append(_line("due", due))
    lines += [_line(key, value) for key, value in draft.extra]
    if draft.notes:
        lines.append(_rows("notes", draft.notes))
    if draft.checks:
        lines.append(_rows("checks", draft.checks))
    if draft.balance is not None:
        lines.append(_line("balance", _said(draft.balance)))
    cells = [_cell(each, draft.sheet) for each in draft.cells if each.choice != Nothing()]
    if cells:
        lines.append(_rows("cell", cells))
    for block in draft.blocks:
        lines += ["", "[[block]]", *_block(block, draft.sheet)]
    for check in draft.rules:
        lines += ["", "[[check]]", *(_line(key, value) for key, value in _said(check).items())]
    return "\n".join(lines) + "\n"


def _said(part: Balance | Check | Listed) -> dict[str, Any]:
    """What a part says besides what goes without saying."""
    fields = type(part).model_fields
    told = {name: getattr(part, name) for name in fields}
    return {
        name: value for name, value in told.items()
        if value is not None and value != fields[name].default
    }  # fmt: skip


def _cell(cell: DraftCell, sheet: str) -> dict[str, Any]:
    told: dict[str, Any] = {"at": cell.at, **_choice(cell.choice)}
    if cell.label:
        told["label"] = cell.label
    if cell.unit:
        told["unit"] = cell.unit
    if cell.places != 2:
        told["places"] = cell.places
    told |= dict(cell.extra)
    return told | ({} if cell.sheet == sheet else {"sheet": cell.sheet})


def _choice(choice: Choice) -> dict[str, Any]:
    match choice:
        case Field(path):
            return {"field": path}
        case Formula(text):
            return {"formula": text}
        case Text(text):
            return {"text": text}
        case Number(indicator, measure, part):
            said = {"indicator": indicator, "measure": measure, "part": dict(part)}
            return {key: value for key, value in said.items() if value}
        case _:
            return {}


def _block(block: DraftBlock, sheet: str) -> list[str]:
    told: dict[str, Any] = {} if block.sheet == sheet else {"sheet": block.sheet}
    told |= {
        "title": block.title or None, "rows": block.rows, "of": block.of, "day": block.day,
        "until": block.until or None, "where": block.where or None, "sort": block.sort or None,
        "first_row": block.first_row, "room": block.room, "total_row": block.total_row,
        "shrink": block.shrink or None,
        "empty": {"at": block.empty.at, "text": block.empty.text} if block.empty else None,
        "indicator": block.indicator, "measure": block.measure, "part": dict(block.part) or None,
    }  # fmt: skip
    told |= dict(block.extra)
    lines = [_line(key, value) for key, value in told.items() if value is not None]
    if block.row:
        lines.append(_rows("row", [_said(each) for each in block.row]))
    columns = [_column(each) for each in block.columns if each.choice != Nothing()]
    lines.append(_rows("column", columns))
    return lines


def _column(column: DraftColumn) -> dict[str, Any]:
    told: dict[str, Any] = {"at": column.at, "heading": column.heading, **_choice(column.choice)}
    more = {
        "unit": column.unit or None, "places": None if column.places == 2 else column.places,
        "total": None if column.total == "none" else column.total,
        "total_where": column.total_where, "total_text": column.total_text,
        "notes": column.notes or None,
    }  # fmt: skip
    said = {key: value for key, value in more.items() if value is not None}
    return told | said | dict(column.extra)


def _line(key: str, value: Any) -> str:
    return f"{_key(key)} = {_value(value)}"


def _rows(key: str, values: Sequence[Any]) -> str:
    """An array with one item a line."""
    return "\n".join([f"{key} = [", *(f"  {_value(value)}," for value in values), "]"])


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return _text(value)
        case Shape():
            return _value({key: v for key, v in value.model_dump(exclude_none=True).items() if v})
        case Mapping():
            inside = ", ".join(_line(str(key), each) for key, each in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case Sequence():
            return f"[{', '.join(map(_value, value))}]"
    return _text(str(value))


def _text(text: str) -> str:
    """A basic string; control characters by their numbers."""
    made = "".join(
        _ESCAPES.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c) for c in text
    )
    return f'"{made}"'
