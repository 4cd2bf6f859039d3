"""The details of one reading in: its file, its rows by fate, what it did, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea

from ledger_desk.model.records import NOTED, Intake
from ledger_desk.store.intakes import Reading
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.pages.exchange.intake_rows import COUNTS, file_of, sentence, taken_back
from ledger_desk.ui.records.step_words import heading, lines
from ledger_desk.ui.rules import frame

_MOST_SHOWN = 30
_FACTS = (("sheet", "工作表"), ("sender", "来表单位"), ("content", "内容"))


class IntakeDetails(QScrollArea):
    """Stands beside the list where there is room.

    Signals:
        wanted: The button was pressed: take back, or put in again.
    """

    wanted = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Start empty."""
        super().__init__()
        self._ledger = ledger
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.button: Button | None = None
        self.show_reading(None)

    def show_reading(self, reading: Reading | None) -> None:
        """Show one reading in, or nothing."""
        content = frame("bare")
        column = Column(content, margins=(14, 12, 14, 12), gap=6)
        self.button = None
        if reading is not None:
            self._fill(column, reading)
        column.push()
        self.setWidget(content)

    def _fill(self, column: Column, reading: Reading) -> None:
        column.add(label(file_of(reading), "heading", wrap=True))
        column.add(label(sentence(reading), "dim", wrap=True))
        if reading.step.undone:
            column.add(MarkLabel("none", "这次装入已经撤销"))
            column.add(label(taken_back(reading), "dim", wrap=True))
        if not self._ledger.read_only:
            word = "恢复装入" if reading.step.undone else "撤销这次装入"
            icon = "arrow-forward-up" if reading.step.undone else "arrow-back-up"
            self.button = Button(word, self.wanted.emit, icon=icon)
            column.add(Row().add(self.button).push())
        column.add(frame("rule"))
        if reading.intake is None:
            column.add(label("早先的程序装入的，没有记下各种行数。", "dim", wrap=True))
        else:
            self._tell_rows(column, reading.intake)
        column.add(frame("rule"))
        self._tell_changes(column, reading)

    def _tell_rows(self, column: Column, intake: Intake) -> None:
        for key, word in _FACTS:
            if getattr(intake, key):
                column.add(label(f"{word}：{getattr(intake, key)}", "body", wrap=True))
        for key, word, mark in COUNTS:
            many = getattr(intake, key) or 0
            if many or key in ("new", "changed"):
                column.add(MarkLabel(mark, f"{word} {many:,} 行"))

    def _tell_changes(self, column: Column, reading: Reading) -> None:
        changes = self._ledger.changes(reading.step.id, _MOST_SHOWN)
        shown = [change for change in changes if change.table not in NOTED]
        for change in shown:
            column.add(label(heading(self._ledger, change), "bold", wrap=True))
            for line in lines(self._ledger, change):
                column.add(label(line, "dim", wrap=True))
        if reading.step.rows > _MOST_SHOWN:
            more = reading.step.rows - len(shown)
            column.add(label(f"另有 {more:,} 条没有列出。", "dim", wrap=True))
