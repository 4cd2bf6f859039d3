"""登记申报: one application after another, keyed in and put on the list at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model import review
from ledger_desk.model import work_words as words
from ledger_desk.model.fields import values_of
from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Application, Visit
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.keying.page import KeyingPage
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.applications.entry_form import EntryForm
from ledger_desk.ui.rules import frame
from ledger_desk.work import applying
from ledger_desk.work.outcome import Outcome
from ledger_desk.work.reviewing import warn_of_lenders, words_of

_HOW = "Enter 到下一项　Esc 返回"


class ApplicationEntryPage(KeyingPage):
    """Keys in applications."""

    form: EntryForm
    unsaved = "这笔申报还没有存"

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Build the page; `begin` or `load` fill it."""
        super().__init__("登记申报", scroll=False)
        self.ledger, self.main_window = ledger, window
        self._record, self._visit, self._count = "", "", 0
        self.form = EntryForm(ledger)
        card = frame("box")
        column = Column(card, margins=(16, 10, 16, 12), gap=8)
        self._notices = Column(gap=6)
        column.add(self._notices, self.form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(card)
        self._area = area
        self.body.add(area, stretch=1)
        self.add_back()
        self.bottom.say(FittingLabel([_HOW, ""], "dim"))
        self.bottom.push()
        self._keep = self.bottom.add_button(Button("只登记  Ctrl+S", self.save_and_leave))
        self._list = self.bottom.add_button(
            Button("列入申报清单，再登一笔  F12", self.enter, kind="pri")
        )
        self.add_keys({"Ctrl+S": self.save_and_leave, "F12": self.enter})
        self.form.firm_picked.connect(self._take_visit)

    # What the page below calls

    def begin(self, **given: Any) -> None:
        """Start a new application, with what is given (firm, visit)."""
        self._record, self._visit = "", str(given.pop("visit", "") or "")
        self.head.set_title("登记申报")
        self._keep.set_text("只登记  Ctrl+S")
        self._list.set_text("列入申报清单，再登一笔  F12")
        self._say()
        self.form.begin({"source": words.APPLICATION_SOURCES[5], **given})
        self._tell()
        if given.get("enterprise"):
            self._take_visit(str(given["enterprise"]))
        self._area.verticalScrollBar().setValue(0)

    def load(self, record: str) -> None:
        """Mend an application that is registered or was returned."""
        found = self.ledger.get(Application, record)
        if found is None:
            self.begin()
            return
        self._record, self._visit = record, found.visit or ""
        self.head.set_title(f"改申报 {found.no or ''}".strip(), "改申报")
        returned = found.state == review.RETURNED
        self._keep.set_text("只存下  Ctrl+S")
        self._list.set_text("改好重报  F12" if returned else "列入申报清单  F12")
        self._say()
        self.form.begin(values_of(found))
        if returned:
            with self.ledger.read() as rows:
                said = words_of(rows, record)
            if said:
                last = said[-1]
                self._say("explain", f"{review.SHORT.get(last.level or '', '')}退回：{last.opinion or '没有写意见'}")  # fmt: skip
        self._warn(record)
        self._tell()

    def refresh(self) -> None:
        """Read again after an undo, unless something is being typed."""
        if self._record and not self.form.is_touched():
            self.load(self._record)

    def first_focus(self) -> QWidget | None:
        """The firm, or the need of one that is known."""
        name = "amount" if self.form.firm() else "enterprise"
        return self.form.editors[name].widget

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit the form."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "form"):
            self.form.set_mode(mode)

    # Storing

    def enter(self) -> None:
        """Store, put on the list, and begin the next one (F12)."""
        self._store(submit=True)

    def store(self) -> bool:
        """Store as registered only."""
        return self._store(submit=False)

    def _store(self, *, submit: bool) -> bool:
        values = self.form.values()
        if values is None:
            return False
        if not values.get("enterprise"):
            self.form.fields["enterprise"].say("must", "先选是哪一户，输名称、代码或拼音首字母。")
            self.form.editors["enterprise"].widget.setFocus()
            return False
        try:
            outcome = self._write(values, submit)
        except UserError as error:
            show_error(self.window(), error, "这笔申报没有存下")
            return False
        record = outcome.done[0]
        self._count += not self._record
        known = bool(self._record)
        self.saved.emit(record)
        if outcome.refused:
            self.load(record)
            self._say("must", f"已登记，还没有列入：{outcome.refused[0].why}")
            return False
        self.main_window.status.say(f"已存：{outcome.sentence}")
        if submit and not known:
            self.begin()
            self.form.editors["enterprise"].widget.setFocus(Qt.FocusReason.TabFocusReason)
        elif submit:
            self.closed.emit()
        else:
            self.form.begin(values)
        return True

    def _write(self, values: dict[str, Any], submit: bool) -> Outcome:
        if self._record:
            return applying.amend(self.ledger, self._record, values, submit=submit)
        if self._visit:
            values = {**values, "visit": self._visit}
        return applying.register(self.ledger, [values], enter=submit)

    # What is known of the firm

    def _take_visit(self, firm: str) -> None:
        """Fill what is still empty from the latest visit that found a need."""
        if self._record:
            return
        self._say()
        where = (Where("enterprise", "=", firm), Where("has_need", "=", True))
        with self.ledger.read() as rows:
            visits = rows.find(Query(Visit, where, sort=(("day", True),)), 1)
            used = (
                rows.count(Query(Application, (Where("visit", "=", visits[0].id),)))
                if visits
                else 0
            )
            others = rows.find(Query(Application, (Where("enterprise", "=", firm), Where("state", "in", (*review.WAITING, review.REGISTERED, review.RETURNED)))))  # fmt: skip
        if visits and not used and self._visit in ("", visits[0].id):
            self._visit = visits[0].id
            taken = applying.of_visit(visits[0])
            self.form.editors["source"].set_value(taken["source"])
            self.form.fill_empty(taken)
            self._say("hint", f"按 {visits[0].day or date.today()} 的走访填好了空着的栏，请核对。")
        if others:
            numbers = "、".join(
                f"{o.no or '未编号'}（{o.state or review.REGISTERED}）" for o in others
            )
            self._say("explain", f"这一户已有在办的申报：{numbers}。确是另一笔需求再登记。")
        self._area.verticalScrollBar().setValue(0)

    def _warn(self, record: str) -> None:
        with self.ledger.read() as rows:
            warned = warn_of_lenders(rows, [record]).get(record)
        if warned is not None:
            self._say(warned.kind, f"{warned.sentence}{warned.reason}")

    def _say(self, kind: str = "", sentence: str = "") -> None:
        """Put a notice above the form; without words take all of them away."""
        if not kind:
            while self._notices.count():
                widget = self._notices.takeAt(0).widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            return
        self._notices.add(Notice(kind, sentence))

    def _tell(self) -> None:
        told = f"这回登了 {self._count:,} 笔" if self._count else ""
        if self._record:
            found = self.ledger.get(Application, self._record)
            amount = f"{show_wan(found.amount)} 万元" if found is not None and found.amount else ""
            told = "　".join(part for part in (found.state or review.REGISTERED if found else "", amount) if part)  # fmt: skip
        self.head.set_counts(told)
