"""有效走访: which visits count, as SQL over the rules that the office has set (`domain.md` §4.7).

The rules are parameters (``visit.*`` of `ledger_desk.model.work_parameters`): a list of visits takes
them as they hold today, a number of a period as they hold on its last day. The settings are read by
the statement itself, so that a list follows a rule the moment it is changed.
`ledger_desk.work.visiting_rules` says the same of one visit in sentences; a test holds the two
against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ledger_desk.model.visiting import CRITERIA
from ledger_desk.model.work_parameters import BY_KEY

NOT_FOUND = ("查无此户", "拒访", "无法联系")
CONSULTATION = "窗口咨询"  # somebody came to us: that is no visit


TODAY = "date('now', 'localtime')"


def rule(key: str, day: str = TODAY) -> str:
    """Give the SQL of a yes-or-no parameter as it holds on a day; it is asked once a statement."""
    parameter = BY_KEY[key]
    return (
        "coalesce((SELECT json_extract(h.value, '$[1]') FROM setting AS s,"
        " json_each(CASE WHEN json_valid(s.value) THEN s.value ELSE '[]' END) AS h"
        f" WHERE s.name = '{parameter.name}' AND s.removed = 0"
        f" AND json_extract(h.value, '$[0]') <= {day}"
        f" ORDER BY json_extract(h.value, '$[0]') DESC LIMIT 1), '{parameter.default}') = '是'"
    )


# What each rule asks of a visit.
_ASKED: Mapping[str, str] = {
    "visit.found": f"coalesce({{row}}.result, '') NOT IN {NOT_FOUND!r}",
    "visit.two_visitors": "({row}.first <> '' AND ({row}.second <> '' OR {row}.manager <> ''))",
    "visit.met_owner": "coalesce({row}.met_owner, 0) = 1",
    "visit.on_site": "coalesce({row}.method, '') = '实地'",
    "visit.place": "coalesce({row}.place, '') <> ''",
    "visit.evidence": "EXISTS (SELECT 1 FROM attachment AS a WHERE a.on_record = {row}.id AND a.removed = 0)",
}


def effective_on(day: str) -> str:
    """Give the SQL (``{row}`` the visit) of whether a visit counts, by the rules of a day (SQL)."""
    tests = [f"coalesce({{row}}.kind, '') <> '{CONSULTATION}'"]
    tests += [f"(NOT ({rule(key, day)}) OR {test})" for key, test in _ASKED.items()]
    return f"(CASE WHEN {' AND '.join(tests)} THEN 1 ELSE 0 END)"


EFFECTIVE = effective_on(TODAY)
# What a visit has of what the rules may ask for, a bit each; evidence alone lies in another table.
# An index over this very expression answers how many visits count without reading them.
_FACTS: Mapping[str, str] = {
    "": f"coalesce({{row}}kind, '') <> '{CONSULTATION}'",
    "visit.found": f"coalesce({{row}}result, '') NOT IN {NOT_FOUND!r}",
    "visit.two_visitors": "coalesce({row}first <> '' AND ({row}second <> '' OR {row}manager <> ''), 0)",
    "visit.met_owner": "coalesce({row}met_owner, 0)",
    "visit.on_site": "coalesce({row}method, '') = '实地'",
    "visit.place": "coalesce({row}place, '') <> ''",
}
_FACTS_SQL = " + ".join(f"{2**bit} * ({test})" for bit, test in enumerate(_FACTS.values()))
FACTS = f"({_FACTS_SQL.replace('{row}', '{row}.')})"
FACTS_INDEXED = f"({_FACTS_SQL.format(row='')})"
"""The same as an index names it: ``CREATE INDEX visit_facts ON visit ({FACTS_INDEXED}, day)``."""


AT_THE_WINDOW = tuple(range(0, 2 ** len(_FACTS), 2))
"""Values of ``facts`` of who came to the window."""


def facts_that(holds: Callable[[str], bool], *, effective: bool) -> tuple[int, ...]:
    """Give the values of ``facts`` of visits that count, or of visits that do not.

    Who came to the window is in neither. ``visit.evidence`` is not asked.

    Args:
        holds: Whether a rule (``visit.found`` …) holds.
        effective: Those that count, else those that do not.
    """
    asked = sum(2**bit for bit, key in enumerate(_FACTS) if not key or holds(key))
    return tuple(
        facts for facts in range(2 ** len(_FACTS))
        if facts & 1 and (facts & asked == asked) == effective
    )  # fmt: skip


# How many of the five criteria are met.
MET = "(" + " + ".join(f"coalesce({{row}}.{each} = '符合', 0)" for each in CRITERIA) + ")"

# -- tasks and plans ---------------------------------------------------------------------------------
TASK_STATE = (
    "(CASE WHEN {row}.dropped <> '' THEN '已剔除' WHEN {row}.done_on <> '' THEN '已走访'"
    " WHEN {row}.due_on < date('now', 'localtime') THEN '逾期' ELSE '待走访' END)"
)
TASK_EFFECTIVE = (
    "EXISTS (SELECT 1 FROM visit AS v WHERE v.planned = {row}.id AND v.removed = 0 AND "
    + EFFECTIVE.format(row="v")
    + ")"
)
LAST_VISIT = (
    "SELECT max(v.day) FROM visit AS v WHERE v.enterprise = {row}.enterprise AND v.removed = 0"
)


def of_plan(test: str = "") -> str:
    """Count the tasks of a plan that fulfil a test on ``t``."""
    also = f" AND {test}" if test else ""
    return (
        "SELECT count(*) FROM visit_task AS t WHERE t.plan = {row}.id AND t.removed = 0"
        f" AND coalesce(t.dropped, '') = ''{also}"
    )


PLAN_TARGETS = of_plan()
PLAN_DONE = of_plan("t.done_on <> ''")
PLAN_EFFECTIVE = of_plan(TASK_EFFECTIVE.format(row="t"))
PLAN_LATE = of_plan("coalesce(t.done_on, '') = '' AND t.due_on < date('now', 'localtime')")
PLAN_DROPPED = (
    "SELECT count(*) FROM visit_task AS t WHERE t.plan = {row}.id AND t.removed = 0"
    " AND t.dropped <> ''"
)
