"""What the gallery draws of this page besides its lists."""

from __future__ import annotations

from collections.abc import Callable

from ledger_desk.model.records import Application
from ledger_desk.store.queries import Query
from ledger_desk.ui.pages.applications.page import ApplicationPage


def _review(page: ApplicationPage) -> None:
    """The desk with the first application there is, if any."""
    with page.ledger.read() as rows:
        found = rows.ids(Query(Application), 1)
    if found:
        page.open_review(found)


DESK_SCENES: tuple[tuple[str, Callable[..., object]], ...] = (
    ("entry", ApplicationPage.open_entry),
    ("desk", _review),
)
