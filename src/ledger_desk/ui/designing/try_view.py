"""试填保存: the form with the numbers of a period that is over, its checks, and what saving does."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.periods import Period
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, MarkLabel
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.reports.building import Made, papers_of
from ledger_desk.ui.pages.reports.origins import Origins
from ledger_desk.ui.preview.panel import PreviewPanel
from ledger_desk.ui.records.scrolling import Scrolling
from ledger_desk.ui.rules import frame

REPLACE, APART = "replace", "apart"
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX
_ONLY_TRIED = "只是试填，不能结账。"
_LIKED = "这是试填，没有存下。数字对不对，点格子看来历；不对，回上一步改。"


class TryView(QWidget):
    """Shows a form that was tried.

    Signals:
        period_wanted: Another period to try it on.
        fate_changed: `REPLACE` or `APART`.
    """

    period_wanted = Signal(object)
    fate_changed = Signal(str)

    def __init__(self, page: Page, ledger: Ledger, window: MainWindow) -> None:
        """Start empty."""
        super().__init__()
        self._wide = False
        self._period: Period | None = None
        self.preview = PreviewPanel()
        self.origins = Origins(page, ledger, window, self.preview)
        self._before = Button("上期", lambda: self._turn(-1))
        self._after = Button("下期", lambda: self._turn(1))
        self._when = label("", "bold")
        self._said = MarkLabel("hint", _LIKED, "dim", wrap=True)
        line = (
            Row(gap=8).add(self._before, self._when, self._after).add(self._said, stretch=1).push()
        )
        self.paper = QWidget()
        Column(self.paper, gap=8).add(line).add(self.preview, stretch=1).add(self.origins.strip)
        self.fate = Segmented([Option(REPLACE, "替换原来的"), Option(APART, "另存一张")], REPLACE)
        self.fate.changed.connect(lambda value: self.fate_changed.emit(str(value)))
        self._fate = Field("存成", self.fate)
        self.note = TextField("", "可以不写")
        self.says = MarkLabel("hint", "", "body", wrap=True)
        self._save = Card("保存")
        self._save.body.add(self._fate, Field("备注", self.note), self.says)
        self._checks = frame("box")
        Column(self._checks, margins=1, gap=0).add(self.origins.side)
        held = QWidget()
        Column(held, gap=10).add(self._save).add(self._checks, stretch=1)
        self.side = Scrolling(held, clear=0)
        Row(self, gap=12).add(self.paper, stretch=1).add(self.side)
        theme.follow(self._fit)

    def show_made(self, made: Made, period: Period) -> None:
        """Show the form with the numbers of a period."""
        self._period = period
        self._when.setText(period.label)
        self.preview.show_sheets(made.painted.pdf, papers_of(made))
        self.origins.take(made)
        several = len(made.painted.by_sheet) > 1
        self.origins.findings.set_checks(made.checks, {}, {}, _ONLY_TRIED, several=several)

    def offer(self, sentence: str, *, replaces: bool, fate: str) -> None:
        """Say what saving does; whether there is a form that could be replaced."""
        self._fate.setVisible(replaces)
        self.fate.set_value(fate)
        self.says.set("explain" if replaces and fate == REPLACE else "hint", sentence)

    def period(self) -> Period | None:
        """The period it was tried on."""
        return self._period

    def set_tight(self, *, tight: bool, beside: bool) -> None:
        """Where there is no room for both: the paper, or what stands beside it."""
        self._wide = tight
        parts = (self.side, not tight or beside), (self.paper, not tight or not beside)
        for part, seen in sorted(parts, key=lambda each: each[1]):  # both at once are too wide
            part.setVisible(seen)
        self.origins.strip.setVisible(not tight)  # then the status bar says it
        self._said.setVisible(not tight)
        self._fit()

    def focus_paper(self) -> None:
        """Put the focus on the paper."""
        self.preview.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, by: int) -> None:
        if self._period is not None:
            other = self._period.previous() if by < 0 else self._period.next()
            self.period_wanted.emit(other)

    def _fit(self) -> None:
        width = theme.look().px(316)
        self._checks.setMinimumHeight(theme.look().px(210))
        self.side.setMinimumWidth(width)
        self.side.setMaximumWidth(_ANY_WIDTH if self._wide else width)
