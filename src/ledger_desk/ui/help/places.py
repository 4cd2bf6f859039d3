"""Which topic belongs to what is on the screen; opening the one help window of a main window."""

from __future__ import annotations

from collections.abc import Iterator

from ledger_desk import paths
from ledger_desk.ui.main_window import MainWindow


def show_help(window: MainWindow, page_key: str = "") -> None:
    """Open the help at the topic of a page, the one in front unless another is named.

    The window is made once for each main window, and closes with it.
    """
    from ledger_desk.ui.help.window import HelpWindow  # late: most days nobody asks

    found = window.findChild(HelpWindow)
    if found is None:
        found = HelpWindow(window, paths.resources() / "help")
        window.closing.connect(found.close)
        found.page_wanted.connect(lambda key: _go(window, key))
    found.open_at(places_of(window, page_key or window.page_key()))


def _go(window: MainWindow, key: str) -> None:
    """Show a page beside the help, and come to the front with it."""
    window.show_page(key)
    window.activateWindow()
    window.raise_()


def places_of(window: MainWindow, page_key: str) -> Iterator[str]:
    """Names of where one is, the nearest first: what covers the page, its tab, the page."""
    if page_key:
        page = window.page(page_key)
        cover = getattr(page, "cover_view", None)
        if cover is not None:
            yield type(cover).__name__
        tabs = getattr(page, "tabs", None)
        if tabs is not None:
            yield f"{page_key}/{tabs.chosen_key()}"
    yield page_key
