"""Beside the columns: whose rows they are, which firms to list, which period, how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.ways import IN_FULL, MASKED, Way
from ledger_desk.model.exchanging import Destination
from ledger_desk.model.periods import Period, month_of, parse_period
from ledger_desk.reports.filling.plan import FIRMS, ROWS_OF, Asked, Plan
from ledger_desk.reports.filling.whose import DOUBTFUL, KNOWN, UNKNOWN, AskedRow
from ledger_desk.ui import theme
from ledger_desk.ui.cards import Card, MarkLabel
from ledger_desk.ui.choices import CheckBox, Option, Segmented
from ledger_desk.ui.fields import Field
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.records.scrolling import Scrolling

_MOST_DOUBTS = 30
_MONTHS = 13
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX
_NONE = PickItem("", "账上没有这一户")
_USUAL = PickItem("", "一般写法")


class Side(QWidget):
    """Cards in a column; `changed` carries the new `Asked`, `firms_chosen` the id of a choice."""

    changed = Signal(object)
    firms_chosen = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._asked: Asked | None = None
        self._wide = False
        self._firms: list[PickItem] = []
        self._choice: PickItem | None = None
        self._places: dict[str, Destination] = {}
        self.firms = Picker(self._offer_firms, None, "选列哪些户")
        self.firms.setAccessibleName("列哪些户")
        self.firms.picked.connect(self._firms_picked)
        self.period = Picker(pick_from(_periods(date.today())), None, "选期间")
        self.period.setAccessibleName("统计到哪一期")
        self.period.picked.connect(self._period_picked)
        self.destination = Picker(self._offer_places, _USUAL, "给谁")
        self.destination.setAccessibleName("按谁的写法")
        self.destination.picked.connect(self._place_picked)
        self.private = Segmented(
            [Option(IN_FULL, "照写"), Option(MASKED, "遮盖")], IN_FULL, "个人信息"
        )
        self.private.changed.connect(self._private_set)
        self.overwrite = CheckBox("来表已填的也改成账上的")
        self.overwrite.toggled.connect(self._overwrite_set)
        self._cards = QWidget()
        self._column = Column(self._cards, margins=(0, 0, 4, 0), gap=10)
        Column(self, gap=0).add(Scrolling(self._cards, clear=4))
        self._who = Card("来表里的行")
        self._who_words: list[QWidget] = []
        self._list = Field("列哪些户", self.firms)
        self._when = Field("统计到哪一期", self.period)
        self._doubts = Card("请定一下", mark="explain")
        self._doubt_parts: list[QWidget] = []
        self._how = Card("怎么写")
        self._private_field = Field("电话、证件号", self.private)
        self._how.body.add(
            Field("给谁（按去向的写法）", self.destination), self._private_field, self.overwrite
        )
        self._column.add(self._who, self._doubts, self._how)
        self._column.push()
        self._who.body.add(self._list, self._when)
        self._doubts.hide()
        theme.follow(self._fit)

    def offer(self, firms: Sequence[PickItem], places: Sequence[Destination]) -> None:
        """Say which choices of firms and which destinations there are."""
        self._firms = list(firms)
        self._choice = None
        self.firms.set_item(None)
        self._places = {place.id: place for place in places}

    def show_plan(self, plan: Plan) -> None:
        """Say how the rows were recognised."""
        asked = self._asked = plan.asked
        for part in (*self._who_words, *self._doubt_parts):
            part.hide()
            part.deleteLater()
        self._who_words, self._doubt_parts = [], []
        for mark, words in _told(plan):
            line = MarkLabel(mark, words, "body", wrap=True)
            self._who.body.insertWidget(len(self._who_words), line)
            self._who_words.append(line)
        self._list.setVisible(asked.empty and asked.rows_are == FIRMS)
        self._when.setVisible(asked.rows_are != FIRMS)
        self.period.set_item(PickItem(asked.period.key, _called(asked.period)))
        self.firms.set_item(self._choice)
        self._private_field.setVisible(asked.rows_are == FIRMS and plan.private)
        self.private.set_value(asked.way.private if asked.way.private != "不给" else MASKED)
        self.overwrite.setVisible(not asked.empty)
        doubtful = [row for row in plan.rows if row.state == DOUBTFUL or row.row in asked.decisions]
        for row in doubtful[:_MOST_DOUBTS]:
            self._doubt(row)
        self._doubts.setVisible(bool(doubtful))

    def _doubt(self, row: AskedRow) -> None:
        picker = Picker(partial(self._candidates, row), None, "选哪一户")
        picker.setAccessibleName(f"第 {row.row} 行“{row.name}”是哪一户")
        if row.state == KNOWN:
            picker.set_item(PickItem(row.key, row.name))
        elif row.state == UNKNOWN:
            picker.set_item(_NONE)
        picker.picked.connect(partial(self._decided, row.row))
        field = Field(f"第 {row.row} 行　{row.name}", picker)
        if row.why:
            field.say("explain", row.why)
        self._doubts.body.add(field)
        self._doubt_parts.append(field)

    def _candidates(self, row: AskedRow, text: str) -> list[PickItem]:
        items = [PickItem(firm, words) for firm, words in row.candidates]
        return pick_from([*items, _NONE])(text)

    def _decided(self, row: int, item: PickItem | None) -> None:
        if self._asked is not None and item is not None:
            decisions = {**self._asked.decisions, row: item.id}
            self.changed.emit(replace(self._asked, decisions=decisions))

    def _offer_firms(self, text: str) -> list[PickItem]:
        return pick_from(self._firms, 200)(text)

    def _firms_picked(self, item: PickItem | None) -> None:
        if item is not None:
            self._choice = item
            self.firms_chosen.emit(item.id)

    def _offer_places(self, text: str) -> list[PickItem]:
        items = [PickItem(place.id, place.title) for place in self._places.values()]
        return pick_from([_USUAL, *items])(text)

    def _place_picked(self, item: PickItem | None) -> None:
        if self._asked is not None:
            place = self._places.get(item.id) if item is not None else None
            way = Way.of(place) if place is not None else Way(private=IN_FULL)
            self.changed.emit(replace(self._asked, way=way))

    def chosen_place(self) -> Destination | None:
        """The destination that was chosen."""
        return self._places.get(str(self.destination.value() or ""))

    def _private_set(self, value: object) -> None:
        if self._asked is not None:
            self.changed.emit(
                replace(self._asked, way=replace(self._asked.way, private=str(value)))
            )

    def _overwrite_set(self, checked: bool) -> None:
        if self._asked is not None:
            self.changed.emit(replace(self._asked, overwrite=checked))

    def _period_picked(self, item: PickItem | None) -> None:
        if self._asked is not None and item is not None:
            period = parse_period(item.id, date.today())
            self.changed.emit(replace(self._asked, period=period, period_named=True))

    def set_wide(self, *, wide: bool) -> None:
        """Take the whole width where it stands alone."""
        self._wide = wide
        self._fit()

    def _fit(self) -> None:
        width = theme.look().px(316)
        self.setMinimumWidth(width)
        self.setMaximumWidth(_ANY_WIDTH if self._wide else width)


def _told(plan: Plan) -> list[tuple[str, str]]:
    asked = plan.asked
    unit = ROWS_OF[asked.rows_are]
    if asked.empty:
        if asked.rows_are == FIRMS and not asked.firms:
            return [("explain", "表头下面是空的：选一下列哪些户，从第一个空行填起。")]
        return [("done", f"列 {len(plan.rows):,} {unit}，从第 {asked.opened.first_free} 行填起。")]
    told = [("done", f"认出 {plan.count(KNOWN):,} {unit}")]
    if plan.count(DOUBTFUL):
        told.append(("explain", f"存疑 {plan.count(DOUBTFUL):,} 行，定了才填"))
    unknown = [row for row in plan.rows if row.state == UNKNOWN]
    if unknown:
        names = "、".join(row.name or f"第 {row.row} 行" for row in unknown[:3])
        told.append(
            (
                "hint",
                f"账上没有 {len(unknown):,} 行：{names}{'等' if len(unknown) > 3 else ''}，留空",
            )
        )
    told.append(
        (
            "none",
            f"来表已填的 {plan.kept:,} 格不动" if not asked.overwrite else "来表已填的按账上的改",
        )
    )
    if plan.other:
        told.append(("hint", f"其中 {len(plan.other):,} 格和账上不一样"))
    if plan.formulas:
        told.append(("none", f"公式 {plan.formulas:,} 格不动"))
    return told


def _periods(today: date) -> list[PickItem]:
    """Months back from this one, then the quarter's, half-years and years."""
    month = month_of(today)
    found = [Period(month.start, today)]
    for _ in range(_MONTHS):
        found.append(month)
        month = month.previous()
    for year in (today.year, today.year - 1):
        found += [
            parse_period(text) for text in (f"{year}", *(f"{year}-Q{n}" for n in (4, 3, 2, 1)))
        ]
    return [PickItem(period.key, _called(period)) for period in dict.fromkeys(found)]


def _called(period: Period) -> str:
    """What a period is called; a month that has not ended by its last day."""
    month = month_of(period.end)
    begun = period.start == month.start and period.end < month.end
    return f"{month.label}，到 {period.end.day} 日" if begun else period.label
