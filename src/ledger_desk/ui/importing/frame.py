"""The frame of the assistant: its four stages, what each shows, and what its buttons say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.assistants.frame import StageFrame
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.importing.map_page import MapPage
from ledger_desk.ui.importing.result_rows import sum_words
from ledger_desk.ui.importing.result_view import ResultView
from ledger_desk.ui.importing.start_view import StartView
from ledger_desk.ui.importing.work import Place, Seen
from ledger_desk.ui.modes import Mode

_STEPS = ("选文件", "对列", "看变化", "写入")
CHOOSE, MATCH, LOOK, DONE = range(4)


class AssistantFrame(StageFrame):
    """Shows the stages; what happens between them is the assistant's own affair.

    Besides the signals of every frame, buttons: ``paste_wanted``, ``undo_wanted``,
    ``restart_wanted``, ``last_wanted``, ``return_wanted``.
    """

    paste_wanted = Signal()
    undo_wanted = Signal()
    restart_wanted = Signal()
    last_wanted = Signal()
    return_wanted = Signal()

    def __init__(self) -> None:
        """Build the stages; nothing is chosen yet."""
        super().__init__("装入表格", _STEPS)
        self._name = ""
        self._seen: Seen | None = None
        self._decisions: dict[Place, str] = {}
        self._temporary = False
        self._around = self.head.add_button(Button("来表与表头", self._show_around))
        self._near = self.head.add_button(Button("看这一行", self._open_row, key="Enter"))
        self._close = self.head.add_button(Button("不装了", self.leave, key="Esc"))
        self._start, self._map, self._results = StartView(), MapPage(), ResultView()
        self._lay(self._start, {MATCH: self._map, LOOK: self._results, DONE: self._results}, DONE)
        self._back = self.bottom.add_button(Button("上一步", self._go_back))
        self._return = self.bottom.add_button(
            Button("退回有错的行…", self.return_wanted.emit, icon="file-export")
        )
        self._undo = self.bottom.add_button(
            Button("撤销这次装入", self.undo_wanted.emit, icon="arrow-back-up")
        )
        self._again = self.bottom.add_button(
            Button("再装一个文件", self.restart_wanted.emit, icon="file-import")
        )
        self._start.file_chosen.connect(self.file_taken)
        self._start.paste_wanted.connect(self.paste_wanted)
        self._start.last_wanted.connect(self.last_wanted)
        self._map.changed.connect(self._tell)
        self._begin()

    def result_view(self) -> ResultView:
        """The view of the preview and of the result."""
        return self._results

    def map_page(self) -> MapPage:
        """The view of the columns."""
        return self._map

    def refusal(self) -> str:
        """Why the last file was refused."""
        return self._start.refusal()

    def first_focus(self) -> QWidget | None:
        """The filled button; what has to be settled first goes before it."""
        if self._is_busy():
            return self._busy.stop_button
        if self._stage == CHOOSE:
            return self._start.choose
        if self._stage == MATCH:
            return self._map.first_focus() or self._go
        seen = self._seen
        clean = seen is not None and not seen.count("doubtful") and not seen.count("wrong")
        if self._stage == DONE or (clean and self._go.isEnabled()):
            return self._go
        return self._results.panel.grid

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Give the views their layout."""
        super().set_mode(mode, very_short=very_short)
        self._map.set_mode(mode, very_short=very_short)
        self._results.set_mode(mode)
        self._tell()

    def _fill_results(self, *, done: bool, keep_tab: bool = False) -> None:
        assert self._seen is not None
        decisions = dict(self._decisions)
        self._results.show_seen(self._seen, decisions, done=done, keep_tab=keep_tab)

    def _shown(self, target: QWidget) -> None:
        if self._stage == MATCH and target is not self._go:
            self._map.columns.reveal(target)

    def _open_row(self) -> None:
        self._results.open_row()

    def _show_around(self) -> None:
        self._map.show_around()

    def _go_back(self) -> None:
        self._show(CHOOSE if self._stage == MATCH else MATCH)

    def _is_undecided(self) -> bool:
        """Whether decisions were made that the result does not rest on yet."""
        return self._seen is not None and dict(self._seen.decisions) != self._decisions

    def _tell(self) -> None:
        busy, stage = self._is_busy(), self._stage
        self.head.set_title(("装入表格", "装入表格", "将要发生什么", "装入完了")[stage])
        rows = ""
        if stage != CHOOSE and self._map.judged():
            total = sum(len(each.layout.data_rows) for each in self._map.tables())
            rows = f"{self._name}　{total:,} 行数据"
        self.head.set_counts(rows, self._name if stage != CHOOSE else "")
        self._close.set_text("不装了" if stage != DONE else "关闭")
        tight = self.mode in ("narrow", "single") or self._very_short
        self._around.retire(away=busy or stage != MATCH or not tight)
        self._near.retire(away=busy or stage not in (LOOK, DONE) or self.mode == "full")
        self.head.set_mode(self.mode, very_short=self._very_short)
        self._back.retire(away=busy or stage not in (MATCH, LOOK))
        seen = self._seen if stage in (LOOK, DONE) else None
        lost = seen is None or not (seen.count("wrong") or seen.count("doubtful"))
        self._return.retire(away=busy or lost or self._temporary)
        self._undo.retire(away=busy or stage != DONE or seen is None or seen.step is None)
        self._again.retire(away=busy or stage != DONE)
        self._go.retire(away=busy or stage == CHOOSE)
        self._words.set_texts(self._says(busy))
        if stage == MATCH:
            self._tell_match()
        elif stage == LOOK and self._seen is not None:
            self._tell_look(self._seen)
        elif stage == DONE:
            self._go.allow("看完了")
        self.bottom.set_mode(self.mode)

    def _says(self, busy: bool) -> list[str]:
        if busy:
            return [""]
        if self._stage in (LOOK, DONE) and self._seen is not None:
            return [sum_words(self._seen.counts), ""]
        if self._stage == CHOOSE or not self._map.judged():
            return ["选好文件以后，先给你看，再写入。", ""]
        used, left, open_ones = self._map.settled()
        words = f"对上 {used} 列"
        words += f"，{left} 列没有对应" if left else ""
        words += f"，{open_ones} 列请看一眼" if open_ones else ""
        return [f"{words}。到此为止什么都没改。", f"{words}。", ""]

    def _tell_match(self) -> None:
        lacking = self._map.lacking() if self._map.judged() else "表"
        if self._quiet and self._job is not None:
            self._go.block("正在重新看这张表")
        elif not lacking:
            self._go.allow("下一步：看变化")
        elif len(self._map.judged()) > 1:
            self._go.block(f"“{lacking}”还没有能认出是哪一户的列")
        else:
            self._go.block("还没有能认出是哪一户的列")

    def _tell_look(self, seen: Seen) -> None:
        new, changed = seen.count("new"), seen.count("changed")
        if self._is_undecided():
            places = {*self._decisions, *seen.decisions}
            some = [p for p in places if self._decisions.get(p) != seen.decisions.get(p)]
            self._go.allow(f"按定下的 {len(some):,} 行重新算")
        elif new + changed:
            self._go.allow(f"写入 {new + changed:,} 行：新增 {new:,}、变更 {changed:,}")
        else:
            self._go.block("没有要写入的行")
