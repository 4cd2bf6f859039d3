"""``fill`` from the command line: a listed table, an empty one, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ledger_desk import cli
from ledger_desk.reports.filling import opening
from ledger_desk.workbook import reading
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        opening, "read_guarded", lambda path, *, progress, **_: reading.read(path, progress)
    )


@pytest.fixture
def filled(run: Run, book: Path, registry: Path) -> Path:
    run("import", book, registry)
    return book


def table(path: Path, *rows: list[object]) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def test_an_empty_table_is_filled_with_the_firms_asked_for_and_registered(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    path = table(tmp_path / "来表.xlsx", ["序号", "企业全称", "信用代码", "法人", "邮箱"])
    refused = run("fill", filled, path)
    assert refused.status == cli.REFUSED
    assert "--firms" in refused.err
    gaps = tmp_path / "缺.xlsx"
    outcome = run("fill", filled, path, "--firms", "全部", "--gaps", gaps, "--json")
    assert outcome.status == cli.ATTENTION
    assert (outcome.data["added"], len(outcome.data["gaps"])) == (20, 20)
    sheet = load_workbook(tmp_path / "来表（已填）.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 21
    assert load_workbook(gaps).active is not None
    assert "来表（已填）.xlsx" in run("dispatches", filled).out


def test_a_dry_run_writes_nothing_and_a_table_without_firms_is_refused(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    path = table(tmp_path / "来表.xlsx", ["企业全称", "法人"], ["没有听说过的厂", None])
    outcome = run("fill", filled, path, "--dry-run")
    assert outcome.status == cli.ATTENTION
    assert "账上没有 1" in outcome.out
    assert list(tmp_path.glob("*（已填）*")) == []
    strange = table(tmp_path / "怪.xlsx", ["指标", "总量", "增速"], ["产值", 1, 2])
    refused = run("fill", filled, strange)
    assert refused.status == cli.REFUSED
    assert "没有一列像是企业名称" in refused.err
