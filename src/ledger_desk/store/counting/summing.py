"""Lines summed by firm, and the proof of a number made of these sums.

Summed up first, for each firm and what its lines say of themselves: a look at the firm of each of a
million lines costs more than all the rest.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, select, text, union_all

from ledger_desk.store.counting.event_lines import Number, Scope, Window, is_long
from ledger_desk.store.counting.events import OF_PEOPLE, THINGS, event_lines
from ledger_desk.store.counting.loan_lines import BALANCES
from ledger_desk.store.counting.splitting import OF_FIRMS, OWN, key_of, tests_of
from ledger_desk.store.queries import Rows
from ledger_desk.store.schema import table

# Key of a split → the column of the lines that it is made of; other keys are the firm's own.
_OF_LINES = {
    "township": "township", "bank": "bank", "bank_type": "bank", "office": "office",
    **{name: name for name in OWN},
}  # fmt: skip
# Keys that lines have by themselves: their firms need not be looked at one by one.
_OWN_KEYS = frozenset({"", "bank", "office", *OWN})
_IN_THE_BIN = (
    "(SELECT e.id FROM enterprise AS e"
    " WHERE e.rowid NOT IN (SELECT l.rowid FROM enterprise AS l WHERE l.removed = 0))"
)
_SAME_LINES = frozenset({"township", "office", *OF_FIRMS})


def goes_together(events: str, window: Window, by: str) -> bool:
    """Whether a split and the whole come out of one walk: their lines are the same, and so are their firms."""
    same = by in _SAME_LINES and events not in THINGS
    return same and window.newly is None and events not in BALANCES


def column_of(lines: Any, name: str, without: Any) -> ColumnElement[Any]:
    """A column that only some kinds of lines have."""
    found: ColumnElement[Any] = lines.c[name] if name in lines.c else literal(without)
    return found


def _summed(events: str, window: Window, scope: Scope) -> Any:
    """A row for each firm and what the scope asks of its lines: events, sums, the first day."""
    lines = event_lines(events, window, scope).subquery()
    asked = [scope.by, *(name for name, _ in scope.only)]
    names = [_OF_LINES[name] for name in asked if name in _OF_LINES]
    if scope.office is not None:
        names.append("office")
    own = [lines.c[name] for name in dict.fromkeys(names)]
    found = select(
        lines.c.enterprise, *own, func.count().label("events"),
        func.sum(lines.c.amount).label("amount"),
        func.sum(column_of(lines, "weighted", 0)).label("weighted"),
    )  # fmt: skip
    if window.newly is not None:
        found = found.add_columns(func.min(lines.c.day).label("first_day"))
    # What a line says of itself is asked of the line; what may be the firm's is asked of the sums.
    plain = Scope(
        office=scope.office, only=tuple(each for each in scope.only if each[0] in ("bank", *OWN))
    )
    return found.where(*tests_of(plain, lines, None)).group_by(lines.c.enterprise, *own).subquery()


def proof_of(events: str, window: Window, scope: Scope, key: str | None = None) -> Select[Any]:
    """The proof: key, enterprise, events, amount, weighted; one row for each key and enterprise."""
    sums, firms = _summed(events, window, scope), table("enterprise")
    split, amount = key_of(scope.by, sums, firms), func.sum(sums.c.amount)
    found = (
        select(
            split.label("key"),
            sums.c.enterprise,
            func.sum(sums.c.events).label("events"),
            amount.label("amount"),
            func.sum(sums.c.weighted).label("weighted"),
        )
        .join(firms, firms.c.id == sums.c.enterprise)
        .where(firms.c.removed == 0, *tests_of(scope, sums, firms))
        .group_by(sums.c.enterprise, split)
    )
    if key is not None:
        found = found.where(split == key)
    if window.newly is not None:
        found = found.having(func.min(sums.c.first_day) >= window.newly.isoformat())
    if events in BALANCES:
        found = found.having(amount != 0)
    return found


def numbers_of(rows: Rows, events: str, window: Window, scope: Scope) -> dict[str, Number]:
    """Count a proof, split by the scope's key; keys without any event are absent."""
    names = {scope.by, *(name for name, _ in scope.only)}
    many = events in OF_PEOPLE and window.newly is None and is_long(window)
    if many and names <= _OWN_KEYS:
        wanted: Select[Any] = _of_lines(events, window, scope)
    else:
        proof = proof_of(events, window, scope).subquery()
        sums = [func.sum(proof.c[name]) for name in ("events", "amount", "weighted")]
        wanted = select(proof.c.key, func.count(), *sums).group_by(proof.c.key)
    return {row[0]: Number(*row[1:]) for row in rows.connection.execute(wanted)}


def _of_lines(events: str, window: Window, scope: Scope) -> Select[Any]:
    """Key, firms, events and sums straight from the lines, those of firms in the bin left out."""
    lines = event_lines(events, window, scope).subquery()
    key, firm = key_of(scope.by, lines, None), lines.c.enterprise
    return (
        select(
            key, func.count(firm.distinct()), func.count(), func.sum(lines.c.amount),
            func.sum(column_of(lines, "weighted", 0)),
        )
        .where(firm.is_not(None), firm.op("NOT IN")(text(_IN_THE_BIN)), *tests_of(scope, lines, None))
        .group_by(key)
    )  # fmt: skip


def whole_and_split(
    rows: Rows, events: str, window: Window, scope: Scope
) -> tuple[Number, dict[str, Number]]:
    """Count a proof as a whole and split by its key, in one walk.

    Only for what `goes_together`, or by bank for kinds whose lines have one bank each.
    """
    proof = proof_of(events, window, scope).cte().prefix_with("MATERIALIZED")
    sums = [func.sum(proof.c[name]) for name in ("events", "amount", "weighted")]
    wanted: Any = union_all(
        # A firm stands once under each key.
        select(proof.c.key, func.count(), *sums).group_by(proof.c.key),
        select(null(), func.count(proof.c.enterprise.distinct()), *sums),  # the last one: of all
    )
    *split, whole = rows.connection.execute(wanted).all()
    return (
        Number(*(value or 0 for value in whole[1:])),
        {row[0]: Number(*row[1:]) for row in split},
    )
