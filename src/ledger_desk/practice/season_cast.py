"""Who and what a made-up season is played with: its size, its people, its firms, its days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from ledger_desk.model.bank_answers import Answer
from ledger_desk.model.fields import Record
from ledger_desk.model.records import Bank, Enterprise, Loan, Office, Person
from ledger_desk.practice import numbers
from ledger_desk.practice.people import person_name
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import deciding
from ledger_desk.work.planning_sharing import Pair

DAYS = 182  # six months
Tell = Callable[[Ledger, Mapping[str, Answer], date], Collection[str]]
"""Brings what banks told on a day into the ledger; gives the referrals that something was written to."""


def by_hand(ledger: Ledger, answers: Mapping[str, Answer], day: date) -> Collection[str]:
    """Key in what banks told, as 登银行回话 does."""
    return set(deciding.answer(ledger, answers, day).done)


@dataclass(frozen=True)
class Size:
    """How much of a season is made.

    Attributes:
        targets: Firms on the target list.
        applications: Needs that are applied for.
        tick: Days between two sittings of the task force.
        tickets: Difficulties that did not come from a visit.
        loans: Loans that fall due in the season or soon after.
        parks: Parks of small firms.
        tenants: Firms inside them.
    """

    targets: int
    applications: int
    tick: int = 14
    tickets: int = 20
    loans: int = 26
    parks: int = 6
    tenants: int = 40


def size_for(firms: int) -> Size:
    """The season that goes with a ledger of so many firms: up to 200 the small one."""
    if firms <= 200:
        return Size(firms, max(40, firms * 2 // 5))
    return Size(firms, firms // 4, 7, firms // 25, firms // 8, 12, firms // 8)


@dataclass
class Cast:
    """Everything that the scenes share.

    Attributes:
        ledger: The practice ledger.
        rng: All chance comes from it.
        today: The last day of the season.
        size: How much is made.
        firms: Firms of the target list, those that do not trade among them.
        known: The same by id, and others that came in later.
        may_borrow: Ids of those that may apply: firms without loans that were there before.
        banks: All banks.
        managers: Bank → its account manager.
        pairs: Who goes to which township.
        clerks: Who enters and reviews first.
        leader: Who speaks for the head of the task force.
        convener: Who signs last.
        tell: How what the banks say comes in: keyed in, or by their workbooks.
    """

    ledger: Ledger
    rng: Random
    today: date
    size: Size
    firms: list[Enterprise] = field(default_factory=list)
    known: dict[str, Enterprise] = field(default_factory=dict)
    may_borrow: frozenset[str] = frozenset()
    banks: list[Bank] = field(default_factory=list)
    managers: dict[str, Person] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    clerks: list[str] = field(default_factory=list)
    leader: str = ""
    convener: str = ""
    tell: Tell = by_hand

    @property
    def start(self) -> date:
        """The first day of the season."""
        return self.today - timedelta(days=DAYS)

    def ticks(self) -> list[tuple[date, date]]:
        """First and last day of each sitting's span; the last one ends today."""
        last, found = self.today, []
        while last >= self.start:
            first = max(self.start, last - timedelta(days=self.size.tick - 1))
            found.append((first, last))
            last = first - timedelta(days=1)
        return found[::-1]

    def day(self, first: date, last: date) -> date:
        """A day of a span, a weekday where there is one, never after today."""
        last = max(first, min(last, self.today))
        day = first + timedelta(days=self.rng.randrange((last - first).days + 1))
        while day.weekday() >= 5 and day > first:
            day -= timedelta(days=1)
        return day

    def some_banks(self, count: int) -> list[str]:
        """Different banks, the larger ones more often."""
        found: list[str] = []
        while len(found) < count:
            bank = self.banks[int(len(self.banks) * self.rng.random() ** 1.4)].id
            if bank not in found:
                found.append(bank)
        return found

    def enter(self, what: str, cls: type[Record], rows: Sequence[dict[str, Any]]) -> list[str]:
        """Enter records that have no use case of their own, as their lists do: one step."""
        if not rows:
            return []
        with self.ledger.step(what) as step:
            return step.create_many(cls, list(rows))

    def find(self, cls: type[Record], *where: Where) -> list[Any]:
        """Read records."""
        with self.ledger.read() as rows:
            return list(rows.find(Query(cls, where)))


def gather(ledger: Ledger, rng: Random, today: date, size: Size) -> Cast:
    """Find firms and banks of a practice ledger, and let the people of the season come in."""
    cast = Cast(ledger, rng, today, size)
    firms = sorted(cast.find(Enterprise), key=lambda each: each.id)
    cast.firms = firms if len(firms) <= size.targets else sorted(
        rng.sample(firms, size.targets), key=lambda each: each.id
    )  # fmt: skip
    cast.known = {firm.id: firm for firm in cast.firms}
    held = {loan.enterprise for loan in cast.find(Loan) if loan.balance_on}
    cast.may_borrow = frozenset(
        firm.id for firm in cast.firms if firm.id not in held and firm.status == "存续"
    )
    cast.banks = sorted(cast.find(Bank), key=lambda each: each.id)
    _people(cast)
    return cast


def _people(cast: Cast) -> None:
    people = sorted(cast.find(Person), key=lambda each: each.id)
    offices = {each.id: each for each in cast.find(Office)}
    own = cast.ledger.office.id
    cast.clerks = [each.id for each in people if each.office == own]
    cast.managers = {str(each.bank): each for each in people if each.bank}
    first = {str(each.office): each for each in people if each.role == "乡镇干部"}
    towns = [office for office in first if offices[office].division]
    new = [
        {"name": person_name(cast.rng), "phone": numbers.phone(cast.rng), "role": "乡镇干部", "office": office}
        for office in towns
    ] + [
        {"name": person_name(cast.rng), "phone": numbers.phone(cast.rng), "role": "领导", "office": own}
        for _ in range(2)
    ]  # fmt: skip
    made = cast.enter("练习：走访人员和专班领导", Person, new)
    cast.leader, cast.convener = made[-2:]
    for place, (office, second) in enumerate(zip(towns, made, strict=False)):
        bank = cast.banks[place % len(cast.banks)].id
        division = str(offices[office].division)
        cast.pairs.append(Pair(first[office].id, second, bank, frozenset([division])))
    if not cast.pairs:  # a county without townships: the task force goes itself
        cast.pairs.append(Pair(cast.clerks[0], cast.clerks[-1], cast.banks[0].id))
