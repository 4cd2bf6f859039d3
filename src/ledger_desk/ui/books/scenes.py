"""Which tabs of pages of books are drawn for the gallery, besides the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.desk import Desk

BOOK_TABS: Mapping[str, tuple[str, ...]] = {
    "applications": ("recommended", "reviews", "checks"),
    "renewals": ("due",),
    "parks": ("firms",),
    "activities": ("attendances", "tax", "sent", "days"),
    "tickets": ("mendings", "inspections", "complaints", "intermediaries", "duty_cases"),
    "targets": ("figures", "rules", "dictionary"),
}


def show_book(key: str, desk: Desk) -> None:
    """Bring a tab of the page in front to the front."""
    page = desk.page()
    if isinstance(page, BookPage):
        page.uncover()
        page.show_book(key)


def on_page(show: Callable[..., object], desk: Desk) -> None:
    """Bring the page in front into a state worth showing."""
    show(desk.page())
