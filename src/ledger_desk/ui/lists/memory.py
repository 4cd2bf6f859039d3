"""What a list looked like last on this machine."""

from __future__ import annotations

from dataclasses import replace

from ledger_desk.settings import Settings
from ledger_desk.ui.lists.state import ListState


def recall(key: str, usual: ListState | None = None) -> ListState:
    """How a list was left; ``usual`` when it never was."""
    kept = Settings.load().lists.get(key)
    return (usual or ListState()) if kept is None else ListState.of(kept)


def remember(key: str, state: ListState) -> None:
    """Keep how a list is left."""
    settings = Settings.load()
    if settings.lists.get(key) != state.to_dict():
        replace(settings, lists={**settings.lists, key: state.to_dict()}).save()
