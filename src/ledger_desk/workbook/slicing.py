"""A large sheet of an .xlsx read in slices: both cores at once, and the memory of a few slices.

python-calamine lays a whole sheet out twice before it gives the first row: 100,000 rows of 30
columns took 340 MB. Here the sheet's XML is cut between rows; each slice goes to the reader as a
small workbook of its own, with the styles and texts of the whole one, in a thread beside. The
reader lets go of the interpreter, so two slices are read while the rows of a third are tidied.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.workbook.book import CHUNK
from ledger_desk.workbook.marks import Marks, pieces, search, sheet_parts

_WORTH = 24 << 20  # bytes of a sheet's XML from which on cutting pays
_SLICE = 2 << 20  # at the least; pieces come in 4 MB, and each takes ten times that for a while
_AT_ONCE = 2
# Every slice has all shared texts with it; where they are many, cutting costs more than it saves.
_MOST_TEXTS = 4 << 20
_TEXTS, _BOOK = "xl/sharedstrings.xml", "xl/workbook.xml"
_SMALL = re.compile(
    r"\[content_types\]\.xml|.*\.rels|xl/(?:workbook|styles|sharedstrings)\.xml", re.I
)
_FIRST_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_DATA_END = b"</sheetData>"


@dataclass
class SlicedSheet:
    """The one large sheet of a workbook.

    Attributes:
        marks: What was found so far; whole once all rows were taken.
        errors: Error texts by row, of rows that come next: (column, text).
        merged: Merged ranges as python-calamine gives them, once all rows were taken.
    """

    data: bytes
    part: str
    title: str
    marks: Marks = field(default_factory=Marks)
    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    merged: list[Any] = field(default_factory=list)

    def rows(self, check: Callable[[Marks], None]) -> Iterator[list[list[Any]]]:
        """Yield the rows from row 1 on as python-calamine gives them, many at a time.

        They reach down to the last row with an error.

        Args:
            check: Refuses what claims too much, before a slice is laid out.

        Raises:
            ValueError: The rows do not stand in their order.
        """
        waiting: deque[tuple[int, Future[Any]]] = deque()
        at = 0
        with (
            zipfile.ZipFile(io.BytesIO(self.data)) as archive,
            ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="slices") as pool,
        ):
            frame = _Frame(archive, self.part, self.title)
            try:
                for first, text in self._slices(archive, frame):
                    check(self.marks)
                    waiting.append((first, pool.submit(frame.read, text)))
                    if len(waiting) > _AT_ONCE:
                        at = yield from _lines(*waiting.popleft(), at)
                while waiting:
                    at = yield from _lines(*waiting.popleft(), at)
                # A sheet whose last rows hold errors only ends earlier for python-calamine.
                yield from _blank(at, max(self.errors, default=0))
                self.merged = frame.read(b"").merged_cell_ranges or []
            finally:
                for _, one in waiting:
                    one.cancel()

    def _slices(self, archive: zipfile.ZipFile, frame: _Frame) -> Iterator[tuple[int, bytes]]:
        """Yield (number of the first row, XML of the rows) and search all of it for marks."""
        held: list[bytes] = []
        size = 0
        for piece in pieces(archive, self.part):
            found = Marks(last_row=self.marks.last_row, far_column=self.marks.far_column)
            search(piece, found)
            self.marks.add(found)
            for (row, column), word in found.errors.items():
                self.errors.setdefault(row, []).append((column, word))
            if not frame.head:
                cut = piece.find(b"<row ")
                frame.head, piece = piece[:cut], piece[cut:]
            end = piece.rfind(_DATA_END)
            if end >= 0:
                frame.tail, piece = piece[end:], piece[:end]
            held.append(piece)
            size += len(piece)
            if size >= _SLICE or end >= 0:
                text = b"".join(held)
                number = _FIRST_ROW.match(text)
                if number is not None:
                    yield int(number[1]), text
                elif text.strip():
                    raise ValueError("row without its number")
                held, size = [], 0
        if not frame.tail:
            raise ValueError("no end of the rows")


class _Frame:
    """All of a workbook but the rows of its sheet."""

    def __init__(self, archive: zipfile.ZipFile, part: str, title: str) -> None:
        self.head = self.tail = b""
        self._part, self._title = part, title
        self._others = [
            (name, archive.read(name))
            for name in archive.namelist()
            if name != part and _SMALL.fullmatch(name)
        ]

    def read(self, rows: bytes) -> Any:
        """Have the reader lay out some rows; without any, what stands around them."""
        import python_calamine

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in self._others:
                archive.writestr(name, content)
            after = _DATA_END + b"</worksheet>" if rows else self.tail
            archive.writestr(self._part, b"".join([self.head, rows, after]))
        packed.seek(0)
        return python_calamine.load_workbook(packed).get_sheet_by_name(self._title)


def _blank(at: int, end: int) -> Iterator[list[list[Any]]]:
    """Yield empty rows from the one after ``at`` to ``end``."""
    for start in range(at, end, CHUNK):
        yield [[]] * min(CHUNK, end - start)


def _lines(first: int, reading: Future[Any], at: int) -> Generator[list[list[Any]], None, int]:
    """Yield the rows of one slice after ``at`` rows; gives the number of rows then."""
    sheet = reading.result()
    if sheet.start is None:
        return at
    begin, indent = sheet.start[0], [None] * sheet.start[1]
    if begin < at or first <= at:
        raise ValueError("rows out of order")
    yield from _blank(at, begin)
    lines = sheet.to_python()  # from its first row in use on; row by row would start at row 1
    yield [indent + line for line in lines] if indent else lines
    return int(sheet.end[0]) + 1


def find_sliced(data: bytes) -> SlicedSheet | None:
    """Find the sheet to be read in slices: one large sheet alone, with its texts in its cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = list(sheet_parts(archive))
        if len(parts) != 1:
            return None
        title, part = parts[0]
        sizes = {info.filename.lower(): info.file_size for info in archive.infolist()}
        if sizes[part.lower()] < _WORTH or sizes.get(_TEXTS, 0) > _MOST_TEXTS or _BOOK not in sizes:
            return None
        with archive.open(part) as file:
            begin = file.read(1 << 16)
    if (
        b"<sheetData>" not in begin
        or _FIRST_ROW.search(begin) is None
        or b"<worksheet" not in begin
    ):
        return None
    return SlicedSheet(data, part, title)
