"""A desk on a small practice ledger, closed at the end as a person closes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Signal
from pytestqt.qtbot import QtBot

from ledger_desk.model.periods import Period
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme as themes
from ledger_desk.ui.desk import Desk, Entry
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.page import Page
from tests.conftest import Practised

TODAY = date(2024, 11, 20)


class NotedPage(Page):
    """A page that notes what it is told."""

    changed = Signal()
    open_record_wanted = Signal(str, str)
    practice_wanted = Signal()
    period_changed = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.told: list[object] = []

    def entered(self) -> None:
        self.told.append("entered")

    def refresh(self) -> None:
        self.told.append("refresh")

    def ledger_changed(self) -> None:
        self.told.append("ledger_changed")

    def set_period(self, period: Period) -> None:
        self.told.append(period)

    def open_record(self, record: str) -> None:
        self.told.append(record)


@pytest.fixture
def ledger(tmp_path: Path, practised: Practised) -> Ledger:
    return Ledger.open(practised(tmp_path / "新县练习.账套", firms=20, today=TODAY))


@pytest.fixture
def desk(qtbot: QtBot, qapp: object, ledger: Ledger) -> Iterator[Desk]:
    themes.install(qapp)  # type: ignore[arg-type]
    made = Desk(ledger, themes.current(), Jobs(), TODAY)
    made.add(
        Entry(
            "firms",
            "经营主体",
            "building-store",
            lambda: NotedPage("经营主体"),
            searches=True,
            tables=("enterprise",),
        )
    )
    made.add(Entry("forms", "报表", "report", lambda: NotedPage("报表"), "numbers"))
    qtbot.addWidget(made.window)
    made.show()
    yield made
    made.window.close()
