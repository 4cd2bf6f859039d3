"""编走访计划: scope and visitors above, what the plan would be below, then made as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.divisions import divisions
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.visits.plan_form import PlanForm
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.work.outcome import Outcome
from ledger_desk.work.planning import PlanSpec, Preview, make, preview
from ledger_desk.work.planning_targets import Target

COLUMNS = (
    GridColumn("name", "企业", width=230, essential=True, stretch=True),
    GridColumn("township", "乡镇", width=96, essential=True),
    GridColumn("village", "村", width=96),
    GridColumn("pair", "走访人", width=150),
    GridColumn("due", "应走访日期", "day", 104),
    GridColumn("why", "说明", width=250),
)
_LEAST = 200  # height of the list; the page scrolls where there is less
_TABS = (
    ("taken", "列入"),
    ("dropped", "剔除"),
    ("recent", "近期走访过"),
    ("planned", "别的计划里已有"),
)


class PlanPage(Page):
    """Makes plans.

    Signals:
        closed: Back to the lists.
        made: What came of it, an `Outcome` whose first id is that of the plan.
    """

    closed = Signal()
    made = Signal(object)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Build the page; `begin` fills it."""
        super().__init__("编走访计划", scroll=True)
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._drops: dict[str, str] = {}
        self._asked = 0
        self._spec: PlanSpec | None = None
        self._preview = Preview()
        self.form = PlanForm(ledger)
        card = QFrame()
        card.setProperty("k", "box")
        Column(card, margins=(16, 10, 16, 10), gap=0).add(self.form)
        self.tabs = Tabs([Tab(key, text) for key, text in _TABS], "这个计划")
        # With boxes: a few of the list are marked with Space and dropped together.
        self.panel = GridPanel(ListSource(COLUMNS, []), checks=True, noun="户", name="计划里的企业")
        self.keep = Button("照样列入", self._keep_chosen)
        self.off = Button("剔除选中的", self._drop_chosen)
        self.body.add(card, self.tabs).add(self.panel, stretch=1)
        theme.follow(self._scale)
        self._back = self.head.add_button(
            Button("返回", self.closed.emit, icon="arrow-left", key="Esc")
        )
        self.said = FittingLabel(["先选范围，这里就是会列入的企业", ""], "bold")
        self.bottom.say(self.said)
        self.bottom.push()
        self.bottom.add_button(self.keep)
        self.bottom.add_button(self.off)
        self.go = self.bottom.add_button(Button("编成计划", self.make_plan, kind="pri", key="F12"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self.look)
        self.form.changed.connect(self._timer.start)
        self.tabs.chosen.connect(self._show)
        self.panel.grid.selection_changed.connect(lambda _: self._tell())
        self.panel.grid.current_changed.connect(lambda _: self._tell())

    def begin(self, firms: Sequence[str] = (), words: str = "") -> None:
        """Start a new plan."""
        self._drops, self._preview, self._spec = {}, Preview(), None
        self.form.begin(firms, words)
        self._show_source()
        self.look()

    def preview(self) -> Preview:
        """What the plan would be, as it is shown."""
        return self._preview

    def first_focus(self) -> QWidget | None:
        """What is chosen first."""
        return self.form.choose if self.form.choose.isEnabled() else self.form.name

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fewer fields in a line."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "form"):
            self.form.set_mode(mode)

    def _scale(self) -> None:
        self.panel.setMinimumHeight(theme.look().px(_LEAST))

    # What it would be

    def look(self) -> None:
        """Work it out beside the window."""
        try:
            spec = replace(self.form.spec(), drops=dict(self._drops))
        except ValueError as error:
            self._spec = None
            self.said.set_texts([str(error), ""])
            self._tell()
            return
        self._asked += 1
        self._jobs.read(
            partial(_look, self._ledger, spec, self._asked),
            succeeded=self._seen, failed=self._failed,
        )  # fmt: skip

    def _seen(self, found: tuple[int, PlanSpec, Preview]) -> None:
        asked, spec, seen = found
        if asked != self._asked:
            return
        self._spec, self._preview = spec, seen
        for key, _ in _TABS:
            self.tabs.set_count(key, len(getattr(seen, key)))
        self._show()

    def _show(self, _key: str = "") -> None:
        self._show_source()
        seen = self._preview
        loads = [many for place, many in seen.loads.items() if place >= 0]
        parts = [seen.sentence]
        if len(loads) > 1:
            least, most = min(loads), max(loads)
            each = f"{least:,}" if least == most else f"{least:,}—{most:,}"
            parts.append(f"{len(loads)} 组，每组 {each} 户")
        elif loads:
            parts.append("1 组")
        left = seen.loads.get(-1, 0)
        if left and loads:
            parts.append(f"{left:,} 户的乡镇没有人管")
        if seen.warned:
            parts.append(f"{len(seen.warned):,} 户 {seen.warn_days} 天内有人走访过")
        empty = not (self._spec and self._spec.values)
        words = "先选范围，这里就是会列入的企业" if empty else "；".join(parts)
        self.said.set_texts([words, seen.sentence, ""])
        self._tell()

    def _show_source(self) -> None:
        key = self.tabs.chosen_key()
        targets: tuple[Target, ...] = getattr(self._preview, key)
        names = self.form.pairs.titles()
        rows = [self._row(target, key, names) for target in targets]
        self.panel.set_source(ListSource(COLUMNS, rows))

    def _row(self, target: Target, key: str, names: Sequence[str]) -> GridRow:
        seen = self._preview
        place = seen.given.get(target.firm)
        who = names[place] if place is not None and place < len(names) else ""
        due = seen.due.get(target.firm)
        why: CellLike = ""
        if key == "dropped":
            why = target.dropped
        elif key == "planned":
            why = f"在“{target.planned}”里"
        elif target.recent is not None:
            why = Cell(target.recent.words, "explain", note=f"还不到 {seen.warn_days} 天。")
        cells: tuple[CellLike, ...] = (
            target.title, divisions().get(target.township, target.township), target.village, who,
            str(due) if due and key == "taken" else "", why,
        )  # fmt: skip
        return GridRow(target.firm, cells)

    # Deeds

    def make_plan(self) -> None:
        """Write it as one step, as a job."""
        if self._spec is None or not self.go.isEnabled():
            return
        self._jobs.start(
            partial(_make, self._ledger, self._spec, self._preview),
            title="正在编走访计划", leaves="停下，一户都不列入", succeeded=self._made, failed=self._failed,
        )  # fmt: skip

    def _made(self, outcome: Outcome) -> None:
        self.made.emit(outcome)

    def _keep_chosen(self) -> None:
        self._decide("")

    def _drop_chosen(self) -> None:
        self._decide("不属走访范围")

    def _decide(self, reason: str) -> None:
        ids = self.panel.grid.chosen_ids()
        if ids:
            self._drops.update(dict.fromkeys(ids, reason))
            self.look()

    def _tell(self) -> None:
        key, many = self.tabs.chosen_key(), len(self.panel.grid.chosen_ids())
        self.keep.retire(away=key != "dropped" or not many)
        self.off.retire(away=key != "taken" or not many)
        self.keep.set_text(f"照样列入 {many:,} 户")
        self.off.set_text(f"剔除 {many:,} 户")
        taken = len(self._preview.taken)
        if self._spec is None:
            self.go.block("还差日期")
        elif not self._spec.values:
            self.go.block("先选范围")
        elif not taken:
            self.go.block("一户都没有")
        else:
            self.go.allow(f"编成计划 {taken:,} 户")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "走访计划没有编成" if isinstance(error, UserError) else "")


def _look(
    ledger: Ledger, spec: PlanSpec, asked: int, progress: Progress
) -> tuple[int, PlanSpec, Preview]:
    return asked, spec, preview(ledger, spec, progress=progress)


def _make(ledger: Ledger, spec: PlanSpec, seen: Preview, progress: Progress) -> Outcome:
    return make(ledger, spec, seen, progress)
