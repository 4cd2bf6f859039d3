"""Every built-in form on the practice ledger: closed, read back cell for cell, and nothing to restate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ledger_desk.practice.making import make_practice
from ledger_desk.reports import output
from ledger_desk.reports.catalogue import load_forms, run
from ledger_desk.reports.periods.closing import close_period
from ledger_desk.reports.periods.codes import code_of
from ledger_desk.reports.periods.kept import open_kept
from ledger_desk.reports.periods.remarks import explain_all
from ledger_desk.reports.periods.restating import restate


@pytest.mark.slow
def test_every_form_is_closed_and_comes_back_as_it_was(tmp_path: Path) -> None:
    with make_practice(tmp_path / "练习.账套", today=date(2024, 11, 20)) as ledger:
        forms = load_forms(ledger)
        closed = 0
        for name in forms.forms:
            made = run(ledger, name, date(2024, 10, 1), date(2024, 10, 31), forms=forms)
            if made.checks.of("must"):
                continue
            findings = made.checks.of("explain")
            if findings:
                explain_all(ledger, made.report, [(each, "已经核实") for each in findings])
            closing = close_period(ledger, made, forms=forms)
            with ledger.read() as rows:
                kept = open_kept(rows, closing, forms)
            assert output.write_xlsx(kept.report) == kept.kept_xlsx, name
            assert code_of(kept.report) == closing.code
            assert kept.report.form is forms.forms[name]
            assert restate(ledger, closing, forms=forms).same, name
            closed += 1
        assert closed >= len(forms.forms) - 2
