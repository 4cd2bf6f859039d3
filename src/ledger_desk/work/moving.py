"""The one place that writes `Application.state`: a move of `model.review`, over any number of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model import review
from ledger_desk.model.records import Application, Review
from ledger_desk.model.review import Doing, Move
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.work import parameters
from ledger_desk.work.cases import Cases, rules_of, sheet_of
from ledger_desk.work.numbering import next_numbers
from ledger_desk.work.outcome import Outcome, Refused

GONE = "这笔申报已经不在名单里，可能刚被删除，请刷新再看。"
PREFIX, BATCH, SHEET = "申报", "推荐", "签字"
Choose = Callable[[Application], Move]
Also = Callable[[Application], Mapping[str, Any]]


def doing(ledger: Ledger, day: date | None, **said: Any) -> Doing:
    """Who makes a move now.

    Raises:
        UserError: The day has not come yet.
    """
    today = date.today()
    if day is not None and day > today:
        raise UserError(f"日期 {day} 还没有到，今天是 {today}。请改成今天或以前的日期。")
    person = ledger.person
    return Doing(
        day or today,
        ledger.office.level or "",
        person.id if person else None,
        person.title if person else "",
        person.bank if person else None,
        **said,
    )


def make_moves(
    ledger: Ledger,
    ids: Sequence[str],
    choose: Choose | Move,
    now: Doing,
    progress: Progress = silent,
    *,
    also: Also | None = None,
    verb: str = "",
) -> Outcome:
    """Make a move of each application that allows it, all in one step.

    Args:
        ledger: Where they are.
        ids: Which ones.
        choose: The move, or what gives it for each (approving takes each its own stage).
        now: Who does it, when, with which words.
        progress: May cancel; nothing is changed then.
        also: What else is written into each.
        verb: What it is called; '' for the name of the move.

    Raises:
        UserError: The ledger cannot be written.
        Cancelled: From ``progress``.
    """
    verb = verb or (choose.name if isinstance(choose, Move) else "办理")
    with ledger.step(f"{verb} {len(set(ids)):,} 笔") as step:
        done, refused = move_in(step, ids, choose, now, progress, also=also, verb=verb)
        step.name = f"{verb} {len(done):,} 笔"
    return Outcome.of_step(step.result, done, refused, f"{verb} {len(done):,} 笔")


def move_in(
    step: Step,
    ids: Sequence[str],
    choose: Choose | Move,
    now: Doing,
    progress: Progress = silent,
    *,
    also: Also | None = None,
    verb: str = "",
) -> tuple[list[str], list[Refused]]:
    """Make a move inside a step that does more; see `make_moves`. Gives ids done, and those refused."""
    pick: Choose = (lambda _: choose) if isinstance(choose, Move) else choose
    refused = _gone(step.rows, ids)
    cases = Cases.of(step.rows, ids)
    rules = rules_of(parameters.read(step.rows, now.day))
    allowed: list[tuple[Application, Move]] = []
    for place, each in enumerate(cases.all.values()):
        if place % 50 == 0:
            progress(place, len(cases.all), verb)
        move = pick(each)
        why = review.judge(move, cases.case(each), now, rules)
        if why:
            refused.append(Refused(each.id, cases.title(each), why))
        else:
            allowed.append((each, move))
            if move.entering:  # the next one of the same firm sees this one
                cases.note_running(each)
    _write(step, cases, allowed, now, also)
    return [each.id for each, _ in allowed], refused


def _gone(rows: Rows, ids: Sequence[str]) -> list[Refused]:
    found = rows.many(Application, list(ids))
    lost = [each for each in dict.fromkeys(ids) if each not in found or found[each].removed]
    return [Refused(each, "不在名单里的申报", GONE) for each in lost]


def _write(
    step: Step,
    cases: Cases,
    allowed: Sequence[tuple[Application, Move]],
    now: Doing,
    also: Also | None,
) -> None:
    signed = [
        each for each, move in allowed if move.target == review.RECOMMENDED and not each.batch
    ]
    batch = ""
    if signed:
        batch = next_numbers(step.rows, Application, BATCH, now.day, 1, field="batch")[0]
    unnumbered = [each for each, move in allowed if move.key == "enter" and not each.no]
    fresh = dict(zip(
        [each.id for each in unnumbered],
        next_numbers(step.rows, Application, PREFIX, now.day, len(unnumbered)), strict=True,
    ))  # fmt: skip
    changes, words = [], []
    for each, move in allowed:
        values: dict[str, Any] = {"state": move.target, "state_on": now.day, **_marks(move, now)}
        if each.id in fresh:
            values["no"] = fresh[each.id]
        if move.target == review.RECOMMENDED and not each.batch:
            values["batch"] = batch
        if also is not None:
            values |= also(each)
        changes.append((each.id, values))
        if move.level:
            frozen = cases.frozen(replace(each, no=fresh.get(each.id, each.no)))
            words.append({
                "application": each.id, "level": move.level, "verdict": move.verdict,
                "opinion": now.opinion.strip() or None, "reviewer": now.person, "bank": now.bank,
                "day": now.day, "frozen": frozen.text, "fingerprint": frozen.fingerprint,
                "sheet": sheet_of(cases.reviews.get(each.id, [])) or None
                if move.level == review.BY_CONVENER else None,
            })  # fmt: skip
    step.change_many(Application, changes)
    step.create_many(Review, words)


def _marks(move: Move, now: Doing) -> dict[str, Any]:
    """What a move writes beside the state."""
    if move.key == "enter":
        return {"listed_on": now.day}
    if move.target == review.RECOMMENDED:
        return {"recommended_on": now.day}
    if move.reason:
        return {"left_on": now.day, "left_why": now.reason.strip()}
    if move.bank:
        return {"outside_bank": now.bank_given}
    if move.verdict == review.SENT_BACK:
        return {"batch": None}  # a number printed on a sheet that was not signed is not used again
    return {}
