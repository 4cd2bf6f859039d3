"""``close``, ``report`` of a closed period, ``restate``, ``reopen`` and ``verify-code`` without a window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.records import Matching
from ledger_desk.reports import catalogue
from ledger_desk.reports.periods.remarks import explain_all
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from tests.cli.conftest import Run
from tests.conftest import Practised

OCTOBER = ("first_loan_ledger", "--from", "2024-10-01", "--to", "2024-10-31")


@pytest.fixture
def practice(tmp_path: Path, practised: Practised) -> Path:
    return practised(tmp_path / "练习.账套", firms=30, today=date(2024, 11, 20))


def explain(path: Path) -> None:
    """Write what has to be explained of October."""
    with Ledger.open(path) as ledger:
        made = catalogue.run(ledger, OCTOBER[0], date(2024, 10, 1), date(2024, 10, 31))
        findings = made.checks.of("explain")
        if findings:
            explain_all(ledger, made.report, [(each, "已向银行核实") for each in findings])


def take_away(path: Path) -> None:
    """Remove all contacts that a firm had in October."""
    with Ledger.open(path) as ledger:
        inside = Where("day", "between", (date(2024, 10, 1), date(2024, 10, 31)))
        met = ledger.find(Query(Matching, (inside,)))
        with ledger.step("删对接") as step:
            for each in met:
                if each.enterprise == met[0].enterprise:
                    step.remove(Matching, each.id)


def test_a_period_from_closing_to_the_code_on_paper(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    explain(practice)
    closed = run("close", practice, *OCTOBER, "--checked-by", "王乙", "--json")
    assert closed.status == cli.DONE, closed.err
    code = closed.data["code"]
    again = run("close", practice, *OCTOBER)
    assert (again.status, "已经结账" in again.err) == (cli.REFUSED, True)
    files = [tmp_path / name for name in ("一.xlsx", "一.pdf", "二.xlsx", "二.pdf")]
    run("report", practice, *OCTOBER, "--xlsx", files[0], "--pdf", files[1])
    take_away(practice)
    later = run("report", practice, *OCTOBER, "--xlsx", files[2], "--pdf", files[3], "--json")
    assert later.data["closing"]["number"] == 1
    assert [files[0].read_bytes(), files[1].read_bytes()] == [
        files[2].read_bytes(),
        files[3].read_bytes(),
    ]
    forms = {form["id"]: form["closed"] for form in run("forms", practice, "--json").data}
    assert forms["first_loan_ledger"] == ["2024年10月"]
    assert forms["results"] == []
    pdf, xlsx = tmp_path / "差异.pdf", tmp_path / "差异.xlsx"
    told = run("restate", practice, *OCTOBER, "--pdf", pdf, "--xlsx", xlsx, "--json")
    assert told.status == cli.ATTENTION
    parts = [part for cell in told.data["cells"] for part in cell["parts"]]
    assert parts
    assert all((part["was"] or 0) + part["explained"] == (part["now"] or 0) for part in parts)
    assert {firm["cause"] for part in parts for firm in part["firms"]} == {"删除"}
    assert pdf.read_bytes().startswith(b"%PDF")
    assert xlsx.exists()
    opened = run(
        "reopen", practice, *OCTOBER, "--reason", "删掉了一户", "--approver", "李局长", "--json"
    )
    assert opened.data["state"] == "已反结账"
    found = run("verify-code", practice, code.lower())
    assert found.status == cli.DONE
    assert "第 1 次定稿一致" in found.out
    assert "已反结账（李局长同意：删掉了一户）" in found.out


def test_what_is_in_the_way_is_told_and_nothing_is_closed(run: Run, practice: Path) -> None:
    month = ("first_loan_ledger", "--from", "2024-11-01", "--to", "2024-11-30")
    outcome = run("close", practice, *month)
    assert outcome.status == cli.REFUSED
    assert "改完 1 处必改" in outcome.err
    assert outcome.err.rstrip().endswith("就能结账。")
    assert run("restate", practice, *month).status == cli.REFUSED
    assert (
        run("reopen", practice, *month, "--reason", "没有结过", "--approver", "甲").status
        == cli.REFUSED
    )
    assert run("verify-code", practice, "ACDE-FGHJ-KMNP").status == cli.ATTENTION
