"""What a formula looks up: this report's cells, other forms' and earlier periods'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ledger_desk.model.formulas import Held, Reference
from ledger_desk.reports.cells.elsewhere import Elsewhere
from ledger_desk.reports.cells.grid import Grid, Here, Place, row_in, total_row
from ledger_desk.reports.shapes import Report, ReportBlock


@dataclass
class Looking:
    """One formula's look at the cells (a `Lookup` of the formula language).

    Attributes:
        grid: Cells of the report.
        here: Where the formula stands.
        elsewhere: Other reports; None where there are none to look at.
        work_out: Gives a cell that is a formula itself, else None; see `cells.working`.
        seen: Places of this report that were looked at.
    """

    grid: Grid
    here: Here
    elsewhere: Elsewhere | None = None
    work_out: Callable[[Place], tuple[bool, Held]] = lambda place: (False, None)
    seen: list[Place] = field(default_factory=list)

    def value(self, reference: Reference) -> Held:
        """Give one cell."""
        return next(iter(self.values(reference)), None)

    def values(self, reference: Reference) -> Iterable[Held]:
        """Give the cells of a range or a whole column."""
        own = not reference.form or reference.form in self.grid.report.form.shape.sheets
        if own and not reference.earlier:
            return [self._own(place) for place in self.grid.places(reference, self.here)]
        form = "" if own else reference.form
        far = self.elsewhere.report(form, reference.earlier) if self.elsewhere else None
        if far is None:
            return []
        grid = Grid(far)
        plain = reference if own else replace(reference, form="")
        here = self._far_here(far) if own else Here(far.form.shape.sheet)
        if here is None:
            return []
        return [grid.value(place) for place in grid.places(plain, here)]

    def _own(self, place: Place) -> Held:
        self.seen.append(place)
        worked, value = self.work_out(place)
        return value if worked else self.grid.value(place)

    def _far_here(self, far: Report) -> Here | None:
        """The same row of an earlier report: the same part, or the same listed row, or the total."""
        block = self.here.block
        if block is None:
            return Here(self.here.sheet)
        at = (block.sheet, block.source, block.shape.first_row)
        other = next((b for b in far.blocks if (b.sheet, b.source, b.shape.first_row) == at), None)
        if other is None:
            return None
        place = row_in(block, self.here.row)
        if place is None:
            total = total_row(other)
            return Here(other.sheet, total, other) if total is not None else None
        row = _same_row(other, block.body.key(place))
        return Here(other.sheet, row, other) if row is not None else None


def _same_row(block: ReportBlock, key: str) -> int | None:
    for place, row in enumerate(block.places):
        if block.body.key(place) == key:
            return row
    return None
