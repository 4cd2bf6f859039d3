"""How values read on paper: amounts in 万元, days written out, links by name, personal data hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger_desk.exchange.places import name_of
from ledger_desk.model import masks, money
from ledger_desk.model.days import print_day
from ledger_desk.model.fields import FieldSpec
from ledger_desk.reports.dossier.options import MASKED, WITHHELD

Titles = Mapping[str, str]
# An address of 25 signs cannot be hidden like a number: its town is enough to know the file by.
_ADDRESS_KEPT = 6


def label_of(spec: FieldSpec) -> str:
    """Heading on paper: full-width brackets."""
    return spec.label.replace("(", "（").replace(")", "）")


def text_of(spec: FieldSpec, value: Any, titles: Titles, private: str = MASKED) -> str:
    """Word one value.

    Args:
        spec: Its field.
        value: The value; None and '' give ''.
        titles: Id → name of what references point to.
        private: What becomes of personal data (`Options.private`).
    """
    if value is None or value == "":
        return ""
    if spec.private and private == WITHHELD:
        return "（不给）"
    if spec.private and private == MASKED:
        return hidden(spec, str(value))
    kind = spec.kind.name
    if kind == "money":
        return money.show_wan(value)
    if kind == "rate":
        return (
            spec.kind.show(value).removesuffix("%") if "%" in spec.label else spec.kind.show(value)
        )
    if kind == "day":
        return print_day(value)
    if kind == "division":
        return name_of(value)
    if kind == "reference":
        return titles.get(value, "（已不在）")
    return spec.kind.show(value)


def hidden(spec: FieldSpec, text: str) -> str:
    """Hide personal data: the middle of a number, all but the beginning of an address."""
    if spec.kind.name == "phone":
        return masks.mask_phone(text)
    if spec.kind.name == "person_id":
        return masks.mask_id(text, "ends")
    return text[:_ADDRESS_KEPT] + "*" * max(0, len(text) - _ADDRESS_KEPT)
