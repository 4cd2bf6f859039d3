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
                       first=chance.choice([None, *people]), second=chance.choice([None, *people]),
                       done_on=chance.choice([None, some_day()]),
                       dropped=chance.choice([None, None, "注销"]), dropped_on=some_day()))  # fmt: skip
    for _ in range(chance.randint(0, 20)):
        make(Visit(id=new_id(), enterprise=chance.choice(firms), day=some_day(), kind=chance.choice(VISIT_KINDS),
                   result=chance.choice([None, *VISIT_RESULTS]), first=chance.choice([None, *people]),
                   second=chance.choice([None, *people]), manager=chance.choice([None, "某经理"]),
                   has_need=chance.choice([None, True, False]), amount=fen(), bank=chance.choice([None, *banks]),
                   use_found=chance.choice([None, "按用途使用", "未按用途使用"]), township=chance.choice(townships), office=chance.choice(offices)))  # fmt: skip
    found = []
    for _ in range(chance.randint(0, 16)):
        firm = chance.choice(firms)
        application = make(
            Application(id=new_id(), enterprise=firm, amount=fen(), bank1=chance.choice([None, *banks]),
                        bank2=chance.choice([None, *banks]), state=chance.choice([*APPLICATION_STATES, "清单外支持"]), source=chance.choice([None, "线上", "窗口"]),
                        applied_on=some_day(), state_on=some_day(), outside_bank=chance.choice([None, *banks]),
                        listed_on=some_day(), recommended_on=some_day(), left_on=some_day(),
                        township=chance.choice(townships), office=chance.choice(offices))
        )  # fmt: skip
        for bank in chance.sample(list(banks), chance.randint(0, 2)):
            referral = make(
                Referral(id=new_id(), application=application, enterprise=firm, bank=bank,
                         pushed_on=some_day(), township=chance.choice(townships),
                         accepted_on=some_day(), complete_on=some_day(), given_up_on=chance.choice([None, None, some_day()]),
                         qualified=chance.choice([None, True, False]), qualified_on=some_day(),
                         wants_money=chance.choice([None, True, False]), wants_on=some_day())
            )  # fmt: skip
            found.append((referral, firm, bank))
    return found


def write_renewals(
    make: Make, chance: Random, some_day: Day, fen: Callable[[], int | None], rate: Callable[[], int | None],
    firms: Sequence[str], banks: Sequence[str], loans: Sequence[str], townships: Sequence[str | None],
) -> None:  # fmt: skip
    """Write up to ten loans falling due and what became of them."""
    for _ in range(chance.randint(0, 10)):
        make(Renewal(id=f"{chance.getrandbits(128):032x}", enterprise=chance.choice(firms), bank=chance.choice(banks),
                     loan=chance.choice([None, *loans]), due_on=some_day(), due_amount=fen(),
                     wanted=chance.choice([None, True, False]), wanted_amount=fen(), rate=rate(),
                     new_loan=chance.choice([None, *loans]), new_due_on=chance.choice([None, some_day()]),
                     why_not=chance.choice([None, "材料不齐"]), done_on=some_day(),
                     way=chance.choice([None, "无还本续贷", *RENEWAL_WAYS]), amount=fen(),
                     township=chance.choice(townships)))  # fmt: skip
