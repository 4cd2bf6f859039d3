"""Every file that left stands in the register, and undo does not take it out again."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from ledger_desk.exchange.dispatching import (
    KIND,
    Leaving,
    destination_named,
    listing,
    register,
    register_all,
)
from ledger_desk.model.exchanging import Destination, Dispatch
from ledger_desk.model.records import Bank, Office, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

NOW = datetime(2024, 11, 20, 14, 3, 27)


def a_file(tmp_path, name="名单.xlsx", text=b"abc"):
    path = tmp_path / name
    path.write_bytes(text)
    return path


def test_an_entry_says_when_what_to_whom_what_for_and_by_whom(ledger, tmp_path):
    with ledger.step("建") as step:
        person = step.create(Person(name="程映雪"))
        place = step.create(Destination(name="市专班"))
    ledger.work_as(person)
    path = a_file(tmp_path)
    left = Leaving("经营主体名单", 1284, place, purpose="月报核对", private="遮盖")
    assert register(ledger, path, left, NOW).why == ""
    (entry,) = listing(ledger)
    sent = entry.dispatch
    assert (sent.day, sent.time, sent.file, sent.folder) == (
        date(2024, 11, 20), "14:03:27", "名单.xlsx", str(tmp_path),
    )  # fmt: skip
    assert (sent.content, sent.rows, sent.receiver, sent.purpose, sent.private) == (
        "经营主体名单", 1284, "市专班", "月报核对", "遮盖",
    )  # fmt: skip
    assert (entry.person, entry.destination) == ("程映雪", "市专班")
    assert sent.hash == hashlib.sha256(b"abc").hexdigest()
    step = ledger.log(1)[0]
    assert (step.name, step.kind) == ("传出 名单.xlsx：1,284 行", KIND)


def test_undo_and_redo_pass_the_register_by(ledger, tmp_path):
    with ledger.step("建银行") as step:
        step.create(Bank(name="甲银行"))
    register(ledger, a_file(tmp_path), Leaving("名单", 1), NOW)
    assert ledger.undo_name() == "建银行"
    ledger.undo()
    register(ledger, a_file(tmp_path), Leaving("名单", 0), NOW)
    assert ledger.redo_name() == "建银行"
    ledger.redo()
    assert ledger.count(Query(Dispatch)) == 2
    assert ledger.count(Query(Bank)) == 1


def test_files_written_together_are_one_step_with_an_entry_each(ledger, tmp_path):
    paths = [a_file(tmp_path, "表.xlsx"), a_file(tmp_path, "表.pdf")]
    steps = len(ledger.log())
    register_all(ledger, paths, Leaving("工作台帐 2024年11月", 12), NOW)
    assert len(ledger.log()) == steps + 1
    assert {e.dispatch.file for e in listing(ledger)} == {"表.xlsx", "表.pdf"}


def test_a_ledger_that_is_only_looked_at_says_that_nothing_was_entered(ledger, tmp_path):
    with Ledger.open(ledger.path, read_only=True) as looked:
        told = register(looked, a_file(tmp_path), Leaving("名单", 1), NOW)
    assert told.record is None
    assert "没有记进传出登记" in told.why


def test_a_file_that_is_gone_is_told_and_nothing_is_entered(ledger, tmp_path):
    told = register(ledger, tmp_path / "没有.xlsx", Leaving("名单", 1), NOW)
    assert told.record is None
    assert "没有记上" in told.why
    assert listing(ledger) == []


def test_a_destination_is_found_by_its_name(ledger):
    with ledger.step("建") as step:
        step.create(Destination(name="市专班"))
        step.create(Office(name="统计局"))
    assert destination_named(ledger, " 市专班 ").name == "市专班"
    assert destination_named(ledger, "统计局") is None
