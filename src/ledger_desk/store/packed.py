"""Row numbers of a whole list as one text: a row each would cost more than the sorting."""

from __future__ import annotations

from array import array

PACKED = "group_concat(format('%016x', n), '')"
"""What is selected of rows ``n``, in their order; `unpacked` reads it."""
_HEX_DIGITS = 16 * 20_000  # row numbers that are read in one go


def unpacked(text: str | None) -> array[int]:
    """Give the row numbers of a text."""
    numbers, text = array("q"), text or ""
    for start in range(0, len(text), _HEX_DIGITS):
        numbers.frombytes(bytes.fromhex(text[start : start + _HEX_DIGITS]))
    numbers.byteswap()
    return numbers
