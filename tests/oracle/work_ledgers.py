"""Random work: plans, visits, lists, referrals, renewals, with gaps and removed records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Application,
    Person,
    Referral,
    Renewal,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.model.work_words import (
    APPLICATION_STATES,
    RENEWAL_WAYS,
    VISIT_KINDS,
    VISIT_RESULTS,
)

Make = Callable[[Record], str]
Day = Callable[[], "date | None"]


def write_work(
    make: Make,
    chance: Random,
    some_day: Day,
    fen: Callable[[], int | None],
    firms: Sequence[str],
    banks: Sequence[str],
    offices: Sequence[str | None],
    townships: Sequence[str | None],
) -> list[tuple[str, str, str]]:
    """Write up to twenty of each kind; gives the referrals as (id, firm, bank)."""
    new_id = lambda: f"{chance.getrandbits(128):032x}"  # noqa: E731
    people = [make(Person(id=new_id(), name=f"走访员{n}")) for n in range(2)]
    plans = [
        make(VisitPlan(id=new_id(), name=f"第{n}轮", starts_on=some_day(), office=chance.choice(offices)))
        for n in range(chance.randint(0, 2))
    ]  # fmt: skip
    for _ in range(chance.randint(0, 20) if plans else 0):
        make(VisitTask(id=new_id(), plan=chance.choice(plans), enterprise=chance.choice(firms),
                       bank=chance.choice([None, *banks]), township=chance.choice(townships),
                       dropped=chance.choice([None, None, "注销"]), dropped_on=some_day()))  # fmt: skip
    for _ in range(chance.randint(0, 20)):
        make(Visit(id=new_id(), enterprise=chance.choice(firms), day=some_day(), kind=chance.choice(VISIT_KINDS),
                   result=chance.choice([None, *VISIT_RESULTS]), first=chance.choice([None, *people]),
                   second=chance.choice([None, *people]), manager=chance.choice([None, "某经理"]),
                   has_need=chance.choice([None, True, False]), amount=fen(), bank=chance.choice([None, *banks]),
                   township=chance.choice(townships), office=chance.choice(offices)))  # fmt: skip
    found = []
    for _ in range(chance.randint(0, 16)):
        firm = chance.choice(firms)
        application = make(
            Application(id=new_id(), enterprise=firm, amount=fen(), bank1=chance.choice([None, *banks]),
                        bank2=chance.choice([None, *banks]), state=chance.choice(APPLICATION_STATES),
                        listed_on=some_day(), recommended_on=some_day(), left_on=some_day(),
                        township=chance.choice(townships), office=chance.choice(offices))
        )  # fmt: skip
        for bank in chance.sample(list(banks), chance.randint(0, 2)):
            referral = make(
                Referral(id=new_id(), application=application, enterprise=firm, bank=bank,
                         pushed_on=some_day(), township=chance.choice(townships),
                         given_up_on=chance.choice([None, None, some_day()]),
                         qualified=chance.choice([None, True, False]), qualified_on=some_day(),
                         wants_money=chance.choice([None, True, False]), wants_on=some_day())
            )  # fmt: skip
            found.append((referral, firm, bank))
    for _ in range(chance.randint(0, 8)):
        make(Renewal(id=new_id(), enterprise=chance.choice(firms), bank=chance.choice(banks), done_on=some_day(),
                     way=chance.choice([None, *RENEWAL_WAYS]), amount=fen(), township=chance.choice(townships)))  # fmt: skip
    return found
