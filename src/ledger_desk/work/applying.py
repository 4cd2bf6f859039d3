"""Applications from the first word to the list: registered, put on the list, withdrawn, removed, again.

`seeds/003` 四 (five standards, one or two intended banks), 六 (support outside both lists), 十一
(removal). Each function is one step of the ledger and one undo; which move is possible when stands
in `model.review`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model import locks, review
from ledger_desk.model import work_words as words
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Application, Bank, Enterprise, Referral, Visit
from ledger_desk.model.review import BY_KEY
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work.cases import Cases
from ledger_desk.work.moving import GONE, PREFIX, doing, make_moves, move_in
from ledger_desk.work.numbering import next_numbers
from ledger_desk.work.outcome import Outcome, Refused

_NEED = ("amount", "months", "purpose", "security", "rate", "bank1", "bank2")
_WHYS = tuple(f"{name}_why" for name in CRITERIA)
_AGAIN = ("enterprise", *_NEED, "first_loan", "renewal", "recommender", "office")
OPEN = words.CRITERION[2]


def register(
    ledger: Ledger,
    entries: Sequence[Mapping[str, Any]],
    *,
    day: date | None = None,
    enter: bool = False,
    progress: Progress = silent,
) -> Outcome:
    """Register applications, one for each mapping of fields; with ``enter`` put them on the list too.

    ``enterprise`` is needed; number, day, office, whoever entered it and the state are written here.
    What cannot be put on the list stays registered and is told among the refused.

    Raises:
        UserError: The ledger cannot be written, or the day has not come yet.
    """
    now = doing(ledger, day)
    refused: list[Refused] = []
    known, closed = field_map(Application), locks.locked(Application)
    with ledger.step(f"登记申报 {len(entries):,} 笔") as step:
        firms = step.rows.many(
            Enterprise, [e["enterprise"] for e in entries if e.get("enterprise")]
        )
        ready: list[dict[str, Any]] = []
        for place, entry in enumerate(entries):
            progress(place, len(entries), "登记申报")
            firm = firms.get(entry.get("enterprise") or "")
            if firm is None or firm.removed:
                refused.append(Refused("", "未命名融资申报", "没有写明是哪一户，请先选经营主体。"))
                continue
            values = {k: v for k, v in entry.items() if k in known and k not in closed}
            ready.append({
                "applied_on": now.day, "source": words.APPLICATION_SOURCES[0] if values.get("visit")
                else words.APPLICATION_SOURCES[5], "office": ledger.office.id, "entered_by": now.person,
                **{k: v for k, v in values.items() if v is not None},
                "again_of": entry.get("again_of"),
                "state": BY_KEY["register"].target, "state_on": now.day,
            })  # fmt: skip
        done = _create(step, ready, now.day)
        name = step.name = f"登记申报 {len(done):,} 笔"
        if enter:
            listed, unfit = move_in(step, done, BY_KEY["enter"], now, progress, verb="列入申报清单")
            refused += unfit
            name = f"{name}，列入申报清单 {len(listed):,} 笔"
            step.name = name
    return Outcome.of_step(step.result, done, refused, name)


def _create(step: Step, ready: list[dict[str, Any]], day: date) -> list[str]:
    lacking = [entry for entry in ready if not entry.get("no")]
    numbers = next_numbers(step.rows, Application, PREFIX, day, len(lacking))
    for entry, number in zip(lacking, numbers, strict=True):
        entry["no"] = number
    return step.create_many(Application, ready)


def register_visits(
    ledger: Ledger, visits: Sequence[str], *, day: date | None = None, enter: bool = False,
    progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Register what visits found: need, banks and the five standards with their evidence.

    Refused, by visit: no need was found, or an application came of the visit already.

    Raises:
        UserError: The ledger cannot be written, or the day has not come yet.
    """
    refused: list[Refused] = []
    entries: list[dict[str, Any]] = []
    with ledger.read() as rows:
        found = rows.many(Visit, list(visits))
        before = rows.find(Query(Application, (Where("visit", "in", tuple(visits)),)))
        numbers = {each.visit: each.no for each in before}
        firms = rows.titles("enterprise", [v.enterprise for v in found.values() if v.enterprise])
        for key in dict.fromkeys(visits):
            visit = found.get(key)
            if visit is None or visit.removed:
                refused.append(
                    Refused(key, "不在名单里的走访", "这次走访已经不在名单里，请刷新再看。")
                )
                continue
            title = f"{firms.get(visit.enterprise or '', '未命名主体')} {visit.day or ''}".strip()
            why = _no_application(visit, numbers.get(key))
            if why:
                refused.append(Refused(key, title, why))
            else:
                entries.append(of_visit(visit))
    made = register(ledger, entries, day=day, enter=enter, progress=progress)
    return Outcome(
        made.done, [*refused, *made.refused], made.step, made.sentence, "visit" if refused else ""
    )


