"""看变化: tabs by fate with exact counts, a filter, the lines, and decisions about doubtful rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.comparing_rows import NEW, SKIP
from ledger_desk.exchange.results import ImportResult, RowFate
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, MarkLabel
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.importing.result_rows import MARKS, WORDS, row_of, source_of, tabs_of
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tabs

_NOTHING = {
    "new": "没有要新增的行。",
    "changed": "没有要改的内容。",
    "same": "没有和账里完全相同的行。",
    "doubtful": "没有存疑的行，都认得出是哪一户。",
    "wrong": "没有填错的行。",
    "left_out": "没有略过的行，每一行都是数据。",
}
_MOST_CANDIDATES = 3


class ResultView(QWidget):
    """Shows an `ImportResult`; `decided` carries (row number, decision or None)."""

    decided = Signal(int, object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._result: ImportResult | None = None
        self._decisions: Mapping[int, str] = {}
        self._candidates: Mapping[str, str] = {}
        self._done = False
        self.tabs = Tabs([], "行的去向")
        self.filter = TextField("", "筛选几个字")
        self.filter.setAccessibleName("筛选行")
        self.panel = GridPanel(source_of(_EMPTY, "new"), noun="行", name="将要发生什么")
        self._note = MarkLabel("hint", "", "dim", wrap=True)
        self._decide = QWidget()
        self._decide_row = Row(self._decide, margins=(0, 8, 0, 0), gap=8)
        main = QWidget()
        column = Column(main, gap=6)
        self._tools = Row(gap=10).add(self.tabs, stretch=1).add(self.filter)
        column.add(self._tools).add(self.panel, stretch=1).add(self._note, self._decide)
        self._side = frame("bare")
        self._cards = Column(self._side, gap=10)
        Row(self, gap=12).add(main, stretch=1).add(self._side)
        self.tabs.chosen.connect(lambda _: self._fill())
        self.filter.textChanged.connect(lambda _: self._fill())
        self.panel.grid.current_changed.connect(lambda _: self._offer_decisions())
        self._note.hide()
        theme.follow(self._fit)

    def show_result(
        self,
        result: ImportResult,
        *,
        decisions: Mapping[int, str],
        candidates: Mapping[str, str],
        before: int,
        done: bool,
        keep_tab: bool = False,
    ) -> None:
        """Show a result.

        Args:
            result: Of the dry run, or of the real one.
            decisions: Made about doubtful rows so far.
            candidates: Names of records that doubtful rows may be.
            before: How many records the ledger held before.
            done: It has been written.
            keep_tab: Stay on the tab that is shown.
        """
        self._result, self._decisions, self._candidates, self._done = (
            result,
            decisions,
            candidates,
            done,
        )
        self.tabs.set_tabs(tabs_of(result))
        if not keep_tab:
            order = ("changed", "new", "doubtful", "wrong", "same", "left_out")
            self.tabs.choose(next((fate for fate in order if result.counts[fate]), "new"))
        self._fill()
        self._fill_side(before)

    def choose(self, fate: str) -> None:
        """Show the rows of one fate."""
        self.tabs.choose(fate)
        self.panel.grid.setFocus()

    def set_mode(self, mode: Mode) -> None:
        """The cards at the side give way first, then the filter."""
        self._side.setVisible(mode == "full")
        self.filter.setVisible(mode != "single")

    def set_decisions(self, decisions: Mapping[int, str]) -> None:
        """Show what has been decided."""
        self._decisions = decisions
        self._fill()

    def _fill(self) -> None:
        if self._result is None:
            return
        fate, text = self.tabs.chosen_key() or "new", self.filter.text().strip()
        here = self.panel.grid.current_id()
        self.panel.set_source(
            source_of(self._result, fate, text, self._decisions, self._candidates)
        )
        self.panel.say_nothing(f"这一类里没有含“{text}”的行。" if text else _NOTHING[fate])
        if not (here and self.panel.grid.go_to(here)) and self.panel.grid.lazy_model().rowCount():
            self.panel.grid.setCurrentIndex(self.panel.grid.lazy_model().index(0, 0))
        self._offer_decisions()

    def _fill_side(self, before: int) -> None:
        assert self._result is not None
        while self._cards.count():
            part = self._cards.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        result = self._result
        after = Card("装入以后" if not self._done else "装入完了")
        line = Row(gap=8).add(label("名单里共有", "dim")).push()
        line.add(label(f"{before:,} →", "dim"), label(f"{before + result.new:,}", "bold"))
        after.body.add(line)
        for table, count in result.also_created.items():
            after.body.add(
                label(f"另外新建{_TABLES.get(table, table)} {count} 个", "dim", wrap=True)
            )
        self._cards.add(after)
        for fate, words in (
            ("doubtful", "先不装，你定了再装。"),
            ("wrong", "不会装入；在原表里改好，再装一次，改好的才会进来。"),
        ):
            count = result.counts[fate]
            if count:
                card = Card(f"{WORDS[fate]} {count:,} 行", mark=MARKS[fate])
                card.body.add(label(words, "dim", wrap=True))
                card.body.add(Row().add(Button("现在就看", partial(self.choose, fate))).push())
                self._cards.add(card)
        if result.remarks:
            card = Card("还要知道")
            for remark in result.remarks[:4]:
                card.body.add(label(remark, "dim", wrap=True))
            self._cards.add(card)
        safe = Card("随时能撤销")
        safe.body.add(
            label("装入前自动备份；装完能整批撤销，后来改过的行会列给你看。", "dim", wrap=True)
        )
        self._cards.add(safe).push()
        self._cards.activate()

    def _fit(self) -> None:
        self._side.setFixedWidth(theme.look().px(246))

    def _current(self) -> RowFate | None:
        if self._result is None or not self.panel.grid.current_id():
            return None
        number = row_of(self.panel.grid.current_id())
        return next((row for row in self._result.rows if row.row == number), None)

    def _offer_decisions(self) -> None:
        while self._decide_row.count():
            part = self._decide_row.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        row = self._current() if self.tabs.chosen_key() == "doubtful" and not self._done else None
        self._decide.setVisible(row is not None)
        self._tell_note()
        if row is None:
            return
        self._decide_row.add(label(f"第 {row.row} 行：", "bold"))
        choices: list[tuple[str, str | None]] = [
            (f"就是“{self._candidates[each]}”", each)
            for each in row.candidates[:_MOST_CANDIDATES]
            if each in self._candidates
        ]
        choices += [("算新增一户", NEW), ("不装这一行", SKIP)]
        if row.row in self._decisions:
            choices.append(("先不定", None))
        for words, decision in choices:
            self._decide_row.add(Button(words, self._deciding(row.row, decision)))
        self._decide_row.push()

    def _tell_note(self) -> None:
        """Say the whole sentence of the present line, which a cell has to shorten."""
        row = self._current()
        fate = self.tabs.chosen_key()
        said = row.reason if row is not None and fate in ("doubtful", "wrong") else ""
        self._note.setVisible(bool(said))
        if row is not None and said:
            self._note.set(MARKS[fate], f"第 {row.row} 行：{said}")

    def _deciding(self, row: int, decision: str | None) -> Callable[[], None]:
        return lambda: self.decided.emit(row, decision)


_EMPTY = ImportResult("", "", "", ())
_TABLES = {
    "bank": "银行",
    "office": "单位",
    "enterprise": "经营主体",
    "matching": "银企对接",
    "credit": "授信",
    "loan": "贷款",
    "drawdown": "放款",
}
