from __future__ import annotations

import json

import pytest

from ledger_desk.exchange import senders
from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.exchange.places import Places
from ledger_desk.model.records import Bank, Office, Setting
from tests.exchange.making import code, every, text, xlsx


@pytest.fixture
def desk(ledger):
    with ledger.step("建") as step:
        step.create(Office(name="新县农业农村局", short="农业局"))
        step.create(Bank(name="新县农村商业银行", short="农商行"))
    return ledger


def plain(number=1):
    return [["企业名称", "代号"], *([f"第{number}{n}茶业有限公司", f"A{n}"] for n in range(3))]


@pytest.mark.parametrize(
    ("name", "above", "sender"),
    [
        ("卡房乡11月.csv", [], "卡房乡"),
        ("卡房11月.csv", [], "卡房乡"),
        ("农商行客户名单.csv", [], "新县农村商业银行"),
        ("农业局合作社.csv", [], "新县农业农村局"),
        ("名单.csv", [["卡房乡经营主体名单", ""]], "卡房乡"),
        ("名单.csv", [["填报单位：卡房乡人民政府", "填报日期：2024年11月20日"]], "卡房乡"),
        ("农商行.csv", [["填报单位：（盖章）", ""], ["报送单位", "千斤乡"]], "千斤乡"),
        ("名单.csv", [["填报单位：城南商会  填报时间：2024年", ""]], "城南商会"),
        ("新县专班汇总.csv", [], ""),
        ("卡房乡千斤乡.csv", [], ""),
        ("名单.csv", [["单位：万元", ""]], ""),
    ],
)
def test_who_sent_a_table_is_told_by_its_lines_and_names(desk, tmp_path, name, above, sender):
    path = text(tmp_path / name, [*above, *plain()])
    assert prepare(path, desk).sender == sender


def test_a_sender_that_is_given_wins(desk, tmp_path):
    path = text(tmp_path / "卡房乡.csv", plain())
    assert prepare(path, desk, sender="千斤乡").sender == "千斤乡"
    assert prepare(path, desk, sender="").sender == ""


def test_the_same_layout_is_remembered_apart_for_each_sender(desk, tmp_path):
    def bring(name, field, number):
        prepared = prepare(text(tmp_path / name, plain(number)), desk)
        chosen = prepared.with_mapping(prepared.mapping.with_field(2, field))
        assert apply(desk, chosen).new == 3

    bring("卡房乡一.csv", "internal_no", 1)
    bring("千斤乡一.csv", "note", 2)
    again = [prepare(text(tmp_path / name, plain(3)), desk) for name in
             ("卡房乡二.csv", "千斤乡二.csv", "箭厂河乡.csv", "谁知道.csv")]  # fmt: skip
    assert [p.known for p in again] == [True] * 4
    fields = [p.mapping.column(2).field for p in again]
    # Its own memory for each; a stranger gets what was confirmed last.
    assert fields == ["internal_no", "note", "note", "note"]
    assert [p.sender for p in again] == ["卡房乡", "千斤乡", "箭厂河乡", "千斤乡"]


def test_undoing_a_reading_in_forgets_what_it_taught(desk, tmp_path):
    path = text(tmp_path / "卡房乡.csv", plain())
    prepared = prepare(path, desk)
    apply(desk, prepared)
    assert prepare(path, desk).known
    assert len(every(desk, Setting)) == 2
    desk.undo()
    assert not prepare(path, desk).known
    assert every(desk, Setting) == []


def test_a_layout_whose_unit_changed_is_looked_at_again(desk, tmp_path):
    def rows(unit):
        return [
            ["企业名称", f"注册资本（{unit}）"],
            ["甲茶业有限公司", "50"],
            ["乙茶业有限公司", "60"],
        ]

    apply(desk, prepare(xlsx(tmp_path / "a.xlsx", rows("万元")), desk))
    assert prepare(xlsx(tmp_path / "b.xlsx", rows("万元")), desk).known
    other = prepare(xlsx(tmp_path / "c.xlsx", rows("元")), desk)
    assert not other.known
    assert other.mapping.column(2).unit == "元"


def test_memories_of_the_first_kind_are_understood(desk, tmp_path):
    path = text(tmp_path / "a.csv", plain())
    mapping = prepare(path, desk).mapping.with_field(2, "internal_no")
    old = json.dumps([["企业名称", "name", None], ["代号", "internal_no", None]])
    with desk.step("旧") as step:
        step.create(Setting(name=f"mapping:{mapping.signature}", value=old))
    prepared = prepare(path, desk)
    assert prepared.known
    assert prepared.mapping.column(2).field == "internal_no"


def test_columns_of_our_own_do_not_make_a_known_table_a_strange_one(desk, tmp_path):
    rows = [["企业名称", "信用代码"], ["甲茶业有限公司", code(1)], ["乙茶业有限公司", code(2)]]
    apply(desk, prepare(xlsx(tmp_path / "a.xlsx", rows), desk))
    back = [
        [*row, extra] for row, extra in zip(rows, ["校验结果", "通过", "代码不对"], strict=True)
    ]
    prepared = prepare(xlsx(tmp_path / "b.xlsx", back), desk)
    assert prepared.known
    assert [c.heading for c in prepared.mapping.reserved] == ["校验结果"]
    assert prepared.mapping.unmatched == ()


def test_senders_to_offer_are_those_of_before_then_what_the_ledger_knows(desk, tmp_path):
    apply(desk, prepare(text(tmp_path / "a.csv", plain()), desk, sender="城南商会"))
    places = Places("411523")
    with desk.read() as rows:
        known = senders.known_senders(rows, desk.office, places)
        found = senders.offered(rows, known)
    assert found[0] == "城南商会"
    assert {"新县农业农村局", "新县农村商业银行", "卡房乡"} <= set(found)
    assert "新县专班" not in found
