"""What waits to be done, each kind as one select of lines (今天要办): record, starting day, firm, people.

A clock's limit never falls as its starting day rises. So "late by today" means "begun by such a
day", and a kind is counted and listed by its starting day alone, by index, whatever its clock is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from ledger_desk.store.lineage import fetch
from ledger_desk.store.queries import Rows
from ledger_desk.store.worked import columns as worked

# Starting days of the clocks of a referral that a parameter may choose.
STARTS = ("pushed_on", "accepted_on", "complete_on", "decided_on")


@dataclass(frozen=True)
class Line:
    """One thing that waits; ``more`` is what else its sentence wants."""

    record: str
    day: date
    firm: str
    people: tuple[str, ...]
    township: str
    more: str


@dataclass(frozen=True)
class Narrowed:
    """Which lines: of a person, of a township, or of any where empty.

    ``gone`` are the firms in the recycle bin, see `narrow`: a look at the firm of each of 100,000
    lines costs more than all else.
    """

    person: str = ""
    township: str = ""
    gone: tuple[str, ...] = ()


def last_step(rows: Rows) -> int:
    """Number of the newest step of the journal in a picture of the ledger; 0 before the first."""
    return int(fetch(rows.connection, "SELECT max(id) FROM step")[0][0] or 0)


def narrow(rows: Rows, person: str = "", township: str = "") -> Narrowed:
    """Say which lines are wanted of a picture of the ledger."""
    live, every = (
        fetch(rows.connection, f"SELECT count(*) FROM enterprise{test}")[0][0]
        for test in (" WHERE removed = 0", "")
    )
    gone = "SELECT id FROM enterprise NOT INDEXED WHERE removed <> 0"
    found = fetch(rows.connection, gone) if live < every else ()
    return Narrowed(person, township, tuple(row[0] for row in found))


def _line(
    table: str, day: str, more: str = "''", *, people: tuple[str, str] = ("NULL", "NULL"),
    joins: str = "", tests: Sequence[str] = (),
) -> str:  # fmt: skip
    """Write the select of one kind; ``t`` is its table, ``:after`` < day <= ``:until``.

    What costs a look into another table stands behind the tests of the row itself.
    """
    live = ["t.removed = 0", "t.enterprise <> ''", _NARROW, f"{day} > :after", f"{day} <= :until"]
    return (
        f"SELECT t.id AS record, {day} AS day, t.enterprise AS firm, {people[0]} AS person,"
        f" {people[1]} AS second, {_PLACE} AS township, {more} AS more"
        f" FROM {table} AS t {joins} WHERE {' AND '.join([*live, *tests, _LIVE])}"
    )


_PLACE = (
    "coalesce(nullif(t.township, ''),"
    " (SELECT e.township FROM enterprise AS e WHERE e.id = t.enterprise), '')"
)
_NARROW = "(:township = '' OR t.township = :township OR coalesce(t.township, '') = '')"
_LIVE = "t.enterprise NOT IN (SELECT value FROM json_each(:gone))"
_BLANK = "coalesce({}, '') = ''"
# -- visits ------------------------------------------------------------------------------------------
# Days are NULL where there are none, never '': the index of what is open holds just these.
_TASK_OPEN = ("t.done_on IS NULL", _BLANK.format("t.dropped"))
_TASKS = (
    _line(
        "visit_task", "t.due_on", "(SELECT p.name FROM visit_plan AS p WHERE p.id = t.plan)",
        people=("t.first", "t.second"), tests=(
            *_TASK_OPEN,
            "coalesce(t.plan, '') NOT IN (SELECT p.id FROM visit_plan AS p"
            " WHERE p.removed <> 0 OR p.state = '已结束')",
        ),
    ),
    _line(
        "visit_task", "p.due_on", "p.name", people=("t.first", "t.second"),
        joins="JOIN visit_plan AS p ON p.id = t.plan AND p.removed = 0",
        tests=(*_TASK_OPEN, "t.due_on IS NULL", "coalesce(p.state, '') <> '已结束'"),
    ),
)  # fmt: skip

_REVISIT = _line(
    "visit", "t.next_on", "t.day", people=("t.first", "t.second"),
    tests=(
        "NOT EXISTS (SELECT 1 FROM visit AS w WHERE w.enterprise = t.enterprise AND w.removed = 0"
        " AND w.day >= t.day AND (w.day > t.day OR (w.day = t.day AND w.id > t.id AND w.next_on <> '')))",
    ),
)  # fmt: skip

# -- banks -------------------------------------------------------------------------------------------
_NEED = "LEFT JOIN application AS a ON a.id = t.application"
_LISTED = ("t.bank <> ''", "coalesce(a.state, '') <> '已移出'")
_UNDECIDED = (
    *_LISTED, _BLANK.format("t.given_up_on"),
    "NOT EXISTS (SELECT 1 FROM matching AS m JOIN credit AS c ON c.matching = m.id AND c.removed = 0"
    " WHERE m.referral = t.id AND m.removed = 0)",
)  # fmt: skip
_UNMET = "NOT EXISTS (SELECT 1 FROM matching AS m WHERE m.referral = t.id AND m.removed = 0 AND m.day <> '')"
# The decision that holds is a refusal: no bank word of this referral granted, and it is the last.
_HELD = (
    "JOIN matching AS m ON m.referral = t.id AND m.removed = 0"
    " JOIN credit AS c ON c.matching = m.id AND c.removed = 0 AND coalesce(c.granted, 0) = 0"
)
_LAST = (
    "NOT EXISTS (SELECT 1 FROM matching AS n JOIN credit AS d ON d.matching = n.id AND d.removed = 0"
    " WHERE n.referral = t.id AND n.removed = 0 AND (d.granted = 1 OR"
    " (coalesce(d.decided_on, ''), d.id) > (coalesce(c.decided_on, ''), c.id)))"
)
_BANK = "(SELECT b.name FROM bank AS b WHERE b.id = t.bank) || coalesce('　' || nullif(t.manager, ''), '')"


def _referral(day: str, tests: Sequence[str], joins: str = _NEED) -> str:
    return _line("referral", day, _BANK, joins=joins, tests=tests)


def _asked(test: str) -> str:
    """Of the application; few are, so they are looked for first."""
    return f"t.application IN (SELECT a.id FROM application AS a WHERE {test})"


def _starting(start: str) -> str:
    return f"c.{start}" if start == "decided_on" else f"t.{start}"


def _banks() -> dict[str, str]:
    found = {"contact:pushed_on": _referral("t.pushed_on", (_UNMET, *_UNDECIDED))}
    for start in STARTS[:3]:
        day = _starting(start)
        joins = _NEED if start == "pushed_on" else f"NOT INDEXED {_NEED}"  # of that day
        found[f"decision:{start}"] = _referral(day, _UNDECIDED, joins)
        for kind, test in (("mortgage", "a.security = '抵押'"), ("first_loan", "a.first_loan = 1")):
            found[f"{kind}:{start}"] = _referral(day, (_asked(test), *_UNDECIDED), joins)
    for start in ("pushed_on", "decided_on"):
        tests = (*_LISTED, _BLANK.format("c.fed_back_on"), _LAST)
        found[f"feedback:{start}"] = _referral(_starting(start), tests, f"{_HELD} {_NEED}")
    # Whoever applied again has mended it, or thinks so.
    again = "NOT EXISTS (SELECT 1 FROM application AS n WHERE n.again_of = t.application AND n.removed = 0)"
    found["mend"] = _line(
        "referral", "c.mend_by",
        "coalesce(nullif(c.department, '') || '　', '') || coalesce(c.reason, c.problem, '')",
        joins=f"{_HELD} {_NEED}",
        tests=(*_LISTED, _LAST, "coalesce(c.repairable, 1) = 1", again),
    )  # fmt: skip
    return found


# -- loans falling due, faults, activities -------------------------------------------------------------
def _computed(table: str, name: str) -> str:
    return next(line[3] for line in worked.COLUMNS[table] if line[0] == name).format(row="t")


_LENDER = "(SELECT b.name FROM bank AS b WHERE b.id = t.bank)"
_RENEWAL = _line("renewal", "t.due_on", _LENDER, tests=(_BLANK.format("t.way"),))
_LOAN = _line(
    "loan", "t.due_on", _LENDER,
    tests=(
        _BLANK.format("t.settled_on"), f"NOT ({_computed('loan', 'proposed')})",
        f"coalesce(({_computed('loan', 'owed')}), 1) <> 0",
    ),
)  # fmt: skip


def _free(table: str, day: str, more: str, *tests: str, township: str = "''") -> str:
    """A kind without a firm."""
    live = ["t.removed = 0", f"{day} > :after", f"{day} <= :until", *tests]
    return (
        f"SELECT t.id AS record, {day} AS day, NULL AS firm, NULL AS person, NULL AS second,"
        f" {township} AS township, {more} AS more FROM {table} AS t WHERE {' AND '.join(live)}"
    )


_FAULT = _free(
    "rectification", "t.due_on",
    "coalesce(nullif(t.unit, ''), (SELECT b.name FROM bank AS b WHERE b.id = t.bank), '')"
    " || coalesce('　' || nullif(t.person, ''), '') || char(10) || coalesce(t.problem, '')",
    _BLANK.format("t.done_on"), "coalesce(t.state, '') <> '已销号'",
)  # fmt: skip
_SENDING = _free(
    "activity", "t.due_on",
    "coalesce((SELECT o.name FROM office AS o WHERE o.id = t.office), '') || char(10)"
    " || coalesce(t.name, '')",
    _BLANK.format("t.sent_on"), township="coalesce(t.township, '')",
)  # fmt: skip

PENDING: Mapping[str, str] = {
    "task": _TASKS[0],
    "task_plan": _TASKS[1],
    "revisit": _REVISIT,
    **_banks(),
    "renewal": _RENEWAL,
    "loan": _LOAN,
    "fault": _FAULT,
    "sending": _SENDING,
}


def _narrowed(kind: str, narrowed: Narrowed) -> tuple[str, dict[str, Any]]:
    tests, values = [], {"township": narrowed.township, "gone": json.dumps(narrowed.gone)}
    if narrowed.person:
        tests.append(":person IN (person, second)")
        values["person"] = narrowed.person
    if narrowed.township:
        tests.append("township = :township")
    sql = PENDING[kind]
    return (f"SELECT * FROM ({sql}) WHERE {' AND '.join(tests)}" if tests else sql), values


def count(rows: Rows, kind: str, until: Sequence[date], narrowed: Narrowed) -> list[int]:
    """Count the lines of a kind that begin by each of some days, in one walk.

    Args:
        rows: The ledger.
        kind: One of `PENDING`.
        until: Days in their order; the last one bounds the walk.
        narrowed: Of whom, of where.
    """
    sql, values = _narrowed(kind, narrowed)
    sums = ", ".join(f"coalesce(sum(day <= :d{n}), 0)" for n in range(len(until)))
    days = {f"d{n}": day.isoformat() for n, day in enumerate(until)}
    bound = {"after": "", "until": until[-1].isoformat(), **days, **values}
    row = rows.connection.execute(text(f"SELECT {sums} FROM ({sql})"), bound).one()
    return [int(value) for value in row]


def lines(
    rows: Rows, kind: str, after: date | None, until: date, narrowed: Narrowed, most: int
) -> list[Line]:
    """List the first lines of a kind that begin after one day and by another, the earliest first."""
    sql, values = _narrowed(kind, narrowed)
    bound = {
        "after": after.isoformat() if after else "", "until": until.isoformat(), "most": most, **values,
    }  # fmt: skip
    ordered = text(f"SELECT * FROM ({sql}) ORDER BY day, record LIMIT :most")
    return [
        Line(
            record, date.fromisoformat(day), firm or "",
            tuple(each for each in (person, second) if each), township or "", more or "",
        )
        for record, day, firm, person, second, township, more in rows.connection.execute(ordered, bound)
    ]  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """Applications in one state: how many, how many were returned before, the first by its day."""

    state: str
    firms: int
    returned: int
    record: str
    since: date | None


def waiting(rows: Rows, states: Sequence[str], narrowed: Narrowed) -> list[Waiting]:
    """Count the applications that wait in each of some states; states without any are left out."""
    tests = ["t.removed = 0", "t.state IN (SELECT value FROM json_each(:states))"]
    values: dict[str, Any] = {"states": json.dumps(list(states), ensure_ascii=False)}
    if narrowed.person:
        tests.append("t.entered_by = :person")
        values["person"] = narrowed.person
    if narrowed.township:
        tests.append("coalesce(nullif(t.township, ''), e.township, '') = :township")
        values["township"] = narrowed.township
    # Pushed on already, or with a guarantor only: nothing waits there.
    tests.append(
        "(t.state <> '已推荐' OR NOT EXISTS (SELECT 1 FROM referral AS r"
        " WHERE r.application = t.id AND r.removed = 0))"
    )
    back = (
        "EXISTS (SELECT 1 FROM review AS w WHERE w.application = t.id AND w.removed = 0"
        " AND w.verdict = '退回')"
    )
    day = "coalesce(nullif(t.state_on, ''), t.applied_on, '')"
    # With min() the other columns come from the row that holds the minimum (SQLite's own rule).
    sql = (
        f"SELECT t.state, count(DISTINCT t.enterprise), sum({back}), t.id, min({day})"
        " FROM application AS t JOIN enterprise AS e ON e.id = t.enterprise AND e.removed = 0"
        f" WHERE {' AND '.join(tests)} GROUP BY t.state"
    )
    return [
        Waiting(state, firms, returned, record, date.fromisoformat(since) if since else None)
        for state, firms, returned, record, since in rows.connection.execute(text(sql), values)
    ]


# The earliest day of anything that an office did; each table has an index of its days.
_BEGUN = {
    "visit": "day", "matching": "day", "referral": "pushed_on", "activity": "day",
    "application": "applied_on",
}  # fmt: skip


def begun(rows: Rows) -> date | None:
    """The day of the first event in the ledger; None while there is none."""
    parts = [
        f"SELECT min({day}) AS day FROM {name} WHERE removed = 0 AND {day} <> ''"
        for name, day in _BEGUN.items()
    ]
    found = rows.connection.execute(text(f"SELECT min(day) FROM ({' UNION ALL '.join(parts)})"))
    day = found.scalar()
    return date.fromisoformat(str(day)) if day else None
