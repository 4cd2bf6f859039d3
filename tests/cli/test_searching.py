"""``search``: the same answers as the window's."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from tests.cli.conftest import Run


@pytest.fixture
def filled(book: Path) -> Path:
    with Ledger.open(book) as ledger, ledger.step("建") as step:
        for name, code in (
            ("新县（茶）厂", "91411523MA0000009P"),
            ("新县茶行", None),
            ("重庆银行", None),
        ):
            step.create(
                Enterprise(id="", name=name, code=code, person="曾单", township="411523100")
            )
    return book


def test_firms_are_listed_the_most_recent_first(run: Run, filled: Path) -> None:
    outcome = run("search", filled, "xinxian cha", "--json")
    assert outcome.status == cli.DONE
    assert [firm["name"] for firm in outcome.data["firms"]] == ["新县茶行", "新县（茶）厂"]
    assert (outcome.data["count"], outcome.data["more"]) == (2, False)
    assert outcome.data["firms"][1] | {"id": ""} == {
        "id": "", "name": "新县（茶）厂", "code": "91411523MA0000009P", "person": "曾单", "township": "新集镇",
    }  # fmt: skip


def test_the_summary_names_them_and_says_how_many_there_are(run: Run, filled: Path) -> None:
    outcome = run("search", filled, "zengshan", "--limit", "2")
    assert "重庆银行" in outcome.out
    assert "新县（茶）厂" not in outcome.out
    assert "共 3 户，列出 2 户。" in outcome.out
    assert "共 1 户。" in run("search", filled, "9P").out


def test_nothing_found_is_said_and_status_1(run: Run, filled: Path) -> None:
    outcome = run("search", filled, "没有的")
    assert outcome.status == cli.ATTENTION
    assert "没有查到“没有的”" in outcome.out
    assert run("search", filled, " ").status == cli.REFUSED
