"""Conditions of the list of enterprises: its usual fields first, then those of the columns shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists import condition_bar
from ledger_desk.ui.lists.filters import Filters
from ledger_desk.ui.lists.record_subjects import RecordSubjects
from ledger_desk.ui.pages.enterprises.columns import SHORT
from ledger_desk.ui.picker import PickItem

# To offer a condition before the others: a word here.
FIRST = ("township", "kind", "status", "size")


class ConditionBar(condition_bar.ConditionBar):
    """The chips above the list."""

    def __init__(
        self,
        ledger: Ledger,
        jobs: Jobs,
        query: Callable[[str], Query[Enterprise]],
        columns: Callable[[], Sequence[str]],
    ) -> None:
        """Narrow the list.

        Args:
            ledger: Where the values are.
            jobs: Counts them beside the window.
            query: What the list shows but for the conditions on one field.
            columns: Gives the columns that are shown.
        """
        self.subjects = RecordSubjects(ledger, Enterprise, query, jobs, SHORT)
        super().__init__(Filters(), self.subjects, FIRST, columns)
        self.filters.setParent(self)
        self.subjects.setParent(self)

    def set_condition(self, field: str, items: tuple[PickItem, ...]) -> None:
        """Show only these values of a field; none take the condition away."""
        values = tuple(item.id for item in items)
        self.filters.put(field, (Where(field, "in", values),) if values else ())
