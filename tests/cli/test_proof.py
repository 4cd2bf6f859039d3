"""``report --proof``: the form's pages, and behind them the firms and records of each number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from ledger_desk import cli
from ledger_desk.practice.making import make_practice
from tests.cli.conftest import Run
from tests.paper import read_pages

MONTH = ("--from", "2024-11-01", "--to", "2024-11-30")


def test_a_form_is_printed_with_the_firms_behind_its_numbers(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "练习.账套"
    make_practice(book, firms=30, today=date(2024, 11, 20)).close()
    command = ("report", book, "first_loan_ledger", *MONTH)
    xlsx, bare = tmp_path / "台帐.xlsx", tmp_path / "台帐.pdf"
    run(*command, "--pdf", bare)
    made = []
    for name in ("一", "二"):
        pdf = tmp_path / f"{name}.pdf"
        assert run(*command, "--xlsx", xlsx, "--pdf", pdf, "--proof").status == cli.ATTENTION
        made.append(pdf.read_bytes())
    assert made[0] == made[1]
    own, whole = ([page.text for page in read_pages(path, lines=False)] for path in (bare, pdf))
    assert len(whole) > len(own)
    assert whole[: len(own)] == own
    proof = "".join(whole[len(own) :])
    assert "佐证附录" in proof
    sheet = openpyxl.load_workbook(xlsx).worksheets[0]
    total = next(row for row in range(4, 200) if sheet.cell(row, 1).value == "合计")
    firms = {sheet.cell(row, 4).value for row in range(4, total)} - {None}
    assert len(firms) > 5
    assert [firm for firm in firms if "".join(firm.split()) not in proof] == []
    assert f"D{total}合计·对接企业名称" in proof
    assert f"{len(firms)}户=" in proof
    several = ("report", book, "first_loan_ledger", "results", *MONTH, "--folder", tmp_path)
    for wrong in ((*command, "--proof"), (*several, "--proof")):
        refused = run(*wrong)
        assert refused.status not in (cli.DONE, cli.ATTENTION)
        assert "--proof 把佐证附在一张报表的 PDF 后面" in refused.err
