"""Details beside the list: who the firm is, what is missing, what happened, what was changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.bars import Bar
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.pages.enterprises.findings import Details, Event, read_details
from ledger_desk.ui.records.showing import show, split_unit
from ledger_desk.ui.records.times import when
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.ui.tags import Tag

_FACTS = (
    "township",
    "kind",
    "person",
    "phone",
    "founded",
    "capital",
    "industry",
    "main_business",
    "place",
)
_MOST_CHANGES = 40


class EnterprisePane(QWidget):
    """Shows one firm at a time; `open_wanted` asks for its file."""

    open_wanted = Signal(str)

    def __init__(self, ledger: Ledger) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._ledger = ledger
        self._record = ""
        self._shown: set[str] = set()
        self._tab = "events"
        self._outer = Column(self, gap=0)
        self._content: QWidget | None = None
        self.show_record("")

    def show_record(self, record: str) -> None:
        """Read a firm and show it; an empty id, or one that is gone, shows a word instead."""
        if record != self._record:
            self._shown.clear()
        self._record = record
        details = read_details(self._ledger, record) if record else None
        content = self._nothing() if details is None else self._build(details)
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._outer.add(content, stretch=1)

    def reload(self) -> None:
        """Read the same firm again."""
        self.show_record(self._record)

    def record(self) -> str:
        """Id of the firm shown."""
        return self._record

    def _nothing(self) -> QWidget:
        content = QWidget()
        words = label(
            "在名单里点一户，这里就是它的情况：缺什么、谈过哪几家银行、改过什么。", "dim", wrap=True
        )
        Column(content, margins=(16, 16, 16, 16)).add(words).push()
        return content

    def _build(self, details: Details) -> QWidget:
        firm, content = details.firm, QWidget()
        column = Column(content, gap=0)
        head = QWidget()
        name = label(firm.title, "heading", wrap=True)
        top = Column(head, margins=(16, 12, 16, 10), gap=6).add(name)
        row = Row(gap=8).add(ElidedLabel(firm.code or "没有信用代码", "dim"), stretch=1)
        row.add(
            Button(
                "打开档案",
                partial(self.open_wanted.emit, firm.id),
                kind="plain" if firm.removed else "pri",
            )
        )
        top.add(row).add(self._tags(details))
        column.add(head, frame("rule"))
        full = QWidget()
        filled = details.required - len(details.missing)
        box = Column(full, margins=(16, 10, 16, 12), gap=6)
        box.add(Bar(details.complete, detail=f"{filled} / {details.required} 必填"))
        if details.missing:
            box.add(
                label(
                    "还缺：" + "、".join(split_unit(text)[0] for text in details.missing),
                    "must",
                    wrap=True,
                )
            )
        column.add(full, frame("rule"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = frame("bare")
        rest = Column(inner, margins=(16, 10, 16, 12), gap=8)
        rest.add(self._facts(details)).add(frame("rule")).add(self._lists(details)).push()
        area.setWidget(inner)
        column.add(area, stretch=1)
        return content

    def _tags(self, details: Details) -> Row:
        row = Row(gap=6)
        if details.firm.removed:
            row.add(Tag("在回收站", "zhu"))
        row.add(Tag(details.size or "划型未定", "grey", "none" if details.size else None))
        if details.state:
            tone, mark = ("ok", "done") if details.state == "已获贷" else ("dai", "half")
            row.add(Tag(details.state, tone, mark))
        row.push()
        return row

    def _facts(self, details: Details) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.look().px(12))
        grid.setVerticalSpacing(theme.look().px(4))
        grid.setColumnStretch(1, 1)
        place = 0
        for name in _FACTS:
            spec, value = field_map(Enterprise)[name], getattr(details.firm, name)
            if value in (None, ""):
                continue
            title, unit = split_unit(spec.label)
            masked = spec.private and name not in self._shown
            text = show(self._ledger, spec, value, masked=masked)
            self._fact(grid, place, title.partition("(")[0], f"{text} {unit}".strip())
            if spec.private:
                button = Button(
                    "显示" if masked else "隐藏", partial(self._toggle, name), kind="words"
                )
                button.setAccessibleName(f"{button.words}{title}")
                grid.addWidget(button, place, 2)
                grid.itemAtPosition(place, 0).setAlignment(Qt.AlignmentFlag.AlignVCenter)
            place += 1
        for title, amount in (("累计授信", details.granted), ("累计放款", details.drawn)):
            if amount:
                self._fact(
                    grid,
                    place,
                    title,
                    f"{show(self._ledger, field_map(Enterprise)['capital'], amount)} 万元",
                )
                place += 1
        return grid

    def _fact(self, grid: QGridLayout, place: int, title: str, text: str) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(title, "dim"), place, 0, top)
        grid.addWidget(label(text, "body", wrap=True), place, 1)

    def _toggle(self, name: str) -> None:
        self._shown ^= {name}
        self.reload()

    def _lists(self, details: Details) -> Column:
        column = Column(gap=8)
        steps = len({item.step for item in details.history})
        tabs = Tabs(
            [Tab("events", "时间线", len(details.events)), Tab("changes", "变更", steps)],
            "时间线和变更",
        )
        events, changes = (
            QWidget(self),
            QWidget(self),
        )  # without a parent they would show as windows
        self._fill_events(Column(events, gap=8), details.events)
        self._fill_changes(Column(changes, gap=8), details)
        tabs.chosen.connect(partial(self._choose, events, changes))
        tabs.choose(self._tab)
        self._choose(events, changes, self._tab)
        return column.add(tabs).add(events).add(changes)

    def _choose(self, events: QWidget, changes: QWidget, key: str) -> None:
        self._tab = key
        events.setVisible(key == "events")
        changes.setVisible(key == "changes")

    def _fill_events(self, column: Column, events: tuple[Event, ...]) -> None:
        if not events:
            column.add(label("还没有银企对接，也不在首贷培植名单里。", "dim", wrap=True))
        for event in events:
            column.add(
                _line(f"{event.day:%m-%d}" if event.day else "", event.text, event.more, event.mark)
            )

    def _fill_changes(self, column: Column, details: Details) -> None:
        last = None
        for item in details.history[:_MOST_CHANGES]:
            if item.step != last:
                column.add(_line(when(item.at), item.step_name, item.person or "没有登记姓名", ""))
                last = item.step
            if item.field == "removed" or item.before is None:
                continue
            spec = field_map(Enterprise)[item.field]
            before = show(self._ledger, spec, item.before, masked=True) or "（空）"
            after = show(self._ledger, spec, item.after, masked=True) or "（空）"
            column.add(label(f"{spec.label}：{before} → {after}", "faint", wrap=True))
        more = len(details.history) - _MOST_CHANGES
        if more > 0:
            column.add(label(f"更早的 {more} 处在“修改记录”里。", "dim", wrap=True))


def _line(day: str, text: str, more: str, mark: str) -> Row:
    """One line of a list: day, mark, what happened, and more words below."""
    row = Row(gap=8)
    at = label(day, "dim")
    at.setMinimumWidth(theme.look().px(42))
    top = Qt.AlignmentFlag.AlignTop
    row.addWidget(at, 0, top)
    if mark:
        holder = Column(margins=(0, 3, 0, 0), gap=0).add(Mark(mark))
        row.add(holder)
        row.setAlignment(holder, top)
    words = Column(gap=0).add(label(text, "bold", wrap=True))
    if more:
        words.add(label(more, "dim", wrap=True))
    row.add(words, stretch=1)
    return row
