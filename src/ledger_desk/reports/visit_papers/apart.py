"""Drawing papers of visits in a process of its own: the window's thread never waits for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.visit_papers.lists import DAILY, PLAN_LIST, daily_report, plan_list
from ledger_desk.reports.visit_papers.sheet import errands_of, visit_sheets
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import write

SHEETS = "走访登记表"


def draw_sheets(
    path: str, key: str | None, tasks: Sequence[str], private: str, progress: Progress = silent
) -> tuple[bytes, int, int, str]:
    """Draw the sheets of tasks.

    Args:
        path: The ledger file.
        key: Its raw key, None for a plain file.
        tasks: Ids in the order of the PDF.
        private: What becomes of personal data: 遮盖, 照写 or 不给.
        progress: Told after each firm; may cancel.

    Returns:
        The PDF, its firms, its pages, and the characters that no font has.

    Raises:
        UserError: None of the tasks is there.
    """
    out = io.BytesIO()
    with Ledger.open(Path(path), recovery_key=key, read_only=True) as ledger:
        with ledger.read() as rows:
            errands = errands_of(rows, tasks)
        if not errands:
            raise UserError("要打印的走访任务已经不在账上了。请刷新名单，再选一次。")
        sheets = visit_sheets(ledger, list(errands), private, errands=errands)
        made = write(sheets, out, title=SHEETS, count=len(errands), progress=progress)
    return out.getvalue(), made.booklets, made.pages, made.missing


def draw_list(
    path: str, key: str | None, what: str, plan: str, private: str, progress: Progress = silent
) -> tuple[bytes, int, int, str]:
    """Draw 走访计划表 or 走访进度日报 of a plan, '' for all plans.

    Raises:
        UserError: There is nothing to be listed.
    """
    assert what in (PLAN_LIST, DAILY)
    out = io.BytesIO()
    with Ledger.open(Path(path), recovery_key=key, read_only=True) as ledger:
        booklet = (
            plan_list(ledger, plan, private) if what == PLAN_LIST else daily_report(ledger, plan)
        )
        made = write([booklet], out, title=what, count=1, progress=progress)
    return out.getvalue(), 1, made.pages, made.missing
