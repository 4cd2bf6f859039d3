"""登银行回话: one firm after another, by keyboard; lies over the lists."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Application, Bank, Enterprise, Guarantor
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.keying.page import KeyingPage
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.pushing.answer_form import AnswerForm
from ledger_desk.ui.rules import frame
from ledger_desk.work import bank_clocks, deciding
from ledger_desk.work.answered import Answered, read_answered

_KEYS = "Enter 到下一项　Ctrl+; 今天　PgUp PgDn 前后一户"


class AnswerPage(KeyingPage):
    """Keys in what banks told."""

    form: AnswerForm
    unsaved = "这一户还没有存"

    def __init__(self, ledger: Ledger) -> None:
        """Build the page; `begin` fills it."""
        super().__init__("登银行回话", scroll=True)
        self._ledger = ledger
        self._ids: list[str] = []
        self._at = 0
        self._one: Answered | None = None
        self.form = AnswerForm(ledger)
        self._about = label("", "body", wrap=True)
        self._clock = label("", "explain", wrap=True)
        card = frame("box")
        inner = Column(card, margins=(16, 8, 16, 4), gap=4)
        inner.add(self._about, self._clock, self.form)
        self.body.add(card).push()
        self.add_back()
        self._place = FittingLabel([""], "dim")
        self._how = FittingLabel([_KEYS, ""], "dim")
        self.bottom.say(self._place, self._how)
        self.bottom.push()
        self._before = self.bottom.add_button(Button("上一户", self.go_back))
        self._skip = self.bottom.add_button(Button("跳过", self.skip))
        self._save = self.bottom.add_button(Button("存下  Ctrl+S", self.save_and_leave))
        self._next = self.bottom.add_button(Button("", self.save_and_next, kind="pri"))
        self.add_keys(
            {
                "Ctrl+S": self.save_and_leave, "F12": self.save_and_next,
                "PgUp": self.go_back, "PgDown": self.skip,
            },
            within=True,
        )  # fmt: skip

    # What the page below calls

    def begin(self, ids: list[str], at: str) -> None:
        """Begin with one referral; the others follow."""
        self._ids = ids or ([at] if at else [])
        self._at = self._ids.index(at) if at in self._ids else 0
        self._load()

    def refresh(self) -> None:
        """Read again after an undo, unless something is typed that is not stored."""
        if self._one is not None and not self.form.is_touched():
            self._load()

    def current(self) -> str:
        """Id of the referral that stands there."""
        return self._ids[self._at] if self._ids else ""

    def first_focus(self) -> QWidget | None:
        """The day of the contact, or the decision where that is known."""
        if self._one is not None and self._one.values.get("contacted_on") is not None:
            self.form.focus_field("decision")
            return self.focusWidget()
        return self.form.editors["contacted_on"].widget

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit the form."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "form"):
            self.form.set_mode(mode)

    # Storing and moving

    def save_and_next(self) -> None:
        """Store what was typed, if anything, and go on to the next firm (F12)."""
        if self.store():
            self._move(1)

    def skip(self) -> None:
        """Go on without storing."""
        if self.settled():
            self._move(1)

    def go_back(self) -> None:
        """Go to the firm before."""
        if self._at and self.settled():
            self._move(-1)

    def _move(self, by: int) -> None:
        if self._at + by >= len(self._ids):
            self.told.emit("这个名单里的都登完了")
            self.closed.emit()
            return
        self._at += by
        self._load()
        target = self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def store(self) -> bool:
        """Store the answer; nothing typed is stored too."""
        assert self._one is not None
        referral = self._one.referral.id
        try:
            given, erased = self.form.answer()
        except ValueError:
            return False
        if not given and not erased:
            return True
        first = self.form.say(deciding.look(self._ledger, referral, given))
        if first:
            self.form.focus_field(first)
            return False
        try:
            made = deciding.answer(
                self._ledger, {referral: given}, date.today(), erase={referral: erased}
            )
        except UserError as error:
            show_error(self.window(), error, "银行回话没有存下")
            return False
        if made.refused:
            show_error(self.window(), UserError(made.refused[0].why), "银行回话没有存下")
            return False
        self.told.emit(f"已存：{self.head_text()}")
        self.saved.emit(referral)
        self._load()
        return True

    # Showing

    def head_text(self) -> str:
        """What is keyed in: firm and bank."""
        return self._head

    _head = ""

    def _load(self) -> None:
        record = self.current()
        with self._ledger.read() as rows:
            self._one = read_answered(rows, [record]).get(record)
            if self._one is None:
                return
            self._tell(rows, self._one)
        self.form.load(self._one)
        last = self._at + 1 == len(self._ids)
        many = len(self._ids)
        self._place.set_texts(
            [f"第 {self._at + 1:,} 户，共 {many:,} 户", f"{self._at + 1} / {many}"]
        )
        self._next.set_text("存下，登完了  F12" if last else "存下，下一户  F12")
        if self._at:
            self._before.allow("上一户")
        else:
            self._before.block("没有上一户")
        if last:
            self._skip.block("没有下一户")
        else:
            self._skip.allow("跳过")

    def _tell(self, rows: Rows, one: Answered) -> None:
        referral = one.referral
        firm = rows.get(Enterprise, referral.enterprise)
        need = rows.get(Application, referral.application)
        bank = rows.get(Bank, referral.bank) or rows.get(Guarantor, referral.guarantor)
        name = firm.title if firm is not None else ""
        to = (getattr(bank, "short", None) or bank.title) if bank is not None else ""
        self._head = f"{name}—{to}"
        self.head.set_title(f"登银行回话：{self._head}", "银行回话")
        parts = [need.no or ""] if need is not None else []
        if need is not None and need.amount:
            months = f"，{need.months} 个月" if need.months else ""
            parts.append(f"要 {show_wan(need.amount)} 万元{months}，{need.purpose or '用途没写'}")
            parts.append(f"可提供{need.security}" if need.security else "")
        parts.append(f"{referral.pushed_on} 推送")
        if firm is not None and firm.person:
            parts.append(firm.person)
        self._about.setText("　".join(part for part in parts if part))
        clocks = bank_clocks.clocks_of(rows, [referral.id]).get(referral.id, [])
        today = date.today()
        said = [
            f"{c.what}：{'已超' if c.left(today) < 0 else '还剩'} {abs(c.left(today))} 天（最迟 {c.due}）"
            for c in clocks
        ]
        self._clock.setText("；".join(said))
        self._clock.setVisible(bool(said))
