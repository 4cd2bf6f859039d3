"""QR codes as rows of dark and light squares, for whoever draws them (ISO/IEC 18004, level M)."""

from __future__ import annotations

from typing import Any


def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """Give the squares of a QR code, dark ones True, the same number in each row.

    Args:
        text: ASCII, some hundred characters at the most.
    """
    from reportlab.graphics.barcode import qrencoder

    encoder: Any = qrencoder
    code = encoder.QRCode(None, encoder.QRErrorCorrectLevel.M)  # as small as the text allows
    code.addData(text)  # capitals and digits alone take fewer squares
    code.make()
    count = code.getModuleCount()
    return tuple(
        tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count)
    )


def runs(rows: tuple[tuple[bool, ...], ...]) -> list[tuple[int, int, int]]:
    """Give the dark stretches as (row, first column, length): few rectangles instead of many."""
    found = []
    for number, row in enumerate(rows):
        start = -1
        for column, dark in enumerate((*row, False)):
            if dark and start < 0:
                start = column
            elif not dark and start >= 0:
                found.append((number, start, column - start))
                start = -1
    return found
