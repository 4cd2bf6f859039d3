"""One step: what it was, what it changed, and the ways back from it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.undoing import NOT_TAKEN_BACK
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.history.change_rows import ChangeSource, Line
from ledger_desk.ui.history.deeds import HistoryDeeds
from ledger_desk.ui.history.words import NOBODY, change_title, field_label, kind_word
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.records.times import when
from ledger_desk.ui.rules import frame


class StepDetails(QFrame):
    """Beside the list of steps, or in its place where there is little room.

    Signals:
        record_wanted: (id, title): only the steps of this record are to be listed.
        past_wanted: (table, step): a list as it was after this step.
        closed: Back to the list.
    """

    record_wanted = Signal(str, str)
    past_wanted = Signal(str, int)
    closed = Signal()

    def __init__(self, ledger: Ledger, deeds: HistoryDeeds) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setProperty("k", "box")
        self._ledger, self._deeds = ledger, deeds
        self.step: StepInfo | None = None
        self.source = ChangeSource(ledger)
        self.title = label("", "heading", wrap=True)
        self._facts, self._more = label("", "dim", wrap=True), label("", "dim", wrap=True)
        self.back = Button("返回", self.closed.emit, key="Esc")
        self.undo = Button("撤销这一步", self._undo, icon="arrow-back-up")
        self.go_back = Button("回到这一步…", self._go_back, icon="history")
        self.past = Button("看那时的名单", self._past, icon="eye")
        self.panel = GridPanel(self.source, noun="项", name="这一步改了什么")
        self.one = MenuButton("恢复这个项目")
        self.whole = MenuButton("恢复这条")
        self._only = Button("只看这条的步骤", self._show_record, kind="words")
        column = Column(self, margins=(14, 12, 14, 12), gap=8).add(self.title, self._facts)
        self._ways, below = QWidget(), QWidget()
        self._menu = MenuButton("退回和恢复")
        Row(self._ways, gap=8).add(self.back, self._menu, self.undo, self.go_back, self.past).push()
        Row(below, gap=8).add(self.one, self.whole, self._only).push()
        self._rule, self._below = frame("rule"), below
        column.add(self._ways).add(self._rule).add(self.panel, stretch=1)
        column.add(self._more, below)
        self.panel.grid.current_changed.connect(lambda _: self._tell())
        self._more.hide()
        self._alone: bool | None = None
        self.set_alone(False)
        self.show_step(None)

    def show_step(self, step: StepInfo | None) -> None:
        """Show one step, or that there is none."""
        self.step = step
        self.title.setText(step.name if step is not None else "没有这样的步骤")
        said, self.source = "", ChangeSource(self._ledger)
        if step is not None:
            state = "　现在是撤销的" if step.undone else ""
            said = (
                f"第 {step.id:,} 步　{when(step.at, clock=True)}　{step.person or NOBODY}　"
                f"{kind_word(step.kind)}　{step.rows:,} 条{state}"
            )
            try:
                self.source = ChangeSource(self._ledger, step.id)
            except UserError as error:
                said = str(error)
        self._facts.setText(said)
        self.panel.set_source(self.source)
        if self.source.count():
            self.panel.grid.setCurrentIndex(self.panel.grid.lazy_model().index(0, 0))
        more = (step.rows if step is not None else 0) - self.source.listed
        self._more.setText(f"另有 {more:,} 条没有列出。" if more > 0 else "")
        self._more.setVisible(more > 0)
        self._tell()

    def set_alone(self, alone: bool) -> None:
        """Stand in the place of the list, with a way back to it; the buttons become a menu."""
        if alone == self._alone:  # another size alone asks nothing of the ledger
            return
        self._alone = alone
        for button in (self.back, self._menu):
            button.setVisible(alone)
        for part in (self._rule, self._facts, self._below):
            part.setVisible(not alone)
        self._tell()

    def line(self) -> Line | None:
        """The present row of the changes."""
        return self.source.line(self.panel.grid.current_id())

    def bring_back(self, field: str, *, before: bool) -> None:
        """Bring back the record of the present row, or one field: as it was before or after the step."""
        line, step = self.line(), self.step
        if line is None or step is None:
            return
        cls, change = BY_TABLE[line.change.table], line.change
        with self._ledger.read() as rows:
            title = change_title(rows, change)
        what = f"{title}：{field_label(cls, field)}" if field else title
        self._deeds.bring_back(
            f"恢复 {what}", [(change.table, change.record)], step.id - before,
            fields=[field] if field else [], children=not field,
        )  # fmt: skip

    def can_undo(self) -> bool:
        """Whether the step can be taken back from here."""
        step = self.step
        can = step is not None and not step.undone and step.kind not in NOT_TAKEN_BACK
        return can and not self._ledger.read_only

    def _tell(self) -> None:
        step, line = self.step, self.line()
        writes, wide = step is not None and not self._ledger.read_only, not self._alone
        newest = self._ledger.log(1)[0].id
        can_go = writes and step is not None and step.id < newest
        self.undo.setVisible(wide and self.can_undo())
        self.go_back.setVisible(wide and can_go)
        self.past.setVisible(wide and step is not None)
        self._only.setVisible(line is not None)
        one, whole = self._restores(line) if writes else ([], [])
        self.one.set_entries(one)
        self.whole.set_entries(whole)
        self.one.setVisible(bool(one))
        self.whole.setVisible(bool(whole))
        entries: list[Entry] = []
        if self.can_undo():
            entries.append(("撤销这一步", self._undo, "arrow-back-up"))
        if can_go:
            entries.append(("回到这一步…", self._go_back, "history"))
        if step is not None:
            entries.append(("看那时的名单", self._past, "eye"))
        if line is not None:
            entries += [None, ("只看这条的步骤", self._show_record)]
            entries += [(f"这个项目：{e[0]}", e[1]) for e in one if e is not None]
            entries += [(f"这条：{e[0]}", e[1]) for e in whole if e is not None]
        self._menu.set_entries(entries)

    def _restores(self, line: Line | None) -> tuple[list[Entry], list[Entry]]:
        """Ways to bring the field, and the record, of a row back."""
        if line is None:
            return [], []
        ends = [(True, "恢复成这一步以前的")] * (line.change.before is not None)
        ends += [(False, "恢复成这一步以后的")] * (line.change.after is not None)
        ways: list[list[Entry]] = [
            [(words, partial(self.bring_back, name, before=before)) for before, words in ends]
            for name in (line.field, "")
        ]
        return ways[0] if line.field else [], ways[1]

    def _undo(self) -> None:
        if self.step is not None:
            self._deeds.ask_undo(self.step)

    def _go_back(self) -> None:
        if self.step is not None:
            self._deeds.ask_go_back(self.step)

    def _past(self) -> None:
        if self.step is not None:
            line = self.line()
            self.past_wanted.emit(line.change.table if line is not None else "", self.step.id)

    def _show_record(self) -> None:
        line = self.line()
        if line is not None:
            with self._ledger.read() as rows:
                self.record_wanted.emit(line.change.record, change_title(rows, line.change))
