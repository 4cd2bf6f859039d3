"""Places on paper: which cells there are on each page, and which one lies beside which."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

CellKey = tuple[int, int]
"""Row and column of the sheet, from 1."""
Place = tuple[str, int, int]
"""Tab, row and column: a document may show several sheets; one without tabs has ``""``."""


@dataclass(frozen=True)
class Spot:
    """One cell on one page; the box is in points from the top left of the paper."""

    page: int
    row: int
    column: int
    box: QRectF
    sheet: str = ""

    @property
    def key(self) -> CellKey:
        """Row and column of the sheet."""
        return self.row, self.column

    @property
    def place(self) -> Place:
        """The same with the tab."""
        return self.sheet, self.row, self.column


class Spots:
    """All cells of a document, and those among them that a person can go to."""

    def __init__(self, spots: Iterable[Spot] = (), open_to: Collection[Place] = ()) -> None:
        """Take every cell; ``open_to`` are the ones that can be chosen."""
        self._all: dict[int, list[Spot]] = {}
        self._open: dict[int, list[Spot]] = {}
        wanted = frozenset(open_to)
        for spot in spots:
            self._all.setdefault(spot.page, []).append(spot)
            if spot.place in wanted:
                self._open.setdefault(spot.page, []).append(spot)
        for some in self._open.values():
            some.sort(key=lambda s: (s.row, s.column))

    def on(self, page: int) -> list[Spot]:
        """Every cell of a page."""
        return self._all.get(page, [])

    def choices(self, page: int) -> list[Spot]:
        """Cells of a page that can be chosen, in reading order."""
        return self._open.get(page, [])

    def sheet_of(self, page: int) -> str:
        """The tab that a page shows; one without cells belongs to the sheet before it."""
        for each in range(page, -1, -1):
            if self._all.get(each):
                return self._all[each][0].sheet
        return ""

    def find(self, key: CellKey, near_page: int = 0, sheet: str | None = None) -> Spot | None:
        """The cell, on ``near_page`` where it stands there too (repeated or split rows).

        Without ``sheet`` the sheet of that page comes first, then any other.
        """
        found = [s for page in sorted(self._all) for s in self._all[page] if s.key == key]
        wanted = self.sheet_of(near_page) if sheet is None else sheet
        own = [s for s in found if s.sheet == wanted]
        found = own if own or sheet is not None else found
        return next((s for s in found if s.page == near_page), found[0] if found else None)

    def at(self, page: int, place: QPointF) -> Spot | None:
        """The cell that can be chosen at a place of a page."""
        return next((s for s in self.choices(page) if s.box.contains(place)), None)

    def beside(self, spot: Spot, dx: int, dy: int) -> Spot | None:
        """The next cell to go to by an arrow key; past the edge of a page on the next one.

        Args:
            spot: Where one is.
            dx: -1 left, 1 right, 0 for up and down.
            dy: -1 up, 1 down, 0 for left and right.
        """
        here = self.choices(spot.page)
        if dx:
            return self._in_line(here, spot, dx)
        rows = sorted({s.row for s in here if (s.row - spot.row) * dy > 0}, reverse=dy < 0)
        if rows:
            return _closest([s for s in here if s.row == rows[0]], spot)
        beyond = self.choices(spot.page + dy)
        if not beyond:
            return None
        edge = min(s.row for s in beyond) if dy > 0 else max(s.row for s in beyond)
        return _closest([s for s in beyond if s.row == edge], spot)

    def _in_line(self, here: list[Spot], spot: Spot, dx: int) -> Spot | None:
        place = next((n for n, s in enumerate(here) if s.place == spot.place), -1)
        if 0 <= place + dx < len(here):
            return here[place + dx]
        beyond = self.choices(spot.page + dx)
        return (beyond[0] if dx > 0 else beyond[-1]) if beyond else None


def _closest(some: list[Spot], spot: Spot) -> Spot:
    middle = spot.box.center().x()
    return min(some, key=lambda s: abs(s.box.center().x() - middle))
