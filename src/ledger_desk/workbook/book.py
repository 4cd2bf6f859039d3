"""A workbook that was read: sheets of rows, numbered as the file's own program numbers them."""

from __future__ import annotations

import contextlib
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, NamedTuple, overload

from ledger_desk.workbook.cells import CellValue
from ledger_desk.workbook.packing import unpack_rows

# Rows that travel and are kept together: small enough to unpack in a few milliseconds.
CHUNK = 1_000
_KEPT_CHUNKS = 3


class Merge(NamedTuple):
    """A merged range; rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One sheet of cells.

    Attributes:
        name: Name on the tab; the file's stem for a csv.
        rows: ``rows[0]`` is row 1 of the file, whether filled or not. All rows have ``width``
            cells; what lies right of the last filled column or below the last row is left out.
        width: Number of columns.
        merged: Merged ranges, sorted. Unknown for .xlsb (python-calamine gives none) and .csv: empty.
        hidden: The tab is hidden.
        hidden_rows: Numbers of hidden rows.
        hidden_columns: Numbers of hidden columns, likewise.
        uncalculated: (row, column) of formulas whose result the file does not hold.
        part: Which of several tables of one sheet this is (`parts`); '' for a whole sheet.
    """

    name: str
    rows: Sequence[list[CellValue]]
    width: int
    merged: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    part: str = ""

    @property
    def title(self) -> str:
        """Give the name to show and to choose by: that of the tab, and of the part."""
        return f"{self.name}·{self.part}" if self.part else self.name

    def cell(self, row: int, column: int) -> CellValue:
        """Give the cell at a row and column counted from 1; None outside the sheet."""
        if not 1 <= row <= len(self.rows) or not 1 <= column <= self.width:
            return None
        return self.rows[row - 1][column - 1]


@dataclass(frozen=True)
class Book:
    """A file that was read.

    Attributes:
        kind: ``csv``, ``xlsx``, ``xlsm``, ``xls``, ``xlsb``, ``ods`` or ``xml`` (Excel 2003),
            told from the content. A .et of WPS is an ``xls`` or ``xlsx`` inside.
        sheets: All sheets of cells in the order of their tabs, hidden and empty ones too.
        encoding: Of a csv, ``utf-8``, ``gb18030`` or ``utf-16``; otherwise ''.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""


@dataclass
class RowStore:
    """Packed chunks of rows in one temporary file that vanishes with its last reader."""

    _file: IO[bytes] = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        # Small books never touch the disk.
        self._file = tempfile.SpooledTemporaryFile(max_size=4_000_000)  # noqa: SIM115
        weakref.finalize(self, _close, self._file)

    def put(self, packed: bytes) -> tuple[int, int]:
        """Keep one packed chunk; gives its place for `get`."""
        with self._lock:
            start = self._file.seek(0, 2)
            self._file.write(packed)
            return start, len(packed)

    def get(self, place: tuple[int, int]) -> bytes:
        """Give a chunk back."""
        with self._lock:
            self._file.seek(place[0])
            return self._file.read(place[1])


def _close(file: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        file.close()


class StoredRows(Sequence[list[CellValue]]):
    """Rows of a sheet that stay packed until asked for: a few chunks in memory, never all.

    Every chunk but the last holds `CHUNK` rows. Reading in order unpacks each chunk once.
    """

    def __init__(
        self, store: RowStore, places: Sequence[tuple[int, int]], count: int, width: int
    ) -> None:
        self._store = store
        self._places = places
        self._count = count
        self._width = width
        self._kept: OrderedDict[int, list[list[CellValue]]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[list[CellValue]]:
        for number in range(-(-self._count // CHUNK)):
            # The last chunks may end in blank rows that do not count.
            yield from self._chunk(number)[: self._count - number * CHUNK]

    @overload
    def __getitem__(self, index: int) -> list[CellValue]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[CellValue]]: ...
    def __getitem__(self, index: int | slice) -> list[CellValue] | list[list[CellValue]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        place = index + self._count if index < 0 else index
        if not 0 <= place < self._count:
            raise IndexError(index)
        number, offset = divmod(place, CHUNK)
        return self._chunk(number)[offset]

    def packed(self, number: int) -> bytes:
        """Give a chunk as it is kept (`packing`): rows from ``number * CHUNK`` on, as wide as their longest."""
        return self._store.get(self._places[number])

    def _chunk(self, number: int) -> list[list[CellValue]]:
        rows = self._kept.get(number)
        if rows is not None:
            return rows
        with self._lock:
            rows = self._kept.get(number)
            if rows is None:
                rows = unpack_rows(self.packed(number))
                pad_rows(rows, self._width)
                self._kept[number] = rows
                if len(self._kept) > _KEPT_CHUNKS:
                    self._kept.popitem(last=False)
            return rows


def pad_rows(rows: list[list[CellValue]], width: int) -> None:
    """Bring rows to one width in place; what lies beyond is known to be empty."""
    for row in rows:
        length = len(row)
        if length < width:
            row.extend([None] * (width - length))
        elif length > width:
            del row[width:]
