"""Columns of a list inside the file, from the declarations: all but what the file itself says."""

from __future__ import annotations

from functools import cache
from typing import Any

from ledger_desk.model.fields import FieldSpec, Record, fields_of
from ledger_desk.model.records import Loan, Memo
from ledger_desk.ui.grid_rows import ColumnKind, GridColumn

# The firm is the file; the rest is kept by the program or belongs to another page.
_OWN = frozenset(
    ["enterprise", "loan", "cultivation", "matching", "on_table", "on_record", "size", "hash", "original"]
)  # fmt: skip
_KINDS: dict[str, ColumnKind] = {
    "money": "money",
    "rate": "number",
    "day": "day",
    "whole": "number",
    "year": "number",
    "quantity": "number",
    "code": "code",
}
_WIDTHS = {"money": 118, "day": 108, "whole": 88, "year": 92, "yes_no": 92, "note": 190, "choice": 116,
           "reference": 150, "person_id": 178, "phone": 132, "rate": 104, "quantity": 104, "month": 92}  # fmt: skip
_TITLES = 150  # what a row is called by
# The person's own order where the declaration has another: what one asks first stands first.
_FIRST: dict[str, tuple[str, ...]] = {
    Loan.TABLE: ("bank", "amount", "balance", "balance_on", "signed_on", "due_on", "rate", "security"),
    Memo.TABLE: ("day", "text", "field", "person"),
}  # fmt: skip
NOUNS = {
    "associate": "人", "relation": "家", "premises": "处", "tagging": "个", "finance": "年", "tax_year": "年",
    "staffing": "次", "utility": "个月", "standing": "条", "rating": "次", "loan": "笔", "asset": "项",
    "surety": "笔", "cultivation": "个方案", "help": "次", "matching": "次", "attachment": "件", "memo": "条",
    "drawdown": "笔", "repayment": "笔",
}  # fmt: skip


@cache
def _specs(cls: Any) -> tuple[FieldSpec, ...]:
    specs = [spec for spec in fields_of(cls) if spec.name not in _OWN]
    first = _FIRST.get(cls.TABLE, ())
    place = {name: number for number, name in enumerate(first)}
    return tuple(sorted(specs, key=lambda spec: place.get(spec.name, len(first))))


def specs_of(cls: type[Record]) -> tuple[FieldSpec, ...]:
    """Fields of a record class that its list in the file shows, in their order there."""
    key: Any = cls
    return _specs(key)


def column_of(cls: type[Record], spec: FieldSpec, *, editable: bool) -> GridColumn:
    """Make the column of a field."""
    first = next(iter(specs_of(cls))).name == spec.name
    width = _TITLES if spec.name == cls.TITLE and spec.kind.name == "text" else 120
    width = _WIDTHS.get(spec.kind.name, width)
    return GridColumn(
        spec.name,
        spec.label,
        _KINDS.get(spec.kind.name, "text"),
        max(width, 132) if first else width,
        numeric=spec.kind.name in ("money", "rate", "whole", "quantity"),
        sortable=False,
        essential=first,
        editable=editable,
        unit="万元" if spec.kind.name == "money" else "",
    )
