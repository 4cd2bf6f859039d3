"""Progress and cancel as one plain argument, checked wherever progress is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Called with (done, total, note); raises `Cancelled` once the person asked to stop.

    ``total`` 0 means that the length is not known yet.
    """

    def __call__(self, done: int, total: int, note: str = "") -> None:
        """Report; may raise `ledger_desk.errors.Cancelled`."""


def silent(done: int, total: int, note: str = "") -> None:
    """Report to nobody and never cancel."""


def track(
    items: Iterable[T], total: int, progress: Progress, note: str, every: int = 200
) -> Iterator[T]:
    """Yield the items, reporting once in ``every`` so that cancelling stays quick."""
    for done, item in enumerate(items):
        if done % every == 0:
            progress(done, total, note)
        yield item
    progress(total, total, note)
