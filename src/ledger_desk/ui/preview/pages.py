"""Pages of a PDF as pictures, rendered by pdfium; used on the window's own thread only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from PySide6.QtGui import QImage


class Pages(Protocol):
    """What can be shown page by page: the sizes in points, and a picture of each at a scale."""

    sizes: list[tuple[float, float]]

    def __len__(self) -> int: ...

    def image(self, page: int, scale: float) -> QImage:
        """Give one page, from 0; ``scale`` in pixels for one point."""
        ...


class PdfPages:
    """The pages of one PDF held in memory.

    The document is opened for each picture and closed again: opening a report costs under a
    millisecond, and nothing is left open when a window goes.
    """

    def __init__(self, pdf: bytes) -> None:
        """Read the sizes of all pages."""
        self._pdf = pdf
        with self._open() as document:
            self.sizes: list[tuple[float, float]] = [
                (float(w), float(h))
                for w, h in (document.get_page_size(n) for n in range(len(document)))
            ]

    def __len__(self) -> int:
        return len(self.sizes)

    @contextmanager
    def _open(self) -> Iterator[Any]:
        import pypdfium2  # late: start-up stays light

        document = pypdfium2.PdfDocument(self._pdf)
        try:
            yield document
        finally:
            document.close()

    def image(self, page: int, scale: float) -> QImage:
        """Render one page.

        Args:
            page: From 0.
            scale: Pixels for one point of the paper.
        """
        with self._open() as document:
            sheet = document[page]
            bitmap = sheet.render(scale=scale, prefer_bgrx=True)
            try:
                seen = QImage(
                    bitmap.buffer,
                    bitmap.width,
                    bitmap.height,
                    bitmap.stride,
                    QImage.Format.Format_RGB32,
                )
                return seen.copy()
            finally:
                bitmap.close()
                sheet.close()
