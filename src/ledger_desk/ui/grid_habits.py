"""Habits of whoever works here: where Enter goes after a cell was typed (`peers.md` §E)."""

from __future__ import annotations

from dataclasses import replace

from ledger_desk.settings import Settings


def enter_move() -> tuple[int, int]:
    """Rows down and columns right that Enter goes: down as usual, or right."""
    return (0, 1) if Settings.load().enter_right else (1, 0)


def turn_enter() -> None:
    """Change it, from now on and on this machine."""
    settings = Settings.load()
    replace(settings, enter_right=not settings.enter_right).save()
