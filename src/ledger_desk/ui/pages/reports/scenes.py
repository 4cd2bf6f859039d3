"""The page 报表 in the states worth a picture; the ledger is a copy made for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger_desk import paths
from ledger_desk.reports.periods.closing import close_period
from ledger_desk.reports.periods.remarks import explain_all
from ledger_desk.ui.designing.columns_view import CELLS


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


def _design(page: Any) -> None:
    """Take a blank of the program as if it had come from above."""
    page.open_designing(paths.forms() / "renewals" / "blank.xlsx")


def _design_columns(page: Any) -> None:
    page.designer().go_on()
    page.designer().columns.next_open()


def _design_cells(page: Any) -> None:
    page.designer().columns.tabs.choose(CELLS)


def _design_tried(page: Any) -> None:
    page.designer().go_on()


def _design_kept(page: Any) -> None:
    page.designer().go_on()


def _sheets(page: Any) -> None:
    """A form of several sheets, its second one."""
    page.choose("visit_progress")
    page.preview.tabs.choose("按人员")


def _papers(page: Any) -> None:
    """Papers made for chosen records."""
    page.choose("ticket_sheet")


SCENES: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("closed", _close), ("sheets", _sheets), ("papers", _papers), ("design-found", _design), ("design-columns", _design_columns),
    ("design-cells", _design_cells), ("design-tried", _design_tried), ("design-kept", _design_kept),
)  # fmt: skip
