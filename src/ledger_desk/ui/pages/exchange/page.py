"""The page 数据交换: one tab for each matter, made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger_desk.model.records import Destination, Dispatch
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.importing.hosting import ImportingPage
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.tabs import Tab, Tabs

if TYPE_CHECKING:
    from ledger_desk.ui.filling.assistant import FillAssistant

Maker = Callable[["ExchangePage"], QWidget]
"""Makes the view of a tab: it has ``reload()``, the signal ``changed``, and may have
``first_focus()``, ``open_record(id)``, ``set_mode(mode)``, ``areas()``, and ``has_bar()`` where it
fills the page's bottom bar."""


def _intakes(page: ExchangePage) -> QWidget:
    from ledger_desk.ui.pages.exchange.intakes import IntakesView

    return IntakesView(page.ledger, page.jobs, page.window_of, page)


def _dispatches(page: ExchangePage) -> QWidget:
    from ledger_desk.ui.pages.exchange.dispatches import DispatchesView

    return DispatchesView(page.ledger, page.jobs, page.window_of)


def _destinations(page: ExchangePage) -> QWidget:
    from ledger_desk.ui.pages.exchange.destinations import DestinationsView

    return DestinationsView(page.ledger, page.jobs, page.window_of)


def _duplicates(page: ExchangePage) -> QWidget:
    from ledger_desk.ui.duplicates.view import DuplicatesView

    view = DuplicatesView(page.ledger, page.jobs, page.window_of, page)
    view.open_wanted.connect(page.open_firm)
    return view


# To add a tab: one line here, and its table in `desk_pages` where its records can be opened.
PARTS: tuple[tuple[Tab, Maker], ...] = (
    (Tab("intakes", "装入记录"), _intakes),
    (Tab("duplicates", "查重"), _duplicates),
    (Tab("dispatches", "传出登记"), _dispatches),
    (Tab("destinations", "去向"), _destinations),
)
TABS = tuple(tab for tab, _ in PARTS)
_TAB_OF = {"dispatch": "dispatches", "destination": "destinations", "verdict": "duplicates"}


class ExchangePage(ImportingPage):
    """数据交换.

    Signals:
        changed: The ledger was changed here.
        open_record: (table, id): a record that another page shows is to be opened.
    """

    changed = Signal()
    open_record = Signal(str, str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the first tab; the others are made when they are first shown."""
        super().__init__("数据交换")
        self.ledger, self.jobs, self.window_of = ledger, jobs, window
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self.tabs = Tabs(TABS, "数据交换的内容")
        self._stack = QStackedWidget()
        self._views: dict[str, QWidget] = {}
        self.body.add(self.tabs).add(self._stack, stretch=1)
        self._fill = self.head.add_button(
            Button("填上级来表", self.open_filling, icon="table", key="Ctrl+T")
        )
        self._filling: FillAssistant | None = None
        self._in = self.head.add_button(
            Button("装入表格", self.open_import, icon="file-import", kind="pri", key="Ctrl+O")
        )
        if ledger.read_only:
            self._in.block("只看，不能装入")
        self.tabs.chosen.connect(self.show_tab)
        self.setAcceptDrops(True)
        self.view(TABS[0].key)  # what it shows is read when the page comes to the front

    def view(self, key: str) -> Any:
        """The view of a tab, made when it is first wanted."""
        if key not in self._views:
            made = self._views[key] = dict((tab.key, make) for tab, make in PARTS)[key](self)
            self._stack.addWidget(made)
            made.changed.connect(self._written)  # type: ignore[attr-defined]
            _fit(made, self.mode)
        return self._views[key]

    def show_tab(self, key: str) -> None:
        """Show one of the tabs (`TABS`)."""
        if self.tabs.chosen_key() != key:
            self.tabs.choose(key)
            return
        view = self.view(key)
        self._stack.setCurrentWidget(view)
        has_bar = getattr(view, "has_bar", None)
        self.bottom.setVisible(has_bar is not None and has_bar())
        self.refresh()

    def entered(self) -> None:
        """Read again: other pages may have changed the ledger."""
        if self.cover_view is None:
            self.show_tab(self.tabs.chosen_key())

    def refresh(self) -> None:
        """Read the shown tab again, for instance after an undo."""
        self.view(self.tabs.chosen_key()).reload()
        self._tell()

    def ledger_changed(self) -> None:
        """Somebody wrote."""
        self.refresh()

    def show_record(self, table: str, record: str) -> None:
        """Show a file that left, or a destination."""
        if self.cover_view is not None:
            self.uncover()
        key = _TAB_OF[table]
        self.show_tab(key)
        self.view(key).open_record(record)

    def open_firm(self, record: str) -> None:
        """Let a firm be opened where firms are."""
        self.open_record.emit("enterprise", record)

    def open_filling(self, path: Path | None = None) -> None:
        """Open the assistant that fills a table from above, with a file or without."""
        self.cover(self.filling())
        if path is not None:
            self.filling().start(path)

    def filling(self) -> FillAssistant:
        """The assistant; one for the page."""
        from ledger_desk.ui.filling.assistant import FillAssistant  # late: the window opens sooner

        if self._filling is None:
            self._filling = FillAssistant(self.ledger, self.jobs, self.window_of)
            self._filling.closed.connect(self._leave)
            self._filling.changed.connect(self._changed)
        return self._filling

    def areas(self) -> list[QWidget]:
        """F6 also goes to what stands beside the list of a tab."""
        areas = super().areas()
        if self.cover_view is None:
            beside = getattr(self.view(self.tabs.chosen_key()), "areas", None)
            areas += beside() if beside is not None else []
        return areas

    def own_focus(self) -> QWidget | None:
        """The list of the tab, or the tabs."""
        focus = getattr(self.view(self.tabs.chosen_key()), "first_focus", None)
        found: QWidget | None = focus() if focus is not None else None
        return found or self.tabs

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Give the views their layout."""
        super().set_mode(mode, very_short=very_short)
        for view in self._views.values():
            _fit(view, mode)

    def _written(self) -> None:
        self._tell()
        self.changed.emit()

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def _tell(self) -> None:
        ledger = self.ledger
        taken, sent = ledger.import_count(), ledger.count(Query(Dispatch))
        self.tabs.set_count("intakes", taken)
        self.tabs.set_count("dispatches", sent)
        self.tabs.set_count("destinations", ledger.count(Query(Destination)))
        words = f"装入过 {taken:,} 次，传出过 {sent:,} 个文件"
        self.head.set_counts(words, f"装入 {taken:,} 次")


def _fit(view: QWidget, mode: Mode) -> None:
    fit = getattr(view, "set_mode", None)
    if fit is not None:
        fit(mode)
