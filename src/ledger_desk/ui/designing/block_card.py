"""One table of the form: whose rows they are, and in which rows of the sheet its parts stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.reports.designing.choices import RowsOffer, days_for, find, rows_for
from ledger_desk.reports.designing.draft import (
    LISTED,
    RECORDS,
    Draft,
    DraftBlock,
    with_block,
    without_block,
)
from ledger_desk.reports.designing.suggesting import reread, with_rows
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, MarkLabel
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.designing.blank_panel import (
    HEAD_FIRST,
    HEAD_LAST,
    ROW_FIRST,
    ROW_LAST,
    TOTAL_ROW,
)
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.picker import Picker, PickItem, pick_from

_HEAD_FIRST, _HEAD_LAST, _FIRST, _ROOM, _TOTAL = "head", "until", "first", "room", "total"
HEAD_KEYS = {
    HEAD_FIRST: _HEAD_FIRST, HEAD_LAST: _HEAD_LAST, ROW_FIRST: _FIRST, ROW_LAST: _ROOM,
    TOTAL_ROW: _TOTAL,
}  # fmt: skip
"""What the blank calls a row → the number of the card that it is."""
_NUMBERS = (
    (_HEAD_FIRST, "表头从第几行"), (_HEAD_LAST, "表头到第几行"), (_FIRST, "从第几行填起"),
    (_ROOM, "备了几个空行"), (_TOTAL, "合计在第几行"),
)  # fmt: skip
_ALL_DAYS = PickItem("", "不按日期，全部列出")
_MOST_LISTED = 6


class BlockCard(Card):
    """Shows one block; ``wanted`` as that of the side it stands in."""

    wanted = Signal(str, object, bool)

    def __init__(self, place: int) -> None:
        """Show nothing yet; ``place`` is that of the block in the draft, from 0."""
        super().__init__("表里的行")
        self.place = place
        self._block: DraftBlock | None = None
        self.mark = MarkLabel("done", "", "body", wrap=True)
        self.rows = Picker(_offer_rows, None, "选一种")
        self.rows.picked.connect(self._rows_picked)
        self.day = Picker(self._offer_days, None, "选日期")
        self.day.picked.connect(self._day_picked)
        self.numbers = {key: TextField("", "", numeric=True) for key, _ in _NUMBERS}
        self.fields: dict[str, Field] = {}
        numbers = QWidget()
        self._grid = QGridLayout(numbers)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for order, (key, title) in enumerate(_NUMBERS):
            field = self.fields[key] = Field(title, self.numbers[key])
            self._grid.addWidget(field, order // 2, order % 2)
            self.numbers[key].committed.connect(partial(self._numbered, key))
        self.shrink = CheckBox("用不完的空行收起来")
        self.shrink.toggled.connect(self._shrunk)
        self.leave = Button("这一块不填", self._left, kind="words")
        self._rows_field = Field("一行是什么", self.rows)
        self._day_field = Field("本期按哪个日期取", self.day)
        self.body.add(
            self.mark, self._rows_field, self._day_field, numbers, self.shrink, self.leave
        )
        theme.follow(self._scale)

    def _scale(self) -> None:
        self._grid.setHorizontalSpacing(theme.look().px(10))
        self._grid.setVerticalSpacing(theme.look().px(8))

    def show_draft(self, draft: Draft) -> None:
        """Show the block as it is now."""
        block = self._block = draft.blocks[self.place]
        many = len(draft.blocks) > 1
        name = f"“{block.sheet}”里的表" if len({b.sheet for b in draft.blocks}) > 1 else "表里的行"
        same = [n for n, each in enumerate(draft.blocks) if each.sheet == block.sheet]
        order = f"　第 {same.index(self.place) + 1} 块" if len(same) > 1 else ""
        self.title_label.setText(f"{name}{order}")
        self.mark.set("done" if block.sure else "hint", _told(block))
        here = next((o for o in rows_for() if (o.rows, o.of) == (block.rows, block.of)), None)
        self.rows.set_item(_item(here) if here is not None else PickItem(block.rows, block.rows))
        days = dict(days_for(block))
        self._day_field.setVisible(block.rows == RECORDS and bool(days))
        path = block.day or ""
        self.day.set_item(PickItem(path, days.get(path, path)) if path else _ALL_DAYS)
        head = block.header_rows
        shown = {
            _HEAD_FIRST: head[0] or "", _HEAD_LAST: head[1] or "", _FIRST: block.first_row,
            _ROOM: block.room, _TOTAL: block.total_row or "",
        }  # fmt: skip
        for key, value in shown.items():
            self.numbers[key].set_text(str(value))
            self.fields[key].say("", "")
        self.numbers[_TOTAL].setPlaceholderText("没有就空着")
        self.fields[_ROOM].setVisible(block.rows != LISTED)
        self.shrink.setVisible(block.rows != LISTED)
        self.shrink.blockSignals(True)
        self.shrink.setChecked(block.shrink)
        self.shrink.blockSignals(False)
        self.leave.setVisible(many)

    # Changes

    def _offer_days(self, text: str) -> list[PickItem]:
        known = days_for(self._block) if self._block is not None else ()
        return pick_from([_ALL_DAYS, *(PickItem(path, said) for path, said in known)])(text)

    def _rows_picked(self, item: PickItem | None) -> None:
        if item is None:
            return
        rows, _, of = item.id.partition(":")
        place = self.place
        self.wanted.emit(
            "改每行是什么", lambda draft: with_rows(draft, place, rows, of or None), True
        )

    def _day_picked(self, item: PickItem | None) -> None:
        if item is not None:
            self._change("改取数的日期", day=item.id or None)

    def _shrunk(self, checked: bool) -> None:
        self._change("改空行的处理", shrink=checked)

    def _change(self, name: str, **changes: object) -> None:
        place = self.place
        self.wanted.emit(name, lambda draft: with_block(draft, place, **changes), False)

    def _left(self) -> None:
        place = self.place
        self.wanted.emit("去掉一块表", lambda draft: without_block(draft, place), False)

    def _numbered(self, key: str, text: str) -> None:
        block = self._block
        if block is None:
            return
        if key == _TOTAL and not text:
            self._reread("改合计行", total_row=None)
            return
        if not text.isdecimal() or not 1 <= int(text) <= 99_999:
            self.fields[key].say("must", "写表样左边的行号。" if key != _ROOM else "写一个数。")
            return
        self.tell(key, int(text))

    def tell(self, key: str, value: int) -> None:
        """Say in which row a part of the table stands; what it moves follows."""
        block = self._block
        if block is None:
            return
        first, last = block.header_rows
        if key == _HEAD_FIRST:
            self._reread("改表头", header_rows=(value, max(value, last)))
        elif key == _HEAD_LAST:
            self._reread("改表头", header_rows=(min(first or value, value), value))
        elif key == _FIRST:
            self._reread("改第一行", first_row=value)
        elif key == _ROOM:
            self._reread("改空行数", room=max(value, 1))
        else:
            self._reread("改合计行", total_row=value)

    def _reread(self, name: str, **said: object) -> None:
        place = self.place
        self.wanted.emit(name, partial(_reread_with, place=place, said=said), True)


def _reread_with(draft: Draft, *, place: int, said: dict[str, object]) -> Draft:
    read: Callable[..., Draft] = reread
    return read(draft, place, **said)


def _item(offer: RowsOffer) -> PickItem:
    return PickItem(f"{offer.rows}:{offer.of or ''}", offer.label, offer.group)


def _offer_rows(text: str) -> list[PickItem]:
    return [_item(offer) for offer in find(rows_for(), text)]


def _told(block: DraftBlock) -> str:
    if block.rows == LISTED and block.row:
        names = "、".join(row.label or "（无名）" for row in block.row[:_MOST_LISTED])
        more = "等" if len(block.row) > _MOST_LISTED else ""
        return f"印好的 {len(block.row)} 行：{names}{more}"
    why = block.why or "没有认出来，请选一种"
    return why if block.sure or "请" in why else f"{why}，请看一眼"
