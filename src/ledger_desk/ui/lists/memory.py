"""What a list looked like last on this machine."""

from __future__ import annotations

from dataclasses import replace

from ledger_desk.settings import Settings
from ledger_desk.ui.lists.state import ListState


def recall(key: str) -> ListState:
    """How a list was left; as is usual when it never was."""
    return ListState.of(Settings.load().lists.get(key, {}))


def remember(key: str, state: ListState) -> None:
    """Keep how a list is left."""
    settings = Settings.load()
    if settings.lists.get(key) != state.to_dict():
        replace(settings, lists={**settings.lists, key: state.to_dict()}).save()
