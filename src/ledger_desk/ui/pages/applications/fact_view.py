"""The left side of the review desk: what is known of an application, to be read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from ledger_desk.model.lending import Lenders
from ledger_desk.ui import theme
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.pages.applications.facts import Facts, Line, Marked
from ledger_desk.ui.rules import frame


class FactView(QScrollArea):
    """Scrolls; arrow keys and Page Up/Down move it once it has the keyboard."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("申报材料")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_facts(self, facts: Facts) -> None:
        """Show an application, from its top."""
        self.setWidget(facts_card(facts))
        self.verticalScrollBar().setValue(0)


def facts_card(facts: Facts) -> QWidget:
    """Everything that is known of an application, on one card."""
    content = frame("box")
    column = Column(content, margins=(16, 12, 16, 14), gap=8)
    column.add(label("融资需求", "bold"), _grid(facts.need))
    column.add(frame("rule"), label("五项标准", "bold"), _marked(facts.criteria))
    column.add(frame("rule"), label("部门核查", "bold"))
    column.add(_marked(facts.checks) if facts.checks else label("还没有提请部门核查", "dim"))
    column.add(frame("rule"), label("在贷情况", "bold"), _lenders(facts.lenders))
    for text in facts.loans:
        column.add(label(text, "body", wrap=True))
    if facts.before:
        column.add(frame("rule"), label(f"这一户的其他申报 {len(facts.before)} 笔", "bold"))
        for text in facts.before:
            column.add(label(text, "body", wrap=True))
    column.add(frame("rule"), label("主体情况", "bold"), _grid(facts.lines))
    if facts.said:
        column.add(frame("rule"), label("审核记录", "bold"), _marked(facts.said))
    column.push()
    return content


def _lenders(lenders: Lenders) -> QWidget:
    if lenders.warning:
        return MarkLabel(
            lenders.warning, f"{lenders.advice}{lenders.reason}", lenders.warning, wrap=True
        )
    return label(lenders.reason, "body", wrap=True)


def _grid(lines: Sequence[Line]) -> QWidget:
    content, grid = QWidget(), QGridLayout()
    content.setLayout(grid)
    px = theme.look().px
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(1, 1)
    for row, (name, text) in enumerate(lines):
        caption = label(name, "dim")
        caption.setMinimumWidth(px(72))
        grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, "body", wrap=True), row, 1)
    return content


def _marked(lines: Sequence[Marked]) -> QWidget:
    content, grid = QWidget(), QGridLayout()
    content.setLayout(grid)
    px = theme.look().px
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(8))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(2, 1)
    for row, (mark, name, text) in enumerate(lines):
        holder = QWidget()
        Column(holder, margins=(0, 3, 0, 0), gap=0).add(Mark(mark))
        grid.addWidget(holder, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(name, "body"), row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, "dim", wrap=True), row, 2)
    return content
