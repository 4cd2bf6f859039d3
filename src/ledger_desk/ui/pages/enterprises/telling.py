"""Words of the list of enterprises: how it is sorted, and why nothing was found where that takes a look."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid_rows import GridColumn, Order
from ledger_desk.ui.pages.enterprises.emptiness import Wording


def order_words(order: Order, columns: Sequence[GridColumn]) -> str:
    """Say how the list is sorted: ``排序：乡镇从小到大、注册资本(万元)从大到小``."""
    titles = {column.key: column.title for column in columns}
    words = "、".join(
        f"{titles.get(key, '')}{'从大到小' if down else '从小到大'}" for key, down in order
    )
    return f"排序：{words}" if words else ""


def said_of_nothing(wording: Wording, ledger: Ledger, _progress: Progress) -> tuple[Wording, str]:
    """Work for a reading job: why nothing was found."""
    return wording, wording.sentence(ledger)
