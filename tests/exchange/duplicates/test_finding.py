from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.errors import Cancelled
from ledger_desk.exchange.duplicates.finding import find_groups
from ledger_desk.exchange.duplicates.weighing import LEVELS, Firm, weigh
from ledger_desk.model.records import Enterprise
from ledger_desk.store.alikes import Slim
from tests.exchange.duplicates import planting, scoring
from tests.exchange.making import code, regno


def alike(one, other):
    """Weigh two firms given as field → value, both ways round: the answer must be the same."""
    firms = [Firm(Slim(n, str(n), **row), "411523") for n, row in enumerate((one, other))]
    there, back = weigh(*firms), weigh(*reversed(firms))
    assert (there is None) == (back is None)
    assert there is None or (there.score, there.level) == (back.score, back.level)
    return there


BASE = {"name": "新县鸿运茶业有限公司", "person": "张三", "phone": "13900000001"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("新县鸿运茶业有限公司", "名称相同"),
        ("新县鸿运 茶业 有限公司", "全半角、括号或空格"),
        ("新县（鸿运）茶业有限公司", "全半角、括号或空格"),
        ("新县鸿运茶业有限责任公司", "“有限公司”一类"),
        ("鸿运茶业有限公司", "前面的地名"),
        ("河南省信阳市新县鸿运茶业有限公司", "前面的地名"),
        ("鸿运茶业有限责任公司", "前面的地名和“有限公司”"),
        ("新县鸿运茶叶有限公司", "同音字（业、叶）"),
        ("新县鸿云茶业有限公司", "同音字"),
        ("新县鸿远茶业有限公司", "只差一个字（运、远）"),
        ("新县鸿茶业有限公司", "只差一个字（运）"),
    ],
)
def test_another_way_of_writing_the_name_is_seen_and_said(name, words):
    found = alike(BASE, {"name": name, "person": "张三", "phone": "13900000001"})
    assert found is not None
    assert words in found.reason
    assert "经营者、电话相同" in found.reason
    assert found.level in ("exact", "likely")
    assert 60 <= found.score <= 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"code": code(1)}, {"code": code(2)}),
        ({"regno": regno(1)}, {"regno": regno(2)}),
        ({"name": "鸿运药业有限公司第一药店"}, {"name": "鸿运药业有限公司第二药店"}),
        ({"name": "鸿运大药房一分店"}, {"name": "鸿运大药房二分店"}),
        ({"name": "鸿运大药房东店"}, {"name": "鸿运大药房西店"}),
        ({"name": "鸿运茶业有限公司"}, {"name": "鸿运茶业有限公司沙窝分公司"}),
        ({"name": "新县鸿运茶业有限公司"}, {"name": "光山县鸿运茶业有限公司"}),
        ({"name": "新县鸿运茶业有限公司"}, {"name": "新县鸿运汽车服务有限公司"}),
        (
            {"name": "新县鸿运茶业有限公司", "kind": "企业"},
            {"name": "鸿运茶业", "kind": "个体工商户"},
        ),
        ({"name": "新县3号茶场"}, {"name": "新县5号茶场"}),
        ({"name": "鸿运茶业专业合作社"}, {"name": "鸿运茶业有限公司"}),
    ],
)
def test_evidence_against_ends_the_question_even_with_owner_and_telephone_the_same(one, other):
    assert alike(BASE | one, BASE | other) is None


def test_a_shop_sign_alone_is_no_reason():
    here = {
        "name": "利民超市",
        "person": "张三",
        "phone": "13900000001",
        "address": "新县卡房乡古店村1组",
    }
    there = {
        "name": "利民超市",
        "person": "李四",
        "phone": "13900000002",
        "address": "新县陈店乡陈店村1组",
    }
    assert alike(here, there) is None
    assert alike(here, {"name": "利民超市"}) is None
    found = alike(here, {"name": "利民便利店", "person": "张三", "phone": "13900000001"})
    assert found is not None
    assert "叫法不同" in found.reason


def test_a_number_that_holds_the_other_is_seen():
    one = {"name": "新县鸿运茶业有限公司", "code": code(1)}
    for other in (
        {"taxpayer_no": "411523" + code(1)[8:17]},
        {"org_code": f"{code(1)[8:16]}-{code(1)[16]}"},
    ):
        found = alike(one, {"name": "新县鸿运茶厂有限公司"} | other)
        assert found is not None
        assert "组织机构代码" in found.reason
    wrong = code(1)[:-2] + ("1" if code(1)[-2] != "1" else "2") + code(1)[-1]
    found = alike(one, {"name": "新县鸿运茶业有限公司", "code": wrong})
    assert found is not None
    assert found.level != "exact"
    found = alike({"name": "甲", "regno": regno(3)}, {"name": "甲厂", "regno": regno(3)})
    assert found is not None


