"""Comma-separated text: encoding and separator told from the content, then streamed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from ledger_desk.errors import UserError
from ledger_desk.workbook.cells import CellValue, tidy_csv_row

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_SEPARATORS = ",\t;|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32's little-endian mark begins with UTF-16's: it must be asked first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a cell of any spreadsheet can hold at most (ECMA-376: 32,767), with room for odd exports.
_LONGEST_FIELD = 1_000_000


def encoding_of(path: Path) -> str:
    """Find the encoding that the whole file fits: UTF-8, GB18030 or UTF-16.

    Raises:
        UserError: It is not text, or holds bytes that neither encoding knows; with the line.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _checked(path, (name,))
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) // 8 and min(even, odd) < max(even, odd) // 8:
            return _checked(path, ("utf-16-le" if odd > even else "utf-16-be",))
        raise UserError(_unknown(path))
    strange = sum(head.count(byte) for byte in range(1, 32) if byte not in (9, 10, 12, 13, 26))
    if strange > max(2, len(head) // 100):
        raise UserError(_unknown(path))
    return _checked(path, ("utf-8", "gb18030"))


def _checked(path: Path, names: tuple[str, ...]) -> str:
    """Give the first encoding in which the whole file can be read."""
    furthest = 0
    for name in names:
        decoder = codecs.getincrementaldecoder(name)()
        lines = 0
        with path.open("rb") as file:
            try:
                while block := file.read(_BLOCK):
                    decoder.decode(block)
                    lines += block.count(b"\n")
                decoder.decode(b"", final=True)
                return name
            except UnicodeError as error:
                at = getattr(error, "start", 0)
                furthest = max(furthest, lines + block[:at].count(b"\n") + 1)
    raise UserError(
        f"“{path.name}”第 {furthest} 行有认不出的字（既不是 UTF-8 也不是 GB18030，可能文件不完整）。"
        "请在 Excel 或 WPS 里打开它，另存为 .xlsx 后再读入。"
    )


def _unknown(path: Path) -> str:
    return (
        f"“{path.name}”不是电子表格，也不是文本，认不出是什么文件。"
        "请向来表单位要 Excel、WPS 表格或 CSV 文件。"
    )


def separator_of(sample: str) -> str:
    """Find the separator of csv text: the one whose records agree best in their length."""
    if sample.startswith("sep=") and sample[4:5] in _SEPARATORS and sample[4:5]:
        return sample[4]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        lengths: list[int] = []
        try:
            for record in csv.reader(sample.splitlines(keepends=True), delimiter=separator):
                if record:
                    lengths.append(len(record))
                if len(lengths) >= 60:
                    break
        except csv.Error:
            continue
        wide = [length for length in lengths if length > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda n: (wide.count(n), n))
        # Agreement decides; among equals more columns are more likely the table.
        score = wide.count(usual) / len(lengths) + min(usual, 50) / 1_000
        if score > best_score:
            best, best_score = separator, score
    return best


def records(path: Path, encoding: str) -> Iterator[list[CellValue]]:
    """Yield the records of a csv as rows; a line break inside quotes stays in its cell.

    An empty line is an empty row, as spreadsheets show it.

    Raises:
        UserError: A quote is never closed, or a field is longer than any cell.
    """
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        separator = separator_of(sample)
        lines = _Lines(file)
        if sample.startswith("sep="):
            next(lines, None)
        csv.field_size_limit(_LONGEST_FIELD)
        start = 1
        try:
            for record in csv.reader(lines, delimiter=separator):
                if lines.ended:
                    # The reader still held a record when the text ended: its quote is open.
                    raise UserError(_open_quote(path, start))
                start = lines.given + 1
                yield tidy_csv_row(record)
        except csv.Error as error:
            raise UserError(_open_quote(path, start)) from error


class _Lines:
    """The lines of a file, counted, knowing whether the reader has asked past the end."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self.given = 0
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._file, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.given += 1
        # Null characters end up in texts of broken exports; the csv module refuses them.
        return line.replace("\0", "") if "\0" in line else line


def _open_quote(path: Path, line: int) -> str:
    return (
        f"“{path.name}”从第 {line} 行起有一个双引号没有配对，后面的行会连成一格。"
        "请在记事本里补上或删掉这个引号，或在 Excel/WPS 里另存为 .xlsx 后再读入。"
    )
