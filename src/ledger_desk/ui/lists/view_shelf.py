"""保存的视图: saved views as tabs behind those that a list always has; named, overwritten, removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.ui.buttons import Entry, MenuButton
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import TextQuestion
from ledger_desk.ui.lists.filters import Filters, Wheres
from ledger_desk.ui.lists.saved_views import SavedView, SavedViews
from ledger_desk.ui.lists.state import ListState
from ledger_desk.ui.lists.tools import ListTools
from ledger_desk.ui.tabs import Tab, Tabs

_MARK = "view:"


class ViewShelf(QObject):
    """Opens and keeps saved views.

    Signals:
        changed: The ledger was changed: a view was saved, renamed or removed.
        said: A sentence for the status bar.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(
        self, store: SavedViews, tabs: Tabs, tools: ListTools, filters: Filters, *, locked: bool
    ) -> None:
        """Put saved views behind the tabs that are there; ``locked`` where none can be saved."""
        super().__init__(tabs)
        self._store, self._tabs, self._tools, self._filters = store, tabs, tools, filters
        self._fixed, self._locked = list(tabs.tabs()), locked
        self._views: dict[str, SavedView] = {}
        self._open: SavedView | None = None
        self._before: tuple[ListState, Wheres] | None = None
        self.button = MenuButton("存为视图", kind="words", icon="plus")
        if locked:  # showing it before it has a place would make it a window
            self.button.hide()
        filters.changed.connect(self._tell)
        tools.laid_out.connect(self._tell)
        self.refresh()

    # What the list asks

    def refresh(self) -> None:
        """Read the views anew: one may have been saved elsewhere, or an undo took one back."""
        views = {_MARK + view.id: view for view in self._store.listing()}
        names = [(key, view.name) for key, view in views.items()]
        if names != [(tab.key, tab.text) for tab in self._tabs.tabs() if tab.key in self._views]:
            fixed = {tab.key: tab for tab in self._tabs.tabs()}
            known = [fixed.get(tab.key, tab) for tab in self._fixed]
            here = self._tabs.chosen_key()
            self._views = views
            self._tabs.set_tabs([*known, *(Tab(key, name) for key, name in names)])
            if here not in fixed or here not in [tab.key for tab in self._tabs.tabs()]:
                self._tabs.chosen.emit(self._tabs.chosen_key())
        self._views = views
        if self._open is not None:
            self._open = views.get(_MARK + self._open.id)
        self._tell()

    def is_saved(self, key: str) -> bool:
        """Whether a tab is a saved view."""
        return key in self._views

    def tabs(self) -> list[Tab]:
        """All tabs."""
        return self._tabs.tabs()

    def show(self, key: str) -> None:
        """Lay the list out as a saved view says; any other key brings back what was before."""
        view = self._views.get(key)
        if view is None:
            self._leave()
            return
        if self._before is None:
            self._before = (self._tools.state(), self._filters.wheres())
            self._tools.pause(True)
        self._open = view
        self._tools.apply(view.state)
        self._filters.replace(view.wheres)
        if view.lost:
            count = len(view.lost)
            self.said.emit(f"视图“{view.name}”里有 {count} 列已经没有了，照其余的打开。")
        self._tell()

    def _leave(self) -> None:
        before, self._before, self._open = self._before, None, None
        if before is not None:
            self._tools.apply(before[0])
            self._filters.replace(before[1])
            self._tools.pause(False)
        self._tell()

    def entries(self) -> list[Entry]:
        """What can be done with views."""
        if self._locked:
            return []
        entries: list[Entry] = [("存为新视图…", self.ask_name)]
        if self._open is not None:
            name = self._open.name
            if self.is_changed():
                entries.insert(0, (f"照现在的样子更新“{name}”", self._overwrite))
            entries += [(f"“{name}”改名…", self.ask_new_name), (f"删除视图“{name}”", self._remove)]
        return entries

    def is_changed(self) -> bool:
        """Whether the list looks otherwise than the view that is open."""
        view = self._open
        if view is None:
            return False
        return (view.state.to_dict(), set(view.wheres)) != (
            self._tools.state().to_dict(), set(self._filters.wheres()),
        )  # fmt: skip

    # What is done

    def ask_name(self) -> None:
        """Ask what the new view is to be called."""
        question = TextQuestion(
            self._window(),
            "存为视图",
            "视图的名字",
            placeholder="例如：新集镇没贷过款的",
            action="存为视图",
        )
        self._ask(question, self.save)

    def ask_new_name(self) -> None:
        """Ask for another name of the open view."""
        if self._open is not None:
            question = TextQuestion(
                self._window(), "视图改名", "视图的名字", text=self._open.name, action="改名"
            )
            self._ask(question, self.rename)

    def _ask(self, question: TextQuestion, then: Callable[[str], object]) -> None:
        question.accepted.connect(lambda: then(question.answer()))
        question.finished.connect(question.deleteLater)
        question.open()

    def save(self, name: str) -> None:
        """Save what the list looks like under a name, and open that view."""
        if self._before is None:  # the conditions are the view's from now on, 全部 shows all again
            self._before = (self._tools.state(), ())
            self._tools.pause(True)
        made: list[str] = []
        if self._do(lambda: made.append(
            self._store.save(name, self._tools.state(), self._filters.wheres())
        )):  # fmt: skip
            self._tabs.choose(_MARK + made[0])
        elif self._open is None:
            self._before = None
            self._tools.pause(False)

    def rename(self, name: str) -> None:
        """Rename the open view."""
        view = self._open
        if view is not None:
            self._do(lambda: self._store.rename(view.id, name))

    def _overwrite(self) -> None:
        if self._open is not None:
            self.save(self._open.name)

    def _remove(self) -> None:
        view = self._open
        if view is not None and self._do(lambda: self._store.remove(view.id)):
            self.said.emit(f"视图“{view.name}”删除了，按 Ctrl+Z 拿回来。")

    def _do(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except UserError as error:
            show_error(self._window(), error)
            return False
        self.changed.emit()
        self.refresh()
        return True

    def _tell(self) -> None:
        entries = self.entries()
        self.button.set_entries(entries)
        changed = self.is_changed()
        self.button.set_icon("plus" if self._open is None else None)
        self.button.set_text("视图改过了" if changed else "视图" if self._open else "存为视图")

    def _window(self) -> QWidget:
        return self._tabs.window()
