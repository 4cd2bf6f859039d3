"""Which moment to look at: a day, or the moment after a step."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.past import step_of_day
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.history.step_rows import StepSource
from ledger_desk.ui.labels import label

_ROWS_HIGH = 250


class PastDialog(Dialog):
    """``wanted`` carries the number of the last step that counts."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget, ledger: Ledger, step: int | None = None) -> None:
        """Offer yesterday's end and all steps; ``step`` is the one looked at so far."""
        super().__init__(parent, "看某天的名单", width=720)
        self._ledger = ledger
        self._step: int | None = None
        self.day = DayField()
        self._field = Field("哪一天（看那天结束时的样子）", self.day)
        self.body.add(self._field)
        self.body.add(label("也可以从步骤里挑：看那一步做完以后的样子。", "dim", wrap=True))
        self.panel = GridPanel(StepSource(ledger), noun="步", name="步骤")
        theme.follow(self._fit_panel)
        self.body.add(self.panel)
        self.add_close("不看了")
        self.go = self.add_button(Button("", self._take, kind="pri"))
        self.day.picked.connect(self._picked)
        self.day.refused.connect(partial(self._refuse))
        self.panel.grid.current_changed.connect(self._moved)
        self.panel.grid.opened.connect(lambda _: self._take())
        self._choose(None)
        if step is not None:
            self.panel.grid.go_to(str(step))
            self._choose(step)
        self.day.setFocus()

    def _fit_panel(self) -> None:
        self.panel.setFixedHeight(theme.look().px(_ROWS_HIGH))

    def _picked(self, day: dt.date | None) -> None:
        if day is None:
            return
        try:
            with self._ledger.read() as rows:
                step = step_of_day(rows, day)
        except UserError as error:
            self._refuse(str(error))
            return
        self._field.say("hint", f"这天最后一步是第 {step:,} 步。")
        self.panel.grid.go_to(str(step))
        self._choose(step)

    def _refuse(self, sentence: str) -> None:
        self._field.say("must", sentence)
        self._choose(None)

    def _moved(self, row_id: str) -> None:
        if self.panel.grid.hasFocus():  # it has a present row from the start, which nobody chose
            self._choose(int(row_id) if row_id else None)

    def _choose(self, step: int | None) -> None:
        self._step = step
        if step is None:
            self.go.block("还没选哪一天")
        else:
            self.go.allow(f"看第 {step:,} 步以后的")

    def _take(self) -> None:
        if self._step is not None:
            self.accept()
            self.wanted.emit(self._step)
