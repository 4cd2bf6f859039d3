"""Records of one class that hang on the record in the pane: how many, and the last few."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.books.details import Child, Children
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.rules import frame


class ChildList(QWidget):
    """Shows one class at a time.

    Signals:
        child_wanted: (table, id) of one of them.
        begin_wanted: (table, field): a new one that refers to the record in the pane.
    """

    child_wanted = Signal(str, str)
    begin_wanted = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._shown: Children | None = None
        self._head = label("", "bold")
        self._begin = Button("加一条", self._begin_one, kind="words", icon="plus")
        self._lines: list[tuple[QWidget, ElidedLabel, Button]] = []
        self._column, self._rest = Column(gap=8), label("", "dim")
        column = Column(self, gap=8).add(frame("rule"))
        column.add(Row(gap=8).add(self._head).push().add(self._begin), self._column, self._rest)

    def put(self, shown: Children, *, begins: bool) -> None:
        """Show other records; ``begins`` offers to begin a new one."""
        self._shown = shown
        self._head.setText(f"{shown.cls.LABEL} {shown.count:,}")
        self._begin.setAccessibleName(f"加一条{shown.cls.LABEL}")
        self._begin.setVisible(begins)
        while len(self._lines) < len(shown.last):
            self._lines.append(self._make(len(self._lines)))
        for place, (line, words, go) in enumerate(self._lines):
            line.setVisible(place < len(shown.last))
            child = shown.last[place] if place < len(shown.last) else Child("", "")
            words.setText(child.text)
            go.setAccessibleName(f"打开{shown.cls.LABEL}：{child.text}")
        more = shown.count - len(shown.last)
        self._rest.setText(f"还有 {more:,} 条更早的")
        self._rest.setVisible(more > 0)

    def _make(self, place: int) -> tuple[QWidget, ElidedLabel, Button]:
        line, words = QWidget(), ElidedLabel("", "body")
        go = Button("打开", partial(self._open, place), kind="words")
        Row(line, gap=6).add(words, stretch=1).add(go)
        self._column.add(line)
        return line, words, go

    def _open(self, place: int) -> None:
        if self._shown is not None:
            self.child_wanted.emit(self._shown.cls.TABLE, self._shown.last[place].id)

    def _begin_one(self) -> None:
        if self._shown is not None:
            self.begin_wanted.emit(self._shown.cls.TABLE, self._shown.field)
