"""Conditions of a query, and how each becomes SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.model.fields import Record
from ledger_desk.store.columns import Column, column, shown_text, title
from ledger_desk.store.computed import Many

_COMPARED = {"=", "!=", "<", "<=", ">", ">="}
_TRUE_OF_BLANKS = {"!=", "<", "<="}  # of '', which stands for no value as NULL does
_ESCAPE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
# What of the shown text is looked for: pattern around the escaped words.
_PATTERNS = {"contains": "%{}%", "like": "%{}%", "lacks": "%{}%", "starts": "{}%", "ends": "%{}"}

Test = tuple[str, list[Any], tuple[str, ...]]  # SQL, bound values, joins it needs


@dataclass(frozen=True)
class Where:
    """One condition on a field.

    Attributes:
        field: A field of the class, ``id``, a computed name, or ``reference.field``.
        op: One of

            - ``= != < <= > >=``: compared with the value; what is blank never matches;
            - ``in``, ``notin``: among the values, or not; None or '' stands for the blank ones;
            - ``between``: value is (low, high), both inclusive, either may be None;
            - ``blank``, ``notblank`` (also ``null``, ``notnull``);
            - ``contains`` (also ``like``), ``lacks``, ``starts``, ``ends``: the text that people
              see; for a reference the title of its record. Latin letters match in either case.
              ``lacks`` holds for what is blank.
            Of a column that may have several values (tags) one of them has to be so; ``notin``,
            ``lacks`` and ``!=`` hold where none is.

            - ``any``: one at least of the conditions that the value lists; the field is not asked.
        value: A value of the field, or several, or a text, by ``op``.
    """

    field: str
    op: str
    value: Any = None


def condition(cls: type[Record], where: Where) -> Test:
    """Give the SQL of a condition with its bound values and the joins it needs.

    Raises:
        KeyError: No such field.
        ValueError: No such operator.
    """
    if where.op == "any":
        return _any([condition(cls, each) for each in where.value])
    found = column(cls, where.field)
    if found.many is not None:
        return _of_many(found, found.many, where)
    if where.op in _PATTERNS:
        return _text(title(cls, where.field), where)
    save = found.kind.save
    if where.op in _COMPARED:
        test = f"{found.sql} {where.op} ?"
        if where.op in _TRUE_OF_BLANKS and found.kind.storage == "TEXT":
            test += f" AND {_filled(found)}"
        return test, [save(where.value)], found.joins
    if where.op in ("in", "notin"):
        return _among(found, save, where)
    if where.op == "between":
        low, high = where.value
        ends = [(">=", low), ("<=", high)]
        tests = [f"{found.sql} {sign} ?" for sign, end in ends if end is not None]
        bound = [save(end) for _, end in ends if end is not None]
        return (
            " AND ".join([*tests, *([_filled(found)] if low is None else [])]),
            bound,
            found.joins,
        )
    if where.op in ("blank", "null"):
        return _blank(found), [], found.joins
    if where.op in ("notblank", "notnull"):
        return _filled(found), [], found.joins
    raise ValueError(f"unknown operator {where.op!r}")


def _any(tests: Sequence[Test]) -> Test:
    if not tests:
        return "0", [], ()
    joins = dict.fromkeys(join for _, _, some in tests for join in some)
    return (
        f"({' OR '.join(f'({test})' for test, _, _ in tests)})",
        [value for _, bound, _ in tests for value in bound],
        tuple(joins),
    )


def _of_many(found: Column, many: Many, where: Where) -> Test:
    """Ask the records that hang on it, by their own index, not each row for its values."""
    value, inside = f"{many.table}.{many.field}", f"{found.alias}.id IN"
    all_of = (
        f"(SELECT {many.link} FROM {many.table} WHERE {many.table}.removed = 0"
        f" AND {many.link} <> '' AND {value} <> ''"
    )
    op, bound = where.op, list[Any]()
    if op in ("blank", "null"):
        return f"{found.alias}.id NOT IN {all_of})", bound, found.joins
    if op in ("notblank", "notnull"):
        return f"{inside} {all_of})", bound, found.joins
    if op in _PATTERNS:
        words = str(where.value).translate(_ESCAPE)
        test = f"{value} LIKE ? ESCAPE '\\'"
        bound = [_PATTERNS["contains" if op == "lacks" else op].format(words)]
        return (
            f"{inside if op != 'lacks' else f'{found.alias}.id NOT IN'} {all_of} AND {test})",
            bound,
            found.joins,
        )
    if op not in ("in", "notin", "=", "!="):
        raise ValueError(f"several values cannot be asked for {op!r}")
    wanted: Sequence[Any] = [*where.value] if op in ("in", "notin") else [where.value]
    blanks = any(each is None or each == "" for each in wanted)
    filled = [found.kind.save(each) for each in wanted if each is not None and each != ""]
    test = f"{inside} {all_of} AND {value} IN (SELECT value FROM json_each(?)))"
    bound = [json.dumps(filled)]
    if blanks:
        test = f"({test} OR {found.alias}.id NOT IN {all_of}))"
    return (f"NOT {test}" if op in ("notin", "!=") else test), bound, found.joins


def _blank(found: Column) -> str:
    if found.kind.storage != "TEXT":
        return f"{found.sql} IS NULL"
    return f"({found.sql} IS NULL OR {found.sql} = '')"


def _filled(found: Column) -> str:
    """NULL <> '' is not true, so one test will do."""
    return f"{found.sql} {'IS NOT NULL' if found.kind.storage != 'TEXT' else '<> ' + repr('')}"


def _among(found: Column, save: Callable[[Any], Any], where: Where) -> Test:
    values: Sequence[Any] = [*where.value]
    blanks = any(value is None or value == "" for value in values)
    # One bound text for any number of values; the engine takes 32,766 marks at the most.
    bound = [json.dumps([save(value) for value in values if value is not None and value != ""])]
    inside = f"{found.sql} IN (SELECT value FROM json_each(?))"
    if where.op == "in":
        return (f"({inside} OR {_blank(found)})" if blanks else inside), bound, found.joins
    outside = f"{found.sql} NOT IN (SELECT value FROM json_each(?))"
    if blanks:
        return f"({outside} AND {_filled(found)})", bound, found.joins
    return f"({outside} OR {_blank(found)})", bound, found.joins


def _text(found: Column, where: Where) -> Test:
    words = str(where.value).translate(_ESCAPE)
    like = f"{shown_text(found)} LIKE ? ESCAPE '\\'"
    if where.op == "lacks":
        like = f"({like}) IS NOT TRUE"
    return like, [_PATTERNS[where.op].format(words)], found.joins
