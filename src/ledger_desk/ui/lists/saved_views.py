"""Views that the office saved: settings of the ledger, each change of them a step that can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record
from ledger_desk.model.keeping import Setting
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.lists.state import ListState, dump, wheres_of_json, wheres_to_json

LONGEST = 20


@dataclass(frozen=True)
class SavedView:
    """A view with a name.

    Attributes:
        id: Id of the setting that holds it.
        name: What it is called.
        state: Columns, widths, order, frozen columns.
        wheres: Conditions.
        lost: Fields that it speaks of and that are not there any more.
    """

    id: str
    name: str
    state: ListState = field(default_factory=ListState)
    wheres: Wheres = ()
    lost: tuple[str, ...] = ()


class SavedViews:
    """Reads and writes the views of one list."""

    def __init__(
        self, ledger: Ledger, key: str, cls: type[Record], known: Callable[[str], bool]
    ) -> None:
        """Keep views of the list ``key`` over records of ``cls``; ``known`` tells its columns."""
        self._ledger, self._cls, self._known = ledger, cls, known
        self._prefix = f"view:{key}:"

    def listing(self) -> list[SavedView]:
        """All views, in the order in which they were first saved."""
        return [self._read(each) for each in self._settings()]

    def get(self, record: str) -> SavedView | None:
        """One view, if it is still there."""
        return next((view for view in self.listing() if view.id == record), None)

    def save(self, name: str, state: ListState, wheres: Wheres) -> str:
        """Save a view, over the one of the same name if there is one; gives its id.

        Raises:
            UserError: The name cannot be taken, or the ledger cannot be written.
        """
        name = self._checked(name)
        text = dump({**state.to_dict(), "wheres": wheres_to_json(self._cls, wheres)})
        there = self._named(name)
        with self._ledger.step(f"保存视图“{name}”") as step:
            if there is None:
                return step.create(Setting(name=self._prefix + name, value=text))
            step.change(Setting, there.id, {"value": text})
        return there.id

    def rename(self, record: str, name: str) -> None:
        """Give a view another name.

        Raises:
            UserError: The name cannot be taken, or the ledger cannot be written.
        """
        name = self._checked(name)
        there = self._named(name)
        if there is not None and there.id != record:
            raise UserError(f"已经有一个叫“{name}”的视图了。请换一个名字。")
        with self._ledger.step(f"视图改名“{name}”") as step:
            step.change(Setting, record, {"name": self._prefix + name})

    def remove(self, record: str) -> None:
        """Remove a view; undo brings it back."""
        view = self.get(record)
        with self._ledger.step(f"删除视图“{view.name if view is not None else ''}”") as step:
            step.remove(Setting, record)

    def _settings(self) -> list[Setting]:
        with self._ledger.read() as rows:
            found = rows.find(Query(Setting))
        return [each for each in found if (each.name or "").startswith(self._prefix)]

    def _named(self, name: str) -> Setting | None:
        return next((each for each in self._settings() if each.name == self._prefix + name), None)

    def _checked(self, name: str) -> str:
        name = " ".join(name.split())
        if not name or len(name) > LONGEST:
            raise UserError(f"视图的名字要有 1 到 {LONGEST} 个字。请改短一点。")
        return name

    def _read(self, setting: Setting) -> SavedView:
        try:
            data: Any = json.loads(setting.value or "{}")
        except ValueError:
            data = {}
        data = data if isinstance(data, Mapping) else {}
        wheres, lost = wheres_of_json(self._cls, data.get("wheres"))
        state = ListState.of(data)
        gone = [
            key
            for key in (*state.columns, *(key for key, _ in state.order))
            if not self._known(key)
        ]
        state = ListState(
            tuple(key for key in state.columns if key not in gone),
            state.widths,
            tuple(pair for pair in state.order if pair[0] not in gone),
            state.frozen,
        )
        name = (setting.name or "").removeprefix(self._prefix)
        return SavedView(setting.id, name, state, wheres, tuple(dict.fromkeys([*lost, *gone])))
