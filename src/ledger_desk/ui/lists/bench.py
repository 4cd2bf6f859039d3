"""What stands around a list of records: conditions, column tools, saved views, going to a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from ledger_desk.model.fields import Record
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.fields import shown_field
from ledger_desk.ui.lists.record_conditions import RecordConditions
from ledger_desk.ui.lists.record_source import RecordSource
from ledger_desk.ui.lists.saved_views import SavedViews
from ledger_desk.ui.lists.tools import ListTools, Pool
from ledger_desk.ui.lists.view_shelf import ViewShelf
from ledger_desk.ui.tabs import Tabs

_LOOKED_AT = 200  # hits among which the one after the present row is looked for


class ListBench(QObject):
    """Makes the parts and ties them together.

    Attributes:
        conditions: Chips of the conditions.
        tools: Columns: sheet, chooser, memory.
        shelf: Saved views.
    """

    def __init__(
        self,
        ledger: Ledger,
        jobs: Jobs,
        source: RecordSource[Any],
        panel: GridPanel,
        tabs: Tabs,
        *,
        key: str,
        pool: Pool,
        known: Callable[[str], bool] | None = None,
    ) -> None:
        """Stand around the list that ``panel`` shows of ``source``.

        Args:
            ledger: Where the records are.
            jobs: Counts values beside the window.
            source: The records.
            panel: The list.
            tabs: Its views; saved ones come behind them.
            key: Name of the list in what is remembered.
            pool: Which columns it can show.
            known: Which names of columns there are; None: fields and computed ones of the class.
        """
        super().__init__(panel)
        self._ledger, self._source, self._panel = ledger, source, panel
        self.conditions = self.make_conditions(ledger, jobs)
        filters = self.conditions.filters
        self.tools = ListTools(
            panel, key, subjects=self.conditions.subjects, filters=filters, pool=pool,
            find=self._find, noun=source.noun,
        )  # fmt: skip
        self.conditions.open_wanted.connect(self.tools.open_field)
        store = SavedViews(ledger, key, source.cls, known or self._is_field)
        self.shelf = ViewShelf(store, tabs, self.tools, filters, locked=ledger.read_only)

    def make_conditions(self, ledger: Ledger, jobs: Jobs) -> RecordConditions:
        """Make the chips; a list with usual fields of its own makes them otherwise."""
        return RecordConditions(
            ledger, jobs, self._source.cls, self.query_without, lambda: self._source.names
        )

    def query_without(self, field: str) -> Query[Any]:
        """What the list shows but for the conditions on one field."""
        query = self._source.query()
        own = self.conditions.filters.of(field)
        wheres = tuple(where for where in query.where if where not in own)
        return replace(query, where=wheres, sort=())

    def searched(self, text: str) -> Query[Any]:
        """What the list shows, narrowed by a search text."""
        query = replace(self._source.query(), sort=())
        return replace(query, text=f"{query.text} {text}".strip())

    def _find(self, text: str) -> str:
        """Id of the next record of the list that a search finds."""
        with self._ledger.read() as rows:
            found = rows.ids(self.searched(text), _LOOKED_AT)
        here = self._panel.grid.currentIndex().row()
        places = sorted((place, record) for record, place in self._source.places(found).items())
        after = [record for place, record in places if place > here]
        return after[0] if after else places[0][1] if places else ""

    def _is_field(self, name: str) -> bool:
        return is_field(self._source.cls, name)


def is_field(cls: type[Record], name: str) -> bool:
    """Whether a list of a class can show a name."""
    try:
        shown_field(cls, name)
    except KeyError:
        return False
    return True
