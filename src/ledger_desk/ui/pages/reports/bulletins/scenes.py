"""What the gallery shows of bulletins: a month, the firms behind a number, a wording being changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ledger_desk.ui.pages.reports.bulletins.wording_dialog import WordingDialog


def _monthly(page: Any) -> None:
    page.tabs.choose("月通报")


def _origin(page: Any) -> None:
    page.paper.go_to(5)
    page.open_list(5)


SCENES: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("monthly", _monthly),
    ("origin", _origin),
)


def wording_dialog(page: Any) -> QWidget:
    """The sheet in which the wording chosen is changed."""
    wording, period = page.wording(), page.period_bar.period()
    return WordingDialog(page, page._ledger, wording, period)
