"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.widgets import Column, DayField, read_day


def show(qtbot, *widgets: QWidget) -> QWidget:
    """Show widgets in a window that lives as long as the test (the bot keeps no Python object)."""
    box = QWidget()
    Column(box, margins=10).add(*widgets)
    qtbot.addWidget(box)
    box.resize(600, 300)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    qtbot.kept = box
    return box


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20241120", dt.date(2024, 11, 20)),
        ("2024-11-20", dt.date(2024, 11, 20)),
        ("2024年11月20日", dt.date(2024, 11, 20)),
        ("11.20", dt.date(2025, 11, 20)),
        ("昨天", dt.date(2025, 1, 9)),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: dt.date | None) -> None:
    assert read_day(typed, dt.date(2025, 1, 10)) == day


@pytest.mark.parametrize("typed", ["2024-02-30", "去年", "13.40", "2024111"])
def test_a_day_that_cannot_be_read_says_what_can_be_written(typed: str) -> None:
    with pytest.raises(ValueError, match=r"认不出|不存在"):
        read_day(typed, dt.date(2025, 1, 10))


def test_a_day_field_tells_days_and_refuses_with_a_sentence(qtbot) -> None:
    field = DayField()
    days: list[object] = []
    sentences: list[str] = []
    field.picked.connect(days.append)
    field.refused.connect(sentences.append)
    show(qtbot, field)
    field.setFocus()
    qtbot.keyClicks(field, "20241120")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert days == [dt.date(2024, 11, 20)]
    assert field.text() == "2024-11-20"
    field.selectAll()
    qtbot.keyClicks(field, "2024-02-30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(sentences) == 1
    assert field.day() == dt.date(2024, 11, 20)
