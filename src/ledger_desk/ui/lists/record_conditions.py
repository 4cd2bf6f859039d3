"""The chips of a list of records of one class, with what its columns can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.condition_bar import ConditionBar
from ledger_desk.ui.lists.filters import Filters
from ledger_desk.ui.lists.record_subjects import RecordSubjects
from ledger_desk.ui.picker import PickItem


class RecordConditions(ConditionBar):
    """The chips above a list of records.

    Attributes:
        subjects: What its columns can be asked.
    """

    def __init__(
        self,
        ledger: Ledger,
        jobs: Jobs,
        cls: type[Record],
        query: Callable[[str], Query[Any]],
        columns: Callable[[], Sequence[str]],
        *,
        first: Sequence[str] = (),
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Narrow a list.

        Args:
            ledger: Where the values are.
            jobs: Counts them beside the window.
            cls: Record class.
            query: What the list shows but for the conditions on one field.
            columns: Gives the columns that are shown.
            first: Fields offered before the others.
            titles: Headings, where they are not the labels.
        """
        self.subjects = RecordSubjects(ledger, cls, query, jobs, titles)
        super().__init__(Filters(), self.subjects, first, columns)
        self.filters.setParent(self)
        self.subjects.setParent(self)

    def set_condition(self, field: str, items: tuple[PickItem, ...]) -> None:
        """Show only these values of a field; none take the condition away."""
        values = tuple(item.id for item in items)
        self.filters.put(field, (Where(field, "in", values),) if values else ())
