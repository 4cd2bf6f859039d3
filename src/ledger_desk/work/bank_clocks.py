"""The clocks of a referral: contact, decision, feedback, mortgage, first loan, each with its clause.

`domain.md` §5.3. Days, units and starting events are parameters; working days know the holidays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.model.bank_answers import GRANTED, REFUSED
from ledger_desk.model.records import Application, Referral
from ledger_desk.model.workdays import Calendar
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.answered import Answered, read_answered
from ledger_desk.work.calendars import read_calendar
from ledger_desk.work.parameters import Parameters, read

_XY, _XX, _XZ = (
    "信发改财金〔2024〕329号 六",
    "新金营商办〔2022〕7号 一（三）",
    "忻银发〔2020〕80号 六（二）",
)
_STARTS = {
    "推送日": "pushed_on",
    "受理日": "accepted_on",
    "材料收齐日": "complete_on",
    "决定日": "decided_on",
}


@dataclass(frozen=True)
class BankClock:
    """One clock that runs: what is to be done, by when, since when, and the clause."""

    what: str
    due: date
    since: date
    clause: str
    estimated: bool = False

    def left(self, today: date) -> int:
        """Days left; less than nothing when it is late."""
        return (self.due - today).days


def running(
    one: Answered, need: Application | None, parameters: Parameters, calendar: Calendar
) -> list[BankClock]:
    """Give the clocks that run for a referral, the first due first."""
    values: Mapping[str, Any] = {"pushed_on": one.referral.pushed_on, **one.values}
    decision = values.get("decision")
    found: list[BankClock] = []

    def run(what: str, days: int, start: str, clause: str, *, working: bool = True) -> None:
        since = values.get(_STARTS[start])
        if since is not None:
            end = calendar.deadline(since, days, working=working)
            found.append(BankClock(what, end.day, since, clause, end.estimated))

    if one.referral.bank is None:
        return []
    if decision == REFUSED:
        if values.get("fed_back_on") is None:
            run(
                "反馈专班",
                parameters["clock.feedback_days"],
                parameters["clock.feedback_start"],
                _XY,
            )
        return found
    if decision == GRANTED or one.referral.given_up_on is not None:
        return []
    if values.get("contacted_on") is None:
        run("对接企业", parameters["clock.contact_days"], "推送日", _XY)
    run(
        "授信决定", parameters["clock.decision_days"], parameters["clock.decision_start"], _XY,
        working=parameters["clock.decision_unit"] == "工作日",
    )  # fmt: skip
    security = values.get("security") or (need.security if need is not None else None)
    if security == "抵押":
        run(
            "抵押贷款办结",
            parameters["clock.mortgage_days"],
            parameters["clock.mortgage_start"],
            _XX,
        )
    if need is not None and need.first_loan:
        run(
            "首贷办结",
            parameters["clock.first_loan_days"],
            parameters["clock.first_loan_start"],
            _XZ,
        )
    return sorted(found, key=lambda clock: clock.due)


def clocks_of(
    rows: Rows, referrals: Sequence[str], today: date | None = None
) -> dict[str, list[BankClock]]:
    """Give the running clocks of referrals, by id."""
    known = read_answered(rows, referrals)
    needs = rows.many(Application, list({str(k.referral.application) for k in known.values()}))
    parameters, calendar = read(rows, today), read_calendar(rows)
    return {
        record: running(one, needs.get(str(one.referral.application)), parameters, calendar)
        for record, one in known.items()
    }


def late(rows: Rows, today: date | None = None) -> list[str]:
    """Live referrals with a clock that has run out."""
    day = today or date.today()
    wheres = (Where("decision", "in", ("审批中", REFUSED)),)
    ids = rows.ids(Query(Referral, wheres))
    return [
        record for record, clocks in clocks_of(rows, ids, day).items()
        if clocks and clocks[0].due < day
    ]  # fmt: skip
