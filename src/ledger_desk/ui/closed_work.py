"""Work on a ledger's file while nobody has it open: what comes of it, and the sheet shown meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.labels import label


@dataclass(frozen=True)
class Reopening:
    """How the ledger is opened again after the work.

    Attributes:
        key: Raw key of the file as it is now, None where it has no password.
        said: What was done, for the toast.
        detail: What else there is to know about it.
    """

    key: str | None
    said: str
    detail: str = ""


class WaitingSheet(Dialog):
    """Stands where the window was; only whoever showed it takes it away."""

    def __init__(self, title: str) -> None:
        """Say what is being done."""
        super().__init__(None, title, width=460)
        sentence = "先备份，再写一份新的，核对过才换下原来的。账大的要等几秒，请不要关机。"
        self.body.add(label(sentence, wrap=True))

    def reject(self) -> None:
        """Esc and the window's own closing do nothing: the work cannot be stopped half-way."""
