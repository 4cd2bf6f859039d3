"""The review desk: one application after another; approved, returned or rejected by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model import review
from ledger_desk.model.records import Application
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.applications.asking import OpinionBox
from ledger_desk.ui.pages.applications.fact_view import FactView, facts_card
from ledger_desk.ui.pages.applications.facts import Facts, read_facts
from ledger_desk.ui.pages.applications.stages import Stages
from ledger_desk.ui.rules import frame
from ledger_desk.work import reviewing
from ledger_desk.work.outcome import Outcome


class ReviewPage(Page):
    """Facts at the left; signatures, opinion and verdict at the right.

    Signals:
        closed: Back to the lists.
        said: Id of an application that something was said of.
        firm_wanted: Id of the firm whose file is wanted.
        edit_wanted: Id of an application to be mended.
    """

    closed = Signal()
    said = Signal(str)
    firm_wanted = Signal(str)
    edit_wanted = Signal(str)

    def __init__(self, ledger: Ledger, window: MainWindow) -> None:
        """Build the desk; `take` gives it work."""
        super().__init__("逐笔审核", scroll=False)
        self.ledger, self.main_window = ledger, window
        self._ids: list[str] = []
        self._here, self._done = 0, 0
        self.facts: Facts | None = None
        self.view = FactView()
        self.title, self.subtitle = label("", "heading", wrap=True), label("", "dim", wrap=True)
        self.stages = Stages()
        self.notices = Column(gap=6)
        self.opinion = OpinionBox(reviewing.USUAL[review.PASSED])
        self.opinion.area.textChanged.connect(self._typed)
        self.day = DayField()
        self._day = Field("审核日期", self.day, note="空着就是今天")
        self._who = label("", "dim", wrap=True)
        desk = frame("box")
        inner = Column(desk, margins=(16, 12, 16, 12), gap=8)
        inner.add(
            self.title, self.subtitle, frame("rule"), self.stages, self.notices, frame("rule")
        )
        inner.add(self.opinion, self._day, self._who)
        self._below = Column(gap=0)  # the facts, where they do not fit beside the desk
        inner.add(self._below).push()
        self._card: QWidget | None = None
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(desk)
        self._side = True
        self._two = Row(gap=12).add(self.view, stretch=1).add(area, stretch=1)
        self.body.add(self._two, stretch=1)
        self._build_buttons()

    def _build_buttons(self) -> None:
        self.head.add_button(Button("打开企业档案", self._open_firm, icon="building-store"))
        self._edit = self.head.add_button(Button("去改这一笔", self._go_edit, icon="pencil"))
        self.head.add_button(Button("返回", self.closed.emit, icon="arrow-left", key="Esc"))
        self._before = self.bottom.add_button(Button("上一笔", self.go_back, key="Ctrl+PgUp"))
        self._after = self.bottom.add_button(Button("下一笔", self.go_on, key="Ctrl+PgDown"))
        self.bottom.push()
        self._no = self.bottom.add_button(Button("不通过", self.reject, kind="danger"))
        self._back = self.bottom.add_button(Button("退回", self.send_back, icon="arrow-back-up"))
        self._yes = self.bottom.add_button(
            Button("通过  Ctrl+Enter", self.approve, kind="pri", icon="check")
        )
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.approve)

    # What the page below calls

    def take(self, ids: Sequence[str]) -> None:
        """Go through some applications, beginning with the first."""
        self._ids, self._here, self._done = list(ids), 0, 0
        self.opinion.clear()
        self.day.set_day(None)
        self._show()

    def refresh(self) -> None:
        """Read again, for instance after an undo."""
        self._show()

    def current(self) -> str:
        """Id of the application that lies on the desk; '' when there is none."""
        return self._ids[self._here] if self._here < len(self._ids) else ""

    def first_focus(self) -> QWidget | None:
        """The opinion."""
        return self.opinion.area

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """One below the other where they do not fit side by side."""
        super().set_mode(mode, very_short=very_short)
        side = mode in ("full", "drawer")
        if hasattr(self, "_two") and side != self._side:
            self._side = side
            self._draw()

    def _draw(self) -> None:
        """Put the facts beside the desk, or below it where they do not fit beside it."""
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self.view.setVisible(self._side)
        if self.facts is None:
            return
        if self._side:
            self.view.show_facts(self.facts)
        else:
            self._card = facts_card(self.facts)
            self._below.add(self._card)

    # Saying

    def approve(self) -> None:
        """Approve and go on (Ctrl+Enter)."""
        self._say(review.PASSED, reviewing.approve)

    def send_back(self) -> None:
        """Return with the opinion and go on."""
        self._say(review.SENT_BACK, reviewing.send_back)

    def reject(self) -> None:
        """Reject with the opinion and go on."""
        self._say(review.REFUSED, reviewing.reject)

    def _say(self, verdict: str, work: Callable[..., Outcome]) -> None:
        facts = self.facts
        if facts is None or not facts.level or self.ledger.read_only:
            return
        if self.day.text().strip() and self.day.day() is None:
            self._day.say("must", "看不出是哪一天，请写成 2024-11-20 这样。")
            return
        try:
            outcome = work(self.ledger, [facts.record.id], self.opinion.text(), level=facts.level, day=self.day.day())  # fmt: skip
        except UserError as error:
            show_error(self.window(), error, "这一笔没有审")
            return
        if outcome.refused:
            self.opinion.field.say("must", outcome.refused[0].why)
            self.opinion.area.setFocus()
            return
        self._done += 1
        self.main_window.status.say(f"{facts.title}：{outcome.sentence.rpartition(' 1 笔')[0]}")
        self.said.emit(facts.record.id)
        self.opinion.clear()
        self._next()

    def _next(self) -> None:
        """Go to the next one that waits for the same level, else show this one as it stands now."""
        level = self.facts.level if self.facts is not None else ""
        with self.ledger.read() as rows:
            found = rows.many(Application, self._ids)
        order = [*range(self._here + 1, len(self._ids)), *range(self._here)]
        state = review.STATE_OF.get(level)
        for place in order:
            each = found.get(self._ids[place])
            if each is not None and not each.removed and each.state == state:
                self._here = place
                break
        self._show()
        self.opinion.area.setFocus()

    def go_on(self) -> None:
        """Look at the next one without saying anything."""
        self._move(1)

    def go_back(self) -> None:
        """Look at the one before."""
        self._move(-1)

    def _move(self, by: int) -> None:
        if self._ids:
            self._here = (self._here + by) % len(self._ids)
            self.opinion.clear()
            self._show()

    # Showing

    def _show(self) -> None:
        facts = self.facts = read_facts(self.ledger, self.current())
        if facts is None:
            self.closed.emit()
            return
        self.title.setText(facts.title)
        need = "　".join(text for _, text in facts.need[:3])
        self.subtitle.setText(f"{facts.subtitle}\n{need}")
        self._draw()
        self.stages.show_stages(facts.stages)
        self._tell(facts)
        many = len(self._ids)
        told = f"第 {self._here + 1:,} 笔，共 {many:,} 笔" + (
            f"；这回审了 {self._done:,} 笔" if self._done else ""
        )
        self.head.set_counts(told, f"{self._here + 1}/{many}")
        self._before.setEnabled(many > 1)
        self._after.setEnabled(many > 1)

    def _tell(self, facts: Facts) -> None:
        while self.notices.count():
            widget = self.notices.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for kind, sentence in self._warnings(facts):
            self.notices.add(Notice(kind, sentence))
        open_ = bool(facts.level) and not self.ledger.read_only
        short = review.SHORT.get(facts.level, "")
        if open_:
            verb = "签字" if facts.level == review.BY_CONVENER else f"{short}通过"
            self._yes.allow(f"{verb}  Ctrl+Enter")
            self._back.allow("退回")
            self._no.allow("不通过")
        else:
            self._yes.block(
                "只看，不能审"
                if self.ledger.read_only
                else f"{facts.record.state or '登记'}，现在不用审"
            )
            self._back.block("退回")
            self._no.block("不通过")
        for part in (self.opinion, self._day):
            part.setVisible(open_)
        free = facts.record.state in (None, review.REGISTERED, review.RETURNED)
        self._edit.retire(away=not free or self.ledger.read_only)
        person = self.ledger.person
        name = person.title if person is not None else "还没有选经办人"
        self._who.setText(f"审核人：{name}（在“设置与备份”里换人）" if open_ else "")
        self._who.setVisible(open_)

    def _warnings(self, facts: Facts) -> list[tuple[str, str]]:
        found = []
        if facts.odd and facts.level:
            found.append(("explain", f"部门核查有异常：{'、'.join(facts.odd)}。通过要写意见。"))
        if facts.altered:
            found.append(("explain", f"内容已变：上一道审核以后改过{'、'.join(facts.altered)}。"))
        if facts.lenders.warning:
            found.append((facts.lenders.warning, facts.lenders.advice))
        return found

    def _typed(self) -> None:
        self.opinion.field.say("", "")

    def _open_firm(self) -> None:
        if self.facts is not None and self.facts.firm:
            self.firm_wanted.emit(self.facts.firm)

    def _go_edit(self) -> None:
        if self.facts is not None:
            self.edit_wanted.emit(self.facts.record.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the lists."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
