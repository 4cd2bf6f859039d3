"""What is owed (任务数), and that quotas count the same as the forms do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period, month
from ledger_desk.model.records import Bank, Enterprise, Office, Target, Visit
from ledger_desk.reports.valuing import Values
from ledger_desk.store.counting.tallies import tally
from ledger_desk.store.ledger import Ledger

from .ledgers import write_random

SINCE, YEAR = date(2024, 10, 1), (date(2024, 1, 1), date(2024, 12, 31))
# Kind of a quota's lines → the indicator of the forms, and what of the tally it is.
SAME = {
    "visited": ("visited_firms", "firms"), "visited_well": ("effective_firms", "firms"),
    "applied": ("applied_firms", "firms"), "recommended": ("recommended_firms", "firms"),
    "cultivated": ("cultivated_firms", "firms"), "lent": ("cultivated_lent_firms", "firms"),
    "granted": ("granted_amount", "amount"), "drawn": ("drawn_amount", "amount"),
    "renewed": ("renewed_amount", "amount"), "fairs": ("fairs", "events"),
}  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("goals") / "空.ledger"
    office = Office(name="甲县工作专班", level="县级", division="411523")
    with Ledger.create(path, office=office) as ledger:
        yield ledger


@pytest.mark.parametrize("seed", [3, 5])
def test_a_quota_counts_what_the_forms_count(empty: Ledger, seed: int) -> None:
    with empty.rehearse() as step:
        write_random(step, random.Random(seed), empty.office.id)
        values = Values(step.rows, Period(date(2024, 10, 1), date(2024, 11, 20)), SINCE)
        for kind, (indicator, taken) in SAME.items():
            counted = tally(step.rows, kind, date(2024, 10, 1), date(2024, 11, 20))
            if kind in (
                "visited",
                "visited_well",
            ):  # a visit without a kind is a visit to a quota only
                continue
            assert getattr(counted, taken) == values.value(indicator, "本期"), kind


def test_what_is_owed_goes_by_the_whole_the_type_and_each_bank(empty: Ledger) -> None:
    with empty.rehearse() as step:
        banks = [
            step.create(Bank(name=f"{kind}{n}", type=kind))
            for kind, n in (("国有商业银行", 1), ("国有商业银行", 2), ("农信系统", 1), ("村镇银行", 1))
        ]  # fmt: skip
        since, until = YEAR
        for bank_type, value, scope in (
            ("国有商业银行", 500, "每家"), ("农信系统", 800, "合计"), ("股份制商业银行、村镇银行", 20, "每家"),
        ):  # fmt: skip
            step.create(Target(indicator="培植户数", bank_type=bank_type, value=value, scope=scope, unit="户",
                               since=since, until=until))  # fmt: skip
        step.create(Target(indicator="走访户数", value=4, unit="户", since=since, until=until))
        step.create(Target(indicator="授信金额", value=30, unit="万元", bank=banks[2], since=since, until=until))  # fmt: skip
        firm = step.create(Enterprise(name="试企"))
        step.create(Visit(enterprise=firm, day=date(2024, 10, 5), kind="走访"))
        values = Values(step.rows, month(2024, 10), SINCE)
        assert values.split("cultivated_firms", "任务数", "bank_type") == {
            "国有商业银行": 1000, "农信系统": 800, "村镇银行": 20,
        }  # fmt: skip
        by_bank = values.split("cultivated_firms", "任务数", "bank")
        assert by_bank == {banks[0]: 500, banks[1]: 500, banks[3]: 20}
        assert values.value("cultivated_firms", "任务数") == 1820
        assert values.value("granted_amount", "任务数", "bank", banks[2]) == 30 * 1_000_000
        assert values.value("visited_firms", "任务数") == 4
        assert values.value("visited_firms", "任务完成率") == 2500  # one of four
        (done, owed) = values.proof("visited_firms", "任务完成率")
        assert (done.value, owed.value) == (1, 4)
        assert [line.table for line in owed.lines] == ["target"]
        assert values.value("applied_firms", "任务数") is None
        assert values.value("applied_firms", "任务完成率") is None


def test_what_an_indicator_lacks_is_said_in_a_sentence(empty: Ledger) -> None:
    with empty.read() as rows:
        values = Values(rows, month(2024, 10), SINCE)
        with pytest.raises(UserError, match="没有“期末数”这种算法"):
            values.value("visited_firms", "期末数")
        with pytest.raises(UserError, match="不能按园区星级分"):
            values.value("visited_firms", "本期", "star", "五星级")
        with pytest.raises(UserError, match="没有“没有的”这个指标"):
            values.value("没有的", "本期")
