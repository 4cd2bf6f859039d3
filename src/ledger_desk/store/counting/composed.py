"""Lines made of other lines: those of loans of a kind, of rated loans, of firms on a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from ledger_desk.store.counting.event_lines import LineSelect, Scope, Window
from ledger_desk.store.counting.firm_lines import FIRM_LINES
from ledger_desk.store.counting.reading import read_lines
from ledger_desk.store.counting.work_events import VISITS
from ledger_desk.store.schema import table

Maker = Callable[[Window, Scope], LineSelect]
_BAD = ("次级", "可疑", "损失")


def _loan_of(lines: Any, column: str) -> ColumnElement[Any]:
    """A field of the loan that a line of money belongs to."""
    loan, d, r = table("loan").alias(), table("drawdown").alias(), table("repayment").alias()
    # Said outright: two levels down the subqueries would not find the line, but any.
    drawn = select(d.c.loan).where(d.c.id == lines.c.record).correlate(lines).scalar_subquery()
    repaid = select(r.c.loan).where(r.c.id == lines.c.record).correlate(lines).scalar_subquery()
    own = case((lines.c.source == "repayment", repaid), else_=drawn)
    return select(loan.c[column]).where(loan.c.id == own).correlate(lines).scalar_subquery()


def of_loans(base: Maker, test: Callable[[Callable[[str], ColumnElement[Any]]], Any]) -> Maker:
    """Lines of money under loans that fulfil a test on their fields."""

    def make(window: Window, scope: Scope) -> LineSelect:
        lines = base(window, scope).subquery()
        return select(lines).where(test(lambda name: _loan_of(lines, name)))

    return make


def rated(base: Maker, of_credit: bool = False) -> Maker:
    """Lines with the weight of their yearly rate: the loan's, or the credit's; those without go."""

    def make(window: Window, scope: Scope) -> LineSelect:
        lines, credit = base(window, scope).subquery(), table("credit").alias()
        own = select(credit.c.rate).where(credit.c.id == lines.c.record).scalar_subquery()
        rate = own if of_credit else _loan_of(lines, "rate")
        return select(lines, (lines.c.amount * rate).label("weighted")).where(rate.is_not(None))

    return make


def among(base: Maker, other: Maker) -> Maker:
    """Lines of one kind whose records stand in another kind too."""

    def make(window: Window, scope: Scope) -> LineSelect:
        lines, wanted = base(window, scope).subquery(), other(window, scope).subquery()
        return select(lines).where(lines.c.record.in_(select(wanted.c.record)))

    return make


def on_list(base: Maker, listed: Callable[[Window], Select[Any]]) -> Maker:
    """Lines of firms that stand on a list at the last day."""

    def make(window: Window, scope: Scope) -> LineSelect:
        lines, firms = base(window, scope).subquery(), listed(window).subquery()
        return select(lines).where(lines.c.enterprise.in_(select(firms.c.enterprise)))

    return make


def together(*bases: Maker) -> Maker:
    """Lines of several kinds."""
    names = ("enterprise", "bank", "office", "township", "day", "amount", "source", "record")

    def make(window: Window, scope: Scope) -> LineSelect:
        parts = [base(window, scope).subquery() for base in bases]
        return select(union_all(*(select(*(p.c[n] for n in names)) for p in parts)).subquery())

    return make


def _tagged(window: Window) -> Select[Any]:
    """By the last day, whatever the window of the lines begins with."""
    return read_lines(FIRM_LINES["campaign_firms"], Window(None, window.last))


def _graded(window: Window) -> Select[Any]:
    return read_lines(FIRM_LINES["tax_firms"], Window(None, window.last))


def _online_matchings(base: Maker) -> Maker:
    def make(window: Window, scope: Scope) -> LineSelect:
        lines, m = base(window, scope).subquery(), table("matching").alias()
        return select(lines).where(
            exists().where(m.c.id == lines.c.record, m.c.method == "线上").correlate(lines)
        )

    return make


def _done(base: Maker) -> Maker:
    """Tasks of plans that were done by the last day."""

    def make(window: Window, scope: Scope) -> LineSelect:
        lines, t = base(window, scope).subquery(), table("visit_task").alias()
        done = and_(t.c.id == lines.c.record, t.c.done_on <= window.last.isoformat())
        return select(lines).where(exists().where(done).correlate(lines))

    return make


def _covered(base: Maker) -> Maker:
    """Targets of plans whose firm was visited, by whomever, since the plan began and by the last day."""

    def make(window: Window, scope: Scope) -> LineSelect:
        lines, v = base(window, scope).subquery(), table("visit").alias()
        went = exists().where(
            v.c.enterprise == lines.c.enterprise, v.c.removed == 0, v.c.kind.in_(VISITS),
            v.c.day >= lines.c.day, v.c.day <= window.last.isoformat(),
        )  # fmt: skip
        return select(lines).where(went.correlate(lines))

    return make


def online_asked(window: Window, scope: Scope) -> LineSelect:
    """Applications made online."""
    return read_lines(FIRM_LINES["online_asked"], window)


def compose(base: Mapping[str, Maker]) -> dict[str, Maker]:
    """Give the kinds that are made of those that are there."""
    matchings, drawn = base["matchings"], base["list_drawdowns"]
    online = together(_online_matchings(matchings), online_asked)
    return {
        "rated_grants": rated(base["grants"], of_credit=True),
        "rated_drawdowns": rated(base["drawdowns"]),
        "rated_first_loans": rated(base["first_loans"]),
        "list_rated": rated(drawn),
        "bad_balance": of_loans(base["balance"], lambda loan: loan("grade").in_(_BAD)),
        "unsecured_balance": of_loans(base["balance"], lambda loan: loan("security") == "信用"),
        "list_unsecured": of_loans(drawn, lambda loan: loan("security") == "信用"),
        "list_long": of_loans(drawn, lambda loan: loan("months") > 12),
        "list_renewed": of_loans(drawn, lambda loan: loan("form") == "无还本续贷"),
        "list_first": among(drawn, base["first_loans"]),
        "done_tasks": _done(base["targets"]),
        "covered": _covered(base["targets"]),
        "campaign_reached": on_list(together(base["effective_visits"], matchings), _tagged),
        "campaign_matched": on_list(matchings, _tagged),
        "campaign_online": on_list(online, _tagged),
        "campaign_touched": on_list(together(matchings, online_asked), _tagged),
        "campaign_drawn": on_list(base["drawdowns"], _tagged),
        "campaign_first": on_list(base["first_loans"], _tagged),
        "tax_needing": on_list(base["needs"], _graded),
        "tax_granted": on_list(base["grants"], _graded),
        "tax_drawn": on_list(base["drawdowns"], _graded),
    }


def of_people(lines: Any) -> LineSelect:
    """A line for each of the two people of a visit or a task, as ``person``; who went twice went once."""
    if "first" not in lines.c:
        lines = _with_people(lines)
    turns = union_all(*(select(literal(n).label("n")) for n in (1, 2))).subquery()
    first, second = lines.c.first, lines.c.second
    taken = or_(
        and_(turns.c.n == 1, or_(first.is_not(None), second.is_(None))),
        and_(turns.c.n == 2, second.is_not(None), func.coalesce(first, "") != second),
    )
    kept = [each for each in lines.c if each.name not in ("person", "first", "second")]
    person = case((turns.c.n == 1, first), else_=second).label("person")
    return select(*kept, person).select_from(lines.join(turns, taken))


def _with_people(lines: Any) -> Any:
    """Lines of visits or of tasks with the two people of the record."""
    parts = []
    for source in ("visit", "visit_task"):
        row = table(source).alias()
        own = select(lines, row.c.first, row.c.second).join(row, row.c.id == lines.c.record)
        parts.append(own.where(lines.c.source == source))
    return union_all(*parts).subquery()
