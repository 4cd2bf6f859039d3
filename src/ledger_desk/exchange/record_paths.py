"""Paths of a form's list of records: a field, a computed column, or a field of a record referred to.

``enterprise.name`` of a ticket is the firm's name, ``referral.application.no`` goes two records on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ledger_desk.model.exchanging import Verdict
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.keeping import Setting
from ledger_desk.model.kinds import Kind
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.computed import COMPUTED
from ledger_desk.store.conditions import Where

MOST_HOPS = 3
_MANY = 24
HIDDEN = frozenset({Setting.TABLE, Verdict.TABLE})
"""Tables of the program's own, which no form lists."""
COMPARED = ("=", "!=", "<", "<=", ">", ">=")
AMONG = ("in", "notin")
BLANK = ("blank", "notblank", "null", "notnull")
WORDED = ("contains", "like", "lacks", "starts", "ends")
ANY = "any"
OPERATORS = (*COMPARED, *AMONG, "between", *BLANK, *WORDED)
DAYS = ("{start}", "{end}", "{since}", "{year_start}")
"""Words for days that a condition may hold: of the period, the mechanism, the year."""
_NUMBERS = frozenset({"money", "whole", "rate", "quantity", "figure"})


@dataclass(frozen=True)
class Path:
    """A path that leads somewhere.

    Attributes:
        path: As it was written.
        label: Chinese name of the field.
        kind: How its values are shown and compared.
        ref: Table of the record that the value refers to, else empty.
        table: Table of the record that the value stands in.
        link: Path of the reference that leads to that record; empty: the row's own record.
    """

    path: str
    label: str
    kind: Kind
    ref: str
    table: str
    link: str

    @property
    def is_number(self) -> bool:
        """Whether a column of it can be summed."""
        return self.kind.name in _NUMBERS


def table_of(name: str) -> type[Record]:
    """Find the class of a table that a form may list.

    Raises:
        ValueError: A Chinese sentence: there is none of that name.
    """
    known = {table: cls.LABEL for table, cls in BY_TABLE.items() if table not in HIDDEN}
    if name not in known:
        raise ValueError(f"没有“{name}”这种记录{instead(name, known)}。")
    return BY_TABLE[name]


@cache
def _resolve(cls: Any, path: str) -> Path:
    first, _, rest = path.rpartition(".")
    owner: type[Record] = cls
    hops = first.split(".") if first else []
    if len(hops) > MOST_HOPS:
        raise ValueError(f"“{path}”绕得太远，最多隔 {MOST_HOPS} 条记录。")
    for hop in hops:
        spec = field_map(owner).get(hop)
        if spec is None or not spec.ref:
            links = [s.name for s in field_map(owner).values() if s.ref]
            raise ValueError(f"{owner.LABEL}没有“{hop}”这一项引用{instead(hop, links)}。")
        owner = BY_TABLE[spec.ref]
    computed = COMPUTED.get(owner.TABLE, {}).get(rest)
    if computed is not None:
        return Path(path, computed.label, computed.kind, "", owner.TABLE, first)
    spec = field_map(owner).get(rest)
    if spec is None:
        known = [*field_map(owner), *COMPUTED.get(owner.TABLE, {})]
        raise ValueError(f"{owner.LABEL}没有“{rest}”这一项{instead(rest, known)}。")
    return Path(path, spec.label, spec.kind, spec.ref, owner.TABLE, first)


def resolve(cls: type[Record], path: str) -> Path:
    """Follow a path.

    Raises:
        ValueError: A Chinese sentence: where it leads nowhere, and what there is instead.
    """
    key: Any = cls
    return _resolve(key, path)


@cache
def _firm_path(cls: Any) -> str | None:
    if cls.TABLE == "enterprise":
        return ""
    seen, level = {cls.TABLE}, [("", cls)]
    for _ in range(MOST_HOPS):
        further = []
        for path, owner in level:
            for spec in field_map(owner).values():
                if not spec.ref or spec.ref in HIDDEN:
                    continue
                onward = f"{path}.{spec.name}" if path else spec.name
                if spec.ref == "enterprise":
                    return onward
                if spec.ref not in seen:
                    seen.add(spec.ref)
                    further.append((onward, BY_TABLE[spec.ref]))
        level = further
    return None


