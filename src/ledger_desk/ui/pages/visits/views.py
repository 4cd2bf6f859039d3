"""The lists of tasks and visits, with what they do otherwise than any book."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.book import ALL, BIN
from ledger_desk.ui.books.view import BookView
from ledger_desk.work import visiting


class TaskView(BookView):
    """Tasks of the chosen plan.

    Signals:
        all_plans_wanted: A record of another plan was asked for.
    """

    all_plans_wanted = Signal()

    def reveal(self, record: str) -> None:
        """Go to a task of whichever plan."""
        if not self.go_to(record):
            self.all_plans_wanted.emit()
        super().reveal(record)


class VisitView(BookView):
    """Visits: a task is open again when its visit goes into the recycle bin."""

    def words(self) -> tuple[str, str]:
        """How many there are, and how many of all of them count: both numbers, always."""
        long, short = super().words()
        numbers = self.counts.numbers
        if "invalid" not in numbers:
            return long, short
        effective = numbers[ALL] - numbers["invalid"] - numbers["window"]
        window = f"，窗口咨询 {numbers['window']:,} 次" if numbers["window"] else ""
        return f"{long}；全部里有效走访 {effective:,} 次{window}", short

    def remove_chosen(self) -> None:
        """Put the chosen visits into the recycle bin with what followed from them."""
        if self.ledger.read_only or self._view == BIN or not self.chosen_count():
            return
        ids = self.chosen()
        run_batch(self, "删除走访", lambda progress: visiting.remove(self.ledger, ids, progress))

    def restore_chosen(self) -> None:
        """Take the chosen visits out of the recycle bin with what followed from them."""
        if self._view != BIN or self.ledger.read_only:
            return
        ids = self.chosen()
        run_batch(self, "恢复走访", lambda progress: visiting.restore(self.ledger, ids, progress))
