"""What was done between two days, counted for a quota (任务指标): firms, events and amounts, by kind.

Each kind is one select of lines (firm, bank, office, township, amount) with ``:since`` and
``:until``; a quota of banks, of a place or of an office takes a part of the lines. The township is
that of the event where the event keeps one (`decisions.md` 25).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from ledger_desk.store.queries import Rows
from ledger_desk.store.worked.effective import effective_on
from ledger_desk.store.worked.parks import TODAY, has_credit


@dataclass(frozen=True)
class Part:
    """Which part of the lines: all of it, or some banks, a place, an office.

    Attributes:
        banks: Ids of banks; None: whichever bank.
        place: Beginning of the code of the place: of a county, a township; '' anywhere.
        office: Id of the office that entered it; '' whichever.
    """

    banks: tuple[str, ...] | None = None
    place: str = ""
    office: str = ""


@dataclass(frozen=True)
class Tally:
    """Distinct firms, events, and the sum of amounts in fen."""

    firms: int = 0
    events: int = 0
    amount: int = 0


_PLACE = "coalesce(nullif({0}.township, ''), e.township, '')"


def _firm(alias: str) -> str:
    return f"JOIN enterprise AS e ON e.id = {alias}.enterprise AND e.removed = 0"


def _between(day: str) -> str:
    return f"{day} BETWEEN :since AND :until"


def _visits(test: str) -> str:
    return (
        f"SELECT v.enterprise AS firm, v.bank, v.office, {_PLACE.format('v')} AS place, 0 AS amount"
        f" FROM visit AS v {_firm('v')} WHERE v.removed = 0 AND {_between('v.day')} AND {test}"
    )


def _applications(day: str, test: str = "1") -> str:
    return (
        f"SELECT a.enterprise AS firm, a.bank1 AS bank, a.office, {_PLACE.format('a')} AS place,"
        f" coalesce(a.amount, 0) AS amount FROM application AS a {_firm('a')}"
        f" WHERE a.removed = 0 AND {_between(day)} AND {test}"
    )


_CULTIVATED = (
    "SELECT k.enterprise AS firm, k.bank, '' AS office, coalesce(e.township, '') AS place, 0 AS amount"
    f" FROM cultivation AS k {_firm('k')} WHERE k.removed = 0 AND k.listed_on <= :until"
    " AND (k.left_on IS NULL OR k.left_on >= :since)"
)
# A firm of the list that was lent to on or after the day it came on the list.
_LENT = (
    "SELECT l.enterprise AS firm, l.bank, '' AS office, coalesce(e.township, '') AS place, d.amount"
    f" FROM drawdown AS d JOIN loan AS l ON l.id = d.loan AND l.removed = 0 {_firm('l')}"
    f" WHERE d.removed = 0 AND {_between('d.day')} AND coalesce(l.form, '') <> '无还本续贷'"
    " AND EXISTS (SELECT 1 FROM cultivation AS k WHERE k.enterprise = l.enterprise AND k.removed = 0"
    " AND k.listed_on <= d.day)"
)
_GRANTED = (
    f"SELECT m.enterprise AS firm, m.bank, m.office, {_PLACE.format('m')} AS place,"
    " coalesce(c.amount, 0) AS amount FROM credit AS c"
    f" JOIN matching AS m ON m.id = c.matching AND m.removed = 0 {_firm('m')}"
    f" WHERE c.removed = 0 AND c.granted = 1 AND {_between('c.decided_on')}"
)
_DRAWN = (
    f"SELECT l.enterprise AS firm, l.bank, '' AS office, {_PLACE.format('l')} AS place, d.amount"
    f" FROM drawdown AS d JOIN loan AS l ON l.id = d.loan AND l.removed = 0 {_firm('l')}"
    f" WHERE d.removed = 0 AND {_between('d.day')}"
)
_RENEWED = (
    f"SELECT n.enterprise AS firm, n.bank, '' AS office, {_PLACE.format('n')} AS place,"
    f" coalesce(n.amount, 0) AS amount FROM renewal AS n {_firm('n')}"
    f" WHERE n.removed = 0 AND n.way = '无还本续贷' AND {_between('n.done_on')}"
)


def _activities(kind: str, test: str = "1") -> str:
    return (
        "SELECT a.id AS firm, a.bank, a.office, coalesce(a.township, '') AS place,"
        " coalesce(a.signed_amount, 0) AS amount FROM activity AS a"
        f" WHERE a.removed = 0 AND a.kind = '{kind}' AND {_between('a.day')} AND {test}"
    )


def _inside(test: str = "1") -> str:
    """Firms in parks today; they are no events of the span, but what stands at its end."""
    return (
        "SELECT t.enterprise AS firm, p.bank, '' AS office, coalesce(p.township, '') AS place,"
        f" 0 AS amount FROM tenancy AS t {_firm('t')} JOIN park AS p ON p.id = t.park AND p.removed = 0"
        " WHERE t.removed = 0 AND coalesce(t.since, :since) <= :until AND :since IS NOT NULL"
        f" AND (t.until IS NULL OR t.until > min({TODAY}, :until)) AND {test}"
    )


_WENT = "coalesce(v.kind, '') NOT IN ('窗口咨询', '贷后用途核查')"
LINES: Mapping[str, str] = {
    "visited": _visits(_WENT),
    "visited_well": _visits(f"{_WENT} AND {effective_on(':until').format(row='v')}"),
    "applied": _applications("a.listed_on"),
    "recommended": _applications("a.recommended_on", "coalesce(a.state, '') <> '已移出'"),
    "cultivated": _CULTIVATED,
    "lent": _LENT,
    "granted": _GRANTED,
    "drawn": _DRAWN,
    "renewed": _RENEWED,
    "fairs": _activities("首贷专场对接会"),
    "reports": _activities("专题信息", "a.sent_on IS NOT NULL"),
    "inside": _inside(),
    "inside_credited": _inside(has_credit("t.enterprise")),
}


def tally(rows: Rows, kind: str, since: date, until: date, part: Part = Part()) -> Tally:
    """Count the lines of one kind between two days, both included.

    Raises:
        KeyError: No such kind.
    """
    tests, values = _tests(part)
    sql = (
        "SELECT count(DISTINCT firm), count(*), coalesce(sum(amount), 0)"
        f" FROM ({LINES[kind]}) WHERE {' AND '.join(tests)}"
    )
    span = {"since": since.isoformat(), "until": until.isoformat()}
    row = rows.connection.execute(text(sql), span | values).one()
    return Tally(*row)


def _tests(part: Part) -> tuple[Sequence[str], dict[str, str]]:
    tests, values = ["1"], {}
    if part.banks is not None:
        tests.append("bank IN (SELECT value FROM json_each(:banks))")
        values["banks"] = json.dumps(part.banks)
    if part.place:
        tests.append("substr(place, 1, :long) = :place")
        values |= {"place": part.place, "long": str(len(part.place))}
    if part.office:
        tests.append("office = :office")
        values["office"] = part.office
    return tests, values
