from __future__ import annotations

import threading
import time
from datetime import date

import pytest

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import BY_TABLE, RECORDS, Enterprise, Person, Setting
from ledger_desk.store import health
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where

from .conftest import snapshot


def test_a_step_without_a_change_is_not_recorded(ledger):
    with ledger.step("空") as step:
        pass
    assert step.result is None
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", capital=100))
    with ledger.step("同值") as step:
        assert not step.change(Enterprise, firm, {"capital": 100})
    assert step.result is None
    assert [s.name for s in ledger.log()] == ["建", "建账：甲县专班"]


def _make_and_fail(ledger, error):
    with ledger.step("坏") as step:
        step.create(Enterprise(name="甲"))
        raise error


def test_a_failing_or_cancelled_step_leaves_nothing(ledger):
    before, steps = snapshot(ledger), len(ledger.log())
    for error in (RuntimeError("x"), Cancelled()):
        with pytest.raises(type(error)):
            _make_and_fail(ledger, error)
    assert snapshot(ledger) == before
    assert len(ledger.log()) == steps
    with ledger.step("好") as step:
        step.create(Enterprise(name="乙"))
    assert ledger.verify() == []


def test_a_rehearsal_sees_its_own_writes_and_leaves_nothing(ledger):
    before = snapshot(ledger)
    with ledger.rehearse() as step:
        step.create_many(Enterprise, [{"name": "甲"}, {"name": "乙"}])
        assert step.rows.count(Query(Enterprise)) == 2
    assert snapshot(ledger) == before
    assert ledger.verify() == []


def test_field_history_tells_who_when_from_what_to_what(ledger):
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", founded=date(2020, 1, 2)))
        other = step.create(Person(name="石乙"))
    ledger.work_as(other)
    with ledger.step("改名") as step:
        step.change(Enterprise, firm, {"name": "乙"})
    items = ledger.history(firm, "name")
    assert [(i.before, i.after, i.person, i.step_name) for i in items] == [
        ("甲", "乙", "石乙", "改名"), (None, "甲", "程甲", "建")]  # fmt: skip
    assert ledger.history(firm, "founded")[0].after == date(2020, 1, 2)


def test_every_kind_of_value_comes_back_as_it_went_in(ledger):
    samples = {"text": "字𬭎㛃", "note": "一\n二", "code": "91411523MA40LC9P3X", "person_id": "1", "phone": "0376-1",
               "money": -12345, "rate": 36500, "whole": 7, "day": date(2024, 2, 29), "yes_no": False,
               "division": "411523100", "industry": "5111", "figure": 9, "choice": None, "year": 2024,
               "month": "2024-02", "quantity": 120_500_001}  # fmt: skip
    made: dict[str, str] = {"office": ledger.office.id}
    for cls in (
        BY_TABLE[t]
        for t in (
            "bank",
            "person",
            *(c.TABLE for c in RECORDS if c.TABLE not in ("bank", "person")),
        )
    ):
        values = {}
        for spec in fields_of(cls):
            if spec.ref:
                values[spec.name] = made.get(spec.ref)
            elif spec.kind.name == "choice":
                values[spec.name] = spec.kind.options[0]
            else:
                values[spec.name] = samples[spec.kind.name]
        with ledger.step(f"加{cls.LABEL}") as step:
            record = step.create(cls(**values))
        made.setdefault(cls.TABLE, record)
        assert ledger.get(cls, record) == cls(id=record, **values)
    assert ledger.verify() == []


def test_the_same_code_cannot_live_twice_but_a_removed_one_does_not_count(ledger):
    with ledger.step("一") as step:
        one = step.create(Enterprise(name="甲", code="91411523MA40LC9P3X"))
    with pytest.raises(UserError, match="统一社会信用代码"), ledger.step("二") as step:
        step.create(Enterprise(name="乙", code="91411523MA40LC9P3X"))
    with ledger.step("删") as step:
        step.remove(Enterprise, one)
    with ledger.step("三") as step:
        step.create(Enterprise(name="乙", code="91411523MA40LC9P3X"))
    assert ledger.count(Query(Enterprise)) == 1
    assert ledger.count(Query(Enterprise, removed=True)) == 1


