"""Any spreadsheet in: one way through for every format, as chunks of rows or as a whole book.

`stream` is what happens; `read` puts it together in this process, `guarded.read_guarded` in
another one with a watchdog, which is what the rest of the house uses (``decisions.md`` 32).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook import biff, odf, slicing, sniffing, texts, xlsb, xmlss
from ledger_desk.workbook import marks as marking
from ledger_desk.workbook.book import CHUNK, Book, Merge, Sheet, pad_rows
from ledger_desk.workbook.cells import CellValue, tidy_row, tidy_rows
from ledger_desk.workbook.packing import pack_given, unpack_rows

Rows: TypeAlias = list[list[CellValue]]


@dataclass(frozen=True)
class Opened:
    """First thing that a stream gives: what the file is."""

    kind: str
    encoding: str = ""


@dataclass(frozen=True)
class SheetEnd:
    """Last thing that a stream gives of a sheet: its facts, with no rows, and their number."""

    sheet: Sheet
    count: int


Event: TypeAlias = Opened | Rows | bytes | SheetEnd


def read(path: Path, progress: Progress = silent) -> Book:
    """Read a whole file in this process.

    Raises:
        UserError: The file cannot be read; one sentence with the reason and the remedy.
        Cancelled: From ``progress``.
    """
    opened = Opened("")
    sheets: list[Sheet] = []
    rows: Rows = []
    for event in stream(Path(path), progress):
        if isinstance(event, list):
            rows.extend(event)
        elif isinstance(event, bytes):
            rows.extend(unpack_rows(event))
        elif isinstance(event, SheetEnd):
            del rows[event.count :]
            pad_rows(rows, event.sheet.width)
            sheets.append(replace(event.sheet, rows=rows))
            rows = []
        else:
            opened = event
    return Book(opened.kind, tuple(sheets), opened.encoding)


def stream(path: Path, progress: Progress = silent) -> Iterator[Event]:
    """Yield `Opened`, then for each sheet its rows in chunks of `CHUNK`, then its `SheetEnd`.

    Rows may be ragged and end in blank ones: `SheetEnd` says the width and the number to keep.
    Those of a large sheet come packed (`packing`).
    """
    progress(0, 0, f"正在打开“{path.name}”")
    kind = sniffing.sniff(path)
    if kind == "csv":
        yield from _stream_csv(path, progress)
    elif kind == "xml":
        yield Opened(kind)
        for sheet in xmlss.read_sheets(path):
            facts = Sheet(
                sheet.name, (), 0, tuple(sorted(sheet.merged)), sheet.hidden,
                frozenset(sheet.hidden_rows), frozenset(sheet.hidden_columns),
            )  # fmt: skip
            yield from _chunks(iter(sheet.rows), facts, len(sheet.rows), progress)
    else:
        yield from _stream_workbook(path, kind, progress)


def _stream_csv(path: Path, progress: Progress) -> Iterator[Event]:
    encoding = texts.encoding_of(path)
    label = (
        "utf-8" if encoding == "utf-8-sig" else encoding[:6] if "utf-16" in encoding else encoding
    )
    yield Opened("csv", label)
    yield from _chunks(texts.records(path, encoding), Sheet(path.stem, (), 0), 0, progress)


def _stream_workbook(path: Path, kind: str, progress: Progress) -> Iterator[Event]:
    import python_calamine  # start-up stays light

    # From bytes the format is told by content; from a path python-calamine trusts the name.
    data = sniffing.contents(path)
    with _in_words(path):
        sliced = slicing.find_sliced(data) if kind in ("xlsx", "xlsm") else None
        marks = _marks(data, kind, path.name) if sliced is None else {}
        book = python_calamine.load_workbook(io.BytesIO(data))
        metadata = book.sheets_metadata
        if kind == "xls":
            marks = dict(zip((meta.name for meta in metadata), biff.find_marks(data), strict=False))
    yield Opened(kind)
    for meta in metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        progress(0, 0, f"正在读“{path.name}”的工作表“{meta.name}”")
        visible = meta.visible == python_calamine.SheetVisibleEnum.Visible
        if sliced is not None:
            yield from _stream_slices(path, sliced, not visible, progress)
            continue
        with _in_words(path):
            sheet = book.get_sheet_by_name(meta.name)
            merged = sheet.merged_cell_ranges or []
            total = sheet.end[0] + 1 if sheet.end else 0
            # Rows come from row 1 on, but each begins at the first column that is in use.
            indent: list[Any] = [None] * (sheet.start[1] if sheet.start else 0)
            lines: Iterator[list[Any]] = iter(sheet.iter_rows())
        found = marks.get(meta.name, marking.Marks())
        facts = _facts(meta.name, not visible, found, merged)
        if indent:
            lines = (indent + line for line in lines)
        rows = _with_errors(tidy_rows(lines), found.errors)
        yield from _chunks(_guarded_rows(path, rows), facts, total, progress)
        del sheet


def _stream_slices(
    path: Path, sliced: slicing.SlicedSheet, hidden: bool, progress: Progress
) -> Iterator[Event]:
    """Stream one large sheet; what stands around its rows is known at their end."""

    def check(found: marking.Marks) -> None:
        found.check_size(path.name, sliced.title)

    note = f"正在读“{sliced.title}”"
    done = width = count = 0
    with _in_words(path):
        for rows in _even(sliced.rows(check)):
            packed, across, down = _pack(rows, sliced.errors, done)
            width = max(width, across)
            count = done + down if down else count
            done += len(rows)
            progress(done, done, note)
            yield packed
    whole = _facts(sliced.title, hidden, sliced.marks, sliced.merged)
    yield _end(replace(whole, width=width), count)


def _even(blocks: Iterator[list[list[Any]]]) -> Iterator[list[list[Any]]]:
    """Yield the rows of blocks by `CHUNK`."""
    held: list[list[Any]] = []
    for block in blocks:
        held += block
        whole = len(held) - len(held) % CHUNK
        for start in range(0, whole, CHUNK):
            yield held[start : start + CHUNK]
        del held[:whole]
    if held:
        yield held


def _pack(
    rows: list[list[Any]], errors: dict[int, list[tuple[int, str]]], ahead: int
) -> tuple[bytes, int, int]:
    """Pack rows that ``ahead`` others precede, with error texts where python-calamine gives nothing."""
    places = [number for number in errors if number <= ahead + len(rows)]
    if not places:
        return pack_given(rows)
    cells = list(map(tidy_row, rows))
    for number in places:
        found = errors.pop(number)
        if number > ahead:  # a cell may lie about its row
            cells[number - ahead - 1] = _put(cells[number - ahead - 1], found)
    return pack_given(cells)  # what is tidy stays as it is


def _facts(name: str, hidden: bool, found: marking.Marks, merged: list[Any]) -> Sheet:
    """Put together what is known of a sheet besides its rows."""
    merges = [Merge(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in merged]
    return Sheet(
        name, (), 0, tuple(sorted([*found.merged, *merges])), hidden,
        frozenset(found.hidden_rows), frozenset(found.hidden_columns), frozenset(found.uncalculated),
    )  # fmt: skip


def _marks(data: bytes, kind: str, name: str) -> dict[str, marking.Marks]:
    """Find what python-calamine does not tell; refuse a sheet that claims too much before it looks."""
    if kind in ("xlsx", "xlsm"):
        return marking.find_marks(data, name)
    if kind not in ("xlsb", "ods"):
        return {}
    marks = xlsb.find_marks(data) if kind == "xlsb" else odf.find_marks(data)
    for title, found in marks.items():
        found.check_size(name, title)
    return marks


def _with_errors(
    rows: Iterator[list[CellValue]], errors: dict[tuple[int, int], str]
) -> Iterator[list[CellValue]]:
    """Put error texts where python-calamine gives nothing."""
    if not errors:
        yield from rows
        return
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in errors.items():
        by_row.setdefault(row, []).append((column, text))
    yield from _with_late_errors(rows, by_row)


def _with_late_errors(
    rows: Iterator[list[CellValue]], by_row: dict[int, list[tuple[int, str]]]
) -> Iterator[list[CellValue]]:
    """Put error texts into rows; those of a row are known when the row comes."""
    number = 0
    for number, cells in enumerate(rows, 1):
        yield _put(cells, by_row.pop(number, ())) if by_row else cells
    # A sheet whose last rows hold errors only ends earlier for python-calamine.
    for last in sorted(by_row):
        for missing in range(number + 1, last + 1):
            yield _put([], by_row.get(missing, ()))
        number = max(number, last)


def _put(cells: list[CellValue], errors: Any) -> list[CellValue]:
    for column, text in errors:
        cells.extend([None] * (column - len(cells)))
        if cells[column - 1] is None:
            cells[column - 1] = text
    return cells


def _chunks(
    rows: Iterator[list[CellValue]], facts: Sheet, total: int, progress: Progress
) -> Iterator[Event]:
    """Yield rows in chunks, then the sheet's end with the width and the number of rows in use."""
    note = f"正在读“{facts.name}”"
    chunk: Rows = []
    done = width = count = 0
    for row in rows:
        done += 1
        chunk.append(row)
        if len(row) > width and any(cell is not None for cell in row[width:]):
            width = max(number for number, cell in enumerate(row, 1) if cell is not None)
            count = done
        elif len(row) != row.count(None):
            count = done
        if len(chunk) == CHUNK:
            progress(done, max(total, done), note)
            yield chunk
            chunk = []
    if chunk:
        yield chunk
    progress(done, done, note)
    yield _end(replace(facts, width=width), count)


