"""Scenes of the two lists: applications, department checks, four signatures, returns, removals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ledger_desk.model import review
from ledger_desk.model import work_words as words
from ledger_desk.model.money import FEN_PER_WAN
from ledger_desk.model.records import Application
from ledger_desk.practice import season_texts as texts
from ledger_desk.practice.season_cast import Cast
from ledger_desk.store.queries import Where
from ledger_desk.work import applying, checking, reviewing, signing
from ledger_desk.work.outcome import Outcome

_ALL = ("",) * 4
# What becomes of applications, in turn: (level at which, what). '' goes through all four.
FATES: tuple[str, ...] = (
    *_ALL, "return1", *_ALL, "reject2", *_ALL, "return2", "withdraw", *_ALL, "reject1", *_ALL,
    "return3", *_ALL, "reject3", "outside", *_ALL, "return4", *_ALL, "reject4", *_ALL, "remove",
)  # fmt: skip
# Sources of those that did not come from a visit, in turn.
_OTHER_WAYS = words.APPLICATION_SOURCES[1:7]


@dataclass
class Lists:
    """Applications on their way.

    Attributes:
        fates: Application → what becomes of it.
        waiting: Level → those that wait for it.
        registered: Registered, not on the list yet.
        returned: Returned at the last sitting.
        recommended: Signed and not pushed yet.
        failed: Rejected or withdrawn, to be supported outside or applied for again.
        made: How many there are.
    """

    fates: dict[str, str] = field(default_factory=dict)
    waiting: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    registered: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    recommended: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    made: int = 0

    def enrol(self, ids: Sequence[str]) -> None:
        """Give new applications what becomes of them."""
        for each in ids:
            self.fates[each] = FATES[self.made % len(FATES)]
            self.made += 1


def sign(cast: Cast, lists: Lists, day: date) -> None:
    """The head of the task force and the convener go through what waits for them."""
    _review(cast, lists, review.BY_LEADER, cast.leader, day)
    waiting = lists.waiting[review.BY_CONVENER]
    cast.ledger.work_as(cast.clerks[0])
    if waiting:
        signing.make_sheet(cast.ledger, waiting, day=day)
    _review(cast, lists, review.BY_CONVENER, cast.convener, day)
    cast.ledger.work_as(cast.clerks[0])


def take_in(
    cast: Cast, lists: Lists, ready: list[str], share: int, day: date, *, last: bool = False
) -> None:
    """Register what visits found and what came in other ways, mend what was returned, review.

    Args:
        cast: The players.
        lists: The lists.
        ready: Visits that can be applied from; those taken are taken out.
        share: How many at most.
        day: The day of the sitting.
        last: It is the sitting of today: some stay where they are.
    """
    ledger, rng = cast.ledger, cast.rng
    _mend(cast, lists, day)
    some, rest = ready[: max(0, share - 2)], ready[max(0, share - 2) :]
    ready[:] = rest
    fresh: list[str] = []
    if some:
        made = applying.register_visits(ledger, some, day=day, enter=True)
        fresh = _listed(cast, lists, made)
    if cast.may_borrow:
        entries = [_entry(cast) for _ in range(min(2, share))]
        made = applying.register(ledger, entries, day=day)
        lists.enrol(made.done)
        lists.registered += made.done
    if fresh:
        checking.ask(ledger, fresh)
    _check(cast, lists, day)
    first = lists.waiting[review.BY_FIRST]
    held = [first.pop() for _ in range(min(3, len(first)))] if last else []
    _review(cast, lists, review.BY_FIRST, cast.clerks[0], day)
    lists.waiting[review.BY_FIRST] += held
    bank = lists.waiting[review.BY_BANK]
    held = [bank.pop() for _ in range(min(3, len(bank)))] if last else []
    banker = cast.managers[rng.choice(sorted(cast.managers))].id if cast.managers else cast.leader
    _review(cast, lists, review.BY_BANK, banker, day)
    lists.waiting[review.BY_BANK] += held
    cast.ledger.work_as(cast.clerks[0])
    if last and len(lists.waiting[review.BY_FIRST]) > 1:  # one lies returned, to be mended today
        opinion = reviewing.USUAL[review.SENT_BACK][0]
        some = lists.waiting[review.BY_FIRST][:1]
        reviewing.send_back(ledger, some, opinion, level=review.BY_FIRST, day=day)


def _listed(cast: Cast, lists: Lists, made: Outcome) -> list[str]:
    """Sort what was registered into what is on the list and what is not."""
    lists.enrol(made.done)
    found = cast.find(Application, Where("id", "in", tuple(made.done)))
    there = [each.id for each in found if each.state == review.FIRST]
    lists.waiting[review.BY_FIRST] += there
    lists.registered += [each.id for each in found if each.state == review.REGISTERED]
    return there


def _entry(cast: Cast) -> dict[str, object]:
    """A need that did not come from a visit: at the window, online, by a bank; criteria still open."""
    rng = cast.rng
    banks = cast.some_banks(2 if rng.random() < 0.3 else 1)
    source = rng.choice(_OTHER_WAYS)
    values: dict[str, object] = {
        "enterprise": rng.choice(sorted(cast.may_borrow)), "source": source, "purpose": "流动资金",
        "amount": rng.choice((10, 20, 30, 50, 100)) * FEN_PER_WAN, "months": 12, "security": "信用",
        "bank1": banks[0], "first_loan": rng.random() < 0.5, "renewal": False,
    }  # fmt: skip
    if source == "银行推荐":
        values["recommender"] = banks[0]
    if len(banks) > 1:
        values["bank2"] = banks[1]
    return values


def _mend(cast: Cast, lists: Lists, day: date) -> None:
    """What was registered or returned at the last sitting goes on, or is taken back."""
    ledger = cast.ledger
    registered, lists.registered = lists.registered, []
    if registered:
        back = [each for each in registered if lists.fates[each] in ("withdraw", "outside")]
        go = [each for each in registered if each not in back]
        if go:
            applying.judge_criteria(ledger, go, "符合", "上门核实")
            done = set(applying.enter_list(ledger, go, day=day).done)
            lists.waiting[review.BY_FIRST] += [each for each in go if each in done]
            _give_up(cast, lists, [each for each in go if each not in done], day)
        _give_up(cast, lists, [each for each in back if lists.fates[each] == "withdraw"], day)
        _outside(cast, [each for each in back if lists.fates[each] == "outside"], day)
    returned, lists.returned = lists.returned, []
    if returned:
        for each in returned[:1]:
            applying.amend(ledger, each, {"months": 24}, day=day)
        done = set(applying.resubmit(ledger, returned, day=day).done)
        for each in returned:
            lists.fates[each] = ""
        lists.waiting[review.BY_FIRST] += [each for each in returned if each in done]
        _give_up(cast, lists, [each for each in returned if each not in done], day)
    failed, lists.failed = lists.failed, []
    some = [each for each in failed if cast.rng.random() < 0.5]
    if some:
        made = applying.again(ledger, some[1:], day=day) if some[1:] else Outcome()
        lists.enrol(made.done)
        lists.registered += made.done
        _outside(cast, some[:1], day)


def _give_up(cast: Cast, lists: Lists, ids: Sequence[str], day: date) -> None:
    if ids:
        lists.failed += applying.withdraw(cast.ledger, ids, "企业放弃融资", day=day).done


def _outside(cast: Cast, ids: Sequence[str], day: date) -> None:
    if ids:
        applying.support_outside(cast.ledger, ids, cast.some_banks(1)[0], day=day)


def _check(cast: Cast, lists: Lists, day: date) -> None:
    """Departments answer: three items a sitting, now and then something odd."""
    waiting = [*lists.waiting[review.BY_FIRST]]
    if not waiting:
        return
    for item in cast.rng.sample(words.CHECK_ITEMS, 3):
        odd = waiting[:1] if item in texts.ODD_CHECKS and cast.rng.random() < 0.5 else []
        fine = [each for each in waiting if each not in odd]
        if odd:
            checking.record(
                cast.ledger, odd, item, "有异常", day=day, remark=texts.ODD_CHECKS[item]
            )  # fmt: skip
        if fine:
            checking.record(cast.ledger, fine, item, "无异常", day=day)


def _review(cast: Cast, lists: Lists, level: str, who: str, day: date) -> None:
    """One level says its word on all that waits for it."""
    number = [level_ for _, level_, _ in review.STAGES].index(level) + 1
    waiting, lists.waiting[level] = lists.waiting[level], []
    if not waiting:
        return
    cast.ledger.work_as(who)
    back = [each for each in waiting if lists.fates[each] == f"return{number}"]
    no = [each for each in waiting if lists.fates[each] == f"reject{number}"]
    go = [each for each in waiting if each not in back and each not in no]
    usual = reviewing.USUAL
    if back:
        opinion = cast.rng.choice(usual[review.SENT_BACK])
        lists.returned += reviewing.send_back(cast.ledger, back, opinion, level=level, day=day).done
    if no:
        opinion = cast.rng.choice(usual[review.REFUSED])
        lists.failed += reviewing.reject(cast.ledger, no, opinion, level=level, day=day).done
    if go:
        opinion = cast.rng.choice(usual[review.PASSED])
        done = list(reviewing.approve(cast.ledger, go, opinion, level=level, day=day).done)
        if number == len(review.STAGES):
            lists.recommended += done
        else:
            lists.waiting[review.STAGES[number][1]] += done


def remove(cast: Cast, lists: Lists, pushed: Sequence[str], day: date) -> list[str]:
    """Take those off the recommendation list that are found out; gives their ids."""
    found = [each for each in pushed if lists.fates.get(each) == "remove"]
    for place, each in enumerate(found):
        lists.fates[each] = ""
        applying.remove(cast.ledger, [each], words.REMOVAL_REASONS[place % 3], day=day)
    return found
