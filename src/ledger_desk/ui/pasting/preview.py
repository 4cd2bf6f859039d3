"""贴之前先看: a block that does not fit as it is, cell by cell, and what to do with it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange import pasting
from ledger_desk.exchange.pasting import PastePlan
from ledger_desk.model.fields import field_map
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel, Notice
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.grid_moves import go_to_cell
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.pasting.deeds import AT_ONCE, LEAVES
from ledger_desk.ui.pasting.preview_rows import MARKS, PreviewSource, counts_of

_ROWS_SHOWN = 8


class PastePreview(Dialog):
    """Shows a plan and lets it be changed.

    Signals:
        wanted: The plan that is to be written.
        list_wanted: Text of a table that is to be read in as a list.
    """

    wanted = Signal(object)
    list_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        ledger: Ledger,
        made: PastePlan,
        jobs: Jobs | None = None,
        *,
        takes_lists: bool = False,
    ) -> None:
        """Show ``made``; ``takes_lists`` where the block can be read in as a list of records."""
        super().__init__(parent, "贴之前先看一眼", width=1060)
        self._ledger, self._jobs, self._takes_lists = ledger, jobs, takes_lists
        self.made = made
        self._said = label("", "dim", wrap=True)
        self._marks = {key: MarkLabel(mark) for key, (mark, _) in MARKS.items()}
        self._notice = Notice("explain", "")
        self.panel = GridPanel(PreviewSource(ledger, made), noun="行", name="要贴的格子")
        self._sentence = label("", "body", wrap=True)
        self._heading = CheckBox("第一行是标题", made.heading)
        self._by_heading = CheckBox("按标题对列", made.by_heading)
        self._erase = CheckBox("空格子也清空", made.erase)
        self._next = Button("下一处有错", self.go_to_wrong, key="F8")
        choices, marks = QWidget(), QWidget()
        single = parent is not None and mode_of(parent.window().width(), theme.look().factor) in (
            "single",
            "narrow",
        )
        line: Any = Column(choices, gap=0) if single else Row(choices, gap=18)
        line.add(self._heading, self._by_heading, self._erase)
        line.push()
        counts = Row(marks, gap=18).add(*self._marks.values()).push()
        if not single:
            counts.add(self._next)
        self._single = single
        if (
            single
        ):  # what does not fit is reached by Tab; the sentence of the cell has to be in sight
            self.body.add(marks, self._sentence, self.panel, self._notice, choices, self._next)
        else:
            self.body.add(self._said, marks, self._notice, self.panel, self._sentence, choices)
        self.add_close("不贴了")
        self._list = self.add_button(Button("", self._as_list))
        self.go = self.add_button(Button("", self._go, kind="pri"))
        for box in (self._heading, self._by_heading, self._erase):
            box.toggled.connect(self._again)
        self.panel.grid.note_changed.connect(self._say)
        self.panel.grid.opened.connect(lambda _: self.go.setFocus())
        theme.follow(self._measure)
        self._tell()
        self.panel.grid.setFocus()
        QTimer.singleShot(0, self, partial(self._start, self.panel.grid))

    def go_to_wrong(self) -> None:
        """Go to the next cell that is wrong."""
        grid = self.panel.grid
        source = grid.lazy_model().source
        assert isinstance(source, PreviewSource)
        here = grid.currentIndex()
        place = source.next_wrong(here.row(), here.column())
        if place is not None:
            grid.setFocus()
            go_to_cell(grid, *place)

    def _start(self, grid: QWidget) -> None:
        grid.setFocus()
        if self.made.counts[pasting.WRONG]:
            self.go_to_wrong()
        elif self.panel.grid.lazy_model().rowCount():
            go_to_cell(self.panel.grid, 0, 1)

    def _measure(self) -> None:
        rows = min(max(len(self.made.rows), 3), 3 if self._single else _ROWS_SHOWN)
        self.panel.setFixedHeight(theme.look().px(38 + 32 * rows + 18))

    # What the person changes

    def _again(self, _on: bool) -> None:
        """Plan once more with the boxes as they are now; a large block is looked at by a job."""
        made, heading = self.made, self._heading.isChecked()
        by_heading: bool | None = made.by_heading
        if self.sender() is self._by_heading:
            by_heading = self._by_heading.isChecked()
        elif self.sender() is self._heading:
            by_heading = None  # as the headings say
        work = partial(
            pasting.plan, self._ledger, made.layout, made.block, heading=heading,
            by_heading=by_heading, erase=self._erase.isChecked(),
        )  # fmt: skip
        if self._jobs is None or len(made.block) * len(made.columns) <= AT_ONCE:
            self._planned(work())
            return
        self.go.block("正在核对")

        def run(progress: Progress) -> PastePlan:
            return work(progress=progress)

        self._jobs.start(
            run, title="正在核对要贴的格子", leaves=LEAVES, succeeded=self._planned,
            failed=self._failed,
        )  # fmt: skip

    def _planned(self, made: PastePlan) -> None:
        self.made = made
        here = self.panel.grid.currentIndex()
        self.panel.set_source(PreviewSource(self._ledger, made))
        if self.panel.grid.lazy_model().rowCount():
            row = min(max(here.row(), 0), self.panel.grid.lazy_model().rowCount() - 1)
            go_to_cell(self.panel.grid, row, max(here.column(), 1))
        self._measure()
        self._tell()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self, error, "没有核对完")

    def _tell(self) -> None:
        made = self.made
        boxes = (
            (self._heading, made.heading, len(made.block) > 1),
            (self._by_heading, made.by_heading, made.movable),
            (self._erase, made.erase, made.erase or made.counts[pasting.BLANK] > 0),
        )
        for box, on, shown in boxes:
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
            box.setVisible(shown)
        counts = counts_of(made)
        for key, (mark, word) in MARKS.items():
            self._marks[key].set(mark, f"{word} {counts[key]:,} 格")
        where = made.layout.titles.get(made.layout.columns[made.layout.first], "")
        self._said.setText(
            f"剪贴板里有 {len(made.rows):,} 行 × {len(made.columns):,} 列"
            f"{'（标题另算）' if made.heading else ''}，从“{where}”这一列贴起。"
        )
        notice = self._notice_words()
        self._notice.sentence.setText(notice)
        self._notice.setVisible(bool(notice))
        self._next.setVisible(counts["wrong"] > 0)
        self._tell_buttons(counts["changed"], counts["wrong"] + counts["locked"])
        self._say("")

    def _notice_words(self) -> str:
        made, words = self.made, []
        label_ = field_map(made.cls)[made.cls.TITLE].label
        if made.renamed > 1:
            words.append(
                f"会改掉 {made.renamed:,} 行的“{label_}”。行是按位置对的，不是按名称找的。"
            )
        if made.extra:
            words.append(f"名单到底了，还多出 {made.extra:,} 行贴不下。")
        if words and self._takes_lists and made.is_list:
            words.append("要按名称、代码去找，或登成新的，可以当作名单装入。")
        return "".join(words)

    def _tell_buttons(self, changed: int, left: int) -> None:
        made = self.made
        if changed:
            self.go.allow(f"贴能贴的 {changed:,} 格" if left else f"贴上 {changed:,} 格")
        else:
            self.go.block("没有要改的格子")
        offered = self._takes_lists and made.is_list and (made.extra > 0 or made.headed or made.renamed > 1)  # fmt: skip
        self._list.setVisible(offered)
        if made.extra and made.extra < len(made.rows):
            first = "贴上，" if changed else ""
            self._list.set_text(f"{first}多出的 {made.extra:,} 行当作新名单装入")
        else:
            self._list.set_text("当作名单装入")

    def _say(self, sentence: str) -> None:
        self._sentence.setText(sentence or "用方向键看每一格；有话要说的格子，说明写在这里。")

    # The ways out

    def _go(self) -> None:
        if self.made.changes:
            self.accept()
            self.wanted.emit(self.made)

    def _as_list(self) -> None:
        """Hand the rows that do not fit to the assistant; what fits is pasted first."""
        made = self.made
        some = 0 < made.extra < len(made.rows)
        self.accept()
        if some and made.changes:
            self.wanted.emit(made)
        self.list_wanted.emit(made.as_list(only_extra=some))
