"""How complete a firm's file is (建档完整度): required fields that are filled, by the office's own marks.

Sources: `domain.md` §6.3 (已填必填项 ÷ 必填项), `product.md` §3. A field that does not apply to one
firm can be waived there, with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.model.fields import field_map, fields_of
from ledger_desk.model.parties import Enterprise

SETTING = "required:enterprise"  # names of the fields that the office marks, as a JSON list
USUAL = tuple(spec.name for spec in fields_of(Enterprise) if spec.required)
_PARTS = re.compile("[、,，;；\\s]+")


@dataclass(frozen=True)
class Completeness:
    """How many of the required fields are filled.

    Attributes:
        percent: Rounded down: 100 means all.
        filled: How many are filled.
        required: How many are required of this firm.
        missing: Names of those that are not filled.
        waived: Names of those not required of this firm.
    """

    percent: int
    filled: int
    required: int
    missing: tuple[str, ...]
    waived: tuple[str, ...]


def marked(setting: str | None) -> tuple[str, ...]:
    """Read which fields the office requires; what is usual where it has not said, or names none."""
    if not setting:
        return USUAL
    try:
        given = json.loads(setting)
    except ValueError:
        return USUAL
    known = field_map(Enterprise)
    names = tuple(name for name in given if name in known) if isinstance(given, list) else ()
    return names or USUAL


def written(names: Collection[str]) -> str:
    """Write which fields the office requires, in the order of the declarations."""
    chosen = [spec.name for spec in fields_of(Enterprise) if spec.name in names]
    return json.dumps(chosen)


def waived_of(text: str | None) -> tuple[str, ...]:
    """Read the fields not required of one firm: labels or names between commas, as kept in ``waived``."""
    if not text:
        return ()
    by_word = {spec.label: spec.name for spec in fields_of(Enterprise)}
    by_word |= {spec.name: spec.name for spec in fields_of(Enterprise)}
    return tuple(by_word[part] for part in _PARTS.split(text) if part in by_word)


def completeness(values: Mapping[str, Any], required: Sequence[str] = USUAL) -> Completeness:
    """Judge one firm.

    Args:
        values: Field name → value, stored or not; missing names are empty.
        required: Names of the required fields.
    """
    waived = tuple(n for n in waived_of(values.get("waived")) if n in required)
    asked = [name for name in required if name not in waived]
    missing = tuple(name for name in asked if values.get(name) in (None, ""))
    filled = len(asked) - len(missing)
    percent = 100 * filled // len(asked) if asked else 100
    return Completeness(percent, filled, len(asked), missing, waived)
