"""What is to be done: tabs by how it stands, the list, and at the right kinds, people and townships."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from ledger_desk.model.divisions import divisions
from ledger_desk.model.records import Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, Nothing
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.today.duty_list import DutyList
from ledger_desk.ui.pages.today.kind_list import KindList
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.work.duties import Agenda, Asked
from ledger_desk.work.duty import KINDS, LATE, STATES

MORE = 200  # duties that are read at once
_ANYONE, _ANYWHERE = PickItem("", "全部经办人"), PickItem("", "全部乡镇")
_NOTHING = {
    "": "今天没有要办的。",
    LATE: "没有逾期的。",
}


class AgendaView(QWidget):
    """Shows an agenda; whoever owns it reads one.

    Signals:
        asked: Something else is wanted, see `wanted`.
        opened: The duty whose record is wanted.
    """

    asked = Signal()
    opened = Signal(object)

    def __init__(self, ledger: Ledger, below: QWidget, beside: QWidget) -> None:
        """Start empty; ``below`` stands under the list, ``beside`` under the kinds."""
        super().__init__()
        self._ledger, self._most = ledger, MORE
        self.tabs = Tabs(
            [Tab("", "全部"), *(Tab(key, text) for key, text in STATES.items())], "什么时候到期"
        )
        self.list = DutyList()
        self.nothing = Nothing("circle-check", _NOTHING[""])
        self.more = Button("再列 200 件", self.list_more, kind="words", icon="chevron-down")
        self.kinds = KindList()
        self.person = Picker(self._people, _ANYONE, "经办人")
        self.person.setAccessibleName("经办人")
        self.township = Picker(self._townships, _ANYWHERE, "乡镇")
        self.township.setAccessibleName("乡镇")
        self.mine = Button("只看我经办", self.only_mine, kind="words", icon="user")
        self._told = FittingLabel([""], "dim")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        card = Card(pad=0)
        head = Row(margins=(8, 2, 8, 0), gap=8).add(self.tabs, stretch=1)
        card.body.set_gap(0)
        card.body.add(head.add(self.mine)).add(self._stack, stretch=1)
        self._foot = QWidget()
        Row(self._foot, margins=(12, 2, 8, 2), gap=8).add(self._told, stretch=1).add(self.more)
        card.body.add(self._foot)
        left = Column(gap=10).add(card, stretch=1).add(below)
        side = Card(pad=0)
        side.body.set_gap(4)
        for picker in (self.person, self.township):
            picker.setMinimumContentsLength(6)
        pickers = Row(margins=(10, 10, 10, 4), gap=8)
        side.body.add(pickers.add(self.person, stretch=1).add(self.township, stretch=1))
        side.body.add(self.kinds)
        self._right = QWidget()
        Column(self._right, gap=10).add(side, beside).push()
        self._row = Row(self, gap=12).add(left, stretch=1).add(self._right)
        self._foot.hide()
        self._agenda: Agenda | None = None
        self.tabs.chosen.connect(self._changed)
        self.kinds.chosen.connect(self._changed)
        self.person.picked.connect(self._changed)
        self.township.picked.connect(self._changed)
        self.list.opened.connect(self.opened)
        theme.follow(self._fit)

    # -- what is wanted --------------------------------------------------------------------------

    def wanted(self) -> tuple[Asked, int]:
        """Which duties, and how many of them."""
        kind, state = self.kinds.key(), self.tabs.chosen_key()
        person, township = self.person.item(), self.township.item()
        asked = Asked(
            (kind,) if kind else (), (state,) if state else (),
            person.id if person is not None else "", township.id if township is not None else "",
        )  # fmt: skip
        return asked, self._most

    def list_more(self) -> None:
        """Read more of them."""
        self._most += MORE
        self.asked.emit()

    def only_mine(self) -> None:
        """Show what the one who works now has to do, or all again."""
        me = self._ledger.person
        here = self.person.item()
        mine = me is not None and (here is None or here.id != me.id)
        self.person.set_item(PickItem(me.id, me.title) if mine and me is not None else _ANYONE)
        self._changed()

    def show_all(self) -> None:
        """Take all conditions away."""
        self.person.set_item(_ANYONE)
        self.township.set_item(_ANYWHERE)
        self.tabs.choose("")
        self.kinds.choose("")

    # -- showing ---------------------------------------------------------------------------------

    def agenda(self) -> Agenda | None:
        """What is shown."""
        return self._agenda

    def show_agenda(self, agenda: Agenda) -> None:
        """Show what was read: tabs count the kind chosen, kinds count the tab chosen."""
        self._agenda = agenda
        kinds, states = agenda.asked.kinds, agenda.asked.states
        self.tabs.set_count("", agenda.total(kinds))
        for state in STATES:
            self.tabs.set_count(state, agenda.total(kinds, (state,)))
        self.tabs.set_mark(LATE, "late" if agenda.total(kinds, (LATE,)) else None)
        late = [state for state in (states or (LATE,)) if state == LATE]
        counts = {
            key: (
                agenda.total((key,) if key else (), states),
                agenda.total((key,) if key else (), late) if late else 0,
            )
            for key in ("", *KINDS)
        }
        self.kinds.show_counts(counts)
        self.list.show_duties(agenda.duties)
        self._stack.setCurrentWidget(self.list if agenda.duties else self.nothing)
        if not agenda.duties:
            self.nothing.say(self._why_nothing(agenda))
        left = agenda.found - len(agenda.duties)
        self._foot.setVisible(left > 0)
        self.more.set_text(f"再列 {min(left, MORE)} 件")
        self._told.set_texts([
            f"先列最急的 {len(agenda.duties):,} 件，共 {agenda.found:,} 件；按事项、经办人、乡镇可以缩小",
            f"列出 {len(agenda.duties):,} / {agenda.found:,} 件", "",
        ])  # fmt: skip
        here = self.person.item()
        me = self._ledger.person
        chosen = me is not None and here is not None and here.id == me.id
        self.mine.set_text("看全部人的" if chosen else "只看我经办")
        self.mine.retire(away=me is None)

    def _why_nothing(self, agenda: Agenda) -> str:
        asked = agenda.asked
        if asked.person or asked.township or asked.kinds:
            return "照这样选，没有要办的。点“全部事项”、换回全部经办人和乡镇，看别的。"
        return _NOTHING.get(asked.states[0] if asked.states else "", "这一栏没有要办的。")

    def set_mode(self, mode: Mode) -> None:
        """The kinds go under the list where there is no room beside it."""
        stacked = mode in ("narrow", "single")
        self._row.setDirection(
            QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        )
        self._stacked, self._narrow = stacked, mode != "full"
        self._fit()

    _stacked = _narrow = False

    def _fit(self) -> None:
        px = theme.look().px
        self._right.setMinimumWidth(0)
        self._right.setMaximumWidth(16777215)
        if not self._stacked:
            self._right.setFixedWidth(px(312 if self._narrow else 346))
        self.list.setMinimumHeight(px(50) * (4 if self._stacked else 3))

    def _changed(self, _value: object = None) -> None:
        self._most = MORE
        self.asked.emit()

    def _people(self, text: str) -> list[PickItem]:
        found = self._ledger.find(Query(Person, sort=(("name", False),)))
        return pick_from([_ANYONE, *(PickItem(each.id, each.title) for each in found)])(text)

    def _townships(self, text: str) -> list[PickItem]:
        county = (self._ledger.office.division or "")[:6]
        found = [
            PickItem(code, name) for code, name in divisions().items()
            if len(code) == 9 and code.startswith(county)
        ] if len(county) == 6 else []  # fmt: skip
        return pick_from([_ANYWHERE, *found])(text)
