"""Between the search box and the ledger: what is typed is answered under the box, on every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import CAP, Query, Rows
from ledger_desk.ui.answers import Answers
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.records.choosing import enterprise_item

_MOST = 50  # firms offered
_SHOWN = ("name", "code", "township", "person")
_DELAY = 40  # milliseconds after the last key
_WARM_AFTER = 1_500  # milliseconds after the window opened; earlier when somebody types


@dataclass(frozen=True)
class Found:
    """What a search found: the first firms, and how many there are, up to `CAP` + 1."""

    text: str
    items: tuple[PickItem, ...]
    count: int


class Answering(QObject):
    """Answers what is typed.

    Signals:
        open_record: (table, id) of the firm that was chosen.
        list_wanted: All that was found is to be seen in the list of firms; carries the text.
    """

    open_record = Signal(str, str)
    list_wanted = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Answer in a window."""
        super().__init__(window)
        self._ledger, self._jobs = ledger, jobs
        self._line = window.bar.search
        self.answers = Answers(self._line, window.centralWidget())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._answer)
        self._warming = QTimer(self)
        self._warming.setSingleShot(True)
        self._warming.setInterval(_WARM_AFTER)
        self._warming.timeout.connect(ledger.searching.warm)
        self._line.textEdited.connect(self._typed)
        self.answers.taken.connect(self._take)
        self.answers.all_wanted.connect(self._all)
        window.closing.connect(self.stop)

    def begin(self) -> None:
        """The window is open: get ready in a moment."""
        self._warming.start()

    def stop(self) -> None:
        """The window closes: ask the ledger nothing more."""
        self._timer.stop()
        self._warming.stop()
        self.answers.hide()

    def _typed(self, text: str) -> None:
        if not self._warming.isActive() or text:
            self._ledger.searching.warm()
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.answers.hide()

    def _answer(self) -> None:
        text = self._line.text().strip()
        if not text:
            return
        try:
            with self._ledger.read() as rows:
                found = _find(rows, text) if rows.search_is_quick() else None
        except UserError as error:
            self.answers.say(str(error))
            return
        if found is not None:
            self._show(found)
            return
        if not self.answers.isVisible():
            self.answers.say("正在查…")
        self._jobs.start(
            partial(_look, self._ledger, text), succeeded=self._show, failed=self._fail
        )

    def _show(self, found: Found) -> None:
        if found.text != self._line.text().strip() or not self._line.hasFocus():
            return  # something else is typed by now
        if not found.items:
            self.answers.say(
                f"没有查到“{found.text}”。可以换成名称里的几个字、代码的后几位或拼音。"
            )
            return
        many = f"超过 {CAP:,} 户" if found.count > CAP else f"共 {found.count:,} 户"
        self.answers.show_items(found.items, f"{many}，在名单里看全部")

    def _fail(self, error: object) -> None:
        if self._line.hasFocus():
            self.answers.say(str(error))

    def _take(self, item: PickItem) -> None:
        self.open_record.emit(Enterprise.TABLE, item.id)

    def _all(self) -> None:
        self.list_wanted.emit(self._line.text().strip())


def _look(ledger: Ledger, text: str, progress: Progress) -> Found:
    with ledger.read() as rows:
        return _find(rows, text)


def _find(rows: Rows, text: str) -> Found:
    query = Query(Enterprise, text=text)
    firms = rows.look(query, _MOST, _SHOWN)
    return Found(text, tuple(map(_item, firms)), rows.count(query))


def _item(firm: Enterprise) -> PickItem:
    """名称 + last four of the code + 乡镇 (`peers.md` §E), and the owner."""
    item = enterprise_item(firm)
    return PickItem(item.id, item.text, "　".join(filter(None, (item.hint, firm.person))))
