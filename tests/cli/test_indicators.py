"""``indicators``: the dictionary, one definition, its numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ledger_desk.model.records import Enterprise, Visit
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.ledger import Ledger


def visit(book: Path) -> None:
    with Ledger.open(book) as ledger, ledger.step("登记") as step:
        firm = step.create(Enterprise(name="甲厂", township="411523100"))
        step.create(Visit(enterprise=firm, day=date(2024, 11, 5), kind="走访"))


def test_all_are_listed_once(run, book: Path) -> None:
    found = run("indicators", book, "--json").data
    assert [each["id"] for each in found] == list(INDICATORS)
    assert next(each for each in found if each["id"] == "late_decisions")["parameters"] == [
        {"key": "clock.decision_days", "label": "材料收齐后几天内作出授信决定"},
        {"key": "clock.decision_start", "label": "授信决定时限从哪天起算"},
        {"key": "clock.decision_unit", "label": "授信决定时限按什么天算"},
    ]


def test_one_shows_its_definition_and_numbers_by_township(run, book: Path) -> None:
    visit(book)
    span = ("--from", "2024-11-01", "--to", "2024-11-30")
    said = run("indicators", book, "走访户数", "--by", "township", *span).out
    assert "口径：" in said
    assert "全部" in said
    series = run("indicators", book, "visited_firms", "--by", "township", *span, "--json").data[
        "series"
    ]
    assert series["whole"]["value"] == 1
    assert [p["key"] for p in series["points"] if p["value"]] == ["411523100"]


def test_a_word_that_fits_several_says_which(run, book: Path) -> None:
    done = run("indicators", book, "授信")
    assert done.status != 0
    assert "认不准" in done.err
