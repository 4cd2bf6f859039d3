"""Values as people read them: money exactly, places and references by name, private ones masked."""

from __future__ import annotations

from typing import Any

from ledger_desk.model import masks, money
from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.records.choosing import shown_title
from ledger_desk.ui.records.dictionaries import divisions, industry_item


def show(ledger: Ledger, spec: FieldSpec, value: Any, *, masked: bool = False) -> str:
    """Show one value of a field; empty for none.

    Args:
        ledger: Knows the records that references point to.
        spec: The field.
        value: Its value.
        masked: Hide personal data.
    """
    if value is None or value == "":
        return ""
    if masked and spec.private:
        return mask(spec, str(value))
    kind = spec.kind.name
    if kind == "money":
        return money.exact_wan(value)
    if kind == "division":
        return divisions().get(value, value)
    if kind == "industry":
        return industry_item(value).text
    if kind == "reference" and spec.ref:
        found = ledger.get(BY_TABLE[spec.ref], value)
        return shown_title(found) if found is not None else "（已不在）"
    return spec.kind.show(value)


def mask(spec: FieldSpec, text: str) -> str:
    """Hide the middle of personal data: a telephone number, or an identity number."""
    return masks.mask_phone(text) if spec.kind.name == "phone" else masks.mask_id(text, "ends")


def split_unit(text: str) -> tuple[str, str]:
    """Part a label from the unit it carries: ``注册资本(万元)`` → (注册资本, 万元)."""
    for unit in ("万元", "元", "%", "月", "平方米", "字节"):
        tail = f"({unit})"
        if text.endswith(tail):
            return text.removesuffix(tail), unit
    return text, ""
