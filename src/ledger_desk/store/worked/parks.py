"""Columns worked out of parks, loans falling due and tax-rated firms, as SQL over ``{row}``.

Who has credit (授信): a bank granted some (授信决定), or a loan is not settled yet; a loan counts
because a firm that owes has been judged by a bank, whether this ledger saw it or not
(`domain.md` §7: 入园企业授信比例, 分母为入园企业).
"""

from __future__ import annotations

from ledger_desk.model import kinds
from ledger_desk.model.kinds import Kind
from ledger_desk.model.work_parameters import BY_KEY

Line = tuple[str, str, Kind, str]  # name, label, kind, expression of the stored value

TODAY = "date('now', 'localtime')"
TOP_STARS = ("五星级", "四星级")
MIDDLE_STARS = ("三星级",)
SERVED_GRADES = ("A", "B", "M")  # 004_1e3c172a9679efc3.txt, 一（七）


def number(key: str) -> str:
    """Give the SQL of a whole-number parameter as it holds today."""
    parameter = BY_KEY[key]
    return (
        "CAST(coalesce((SELECT json_extract(h.value, '$[1]') FROM setting AS s,"
        " json_each(CASE WHEN json_valid(s.value) THEN s.value ELSE '[]' END) AS h"
        f" WHERE s.name = '{parameter.name}' AND s.removed = 0"
        f" AND json_extract(h.value, '$[0]') <= {TODAY}"
        f" ORDER BY json_extract(h.value, '$[0]') DESC LIMIT 1), '{parameter.default}') AS INTEGER)"
    )


def has_credit(firm: str) -> str:
    """Give the SQL of whether a firm has credit, 1 or 0; ``firm`` is an expression of its id."""
    return (
        "(EXISTS (SELECT 1 FROM matching AS m JOIN credit AS c ON c.matching = m.id AND c.removed = 0"
        f" AND c.granted = 1 WHERE m.enterprise = {firm} AND m.removed = 0)"
        f" OR EXISTS (SELECT 1 FROM loan AS l WHERE l.enterprise = {firm} AND l.removed = 0"
        " AND l.settled_on IS NULL))"
    )


_STAYS = f"(t.until IS NULL OR t.until > {TODAY})"
# A firm that stands in the park twice is one firm; one in the recycle bin is none.
_IN = (
    "FROM tenancy AS t JOIN enterprise AS e ON e.id = t.enterprise AND e.removed = 0"
    f" WHERE t.park = {{row}}.id AND t.removed = 0 AND {_STAYS}"
)
INSIDE = f"(SELECT count(DISTINCT t.enterprise) {_IN})"
CREDITED = f"(SELECT count(DISTINCT t.enterprise) {_IN} AND {has_credit('t.enterprise')})"
# Per cent in millionths, cut to two decimals: 69.996 % must not read as 70.
SHARE = f"({CREDITED} * 10000 / nullif({INSIDE}, 0) * 100)"
LINE = (
    f"(CASE WHEN {{row}}.stars IN {TOP_STARS!r} THEN {number('park.top')}"
    f" WHEN {{row}}.stars = '{MIDDLE_STARS[0]}' THEN {number('park.middle')}"
    f" ELSE {number('park.rest')} END)"
)
SHORT = f"max(({INSIDE} * {LINE} + 99) / 100 - {CREDITED}, 0)"
FILED_STATES = ("已建档", "未建档")
FILED = "(CASE WHEN {row}.filed_on <> '' THEN '已建档' ELSE '未建档' END)"
PARK: tuple[Line, ...] = (
    ("inside", "入园企业(户)", kinds.WHOLE, INSIDE),
    ("credited", "有授信(户)", kinds.WHOLE, CREDITED),
    ("share", "授信比例(%)", kinds.RATE, SHARE),
    ("line", "应达到(%)", kinds.RATE, f"({LINE} * 10000)"),
    ("short", "还差(户)", kinds.WHOLE, SHORT),
    ("filed", "建档情况", kinds.choice(*FILED_STATES), FILED),
)
TENANCY: tuple[Line, ...] = (
    (
        "inside", "现在园内", kinds.YES_NO,
        f"({{row}}.until IS NULL OR {{row}}.until > {TODAY})",
    ),
    ("credited", "是否有授信", kinds.YES_NO, has_credit("{row}.enterprise")),
)  # fmt: skip

# The newest year of a firm's taxes; where a year stands there twice, the record written last.
NEWEST = (
    "(NOT EXISTS (SELECT 1 FROM tax_year AS o WHERE o.enterprise = {row}.enterprise AND o.removed = 0"
    " AND (o.year > {row}.year OR (o.year = {row}.year AND o.rowid > {row}.rowid))))"
)
TAX_YEAR: tuple[Line, ...] = (
    ("newest", "是否最近一年", kinds.YES_NO, NEWEST),
    ("credited", "是否有授信", kinds.YES_NO, has_credit("{row}.enterprise")),
    (
        "contacted_on", "最近对接日期", kinds.DAY,
        "(SELECT max(m.day) FROM matching AS m WHERE m.enterprise = {row}.enterprise AND m.removed = 0)",
    ),
)  # fmt: skip

RENEWAL_STATES = ("待摸排", "有需求未办", "无需求", *("无还本续贷", "展期", "调整还款安排"), "还后再贷", "正常收回", "未续贷")  # fmt: skip
RENEWAL: tuple[Line, ...] = (
    (
        "state", "办到哪一步", kinds.choice(*RENEWAL_STATES),
        "(CASE WHEN {row}.way <> '' THEN {row}.way WHEN {row}.wanted = 1 THEN '有需求未办'"
        " WHEN {row}.wanted = 0 THEN '无需求' ELSE '待摸排' END)",
    ),
)  # fmt: skip
# What is still owed: the balance that somebody stated, else paid out less paid back, else the contract.
OWED = (
    "coalesce({row}.balance,"
    " (SELECT sum(d.amount) FROM drawdown AS d WHERE d.loan = {row}.id AND d.removed = 0)"
    " - coalesce((SELECT sum(r.amount) FROM repayment AS r WHERE r.loan = {row}.id AND r.removed = 0), 0),"
    " {row}.amount)"
)
LOAN: tuple[Line, ...] = (
    ("owed", "尚欠(万元)", kinds.MONEY, OWED),
    (
        "proposed", "是否已列入续贷", kinds.YES_NO,
        "EXISTS (SELECT 1 FROM renewal AS n WHERE n.loan = {row}.id AND n.removed = 0"
        " AND n.due_on = {row}.due_on)",
    ),
)  # fmt: skip

COLUMNS = {"park": PARK, "tenancy": TENANCY, "tax_year": TAX_YEAR, "renewal": RENEWAL, "loan": LOAN}
