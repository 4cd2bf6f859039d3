"""The list of firms as it was (时光机)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ledger_desk.model.fields import Record
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.overlay import Differences
from ledger_desk.store.past import Past
from ledger_desk.ui.history.past_lists import Names, Without
from ledger_desk.ui.history.past_rows import Marking
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.lists.record_conditions import RecordConditions
from ledger_desk.ui.lists.record_source import RecordSource
from ledger_desk.ui.lists.tools import Pool
from ledger_desk.ui.pages.enterprises.conditions import ConditionBar
from ledger_desk.ui.pages.enterprises.pool import EnterprisePool
from ledger_desk.ui.pages.enterprises.source import EnterpriseSource


class PastFirmSource(Marking, EnterpriseSource):
    """Enterprises of a past."""

    def __init__(
        self, past: Past, ledger: Ledger, found: Differences, names: Sequence[str], jobs: Jobs,
    ) -> None:  # fmt: skip
        """List a past of a ledger.

        Args:
            past: Where rows come from.
            ledger: The ledger as it is now.
            found: What became of the firms since.
            names: Columns.
            jobs: Read long lists beside the window.
        """
        self._present, self.found = ledger, found
        super().__init__(cast("Ledger", past), names, jobs)  # it reads like a ledger


@dataclass(frozen=True)
class PastFirms:
    """See `ledger_desk.ui.history.past_lists.PastList`.

    Attributes:
        names: Columns that the list shows in the present.
    """

    names: tuple[str, ...]

    cls: type[Record] = Enterprise
    title: str = "经营主体"
    called: str = "经营主体"
    noun: str = "户"
    key: str = "enterprises-past"

    def then(self, past: Past, ledger: Ledger, found: Differences, jobs: Jobs) -> Marking:
        """Rows of the past, marked where they are different now."""
        return PastFirmSource(past, ledger, found, self.names, jobs)

    def now(self, ledger: Ledger, jobs: Jobs) -> RecordSource[Any]:
        """Rows of the present."""
        return EnterpriseSource(ledger, self.names, jobs)

    def conditions(
        self, past: Past, jobs: Jobs, without: Without, names: Names
    ) -> RecordConditions:
        """Chips over the past."""
        return ConditionBar(cast("Ledger", past), jobs, without, names)

    def pool(self, source: Any, reload: Callable[[], object]) -> Pool:
        """Columns that can be chosen."""
        return EnterprisePool(source, reload)

    def choice(
        self, _ledger: Ledger | Past, text: str, wheres: Wheres, among: frozenset[str] | None
    ) -> Choice:
        """What is asked of one of the two ledgers."""
        return Choice(text, wheres, among=among)

    def exported(self, names: Sequence[str]) -> list[str]:
        """Columns that can be written into a file."""
        return list(names)

    def part(self, _past: Past, _ledger: Ledger, found: Differences) -> Differences:
        """What became of all firms."""
        return found
