"""What start-up made is left out of later garbage collections, and nothing is kept for ever."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from ledger_desk.ui import collecting


class Knot:
    """Refers to itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_is_not_collected_again_and_what_was_left_behind_goes_next_time() -> None:
    knot = Knot()
    left = weakref.ref(knot)
    collecting.settle()
    assert gc.get_freeze_count() > 1_000
    del knot
    gc.collect()
    assert left() is not None  # out of the way of collections
    collecting.settle()
    assert left() is None
