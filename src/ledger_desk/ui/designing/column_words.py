"""What is said of a column or a cell: its heading, and how sure the choice for it is."""

from __future__ import annotations

import re

from ledger_desk.reports.designing.draft import DraftCell, DraftColumn, Nothing

_COUNTING = re.compile(r"[（(]?(?:\d{1,2}|[甲乙丙丁戊己庚辛])[)）]?")


def said_heading(column: DraftColumn) -> str:
    """The whole heading, upper rows first; the row that only counts the columns is left out."""
    parts = (column.printed or column.heading).split("/")
    if len(parts) > 1 and _COUNTING.fullmatch(parts[-1]):
        parts.pop()
    return " › ".join(parts)


def sureness(column: DraftColumn, wrong: str) -> tuple[str, str]:
    """Mark and words for how a column was settled."""
    if wrong:
        return "must", wrong
    if isinstance(column.choice, Nothing):
        return ("none", column.why or "留空") if column.sure else ("hint", "没认出来，请选")
    return _said(column.why, sure=column.sure)


def _said(why: str, *, sure: bool) -> tuple[str, str]:
    if sure:
        return "done", why or "认得"
    return "hint", why if "请" in why else f"{why}，请看一眼"


def cell_sureness(cell: DraftCell, wrong: str) -> tuple[str, str]:
    """The same for a cell outside the tables."""
    if wrong:
        return "must", wrong
    return _said(cell.why, sure=cell.sure)
