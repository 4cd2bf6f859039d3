"""Details beside a book: the record with its links, fields, what hangs on it, files and changes.

Widgets are made once and say something else for each record: making them anew takes long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.attachments.strip import AttachmentStrip
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.child_list import ChildList
from ledger_desk.ui.books.details import Children, Details, Fact, read_details
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.changes import LineList, change_lines
from ledger_desk.ui.records.fact_list import FactLine, FactList
from ledger_desk.ui.records.showing import mask, split_unit
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tags import Tag

_MOST_CHANGES = 12
_TITLE, _TEXT = 84, 60  # names and values wrap, so that the pane never scrolls sideways


class PaneCard(QWidget):
    """A card of a page's own in the pane; told each time another record is looked at."""

    def show_record(self, record: Record | None) -> None:
        """Show something of a record; None: none is chosen."""
        raise NotImplementedError


class BookPane(QWidget):
    """Shows one record of a book at a time.

    Signals:
        open_wanted: Id of the record shown.
        link_wanted: (table, id) of a record that it refers to.
        child_wanted: (table, id) of a record that refers to it.
        begin_wanted: (table, field): a new record that refers to it.
        changed: A file was put in or taken out.
    """

    open_wanted = Signal(str)
    link_wanted = Signal(str, str)
    child_wanted = Signal(str, str)
    begin_wanted = Signal(str, str)
    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._ledger = ledger
        self._book: Book | None = None
        self._record = ""
        self._shown: set[str] = set()
        self._cards: dict[str, list[QWidget]] = {}
        self._children: list[ChildList] = []
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = frame("bare")
        rest = Column(inner, margins=(16, 10, 16, 12), gap=8)
        self._own = Column(gap=8)
        self._missing = label("", "must", wrap=True)
        self._facts = FactList(_TITLE, _TEXT)
        self.strip = AttachmentStrip(ledger, jobs, window, compact=True, brief=True)
        self.strip.changed.connect(self.changed)
        self._files = frame("bare")
        Column(self._files, gap=8).add(frame("rule"), label("附件", "bold"), self.strip)
        self._after = self._make_after()
        rest.add(self._own, self._missing, self._facts, self._files, self._after).push()
        self._area.setWidget(inner)
        head = self._make_head()
        Column(self, gap=0).add(head, frame("rule")).add(self._area, stretch=1)
        self._draw(None)

    def put_cards(self, book: Book, cards: list[QWidget]) -> None:
        """Take the cards that a book brings along."""
        self._cards[book.key] = cards
        for card in cards:
            card.hide()
            self._own.add(card)

    def show_record(self, book: Book, record: str) -> None:
        """Read a record of a book and show it; '' or one that is gone shows a word instead."""
        if (book, record) != (self._book, self._record):
            self._shown.clear()
            self._area.verticalScrollBar().setValue(0)
        self._book, self._record = book, record
        self._draw(read_details(self._ledger, book, record) if record else None)

    def reload(self) -> None:
        """Read the same record again."""
        if self._book is not None:
            self.show_record(self._book, self._record)

    def record(self) -> str:
        """Id of the record shown."""
        return self._record

    # Made once

    def _make_head(self) -> Column:
        self._nothing, self._about = label("", "dim", wrap=True), QWidget()
        self._title = label("", "heading", wrap=True)
        self._called, self._removed = label("", "dim"), Tag("在回收站", "zhu")
        self._open = Button("打开", self._open_it, kind="pri")
        row = Row(gap=8).add(self._called, self._removed).push().add(self._open)
        Column(self._about, gap=6).add(self._title, row)
        return Column(margins=(16, 12, 16, 10), gap=6).add(self._nothing, self._about)

    def _make_after(self) -> QWidget:
        after = QWidget()
        self._below, self._changes = Column(gap=8), LineList()
        column = Column(after, gap=8).add(self._below, frame("rule"), label("谁改过", "bold"))
        column.add(self._changes)
        return after

    # Filled for each record

    def _draw(self, details: Details | None) -> None:
        self._fill_head(details)
        for key, cards in self._cards.items():
            here = self._book is not None and key == self._book.key
            for card in cards:
                card.setVisible(here)
                if here:
                    card.show_record(None if details is None else details.record)  # type: ignore[attr-defined]
        short = "、".join(split_unit(text)[0] for text in details.missing) if details else ""
        self._missing.setText(f"还缺：{short}" if short else "")
        self._missing.setVisible(bool(short))
        self._facts.show_facts([self._line(fact) for fact in details.facts] if details else [])
        for part in (self._facts, self._files, self._after):
            part.setVisible(details is not None)
        if details is not None:
            cls = type(details.record)
            self.strip.show_firm(details.firm or None, (cls.TABLE, details.record.id))
            self._show_children(details.children)
            self._changes.show_lines(
                change_lines(self._ledger, cls, details.history, _MOST_CHANGES)
            )

    def _fill_head(self, details: Details | None) -> None:
        self._nothing.setVisible(details is None)
        self._about.setVisible(details is not None)
        if details is None or self._book is None:
            noun = self._book.noun if self._book is not None else "条"
            words = f"在名单里点一{noun}，这里就是它的情况：写了什么、挂着什么、谁改过。"
            self._nothing.setText(words)
            return
        removed = details.record.removed
        self._title.setText(details.title)
        self._called.setText(self._book.called)
        self._removed.setVisible(removed)
        self._open.set_kind("plain" if removed else "pri")

    def _line(self, fact: Fact) -> FactLine:
        spec = fact.spec
        title, unit = split_unit(spec.label)
        masked = spec.private and spec.name not in self._shown
        text = mask(spec, fact.text) if masked else fact.text
        text = text if text.endswith(unit) else f"{text} {unit}"
        name = title.partition("(")[0]
        if spec.private:
            word = "显示" if masked else "隐藏"
            return FactLine(name, text, word, f"{word}{title}", partial(self._toggle, spec.name))
        if fact.table:
            go = partial(self.link_wanted.emit, fact.table, fact.record)
            return FactLine(name, text, "打开", f"打开{title}：{fact.text}", go)
        return FactLine(name, text)

    def _show_children(self, groups: Sequence[Children]) -> None:
        begins = (
            not self._ledger.read_only
            and self._book is not None
            and self._book.children is not None
        )
        while len(self._children) < len(groups):
            group = ChildList()
            group.child_wanted.connect(self.child_wanted)
            group.begin_wanted.connect(self.begin_wanted)
            self._children.append(group)
            self._below.add(group)
        for place, group in enumerate(self._children):
            if place < len(groups):
                group.put(groups[place], begins=begins)
            group.setVisible(place < len(groups))

    def _open_it(self) -> None:
        self.open_wanted.emit(self._record)

    def _toggle(self, name: str) -> None:
        self._shown ^= {name}
        self.reload()
