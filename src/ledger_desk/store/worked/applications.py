"""What is computed of applications and of what was said of them (`domain.md` §5.4), as SQL.

The opinions of the levels, what departments answered, and how far the banks got: each is entered
once, where it happens, and read here wherever a list of applications wants it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.model import kinds
from ledger_desk.model import work_words as words
from ledger_desk.model.kinds import Kind

Line = tuple[str, str, Kind, str]

_SAID = (
    "FROM review AS w WHERE w.application = {row}.id AND w.removed = 0 AND w.level = '%s'"
    " AND w.verdict = '通过' ORDER BY w.rowid DESC LIMIT 1"
)
_PUSHED = "FROM referral AS r WHERE r.application = {row}.id AND r.removed = 0"
_CREDIT = (
    "FROM referral AS r JOIN matching AS m ON m.referral = r.id AND m.removed = 0"
    " JOIN credit AS c ON c.matching = m.id AND c.removed = 0"
    " WHERE r.application = {row}.id AND r.removed = 0"
)
_MONEY = (
    "FROM referral AS r JOIN matching AS m ON m.referral = r.id AND m.removed = 0"
    " JOIN loan AS l ON l.matching = m.id AND l.removed = 0"
    " JOIN drawdown AS d ON d.loan = l.id AND d.removed = 0"
    " WHERE r.application = {row}.id AND r.removed = 0"
)
_CHECKS = "FROM dept_check AS k WHERE k.application = {row}.id AND k.removed = 0"
# Some bank has not decided: neither a decision nor given up.
_OPEN = (
    f"SELECT 1 {_PUSHED} AND r.given_up_on IS NULL AND NOT EXISTS (SELECT 1 FROM matching AS m"
    " JOIN credit AS c ON c.matching = m.id AND c.removed = 0"
    " WHERE m.referral = r.id AND m.removed = 0)"
)


def _level(key: str, label: str, level: str) -> tuple[Line, ...]:
    said = _SAID % level
    name = f"SELECT (SELECT p.name FROM person AS p WHERE p.id = w.reviewer) {said}"
    return (
        (f"{key}_by", f"{label}人", kinds.TEXT, name),
        (f"{key}_opinion", f"{label}意见", kinds.NOTE, f"SELECT w.opinion {said}"),
        (f"{key}_on", f"{label}日期", kinds.DAY, f"SELECT w.day {said}"),
    )


_APPLICATION: tuple[Line, ...] = (
    *_level("first", "初审", words.REVIEW_LEVELS[0]),
    *_level("bank", "银行审核", words.REVIEW_LEVELS[1]),
    *_level("leader", "组长审核", words.REVIEW_LEVELS[2]),
    *_level("signed", "召集人签字", words.REVIEW_LEVELS[3]),
    (
        "last_opinion", "最近意见", kinds.NOTE,
        "SELECT w.opinion FROM review AS w WHERE w.application = {row}.id AND w.removed = 0"
        " ORDER BY w.rowid DESC LIMIT 1",
    ),
    (
        "sheet", "签字页编号", kinds.CODE,
        "SELECT w.sheet FROM review AS w WHERE w.application = {row}.id AND w.removed = 0"
        " ORDER BY w.rowid DESC LIMIT 1",
    ),
    ("answered", "核查已反馈(项)", kinds.WHOLE, f"SELECT count(DISTINCT k.item) {_CHECKS} AND k.result <> '未反馈'"),
    ("found_odd", "核查有异常(项)", kinds.WHOLE, f"SELECT count(DISTINCT k.item) {_CHECKS} AND k.result = '有异常'"),
    ("pushed_banks", "推送银行(家)", kinds.WHOLE, f"SELECT count(DISTINCT r.bank) {_PUSHED}"),
    ("pushed_on", "推送日期", kinds.DAY, f"SELECT min(r.pushed_on) {_PUSHED}"),
    (
        "met_on", "对接日期", kinds.DAY,
        "SELECT min(m.day) FROM referral AS r JOIN matching AS m ON m.referral = r.id AND m.removed = 0"
        " WHERE r.application = {row}.id AND r.removed = 0 AND m.day >= r.pushed_on",
    ),
    ("complete_on", "材料收齐日期", kinds.DAY, f"SELECT min(r.complete_on) {_PUSHED}"),
    ("decided_on", "授信决定日期", kinds.DAY, f"SELECT max(c.decided_on) {_CREDIT}"),
    (
        "outcome", "银行结果", kinds.choice(*words.DECISIONS),
        f"CASE WHEN EXISTS (SELECT 1 {_CREDIT} AND c.granted = 1) THEN '授信'"
        f" WHEN NOT EXISTS (SELECT 1 {_PUSHED}) THEN ''"
        f" WHEN EXISTS ({_OPEN}) THEN '审批中'"
        f" WHEN EXISTS (SELECT 1 {_CREDIT}) THEN '不予授信' ELSE '企业放弃' END",
    ),
    ("granted", "授信金额(万元)", kinds.MONEY, f"SELECT sum(c.amount) {_CREDIT} AND c.granted = 1"),
    ("granted_months", "授信期限(月)", kinds.WHOLE, f"SELECT max(c.months) {_CREDIT} AND c.granted = 1"),
    ("granted_rate", "年利率(%)", kinds.RATE, f"SELECT min(c.rate) {_CREDIT} AND c.granted = 1"),
    ("granted_security", "授信担保方式", kinds.TEXT, f"SELECT max(c.security) {_CREDIT} AND c.granted = 1"),
    ("drawn_on", "放款日期", kinds.DAY, f"SELECT min(d.day) {_MONEY}"),
    ("drawn", "放款金额(万元)", kinds.MONEY, f"SELECT sum(d.amount) {_MONEY}"),
    ("no_reason", "未授信原因", kinds.TEXT, f"SELECT max(c.reason) {_CREDIT} AND c.granted = 0"),
    ("fed_back_on", "反馈日期", kinds.DAY, f"SELECT max(c.fed_back_on) {_CREDIT} AND c.granted = 0"),
    ("measure", "跟进辅导措施", kinds.NOTE, f"SELECT max(c.measure) {_CREDIT} AND c.granted = 0"),
)  # fmt: skip

COLUMNS: Mapping[str, tuple[Line, ...]] = {"application": _APPLICATION}