def firm_path(cls: type[Record]) -> str | None:
    """Path of the reference to the firm that a record is about; empty: it is the firm itself."""
    key: Any = cls
    return _firm_path(key)


def conditions(
    cls: type[Record], where: Iterable[tuple[Any, ...]], days: Mapping[str, date]
) -> tuple[Where, ...]:
    """Turn the conditions of a block into those of a query.

    Args:
        cls: Class of the records.
        where: (path, operator, value) as written, or ("any", condition, condition …).
        days: Word of `DAYS` → day.

    Raises:
        ValueError: A Chinese sentence about the first that is wrong.
    """
    return tuple(_condition(cls, each, days) for each in where)


def _condition(cls: type[Record], each: Any, days: Mapping[str, date]) -> Where:
    if not isinstance(each, tuple | list) or not each or not isinstance(each[0], str):
        raise ValueError(f'条件“{each}”要写成 [项, 比法, 值]，例如 ["state", "=", "已销号"]。')
    if each[0] == ANY:
        return Where("", ANY, tuple(_condition(cls, inner, days) for inner in each[1:]))
    path, operator = resolve(cls, each[0]), each[1] if len(each) > 1 else ""
    if operator not in OPERATORS:
        raise ValueError(
            f"条件“{each[0]}”的比法“{operator}”不认识，能用的有：{'、'.join(OPERATORS)}。"
        )
    if operator in BLANK:
        return Where(path.path, operator)
    if len(each) != 3:
        raise ValueError(f"条件“{each[0]} {operator}”后面要有一个值。")
    value = each[2]
    if operator in WORDED:
        return Where(path.path, operator, str(value))
    if path.ref:
        raise ValueError(f"“{path.path}”是引用，不能直接比，请写它的名称，例如“{path.path}.name”。")
    if operator == "between":
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise ValueError(f"条件“{path.path} between”后面要写两头，例如 [1, 5]。")
        return Where(path.path, operator, tuple(_value(path, end, days) for end in value))
    if operator in AMONG:
        if not isinstance(value, list | tuple):
            raise ValueError(f'条件“{path.path} {operator}”后面要写一列值，例如 ["甲", "乙"]。')
        return Where(path.path, operator, [_value(path, one, days) for one in value])
    return Where(path.path, operator, _value(path, value, days))


def _value(path: Path, value: Any, days: Mapping[str, date]) -> Any:
    """Read a value as a cell of that field would be read; money in 万元."""
    kind = path.kind.name
    if value is None or value == "":
        return None
    if kind == "day" and isinstance(value, str) and value.startswith("{"):
        if value not in days:
            raise ValueError(f"条件里的日期“{value}”不认识，能用的有：{'、'.join(DAYS)}。")
        return days[value]
    if kind == "yes_no" and isinstance(value, bool):
        return value
    try:
        read = path.kind.parse(value, None)
    except (ValueError, TypeError) as error:
        raise ValueError(f"条件“{path.path}”的值不对：{error}") from None
    return read


def orders(cls: type[Record], sort: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Turn ``["-day", "enterprise.name"]`` into the order of a query.

    Raises:
        ValueError: A Chinese sentence: a path leads nowhere.
    """
    found = []
    for each in sort:
        falling = each.startswith("-")
        found.append((resolve(cls, each.removeprefix("-")).path, falling))
    return tuple(found)


def instead(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, else list them all."""
    words = list(known)
    near = difflib.get_close_matches(word, words, 1, 0.6)
    if near:
        return f"，是不是“{near[0]}”"
    if len(words) > _MANY:
        return f"，可用的有 {len(words)} 个：{'、'.join(words[:_MANY])}……"
    return f"，可用的有：{'、'.join(words)}" if words else ""
