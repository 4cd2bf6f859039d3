"""What was picked lately, newest first, list by list; remembered on this machine between two starts."""

from __future__ import annotations

import contextlib
import json

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ledger_desk import files, paths
from ledger_desk.errors import UserError
from ledger_desk.ui.picker import Items, PickItem

_MOST = 8  # of one list
_MOST_LISTS = 200
_FILE = "picked.json"
_LATER = 3000  # milliseconds until picks are written down, many at once


class Recents(QObject):
    """Ids of what was picked; never words, so that nothing personal leaves the ledger."""

    def __init__(self, app: QApplication) -> None:
        """Belong to the application; get it by `recents`."""
        super().__init__(app)
        self.setObjectName("recents")
        self._picked = _load()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self.save)
        app.aboutToQuit.connect(self.save)

    def of(self, key: str) -> tuple[str, ...]:
        """Ids picked in a list, newest first."""
        return tuple(self._picked.get(key, ()))

    def note(self, key: str, picked: str) -> None:
        """Remember that one was picked."""
        others = [each for each in self._picked.pop(key, []) if each != picked]
        self._picked[key] = [picked, *others][:_MOST]
        while len(self._picked) > _MOST_LISTS:
            del self._picked[next(iter(self._picked))]
        self._later.start()

    def forget(self) -> None:
        """Forget all picks."""
        self._picked.clear()
        self._later.start()

    def save(self) -> None:
        """Write them down; a disk that does not take them is no reason to stop working."""
        if self._later.isActive() or self.sender() is self._later:
            self._later.stop()
            text = json.dumps(self._picked, ensure_ascii=False)
            with contextlib.suppress(UserError, OSError):
                files.atomic_write(paths.state_dir() / _FILE, text.encode())


def recents() -> Recents:
    """The application's memory of picks."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    options = Qt.FindChildOption.FindDirectChildrenOnly
    return app.findChild(Recents, "recents", options) or Recents(app)


def with_recents(items: Items, key: str) -> Items:
    """Let a picker offer what was picked lately ahead of the rest, below a whole match only."""

    def find(text: str) -> list[PickItem]:
        found, late = items(text), recents().of(key)
        if not late or not found:
            return found
        place = {each: n for n, each in enumerate(late)}
        first = found[0]
        fold = text.strip().casefold()
        whole = fold and fold in (first.text.casefold(), first.id.casefold(), *first.keys)
        head, rest = ([first], found[1:]) if whole else ([], found)
        return head + sorted(rest, key=lambda item: place.get(item.id, _MOST))

    return find


def _load() -> dict[str, list[str]]:
    try:
        data = json.loads((paths.state_dir() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, UserError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        key: [each for each in some if isinstance(each, str)][:_MOST]
        for key, some in data.items() if isinstance(some, list)
    }  # fmt: skip
