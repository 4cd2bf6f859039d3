"""Years of holidays: those that come with the program, those the office adds from a notice."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk import paths
from ledger_desk.errors import UserError
from ledger_desk.model.records import CalendarDay
from ledger_desk.model.workdays import Notice as HolidayNotice
from ledger_desk.model.workdays import parse_notice, show_notice
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.fields import Field, TextArea
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow

_COLUMNS = (
    GridColumn("year", "年份", "number", 80, essential=True),
    GridColumn("off", "放假", "number", 90, essential=True),
    GridColumn("work", "调休上班", "number", 100),
    GridColumn("source", "从哪里来", "text", 260, stretch=True),
)


@lru_cache(maxsize=1)
def shipped() -> tuple[HolidayNotice, ...]:
    """Notices that come with the program, by year."""
    folder = paths.resources() / "dictionaries" / "holidays"
    return tuple(
        parse_notice(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml"))
    )


def add_notice(ledger: Ledger, notice: HolidayNotice) -> int:
    """Write a notice as one step: days that are there are changed, the others added; gives how many."""
    with ledger.step(f"加进 {notice.year} 年的节假日") as step:
        held = {day.day: day for day in step.rows.find(Query(CalendarDay))}
        news = []
        for day, item in sorted(notice.days.items()):
            values = {"day": day, "name": item.name, "off": not item.working}
            if day in held:
                step.change(CalendarDay, held[day].id, values)
            else:
                news.append(values)
        step.create_many(CalendarDay, news)
    return step.result.rows if step.result is not None else 0


class HolidaysView(QWidget):
    """Lists the years and takes a new year's notice; `changed` when one was written."""

    changed = Signal()

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Show the years."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self.panel = GridPanel(ListSource(_COLUMNS, []), noun="年", name="节假日的年份")
        self.text = TextArea("", "把新一年的安排粘贴到这里", lines=8)
        self.text.setAccessibleName("新一年的安排")
        self._field = Field("新一年的安排", self.text)
        self._add = Button("看看对不对", self.add, kind="pri")
        sample = Button("放一份样子进来", self.put_sample, kind="words")
        card = Card("加一年")
        words = "国务院办公厅每年冬天发下一年的放假通知。照样子逐天写上放假和调休上班的日子；没有那一年时，期限按周末算，标“预计”。"
        card.body.add(label(words, "dim", wrap=True)).add(self._field)
        card.body.add(Row(gap=8).add(self._add, sample).push())
        Column(self, gap=12).add(self.panel, stretch=1).add(card)
        self.text.textChanged.connect(self._judge)
        theme.follow(self._fit)
        self.reload()
        self._judge()

    def _fit(self) -> None:
        self.panel.setMinimumHeight(theme.look().px(200))

    def reload(self) -> None:
        """Read the years again."""
        rows = []
        for notice in shipped():
            off = sum(not item.working for item in notice.days.values())
            rows.append(
                _row(notice.year, off, len(notice.days) - off, "随程序带的，照国务院办公厅的通知")
            )
        own: dict[int, Counter[bool]] = defaultdict(Counter)
        for day in self._ledger.find(Query(CalendarDay)):
            if day.day is not None:
                own[day.day.year][bool(day.off)] += 1
        rows += [
            _row(year, count[True], count[False], "本单位加的")
            for year, count in sorted(own.items())
        ]
        rows.sort(key=lambda row: -_year(row))
        self.panel.set_source(ListSource(_COLUMNS, rows))

    def put_sample(self) -> None:
        """Put the newest known year into the text, as a pattern to write by."""
        newest = shipped()[-1]
        self.text.setPlainText(show_notice(newest))
        self.text.setFocus()

    def add(self) -> None:
        """Write what was pasted as one step."""
        try:
            notice = parse_notice(self.text.text())
            count = add_notice(self._ledger, notice)
        except (ValueError, UserError) as error:
            if isinstance(error, UserError):
                show_error(self._window, error, "没有加进去")
            else:
                self._field.say("must", str(error))
            return
        self.text.set_text("")
        self._window.toasts.undo(f"已加进 {notice.year} 年的节假日", f"{count} 天")
        self.reload()
        self.changed.emit()

    def _judge(self) -> None:
        text = self.text.text()
        if not text:
            self._field.say("", "")
            self._add.block("先把安排粘贴进来")
            return
        try:
            notice = parse_notice(text)
        except ValueError as error:
            self._field.say("must", str(error))
            self._add.block("改好上面那一处再加")
            return
        off = sum(not item.working for item in notice.days.values())
        self._field.say(
            "hint", f"{notice.year} 年：放假 {off} 天，调休上班 {len(notice.days) - off} 天。"
        )
        if self._ledger.read_only:
            self._add.block("只看，不能加")
        else:
            self._add.allow(f"加进 {notice.year} 年的 {len(notice.days)} 天")


def _row(year: int, off: int, work: int, source: str) -> GridRow:
    cells: list[CellLike] = [
        Cell(str(year), value=year),
        Cell(f"{off} 天", value=off),
        Cell(f"{work} 天", value=work),
        source,
    ]
    return GridRow(f"{year}:{source}", cells)


def _year(row: GridRow) -> int:
    cell = row.cells[0]
    return int(cell.text) if isinstance(cell, Cell) else 0
