"""What is asked before something typed would be lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ledger_desk.ui.dialogs.ask import ask_choice

ON_PAPER = "填的内容只在这张表上，还没有存进账里。"


def may_leave(parent: QWidget, title: str, save: Callable[[], bool], text: str = ON_PAPER) -> bool:
    """Ask what becomes of what is not stored.

    Args:
        parent: The window or dialog that asks.
        title: What is not stored, as a sentence.
        save: Stores it; False when that could not be done.
        text: What that means.

    Returns:
        Whether one may go: it was stored, or is not wanted.
    """
    answer = ask_choice(
        parent, title, text, [("drop", "不要了"), ("save", "存下再走")], close="接着填"
    )
    return answer == "drop" or (answer == "save" and save())
