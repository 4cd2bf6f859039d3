from __future__ import annotations

from pathlib import Path

import openpyxl

from ledger_desk import cli
from tests.cli.conftest import HEADINGS, Run, firm


def listing(tmp_path: Path) -> Path:
    path = tmp_path / "名录.csv"
    lines = [HEADINGS, firm(1), firm(2, capital="一大笔"), firm(3)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def results(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [sheet.cell(row, sheet.max_column).value for row in range(1, sheet.max_row + 1)]


def test_import_writes_the_errors_into_a_copy(run: Run, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "回.xlsx"
    outcome = run("import", book, listing(tmp_path), "--errors", out, "--json")
    assert outcome.status == cli.ATTENTION
    told = outcome.data["errors"]
    assert (told["path"], told["rows"], told["cells"], told["rebuilt"]) == (str(out), 1, 1, True)
    heading, first, second, _ = results(out)
    assert (heading, first) == ("校验结果", "已收：新增")
    assert str(second).startswith("有错：注册资本：")


def test_a_dry_run_writes_them_too(run: Run, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "回.xlsx"
    outcome = run("import", book, listing(tmp_path), "--dry-run", "--errors", out)
    assert outcome.status == cli.ATTENTION
    assert "校验结果写进了“回.xlsx”：1 行要处理" in outcome.out
    assert results(out)[1] == "可收：新增"
    assert "errors" not in run("import", book, listing(tmp_path), "--dry-run", "--json").data


def test_a_bad_place_is_refused_before_anything_is_read_in(
    run: Run, book: Path, tmp_path: Path
) -> None:
    source = listing(tmp_path)
    steps = len(run("log", book, "--json").data)
    for out in (source, book, tmp_path / "回.xls", tmp_path):
        assert run("import", book, source, "--errors", out).status == cli.REFUSED
    assert len(run("log", book, "--json").data) == steps


def test_sender_and_header_can_be_given(run: Run, book: Path, tmp_path: Path) -> None:
    source = listing(tmp_path)
    outcome = run("import", book, source, "--sender", "卡房乡", "--header", "1", "--json")
    assert (outcome.status, outcome.data["new"]) == (cli.ATTENTION, 2)
    for wrong in ("x", "3-2"):
        assert run("import", book, source, "--header", wrong).status == cli.REFUSED
