"""认列: each column of the table with a sample, what is filled in, and how sure that is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.reports.filling.counted import measure_of
from ledger_desk.reports.filling.matching import HOW, SERIAL_ID, FilledColumn
from ledger_desk.reports.filling.plan import FIRMS, Asked, Plan
from ledger_desk.reports.filling.topics import numbers, topic_of, topics
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.search import initials
from ledger_desk.ui import theme
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.records.scrolling import Scrolling
from ledger_desk.ui.rules import DoubleRule, frame
from ledger_desk.workbook.cells import column_letters

NOT = PickItem("", "不填")
NUMBER = PickItem(SERIAL_ID, "序号")
_HEADS = ("列", "来表列名", "已填的样子", "填什么", "怎么写", "把握")


class ColumnsView(QWidget):
    """Lets a person correct what is filled in; `changed` carries the new `Asked`."""

    changed = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._asked: Asked | None = None
        self._plan: Plan | None = None
        self._narrow = False
        self._pickers: dict[int, Picker] = {}
        self._marks: dict[int, MarkLabel] = {}
        self._ways: dict[int, QWidget] = {}
        self._host = QWidget()
        self._column = Column(self._host, gap=0)
        box = frame("panel")
        self._area = Scrolling(self._host, clear=0)
        Column(box, margins=1, gap=0).add(self._area)
        Column(self, gap=0).add(box)
        theme.follow(self._rebuild)

    def show_plan(self, plan: Plan) -> None:
        """Show the columns of a table, and what comes of them."""
        same = self._asked is not None and self._asked.opened is plan.asked.opened
        same = same and [c.topic for c in plan.asked.columns] == [
            c.topic for c in self._asked.columns
        ]
        self._asked, self._plan = plan.asked, plan
        if same and self._pickers:
            self._tell()
        else:
            self._rebuild()

    def set_mode(self, mode: Mode) -> None:
        """Samples and ways give way where room is short."""
        narrow = mode in ("narrow", "single")
        if narrow != self._narrow:
            self._narrow = narrow
            self._rebuild()

    def picker(self, column: int) -> Picker:
        """The picker of a column, from 1."""
        return self._pickers[column]

    def _rebuild(self) -> None:
        if self._asked is None:
            return
        while self._column.count():
            part = self._column.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        self._pickers, self._marks, self._ways = {}, {}, {}
        host = QWidget()
        grid = QGridLayout(host)
        px = theme.look().px
        grid.setContentsMargins(px(12), px(4), px(12), px(8))
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(0)
        for place, text in enumerate(_HEADS):
            if not (self._narrow and place in (0, 2, 4)):
                head = label(text, "bold")
                head.setMinimumHeight(px(36))
                grid.addWidget(head, 0, place)
        grid.addWidget(DoubleRule(), 1, 0, 1, len(_HEADS))
        for number, column in enumerate(self._asked.columns):
            self._place(grid, 2 + 2 * number, column)
        for place, stretch in enumerate(
            (0, 10, 6, 15, 13, 8) if not self._narrow else (0, 4, 0, 5, 0, 3)
        ):
            grid.setColumnStretch(place, stretch)
        self._column.add(host)
        self._column.push()
        self._tell()

    def _place(self, grid: QGridLayout, row: int, column: FilledColumn) -> None:
        px, middle = theme.look().px, Qt.AlignmentFlag.AlignVCenter
        grid.setRowMinimumHeight(row, px(43))
        heading = ElidedLabel(column.heading.replace("/", " › ") or "（没有标题）", "bold")
        grid.addWidget(heading, row, 1, middle)
        picker = Picker(partial(self._offer, column), None, "选一项，或“不填”")
        picker.setAccessibleName(f"第 {column.column} 列“{column.heading}”填什么")
        picker.picked.connect(partial(self._picked, column.column))
        self._pickers[column.column] = picker
        grid.addWidget(picker, row, 3, middle)
        mark = self._marks[column.column] = MarkLabel("none", "", "dim", wrap=True)
        grid.addWidget(mark, row, 5, middle)
        if not self._narrow:
            grid.addWidget(label(column_letters(column.column), "clause"), row, 0, middle)
            sample = frame("details")
            Row(sample, margins=(6, 4, 6, 4)).add(ElidedLabel(self._sample(column), "body"))
            grid.addWidget(sample, row, 2, middle)
            way = self._ways[column.column] = self._way(column)
            grid.addWidget(way, row, 4, middle)
        grid.addWidget(frame("rule"), row + 1, 0, 1, len(_HEADS))

    def _way(self, column: FilledColumn) -> QWidget:
        """How values are written; of indicators: which measure, to choose."""
        name = column.topic.removeprefix("number.")
        if name not in INDICATORS or self._asked is None:
            return ElidedLabel("", "dim")
        picker = Picker(
            pick_from([PickItem(m, m) for m in INDICATORS[name].measures]), None, "口径"
        )
        picker.setAccessibleName(f"第 {column.column} 列“{column.heading}”的口径")
        picker.picked.connect(partial(self._measured, column.column))
        return picker

    def _sample(self, column: FilledColumn) -> str:
        topic = topic_of(column.topic)
        if not column.samples:
            return "空"
        return "已填（个人信息）" if topic is not None and topic.private else column.samples[0]

    def _tell(self) -> None:
        asked, plan = self._asked, self._plan
        if asked is None or plan is None:
            return
        for column in asked.columns:
            topic, label_ = topic_of(column.topic), column.column == asked.label
            item = NUMBER if column.topic == SERIAL_ID else PickItem(topic.id, topic.title) if topic else NOT  # fmt: skip
            if label_:
                item = PickItem("", "乡镇（街道）" if asked.rows_are == "townships" else "银行")
            picker = self._pickers[column.column]
            picker.set_item(item)
            picker.setEnabled(not label_)
            mark, words = _sureness(column, label_=label_)
            self._marks[column.column].set(mark, words)
            way = self._ways.get(column.column)
            manner = plan.manners.get(column.column)
            if isinstance(way, Picker) and topic is not None:
                now = measure_of(
                    column, asked.opened.title, INDICATORS[topic.name], asked.period_named
                )
                way.set_item(PickItem(now, now))
            elif isinstance(way, ElidedLabel):
                way.setText(manner.said if manner is not None else "")

    def _offer(self, column: FilledColumn, text: str) -> list[PickItem]:
        assert self._asked is not None
        by_rows = self._asked.rows_are != FIRMS
        known = numbers() if by_rows else topics()
        likely = [known[each] for each in column.offered if each in known]
        used = {
            c.topic: c.column for c in self._asked.columns if c.topic and c.column != column.column
        }
        items = [NOT, NUMBER] if not by_rows else [NOT]
        for topic in dict.fromkeys([*likely, *known.values()]):
            hint = f"{column_letters(used[topic.id])} 列在用" if topic.id in used else topic.group
            hint = "标题像" if topic in likely and topic.id not in used else hint
            items.append(PickItem(topic.id, topic.title, hint, (*topic.own, *initials(topic.label).split())))  # fmt: skip
        return pick_from(items, 80)(text)

    def _picked(self, column: int, item: PickItem | None) -> None:
        if self._asked is not None:
            self.changed.emit(self._asked.with_topic(column, item.id if item else ""))

    def _measured(self, column: int, item: PickItem | None) -> None:
        if self._asked is not None and item is not None:
            self.changed.emit(self._asked.with_measure(column, item.id))


def _sureness(column: FilledColumn, *, label_: bool) -> tuple[str, str]:
    """Mark and words for how a column was settled."""
    if label_:
        return "done", "一行一个"
    if column.how == "chosen":
        return "done", "你指定的"
    if not column.topic:
        return "none", "账上没有这一项，留空" if not column.offered else "拿不准，请看一眼"
    if column.how == "likeness" or column.confidence < 0.8:
        return "hint", f"{HOW[column.how]} {column.confidence:.2f}，请看一眼"
    return "done", HOW[column.how]