def test_only_what_could_not_be_two_firms_may_be_merged_unseen():
    assert alike(BASE, BASE | {"code": code(1)}).level == "exact"
    assert alike(BASE, BASE | {"name": "鸿运茶业有限责任公司"}).level == "exact"
    assert alike(BASE, BASE | {"founded": "2001-01-01"}).level == "exact"
    for doubt in ({"person": "李四"}, {"name": "新县鸿远茶业有限公司"}):
        found = alike(BASE | {"founded": "2002-01-01"}, BASE | doubt)
        assert found is None or found.level != "exact"
    both = alike(BASE | {"founded": "2002-01-01"}, BASE | {"founded": "2001-01-01"})
    assert both.level != "exact"


def test_groups_hold_only_firms_each_of_which_looks_like_every_other(ledger):
    with ledger.step("建") as step:
        a = step.create(Enterprise(**BASE, code=code(1)))
        b = step.create(Enterprise(**BASE | {"name": "鸿运茶业有限公司"}))
        c = step.create(Enterprise(**BASE, code=code(2)))
        gone = step.create(Enterprise(**BASE))
        step.remove(Enterprise, gone)
        step.create(Enterprise(name="别的企业有限公司", founded=date(2020, 1, 1)))
    groups = find_groups(ledger)
    assert sorted(groups[n].ids for n in range(len(groups))) == sorted(
        [tuple(sorted((a, b))), tuple(sorted((b, c)))]
    )
    assert groups.of("exact") == []
    assert all("又像别的户" in group.reason or group.level in LEVELS for group in groups)
    assert groups.firms == 4
    with ledger.read() as rows:
        assert find_groups(rows) == groups


def test_a_search_can_be_stopped(ledger):
    def stop(done, total, note):
        raise Cancelled

    with ledger.step("建") as step:
        step.create(Enterprise(**BASE))
    with pytest.raises(Cancelled):
        find_groups(ledger, stop)


def _score(tmp_path, firms, count, seed):
    planted = planting.plant(firms, count, count, seed)
    assert len(planted.rows) == firms
    with scoring.put(tmp_path / "种.ledger", planted) as ledger:
        groups = find_groups(ledger)
    return planted, groups, scoring.score(planted, [(p.one, p.other) for p in groups.pairs()])


def test_planted_near_duplicates_are_found_and_namesakes_are_not(tmp_path):
    planted, groups, found = _score(tmp_path, 10_000, 200, 20241122)
    print(found)
    assert found.planted == 200
    assert len(planted.namesakes) == 200
    assert found.recall > 0.95, str(found)
    assert found.precision > 0.95, str(found)
    unseen = {(p.one, p.other) for g in groups.of("exact") for p in g.pairs}
    assert len(unseen) > 40
    assert unseen <= planted.alike.keys()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [20241122, 7, 1949])
def test_planted_near_duplicates_are_found_among_100_000_firms(tmp_path, seed):
    planted, groups, found = _score(tmp_path, 100_000, 2_000, seed)
    print(found)
    assert (found.planted, len(planted.namesakes)) == (2000, 2000)
    assert found.recall > 0.95, str(found)
    assert found.precision > 0.95, str(found)
    assert {(p.one, p.other) for g in groups.of("exact") for p in g.pairs} <= planted.alike.keys()


def test_real_firms_with_different_numbers_are_not_taken_for_one_even_when_the_numbers_are_hidden(
    open_data, tmp_path
):
    from ledger_desk.exchange.importing import apply, prepare
    from ledger_desk.model.records import Office
    from ledger_desk.store.ledger import Ledger
    from tests.exchange.making import every

    office = Office(name="某专班", level="city", division="1409")
    with Ledger.create(tmp_path / "忻州.ledger", office=office) as ledger:
        apply(
            ledger, prepare(open_data / "01_enterprise_lists" / "忻州1409xx_真实企业.csv", ledger)
        )
        firms = every(ledger, Enterprise)
        assert len(find_groups(ledger)) == 0
        with ledger.step("遮住号码") as step:
            step.change_many(Enterprise, [(f.id, {"code": None}) for f in firms])
        groups = find_groups(ledger)
    assert groups.firms == len(firms) == 1822
    assert len(groups) <= 3
    assert groups.of("exact") == []
