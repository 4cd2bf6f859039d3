"""``today``: what a nightly job is told, and its exit status."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ledger_desk.model.records import Rectification, Visit
from ledger_desk.store.ledger import Ledger


def owe(book: Path, due_on: date) -> None:
    with Ledger.open(book) as ledger, ledger.step("登记") as step:
        step.create(Rectification(source="暗访", found_on=date(2024, 11, 1), problem="没有公示。", due_on=due_on,
                                  unit="城关网点", state="待整改"))  # fmt: skip


def test_a_new_ledger_has_nothing_to_do(run, book: Path) -> None:
    done = run("today", book)
    assert (done.status, done.out) == (0, "今天没有要办的。\n")


def test_the_status_is_one_when_something_is_late_and_zero_on_its_last_day(run, book: Path) -> None:
    owe(book, date(2024, 11, 20))
    last = run("today", book, "--day", "2024-11-20")
    assert last.status == 0
    assert "今天 1 件" in last.out
    late = run("today", book, "--day", "2024-11-22")
    assert late.status == 1
    assert "逾期 2 天" in late.out
    assert "没有公示。　整改" in late.out
    assert "限期整改　新金营商办〔2022〕7号 一（一）" in late.out


def test_json_tells_the_record_the_limit_and_the_clause(run, book: Path) -> None:
    owe(book, date(2024, 11, 20))
    found = run("today", book, "--day", "2024-11-21", "--json").data
    assert found["counts"] == {"late": 1, "today": 0, "week": 0, "later": 0}
    [duty] = found["duties"]
    assert (duty["table"], duty["limit"], duty["left"], duty["unit"]) == (
        "rectification",
        "2024-11-20",
        -1,
        "天",
    )
    with Ledger.open(book, read_only=True) as ledger:
        assert ledger.get(Rectification, duty["record"]).problem == "没有公示。"


def test_the_list_is_cut_and_says_so(run, book: Path) -> None:
    for day in (18, 19, 20):
        owe(book, date(2024, 11, day))
    cut = run("today", book, "--day", "2024-11-22", "--limit", "2")
    assert "只列最急的 2 件" in cut.out
    assert cut.out.count("没有公示。") == 2


def test_tables_with_a_date_are_asked_for_once_work_has_begun(run, book: Path) -> None:
    with Ledger.open(book) as ledger, ledger.step("走访") as step:
        step.create(Visit(day=date(2024, 9, 1), kind="走访"))
    found = run("today", book, "--day", "2024-11-12", "--json").data
    titles = [each["title"] for each in found["duties"]]
    assert "普惠小微企业首贷培植行动工作台帐　上报" in titles
