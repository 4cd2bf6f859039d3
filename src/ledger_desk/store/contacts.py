"""Matchings with an event in a period, with everything that hangs on them (`decisions.md` 22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, or_, select, union

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
    Office,
)
from ledger_desk.store import rowing
from ledger_desk.store.lineage import chunks
from ledger_desk.store.queries import Rows
from ledger_desk.store.schema import table

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Contact:
    """One matching and what is known of it up to the period's last day.

    Attributes:
        credits: Decisions up to the last day, by day.
        drawdowns: Money paid out up to the last day under loans of this matching, by day.
        listed: White-list entry of the firm that is open on the last day, if any.
    """

    matching: Matching
    office: Office | None
    bank: Bank | None
    firm: Enterprise
    credits: tuple[Credit, ...]
    drawdowns: tuple[Drawdown, ...]
    listed: Cultivation | None


def _with_events(first: date, last: date, office: str | None) -> Select[Any]:
    """Ids of live matchings with a contact, a decision or a drawdown from ``first`` to ``last``."""
    m, c, d, loan = table("matching"), table("credit"), table("drawdown"), table("loan")
    days = (first.isoformat(), last.isoformat())
    met = select(m.c.id).where(m.c.day.between(*days))
    decided = select(c.c.matching).where(c.c.removed == 0, c.c.decided_on.between(*days))
    drawn = (
        select(loan.c.matching)
        .join(d, d.c.loan == loan.c.id)
        .where(d.c.removed == 0, loan.c.removed == 0, d.c.day.between(*days))
    )
    ids = union(met, decided, drawn).subquery()
    firm = table("enterprise")
    found = (
        select(m.c.id)
        .join(ids, ids.c[0] == m.c.id)
        .join(firm, firm.c.id == m.c.enterprise)
        .where(m.c.removed == 0, firm.c.removed == 0)
    )
    return found if office is None else found.where(m.c.office == office)


def _records(rows: Rows, cls: type[R], *tests: Any, order: tuple[Any, ...] = ()) -> list[R]:
    source = table(cls.TABLE)
    wanted = select(*(source.c[name] for name in rowing.columns(cls))).where(*tests)
    found = rows.connection.execute(wanted.order_by(*order))
    return [rowing.to_record(cls, tuple(row)) for row in found]


def _hanging(
    rows: Rows, cls: type[R], field: str, owners: Sequence[str], *tests: Any
) -> dict[str, list[R]]:
    """Live records that hang on the owners by a reference, grouped by owner, by day and id.

    The ids are handed over in chunks: asked as a sub-select, each of the selects would find the
    period's matchings anew.
    """
    source = table(cls.TABLE)
    day = next(
        (source.c[n] for n in ("day", "decided_on", "listed_on") if n in source.c), source.c.id
    )
    found: dict[str, list[R]] = defaultdict(list)
    for some in chunks(owners):
        inside = source.c[field].in_(some)
        for record in _records(
            rows, cls, inside, source.c.removed == 0, *tests, order=(day, source.c.id)
        ):
            found[getattr(record, field)].append(record)
    return found


def contacts(rows: Rows, first: date, last: date, office: str | None = None) -> list[Contact]:
    """Find the matchings with an event from ``first`` to ``last``, both included.

    Decisions and drawdowns of every day up to ``last`` come with them, so that the reader can tell
    the period's own from what was there before.

    Returns:
        One `Contact` a matching, ordered by its id; sorting for paper is the form's affair.
    """
    ids = sorted(row[0] for row in rows.connection.execute(_with_events(first, last, office)))
    until = last.isoformat()
    matchings = rows.many(Matching, ids)
    firms = rows.many(Enterprise, sorted({str(m.enterprise) for m in matchings.values()}))
    credits = _hanging(rows, Credit, "matching", ids, table("credit").c.decided_on <= until)
    loans = _hanging(rows, Loan, "matching", ids)
    contracts = [loan.id for some in loans.values() for loan in some]
    drawn = _hanging(rows, Drawdown, "loan", contracts, table("drawdown").c.day <= until)
    listed = _listed(rows, sorted(firms), until)
    offices = {found.id: found for found in _records(rows, Office)}
    banks = {found.id: found for found in _records(rows, Bank)}
    return [
        Contact(
            matching,
            offices.get(str(matching.office)),
            banks.get(str(matching.bank)),
            firms[str(matching.enterprise)],
            tuple(credits.get(matching.id, ())),
            _together(drawn.get(loan.id, ()) for loan in loans.get(matching.id, ())),
            listed.get(str(matching.enterprise)),
        )
        for matching in (matchings[record] for record in ids)
    ]


def _together(parts: Iterable[Sequence[Drawdown]]) -> tuple[Drawdown, ...]:
    """Drawdowns of all contracts of one matching, by day and id."""
    return tuple(sorted((d for some in parts for d in some), key=lambda d: (str(d.day), d.id)))


def _listed(rows: Rows, firms: Sequence[str], until: str) -> dict[str, Cultivation]:
    """White-list entries open on a day, by firm; of several the one listed last."""
    k = table("cultivation")
    found = _hanging(
        rows,
        Cultivation,
        "enterprise",
        firms,
        or_(k.c.listed_on.is_(None), k.c.listed_on <= until),
        or_(k.c.left_on.is_(None), k.c.left_on > until),
    )
    return {firm: entries[-1] for firm, entries in found.items()}
