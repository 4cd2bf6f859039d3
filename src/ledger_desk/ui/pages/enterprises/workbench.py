"""What stands around the list of enterprises: conditions, column tools, saved views, going to a firm."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.fields import shown_field
from ledger_desk.ui.lists.saved_views import SavedViews
from ledger_desk.ui.lists.tools import ListTools
from ledger_desk.ui.lists.view_shelf import ViewShelf
from ledger_desk.ui.pages.enterprises.conditions import ConditionBar
from ledger_desk.ui.pages.enterprises.pool import EnterprisePool
from ledger_desk.ui.pages.enterprises.source import EnterpriseSource
from ledger_desk.ui.tabs import Tabs

KEY = "enterprises"
_LOOKED_AT = 200  # hits among which the one after the present row is looked for


class Workbench(QObject):
    """Makes the parts and ties them together.

    Attributes:
        conditions: Chips of the conditions.
        tools: Columns: sheet, chooser, memory.
        shelf: Saved views.
    """

    def __init__(
        self, ledger: Ledger, jobs: Jobs, source: EnterpriseSource, panel: GridPanel, tabs: Tabs
    ) -> None:
        """Stand around the list that ``panel`` shows of ``source``."""
        super().__init__(panel)
        self._ledger, self._source, self._panel = ledger, source, panel
        self.conditions = ConditionBar(ledger, jobs, self._query_without, lambda: source.names)
        filters = self.conditions.filters
        self.tools = ListTools(
            panel, KEY, subjects=self.conditions.subjects, filters=filters,
            pool=EnterprisePool(source, panel.reload), find=self._find, noun="户",
        )  # fmt: skip
        self.conditions.open_wanted.connect(self.tools.open_field)
        store = SavedViews(ledger, KEY, Enterprise, _is_field)
        self.shelf = ViewShelf(store, tabs, self.tools, filters, locked=ledger.read_only)

    def _query_without(self, field: str) -> Query[Enterprise]:
        """What the list shows but for the conditions on one field."""
        choice = self._source.choice
        wheres = tuple(
            where for where in choice.wheres if where not in self.conditions.filters.of(field)
        )
        return replace(choice, wheres=wheres).query(Enterprise)

    def _find(self, text: str) -> str:
        """Id of the next firm of the list that a search finds."""
        choice = self._source.choice
        query = replace(choice, text=f"{choice.text} {text}".strip()).query(Enterprise)
        with self._ledger.read() as rows:
            found = rows.ids(query, _LOOKED_AT)
        here = self._panel.grid.currentIndex().row()
        places = sorted((place, record) for record, place in self._source.places(found).items())
        after = [record for place, record in places if place > here]
        return after[0] if after else places[0][1] if places else ""


def _is_field(name: str) -> bool:
    try:
        shown_field(Enterprise, name)
    except KeyError:
        return False
    return True
