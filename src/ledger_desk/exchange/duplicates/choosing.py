"""Which record stays and whose value counts, where nobody has said otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger_desk.exchange.quick import is_sound_code
from ledger_desk.model.fields import FieldSpec, fields_of
from ledger_desk.model.records import Enterprise
from ledger_desk.store import likeness

# Of figures and states the newer word counts; an address that holds the other says more.
_NEWER = frozenset(["status", "approved", "term", "capital", "paid_in", "staff", "insured", "revenue", "assets"])  # fmt: skip
_LONGER = frozenset(["address", "place", "scope", "main_business", "industry_name"])
Written = Mapping[str, Mapping[str, int]]


def survivor(
    firms: Sequence[Enterprise], hanging: Mapping[str, int], first_steps: Mapping[str, int]
) -> str:
    """Choose the record that stays.

    A sound code first, then what hangs on it, then how much is filled, then the older one; the
    smaller id decides at last (`decisions.md` 1).
    """

    def worth(firm: Enterprise) -> tuple[Any, ...]:
        filled = sum(getattr(firm, spec.name) is not None for spec in fields_of(Enterprise))
        return (
            not _is_coded(firm),
            -hanging.get(firm.id, 0),
            -filled,
            first_steps.get(firm.id, 0),
            firm.id,
        )

    return min(firms, key=worth).id


def default(spec: FieldSpec, firms: Sequence[Enterprise], written: Written) -> str:
    """Choose whose value of a field counts; ``firms`` begin with the one that stays.

    Args:
        spec: The field.
        firms: The one that stays, then the others.
        written: Record → field → step that wrote its value, as far as known.

    Returns:
        The id of a record: the one that stays, unless another has a better value.
    """
    best = firms[0]
    if spec.name == "name" and not _is_coded(best):  # the name that goes with the code
        coded = (f for f in firms if _is_coded(f) and f.name)
        best = next((f for f in coded if _same_finger(f.name, best.name)), best)
    for firm in firms[1:]:
        if _better(spec.name, getattr(firm, spec.name), getattr(best, spec.name),
                   written.get(firm.id, {}).get(spec.name, 0), written.get(best.id, {}).get(spec.name, 0)):  # fmt: skip
            best = firm
    return best.id


def _is_coded(firm: Enterprise) -> bool:
    return bool(firm.code) and is_sound_code(firm.code or "")


def _length(name: str) -> int:
    """Length of a name; 有限责任公司 says no more than 有限公司."""
    return len(likeness.plain(name).replace("有限责任公司", "有限公司"))


def _same_finger(one: str | None, other: str | None) -> bool:
    return likeness.finger(one or "") == likeness.finger(other or "")


def _better(name: str, new: Any, old: Any, new_step: int, old_step: int) -> bool:
    if new is None or new == old:
        return False
    if old is None:
        return True
    if name == "code":
        return is_sound_code(new) and not is_sound_code(old)
    if name == "name":  # the registered name: with its place and legal form
        return _same_finger(new, old) and _length(new) > _length(old)
    if name in _LONGER:
        return len(new) > len(old) and old in new
    return name in _NEWER and new_step > old_step
