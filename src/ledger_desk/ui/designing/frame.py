"""The frame of 用新表样做报表: its stages, what each shows, what its buttons say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.designing.draft import Draft, Nothing, mistakes
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.assistants.frame import StageFrame
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.designing.blank_panel import BlankPanel
from ledger_desk.ui.designing.columns_view import ColumnsView
from ledger_desk.ui.designing.form_side import FormSide
from ledger_desk.ui.designing.holding import Holding
from ledger_desk.ui.designing.line_undo import LineUndo, step_of
from ledger_desk.ui.designing.mistake_places import by_place
from ledger_desk.ui.designing.start import StartView
from ledger_desk.ui.designing.try_view import TryView
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode

_STEPS = ("选空白表", "认表头", "对各列", "试填保存")
CHOOSE, FOUND, COLUMNS, TRIED = range(4)
_STRIP = 190  # height of the blank over the list of columns, at 100 %
_TITLES = ("用新表样做报表", "认表头", "对各列", "试填保存")


class DesignFrame(StageFrame):
    """Shows the stages; what happens between them is the assistant's affair.

    Besides the signals of every frame: ``back_wanted``, a button; ``record_wanted``, table and id
    of a record behind a number that was tried.
    """

    back_wanted = Signal()
    record_wanted = Signal(str, str)

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Build the stages; nothing is chosen yet."""
        super().__init__(_TITLES[CHOOSE], _STEPS)
        self.held = Holding(self)
        self._name = ""
        self._wrong: dict[str, str] = {}
        self._rest: list[str] = []
        self._tight = self._beside = False
        self._around = self.head.add_button(Button("看表样", self._turn))
        self._undo = self.head.add_button(Button("退一步", self.step_back, icon="arrow-back-up"))
        self._undo.setToolTip("退回上一个改动（Ctrl+Z）")
        self._close = self.head.add_button(Button("不做了", self.leave, key="Esc"))
        self._start, self.side, self.columns = StartView(), FormSide(), ColumnsView()
        self.blank = BlankPanel("蓝是表头，绿是要填的行，黄是合计；点一行可以改")
        self.tried = TryView(self, ledger, window)
        self._found, self._match = QWidget(), QWidget()
        self._found_row = Row(self._found, gap=12).add(self.blank, stretch=1).add(self.side)
        self._match_column = Column(self._match, gap=8).add(self.columns, stretch=1)
        self._lay(self._start, {FOUND: self._found, COLUMNS: self._match, TRIED: self.tried})
        self._back = self.bottom.add_button(Button("上一步", self.back_wanted.emit))
        self._start.file_chosen.connect(self.file_taken)
        self.held.changed.connect(self._refresh)
        origins = self.tried.origins
        origins.findings.record_wanted.connect(self.record_wanted)
        origins.drill.record_wanted.connect(self.record_wanted)
        origins.strip.plot_wanted.connect(partial(self.record_wanted.emit, "indicator"))
        self._lines = LineUndo(self)
        self._begin()

    def refusal(self) -> str:
        """Why the last file was refused."""
        return self._start.refusal()

    def first_focus(self) -> QWidget | None:
        """The filled button; what has to be settled first goes before it."""
        if self._is_busy():
            return self._busy.stop_button
        if self._stage == CHOOSE:
            return self._start.choose
        return self._go if self._go.isEnabled() else self._back

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Give the views their layout."""
        super().set_mode(mode, very_short=very_short)
        self.columns.set_mode(mode)
        self._tight = mode != "full" or very_short
        self._place_views()
        self._tell()

    def open_pane(self) -> None:
        """Bring what stands beside the paper into sight: Origins asks for it."""
        if self._stage == TRIED and self._tight and not self._beside:
            self._turn()

    def close_pane(self) -> None:
        """Show the paper again."""
        if self._stage == TRIED and self._tight and self._beside:
            self._turn()

    def step_back(self) -> None:
        """Take the last change back."""
        self._said(self.held.undo(), "退回了")

    def step_on(self) -> None:
        """Do again what was taken back."""
        self._said(self.held.redo(), "又做了")

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z and Ctrl+Y belong to the form on the desk, not to the ledger."""
        if event.type() == QEvent.Type.ShortcutOverride and step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z, Ctrl+Y; F8 goes to the next line that needs a look."""
        step = step_of(event)
        if step:
            self.step_back() if step < 0 else self.step_on()
        elif event.key() == Qt.Key.Key_F8 and self._stage == COLUMNS:
            self.columns.next_open(self.columns.current())
        elif event.key() == Qt.Key.Key_F8 and self._stage == TRIED:
            self.tried.origins.findings.next_finding()
        else:
            super().keyPressEvent(event)

    # Showing

    def _said(self, name: str, what: str) -> None:
        raise NotImplementedError

    def _turn(self) -> None:
        """Where there is no room for both: the one or the other."""
        self._beside = not self._beside
        self._place_views()
        self._tell()

    def _place_views(self) -> None:
        if self._stage == FOUND:
            self._found_row.insertWidget(0, self.blank, 1)
        elif self._stage == COLUMNS:
            self._match_column.insertWidget(0, self.blank)
        strip = self._stage == COLUMNS and not self._tight
        self.blank.set_strip(high=_STRIP if strip else None)
        other, both = self._beside, not self._tight
        self.blank.ask_rows(asks=self._stage == FOUND)
        self.side.set_wide(wide=self._tight)
        self.side.setVisible(both or not other)
        self.columns.setVisible(both or not other)
        self.blank.setVisible(both or other)
        self.tried.set_tight(tight=self._tight, beside=other)

    def _show(self, stage: int) -> None:
        self._beside = False
        self._stage = stage
        self._place_views()
        super()._show(stage)

    def _refresh(self) -> None:
        """Show the draft as it is now."""
        draft = self.held.draft
        if draft is not None:
            self._wrong, self._rest = by_place(draft, mistakes(draft))
            self.side.show_draft(draft)
            self.columns.show_draft(draft, self._wrong)
            self.blank.show_bands(draft)
        self._tell()

    def _tell(self) -> None:
        busy, stage, draft = self._is_busy(), self._stage, self.held.draft
        self.head.set_title(_TITLES[stage])
        self.head.set_counts(draft.title if draft is not None and stage != CHOOSE else "", "")
        self._back.retire(away=busy or stage == CHOOSE)
        self._around.set_text(self._around_words())
        self._around.retire(away=busy or stage == CHOOSE or not self._tight)
        undone = self.held.undo_name()
        self._undo.retire(away=busy or stage not in (FOUND, COLUMNS))
        self._undo.setEnabled(bool(undone))
        self._go.retire(away=busy or stage == CHOOSE)
        self._words.set_texts([""] if busy or draft is None else self._says(draft))
        if draft is not None and not busy:
            self._tell_go(draft)
        self.head.set_mode(self.mode, very_short=self._very_short)
        self.bottom.set_mode(self.mode)

    def _around_words(self) -> str:
        if self._stage == TRIED:
            return "看纸面" if self._beside else "保存与审核"
        if self._beside:
            return "看各列" if self._stage == COLUMNS else "填说明"
        return "看表样"

    def _tell_go(self, draft: Draft) -> None:
        columns = sum(len(block.columns) for block in draft.blocks)
        if self._quiet and self._job is not None:
            self._go.block("正在重新认")
        elif self._stage == FOUND and not columns and not draft.cells:
            self._go.block("先说表头在第几行")
        elif self._stage == FOUND:
            self._go.allow(f"下一步：对 {columns} 列")
        elif self._stage == COLUMNS and (self._wrong or self._rest):
            self._go.block(f"还有 {len(self._wrong) + len(self._rest)} 处要改")
        elif self._stage == COLUMNS:
            self._go.allow("下一步：试填")
        elif self._stage == TRIED:
            self._go.allow(self._save_words(draft))

    def _save_words(self, draft: Draft) -> str:
        return "保存这张表样"

    def _says(self, draft: Draft) -> Sequence[str]:
        doubts = sum(not column.sure for block in draft.blocks for column in block.columns)
        look = f"，{doubts} 列请看一眼" if doubts else ""
        if self._stage == FOUND:
            count = sum(len(block.columns) for block in draft.blocks)
            kept = "到此为止什么都没存。"
            return [
                f"认出 {len(draft.blocks)} 块表，{count} 列{look}。{kept}",
                f"{count} 列{look}。",
                "",
            ]
        if self._stage == COLUMNS:
            if self._rest:
                return [self._rest[0], ""]
            tied = sum(
                not isinstance(c.choice, Nothing) for block in draft.blocks for c in block.columns
            )
            left = f"，{draft.open_columns} 列不填" if draft.open_columns else ""
            key = "，F8 到下一处" if doubts or self._wrong else ""
            return [f"对上 {tied} 列{left}{look}{key}。", f"对上 {tied} 列{left}{look}。", ""]
        return ["还没有存。" if self.held.is_changed() else "", ""]
