"""Pushing the recommendation list: each firm to its intended banks only (`seeds/003` 五).

One `PushBatch` for one bank (or guarantor) and day, one `Referral` for one application at one bank
(`decisions.md` 20).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model.financing import Matching
from ledger_desk.model.records import Application, Bank, Cultivation, Guarantor, PushBatch, Referral
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.calling import call_all
from ledger_desk.work.numbering import next_numbers
from ledger_desk.work.outcome import Outcome, Refused

PREFIX = "推送"
RECOMMENDED, REMOVED = "已推荐", "已移出"
WAITING = (Where("state", "=", RECOMMENDED), Where("pushed_on", "blank"))
"""Applications that are recommended and not pushed to anybody yet."""


@dataclass(frozen=True)
class Plan:
    """What a push would do.

    Attributes:
        pairs: (application, bank) in the order chosen; the bank is '' for a guarantor.
        refused: Applications that go nowhere, with the reason.
        applications: The applications, by id.
        names: Names of banks, by id.
    """

    pairs: list[tuple[str, str]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    applications: Mapping[str, Application] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def by_bank(self) -> dict[str, int]:
        """How many go to each bank."""
        found: dict[str, int] = {}
        for _, bank in self.pairs:
            found[bank] = found.get(bank, 0) + 1
        return found


def intended(application: Application) -> tuple[str, ...]:
    """Intended banks of an application: one or two."""
    some = (application.bank1, application.bank2)
    return tuple(dict.fromkeys(bank for bank in some if bank))


def plan(
    ledger: Ledger,
    applications: Sequence[str],
    day: date | None = None,
    banks: Sequence[str] | None = None,
    guarantor: str = "",
) -> Plan:
    """Say what `push` would do; see there."""
    with ledger.read() as rows:
        return _plan(rows, applications, day or date.today(), banks, guarantor)


def push(
    ledger: Ledger,
    applications: Sequence[str],
    day: date | None = None,
    banks: Sequence[str] | None = None,
    guarantor: str = "",
    progress: Progress = silent,
) -> Outcome:
    """Push applications of the recommendation list, all in one step.

    Args:
        ledger: Where they are.
        applications: Ids of applications.
        day: Day of the push; None: today.
        banks: Only to these of the intended banks; None: to all intended ones not pushed to yet.
        guarantor: Id of a guarantor: to this one instead of to banks.
        progress: May cancel; nothing is pushed then.

    Returns:
        The applications that went to one bank at least, and the others with the reason.

    Raises:
        UserError: The guarantor is not in the ledger.
        Cancelled: From ``progress``.
    """
    on = day or date.today()
    made = plan(ledger, applications, on, banks, guarantor)
    if not made.pairs:
        return Outcome(refused=made.refused, table=Application.TABLE)
    done = list(dict.fromkeys(application for application, _ in made.pairs))
    places = made.by_bank()
    to = "担保机构" if guarantor else f"{len(places)} 家银行"
    words = f"推送 {len(done):,} 户到{to}"
    with ledger.step(words, kind="edit") as step:
        made = _plan(step.rows, applications, on, banks, guarantor)
        batches = _batches(step, ledger, made, on, guarantor)
        rows = []
        for place, (application, bank) in enumerate(made.pairs):
            if place % 500 == 0:
                progress(place, len(made.pairs), "正在推送")
            rows.append({
                "application": application, "pushed_on": on, "bank": bank or None,
                "enterprise": made.applications[application].enterprise,
                "guarantor": guarantor or None, "batch": batches[bank],
            })  # fmt: skip
        step.create_many(Referral, rows, progress)
    said = "、".join(f"{made.names.get(bank, '')} {many:,} 户" for bank, many in places.items())
    return Outcome.of_step(step.result, done, made.refused, f"{words}：{said}", Application.TABLE)


def withdraw(ledger: Ledger, referrals: Sequence[str], progress: Progress = silent) -> Outcome:
    """Take pushes back that the bank has not answered yet, as one step.

    A batch that nothing is left of goes with them.
    """
    done: list[str] = []
    refused: list[Refused] = []
    with ledger.read() as rows:
        titles = call_all(rows, Referral, referrals)
        known = rows.many(Referral, list(referrals))
        answered = _answered(rows, referrals)
    for each in dict.fromkeys(referrals):
        progress(len(done), len(referrals), "正在撤回")
        found = known.get(each)
        if found is None or found.removed:
            refused.append(Refused(each, titles.get(each, ""), "这笔推送已经撤回或删除。"))
        elif each in answered:
            why = f"{answered[each]}，不能再撤回；企业不贷了的，请记“企业放弃”。"
            refused.append(Refused(each, titles[each], why))
        else:
            done.append(each)
    if not done:
        return Outcome(refused=refused)
    with ledger.step(f"撤回推送 {len(done):,} 笔", kind="edit") as step:
        for each in done:
            step.remove(Referral, each)
        for batch in {known[each].batch for each in done}:
            left = Query(Referral, (Where("batch", "=", batch),))
            if batch and not step.rows.count(left):
                step.remove(PushBatch, batch)
    return Outcome.of_step(step.result, done, refused, f"撤回推送 {len(done):,} 笔")


def _plan(
    rows: Rows, ids: Sequence[str], day: date, banks: Sequence[str] | None, guarantor: str
) -> Plan:
    wanted = list(dict.fromkeys(ids))
    found = rows.many(Application, wanted)
    titles = call_all(rows, Application, wanted)
    already: set[tuple[str, str]] = set()
    for held in rows.find(Query(Referral, (Where("application", "in", tuple(wanted)),))):
        already.add((str(held.application), str(held.guarantor or held.bank)))
    if guarantor:
        house = rows.get(Guarantor, guarantor)
        if house is None or house.removed:
            raise UserError("这家担保机构已经不在账上。请在“担保机构”里登记了再推送。")
        names = {"": house.title}
    else:
        some = {b for a in found.values() for b in intended(a)} | set(banks or ())
        names = {b.id: b.short or b.title for b in rows.many(Bank, sorted(some)).values()}
    pairs: list[tuple[str, str]] = []
    refused: list[Refused] = []
    for each in wanted:
        application = found.get(each)
        why = _barred(application, day)
        if not why and application is not None:
            places, why = _places(application, banks, guarantor, already, names)
            pairs += [(each, place) for place in places]
        if why:
            refused.append(Refused(each, titles.get(each, "这一笔"), why))
    return Plan(pairs, refused, found, names)


def _barred(application: Application | None, day: date) -> str:
    """Why an application goes nowhere at all; '' if it may."""
    if application is None or application.removed:
        return "这笔申报已经不在账上，可能刚被删除。"
    if application.state == REMOVED:
        return f"已从推荐清单移出（{application.left_why or '没写原因'}），不能推送。"
    if application.state != RECOMMENDED:
        return (
            f"还没有列入推荐清单，现在是“{application.state or '未定'}”；召集人签字以后才能推送。"
        )
    if application.recommended_on is not None and day < application.recommended_on:
        return f"推送日期 {day} 早于列入推荐清单的 {application.recommended_on}，请改推送日期。"
    return ""


def _places(
    application: Application,
    banks: Sequence[str] | None,
    guarantor: str,
    already: set[tuple[str, str]],
    names: Mapping[str, str],
) -> tuple[list[str], str]:
    """Give where an application goes, or why nowhere."""
    if guarantor:
        if (application.id, guarantor) in already:
            return [], f"已经推给{names['']}，不再推第二次。"
        return [""], ""
    own = intended(application)
    if not own:
        return [], "没有填意向银行，只能推给意向银行。请先在申报里填上 1—2 家。"
    wanted = own if banks is None else tuple(banks)
    strange = [bank for bank in wanted if bank not in own]
    left = [b for b in wanted if b in own and (application.id, b) not in already]
    if left:
        return left, ""
    if strange and len(strange) == len(wanted):
        said = "、".join(names.get(bank, "这家银行") for bank in strange)
        mine = "、".join(names.get(bank, "") for bank in own)
        return [], f"{said}不是这一户的意向银行（意向银行是{mine}），不能推送。"
    said = "、".join(names.get(bank, "") for bank in wanted if bank in own)
    return [], f"已经推给{said}，不再推第二次。"


def _batches(step: Step, ledger: Ledger, made: Plan, day: date, guarantor: str) -> dict[str, str]:
    """Give the batch of each bank on that day, made where there is none."""
    sender = ledger.person.id if ledger.person is not None else None
    found: dict[str, str] = {}
    missing = []
    for bank in made.by_bank():
        whom = Where("guarantor", "=", guarantor) if guarantor else Where("bank", "=", bank)
        there = step.rows.find(Query(PushBatch, (Where("day", "=", day), whom)), 1)
        if there:
            found[bank] = there[0].id
        else:
            missing.append(bank)
    numbers = next_numbers(step.rows, PushBatch, PREFIX, day, len(missing)) if missing else []
    for bank, number in zip(missing, numbers, strict=True):
        found[bank] = step.create(PushBatch(
            no=number, day=day, bank=bank or None, guarantor=guarantor or None, sender=sender
        ))  # fmt: skip
    return found


def _answered(rows: Rows, referrals: Sequence[str]) -> dict[str, str]:
    """Say of referrals that something hangs on already what that is."""
    found: dict[str, str] = {}
    some = tuple(referrals)
    for each in rows.many(Referral, list(some)).values():
        if each.accepted_on or each.complete_on or each.given_up_on or each.answered_on:
            found[each.id] = "银行已经回填"
    for hung in rows.find(Query(Cultivation, (Where("referral", "in", some),))):
        found[str(hung.referral)] = "已经转入首贷培植"
    for met in rows.find(Query(Matching, (Where("referral", "in", some),))):
        found[str(met.referral)] = "银行已经对接"
    return found
