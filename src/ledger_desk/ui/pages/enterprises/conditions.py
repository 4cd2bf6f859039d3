"""Conditions of the list of enterprises: its usual fields first, then those of the columns shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.record_conditions import RecordConditions
from ledger_desk.ui.pages.enterprises.columns import SHORT

# To offer a condition before the others: a word here.
FIRST = ("township", "kind", "status", "size", "tags")


class ConditionBar(RecordConditions):
    """The chips above the list."""

    def __init__(
        self,
        ledger: Ledger,
        jobs: Jobs,
        query: Callable[[str], Query[Enterprise]],
        columns: Callable[[], Sequence[str]],
    ) -> None:
        """Narrow the list: see `RecordConditions`."""
        super().__init__(ledger, jobs, Enterprise, query, columns, first=FIRST, titles=SHORT)
