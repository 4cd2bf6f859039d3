"""The frame of 填上级来表: its stages, what each shows, what its buttons say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger_desk.reports.filling.plan import FIRMS, ROWS_OF, Plan
from ledger_desk.ui.bars import Stepper
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.filling.columns_view import ColumnsView
from ledger_desk.ui.filling.look_view import LookView
from ledger_desk.ui.filling.side import Side
from ledger_desk.ui.filling.start import StartView
from ledger_desk.ui.importing.start_view import BusyView, dropped_file
from ledger_desk.ui.jobs import Job
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.records.scrolling import Scrolling

_STEPS = ("选来表", "认列认户", "看缺项", "写成")
CHOOSE, MATCH, LOOK, DONE = range(4)


class FillFrame(Page):
    """Shows the stages; what happens between them is the assistant's affair.

    Signals:
        closed: The person has finished, or does not want to go on.
        file_taken: Path of a file that was chosen or dropped.
        next_wanted, stop_wanted, save_as_wanted: Buttons.
    """

    closed = Signal()
    file_taken = Signal(object)
    next_wanted = Signal()
    stop_wanted = Signal()
    save_as_wanted = Signal()

    def __init__(self) -> None:
        """Build the stages; nothing is chosen yet."""
        super().__init__("填上级来表")
        self._stage = CHOOSE
        self._plan: Plan | None = None
        self._job: Job | None = None
        self._quiet = False
        self._tight = self._beside = False
        self._around = self.head.add_button(Button("来表与写法", self._turn))
        self._close = self.head.add_button(Button("不填了", self.leave, key="Esc"))
        self._stepper = Stepper(_STEPS)
        self._start, self.columns, self.side, self.look = (
            StartView(),
            ColumnsView(),
            Side(),
            LookView(),
        )
        self._busy = BusyView(self.stop_wanted.emit)
        self._match = QWidget()
        Row(self._match, gap=12).add(self.columns, stretch=1).add(self.side)
        self._stack = QStackedWidget()
        self._start_place = Scrolling(self._start, clear=0)
        for view in (self._start_place, self._match, self.look, self._busy):
            self._stack.addWidget(view)
        self.body.add(self._stepper).add(self._stack, stretch=1)
        self._words = FittingLabel([""], "dim")
        self.bottom.say(self._words)
        self._back = self.bottom.add_button(Button("上一步", self._go_back))
        self._as = self.bottom.add_button(
            Button("另存到…", self.save_as_wanted.emit, icon="device-floppy")
        )
        self._go = self.bottom.add_button(Button("", self.next_wanted.emit, kind="pri", key="F12"))
        self._start.file_chosen.connect(self.file_taken)
        self.setAcceptDrops(True)
        self._show(CHOOSE)

    def stage(self) -> int:
        """Which page is shown: `CHOOSE`, `MATCH`, `LOOK` or `DONE`."""
        return self._stage

    def plan(self) -> Plan | None:
        """What is shown."""
        return self._plan

    def refusal(self) -> str:
        """Why the last file was refused."""
        return self._start.refusal()

    def leave(self) -> None:
        """Close; work that goes on is stopped first."""
        self.stop_wanted.emit()
        self.closed.emit()

    def first_focus(self) -> QWidget | None:
        """The filled button; what has to be settled first goes before it."""
        if self._job is not None and not self._quiet:
            return self._busy.stop_button
        if self._stage == CHOOSE:
            return self._start.choose
        if self._stage == MATCH and not self._go.isEnabled():
            return self.side.firms
        return self._go

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Give the views their layout."""
        super().set_mode(mode, very_short=very_short)
        self.columns.set_mode(mode)
        self.look.set_very_short(very_short=very_short)
        self._stepper.setVisible(not very_short)
        self._tight = mode in ("narrow", "single")
        self._place_side()
        self._tell()

    def _turn(self) -> None:
        """Where there is no room for both: the columns, or what stands beside them."""
        self._beside = not self._beside
        self._place_side()
        self._tell()

    def _place_side(self) -> None:
        self.side.set_wide(wide=self._tight)
        self.side.setVisible(not self._tight or self._beside)
        self.columns.setVisible(not self._tight or not self._beside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter presses the button that has the focus, but for the one that stops."""
        here = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(here, Button):
            if here is not self._busy.stop_button:
                here.click()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Another file can be dropped at any time."""
        if self._job is None and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_taken.emit(path)

    def _show(self, stage: int) -> None:
        self._stage = stage
        views = {CHOOSE: self._start_place, MATCH: self._match, LOOK: self.look, DONE: self.look}
        self._stack.setCurrentWidget(views[stage])
        self._stepper.set_now(stage if stage != DONE else len(_STEPS))
        self._tell()
        target = self.first_focus()
        if self.isVisible() and target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        self._show(CHOOSE if self._stage == MATCH else MATCH)

    def _tell(self) -> None:
        busy, stage, plan = self._job is not None and not self._quiet, self._stage, self._plan
        self.head.set_title(
            "填上级来表" if stage < LOOK else "看缺项" if stage == LOOK else "填好了"
        )
        name = plan.asked.opened.path.name if plan is not None and stage != CHOOSE else ""
        self.head.set_counts(name, "")
        self._close.set_text("不填了" if stage != DONE else "关闭")
        self._back.retire(away=busy or stage not in (MATCH, LOOK, DONE))
        self._around.set_text("看各列" if self._beside else "来表与写法")
        self._around.retire(away=busy or stage != MATCH or not self._tight)
        self._as.retire(away=busy or stage not in (LOOK, DONE))
        self._go.retire(away=busy or stage == CHOOSE)
        self._words.set_texts(self._says(busy))
        if plan is not None and not busy:
            self._tell_go(plan)
        self.head.set_mode(self.mode, very_short=self._very_short)
        self.bottom.set_mode(self.mode)

    def _tell_go(self, plan: Plan) -> None:
        if self._quiet and self._job is not None:
            self._go.block("正在重新算")
        elif self._stage == MATCH and plan.asked.rows_are == FIRMS and not plan.asked.names_firms:
            self._go.block("先指定哪一列是企业名称")
        elif self._stage == MATCH and not plan.rows:
            self._go.block("先选列哪些户")
        elif self._stage == MATCH and not plan.cells and not plan.gaps:
            self._go.block("没有一格能填：请看看各列填什么")
        elif self._stage == MATCH:
            self._go.allow(f"下一步：填 {len(plan.cells):,} 格")
        elif self._stage == LOOK:
            self._go.allow(f"写成“{self._target_name(plan)}”")
        elif self._stage == DONE:
            again = self._is_unwritten()
            self._go.allow("把补上的也写进表里" if again else "看完了")

    def _target_name(self, plan: Plan) -> str:
        return plan.asked.opened.path.stem[:18] + "（已填）"

    def _is_unwritten(self) -> bool:
        """Whether something was typed since the file was written."""
        return False

    def _says(self, busy: bool) -> list[str]:
        plan = self._plan
        if busy or plan is None or self._stage == CHOOSE:
            return [""]
        unit = ROWS_OF[plan.asked.rows_are]
        matched = sum(1 for c in plan.asked.columns if c.topic or c.column == plan.asked.label)
        columns = f"认出 {matched} 列，共 {len(plan.asked.columns)} 列"
        rows = f"{sum(1 for r in plan.rows if r.key):,} {unit}"
        if self._stage == MATCH:
            memory = "，照上次的对应" if plan.asked.remembered else ""
            return [f"{columns}{memory}；{rows}。到此为止什么都没写。", f"{columns}。", ""]
        missing = f"还缺 {len(plan.gaps):,} 格" if plan.gaps else "没有缺项"
        where = "" if plan.asked.rows_are != FIRMS or not plan.gaps else "，在“答复”一栏里补"
        return [f"填 {len(plan.cells):,} 格，{missing}{where}。", f"{missing}。", ""]
