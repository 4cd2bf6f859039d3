"""看结果: the table as it will be, and what is missing as a list to call through and to type into."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.filling import gaps
from ledger_desk.reports.filling.plan import FIRMS, Gap, Plan
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.filling.gap_rows import GapSource, preview
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.tabs import Tab, Tabs

_TABLE, _ALL = "table", "0"
_MOST_TABS = 5  # columns with a tab of their own; all gaps are in the one before them


class LookView(QWidget):
    """Shows a plan before and after it is written.

    Signals:
        copied: The list was copied; the sentence to say.
        save_wanted, print_wanted: The call list as a file or on paper.
    """

    copied = Signal(str)
    save_wanted = Signal()
    print_wanted = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._plan: Plan | None = None
        self.typed: dict[tuple[int, int], str] = {}
        self.notice = Notice("done", "")
        self.sentence = label("", "heading", wrap=True)
        self.tabs = Tabs([Tab(_TABLE, "填好的样子")], "缺项")
        self.tabs.chosen.connect(self._show)
        self.panel = GridPanel(ListSource((), []), noun="项", name="缺项清单")
        self.keep = CheckBox("补上的答复同时记进账套")
        self._copy = Button("复制清单", self.copy, icon="copy")
        self._out = MenuButton(
            "清单另存",
            [("存成 Excel…", self.save_wanted.emit, "file-spreadsheet"), ("打印或存 PDF…", self.print_wanted.emit, "printer")],
        )  # fmt: skip
        self._tools = QWidget()
        Row(self._tools, gap=8).add(self.keep).push().add(self._copy, self._out)
        Column(self, gap=8).add(self.notice, self.sentence, self.tabs, self._tools).add(
            self.panel, stretch=1
        )
        self.notice.hide()

    def show_plan(self, plan: Plan) -> None:
        """Show a new plan; what was typed for the one before is forgotten."""
        self._plan = plan
        self.typed.clear()
        self.keep.setChecked(False)
        self.notice.hide()
        self.sentence.setText(gaps.sentence(plan))
        tabs = [Tab(_TABLE, "填好的样子", len(plan.rows))]
        if plan.gaps:
            tabs.append(Tab(_ALL, "全部缺项", len(plan.gaps)))
            counted = gaps.counts(plan.gaps)
            if len(counted) > 1:
                tabs += [Tab(str(c), gaps.short(h), n) for c, h, n in counted[:_MOST_TABS]]
        self.tabs.set_tabs(tabs)
        self.tabs.choose(_ALL if plan.gaps else _TABLE)
        self._show(self.tabs.chosen_key())

    def set_very_short(self, *, very_short: bool) -> None:
        """The tabs say the same as the sentence: where height is short the list needs its room."""
        self.sentence.setVisible(not very_short)

    def shown_gaps(self) -> list[Gap]:
        """The gaps of the tab."""
        if self._plan is None:
            return []
        key = self.tabs.chosen_key()
        column = int(key) if key not in (_TABLE, "") else 0
        return [gap for gap in self._plan.gaps if column in (0, gap.column)]

    def say_done(self, sentence: str) -> None:
        """Say what was written."""
        self.notice.set("done", sentence)
        self.notice.show()

    def copy(self) -> None:
        """Copy the list as text."""
        if self._plan is None:
            return
        some = self.shown_gaps()
        QGuiApplication.clipboard().setText(
            gaps.as_text(self._plan, some, self._plan.asked.way.private)
        )
        self.copied.emit(f"已复制 {len(gaps.calls(some)):,} 户的缺项清单，可以粘贴到微信或表格里")

    def _show(self, key: str) -> None:
        if self._plan is None:
            return
        if key == _TABLE:
            self.panel.set_source(ListSource(*preview(self._plan, self.typed)))
        else:
            self.panel.set_source(GapSource(self._plan, self.typed, int(key or 0)))
        some = key != _TABLE and bool(self._plan.gaps)
        self._tools.setVisible(some)
        self.keep.setVisible(some and self._plan.asked.rows_are == FIRMS)
