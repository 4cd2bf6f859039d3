"""``history``, and ``export --as-of``: what was changed, and lists as they were."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from tests.cli.conftest import Run, code


@pytest.fixture
def firm(book: Path) -> str:
    """A firm whose capital and telephone were changed, then put into the recycle bin."""
    with Ledger.open(book) as ledger:
        with ledger.step("新增 甲茶厂") as step:
            made = step.create(Enterprise(name="甲茶厂", code=code(1), capital=100_000_000, township="411523100"))  # fmt: skip
        with ledger.step("改") as step:
            step.change(Enterprise, made, {"capital": 234_560_000, "phone": "13903761145"})
        with ledger.step("删") as step:
            step.remove(Enterprise, made)
            step.create(Enterprise(name="乙茶厂"))
    return str(made)


@pytest.mark.parametrize("said", ["code", "name", "id"])
def test_the_history_of_a_firm_is_told_field_by_field(run: Run, book, firm: str, said: str) -> None:
    word = {"code": code(1), "name": "甲茶厂", "id": firm}[said]
    outcome = run("history", book, word)
    assert outcome.status == cli.DONE
    assert "回收站" in outcome.out
    assert "139****1145" in outcome.out
    assert "13903761145" not in outcome.out
    data = run("history", book, word, "--json", "--full").data
    assert [d["step"] for d in data] == sorted([d["step"] for d in data], reverse=True)
    money = next(d for d in data if d["field"] == "capital")
    assert (money["before_text"], money["after_text"], money["step_name"]) == (
        "100.00",
        "234.56",
        "改",
    )
    assert next(d for d in data if d["field"] == "phone")["after_text"] == "13903761145"


def test_one_field_and_a_few_of_all_can_be_asked_for(run: Run, book, firm: str) -> None:
    data = run("history", book, firm, "--field", "注册资本", "--json").data
    assert [d["after_text"] for d in data] == ["234.56", "100.00"]
    assert len(run("history", book, "--limit", 3, "--json").data) == 3
    outcome = run("history", book, "没有这一户")
    assert outcome.status == cli.REFUSED
    assert "没有“没有这一户”" in outcome.err


def test_a_list_is_written_as_it_was(run: Run, book, firm: str, tmp_path: Path) -> None:
    def names(moment: str | None) -> list[list[str]]:
        out = tmp_path / "名单.csv"
        more = ["--as-of", moment] if moment else []
        done = run(
            "export",
            book,
            "经营主体",
            out,
            "--fields",
            "经营主体名称,注册资本",
            "--no-tokens",
            *more,
        )
        assert done.status == cli.DONE, done.err
        return list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))[1:]

    assert names("2") == [["甲茶厂", "100.00"]]
    assert names("3") == [["甲茶厂", "234.56"]]
    assert names(None) == [["乙茶厂", ""]]
    assert names("2098-01-01") == [["乙茶厂", ""]]
    sent = run("dispatches", book, "--json").data
    assert any("的样子" in (each["content"] or "") for each in sent)


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [("99", "没有第 99 步"), ("1999-01-01", "还没有这本账"), ("哪天", "要写日期或步骤的编号")],
)
def test_a_moment_that_is_none_is_refused_in_words(
    run: Run, book, firm: str, tmp_path: Path, moment: str, sentence: str
) -> None:
    outcome = run("export", book, "经营主体", tmp_path / "x.csv", "--as-of", moment)
    assert outcome.status == cli.REFUSED
    assert sentence in outcome.err
    assert not (tmp_path / "x.csv").exists()
