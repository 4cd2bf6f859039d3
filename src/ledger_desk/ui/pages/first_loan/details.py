"""Details beside the lists: the firm, its plan, and what happened, the latest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QToolButton, QWidget

from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Cultivation
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.pages.first_loan.sources import town_of
from ledger_desk.ui.pages.first_loan.timeline import Event, FirmStory, read_story
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tags import Tag

_PLANS = (
    ("plan_finance", "财务管理"),
    ("plan_credit", "信贷支持"),
    ("plan_settlement", "支付结算"),
)
_STATE = {"培植中": ("dai", "half"), "已获贷": ("ok", "done"), "退出": ("grey", "none")}
_PRIOR = {"无贷": ("ok", "done"), "有贷": ("zhe", "explain"), "未核": ("grey", "none")}


class DetailsPane(QWidget):
    """One firm at a time.

    Signals:
        record_wanted: Table and id of a record to open.
        plan_wanted: Id of a white-list entry whose plan is to be edited.
        help_wanted: Id of a white-list entry to which a help is to be added.
        contact_wanted: Id of a firm with which a matching is to be recorded.
        list_wanted: Id of a firm to be put on the list.
    """

    record_wanted = Signal(str, str)
    plan_wanted = Signal(str)
    help_wanted = Signal(str)
    contact_wanted = Signal(str)
    list_wanted = Signal(str)

    def __init__(self, ledger: Ledger) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._ledger = ledger
        self._firm = self._entry = ""
        self._outer = Column(self, gap=0)
        self._content: QWidget | None = None
        self.reload()

    def show_firm(self, firm: str, entry: str = "") -> None:
        """Show a firm; an empty id shows a word instead."""
        if (firm, entry) != (self._firm, self._entry):
            self._firm, self._entry = firm, entry
            self.reload()

    def firm(self) -> str:
        """Id of the firm shown."""
        return self._firm

    def reload(self) -> None:
        """Read the same firm again."""
        story = read_story(self._ledger, self._firm, self._entry) if self._firm else None
        content = self._nothing() if story is None else self._build(story)
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._outer.add(content, stretch=1)

    def _nothing(self) -> QWidget:
        content = QWidget()
        words = label(
            "在名单里点一户，这里就是它的培植方案、帮扶、对接、授信和放款，最近的在最上面。",
            "dim",
            wrap=True,
        )
        Column(content, margins=16).add(words).push()
        return content

    def _build(self, story: FirmStory) -> QWidget:
        content, firm, entry = QWidget(), story.firm, story.entry
        column = Column(content, gap=0)
        head = QWidget()
        top = Column(head, margins=(16, 12, 12, 10), gap=6).add(
            label(firm.title, "heading", wrap=True)
        )
        row = Row(gap=8).add(ElidedLabel(firm.code or "没有信用代码", "dim"), stretch=1)
        opens = Button("打开档案", partial(self.record_wanted.emit, "enterprise", firm.id))
        top.add(row.add(opens))
        if entry is not None:
            tags = Row(gap=6)
            tone, mark = _STATE.get(entry.state or "", ("grey", "none"))
            tags.add(Tag(entry.state or "没写状态", tone, mark))
            tone, mark = _PRIOR.get(entry.prior_loan or "未核", ("grey", "none"))
            tags.add(Tag(f"首贷核验：{entry.prior_loan or '未核'}", tone, mark))
            top.add(tags.push())
        column.add(head, frame("rule"))
        column.add(self._scrolled(story), stretch=1)
        column.add(frame("rule"))
        column.add(self._foot(firm.id, entry))
        return content

    def _scrolled(self, story: FirmStory) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = frame("bare")
        column = Column(inner, margins=(16, 10, 12, 12), gap=8)
        column.add(self._facts(story))
        if story.entry is not None:
            column.add(frame("rule")).add(self._plan(story.entry))
        column.add(frame("rule"), label(f"时间线 {len(story.events)}", "bold"))
        if not story.events:
            column.add(label("还没有帮扶，也没有银企对接。", "dim", wrap=True))
        for event in story.events:
            line = TimelineLine(event)
            line.opened.connect(self.record_wanted)
            column.add(line)
        column.push()
        area.setWidget(inner)
        return area

    def _facts(self, story: FirmStory) -> QGridLayout:
        grid, entry = QGridLayout(), story.entry
        grid.setHorizontalSpacing(theme.look().px(12))
        grid.setVerticalSpacing(theme.look().px(4))
        grid.setColumnStretch(1, 1)
        facts = [("乡镇", town_of(story.firm))]
        if entry is None:
            facts.append(("名单", "不在培植名单"))
        else:
            need = f"{show_wan(entry.need)} 万元" if entry.need is not None else "未报"
            facts += [
                ("列入", f"{entry.listed_on or '没写日期'}　{entry.source or ''}"),
                ("融资需求", need),
                ("培植银行", story.bank or "还没定"),
                ("主要障碍", entry.obstacle or "还没写"),
            ]
        for row, (name, text) in enumerate(facts):
            grid.addWidget(label(name, "dim"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text or "没填", "body", wrap=True), row, 1)
        return grid

    def _plan(self, entry: Cultivation) -> QWidget:
        holder = QWidget()
        column = Column(holder, gap=4)
        edit = Button(
            "编方案", partial(self.plan_wanted.emit, entry.id), kind="words", icon="pencil"
        )
        column.add(Row(gap=8).add(label("培植方案", "bold")).push().add(edit))
        written = [(word, getattr(entry, name)) for name, word in _PLANS if getattr(entry, name)]
        for word, text in written:
            column.add(label(word, "dim"), label(text, "body", wrap=True))
        if not written:
            column.add(label("财务管理、信贷支持、支付结算三样都还没写。", "explain", wrap=True))
        return holder

    def _foot(self, firm: str, entry: Cultivation | None) -> QWidget:
        foot = QWidget()
        row = Row(foot, margins=(16, 8, 12, 8), gap=8)
        if entry is not None:
            row.add(Button("记帮扶", partial(self.help_wanted.emit, entry.id)))
        else:
            row.add(Button("加入名单", partial(self.list_wanted.emit, firm)))
        row.add(Button("记对接", partial(self.contact_wanted.emit, firm))).push()
        return foot


class TimelineLine(QToolButton):
    """One event; Enter or a click opens its record.

    Signals:
        opened: Table and id.
    """

    opened = Signal(str, str)

    def __init__(self, event: Event) -> None:
        """Show day, mark and words."""
        super().__init__()
        self._event = event
        self.setAutoRaise(True)
        self.setProperty("k", "bare")
        self.setAccessibleName(f"{event.day or ''} {event.text} {event.more}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = Row(self, margins=(0, 3, 0, 3), gap=8)
        day = label(f"{event.day:%m-%d}" if event.day else "没写日", "dim")
        day.setToolTip(str(event.day or ""))
        day.setMinimumWidth(theme.look().px(42))
        words = Column(gap=0).add(label(event.text, "bold", wrap=True))
        if event.more:
            words.add(label(event.more, "dim", wrap=True))
        holder = Column(margins=(0, 3, 0, 0), gap=0).add(Mark(event.mark))
        for part in (day, holder):
            row.add(part)
            row.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        row.add(words, stretch=1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda: self.opened.emit(event.table, event.record))
        theme.follow(self._scale)

    def _scale(self) -> None:
        self.setMinimumHeight(theme.look().px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
