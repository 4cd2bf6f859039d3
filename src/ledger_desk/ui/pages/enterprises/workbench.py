"""What stands around the list of enterprises: conditions, column tools, saved views, going to a firm."""

from __future__ import annotations

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.bench import ListBench
from ledger_desk.ui.pages.enterprises.conditions import ConditionBar
from ledger_desk.ui.pages.enterprises.pool import EnterprisePool
from ledger_desk.ui.pages.enterprises.source import EnterpriseSource
from ledger_desk.ui.tabs import Tabs

KEY = "enterprises"


class Workbench(ListBench):
    """`ListBench` with the usual conditions of firms."""

    def __init__(
        self, ledger: Ledger, jobs: Jobs, source: EnterpriseSource, panel: GridPanel, tabs: Tabs
    ) -> None:
        """Stand around the list that ``panel`` shows of ``source``."""
        pool = EnterprisePool(source, panel.reload)
        super().__init__(ledger, jobs, source, panel, tabs, key=KEY, pool=pool)

    def make_conditions(self, ledger: Ledger, jobs: Jobs) -> ConditionBar:
        """Make the chips, the usual fields of firms first."""
        return ConditionBar(ledger, jobs, self.query_without, lambda: self._source.names)
