"""A code with its QR square in the margin of a painted sheet: never where the sheet itself stands."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.workbook.fonts import SERIF, face
from ledger_desk.workbook.overlays import Overlay
from ledger_desk.workbook.print_setup import PrintSetup

_SIDE, _LEAST = 36.0, 21.0  # points; below that a telephone no longer reads the square
_CLEAR = 5.0  # between the square and the sheet
_EDGE = 13.0  # that printers leave white along the paper
_SIZE, _LEAD = 7.5, 10.0


@dataclass(frozen=True)
class Stamp:
    """What is printed on each page.

    Attributes:
        lines: Short lines of text, the code first.
        qr: What the square says.
    """

    lines: tuple[str, ...]
    qr: str


def place_stamp(setup: PrintSetup, stamp: Stamp) -> tuple[Overlay, ...]:
    """Find room for a stamp: at the right of the foot, else of the head, beside what is printed there.

    Where no margin has room for a square only the lines are set.
    """
    margins = setup.margins
    least = _LEAST + _CLEAR + _EDGE
    below = margins.bottom >= least or margins.bottom >= margins.top
    side = min(_SIDE, (margins.bottom if below else margins.top) - _CLEAR - _EDGE)
    top = setup.height - margins.bottom + _CLEAR if below else margins.top - _CLEAR - side
    slogans = [setup.footer, setup.even_footer, setup.first_footer] if below else [
        setup.header, setup.even_header, setup.first_header,
    ]  # fmt: skip
    left = any(each is not None and each.right for each in slogans)
    made = []
    edge = margins.left if left else setup.width - margins.right
    if side >= _LEAST:
        made.append(Overlay(edge if left else edge - side, top, qr=stamp.qr, size=side))
        edge += (side + _CLEAR) * (1 if left else -1)
    first = top + _SIZE + (max(side, 0.0) - _LEAD * len(stamp.lines)) / 2
    setting = face(SERIF)
    for number, line in enumerate(stamp.lines):
        x = edge if left else edge - setting.width(line) * _SIZE
        y = min(max(first + number * _LEAD, _SIZE), setup.height - 3)
        made.append(Overlay(x, y, text=line, size=_SIZE))
    return tuple(made)
