"""The fields of one matching in the order of the ten columns: how they stand and how keys move."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QAbstractButton, QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Bank, Credit, Matching
from ledger_desk.model.vocabulary import SECURITIES
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.store.search import initials
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.fields import Field
from ledger_desk.ui.keying.fields import KeyedFields
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.first_loan.draft import Draft
from ledger_desk.ui.pages.first_loan.payment_rows import PaymentRows
from ledger_desk.ui.picker import PickItem, pick_from
from ledger_desk.ui.records.choosing import find_enterprises, item_of
from ledger_desk.ui.records.editors import DayEditor, LineEditor, PickEditor, make_editor

YES, NO, WAIT = "yes", "no", "wait"


class EntryFields(KeyedFields):
    """Editors by field name; payments are called ``drawn`` and the choice ``granted``."""

    def __init__(self, ledger: Ledger) -> None:
        """Build the fields."""
        super().__init__()
        self._ledger = ledger
        self.recent: list[PickItem] = []
        self.before = Draft()
        self.granted = Segmented(
            [Option(YES, "是", "ok"), Option(NO, "否"), Option(WAIT, "未定", "zhe")],
            None,
            "是否授信",
        )
        self.payments = PaymentRows()
        self._build()
        self.payments.lines_changed.connect(self.order_tabs)
        self.order_tabs()

    def _build(self) -> None:
        credit, matching = field_map(Credit), field_map(Matching)
        words = [PickItem(word, word, keys=tuple(initials(word).split())) for word in SECURITIES]
        security = PickEditor(pick_from(words), lambda v: PickItem(v, v), free=True)
        firm = PickEditor(
            self._find_firm, lambda r: item_of(self._ledger, "enterprise", r),
            placeholder="输名称、代码或拼音首字母",
        )  # fmt: skip
        lender = PickEditor(
            self._find_bank,
            lambda r: item_of(self._ledger, "bank", r),
            placeholder="输名称或拼音首字母",
        )
        meeting = self.add_section("壹", "对接", "台帐第 2—4 栏")
        decision = self.add_section("贰", "授信", "台帐第 5—8 栏")
        paying = self.add_section("叁", "放款", "台帐第 9 栏")
        rest = self.add_section("肆", "其他", "台帐第 1、10 栏")
        self.add_field(meeting, "enterprise", "企业", firm, 5, required=True)
        self.add_field(
            meeting,
            "bank",
            "银行",
            lender,
            4,
            required=True,
        )
        self.add_field(meeting, "day", "对接时间", DayEditor(), 3, required=True)
        granted = Field("是否授信", self.granted)
        self.fields["granted"] = granted
        decision.flow.add(granted, 4)
        self.add_field(decision, "decided_on", "决定日期", DayEditor(), 3)
        self.add_field(
            decision,
            "amount",
            "授信金额",
            make_editor(credit["amount"], Credit, self._ledger),
            2,
            unit="万元",
        )
        self.add_field(decision, "security", "担保情况", security, 3)
        self.add_field(decision, "problem", "存在的主要问题", LineEditor(credit["problem"], str), 5)
        paid = Field("放款金额和日期", self.payments, unit="万元")
        self.fields["drawn"] = paid
        paying.flow.add(paid, 12)
        self.add_field(rest, "note", "备注", LineEditor(matching["note"], str), 8)
        self.add_field(
            rest,
            "office",
            "填报单位",
            make_editor(matching["office"], Matching, self._ledger),
            4,
            required=True,
        )
        self.granted.changed.connect(lambda _: self.left.emit("granted"))
        self.payments.typed.connect(lambda: self.left.emit("drawn"))

    def target(self, name: str) -> QWidget:
        """The choice, or the first payment's amount, for the two that are no editors."""
        if name == "granted":
            return self.granted
        return self.payments.lines()[0].amount if name == "drawn" else super().target(name)

    def tab_stops(self, name: str) -> list[QWidget]:
        """Each answer of the choice, each cell of the payments."""
        if name == "granted":
            return list(self.granted.findChildren(QAbstractButton))
        return self.payments.tab_stops() if name == "drawn" else super().tab_stops(name)

    def set_mode(self, mode: Mode) -> None:
        """Fewer fields in a line where room is short."""
        super().set_mode(mode)
        self.payments.set_narrow(narrow=mode in ("narrow", "single"))

    def value_of_granted(self) -> bool | None:
        """True 是, False 否, None 未定 or not chosen."""
        return {YES: True, NO: False}.get(str(self.granted.value()))

    def show_needed(self, wanted: dict[str, bool], *, paying: bool) -> None:
        """Show the fields that belong to the decision; ``paying``: the section of payments too."""
        for name, shown in wanted.items():
            self.sections[1].flow.show_part(self.fields[name], shown=shown)
        self.sections[2].setVisible(paying)

    def remember(self, draft: Draft) -> None:
        """Keep an entry that was stored: for 同上, and for the firms offered first."""
        self.before = draft
        item = item_of(self._ledger, "enterprise", draft.enterprise)
        if item is not None:
            self.recent = [item, *(each for each in self.recent if each.id != item.id)][:8]

    def above(self, name: str) -> tuple[bool, Any]:
        """What the entry before had."""
        return True, getattr(self.before, name)

    def _find_firm(self, text: str) -> list[PickItem]:
        found = find_enterprises(self._ledger, text)
        if text.strip():
            return found
        known = {item.id for item in self.recent}
        return [*self.recent, *(item for item in found if item.id not in known)]

    def _find_bank(self, text: str) -> list[PickItem]:
        """Banks by name, short name, or the initials of either: nh finds 农行."""
        with self._ledger.read() as rows:
            banks = rows.find(Query(Bank))
        items = [
            PickItem(
                bank.id,
                bank.title,
                bank.short or bank.type or "",
                tuple(w for name in (bank.name, bank.short) for w in initials(name or "").split()),
            )
            for bank in banks
        ]
        return pick_from(items)(text)
