"""One value, written in each destination's own way (一号六填; `product.md` §6, `peers.md` §B 7).

Whatever the way, what is written comes back as the same value: blanks in codes, 元 named in the
heading, days in any style. A masked cell says nothing when it comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ledger_desk.exchange.places import Places, name_of
from ledger_desk.model import masks, money
from ledger_desk.model.exchanging import Destination
from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.kinds import quantity
from ledger_desk.workbook.lists import ColumnKind, ListColumn, ListValue

MASKED, IN_FULL, WITHHELD = "遮盖", "照写", "不给"
AS_IT_IS, BY_FOURS, LOWER = "原样", "四位一空", "小写"
WAN, YUAN = "万元", "元"
USUAL_DAY = "2024-11-20"
# How a spreadsheet shows a day in each style; the cell stays a day.
_DAY_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        USUAL_DAY: "yyyy-mm-dd",
        "2024.11.20": "yyyy.mm.dd",
        "2024/11/20": "yyyy/mm/dd",
        "2024年11月20日": 'yyyy"年"m"月"d"日"',
        "20241120": "yyyymmdd",
    }
)
_KINDS: Mapping[str, ColumnKind] = MappingProxyType(
    {
        "money": "money",
        "rate": "rate",
        "day": "day",
        "whole": "whole",
        "figure": "whole",
        "year": "whole",
        "quantity": "number",
    }
)
_WIDE = MappingProxyType(
    {"name": 30, "note": 24, "scope": 40, "place": 30, "address": 30, "code": 22, "person_id": 22,
     "enterprise": 30}
)  # fmt: skip


@dataclass(frozen=True)
class Way:
    """How one destination wants fields written; the words are those of `model.vocabulary`.

    Attributes:
        private: Personal data: ``遮盖``, ``照写``, or ``不给`` (its columns are left out).
        codes: Codes and identity numbers: ``原样``, ``四位一空`` or ``小写``.
        money: Unit of amounts, also named in the heading: ``万元`` or ``元``.
        days: Style of days, by the example of 20 November 2024.
        tokens: Write the hidden column by which the table comes back as an update.
    """

    private: str = MASKED
    codes: str = AS_IT_IS
    money: str = WAN
    days: str = USUAL_DAY
    tokens: bool = True

    @classmethod
    def of(cls, destination: Destination) -> Way:
        """Give the way of a destination; what it does not say is as usual."""
        usual = cls()
        return cls(
            destination.private or usual.private,
            destination.codes or usual.codes,
            destination.money or usual.money,
            destination.days or usual.days,
            usual.tokens if destination.tokens is None else destination.tokens,
        )

    def gives(self, spec: FieldSpec) -> bool:
        """Whether a field goes out at all."""
        return not (spec.private and self.private == WITHHELD)

    def column(self, spec: FieldSpec) -> ListColumn:
        """Give heading, kind, width and number format of a field's column."""
        kind: ColumnKind = _KINDS.get(spec.kind.name, "text")
        if spec.private and self.private == MASKED:
            kind = "text"
        label = spec.label
        if kind == "money" and self.money == YUAN:
            label = label.replace(f"({WAN})", "") + f"({YUAN})"
        shown = _DAY_FORMATS.get(self.days, "") if kind == "day" else ""
        width = _WIDE.get(spec.name, 0)
        if kind == "day" and self.days == "2024年11月20日":
            width = 15
        if kind == "money" and self.money == YUAN:
            width = 18
        return ListColumn(label, kind, width, shown)

    def writer(self, spec: FieldSpec, places: Places, *, typed: bool) -> Callable[[Any], ListValue]:
        """Make the function that turns one field's values into cells.

        Args:
            spec: The field; not a reference.
            places: Knows which names of townships lead back to their codes.
            typed: Days are left to the cell's number format; a csv gets them as text.
        """
        if spec.private and self.private == MASKED:
            return _masked(spec)
        kind = spec.kind.name
        if kind == "money":
            return _exact_yuan if self.money == YUAN else _exact_wan
        if kind == "rate":
            return money.percent
        if kind == "quantity":
            return quantity
        if kind == "yes_no":
            return lambda value: "是" if value else "否"
        if kind == "division":
            return _division(places)
        if kind == "day" and not typed and self.days != USUAL_DAY:
            return self._day
        if kind in ("code", "person_id") and self.codes != AS_IT_IS:
            return by_fours if self.codes == BY_FOURS else str.lower
        return _as_it_is

    def _day(self, day: date) -> str:
        if self.days == "2024年11月20日":
            return f"{day.year}年{day.month}月{day.day}日"
        mark = {"2024.11.20": ".", "2024/11/20": "/", "20241120": ""}.get(self.days, "-")
        return mark.join((f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"))


def by_fours(code: str) -> str:
    """Write a code in groups of four: ``9141 1523 MA9F 0000 1X``; other wording stays."""
    if not (code.isascii() and code.isalnum()):
        return code
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _exact_wan(fen: int) -> ListValue:
    """万元 exactly, without more decimals than it takes (at least two)."""
    return Decimal(money.exact_wan(fen))


def _exact_yuan(fen: int) -> ListValue:
    return Decimal(fen).scaleb(-2)


def _division(places: Places) -> Callable[[Any], ListValue]:
    """By name where the name alone leads back to the code; each looked up once."""
    known: dict[str, str] = {}

    def write(code: str) -> str:
        if code not in known:
            name = name_of(code)
            known[code] = name if places.code_of(name) == code else code
        return known[code]

    return write


def _as_it_is(value: Any) -> ListValue:
    found: ListValue = value
    return found


def _masked(spec: FieldSpec) -> Callable[[Any], ListValue]:
    if spec.kind.name == "phone":
        return masks.mask_phone
    return lambda value: masks.mask_id(str(value), "ends")
