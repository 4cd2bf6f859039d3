"""The dictionary in states worth showing, for the gallery."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any


def look_at(indicator: str, page: Any) -> None:
    """Show the numbers of an indicator; what may cover the page is taken away first."""
    page.uncover()
    page.open_indicator(indicator)


SCENES: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("indicator", partial(look_at, "drawn_amount")),
)
