"""Details beside the list: who the firm is, what is missing, what happened, what was changed.

Its widgets are made once and say something else for each firm: making them anew would cost the
window's thread as much as painting the whole list.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.bars import Bar
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.pages.enterprises.findings import Details, Event, read_details
from ledger_desk.ui.records.changes import Dated, LineList, Words, change_lines
from ledger_desk.ui.records.fact_list import FactLine, FactList
from ledger_desk.ui.records.showing import show, split_unit
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
_NOTHING = "在名单里点一户，这里就是它的情况：缺什么、谈过哪几家银行、改过什么。"


class EnterprisePane(QWidget):
    """Shows one firm at a time; `open_wanted` asks for its file."""

    open_wanted = Signal(str)

    def __init__(self, ledger: Ledger) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._ledger = ledger
        self._record = ""
        self._shown: set[str] = set()
        self._details: Details | None = None
        self._stale: set[str] = set()
        self._nothing, self._content = QWidget(), QWidget()
        Column(self._nothing, margins=(16, 16, 16, 16)).add(
            label(_NOTHING, "dim", wrap=True)
        ).push()
        Column(self, gap=0).add(self._nothing, self._content, stretch=1)
        head, full = self._make_head(), self._make_full()
        self._area = self._make_rest()
        column = Column(self._content, gap=0).add(head, frame("rule"), full, frame("rule"))
        column.add(self._area, stretch=1)
        self.show_record("")

    def show_record(self, record: str) -> None:
        """Read a firm and show it; an empty id, or one that is gone, shows a word instead."""
        if record != self._record:
            self._shown.clear()
            self._area.verticalScrollBar().setValue(0)
        self._record = record
        self._details = read_details(self._ledger, record) if record else None
        self._nothing.setVisible(self._details is None)
        self._content.setVisible(self._details is not None)
        if self._details is not None:
            self._fill(self._details)

    def reload(self) -> None:
        """Read the same firm again."""
        self.show_record(self._record)

    def record(self) -> str:
        """Id of the firm shown."""
        return self._record

    # Made once

    def _make_head(self) -> QWidget:
        head = QWidget()
        self._name = label("", "heading", wrap=True)
        self._code = ElidedLabel("", "dim")
        self._open = Button("打开档案", self._open_it, kind="pri")
        self._removed = Tag("在回收站", "zhu")
        self._size, self._state = Tag(""), Tag("")
        column = Column(head, margins=(16, 12, 16, 10), gap=6).add(self._name)
        column.add(Row(gap=8).add(self._code, stretch=1).add(self._open))
        column.add(Row(gap=6).add(self._removed, self._size, self._state).push())
        return head

    def _make_full(self) -> QWidget:
        full = QWidget()
        self._bar, self._missing = Bar(), label("", "must", wrap=True)
        Column(full, margins=(16, 10, 16, 12), gap=6).add(self._bar, self._missing)
        return full

    def _make_rest(self) -> QScrollArea:
        area, inner = QScrollArea(), frame("bare")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._facts = FactList()
        self._tabs = Tabs([Tab("events", "时间线"), Tab("changes", "变更")], "时间线和变更")
        self._lists = {"events": LineList(inner), "changes": LineList(inner)}
        rest = Column(inner, margins=(16, 10, 16, 12), gap=8)
        rest.add(self._facts, frame("rule"))
        rest.add(Column(gap=8).add(self._tabs, *self._lists.values())).push()
        self._tabs.chosen.connect(self._choose)
        area.setWidget(inner)
        return area

    # Filled for each firm

    def _fill(self, details: Details) -> None:
        firm = details.firm
        self._name.setText(firm.title)
        self._code.setText(firm.code or "没有信用代码")
        self._open.set_kind("plain" if firm.removed else "pri")
        self._removed.setVisible(firm.removed)
        self._size.set(details.size or "划型未定", "grey", "none" if details.size else None)
        self._state.setVisible(bool(details.state))
        if details.state:
            tone, mark = ("ok", "done") if details.state == "已获贷" else ("dai", "half")
            self._state.set(details.state, tone, mark)
        filled = details.required - len(details.missing)
        self._bar.set(details.complete, f"{filled} / {details.required} 必填")
        short = "、".join(split_unit(text)[0] for text in details.missing)
        _say(self._missing, f"还缺：{short}" if short else "")
        self._facts.show_facts(self._fact_lines(details))
        self._tabs.set_count("events", len(details.events))
        self._tabs.set_count("changes", len({item.step for item in details.history}))
        self._stale = set(self._lists)
        self._choose(self._tabs.chosen_key())

    def _fact_lines(self, details: Details) -> list[FactLine]:
        lines = []
        for name in _FACTS:
            spec, value = field_map(Enterprise)[name], getattr(details.firm, name)
            if value in (None, ""):
                continue
            title, unit = split_unit(spec.label)
            masked = spec.private and name not in self._shown
            text = f"{show(self._ledger, spec, value, masked=masked)} {unit}".strip()
            word = ("显示" if masked else "隐藏") if spec.private else ""
            deed = partial(self._toggle, name) if spec.private else None
            lines.append(FactLine(title.partition("(")[0], text, word, f"{word}{title}", deed))
        for title, amount in (("累计授信", details.granted), ("累计放款", details.drawn)):
            if amount:
                shown = show(self._ledger, field_map(Enterprise)["capital"], amount)
                lines.append(FactLine(title, f"{shown} 万元"))
        return lines

    def _open_it(self) -> None:
        self.open_wanted.emit(self._record)

    def _toggle(self, name: str) -> None:
        self._shown ^= {name}
        self.reload()

    def _choose(self, key: str) -> None:
        """Bring one of the lists to the front; it is filled when somebody looks at it."""
        if key in self._stale and self._details is not None:
            self._stale.discard(key)
            self._lists[key].show_lines(self._lines(key, self._details))
        for each, lines in self._lists.items():
            lines.setVisible(each == key)

    def _lines(self, key: str, details: Details) -> list[Dated | Words]:
        if key == "changes":
            return change_lines(self._ledger, Enterprise, details.history)
        if not details.events:
            return [Words("还没有银企对接，也不在首贷培植名单里。")]
        return [_dated(event) for event in details.events]


def _dated(event: Event) -> Dated:
    day = f"{event.day:%m-%d}" if event.day else ""
    return Dated(day, event.text, event.more, event.mark)


def _say(words: QLabel, text: str) -> None:
    """Let a label say something, or go away."""
    words.setText(text)
    words.setVisible(bool(text))
