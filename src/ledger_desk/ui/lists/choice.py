"""Which records a list shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger_desk.model.fields import Record
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.grid_rows import Order


@dataclass(frozen=True)
class Choice:
    """What is asked of the ledger, but for columns and order.

    Attributes:
        text: Search text.
        wheres: Conditions.
        removed: The recycle bin instead of the live ones.
        among: Ids that a view has found by looking at each record; None: no such view.
    """

    text: str = ""
    wheres: tuple[Where, ...] = ()
    removed: bool = False
    among: frozenset[str] | None = None

    def query(self, cls: type[Record], order: Order = ()) -> Query[Any]:
        """The question to the ledger."""
        wheres = self.wheres
        if self.among is not None:
            wheres = (*wheres, Where("id", "in", tuple(self.among)))
        return Query(cls, wheres, self.text, order, self.removed)

    def is_everything(self) -> bool:
        """Whether nothing narrows the list."""
        return not (self.text.strip() or self.wheres or self.removed or self.among is not None)