def test_readers_do_not_wait_for_the_writer_and_see_a_consistent_picture(ledger):
    with ledger.step("一") as step:
        step.create(Enterprise(name="甲"))
    inside, leave, seen = threading.Event(), threading.Event(), []

    def write() -> None:
        with ledger.step("慢") as step:
            step.create_many(Enterprise, [{"name": str(i)} for i in range(100)])
            inside.set()
            leave.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    assert inside.wait(10)
    start = time.monotonic()
    seen.append(ledger.count(Query(Enterprise)))
    waited = time.monotonic() - start
    leave.set()
    writer.join()
    assert seen == [1]
    assert waited < 2  # a blocked reader would have waited out the ten-second timeout
    assert ledger.count(Query(Enterprise)) == 101


def test_search_finds_fragments_code_tails_and_pinyin_initials(ledger):
    with ledger.step("建") as step:
        step.create(
            Enterprise(
                name="沙窝绿源油茶厂",
                code="92411523MA40LC9P3X",
                person="付长青",
                phone="13900001111",
            )
        )
        step.create(Enterprise(name="诚泰建材（新县）有限公司", person="单晓"))

    def names(text):
        return [e.name for e in ledger.find(Query(Enterprise, text=text))]

    for text in ("绿源", "9p3x", "付长", "1111", "swly", "沙窝 油茶", "茶"):
        assert names(text) == ["沙窝绿源油茶厂"], text
    assert names("(新县)") == names("ctjc") == names("sx") == ["诚泰建材（新县）有限公司"]
    assert names("%") == names("没有") == []


def test_pages_do_not_overlap_and_conditions_hold(ledger):
    with ledger.step("建") as step:
        step.create_many(
            Enterprise, [{"name": f"户{i % 7}", "staff": i, "capital": i * 100} for i in range(50)]
        )
    query = Query(
        Enterprise, where=(Where("staff", ">=", 10),), sort=(("name", True), ("staff", False))
    )
    with ledger.read() as rows:
        pages = [e for start in range(0, 40, 15) for e in rows.page(query, start, 15)]
        assert [e.id for e in pages] == rows.ids(query)
        assert rows.count(query) == len({e.id for e in pages}) == 40
        assert rows.total(query, "capital") == sum(e.capital for e in pages)
    with pytest.raises(KeyError):
        ledger.find(Query(Enterprise, sort=(("name; DROP TABLE step", False),)))


def test_computed_index_follows_every_change(ledger):
    with ledger.step("建") as step:
        firm = step.create(
            Enterprise(name="甲", industry="6510", staff=5, revenue=100_00, assets=1)
        )
    assert ledger.find(Query(Enterprise, sort=(("size", False),)))[0].id == firm
    with ledger.read() as rows:
        first = rows.computed([firm])[firm]
    with ledger.step("改") as step:
        step.change(
            Enterprise, firm, {"staff": 500, "revenue": 20_000_0000_00, "phone": "1", "code": "x"}
        )
    with ledger.read() as rows:
        second = rows.computed([firm])[firm]
    assert first[0] == "微型"
    assert second[0] == "大型"
    assert second[1] > first[1]
    assert health.check(ledger).ok


def test_settings_and_people_are_records_like_any_other(ledger):
    with ledger.step("设置") as step:
        step.create(Setting(name="a", value="b"))
    assert ledger.person.name == "程甲"
    ledger.close()
    with Ledger.open(ledger.path) as again:
        assert again.person.name == "程甲"
        assert again.find(Query(Setting))[0].value == "b"


def test_lists_can_be_asked_by_computed_values_and_by_any_number_of_ids(ledger):
    with ledger.step("建") as step:
        ids = step.create_many(Enterprise, [{"name": f"户{i}"} for i in range(40_000)])
        full = step.create(
            Enterprise(name="小厂", industry="6510", staff=5, revenue=1, size_set="中型")
        )
    many = Query(Enterprise, (Where("id", "in", ids),))
    assert ledger.count(many) == 40_000
    assert ledger.count(Query(Enterprise, (Where("size", "=", "中型"),))) == 1
    assert ledger.find(Query(Enterprise, (Where("complete", ">", 15),)))[0].id == full
