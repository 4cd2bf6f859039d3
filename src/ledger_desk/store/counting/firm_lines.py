"""Lines of guarantees, parks' firms, tax-rated firms, tagged firms and kinds of visits; one declaration each.

Sources: `domain.md` §7; `seeds/001` 二(一)(五)(六); `seeds/003` 四, 六, 九, 十一; `seeds/004` 一(七)(九).
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.store.counting.reading import Reading, parameter

FEN_PER_WAN = 1_000_000
CAMPAIGN = "百行进万企"
RATED = "('A', 'B', 'M')"  # 004_1e3c172a9679efc3.txt, 一（七）
_VISITED = "('走访', '回访')"


# -- visits and needs ----------------------------------------------------------------------------------
def _visit(test: str, bank: str = "t.bank") -> Reading:
    return Reading(
        table="visit", day="t.day", test=test, firm="t.enterprise", bank=bank, office="t.office",
        township="t.township",
    )  # fmt: skip


_LENDER = "coalesce((SELECT l.bank FROM loan AS l WHERE l.id = t.loan), t.bank)"
_VISITS: dict[str, tuple[Reading, ...]] = {
    "window_visits": (_visit("t.kind = '窗口咨询'"),),
    "use_checks": (_visit("t.kind = '贷后用途核查'", _LENDER),),
    "misuses": (_visit("t.kind = '贷后用途核查' AND t.use_found = '未按用途使用'", _LENDER),),
    "outside": (
        Reading(
            table="application", day="coalesce(t.state_on, t.applied_on)", test="t.state = '清单外支持'",
            firm="t.enterprise", bank="t.outside_bank", office="t.office", township="t.township",
            amount="t.amount",
        ),
    ),
    "online_asked": (
        Reading(
            table="application", day="t.applied_on", test="t.source = '线上'", firm="t.enterprise",
            bank="t.bank1", office="t.office", township="t.township", amount="t.amount",
        ),
    ),
}  # fmt: skip


# -- guarantees ----------------------------------------------------------------------------------------
def _guarantee(
    test: str = "1", *, day: str = "t.since", amount: str = "t.amount", weight: str = ""
) -> tuple[Reading, ...]:
    return (
        Reading(
            table="guarantee", day=day, test=test, firm="t.enterprise", bank="t.bank", amount=amount,
            weight=weight, guarantor="t.guarantor",
        ),
    )  # fmt: skip


_STANDS = "({0}.released_on IS NULL OR {0}.released_on > :last)"
_LEFT = "coalesce({0}.balance, {0}.amount, 0)"
_OVER = (
    f"{_STANDS.format('t')} AND (SELECT sum({_LEFT.format('g')}) FROM guarantee AS g"
    " WHERE g.enterprise = t.enterprise AND g.removed = 0 AND g.since <= :last"
    f" AND {_STANDS.format('g')}) > {parameter('guarantee.single')} * {FEN_PER_WAN}"
)
# The fee lies in the ledger in ten-thousandths of a percent.
_CHEAP = f"t.fee <= {parameter('guarantee.fee', 'REAL')} * 10000"
_GUARANTEES: dict[str, tuple[Reading, ...]] = {
    "guarantees": _guarantee(),
    "guarantee_balance": _guarantee(_STANDS.format("t"), amount=_LEFT.format("t")),
    "guarantee_fees": _guarantee(weight="t.fee"),
    "small_rural": _guarantee("t.small_rural = 1"),
    "small_rural_fees": _guarantee("t.small_rural = 1", weight="t.fee"),
    "over_limit": _guarantee(_OVER, amount=_LEFT.format("t")),
    "low_fee": _guarantee(_CHEAP),
    "guarantees_no_loan": _guarantee("t.no_loan_before = 1"),
    "risk_guarantor": _guarantee(weight="t.share_guarantor"),
    "risk_bank": _guarantee(weight="t.share_bank"),
    "risk_higher": _guarantee(weight="t.share_higher"),
    "risk_government": _guarantee(weight="t.share_government"),
    "compensations": _guarantee(day="t.paid_out_on", amount="t.paid_out"),
}


# -- parks -----------------------------------------------------------------------------------------------
def credited(firm: str) -> str:
    """Give the SQL of whether a firm has credit on the last day: granted, or a loan not settled."""
    return (
        "(EXISTS (SELECT 1 FROM matching AS m JOIN credit AS c ON c.matching = m.id AND c.removed = 0"
        " AND c.granted = 1 AND (c.decided_on IS NULL OR c.decided_on <= :last)"
        f" WHERE m.enterprise = {firm} AND m.removed = 0)"
        f" OR EXISTS (SELECT 1 FROM loan AS l WHERE l.enterprise = {firm} AND l.removed = 0"
        " AND (l.signed_on IS NULL OR l.signed_on <= :last)"
        " AND (l.settled_on IS NULL OR l.settled_on > :last)))"
    )


INSIDE = "(t.since IS NULL OR t.since <= :last) AND (t.until IS NULL OR t.until > :last)"


def _tenant(test: str = "1") -> tuple[Reading, ...]:
    return (
        Reading(
            table="tenancy", day="coalesce(t.since, :last)", test=f"{INSIDE} AND {test}", stock=True,
            joins="JOIN park AS p ON p.id = t.park AND p.removed = 0", firm="t.enterprise", bank="p.bank",
            township="p.township", star="p.stars", park="p.id",
        ),
    )  # fmt: skip


# -- lists of firms --------------------------------------------------------------------------------------
TAGGED = f"(t.since IS NULL OR t.since <= :last) AND (t.until IS NULL OR t.until > :last) AND t.tag = '{CAMPAIGN}'"
# The newest year that has begun by the last day; where it stands there twice, the record written last.
_YEAR = "CAST(substr(:last, 1, 4) AS INTEGER)"
GRADED = (
    f"t.grade IN {RATED} AND t.year <= {_YEAR} AND NOT EXISTS (SELECT 1 FROM tax_year AS o"
    f" WHERE o.enterprise = t.enterprise AND o.removed = 0 AND o.year <= {_YEAR}"
    " AND (o.year > t.year OR (o.year = t.year AND o.rowid > t.rowid)))"
)

FIRM_LINES: Mapping[str, tuple[Reading, ...]] = {
    **_VISITS,
    **_GUARANTEES,
    "park_firms": _tenant(),
    "park_credited": _tenant(credited("t.enterprise")),
    "campaign_firms": (
        Reading(
            table="tagging", day="coalesce(t.since, :last)", test=TAGGED, stock=True, firm="t.enterprise",
            what="t.level",
        ),
    ),
    "tax_firms": (
        Reading(
            table="tax_year", day=":last", test=GRADED, stock=True, firm="t.enterprise", what="t.grade"
        ),
    ),
}  # fmt: skip
