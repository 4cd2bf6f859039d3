"""Many records, one deed: a job with progress, one step with its undo, and a list of what was refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ledger_desk.progress import Progress
from ledger_desk.ui.books.refused_sheet import RefusedSheet
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Job
from ledger_desk.work.outcome import Outcome

if TYPE_CHECKING:
    from ledger_desk.ui.books.view import BookView

Work = Callable[[Progress], Outcome]


class _Batch(QObject):
    """One batch of a view, until it has ended."""

    def __init__(
        self, view: BookView, title: str, then: Callable[[Outcome], object] | None
    ) -> None:
        super().__init__(view)
        self._view, self._title, self._then = view, title, then

    def done(self, outcome: Outcome) -> None:
        """Read the list again, and say what came of it."""
        view = self._view
        view.panel.grid.clearSelection()
        view.wrote()
        tell(view, self._title, outcome)
        if self._then is not None:
            self._then(outcome)

    def failed(self, error: object) -> None:
        """Nothing was written."""
        assert isinstance(error, BaseException)
        show_error(self._view.main_window, error, f"{self._title}没有办成")


def run_batch(
    view: BookView,
    title: str,
    work: Work,
    *,
    leaves: str = "停下，一条都不动",
    then: Callable[[Outcome], object] | None = None,
) -> Job:
    """Do something to many records as a job.

    Args:
        view: The book it is done in.
        title: The verb, as on the button: 初审通过.
        work: Does it, as one step of the ledger, and says what came of it.
        leaves: What stopping leaves behind.
        then: Called with the outcome after everything was told.
    """
    batch = _Batch(view, title, then)
    return view.jobs.start(
        work, title=f"正在办：{title}", leaves=leaves, succeeded=batch.done, failed=batch.failed,
        ended=batch.deleteLater,
    )  # fmt: skip


def tell(view: BookView, title: str, outcome: Outcome) -> None:
    """Say what came of a batch: a toast with 撤销, and a sheet of those that were refused."""
    toasts, noun = view.main_window.toasts, view.book.noun
    done, refused = len(outcome.done), len(outcome.refused)
    said = outcome.sentence or f"{title} {done:,} {noun}"
    sub = f"另有 {refused:,} {noun}没有办，原因在单子上" if refused else ""
    if outcome.step is not None:
        actions: list[tuple[str, Callable[[], object]]] = [
            ("撤销  Ctrl+Z", partial(view.undo, outcome.step))
        ]
        if refused:
            actions.append(("看没办的", partial(show_refused, view, title, outcome)))
        toasts.undo(f"已{said.removeprefix('已')}", sub, actions)
    elif not refused:
        toasts.done(f"{title}：没有要改的", outcome.sentence or "账里本来就是这样，一条都没有动。")
    if refused:
        show_refused(view, title, outcome)


def show_refused(view: BookView, title: str, outcome: Outcome) -> RefusedSheet:
    """Show each record that was refused, with its reason and the way to it."""
    sheet = RefusedSheet(view.main_window, title, outcome, view.book.noun)
    table = outcome.table or view.book.cls.TABLE
    sheet.open_wanted.connect(partial(_go, view, table))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def _go(view: BookView, table: str, record: str) -> None:
    """Go to one of the refused records."""
    if table == view.book.cls.TABLE:
        view.reveal(record)
        view.open(record)
    else:
        view.elsewhere_wanted.emit(table, record)
