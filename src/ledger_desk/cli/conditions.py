"""``--where 项目=值``: conditions of the command line as a query."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.model.fields import FieldSpec, Record
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Query, Rows, Where

# Longer operators first: ">=" must not be read as ">".
_CONDITION = re.compile(r"(?P<field>.+?)(?P<op>>=|<=|!=|=|>|<|~)(?P<value>.*)", re.DOTALL)


def query_of(ledger: Ledger, name: str, conditions: Sequence[str] = ()) -> Query[Any]:
    """Make the query of a list.

    Args:
        ledger: Knows the names that references are given by.
        name: Table name or label of a record class.
        conditions: Each ``项目=值`` (also != >= <= > <, and ~ for "holds"); 项目 is a label, a
            synonym or the field's own name; an empty value asks for empty fields.

    Raises:
        UserError: No such list, no such field, or a value that the field cannot have.
    """
    from ledger_desk.exchange.targets import LEDGER_ROWS, find_kind
    from ledger_desk.model.records import Matching
    from ledger_desk.store.queries import Query

    kind = find_kind(name)
    cls = Matching if kind == LEDGER_ROWS else kind
    if not isinstance(cls, type):
        raise UserError("没有写要导出哪一种名单，例如“经营主体”。")
    with ledger.read() as rows:
        tests = [_test(rows, ledger, cls, condition) for condition in conditions]
    return Query(cls, tuple(tests))


def _test(rows: Rows, ledger: Ledger, cls: type[Record], condition: str) -> Where:
    from ledger_desk.store.queries import Where

    match = _CONDITION.fullmatch(condition)
    if match is None:
        raise UserError(f"条件“{condition}”看不懂。请写成“项目=值”，例如“主体类型=企业”。")
    spec, op, text = field_named(cls, match["field"].strip()), match["op"], match["value"].strip()
    if not text:
        if op not in ("=", "!="):
            raise UserError(
                f"条件“{condition}”后面没有值。请写成“项目{op}值”；要找没填的，写“项目=”。"
            )
        return Where(spec.name, "null" if op == "=" else "notnull")
    if op == "~":
        return Where(spec.name, "like", text)
    return Where(spec.name, op, _value(rows, ledger, spec, text))


def field_named(cls: type[Record], name: str) -> FieldSpec:
    """Find a field by its name, its label (with or without the unit), or a synonym.

    Raises:
        UserError: The record class has no such field.
    """
    from ledger_desk.model.fields import fields_of

    specs = fields_of(cls)
    for spec in specs:
        if name in (spec.name, spec.label, spec.label.partition("(")[0]):
            return spec
    for spec in specs:
        if name in spec.synonyms:
            return spec
    labels = "、".join(spec.label for spec in specs)
    raise UserError(f"{cls.LABEL}没有“{name}”这一项。可以用的有：{labels}。")


def _value(rows: Rows, ledger: Ledger, spec: FieldSpec, text: str) -> Any:
    """Read a value as a cell of an incoming table would be read."""
    from ledger_desk.exchange import looking_up
    from ledger_desk.exchange.parsing import Odd
    from ledger_desk.exchange.places import Places
    from ledger_desk.exchange.townships import townships

    if spec.ref:
        found = looking_up.references(rows)(spec, [text])[text]
    elif spec.kind.name == "division":
        found = townships(Places(ledger.office.division or ""))(spec, [text])[text]
    else:
        try:
            return spec.kind.parse(text, None)
        except ValueError as error:
            raise UserError(f"条件里的“{spec.label}”：{error}") from None
    if not isinstance(found, Odd):
        return found
    if found.grade == "must":
        raise UserError(found.why)
    return found.value
