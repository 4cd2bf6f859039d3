"""What stands in a book while there is nothing in it: how to begin, or why nothing was found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ledger_desk.ui.books.book import ALL, BIN
from ledger_desk.ui.lists.wording import Wording, said_of_nothing

if TYPE_CHECKING:
    from ledger_desk.ui.books.listing import BookList

_HINT = "可以输企业名称里的几个字、代码、拼音首字母，或者这条记录自己的编号。"


class Emptiness(QObject):
    """Says it in the middle of the list of a book."""

    def __init__(self, host: BookList) -> None:
        """Speak for a list."""
        super().__init__(host)
        self._host = host

    def say(self, _same: bool = False) -> None:
        """Look whether there is anything, and say why not."""
        host = self._host
        whole = host.counts.numbers.get(ALL, 0)
        empty = not whole and host.view_key() != BIN and not host.is_filtered()
        state = host.empty_state() if empty else None
        host.panel.set_empty(state)
        sentence = ""
        if not host.count() and state is None:
            own = host.book.hint or f"还没有{host.book.called}。"
            sentence = own if empty else self._why()
        host.panel.say_nothing(sentence)

    def _why(self) -> str:
        host = self._host
        key = host.view_key()
        view = host.book.view(key)
        if view is not None and view.scan is not None and key not in host.counts.among:
            return f"正在一{host.book.noun}一{host.book.noun}地看，马上就好。"
        said = "回收站是空的。删除的会先到这里，随时可以恢复。" if key == BIN else ""
        wording = Wording(
            host.book.called, host.book.noun, key == ALL, view.nothing if view else said, _HINT,
            host.searched(), host.condition_words(), host.asked,
        )  # fmt: skip
        if host.source.is_short:
            return wording.sentence(host.ledger)
        work = partial(said_of_nothing, wording, host.ledger)
        host.jobs.read(work, succeeded=self._found)
        return wording.first_words()

    def _found(self, result: tuple[Wording, str]) -> None:
        wording, sentence = result
        host = self._host
        if not host.count() and wording.query() == host.asked():
            host.panel.say_nothing(sentence)
