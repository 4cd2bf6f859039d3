"""What one column is narrowed to: its values, words or a range, blank or not. Part of `ColumnSheet`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.store.queries import Where
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.lists.search_line import SearchLine
from ledger_desk.ui.lists.subjects import Subject, Value
from ledger_desk.ui.lists.value_list import ValueList

VALUES, WORDS, RANGE, BLANK, FULL = "values", "words", "range", "blank", "full"
NONE = "none"
"""Of what may have several values: it has none of those that are ticked."""
_HOWS = (("contains", "含"), ("starts", "开头是"), ("lacks", "不含"), ("notin", "不是"))
_SEARCHED = 4
"""More values than these get a search line."""
_FEW = 3
"""So few values that are not wanted are named as exceptions."""


class FilterBox(QWidget):
    """Shows the conditions on a column and makes new ones of what is chosen.

    Signals:
        changed: Something was chosen or typed.
        taken: Enter was pressed in it.
    """

    changed = Signal()
    taken = Signal()

    def __init__(self, subject: Subject, wheres: Wheres, *, rows: int = 5) -> None:
        """Begin with the conditions that are on; ``rows`` values are in sight."""
        super().__init__()
        self._subject, self._wheres = subject, wheres
        self.loaded, self._more = False, False
        options = [Option(VALUES, "选值"), Option(BLANK, "空白"), Option(FULL, "非空白")]
        if subject.several:
            options = [
                Option(VALUES, "有"),
                Option(NONE, "没有"),
                Option(BLANK, "一个也没有"),
                Option(FULL, "非空白"),
            ]
        elif subject.way != "values":
            word = "含文字" if subject.way == "text" else "范围"
            options.insert(1, Option(WORDS if subject.way == "text" else RANGE, word))
        self.ways = Segmented(options, VALUES, f"怎样筛“{subject.title}”")
        self.values = ValueList(rows)
        self.search = SearchLine("在这些值里找：几个字，或者拼音首字母", "在值里找", self.values)
        self._many = label("正在数这一列有哪些值…", "dim", wrap=True)
        self.hows = Segmented([Option(op, word) for op, word in _HOWS], "contains", "怎样比")
        self.words = TextField("", "几个字")
        self.words.setAccessibleName("要找的文字")
        self.low, self.high = TextField("", subject.hint), TextField("", subject.hint)
        self.low.setAccessibleName("从")
        self.high.setAccessibleName("到")
        self._wrong = label("", "must", wrap=True)
        self._sentence = label("", "body", wrap=True)
        self._build()
        self._show(*_start_of(wheres, several=subject.several))
        self.ways.changed.connect(self._turn)
        self.hows.changed.connect(self._tell)
        self.values.ticks_changed.connect(self._tell)
        self.values.taken.connect(self.taken)
        self.search.textChanged.connect(self.values.show_only)
        for line in (self.search, self.words, self.low, self.high):
            line.returnPressed.connect(self.taken)
            line.textChanged.connect(self._tell)

    def _build(self) -> None:
        self._parts = {VALUES: QWidget(), WORDS: QWidget(), RANGE: QWidget(), BLANK: QWidget()}
        quick = Row(gap=0).add(
            Button("全选", lambda: self.values.tick_shown(True), kind="words"),
            Button("都不选", lambda: self.values.tick_shown(False), kind="words"),
            Button("反选", self.values.turn_over, kind="words"),
        )
        Column(self._parts[VALUES], gap=6).add(self.search, self.values, self._many, quick.push())
        Column(self._parts[WORDS], gap=8).add(self.hows, self.words)
        line = Row(gap=8).add(label("从")).add(self.low, stretch=1)
        line.add(label("到")).add(self.high, stretch=1)
        Column(self._parts[RANGE], gap=6).add(line).add(
            label("两头都算在内；只填一头也行。", "dim", wrap=True), self._wrong
        )
        Column(self._parts[BLANK], gap=0).add(self._sentence)
        Column(self, gap=8).add(self.ways, *self._parts.values())
        self._wrong.hide()

    # What is shown

    def set_values(self, values: Sequence[Value], more: bool) -> None:
        """Show the values of the column; ``more`` when these are not all."""
        self.loaded, self._more = True, more
        ticked = _ticked(self._wheres, values, several=self._subject.several)
        self.values.set_values(values, ticked)
        self.search.setVisible(len(values) > _SEARCHED)
        if more:
            other = "含文字" if self._subject.way == "text" else "范围"
            self._many.setText(f"只列出最多的 {len(values)} 个值，别的请用“{other}”。")
        elif not values:
            self._many.setText("这一列一个值也没有。")
        self._many.setVisible(more or not values)
        self._tell()

    def focus(self) -> QWidget:
        """Where the keyboard goes."""
        way = self.ways.value()
        if way == VALUES:
            return self.values if self.search.isHidden() else self.search
        return {WORDS: self.words, RANGE: self.low}.get(str(way), self.ways)

    def _show(self, way: str, op: str, texts: Sequence[Any]) -> None:
        if way == WORDS and self._subject.way != "text":
            way = VALUES
        if way == RANGE and self._subject.way != "range":
            way = VALUES
        self.ways.set_value(way)
        if way == WORDS:
            self.hows.set_value(op)
            self.words.set_text(str(texts[0]))
        elif way == RANGE:
            for line, value in zip((self.low, self.high), texts, strict=True):
                line.set_text("" if value is None else self._subject.show(value))
        self._turn(None)

    def _turn(self, chosen: object) -> None:
        way = self.ways.value()
        for key, part in self._parts.items():
            part.setVisible(key == {FULL: BLANK, NONE: VALUES}.get(str(way), way))
        said = "空着的" if way == BLANK else "填了的"
        self._sentence.setText(f"只看“{self._subject.title}”{said}。")
        if chosen is not None and way in (WORDS, RANGE, VALUES, NONE):
            self.focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    # What it comes to

    def said(self) -> str:
        """What taking it would do, for the button; empty when something is wrong."""
        way, wheres = self.ways.value(), self.wheres()
        if wheres is None:
            return ""
        if not wheres:
            return "都看，不筛"
        many = len(self.values.ticked())
        if self._subject.several and way in (VALUES, NONE):
            return f"只看有这 {many:,} 种的" if way == VALUES else f"只看没有这 {many:,} 种的"
        if way == VALUES:
            return f"只看勾上的 {many:,} 个值"
        return {BLANK: "只看空白的", FULL: "只看非空白的", RANGE: "只看这个范围"}.get(
            str(way), f"只看{dict(_HOWS)[str(self.hows.value())]}“{self.words.text().strip()}”的"
        )

    def wheres(self) -> Wheres | None:
        """The conditions; none where nothing is to be narrowed, None where something is wrong."""
        field, way = self._subject.field, self.ways.value()
        if way == BLANK:
            return (Where(field, "blank"),)
        if way == FULL:
            return (Where(field, "notblank"),)
        if way == WORDS:
            text, op = self.words.text().strip(), str(self.hows.value())
            if not text:
                return ()
            return (Where(field, op, (text,) if op == "notin" else text),)
        return self._range() if way == RANGE else self._of_values()

    def _of_values(self) -> Wheres:
        if not self.loaded:
            return self._wheres
        ticked, rest = self.values.ticked(), self.values.unticked()
        if self._subject.several:
            op = "notin" if self.ways.value() == NONE else "in"
            some = tuple(each.value for each in ticked)
            return (Where(self._subject.field, op, some),) if some else ()
        if not ticked or (not rest and not self._more):
            return ()
        field = self._subject.field
        if len(rest) <= _FEW and len(rest) < len(ticked):
            return (Where(field, "notin", tuple(each.value for each in rest)),) if rest else ()
        return (Where(field, "in", tuple(each.value for each in ticked)),)

    def _range(self) -> Wheres | None:
        found: list[Any] = []
        for line in (self.low, self.high):
            text = line.text().strip()
            try:
                found.append(self._subject.parse(text) if text else None)
            except ValueError:
                return None
        low, high = found
        if low is None and high is None:
            return ()
        if low is not None and high is not None and low > high:
            low, high = high, low
        return (Where(self._subject.field, "between", (low, high)),)

    def _tell(self, *_: object) -> None:
        why = ""
        if self.ways.value() == RANGE:
            for line in (self.low, self.high):
                why = why or self._why(line.text().strip())
                line.set_state("must" if self._why(line.text().strip()) else "")
        self._wrong.setText(why)
        self._wrong.setVisible(bool(why))
        self.changed.emit()

    def _why(self, text: str) -> str:
        try:
            self._subject.parse(text) if text else None
        except ValueError as error:
            return str(error)
        return ""


def _start_of(wheres: Wheres, *, several: bool) -> tuple[str, str, Sequence[Any]]:
    """How conditions that are on are shown: which way, which comparison, which texts."""
    if len(wheres) != 1:
        return VALUES, "", ()
    op, value = wheres[0].op, wheres[0].value
    if several and op == "notin":
        return NONE, op, ()
    if op in ("blank", "null"):
        return BLANK, op, ()
    if op in ("notblank", "notnull"):
        return FULL, op, ()
    if op in ("contains", "like", "starts", "lacks"):
        return WORDS, "contains" if op == "like" else op, (value,)
    if op == "between":
        return RANGE, op, value
    if op in (">=", "<="):
        return RANGE, op, (value, None) if op == ">=" else (None, value)
    return VALUES, op, ()


def _ticked(wheres: Wheres, values: Sequence[Value], *, several: bool) -> set[Any]:
    """Values that conditions let through, where they name values."""
    for where in wheres:
        if where.op == "in":
            return {None if each == "" else each for each in where.value}
        if where.op == "=":
            return {where.value}
        if where.op == "notin":
            named = set(where.value)
            return named if several else {each.value for each in values} - named
    return set()
