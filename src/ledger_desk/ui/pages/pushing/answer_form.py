"""What a bank told of one firm, being keyed in: only what belongs to its decision stands there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from ledger_desk.model.bank_answers import (
    BY_NAME,
    GIVEN_UP,
    GRANTED,
    PENDING,
    REFUSED,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.keying.fields import KeyedFields
from ledger_desk.ui.labels import label
from ledger_desk.ui.records.editors import Editor, make_editor
from ledger_desk.ui.records.showing import split_unit
from ledger_desk.work import deciding
from ledger_desk.work.answered import Answered
from ledger_desk.work.following import Following
from ledger_desk.work.judging import Said

# Money is entered anew each time: what was paid out before stands in words above.
_ANEW = ("drawn_on", "drawn", "repaid_on", "repaid")
_MARKS = ("first_marked", "relending", "subsidised", "rewarded", "risk_covered")
_SHORT = {"risk_covered": "风险补偿", "relending": "再贷款支持"}
# Section → (numeral, title, word under it, (name, share of twelve) …)
_SECTIONS: tuple[tuple[str, str, str, tuple[tuple[str, int], ...]], ...] = (
    ("壹", "对接与材料", "哪天做到哪一步",
     (("contacted_on", 2), ("method", 3), ("manager", 3), ("accepted_on", 2), ("complete_on", 2))),
    ("贰", "银行决定", "按 1—4 选",
     (("decision", 8), ("decided_on", 4), ("amount", 3), ("rate", 3), ("months", 3), ("security", 3),
      ("product", 6), ("reason", 5), ("problem", 7), ("fed_back_on", 3), ("repairable", 3),
      ("mend_by", 3), ("department", 3), ("measure", 12))),
    ("叁", "条件与用款", "三个 100% 的分母", (("qualified", 3), ("wants_money", 3))),
    ("肆", "贷款与放款", "一次放款登一次",
     (("drawn_on", 3), ("drawn", 3), ("due_on", 3), ("form", 3), ("repaid_on", 3), ("repaid", 3),
      ("contract", 3), ("loan_rate", 3), *((name, 3) for name in _MARKS))),
    ("伍", "备注", "", (("note", 12),)),
)  # fmt: skip
_BELONGS: Mapping[str, Collection[str]] = {
    "decided_on": (GRANTED, REFUSED, GIVEN_UP), "amount": (GRANTED,), "rate": (GRANTED,),
    "months": (GRANTED,), "security": (GRANTED,), "product": (GRANTED,), "reason": (REFUSED,),
    "problem": (REFUSED, GIVEN_UP), "fed_back_on": (REFUSED,), "repairable": (REFUSED,),
    "mend_by": (REFUSED,), "department": (REFUSED,), "measure": (REFUSED,),
}  # fmt: skip


class DecisionEditor(Editor):
    """The four words of a decision side by side; digits choose."""

    def __init__(self) -> None:
        """Offer them."""
        tones = {GRANTED: "ok", REFUSED: "zhu", GIVEN_UP: "zhe", PENDING: "dai"}
        self.segments = Segmented([Option(w, w, t) for w, t in tones.items()], None, "银行决定")
        super().__init__(self.segments)
        self.segments.changed.connect(lambda _: self.left.emit())

    def value(self) -> Any:
        """What is chosen."""
        return self.segments.value()

    def set_value(self, value: Any) -> None:
        """Choose."""
        self.segments.set_value(value)

    def text(self) -> str:
        """Its word."""
        return str(self.segments.value() or "")


class AnswerForm(KeyedFields):
    """Edits the answer on one referral.

    Signals:
        judged: Something was typed or left.
    """

    judged = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Build the fields; `load` fills them."""
        super().__init__()
        self._ledger = ledger
        self._loaded: dict[str, Any] = {}
        self._one: Answered | None = None
        self._insists = False  # what must be mended is said only once somebody wanted to store
        self._paid = label("", "dim", wrap=True)
        for numeral, title, word, names in _SECTIONS:
            section = self.add_section(numeral, title, word)
            for name, share in names:
                said, unit = split_unit(_SHORT.get(name, BY_NAME[name].label))
                self.add_field(section, name, said, self._editor(name), share, unit=unit)
            if title.startswith("贷款"):
                section.flow.add(self._paid, 12)
        self.order_tabs()
        self.left.connect(self._left)

    def _editor(self, name: str) -> Editor:
        if name == "decision":
            return DecisionEditor()
        return make_editor(BY_NAME[name].spec, BY_NAME[name].cls, self._ledger)

    # Filling and reading

    def load(self, one: Answered) -> None:
        """Show what the ledger holds of a referral."""
        self._one, self._insists = one, False
        self._loaded = {n: v for n, v in one.values.items() if n not in _ANEW}
        for name, editor in self.editors.items():
            editor.set_value(self._loaded.get(name))
            self.fields[name].say("", "")
        said = []
        for word, some in (("已放款", one.drawdowns), ("已还款", one.repayments)):
            if some:
                parts = [
                    f"{p.day} {BY_NAME['drawn'].spec.kind.show(p.amount or 0)} 万元"
                    for p in some[-4:]
                ]
                said.append(f"{word} {len(some)} 次：{'、'.join(parts)}")
        self._paid.setText("；".join(said))
        self._show_needed()

    def answer(self) -> tuple[dict[str, Any], list[str]]:
        """What was typed: values that differ from the ledger's, and names that were emptied.

        Raises:
            ValueError: Something cannot be read; its field says what.
        """
        given: dict[str, Any] = {}
        erased = []
        for name, editor in self.editors.items():
            if self.fields[name].isHidden():
                continue
            try:
                value = editor.value()
            except ValueError as error:
                self.fields[name].say("must", str(error))
                raise
            before = self._loaded.get(name)
            if value in (None, ""):
                erased += [name] if before is not None else []
            elif value != before:
                given[name] = value
        return given, erased

    def is_touched(self) -> bool:
        """Whether something stands there that is not stored."""
        try:
            given, erased = self.answer()
        except ValueError:
            return True
        return bool(given or erased)

    def say(self, found: list[Said]) -> str:
        """Show findings at their fields, and go on doing so while one types on.

        Gives the first field that must be mended, '' for none.
        """
        self._insists = True
        return self._show(found)

    def _show(self, found: list[Said]) -> str:
        first = ""
        told = set()
        for said in found:
            if said.name in told or said.name not in self.fields:
                continue
            told.add(said.name)
            self.fields[said.name].say("explain" if said.grade == "explain" else "must", said.why)
            if said.grade != "explain" and not first:
                first = said.name
        return first

    # Inner

    def _left(self, name: str) -> None:
        if name == "decision":
            self._suggest_day()
            self._show_needed()
        elif name == "reason":
            self._suggest_mending()
        for field in self.fields.values():
            field.say("", "")
        self._look()
        self.judged.emit()

    def _look(self) -> None:
        if self._one is None:
            return
        try:
            given, _ = self.answer()
        except ValueError:
            return
        # While one types only odd days and numbers are told; what is missing is told on storing.
        found = deciding.look(self._ledger, self._one.referral.id, given)
        self._show([said for said in found if self._insists or said.grade == "explain"])

    def _suggest_day(self) -> None:
        decided = self.editors["decided_on"]
        if self.editors["decision"].value() in (GRANTED, REFUSED, GIVEN_UP) and not decided.text():
            decided.set_value(date.today())

    def _suggest_mending(self) -> None:
        with self._ledger.read() as rows:
            following = Following.of(rows, self._ledger.office.id, date.today())
        given = {"decision": REFUSED, "reason": self.editors["reason"].value()}
        try:
            given["decided_on"] = self.editors["decided_on"].value()
        except ValueError:
            given.pop("decided_on", None)
        told = following.of_refusal({}, {k: v for k, v in given.items() if v}, date.today())
        for name, value in told.items():
            if name != "fed_back_on" or not self.editors[name].text():
                self.editors[name].set_value(value)

    def _show_needed(self) -> None:
        decision = self.editors["decision"].value()
        flow = self.sections[1].flow
        for name, decisions in _BELONGS.items():
            flow.show_part(self.fields[name], shown=decision in decisions)
        self.sections[2].setVisible(decision in (GRANTED, PENDING, None))
        self.sections[3].setVisible(decision == GRANTED)
        money = self.sections[3].flow
        paid = self._one is not None and bool(self._one.drawdowns)
        for name in ("repaid_on", "repaid"):
            money.show_part(self.fields[name], shown=paid)
        money.show_part(self._paid, shown=paid)
        for section, hidden in ((2, self.sections[2].isHidden()), (3, self.sections[3].isHidden())):
            for name, _ in _SECTIONS[section][3]:
                if name in ("repaid_on", "repaid") and not paid:
                    continue
                self.sections[section].flow.show_part(self.fields[name], shown=not hidden)
