"""What is computed of the records of the work, each as one SQL expression over ``{row}``.

Kept apart from the tables: a decision is entered once, at the contact with the bank, and read here
wherever somebody asks for it (`decisions.md` 19, 20).
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.model import kinds
from ledger_desk.model import work_words as words
from ledger_desk.model.kinds import Kind
from ledger_desk.store.worked import applications, effective, growing, parks

# name, label, kind, expression of the stored value
Line = tuple[str, str, Kind, str]

# Decisions of the bank on one referral, reached through the contacts that belong to it.
_CREDIT = (
    "FROM matching AS m JOIN credit AS c ON c.matching = m.id AND c.removed = 0"
    " WHERE m.referral = {row}.id AND m.removed = 0"
)
_MONEY = (
    "FROM matching AS m JOIN loan AS l ON l.matching = m.id AND l.removed = 0"
    " JOIN drawdown AS d ON d.loan = l.id AND d.removed = 0"
    " WHERE m.referral = {row}.id AND m.removed = 0"
)
_REFERRAL: tuple[Line, ...] = (
    (
        "contacted_on", "对接日期", kinds.DAY,
        "SELECT min(m.day) FROM matching AS m WHERE m.referral = {row}.id AND m.removed = 0"
        " AND m.day >= {row}.pushed_on",
    ),
    (
        "decision", "银行决定", kinds.choice(*words.DECISIONS),
        f"CASE WHEN EXISTS (SELECT 1 {_CREDIT} AND c.granted = 1) THEN '授信'"
        f" WHEN EXISTS (SELECT 1 {_CREDIT} AND c.granted = 0) THEN '不予授信'"
        " WHEN {row}.given_up_on IS NOT NULL THEN '企业放弃' ELSE '审批中' END",
    ),
    ("decided_on", "决定日期", kinds.DAY, f"SELECT max(c.decided_on) {_CREDIT}"),
    ("granted", "授信金额(万元)", kinds.MONEY, f"SELECT sum(c.amount) {_CREDIT} AND c.granted = 1"),
    ("reason", "未授信原因", kinds.TEXT, f"SELECT max(c.reason) {_CREDIT} AND c.granted = 0"),
    ("fed_back_on", "向专班反馈日期", kinds.DAY, f"SELECT max(c.fed_back_on) {_CREDIT} AND c.granted = 0"),
    ("drawn_on", "首次放款日期", kinds.DAY, f"SELECT min(d.day) {_MONEY}"),
    ("drawn", "放款金额(万元)", kinds.MONEY, f"SELECT sum(d.amount) {_MONEY}"),
)  # fmt: skip

TASK_STATES = ("待走访", "逾期", "已走访", "已剔除")
_VISIT: tuple[Line, ...] = (
    ("effective", "有效走访", kinds.YES_NO, effective.EFFECTIVE),
    ("met_count", "五项符合数", kinds.WHOLE, effective.MET),
    ("facts", "走访要件", kinds.WHOLE, effective.FACTS),
)
_TASK: tuple[Line, ...] = (
    ("state", "走访状态", kinds.choice(*TASK_STATES), effective.TASK_STATE),
    ("effective", "有效走访", kinds.YES_NO, effective.TASK_EFFECTIVE),
    ("last_visit", "最近走访", kinds.DAY, effective.LAST_VISIT),
)
_PLAN: tuple[Line, ...] = (
    ("targets", "应走访(户)", kinds.WHOLE, effective.PLAN_TARGETS),
    ("done", "已走访(户)", kinds.WHOLE, effective.PLAN_DONE),
    ("effective", "有效走访(户)", kinds.WHOLE, effective.PLAN_EFFECTIVE),
    ("late", "逾期(户)", kinds.WHOLE, effective.PLAN_LATE),
    ("left_out", "剔除(户)", kinds.WHOLE, effective.PLAN_DROPPED),
)

COLUMNS: Mapping[str, tuple[Line, ...]] = {
    "visit": _VISIT,
    "visit_task": _TASK,
    "visit_plan": _PLAN,
    "referral": _REFERRAL,
    **growing.COLUMNS,
    **parks.COLUMNS,
    **applications.COLUMNS,
}
