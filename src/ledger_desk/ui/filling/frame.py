"""The frame of 填上级来表: its stages, what each shows, what its buttons say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.filling.plan import FIRMS, ROWS_OF, Plan
from ledger_desk.ui.assistants.frame import StageFrame
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.filling.columns_view import ColumnsView
from ledger_desk.ui.filling.look_view import LookView
from ledger_desk.ui.filling.side import Side
from ledger_desk.ui.filling.start import StartView
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.modes import Mode

_STEPS = ("选来表", "认列认户", "看缺项", "写成")
CHOOSE, MATCH, LOOK, DONE = range(4)


class FillFrame(StageFrame):
    """Shows the stages; what happens between them is the assistant's affair.

    Besides the signals of every frame: ``save_as_wanted``, a button.
    """

    save_as_wanted = Signal()

    def __init__(self) -> None:
        """Build the stages; nothing is chosen yet."""
        super().__init__("填上级来表", _STEPS)
        self._plan: Plan | None = None
        self._tight = self._beside = False
        self._around = self.head.add_button(Button("来表与写法", self._turn))
        self._close = self.head.add_button(Button("不填了", self.leave, key="Esc"))
        self._start, self.columns, self.side, self.look = (
            StartView(),
            ColumnsView(),
            Side(),
            LookView(),
        )
        self._match = QWidget()
        Row(self._match, gap=12).add(self.columns, stretch=1).add(self.side)
        self._lay(self._start, {MATCH: self._match, LOOK: self.look, DONE: self.look}, DONE)
        self._back = self.bottom.add_button(Button("上一步", self._go_back))
        self._as = self.bottom.add_button(
            Button("另存到…", self.save_as_wanted.emit, icon="device-floppy")
        )
        self._start.file_chosen.connect(self.file_taken)
        self._begin()

    def plan(self) -> Plan | None:
        """What is shown."""
        return self._plan

    def refusal(self) -> str:
        """Why the last file was refused."""
        return self._start.refusal()

    def first_focus(self) -> QWidget | None:
        """The filled button; what has to be settled first goes before it."""
        if self._is_busy():
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

    def _go_back(self) -> None:
        self._show(CHOOSE if self._stage == MATCH else MATCH)

    def _tell(self) -> None:
        busy, stage, plan = self._is_busy(), self._stage, self._plan
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
