"""Beside the blank: what the form is called, when it is due, and a card for each of its tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.designing.choices import mechanisms
from ledger_desk.reports.designing.draft import Draft
from ledger_desk.ui import theme
from ledger_desk.ui.cards import Card, MarkLabel
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.designing.block_card import BlockCard
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.records.scrolling import Scrolling

Change = Callable[[Draft], Draft]
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX
_LAST_DAY = 28
_EVERY = ("月", "季", "年", "随时")


class FormSide(QWidget):
    """Cards in a column.

    Signals:
        wanted: What is done (its name for undo), the change of the draft, and whether it takes long.
        other_wanted: Which of the tables that were found is to be made, from 0.
    """

    wanted = Signal(str, object, bool)
    other_wanted = Signal(int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._wide = False
        self._cards: list[BlockCard] = []
        self._remarks: list[QWidget] = []
        self._titles: list[PickItem] = []
        self.which = Picker(lambda text: pick_from(self._titles)(text), None, "选一张")
        self.which.picked.connect(self._other)
        self.name = TextField("", "表的全名")
        self.name.committed.connect(self._named)
        self.every = Segmented([Option(each, each) for each in _EVERY], "月", "几时报")
        self.every.changed.connect(self._timed)
        self.day = TextField("", "1 到 28", numeric=True)
        self.day.committed.connect(self._dated)
        self.mechanism = Picker(pick_from([PickItem(m, m) for m in mechanisms()]), None, "选机制")
        self.mechanism.picked.connect(self._since)
        self.source = TextField("", "哪份文件、哪个单位要的")
        self.source.committed.connect(self._sourced)
        self._which = Field("做哪一张表", self.which)
        self._name = Field("表名", self.name, required=True)
        self._day = Field("期后几日内报", self.day, unit="日")
        self._form = Card("这张表")
        self._form.body.add(
            self._which, self._name, Field("几时报", self.every), self._day,
            Field("“启动以来累计”从哪里算起", self.mechanism), Field("哪里要的", self.source),
        )  # fmt: skip
        host = QWidget()
        self._column = Column(host, margins=(0, 0, 4, 0), gap=10).add(self._form)
        self._column.push()
        Column(self, gap=0).add(Scrolling(host, clear=4))
        theme.follow(self._fit)

    def offer(self, titles: Sequence[str], chosen: int = 0) -> None:
        """Say which tables were found in the workbook."""
        self._titles = [PickItem(str(n), title) for n, title in enumerate(titles)]
        self.which.set_item(self._titles[chosen] if titles else None)
        self._which.setVisible(len(titles) > 1)

    def show_draft(self, draft: Draft) -> None:
        """Show what is known."""
        self.name.set_text(draft.title)
        self._name.say("" if draft.title else "must", "" if draft.title else "写上表名。")
        self.every.set_value(draft.every)
        self.day.set_text(str(draft.due_day or ""))
        self._day.setVisible(draft.every != "随时")
        self._day.say("", "")
        self.mechanism.set_item(PickItem(draft.mechanism, draft.mechanism))
        self.source.set_text(draft.source_title)
        self._tell_remarks(draft)
        while len(self._cards) > len(draft.blocks):
            card = self._cards.pop()
            card.hide()
            card.deleteLater()
        while len(self._cards) < len(draft.blocks):
            card = BlockCard(len(self._cards))
            card.wanted.connect(self.wanted)
            self._column.insertWidget(len(self._cards), card)
            self._cards.append(card)
        for card in self._cards:
            card.show_draft(draft)

    def card(self, place: int) -> BlockCard:
        """The card of a block, from 0."""
        return self._cards[place]

    def _tell_remarks(self, draft: Draft) -> None:
        for part in self._remarks:
            part.hide()
            part.deleteLater()
        self._remarks = [MarkLabel("hint", said, "body", wrap=True) for said in draft.remarks]
        for part in self._remarks:
            self._form.body.add(part)

    def set_wide(self, *, wide: bool) -> None:
        """Take the whole width where it stands alone."""
        self._wide = wide
        self._fit()

    def _fit(self) -> None:
        width = theme.look().px(336)
        self.setMinimumWidth(width)
        self.setMaximumWidth(_ANY_WIDTH if self._wide else width)

    # Changes

    def _other(self, item: PickItem | None) -> None:
        if item is not None:
            self.other_wanted.emit(int(item.id))

    def _named(self, text: str) -> None:
        self.wanted.emit("改表名", lambda draft: replace(draft, title=text), False)

    def _timed(self, value: object) -> None:
        def change(draft: Draft) -> Draft:
            day = None if value == "随时" else draft.due_day or 10
            return replace(draft, every=value, due_day=day)  # type: ignore[arg-type]

        self.wanted.emit("改报送时间", change, False)

    def _dated(self, text: str) -> None:
        if not text.isdecimal() or not 1 <= int(text) <= _LAST_DAY:
            self._day.say("must", "写 1 到 28 里的一个数：月底不一定有 29、30、31 日。")
            return
        self.wanted.emit("改报送时间", lambda draft: replace(draft, due_day=int(text)), False)

    def _since(self, item: PickItem | None) -> None:
        if item is not None:
            self.wanted.emit("改机制", lambda draft: replace(draft, mechanism=item.id), False)

    def _sourced(self, text: str) -> None:
        said = text or "上级来表"
        self.wanted.emit("改来源", lambda draft: replace(draft, source_title=said), False)
