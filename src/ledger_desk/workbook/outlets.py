"""Where a workbook is written to: a file that can be let go of."""

from __future__ import annotations

from typing import BinaryIO


class Outlet:
    """The file being written, until writing fails: then nothing reaches it any more.

    The archive inside xlsxwriter finishes itself when it is collected, into a file that is closed
    by then or a disk that is full, and would complain on the terminal.
    """

    def __init__(self, out: BinaryIO) -> None:
        """Write to ``out``."""
        self._out: BinaryIO | None = out
        self._at = 0

    def let_go(self) -> None:
        """Swallow everything from now on."""
        self._out = None

    def write(self, data: bytes) -> int:
        """Write, or pretend to."""
        self._at += len(data)
        return self._out.write(data) if self._out else len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place, or pretend to; the archive counts from the beginning only."""
        self._at = self._out.seek(offset, whence) if self._out else offset
        return self._at

    def tell(self) -> int:
        """Give the place."""
        return self._out.tell() if self._out else self._at

    def flush(self) -> None:
        """Flush, or pretend to."""
        if self._out:
            self._out.flush()
