"""A list with conditions, columns and saved views of its own, where the page's tabs are the page's.

A book has all this already (`ledger_desk.ui.books`); this is for the lists of pages that are no books.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.buttons import Button, Entry
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.bench import ListBench
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs

_ALL = "all"


class RichList(QWidget):
    """Chips, saved views and the list below them.

    Signals:
        filtered: Conditions were changed: the source is to be asked anew.
        changed: A view was saved, renamed or removed.
        said: A sentence for the status bar.
        past_wanted: The list is to be looked at as it was on some day.
    """

    filtered = Signal()
    changed = Signal()
    said = Signal(str)
    past_wanted = Signal()

    def __init__(
        self, panel: GridPanel, make: Callable[[Tabs], ListBench], name: str, *, past: bool = False
    ) -> None:
        """Put a band over a list.

        Args:
            panel: The list.
            make: Makes what stands around it, given the tabs of its saved views.
            name: What the list is called, for those who hear the page.
            past: Whether the page shows the list as it was (`past_wanted`).
        """
        super().__init__()
        self.panel = panel
        self.tabs = Tabs([Tab(_ALL, "全部")], f"{name}存下的视图")
        self.bench = make(self.tabs)
        self.conditions, self.shelf = self.bench.conditions, self.bench.shelf
        self._mode: Mode = "full"
        self.band = frame("bare")
        self._row = Row(self.band, gap=8).add(self.tabs, self.conditions).push()
        self._row.add(self.shelf.button)
        self._past: Button | None = None
        if past:
            self._past = Button("看某天的…", self.past_wanted.emit, icon="history")
            self._row.add(self._past)
        Column(self, gap=6).add(self.band).add(panel, stretch=1)
        self.tabs.chosen.connect(self.show_view)
        self.conditions.changed.connect(self.filtered)
        self.shelf.said.connect(self.said)
        self.shelf.changed.connect(self._kept)
        self.bench.tools.said.connect(self.said)
        self._fit()

    def wheres(self) -> Wheres:
        """The conditions that are on."""
        return self.conditions.wheres()

    def fields(self) -> set[str]:
        """Fields that a condition looks at."""
        return self.conditions.fields()

    def refresh(self) -> None:
        """Read the saved views anew."""
        self.shelf.refresh()
        self._fit()

    def clear(self) -> None:
        """Take all conditions away."""
        self.conditions.clear()

    def show_view(self, key: str) -> None:
        """Show a saved view, or all."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
            return
        self.shelf.show(key)
        self.filtered.emit()

    def entries(self) -> list[Entry]:
        """Saved views, conditions and the past, for a menu where the band has no room."""
        views: list[Entry] = []
        if len(self.tabs.tabs()) > 1:
            views = [
                (f"存下的：{t.text}", partial(self.show_view, t.key)) for t in self.tabs.tabs()
            ]
        past: list[Entry] = []
        if self._past is not None:
            past = [("看某天的名单…", self.past_wanted.emit, "history")]
        kept = self.shelf.entries()
        return [*views, None, *self.conditions.entries(), None, *kept, *past]

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Chips become a menu where room is short; the band goes where there is hardly any."""
        self._mode = mode
        self.conditions.set_narrow(mode in ("single", "narrow"))
        self.band.setVisible(not very_short)
        if self._past is not None:
            self._past.setVisible(mode in ("full", "drawer"))
        self._fit()

    def _kept(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        self.tabs.setVisible(len(self.tabs.tabs()) > 1 and self._mode != "single")
