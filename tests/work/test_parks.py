"""Parks: firms in and out, shares against their lines, lists that follow a changed line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.model.records import Enterprise, Park, Tagging, TaxYear, Tenancy
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import parameters, parks
from ledger_desk.work.recognising import recognise
from tests.work.season_parts import TODAY, banks, borrow, county, firms, grant


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with county(tmp_path) as made:
        yield made


def park(ledger: Ledger, stars: str = "四星级", name: str = "东区小微园") -> str:
    with ledger.step("登记园区") as step:
        return step.create(Park(name=name, stars=stars))


def stand(ledger: Ledger) -> parks.Standing:
    with ledger.read() as rows:
        return parks.standings(rows)[0]


def test_firms_with_credit_are_those_granted_some_or_owing(ledger) -> None:
    some, bank, here = firms(ledger, 5), banks(ledger)["新县农商行"], park(ledger)
    parks.add_firms(ledger, here, some, since=date(2023, 1, 1))
    grant(ledger, some[0], bank)
    borrow(ledger, some[1], bank)
    borrow(ledger, some[2], bank, settled_on=date(2024, 1, 1))
    found = stand(ledger)
    assert (found.inside, found.credited, found.share, found.line, found.short) == (
        5,
        2,
        400_000,
        70,
        2,
    )
    wanting = Query(Tenancy, (Where("park", "=", here), Where("credited", "=", False)))
    assert {each.enterprise for each in ledger.find(wanting)} == set(some[2:])


@pytest.mark.parametrize(
    ("stars", "line"),
    [
        ("五星级", 70),
        ("四星级", 70),
        ("三星级", 60),
        ("二星级", 50),
        ("一星级", 50),
        ("未评级", 50),
    ],
)
def test_each_star_has_its_line(ledger, stars, line) -> None:
    park(ledger, stars)
    assert stand(ledger).line == line


def test_what_is_short_is_rounded_up_and_the_line_is_the_office_s(ledger) -> None:
    some, here = firms(ledger, 3), park(ledger)
    parks.add_firms(ledger, here, some)
    for firm in some[:2]:
        grant(ledger, firm, banks(ledger)["新县农商行"])
    assert (stand(ledger).share, stand(ledger).short) == (666_600, 1)  # 70 % of 3 are 2.1 firms
    parameters.put(ledger, "park.top", 66, date(2024, 1, 1), "省里调整")
    assert (stand(ledger).line, stand(ledger).short) == (66, 0)


def test_a_firm_is_let_in_once_gets_the_tag_and_loses_it_with_the_last_park(ledger) -> None:
    firm, first, second = firms(ledger, 1)[0], park(ledger), park(ledger, name="西区小微园")
    parks.add_firms(ledger, first, [firm], since=date(2024, 1, 1))
    again = parks.add_firms(ledger, first, [firm])
    assert "已经在" in again.refused[0].why
    assert again.step is None
    parks.add_firms(ledger, second, [firm])
    assert ledger.count(Query(Tagging)) == 1
    one, two = (
        ledger.find(Query(Tenancy, (Where("park", "=", each),)))[0].id for each in (first, second)
    )
    assert "早于入园" in parks.leave(ledger, [one], date(2023, 1, 1)).refused[0].why
    parks.leave(ledger, [one], TODAY)
    assert ledger.find(Query(Tagging))[0].until is None
    parks.leave(ledger, [two], TODAY)
    assert ledger.find(Query(Tagging))[0].until == TODAY
    assert stand(ledger).inside == 0
    assert stand(ledger).share is None
    assert parks.add_firms(ledger, first, [firm]).done


def test_a_file_is_made_once_and_only_of_a_park_with_firms(ledger) -> None:
    here = park(ledger)
    assert "还没有登记企业" in parks.put_on_file(ledger, [here], TODAY).refused[0].why
    parks.add_firms(ledger, here, firms(ledger, 1))
    assert parks.put_on_file(ledger, [here], TODAY).done
    assert "已在 2024-11-20 建档" in parks.put_on_file(ledger, [here], TODAY).refused[0].why
    filed = Query(Park, (Where("filed", "=", "已建档"),))
    assert ledger.count(filed) == 1


def test_a_pasted_list_is_recognised_by_code_number_or_whole_name(ledger) -> None:
    some = firms(ledger, 3)
    with ledger.step("登记企业") as step:
        twins = [step.create(Enterprise(name="同名茶行")) for _ in range(2)]
    pasted = "序号\t名称\n1\t沙窝镇第0茶厂\t沙窝镇\nN0001\n\n同名茶行\n没有这一户\nN0001"
    with ledger.read() as rows:
        found = recognise(rows, pasted)
    assert [line.firms for line in found][1:3] == [(some[0],), (some[1],)]
    assert [bool(line.why) for line in found] == [True, False, False, True, True]
    assert set(found[3].firms) == set(twins)


def test_the_newest_tax_year_counts_and_says_whether_the_firm_has_credit(ledger) -> None:
    one, two = firms(ledger, 2)
    with ledger.step("纳税") as step:
        step.create(TaxYear(enterprise=one, year=2022, grade="A"))
        step.create(TaxYear(enterprise=one, year=2023, grade="D"))
        step.create(TaxYear(enterprise=two, year=2023, grade="M"))
    served = (Where("newest", "=", True), Where("grade", "in", ("A", "B", "M")))
    assert [each.enterprise for each in ledger.find(Query(TaxYear, served))] == [two]
    wanting = (*served, Where("credited", "=", False))
    assert ledger.count(Query(TaxYear, wanting)) == 1
    grant(ledger, two, banks(ledger)["新县农商行"])
    assert ledger.count(Query(TaxYear, wanting)) == 0
