"""Which steps are listed: by whom, of which kind, from when, of which record, called how."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.store.reviewing import StepFilter
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.history.words import KINDS
from ledger_desk.ui.layouts import Form2, Row
from ledger_desk.ui.tags import Chip

_MOST_PEOPLE = 40
_SPANS = (("今天", 0), ("最近 7 天", 6), ("最近 30 天", 29), ("最近一年", 365))


class DaysDialog(Dialog):
    """From which day to which; ``wanted`` carries both, either may be None."""

    wanted = Signal(object, object)

    def __init__(self, parent: QWidget, chosen: StepFilter) -> None:
        """Ask."""
        super().__init__(parent, "看哪些天的步骤", width=480)
        self.first, self.last = DayField(chosen.first), DayField(chosen.last)
        form = Form2(gap=20)
        for title, editor in (("从哪天起", self.first), ("到哪天止", self.last)):
            field = Field(title, editor)
            editor.refused.connect(partial(field.say, "must"))
            editor.picked.connect(lambda _, field=field: field.say("", ""))
            form.add(field)
        self.body.add(form)
        self.add_close("不改了")
        self.add_button(Button("只看这些天", self._take, kind="pri"))
        self.first.setFocus()

    def _take(self) -> None:
        self.accept()
        self.wanted.emit(self.first.day(), self.last.day())


class FilterBar(QWidget):
    """Three menus, a field for words, and a chip while one record is looked at."""

    changed = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Show all steps."""
        super().__init__()
        self._ledger = ledger
        self.chosen = StepFilter()
        self._title = ""
        self.people, self.kinds, self.days = MenuButton(""), MenuButton(""), MenuButton("")
        self.words = TextField("", "步骤名称里的字")
        self.words.setAccessibleName("按步骤名称找")
        self.words.committed.connect(self._take_words)
        self._row = Row(self, gap=8).add(self.people, self.kinds, self.days)
        self._row.add(self.words, stretch=1)
        self._chip: Chip | None = None
        self.renew()

    def show_record(self, record: str, title: str) -> None:
        """Show the steps of one record only; no record takes that away."""
        self._title = title
        self._set(record=record)

    def clear(self) -> None:
        """Show all steps again."""
        self.words.set_text("")
        self.chosen = StepFilter()
        self._tell()
        self.changed.emit()

    def renew(self) -> None:
        """Read the people again."""
        people = self._ledger.find(Query(Person), _MOST_PEOPLE)
        entries: list[Entry] = [("所有人", partial(self._set, person=""))]
        entries += [(each.title, partial(self._set, person=each.id)) for each in people]
        self.people.set_entries(entries)
        self._names = {each.id: each.title for each in people}
        kinds: list[Entry] = [("各种步骤", partial(self._set, kinds=()))]
        kinds += [(word, partial(self._set, kinds=(kind,))) for kind, word in KINDS.items()]
        self.kinds.set_entries(kinds)
        spans: list[Entry] = [("不限时间", partial(self._set, first=None, last=None))]
        spans += [(word, partial(self._since, days)) for word, days in _SPANS]
        self.days.set_entries([*spans, ("另选日期…", self.ask_days)])
        self._tell()

    def ask_days(self) -> None:
        """Let the person say from which day to which."""
        dialog = DaysDialog(self.window(), self.chosen)
        dialog.wanted.connect(lambda first, last: self._set(first=first, last=last))
        dialog.open()

    def _since(self, days: int) -> None:
        self._set(first=dt.date.today() - dt.timedelta(days=days), last=None)

    def _take_words(self, text: str) -> None:
        self._set(text=text.strip())

    def _set(self, **more: Any) -> None:
        before, self.chosen = self.chosen, replace(self.chosen, **more)
        if self.chosen != before:
            self._tell()
            self.changed.emit()

    def _tell(self) -> None:
        chosen = self.chosen
        self.people.set_text(self._names.get(chosen.person, "所有人"))
        self.kinds.set_text(KINDS[chosen.kinds[0]] if chosen.kinds else "各种步骤")
        ends = [f"{day:%m-%d}" if day else "" for day in (chosen.first, chosen.last)]
        self.days.set_text(f"{ends[0]} 至 {ends[1] or '今天'}" if any(ends) else "不限时间")
        if self._chip is not None:
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
        if chosen.record:
            self._chip = Chip(f"只看：{self._title}", None, partial(self.show_record, "", ""))
            self._row.insertWidget(0, self._chip)
