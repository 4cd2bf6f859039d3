"""The page 报表 in the states worth a picture; the ledger is a copy made for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger_desk.reports.periods.closing import close_period
from ledger_desk.reports.periods.remarks import explain_all


def _close(page: Any) -> None:
    """Explain what has to be explained, and close the period on the paper, if nothing must be mended."""
    made = page.report()
    if made is None or made.standing.closed is not None or made.checks.of("must"):
        return
    findings = [each for each in made.checks.of("explain") if not made.texts.get(each.key)]
    if findings:
        explain_all(
            page.ledger, made.report, [(each, "已向银行核实，还在审批") for each in findings]
        )
    close_period(page.ledger, made.files)
    page.rebuild()


SCENES: tuple[tuple[str, Callable[[Any], object]], ...] = (("closed", _close),)