def _end(facts: Sheet, count: int) -> SheetEnd:
    if facts.width > marking.MOST_COLUMNS:
        raise UserError(
            f"“{facts.name}”有 {facts.width:,} 列，电子表格最多 {marking.MOST_COLUMNS:,} 列：文件已损坏，或者分列"
            "用的符号不对。请在 Excel 或 WPS 里打开它，另存为 .xlsx 后再读入。"
        )
    return SheetEnd(facts, count)


def _guarded_rows(path: Path, rows: Iterator[list[CellValue]]) -> Iterator[list[CellValue]]:
    with _in_words(path):
        yield from rows


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turn what a reader of workbooks says about a broken file into one sentence."""
    import struct  # start-up stays light
    import zipfile
    import zlib
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise UserError(
            f"“{path.name}”设了打开密码，读不了。请在 Excel 或 WPS 里打开它，去掉密码另存后再读入。"
        ) from error
    except (CalamineError, zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException,
            LookupError, ValueError, OverflowError, EOFError, NotImplementedError, struct.error,
            RecursionError, OSError) as error:  # fmt: skip
        raise UserError(_broken(path)) from error
    except BaseException as error:
        # A panic inside the Rust reader is no Exception; nothing else of that name exists.
        if type(error).__name__ == "PanicException":
            raise UserError(_broken(path)) from error
        raise


def _broken(path: Path) -> str:
    return (
        f"“{path.name}”已损坏或不完整，读不出表格。请重新取一份；如果 Excel 或 WPS 还能打开它，请另存为"
        "新文件再读入。"
    )
