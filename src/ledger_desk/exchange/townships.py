"""Columns of divisions: the names of townships become codes, without a question to the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ledger_desk.exchange.parsing import Odd, Special
from ledger_desk.exchange.places import Places
from ledger_desk.model.fields import FieldSpec


def townships(places: Places, areas: Mapping[str, str] | None = None) -> Special:
    """Make the reader of division columns: names → codes; what is not known stays as written.

    Args:
        places: The divisions that the office works in.
        areas: Names and codes of places of the office's own (`terms.own_places`), to the names.
    """
    own = areas or {}

    def read(spec: FieldSpec, texts: Iterable[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for text in texts:
            code = places.code_of(text)
            if code is not None or text in own:
                values[text] = own.get(text, code)
                continue
            why = f"“{text}”不是本地区划里的乡镇（街道），按原文记下。开发区、管理区等可以这样用。"
            values[text] = Odd(spec.name, text, why, "hint")
        return values

    return read
