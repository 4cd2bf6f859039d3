"""What was changed of a record, newest first, as lines of a details pane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ledger_desk.model.fields import Record, field_map
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.reviewing import HistoryItem
from ledger_desk.ui import theme
from ledger_desk.ui.labels import dress, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.records.showing import show
from ledger_desk.ui.records.times import when

_MOST = 40


@dataclass(frozen=True)
class Dated:
    """One line: day, mark, what happened, and more words below."""

    day: str
    text: str
    more: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Words:
    """Words that take the whole width, in a kind of `label`."""

    text: str
    kind: str = "dim"


def change_lines(
    ledger: Ledger, cls: type[Record], history: Sequence[HistoryItem], most: int = _MOST
) -> list[Dated | Words]:
    """Say which steps changed a record, each with old and new values."""
    lines: list[Dated | Words] = []
    last = None
    for item in history[:most]:
        if item.step != last:
            lines.append(Dated(when(item.at), item.step_name, item.person or "没有登记姓名"))
            last = item.step
        if item.field == "removed" or item.before is None:
            continue
        spec = field_map(cls)[item.field]
        before = show(ledger, spec, item.before, masked=True) or "（空）"
        after = show(ledger, spec, item.after, masked=True) or "（空）"
        lines.append(Words(f"{spec.label}：{before} → {after}", "faint"))
    more = len(history) - most
    if more > 0:
        lines.append(Words(f"更早的 {more} 处在“修改记录”里。"))
    return lines


class LineList(QWidget):
    """Lines one under another. Its widgets are used again: making them costs more than all else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without lines."""
        super().__init__(parent)
        self._column = Column(self, gap=8)
        self._dated: list[_DatedLine | None] = []
        self._words: list[QLabel | None] = []

    def show_lines(self, lines: Sequence[Dated | Words]) -> None:
        """Show these lines and no others."""
        for place in range(max(len(lines), len(self._dated))):
            if place == len(self._dated):
                self._dated.append(None)
                self._words.append(None)
            line = lines[place] if place < len(lines) else None
            dated = self._dated[place]
            if isinstance(line, Dated):
                if dated is None:
                    dated = self._dated[place] = _DatedLine()
                    self._put(place, dated)
                dated.put(line)
            if dated is not None:
                dated.setVisible(isinstance(line, Dated))
            words = self._words[place]
            if isinstance(line, Words):
                if words is None:
                    words = self._words[place] = label("", line.kind, wrap=True)
                    self._put(place, words)
                dress(words, k=line.kind)
                words.setText(line.text)
            if words is not None:
                words.setVisible(isinstance(line, Words))

    def _put(self, place: int, made: QWidget) -> None:
        """Lay out a new widget behind those of the lines before, at the end of its own."""
        before = [*self._dated[: place + 1], *self._words[: place + 1]]
        self._column.insertWidget(sum(each is not None for each in before) - 1, made)


class _DatedLine(QWidget):
    """One `Dated` line."""

    def __init__(self) -> None:
        super().__init__()
        row, top = Row(self, gap=8), Qt.AlignmentFlag.AlignTop
        self._day = label("", "dim")
        row.addWidget(self._day, 0, top)
        self._holder, self._mark = QWidget(), Mark("none")
        Column(self._holder, margins=(0, 3, 0, 0), gap=0).add(self._mark)
        row.addWidget(self._holder, 0, top)
        self._text, self._more = label("", "bold", wrap=True), label("", "dim", wrap=True)
        row.add(Column(gap=0).add(self._text, self._more), stretch=1)
        theme.follow(self._scale)

    def put(self, line: Dated) -> None:
        """Say something else."""
        self._day.setText(line.day)
        self._holder.setVisible(bool(line.mark))
        if line.mark:
            self._mark.set_mark(line.mark)
        self._text.setText(line.text)
        self._more.setText(line.more)
        self._more.setVisible(bool(line.more))

    def _scale(self) -> None:
        self._day.setMinimumWidth(theme.look().px(42))