def of_visit(visit: Visit) -> dict[str, Any]:
    """What an application takes over from a visit."""
    taken = ("enterprise", *_NEED, *CRITERIA, *_WHYS)
    source = words.APPLICATION_SOURCES[1 if visit.method == words.VISIT_METHODS[3] else 0]
    return {
        "visit": visit.id, "source": source, "renewal": visit.renewal_wanted,
        **{name: getattr(visit, name) for name in taken},
    }  # fmt: skip


def _no_application(visit: Visit, number: str | None) -> str:
    if number:
        return f"这次走访已经登记过申报 {number}，请到那一笔里改。"
    if visit.has_need is False:
        return "这次走访写的是没有融资需求，请先改走访记录再登记申报。"
    return ""


def again(
    ledger: Ledger, ids: Sequence[str], *, day: date | None = None, progress: Progress = silent
) -> Outcome:
    """Apply again: a new application for each, with its need and banks; the standards are open again.

    Gives the ids of the new ones.

    Raises:
        UserError: The ledger cannot be written, or the day has not come yet.
    """
    now, move = doing(ledger, day), BY_KEY["again"]
    with ledger.step(f"再次申报 {len(ids):,} 笔") as step:
        cases = Cases.of(step.rows, ids)
        refused = [Refused(each, "不在名单里的申报", GONE) for each in dict.fromkeys(ids) if each not in cases.all]  # fmt: skip
        later = step.rows.find(Query(Application, (Where("again_of", "in", tuple(cases.all)),)))
        followed = {each.again_of: each.no or "另一笔" for each in later}
        ready: list[dict[str, Any]] = []
        for place, each in enumerate(cases.all.values()):
            progress(place, len(cases.all), move.name)
            why = review.judge(move, cases.case(each), now)
            if not why and each.id in followed:
                why = f"已经再次申报过，新的一笔是 {followed[each.id]}，请到那一笔里办。"
            if why:
                refused.append(Refused(each.id, cases.title(each), why))
                continue
            ready.append({
                **{name: v for name in (*_AGAIN, *_WHYS) if (v := getattr(each, name)) is not None},
                **dict.fromkeys(CRITERIA, OPEN),
                "source": each.source or words.APPLICATION_SOURCES[5], "again_of": each.id,
                "applied_on": now.day, "entered_by": now.person, "state": move.target, "state_on": now.day,
            })  # fmt: skip
        done = _create(step, ready, now.day)
        step.name = f"再次申报 {len(done):,} 笔"
    return Outcome.of_step(step.result, done, refused, step.name)


def again_refused(
    ledger: Ledger, referrals: Sequence[str], *, day: date | None = None, progress: Progress = silent
) -> Outcome:  # fmt: skip
    """Apply again after a refusal of the banks: by the referrals; see `again`."""
    with ledger.read() as rows:
        found = rows.many(Referral, list(referrals)).values()
        ids = list(dict.fromkeys(each.application for each in found if each.application))
    if not ids:
        raise UserError("选中的推荐都没有对应的申报。请刷新名单，再选一次。")
    return again(ledger, ids, day=day, progress=progress)


