"""The buttons above a book: what can be done with the chosen records, with how many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.book import Book, Deed, ask
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.grid_staying import KEPT
from ledger_desk.ui.layouts import Row

if TYPE_CHECKING:
    from ledger_desk.ui.books.listing import BookList


@dataclass(frozen=True)
class Judged:
    """A deed and what can be said of it now: the words of its button, and whether it can be done."""

    deed: Deed
    words: str
    can: bool


def judge(ledger: Ledger, book: Book, deed: Deed, ids: Sequence[str], many: int) -> Judged:
    """Say whether a deed can be done to what is chosen, and to how many.

    Args:
        ledger: Where the records are.
        book: Their book.
        deed: The deed.
        ids: What is chosen; none of more than are looked at.
        many: How many are chosen.
    """
    if deed.free:
        return Judged(deed, deed.text, True)
    if not many:
        return Judged(deed, f"{deed.text}：先选一{book.noun}", False)
    if not deed.many and many > 1:
        return Judged(deed, f"{deed.text}：一次只能一{book.noun}", False)
    count, why = many, deed.why
    wheres = ask(deed.where)
    if ids and (wheres or deed.can is not None):
        with ledger.read() as rows:
            query = Query(book.cls, (Where("id", "in", tuple(ids)), *wheres))
            found = list(rows.find(query))
        if deed.can is not None:
            whys = [deed.can(record) for record in found]
            count = whys.count("")
            why = why or next((each for each in whys if each), "")
        else:
            count = len(found)
    if not count:
        return Judged(deed, why if why and len(why) <= 16 else f"{deed.text} 0 {book.noun}", False)
    return Judged(deed, f"{deed.text} {count:,} {book.noun}" if deed.many else deed.text, True)


class DeedBar(QWidget):
    """Primary deeds as buttons, the others under 更多; all of them for the menu of the rows."""

    def __init__(self, host: BookList) -> None:
        """Offer the deeds of a book."""
        super().__init__()
        self._host, self._narrow = host, False
        self._judged: list[Judged] = []
        self._row = Row(self, gap=8)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, Button] = {}
        for deed in host.book.deeds:
            if deed.pri:
                made = Button(deed.text, partial(self.do, deed), icon=deed.icon)
                made.hide()
                self.buttons[deed.key] = made
                self._row.add(made)
            if deed.shortcut:
                keys = QShortcut(QKeySequence(deed.shortcut), host)
                keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                keys.activated.connect(partial(self.do, deed))
        self.more = MenuButton("更多")
        self._row.add(self.more)

    def set_narrow(self, narrow: bool) -> None:
        """Put all deeds under 更多."""
        self._narrow = narrow
        self.refresh()

    def refresh(self) -> None:
        """Look at what is chosen now."""
        host = self._host
        many = host.chosen_count()
        ids = host.chosen() if 0 < many <= KEPT else []
        offered = [deed for deed in host.book.deeds if self._is_offered(deed)]
        self._judged = [judge(host.ledger, host.book, deed, ids, many) for deed in offered]
        judged = {each.deed.key: each for each in self._judged}
        marked = host.panel.grid.selected_count() > 0
        filled = False
        for key, button in self.buttons.items():
            now = judged.get(key)
            button.setVisible(now is not None and not self._narrow)
            if now is None:
                continue
            if now.can:
                button.allow(now.words)
            else:
                button.block(now.words)
            first = marked and now.can and not filled
            filled = filled or first
            button.set_kind("pri" if first else "plain")
        self.more.set_entries(self._rest())
        self.updateGeometry()

    def entries(self) -> list[Entry]:
        """The deeds that can be done now, for the menu of the rows."""
        return [self._entry(each) for each in self._judged if each.can and not each.deed.free]

    def do(self, deed: Deed) -> None:
        """Do a deed to what is chosen, if it can be done; else say why not."""
        host = self._host
        if not self._is_offered(deed):
            return
        many = host.chosen_count()
        ids = host.chosen()
        judged = judge(host.ledger, host.book, deed, ids if many <= KEPT else [], many)
        if judged.can:
            deed.on(host, ids)  # type: ignore[arg-type]
        else:
            host.main_window.status.say(judged.words)

    def _is_offered(self, deed: Deed) -> bool:
        allowed = deed.reads or not self._host.ledger.read_only
        return allowed and deed.is_in(self._host.view_key())

    def _rest(self) -> list[Entry]:
        rest = [
            self._entry(each)
            for each in self._judged
            if each.can and (self._narrow or not each.deed.pri)
        ]
        own = self._host.own_entries()
        return [*rest, None, *own] if rest and own else [*rest, *own]

    def _entry(self, each: Judged) -> Entry:
        deed = each.deed
        words = f"{each.words}  {deed.shortcut}" if deed.shortcut else each.words
        return (
            (words, partial(self.do, deed), deed.icon)
            if deed.icon
            else (words, partial(self.do, deed))
        )
