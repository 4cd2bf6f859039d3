"""Beside the preview: the present row, and what the whole reading in comes to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card
from ledger_desk.ui.importing.result_rows import MARKS, WORDS
from ledger_desk.ui.importing.row_card import RowCard
from ledger_desk.ui.importing.work import Seen
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.rules import frame

_TABLES = {
    "bank": "银行",
    "office": "单位",
    "enterprise": "经营主体",
    "matching": "银企对接",
    "credit": "授信",
    "loan": "贷款",
    "drawdown": "放款",
}
_MOST_REMARKS = 6


class Side(QScrollArea):
    """Cards in a column that scrolls by itself."""

    def __init__(self, choose: Callable[[str], object]) -> None:
        """Call ``choose`` with a fate whose rows are to be shown."""
        super().__init__()
        self._choose = choose
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        host = frame("bare")
        self.card = RowCard(narrow=True)
        self._cards = QWidget()
        self._column = Column(self._cards, gap=10)
        Column(host, margins=(0, 0, 6, 0), gap=10).add(self.card, self._cards).push()
        self.setWidget(host)
        theme.follow(self._fit)

    def tell(self, seen: Seen, *, done: bool) -> None:
        """Say what the reading in comes to."""
        while self._column.count():
            part = self._column.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        self._column.add(_after(seen, done))
        remarks = list(dict.fromkeys(each for result in seen.results for each in result.remarks))
        if remarks:
            card = Card("还要知道")
            for remark in remarks[:_MOST_REMARKS]:
                card.body.add(label(remark, "dim", wrap=True))
            self._column.add(card)
        for fate, words in (
            ("doubtful", "先不装，你定了再装。"),
            ("wrong", "不会装入；在原表里改好，再装一次，改好的才会进来。"),
        ):
            count = seen.count(fate)
            if count:
                card = Card(f"{WORDS[fate]} {count:,} 行", mark=MARKS[fate])
                card.body.add(label(words, "dim", wrap=True))
                card.body.add(Row().add(Button("现在就看", partial(self._choose, fate))).push())
                self._column.add(card)
        safe = Card("随时能撤销")
        words = "装入前自动备份；装完能整批撤销，后来改过的行会列给你看。"
        safe.body.add(label(words, "dim", wrap=True))
        self._column.add(safe)

    def _fit(self) -> None:
        self.setFixedWidth(theme.look().px(284))


def _after(seen: Seen, done: bool) -> Card:
    card = Card("装入以后" if not done else "装入完了")
    new: dict[str, int] = dict.fromkeys(seen.before, 0)
    for label_, result in zip((t.cls.LABEL for t in seen.tables), seen.results, strict=True):
        known = label_ if label_ in new else next(iter(new))
        new[known] += result.new
    for name, before in seen.before.items():
        line = Row(gap=8).add(label(name, "dim")).push()
        line.add(label(f"{before:,} →", "dim"), label(f"{before + new[name]:,}", "bold"))
        card.body.add(line)
    for result in seen.results:
        for table, count in result.also_created.items():
            words = f"另外新建{_TABLES.get(table, '记录')} {count:,} 个"
            card.body.add(label(words, "dim", wrap=True))
    return card