def amend(
    ledger: Ledger, application: str, values: Mapping[str, Any], *, submit: bool = False,
    day: date | None = None,
) -> Outcome:  # fmt: skip
    """Change what an application says while it is registered or returned; with ``submit`` hand it in.

    Raises:
        UserError: It is gone, or under review: what is being signed does not change below the pen.
    """
    now = doing(ledger, day)
    known, closed = field_map(Application), locks.locked(Application)
    with ledger.step("修改申报") as step:
        cases = Cases.of(step.rows, [application])
        there = cases.all.get(application)
        if there is None:
            raise UserError(f"没有存：{GONE}")
        state = there.state or review.REGISTERED
        if state not in (review.REGISTERED, review.RETURNED):
            raise UserError(f"没有存：这笔现在是“{state}”，内容已在审核，要改请先退回。")
        step.change(Application, application, {k: v for k, v in values.items() if k in known and k not in closed})  # fmt: skip
        name = step.name = f"修改申报 {cases.title(there)}"
        refused: list[Refused] = []
        if submit:
            move = BY_KEY["enter" if state == review.REGISTERED else "resubmit"]
            done, refused = move_in(step, [application], move, now)
            name = f"{move.name} {cases.title(there)}" if done else name
            step.name = name
    return Outcome.of_step(step.result, [application], refused, name)


def enter_list(
    ledger: Ledger, ids: Sequence[str], *, day: date | None = None, progress: Progress = silent
) -> Outcome:
    """Put registered applications on the application list (列入申报清单); they wait for 初审 then."""
    return make_moves(ledger, ids, BY_KEY["enter"], doing(ledger, day), progress)


def resubmit(
    ledger: Ledger, ids: Sequence[str], *, day: date | None = None, progress: Progress = silent
) -> Outcome:
    """Hand in again what was returned and mended; the reviews begin anew."""
    return make_moves(ledger, ids, BY_KEY["resubmit"], doing(ledger, day), progress)


def withdraw(
    ledger: Ledger, ids: Sequence[str], reason: str, *, day: date | None = None,
    progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Take applications back before they are recommended; the reason is kept."""
    return make_moves(ledger, ids, BY_KEY["withdraw"], doing(ledger, day, reason=reason), progress)


def remove(
    ledger: Ledger, ids: Sequence[str], reason: str, *, day: date | None = None,
    progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Take applications off the recommendation list (`seeds/003` 十一); they stay in history."""
    return make_moves(ledger, ids, BY_KEY["remove"], doing(ledger, day, reason=reason), progress)


def support_outside(
    ledger: Ledger, ids: Sequence[str], bank: str | None, *, day: date | None = None,
    progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Let a bank support firms outside both lists (清单外, `seeds/003` 六).

    Raises:
        UserError: There is no such bank.
    """
    if bank:
        found = ledger.get(Bank, bank)
        if found is None or found.removed:
            raise UserError("没有这家银行，可能刚被删除。请重新选一家。")
    return make_moves(ledger, ids, BY_KEY["outside"], doing(ledger, day, bank_given=bank), progress)


def judge_criteria(
    ledger: Ledger, ids: Sequence[str], verdict: str, why: str = "", *, names: Sequence[str] = CRITERIA,
    progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Give standards of many applications that are not reviewed yet the same judgement.

    Refused: those under review and beyond, whose content is what was signed.
    """
    free = (review.REGISTERED, review.RETURNED, None)
    with ledger.step(f"五项标准记为{verdict} {len(ids):,} 笔") as step:
        cases = Cases.of(step.rows, ids)
        refused = [Refused(each, "不在名单里的申报", GONE) for each in dict.fromkeys(ids) if each not in cases.all]  # fmt: skip
        items = []
        for place, each in enumerate(cases.all.values()):
            progress(place, len(cases.all), "五项标准")
            if each.state not in free:
                sentence = f"现在是“{each.state}”，五项标准要改请先退回。"
                refused.append(Refused(each.id, cases.title(each), sentence))
                continue
            values: dict[str, Any] = dict.fromkeys(names, verdict)
            if why:
                values |= {f"{name}_why": why for name in names}
            items.append((each.id, values))
        step.change_many(Application, items)
        done = [each for each, _ in items]
        step.name = f"五项标准记为{verdict} {len(done):,} 笔"
    return Outcome.of_step(step.result, done, refused, step.name)
