"""How many records each view of a book has: counted beside the window, the newest question wins."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ledger_desk.store.interrupting import Stop
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.book import ALL, BIN, Book, ask
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.news import News
from ledger_desk.ui.lists.record_source import AT_ONCE

_WAIT_MS = 200
Counts = tuple[dict[str, int], dict[str, frozenset[str]]]


class ViewCounts(QObject):
    """Counts the views of one book.

    Signals:
        counted: Numbers by key of view.
        failed: Exception from the ledger.
    """

    counted = Signal(dict)
    failed = Signal(object)

    def __init__(self, ledger: Ledger, jobs: Jobs, book: Book, parent: QObject) -> None:
        """Count nothing yet."""
        super().__init__(parent)
        self._ledger, self._book = ledger, book
        self._news = News(jobs)
        self._news.setParent(self)
        self._news.failed.connect(self.failed)
        self.among: dict[str, frozenset[str]] = {}
        self.numbers: Mapping[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._start)

    def ask(self) -> None:
        """Count anew: at once for a short list, else in a moment."""
        with self._ledger.read() as rows:
            short = rows.is_short(self._book.cls, AT_ONCE)
        if short:
            self._news.give_up()
            self._take(count(self._ledger, self._book, lambda: False))
        else:
            self._timer.start()

    def _start(self) -> None:
        self._news.read(partial(count, self._ledger, self._book), self._take, rows=False)

    def _take(self, found: Counts) -> None:
        self.numbers, self.among = found
        self.counted.emit(dict(self.numbers))


def count(ledger: Ledger, book: Book, stop: Stop) -> Counts:
    """Count the views of a book, and find the records of those that look at each one.

    Raises:
        Cancelled: ``stop()`` said so.
    """
    always = ask(book.where)
    among = {
        view.key: frozenset(view.scan(ledger, stop)) for view in book.views if view.scan is not None
    }
    cls: Any = book.cls
    with ledger.read() as rows:
        numbers = {
            ALL: rows.sums(Query(cls, always), (), stop)[0],
            BIN: rows.count(Query(cls, always, removed=True)),
        }
        for view in book.views:
            wheres = (*always, *ask(view.where))
            if view.key in among:
                wheres = (*wheres, Where("id", "in", tuple(among[view.key])))
            numbers[view.key] = rows.sums(Query(cls, wheres), (), stop)[0]
    return numbers, among
