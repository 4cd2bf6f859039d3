"""The tab 口径与办法: all parameters with their values, sources and days; a text finds them."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ledger_desk.model.parameters import Holding, Parameter
from ledger_desk.model.work_parameters import PARAMETERS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.panels import Panel
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.targets.rule_dialog import RuleDialog
from ledger_desk.work import parameters

_WAIT = 120  # milliseconds after the last key
_COLUMNS = (
    GridColumn("group", "分类", "text", 80),
    GridColumn("label", "口径、办法", "text", 320, essential=True, stretch=True),
    GridColumn("value", "现在怎么定", "text", 130, essential=True),
    GridColumn("since", "从哪天起", "day", 120),
    GridColumn("own", "是谁定的", "text", 130),
    GridColumn("source", "文件和条款", "text", 280),
)


class RulesView(Panel):
    """Lists the parameters; Enter changes one from a day on."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show nothing before `refresh`."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self.filter = TextField("", "找：走访、材料收齐、授信比例……")
        self.filter.setAccessibleName("找口径")
        self.filter.textChanged.connect(self._later)
        self.change = Button("改这一条", self._change, icon="pencil", key="Enter", kind="pri")
        self.panel = GridPanel(ListSource(_COLUMNS, ()), noun="条", name="口径与办法")
        self.panel.grid.opened.connect(self.open)
        hint = (
            "文件没有写死、本单位可以自己定的都在这里。改了从指定那天起算，那天以前的还按老口径。"
        )
        head = Row(gap=8).add(self.filter, stretch=1).add(self.change)
        column = Column(self, gap=8).add(label(hint, "dim", wrap=True)).add(head)
        column.add(self.panel, stretch=1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self.refresh)

    def refresh(self) -> None:
        """Read the values as they hold today."""
        found = [each for each in PARAMETERS if self._fits(each)]
        with self._ledger.read() as rows:
            held = parameters.read(rows)
            made = [
                GridRow(each.key, _cells(each, held[each.key], parameters.history(rows, each)))
                for each in found
            ]
        current = self.panel.grid.current_id()
        self.panel.set_source(ListSource(_COLUMNS, made))
        self.panel.say_nothing(
            "" if made else f"没有找到“{self.filter.text().strip()}”。换一个词，或者清空再看。"
        )
        if made:
            there = current if any(row.id == current for row in made) else made[0].id
            self.panel.grid.go_to(there)
        if not made:
            self.change.block("改：没有选中")
        elif self._ledger.read_only:
            self.change.block("只看，不能改")
        else:
            self.change.allow("改这一条")
        self.told.emit()

    def words(self) -> tuple[str, str]:
        """How many are shown of how many."""
        shown = self.panel.grid.lazy_model().rowCount()
        whole = f"共 {len(PARAMETERS)} 条"
        return (whole if shown == len(PARAMETERS) else f"{whole}，找到 {shown} 条"), f"{shown} 条"

    def open(self, key: str) -> None:
        """Show one with its history, and change it."""
        parameter = next(each for each in PARAMETERS if each.key == key)
        dialog = RuleDialog(self._window, self._ledger, parameter, self._jobs)
        dialog.saved.connect(self._saved)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def search(self, text: str) -> None:
        """Show those that have a text."""
        if text != self.filter.text():
            self.filter.set_text(text)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.panel.grid

    def _fits(self, parameter: Parameter) -> bool:
        said = f"{parameter.group}{parameter.label}{parameter.source}{parameter.note}".casefold()
        return all(word in said for word in self.filter.text().casefold().split())

    def _later(self, _text: str) -> None:
        self._timer.start()

    def _change(self) -> None:
        key = self.panel.grid.current_id()
        if key:
            self.open(key)

    def _saved(self, step: int, sentence: str) -> None:
        self.refresh()
        self.changed.emit()
        undo = partial(self._undo, step)
        self._window.toasts.undo(sentence, "", [("撤销  Ctrl+Z", undo)])

    def _undo(self, step: int) -> None:
        self._window.toasts.clear_undo()
        self._ledger.undo(step)
        self.refresh()
        self.changed.emit()


def _cells(parameter: Parameter, value: object, history: tuple[Holding, ...]) -> list[CellLike]:
    since = [each for each in history if each.since <= date.today()]
    coming = len(history) - len(since)
    own = "本单位改过" if since else "一直这样"
    if coming:
        own += f"，{coming} 次待生效"
    return [
        parameter.group, parameter.label, Cell(parameter.kind.show(value), "changed" if since else ""),
        since[-1].since.isoformat() if since else "", own, parameter.source,
    ]  # fmt: skip
