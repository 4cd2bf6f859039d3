"""Progress and cancel as one plain argument, checked wherever progress is reported."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with (done, total, note); raises `Cancelled` once the person asked to stop.

    ``total`` 0 means that the length is not known yet.
    """

    def __call__(self, done: int, total: int, note: str = "") -> None:
        """Report; may raise `ledger_desk.errors.Cancelled`."""


def silent(done: int, total: int, note: str = "") -> None:
    """Report to nobody and never cancel."""
