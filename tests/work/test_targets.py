"""Quotas of the document laid down in one step, and what was done of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.model.records import (
    Activity,
    Application,
    Office,
    Park,
    Renewal,
    Target,
    Visit,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import parks, quotas, targets
from ledger_desk.work.targets import Share, stand
from tests.work.season_parts import SHAWO, TODAY, banks, county, cultivate, firms, grant

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with county(tmp_path) as made:
        yield made


def owe(ledger: Ledger, indicator: str, value: int = 10, **more: object) -> targets.Standing:
    target = Target(**{
        "indicator": indicator, "value": value, "since": FIRST, "until": LAST, "unit": "户",
        "office": ledger.office.id, **more,
    })  # fmt: skip
    with ledger.read() as rows:
        return stand(rows, target, ledger.office)


def test_the_document_is_laid_down_once_with_value_scope_reading_and_clause(ledger) -> None:
    keys = quotas.usual(ledger.office)
    made = quotas.lay_down(ledger, keys, FIRST, LAST)
    found = ledger.find(Query(Target))
    assert len(made.done) == len(keys) == len(found) == 13
    told = {(each.indicator, each.bank_type): (each.value, each.unit, each.scope) for each in found}
    assert told["培植户数", None] == (300, "户", "每家")
    assert told["获贷户数", "国有商业银行"] == (340, "户", "每家")
    assert told["培植户数", "股份制商业银行、城市商业银行"] == (140, "户", "每家")
    assert told["培植户数", "农信系统"] == (800, "户", "合计")
    assert told["获贷户数", "村镇银行"] == (10, "户", "每家")
    assert told["首贷率", None][:2] == (30, "%")
    assert told["专题信息", None][:2] == (12, "篇")
    assert all(each.reading and each.clause for each in found)
    again = quotas.lay_down(ledger, keys, FIRST, LAST)
    assert again.step is None
    assert len(again.refused) == 13
    ledger.undo(made.step)
    assert ledger.count(Query(Target)) == 0


def test_another_reading_is_kept_with_the_quota(ledger) -> None:
    quotas.lay_down(ledger, ["state_listed"], FIRST, LAST, scopes={"state_listed": "合计"})
    (found,) = ledger.find(Query(Target))
    assert found.scope == "合计"
    assert "本单位按“合计”理解" in found.reading
    with pytest.raises(UserError, match="早于"):
        quotas.lay_down(ledger, ["fair"], LAST, FIRST)


def test_each_bank_owes_its_own_and_one_s_more_does_not_help_another(ledger) -> None:
    some, known = firms(ledger, 5), banks(ledger)
    for firm in some[:4]:
        cultivate(ledger, firm, known["甲国有银行新县支行"])
    cultivate(ledger, some[4], known["乙国有银行新县支行"])
    each = owe(ledger, "培植户数", 3, bank_type="国有商业银行", scope="每家")
    assert (each.done, each.owed, each.short, each.percent) == (5, 6, 2, 66)
    assert each.why == "2 家银行，1 家完成"
    whole = owe(ledger, "培植户数", 3, bank_type="国有商业银行", scope="合计")
    assert (whole.done, whole.owed, whole.short, whole.percent) == (5, 3, 0, 166)
    none = owe(ledger, "培植户数", 3, bank_type="政策性银行", scope="每家")
    assert none.done is None
    assert "还没有政策性银行" in none.why


def test_cultivated_firms_are_those_on_the_list_and_lent_ones_were_on_it_before_the_money(
    ledger,
) -> None:
    some, bank = firms(ledger, 4), banks(ledger)["新县农商行"]
    for firm in some[:3]:
        cultivate(ledger, firm, bank, date(2024, 6, 1))
    grant(ledger, some[0], bank, date(2024, 7, 1), drawn=True)
    grant(ledger, some[1], bank, date(2024, 5, 1), drawn=True)  # before it came on the list
    grant(ledger, some[2], bank, date(2024, 7, 1))  # no money yet
    grant(ledger, some[3], bank, date(2024, 7, 1), drawn=True)  # not on the list
    assert owe(ledger, "培植户数").done == 3
    assert owe(ledger, "获贷户数").done == 1
    assert owe(ledger, "获贷户数", bank=bank, office=None).done == 1
    assert owe(ledger, "获贷户数", bank=banks(ledger)["新县村镇银行"]).done == 0
    assert owe(ledger, "授信户数").done == 4
    assert owe(ledger, "放款户数").done == 3
    money = owe(ledger, "放款金额", 100, unit="万元")
    assert (money.done, money.owed, money.show(money.short)) == (90_000_000, 100_000_000, "10.00")


def test_the_share_of_first_loans_is_of_all_firms_lent_to(ledger) -> None:
    some, bank = firms(ledger, 2), banks(ledger)["新县农商行"]
    assert owe(ledger, "首贷率", 30, unit="%").done is None
    for firm in some:
        grant(ledger, firm, bank, date(2024, 7, 1), drawn=True)
    assert owe(ledger, "首贷率", 30, unit="%").done == 0  # nobody has looked: 未核 is not 首贷
    cultivate(ledger, some[0], bank, date(2024, 6, 1))
    found = owe(ledger, "首贷率", 30, unit="%")
    assert (found.show(found.done), found.reached) == ("50.0", True)


def test_visits_lists_fairs_reports_parks_and_renewals_are_counted_in_their_span(ledger) -> None:
    some, bank = firms(ledger, 3), banks(ledger)["新县农商行"]
    with ledger.step("一季工作") as step:
        for day, kind in ((TODAY, "走访"), (TODAY, "走访"), (date(2023, 1, 1), "走访")):
            step.create(
                Visit(enterprise=some[0], day=day, kind=kind, method="实地", result="正常经营")
            )
        step.create(
            Visit(enterprise=some[1], day=TODAY, kind="窗口咨询", method="窗口", result="正常经营")
        )
        step.create(Application(enterprise=some[0], applied_on=TODAY, listed_on=TODAY, bank1=bank))
        step.create(Application(enterprise=some[1], applied_on=TODAY, bank1=bank))
        for kind, sent in (("首贷专场对接会", None), ("专题信息", TODAY), ("专题信息", None)):
            step.create(
                Activity(name=kind, kind=kind, day=TODAY, office=ledger.office.id, sent_on=sent)
            )
        step.create(
            Renewal(enterprise=some[0], bank=bank, due_on=TODAY, due_amount=1, way="无还本续贷",
                    done_on=TODAY, amount=20_000_000)
        )  # fmt: skip
        step.create(
            Renewal(enterprise=some[1], bank=bank, due_on=TODAY, due_amount=1, way="展期",
                    done_on=TODAY, amount=70_000_000)
        )  # fmt: skip
        park = step.create(Park(name="东区", stars="三星级"))
    parks.add_firms(ledger, park, some)
    grant(ledger, some[0], bank)
    done = {
        name: owe(ledger, name, 1, unit=unit).done
        for name, unit in (
            ("走访户数", "户"), ("申报户数", "户"), ("推荐户数", "户"), ("首贷专场对接会", "次"),
            ("专题信息", "篇"), ("无还本续贷金额", "万元"),
        )
    }  # fmt: skip
    assert done == {
        "走访户数": 1, "申报户数": 1, "推荐户数": 0, "首贷专场对接会": 1, "专题信息": 1,
        "无还本续贷金额": 20_000_000,
    }  # fmt: skip
    share = owe(ledger, "入园企业授信比例", 60, unit="%")
    assert (share.show(share.done), share.short > 0) == ("33.3", True)
    assert owe(ledger, "有效走访户数").done in (0, 1)


def test_a_township_s_quota_counts_its_own_firms(ledger) -> None:
    some, bank = firms(ledger, 2), banks(ledger)["新县农商行"]
    other = firms(ledger, 1, township="411523100", internal_no="Z1")
    for firm in (*some, *other):
        cultivate(ledger, firm, bank)
    assert owe(ledger, "培植户数").done == 3
    assert owe(ledger, "培植户数", office=None, township=SHAWO).done == 2
    with ledger.step("登记单位") as step:
        town = step.create(Office(name="沙窝镇", level="乡镇", division=SHAWO))
    assert owe(ledger, "培植户数", office=town).done == 2


def test_a_word_of_the_office_s_own_is_not_counted_but_said(ledger) -> None:
    found = owe(ledger, "金融知识进万家")
    assert found.done is None
    assert "填报数" in found.why


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=9))
def test_what_is_short_is_never_less_than_owed_less_done(pairs) -> None:
    shares = [Share("", done, owed) for done, owed in pairs]
    whole = sum(owed for _, owed in pairs) - sum(done for done, _ in pairs)
    assert sum(share.short for share in shares) >= max(whole, 0)
    assert all((share.short == 0) == (share.done >= share.owed) for share in shares)


def test_every_indicator_that_is_offered_can_be_counted(ledger) -> None:
    from ledger_desk.model.work_words import TARGET_INDICATORS

    assert set(targets.COUNTS) == set(TARGET_INDICATORS)
    assert ledger.count(Query(Target, (Where("indicator", "=", "首贷率"),))) == 0
