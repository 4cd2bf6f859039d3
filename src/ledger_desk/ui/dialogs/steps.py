"""修改记录: every step of the ledger, what it changed, and the way to take any of them back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.progress import Progress
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.undoing import NOT_TAKEN_BACK, Kept, UndoPlan
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, RowSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.records.choosing import shown_title
from ledger_desk.ui.records.step_words import heading, lines
from ledger_desk.ui.records.times import when
from ledger_desk.ui.rules import frame

_MOST_SHOWN = 60
_MOST_KEPT = 6
_WAIT_MS = 90
_KINDS = {
    "undo": "撤销", "redo": "重做", "import": "装入", "create": "建账", "practice": "练习",
    "dispatch": "传出",
}  # fmt: skip


class StepSource(RowSource):
    """Steps, newest first; their numbers have no gaps, so a page is found at once."""

    columns = (
        GridColumn("n", "第几步", "number", 70, sortable=False, essential=True),
        GridColumn("at", "时间", "text", 118, sortable=False),
        GridColumn("name", "做了什么", "text", 250, sortable=False, essential=True, stretch=True),
        GridColumn("person", "谁", "text", 84, sortable=False),
        GridColumn("rows", "条数", "number", 76, sortable=False),
        GridColumn("state", "现在", "text", 80, sortable=False),
    )

    def __init__(self, ledger: Ledger) -> None:
        """List the steps of a ledger."""
        self._ledger = ledger
        self._count = 0

    def count(self) -> int:
        """How many there are."""
        newest = self._ledger.log(1)
        self._count = newest[0].id if newest else 0
        return self._count

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        return [_row(step) for step in self._ledger.log(limit, self._count - offset + 1)]

    def ids(self, offset: int, limit: int) -> list[str]:
        """Numbers of steps as ids."""
        return [
            str(n) for n in range(self._count - offset, max(self._count - offset - limit, 0), -1)
        ]

    def place(self, record: str) -> int | None:
        """Row of a step."""
        return self._count - int(record) if record and 0 < int(record) <= self._count else None


def _row(step: StepInfo) -> GridRow:
    state = Cell("已撤销", "old") if step.undone else _KINDS.get(step.kind, "")
    name = Cell(step.name, "old") if step.undone else step.name
    return GridRow(
        str(step.id),
        [Cell(f"{step.id:,}", value=step.id), when(step.at, clock=True), name, step.person or "没有登记",
         Cell(f"{step.rows:,}", value=step.rows), state],
    )  # fmt: skip


class StepsView(QWidget):
    """The list at the left, the chosen step at the right; `changed` after a step was taken back."""

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """List the steps of a ledger."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self.panel = GridPanel(StepSource(ledger), noun="步", name="修改记录")
        self._title = label("", "heading", wrap=True)
        self._facts = label("", "dim", wrap=True)
        self._undo = Button("撤销这一步", self.ask_undo, icon="arrow-back-up")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side = frame("box")
        side = Column(self._side, margins=(14, 12, 14, 12), gap=8).add(self._title, self._facts)
        side.add(Row().add(self._undo).push()).add(frame("rule")).add(self._area, stretch=1)
        self._below = Button("撤销这一步", self.ask_undo, icon="arrow-back-up", key="Enter")
        left = QWidget()
        Column(left, gap=8).add(self.panel, stretch=1).add(self._below)
        Row(self, gap=12).add(left, stretch=3).add(self._side, stretch=2)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._show)
        self.panel.grid.current_changed.connect(lambda _: self._timer.start())
        self.panel.grid.opened.connect(lambda _: self.ask_undo())
        theme.follow(self._fit)
        self.reload()

    def reload(self) -> None:
        """Read again and show the newest step, or the one that was shown."""
        here = self.panel.grid.current_id()
        self.panel.reload()
        if not here and self.panel.grid.lazy_model().rowCount():
            self.panel.grid.setCurrentIndex(self.panel.grid.lazy_model().index(0, 0))
        self._timer.start()

    def current(self) -> StepInfo | None:
        """The chosen step."""
        here = self.panel.grid.current_id()
        found = self._ledger.log(1, int(here) + 1) if here else []
        return found[0] if found else None

    def ask_undo(self) -> None:
        """Say what taking the chosen step back would do, then do it when the person agrees."""
        step = self.current()
        if step is None or not self._can_undo(step):
            return

        def work(progress: Progress) -> UndoPlan:
            progress(0, 0, "正在看后来改过没有")
            return self._ledger.plan_undo(step.id)

        self._jobs.start(
            work, title="正在看能撤销多少", succeeded=self._planned, failed=self._failed
        )

    def _planned(self, plan: UndoPlan) -> None:
        sentence = f"会恢复 {plan.restored:,} 条。撤销也是一步，随时能再撤回来。"
        choices = [("go", f"撤销 {plan.restored:,} 条")] if plan.restored else []
        if plan.kept:
            sentence += f"有 {len(plan.kept):,} 条后来又动过，会保留现在的内容：{self._kept_words(plan.kept)}。"
            choices.insert(0, ("force", "连后来的改动一起撤"))
        answer = ask_choice(self._window, f"撤销“{plan.name}”", sentence, choices, close="不撤了")
        if answer is None:
            return

        def work(progress: Progress) -> StepInfo:
            progress(0, 0, "正在撤销")
            return self._ledger.undo(plan.step, force=answer == "force")

        self._jobs.start(
            work, title=f"正在撤销“{plan.name}”", succeeded=self._undone, failed=self._failed
        )

    def _undone(self, step: StepInfo) -> None:
        self._window.toasts.undo(f"已{step.name}", f"恢复 {step.rows:,} 条")
        self.reload()
        self.changed.emit()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "没有撤销")

    def _kept_words(self, kept: Sequence[Kept]) -> str:
        words = []
        for item in kept[:_MOST_KEPT]:
            cls = BY_TABLE[item.table]
            found = self._ledger.get(cls, item.record)
            name = shown_title(found) if found is not None else cls.LABEL
            fields = "、".join(
                field_map(cls)[field].label for field in item.fields if field in field_map(cls)
            )
            words.append(f"{name}（{fields or item.why}）")
        more = len(kept) - _MOST_KEPT
        return "；".join(words) + (f"；另有 {more:,} 条" if more > 0 else "")

    def _can_undo(self, step: StepInfo) -> bool:
        return not step.undone and step.kind not in NOT_TAKEN_BACK and not self._ledger.read_only

    def _show(self) -> None:
        step = self.current()
        content = frame("bare")
        column = Column(content, margins=(0, 0, 8, 0), gap=6)
        if step is None:
            self._title.setText("还没有步骤")
            self._facts.setText("")
        else:
            self._title.setText(step.name)
            state = "，现在是撤销的" if step.undone else ""
            self._facts.setText(
                f"第 {step.id:,} 步　{when(step.at, clock=True)}　{step.person or '没有登记姓名'}{state}"
            )
            self._fill(column, step)
        can = step is not None and self._can_undo(step)
        self._undo.setVisible(can)
        self._below.setEnabled(can)
        column.push()
        self._area.setWidget(content)

    def _fill(self, column: Column, step: StepInfo) -> None:
        try:
            changes = self._ledger.changes(step.id, _MOST_SHOWN)
        except UserError as error:
            column.add(label(str(error), "must", wrap=True))
            return
        for change in changes:
            column.add(label(heading(self._ledger, change), "bold", wrap=True))
            for line in lines(self._ledger, change):
                column.add(label(line, "dim", wrap=True))
        if step.rows > len(changes):
            column.add(label(f"另有 {step.rows - len(changes):,} 条没有列出。", "dim", wrap=True))

    def _fit(self) -> None:
        narrow = mode_of(self._window.width(), theme.look().factor) in ("narrow", "single")
        self._side.setVisible(not narrow)
        self._below.setVisible(narrow)
