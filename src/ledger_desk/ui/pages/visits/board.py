"""The strip over the tasks: which plan, how far it is in figures, and a plot that opens the firms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from ledger_desk.model.records import VisitPlan
from ledger_desk.progress import Progress as Report
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.visits.plots import BarPlot, DayPlot
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.work.visit_progress import (
    BY_DAY,
    BY_OFFICE,
    BY_PERSON,
    BY_TOWN,
    Progress,
    read_progress,
)

ALL_PLANS = PickItem("", "全部计划")
GROUPS = [
    Option(BY_DAY, "按日"), Option(BY_PERSON, "按人"), Option(BY_OFFICE, "按单位"),
    Option(BY_TOWN, "按乡镇"),
]  # fmt: skip


class Board(QFrame):
    """Chooses a plan and shows its progress.

    Signals:
        plan_chosen: Id of a plan, '' for all.
        opened: (group, key, words) of a bar or day: the firms behind it are wanted.
    """

    plan_chosen = Signal(str)
    opened = Signal(str, object, str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Start with all plans; `refresh` reads."""
        super().__init__()
        self.setProperty("k", "box")
        self.setAccessibleName("走访进度")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._plan, self._asked = "", 0
        self._folded = self._short = self._narrow = False
        self._progress: Progress | None = None
        self.picker = Picker(self._plans, ALL_PLANS, "选一个走访计划")
        self.picker.setAccessibleName("走访计划")
        self.groups = Segmented(GROUPS, BY_TOWN, "进度怎么看")
        self.figures = FittingLabel([""], "bold")
        self.fold = Button("收起", self._fold, kind="words", icon="chevron-up")
        self.bars, self.days = BarPlot(), DayPlot()
        self._plots = QStackedWidget()
        self._plots.addWidget(self.bars)
        self._plots.addWidget(self.days)
        self._more = FittingLabel([""], "dim")
        self.picker.setMinimumContentsLength(16)
        top = Row(gap=12).add(self.picker, stretch=1).add(self.groups, self.fold)
        Column(self, margins=(12, 6, 12, 6), gap=4).add(top, self.figures, self._plots, self._more)
        self.picker.picked.connect(self._picked)
        self.groups.changed.connect(self._group)
        self.bars.opened.connect(self._open)
        self.days.opened.connect(self._open)

    def plan(self) -> str:
        """Id of the plan shown, '' for all."""
        return self._plan

    def choose(self, plan: str) -> None:
        """Show a plan without telling anybody; '' shows all."""
        held = self._ledger.get(VisitPlan, plan) if plan else None
        self._plan = plan if held is not None and not held.removed else ""
        self.picker.set_item(_item(held) if held is not None and self._plan else ALL_PLANS)
        self.refresh()

    def newest(self) -> str:
        """The plan that is going on, the newest first; '' where there is none."""
        found = self._ledger.find(Query(VisitPlan, sort=(("starts_on", True),)))
        going = [plan.id for plan in found if plan.state != "已结束"]
        return going[0] if going else ""

    def progress(self) -> Progress | None:
        """What is shown."""
        return self._progress

    def refresh(self) -> None:
        """Count again, beside the window."""
        self._asked += 1
        work = partial(_count, self._ledger, self._plan, str(self.groups.value()), self._asked)
        self._jobs.read(work, succeeded=self._counted, failed=self._failed)

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Figures alone where there is little room."""
        self._short = very_short
        self._narrow = mode == "single"
        self._show()

    def _plans(self, text: str) -> list[PickItem]:
        found = self._ledger.find(Query(VisitPlan, sort=(("starts_on", True),)))
        return pick_from([ALL_PLANS, *(_item(plan) for plan in found)])(text)

    def _picked(self, item: PickItem | None) -> None:
        self._plan = item.id if item is not None else ""
        if item is None:
            self.picker.set_item(ALL_PLANS)
        self.refresh()
        self.plan_chosen.emit(self._plan)

    def _group(self, _value: object) -> None:
        self._folded = False
        self.refresh()

    def _counted(self, found: tuple[int, Progress]) -> None:
        asked, progress = found
        if asked != self._asked:
            return
        self._progress = progress
        whole = progress.whole
        per = f"{100 * whole.done // whole.total} %" if whole.total else "—"
        counts = f"应走访 {whole.total:,}　已走访 {whole.done:,}（{per}）"
        both = f"{counts}　有效 {whole.effective:,}"
        late = f"{both}　逾期 {whole.late:,}" if whole.late else both
        dropped = f"{late}　剔除 {progress.dropped:,}" if progress.dropped else late
        self.figures.set_texts([dropped, late, both, f"{whole.done:,}/{whole.total:,}"])
        self.bars.show_bars(progress.bars)
        self.days.show_days(progress.days)
        self._show()

    def _show(self) -> None:
        group = self.groups.value()
        self._plots.setCurrentWidget(self.days if group == BY_DAY else self.bars)
        has = self._progress is not None and self._progress.whole.total > 0
        open_ = has and not self._folded and not self._short and not self._narrow
        self._plots.setVisible(open_)
        self._plots.setMaximumHeight(self._plots.currentWidget().sizeHint().height())
        self.groups.setVisible(not self._narrow)
        self.fold.setVisible(not self._narrow and has)
        self.fold.set_text("看图" if not open_ else "收起")
        self.fold.set_icon("chevron-down" if not open_ else "chevron-up")
        left = self.bars.left_out() if group != BY_DAY else 0
        self._more.set_texts([f"还有 {left} 组没有画出，“进度日报”里都有" if left > 0 else ""])
        self._more.setVisible(open_ and left > 0)

    def _fold(self) -> None:
        if self._short:
            self._short, self._folded = False, False
        else:
            self._folded = not self._folded
        self._show()

    def _open(self, key: object, words: str) -> None:
        self.opened.emit(str(self.groups.value()), key, words)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error)


def _item(plan: VisitPlan) -> PickItem:
    return PickItem(plan.id, plan.title, f"{plan.due_on} 截止" if plan.due_on else "")


def _count(
    ledger: Ledger, plan: str, group: str, asked: int, report: Report
) -> tuple[int, Progress]:
    report(0, 0, "")
    with ledger.read() as rows:
        return asked, read_progress(rows, plan, group)
