"""From the name of a field to SQL: own fields, computed ones, and those of a record referred to."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.model import kinds
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.kinds import Kind
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.computed import COMPUTED, INDEX, Many

_FEN_PER_HUNDREDTH = 10_000  # fen in 0.01 万元


@dataclass(frozen=True)
class Column:
    """A column of a query.

    Attributes:
        sql: Expression of the stored value.
        kind: How it is saved, loaded and compared.
        joins: Joins that the expression needs, in order.
        ref: Table of the record that a reference points to, else empty.
        many: Where its values stand, when a record may have several.
        alias: Name of the record's own table in the question.
    """

    sql: str
    kind: Kind
    joins: tuple[str, ...] = ()
    ref: str = ""
    many: Many | None = None
    alias: str = ""


def column(cls: type[Record], name: str) -> Column:
    """Find the column of a name: a field, ``id``, a computed name, or ``reference.field``.

    Raises:
        KeyError: No such name; it would be a bug, and a hole.
    """
    return _column(cls, name, cls.TABLE, ())


def _column(cls: type[Record], name: str, alias: str, joins: tuple[str, ...]) -> Column:
    if name == "id":
        return Column(f"{alias}.id", kinds.TEXT, joins)
    first, _, rest = name.partition(".")
    if rest:
        spec = field_map(cls)[first]
        far = f"{alias}_{first}"
        link = f"LEFT JOIN {BY_TABLE[spec.ref].TABLE} AS {far} ON {far}.id = {alias}.{first}"
        return _column(BY_TABLE[spec.ref], rest, far, (*joins, link))
    computed = COMPUTED.get(cls.TABLE, {}).get(name)
    if computed is not None and computed.sql:
        sql = f"({computed.sql.format(row=alias)})"
        return Column(sql, computed.kind, joins, many=computed.many, alias=alias)
    if computed is not None:
        index = INDEX if alias == cls.TABLE else f"{alias}_index"
        link = f"LEFT JOIN {INDEX} AS {index} ON {index}.id = {alias}.id"
        return Column(f"{index}.{name}", computed.kind, (*joins, link))
    spec = field_map(cls)[name]
    return Column(f"{alias}.{name}", spec.kind, joins, spec.ref)


def title(cls: type[Record], name: str) -> Column:
    """Find the column that a reference is shown by: the title of the record referred to.

    Any other column is given as it is.
    """
    found = column(cls, name)
    return column(cls, f"{name}.{BY_TABLE[found.ref].TITLE}") if found.ref else found


def shown_text(found: Column) -> str:
    """Expression of the text that people see, for conditions that look into it.

    Money in 万元 with two decimals, rounded half up; rates in per cent as far as they go.
    """
    sql, kind = found.sql, found.kind.name
    if kind == "money":
        cents = f"((abs({sql}) + {_FEN_PER_HUNDREDTH // 2}) / {_FEN_PER_HUNDREDTH})"
        sign = f"CASE WHEN {sql} < 0 AND {cents} > 0 THEN '-' ELSE '' END"
        return f"(CASE WHEN {sql} IS NULL THEN NULL ELSE {sign} || format('%d.%02d', {cents} / 100, {cents} % 100) END)"
    if kind == "yes_no":
        return f"(CASE {sql} WHEN 1 THEN '是' WHEN 0 THEN '否' END)"
    if kind in ("rate", "quantity"):
        unit = 10_000 if kind == "rate" else 1_000_000
        digits = 4 if kind == "rate" else 6
        exact = f"format('%d.%0{digits}d', {sql} / {unit}, abs({sql}) % {unit})"
        return f"(CASE WHEN {sql} IS NULL THEN NULL ELSE rtrim(rtrim({exact}, '0'), '.') END)"
    return sql if found.kind.storage == "TEXT" else f"CAST({sql} AS TEXT)"


def is_worded(kind: Kind) -> bool:
    """Whether values are words, which people expect in the order of pinyin."""
    return kind.name in ("text", "note") or (kind.name == "choice" and not is_ranked(kind))


def is_ranked(kind: Kind) -> bool:
    """Whether values stand in the order of their options."""
    return bool(kind.options) and not kind.open


def rank(found: Column) -> str:
    """Expression that sorts a closed choice by its options, other words behind them."""
    options = " ".join(
        f"WHEN '{option.replace(chr(39), chr(39) * 2)}' THEN {place}"
        for place, option in enumerate(found.kind.options)
    )
    return f"(CASE {found.sql} {options} WHEN '' THEN NULL ELSE {_after(found)} END)"


def _after(found: Column) -> str:
    return f"CASE WHEN {found.sql} IS NULL THEN NULL ELSE {len(found.kind.options)} END"
