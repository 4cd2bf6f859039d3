"""What one bar of a plot says."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.ui.grid_rows import CellLike


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        key: Given back when it is opened.
        label: Words under or before it.
        value: How long its filled part is.
        whole: How long its outline is, in the same unit; the outline is what there was to do.
        line: Where the line stands that it should reach; None: no line.
        text: Value in words, printed at the bar.
        late: It is below its line, or too late: red.
        cells: What stands in its row of the table.
    """

    key: str
    label: str
    value: float
    whole: float = 0.0
    line: float | None = None
    text: str = ""
    late: bool = False
    cells: tuple[CellLike, ...] = ()
