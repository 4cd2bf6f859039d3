"""Lists out from the command line: to whom, in their way, and the register of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.exchanging import Destination
from ledger_desk.store.ledger import Ledger
from tests.cli.conftest import Run


@pytest.fixture
def filled(run: Run, book: Path, registry: Path) -> Path:
    run("import", book, registry)
    with Ledger.open(book) as ledger, ledger.step("去向") as step:
        step.create(
            Destination(name="市专班", codes="四位一空", money="元", private="照写", tokens=False)
        )
    return book


def lines_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_columns_order_and_tokens_are_as_asked_for(run: Run, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    outcome = run("export", filled, "经营主体", out, "--fields", "经营主体名称，注册资本,划型结果",
                  "--sort=-经营主体名称", "--no-tokens", "--json")  # fmt: skip
    assert (outcome.status, outcome.data["rows"]) == (cli.DONE, 20)
    head, *rows = lines_of(out)
    assert head == ["经营主体名称", "注册资本(万元)", "划型结果"]
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    run("export", filled, "经营主体", out)
    assert lines_of(out)[0][-1] == "台账记号"


def test_a_destination_is_written_to_in_its_own_way_and_registered(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.csv"
    run("export", filled, "经营主体", out, "--fields", "code,capital", "--to", "市专班",
        "--purpose", "月报核对")  # fmt: skip
    head, first, *_ = lines_of(out)
    assert head == ["统一社会信用代码", "注册资本(元)"]
    assert first[0].split(" ")[0] == "9141"
    assert first[1] == "534600.00"
    (entry,) = run("dispatches", filled, "--json").data
    assert (entry["receiver"], entry["purpose"], entry["rows"], entry["private"]) == (
        "市专班", "月报核对", 20, "照写",
    )  # fmt: skip
    said = run("dispatches", filled).out
    assert "市专班" in said
    assert "a.csv" in said
    assert run("dispatches", filled, "--to", "别处", "--json").data == []
    assert run("import", filled, out, "--dry-run", "--json").data["same"] == 20


def test_a_list_that_was_edited_comes_back_as_an_update(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.csv"
    run("export", filled, "经营主体", out, "--fields", "name,code,person")
    head, *rows = lines_of(out)
    rows[3][0] = "改了名的公司"
    with out.open("w", encoding="utf-8-sig", newline="") as made:
        csv.writer(made).writerows([head, *rows[3:]])
    data = run("import", filled, out, "--json").data
    assert (data["changed"], data["same"], data["new"]) == (1, 16, 0)


def test_while_another_has_the_ledger_open_the_list_goes_out_and_the_lack_is_told(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.xlsx"
    with Ledger.open(filled):
        outcome = run("export", filled, "经营主体", out)
        assert outcome.status == cli.DONE
        assert "没有记进传出登记" in outcome.out
        assert out.exists()
        assert "还没有文件传出去过" in run("dispatches", filled).out


def test_a_column_that_is_not_there_is_refused_in_words(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    outcome = run("export", filled, "经营主体", tmp_path / "a.csv", "--fields", "胡萝卜")
    assert outcome.status == cli.REFUSED
    assert "没有“胡萝卜”这一项" in outcome.err
