"""Which columns the list of enterprises can show: all declared fields by group, and the computed ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import Enterprise
from ledger_desk.store.computed import COMPUTED
from ledger_desk.ui.lists.chooser import Offer
from ledger_desk.ui.pages.enterprises.columns import USUAL, column_of
from ledger_desk.ui.pages.enterprises.source import EnterpriseSource


class EnterprisePool:
    """Offers columns; the source reads those that are chosen."""

    def __init__(self, source: EnterpriseSource, reload: Callable[[], object]) -> None:
        """Show columns of ``source``; ``reload`` reads the list again."""
        self._source, self._reload = source, reload

    def offers(self) -> Sequence[Offer]:
        """All columns, by group."""
        made = [Offer(name, column_of(name).title, "算出来的") for name in COMPUTED["enterprise"]]
        specs = fields_of(Enterprise)
        groups = list(dict.fromkeys(spec.group for spec in specs))
        specs = tuple(sorted(specs, key=lambda spec: groups.index(spec.group)))
        return [*(Offer(s.name, column_of(s.name).title, s.group) for s in specs), *made]

    def standard(self) -> Sequence[str]:
        """What a county clerk looks at first."""
        return USUAL

    def shown(self) -> Sequence[str]:
        """What is shown now."""
        return self._source.names

    def show(self, keys: Sequence[str]) -> None:
        """Show these."""
        self._source.show_columns(keys)
        self._reload()
