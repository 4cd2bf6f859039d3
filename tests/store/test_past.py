"""The ledger as it was after a step or at the end of a day, and what became of it since."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import RECORDS, Enterprise, Loan, Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where

OFFICE = Office(name="甲县专班")


def _names(reader, **more) -> list[str | None]:
    return [firm.name for firm in reader.find(Query(Enterprise, **more))]


def _story(ledger: Ledger) -> dict[str, str]:
    """Three firms; then one is changed, one put away, one taken back altogether; one is new."""
    with ledger.step("三户") as step:
        ids = step.create_many(
            Enterprise,
            [{"name": "甲", "staff": 3, "capital": 5}, {"name": "乙"}, {"name": "丙", "staff": 9}],
        )
    with ledger.step("丁") as step:
        fourth = step.create(Enterprise(name="丁"))
    with ledger.step("改") as step:
        step.change(Enterprise, ids[0], {"name": "甲改", "staff": 4})
        step.remove(Enterprise, ids[1])
    ledger.undo(3)
    with ledger.step("戊") as step:
        fifth = step.create(Enterprise(name="戊"))
    return dict(zip(("甲", "乙", "丙", "丁", "戊"), (*ids, fourth, fifth), strict=True))


def test_lists_are_those_of_then_in_the_order_of_then(ledger) -> None:
    _story(ledger)
    seen = {}
    for step in range(1, 7):
        with ledger.as_of(step) as past:
            seen[step] = _names(past)
    assert seen == {
        1: [], 2: ["甲", "乙", "丙"], 3: ["甲", "乙", "丙", "丁"], 4: ["甲改", "丙", "丁"], 5: ["甲改", "丙"],
        6: ["甲改", "丙", "戊"],
    }  # fmt: skip
    with ledger.as_of(4) as past:
        assert _names(past, removed=True) == ["乙"]


def test_conditions_text_order_sums_and_computed_values_are_those_of_then(ledger) -> None:
    ids = _story(ledger)
    with ledger.as_of(3) as past, past.read() as rows:
        assert _names(past, text="甲") == ["甲"]
        assert _names(past, text="改") == []
        assert _names(past, where=(Where("staff", ">", 3),)) == ["丙"]
        assert _names(past, sort=(("staff", True), ("name", False))) == ["丙", "甲", "丁", "乙"]
        assert rows.total(Query(Enterprise), "staff") == 12
        assert rows.page(Query(Enterprise), 1, 2) == rows.find(Query(Enterprise))[1:3]
        assert rows.get(Enterprise, ids["戊"]) is None
        assert rows.get(Enterprise, ids["丁"]).name == "丁"
        assert set(rows.computed(list(ids.values()))) == {ids[n] for n in "甲乙丙丁"}
        assert _names(past, where=(Where("complete", "=", 100),)) == []


def test_a_past_that_stays_open_stays_the_same_while_others_write(ledger) -> None:
    ids = _story(ledger)
    with ledger.as_of(6) as past:
        before = past.find(Query(Enterprise))
        with ledger.step("都改") as step:
            step.change_many(
                Enterprise, [(record, {"phone": "1"}) for record in (ids["甲"], ids["丙"])]
            )
            step.create(Enterprise(name="己"))
            step.create(Loan(enterprise=ids["甲"]))
        assert past.find(Query(Enterprise)) == before
        assert past.find(Query(Loan)) == []
        ledger.undo(6)
        ledger.undo(7)
        ledger.redo()
        assert past.find(Query(Enterprise)) == before


def test_what_became_of_the_records_since_is_told(ledger) -> None:
    ids = _story(ledger)
    with ledger.as_of(3) as past:
        found = past.differences(Enterprise)
        assert found.added == {ids["戊"]}
        assert found.gone == {ids["乙"], ids["丁"]}
        assert found.changed == {ids["甲"]: ("name", "staff")}
        assert past.differences(Loan).changed == {}
        with ledger.step("改回") as step:
            step.change(Enterprise, ids["甲"], {"name": "甲", "staff": 3})
        assert past.differences(Enterprise).changed == {}


def test_nothing_can_be_written_through_a_past_and_nothing_of_it_reaches_other_readers(
    ledger,
) -> None:
    _story(ledger)
    with ledger.as_of(2) as past, past.read() as rows:
        for sql in ("DELETE FROM main.enterprise", "CREATE TABLE x (y)", "DELETE FROM past_seen"):
            with pytest.raises(Exception, match="readonly"):
                rows.connection.exec_driver_sql(sql)
        assert _names(ledger) == ["甲改", "丙", "戊"]
    assert _names(ledger) == ["甲改", "丙", "戊"]
    assert ledger.verify() == []


def test_a_day_ends_with_its_last_step(ledger) -> None:
    _story(ledger)
    today = dt.date.today()
    with ledger.as_of_day(today + dt.timedelta(days=3)) as past:
        assert (past.step.id, past.step.name) == (6, "戊")
    with pytest.raises(UserError, match=f"它是 {today} 建的"):
        ledger.as_of_day(today - dt.timedelta(days=1))
    for step in (0, 7, 2**62):
        with pytest.raises(UserError, match="没有第"):
            ledger.as_of(step)


def test_an_encrypted_ledger_and_one_that_is_only_read_have_a_past_too(tmp_path: Path) -> None:
    path = tmp_path / "密.账套"
    with Ledger.create(path, office=OFFICE, password="茶叶与中药材") as ledger:
        _story(ledger)
        with ledger.as_of(3) as past:
            assert _names(past) == ["甲", "乙", "丙", "丁"]
    with Ledger.open(path, password="茶叶与中药材", read_only=True) as ledger:
        with ledger.as_of(3) as past:
            assert _names(past) == ["甲", "乙", "丙", "丁"]
            assert past.office.name == "甲县专班"
            assert past.read_only
        left = ledger.as_of(2)
    with pytest.raises(UserError, match="已经关上了"):
        left.find(Query(Enterprise))
    assert not list(tmp_path.glob("*-wal"))


def test_a_damaged_journal_is_a_sentence(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "坏.账套"
    with Ledger.create(path, office=OFFICE) as ledger:
        _story(ledger)
    database = sqlite3.connect(path)
    database.execute("UPDATE change SET before = '{\"na' WHERE step = 4")
    database.commit()
    database.close()
    with Ledger.open(path) as ledger:
        with pytest.raises(UserError, match="损坏"):
            ledger.as_of(3)
        with ledger.as_of(4) as past:
            assert _names(past) == ["甲改", "丙", "丁"]


def test_records_of_every_class_can_be_seen_as_they_were(ledger):
    """Names of fields must not meet those that the overlay gives its own columns."""
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲"))
        made = {}
        for cls in RECORDS:
            values = {spec.name: None for spec in fields_of(cls)}
            if "enterprise" in values:
                values["enterprise"] = firm
            made[cls] = step.create(cls(**values))
    then = ledger.log()[0].id
    with ledger.step("删") as step:
        for cls, record in made.items():
            step.remove(cls, record)
    with ledger.as_of(then) as past, past.read() as rows:
        for cls, record in made.items():
            assert rows.get(cls, record).removed is False, cls
