"""What a plan is to be: its name, days, scope, visitors, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.flow import Flow
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.visits.pair_rows import PairRows
from ledger_desk.ui.pages.visits.scopes import NOUNS, items_of
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.work.parameters import read
from ledger_desk.work.planning import PlanSpec, next_name
from ledger_desk.work.planning_targets import BY_LIST, BY_TOWN, SCOPES

_MOST_NAMED = 3


class PlanForm(QWidget):
    """Edits a `PlanSpec`.

    Signals:
        changed: Something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Build the fields; `begin` fills them."""
        super().__init__()
        self._ledger = ledger
        self._values: tuple[PickItem, ...] = ()
        self._firms: tuple[str, ...] = ()
        self._named = False
        self.name = TextField(placeholder="如：2024年11月新集镇走访")
        self.starts, self.due = DayField(), DayField()
        self.per_day = TextField(numeric=True, placeholder="不限")
        self.warn = TextField(numeric=True)
        self.scope = Picker(self._scopes, PickItem(BY_TOWN, BY_TOWN))
        self.choose = Button("", self._choose)
        self.leave_recent = CheckBox("近期走访过的不列入")
        self.leave_planned = CheckBox("别的计划里还没走访的不列入", checked=True)
        self.pairs = PairRows(ledger)
        fields = QWidget()
        self._flow = Flow(fields)
        chooser = QWidget()
        Row(chooser).add(self.choose).push()
        chooser.setFocusProxy(self.choose)
        for title, editor, wide, unit in (
            ("计划名称", self.name, 4, ""), ("开始日期", self.starts, 2, ""), ("截止日期", self.due, 2, ""),
            ("每组每天", self.per_day, 2, "户"), ("几天内走访过要提醒", self.warn, 2, "天"),
            ("按什么选", self.scope, 2, ""), ("选哪些", chooser, 4, ""),
        ):  # fmt: skip
            self._flow.add(Field(title, editor, unit=unit), wide)
        boxes = QWidget()
        Column(boxes, gap=0).add(self.leave_recent, self.leave_planned)
        self._flow.add(boxes, 6)
        Column(self, gap=8).add(fields, Field("谁去走访", self.pairs))
        for line in (self.name, self.per_day, self.warn):
            line.committed.connect(self._tell)
        for day in (self.starts, self.due):
            day.picked.connect(self._tell)
        for box in (self.leave_recent, self.leave_planned):
            box.toggled.connect(self._tell)
        self.name.textEdited.connect(self._name_typed)
        self.scope.picked.connect(self._scope_picked)
        self.pairs.changed.connect(self.changed)

    def begin(self, firms: Sequence[str], words: str) -> None:
        """Start a new plan: of given firms, or of a township to be chosen."""
        today = date.today()
        self._firms, self._values, self._named = tuple(firms), (), False
        self._words = words or (f"选中的 {len(firms):,} 户" if firms else "")
        self.starts.set_day(today)
        self.due.set_day(today + timedelta(days=30))
        self.per_day.set_text("")
        with self._ledger.read() as rows:
            self.warn.set_text(str(read(rows, today)["visit.warn_days"]))
        scope = BY_LIST if firms else BY_TOWN
        self.scope.set_item(PickItem(scope, scope))
        self._show_scope()

    def scope_key(self) -> str:
        """What the plan is made by."""
        item = self.scope.item()
        return item.id if item is not None else BY_TOWN

    def spec(self) -> PlanSpec:
        """What stands there.

        Raises:
            ValueError: Something cannot be read: a Chinese sentence.
        """
        starts, due = self.starts.day(), self.due.day()
        if starts is None or due is None:
            raise ValueError("开始日期和截止日期都要填，如 2024-11-20。")
        scope = self.scope_key()
        values = self._firms if scope == BY_LIST else tuple(item.id for item in self._values)
        return PlanSpec(
            self.name.text().strip(), starts, due, scope, values, self._covers(),
            warn_days=_number(self.warn.text(), "提醒的天数"),
            leave_recent=self.leave_recent.isChecked(),
            leave_planned=self.leave_planned.isChecked(),
            pairs=self.pairs.pairs(), per_day=_number(self.per_day.text(), "每组每天的户数"),
        )  # fmt: skip

    def choose_values(self, items: Sequence[PickItem]) -> None:
        """Take what was ticked."""
        self._values = tuple(items)
        self._show_scope()
        self._tell()

    def set_mode(self, mode: Mode) -> None:
        """Fewer fields in a line in narrow windows."""
        self._flow.set_mode(mode)
        self.pairs.set_mode(mode)

    def _covers(self) -> str:
        if self.scope_key() == BY_LIST:
            return self._words
        names = [item.text.partition("　")[0] for item in self._values]
        more = f"等 {len(names)}{NOUNS[self.scope_key()]}" if len(names) > _MOST_NAMED else ""
        return "、".join(names[:_MOST_NAMED]) + more

    def _show_scope(self) -> None:
        scope = self.scope_key()
        if scope == BY_LIST:
            self.choose.set_text(self._words or "请从经营主体的名单里来")
            self.choose.setEnabled(False)
        else:
            self.choose.setEnabled(True)
            self.choose.set_text(self._covers() or f"选{NOUNS[scope].lstrip('个家')}…")
        if not self._named:
            with self._ledger.read() as rows:
                today = self.starts.day() or date.today()
                covers = "" if scope == BY_LIST else self._covers()
                stem = f"{today.year}年{today.month}月{covers}走访"
                self.name.set_text(next_name(rows, stem))

    def _scopes(self, text: str) -> list[PickItem]:
        offered = [scope for scope in SCOPES if scope != BY_LIST or self._firms]
        return pick_from([PickItem(scope, scope) for scope in offered])(text)

    def _scope_picked(self, item: PickItem | None) -> None:
        if item is None:
            self.scope.set_item(PickItem(BY_TOWN, BY_TOWN))
        self._values = ()
        self._show_scope()
        self._tell()

    def _choose(self) -> None:
        scope = self.scope_key()
        with self._ledger.read() as rows:
            items = items_of(rows, scope)
        ticked = {item.id for item in self._values}
        title = f"选{NOUNS[scope].lstrip('个家')}"
        dialog = ChooseMany(self.window(), title, items, ticked, least=1)
        dialog.chosen.connect(self.choose_values)
        dialog.open()

    def _name_typed(self, text: str) -> None:
        self._named = bool(text.strip())

    def _tell(self, _value: object = None) -> None:
        self.changed.emit()

    _words = ""


def _number(text: str, what: str) -> int:
    text = text.strip()
    if not text:
        return 0
    if not text.isdigit():
        raise ValueError(f"{what}请写整数，如 3；不限就空着。")
    return int(text)
