"""The rows of a sheet as text: one column set in them, every other byte left as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.annotating.pieces import escape
from ledger_desk.workbook.references import column_of, letters
from ledger_desk.workbook.sheet_xml import clean

_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_PLACE = re.compile(rb'\sr="([A-Za-z]{1,3})\d{1,7}"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_TYPE = re.compile(rb'\st="(\w+)"')
_SPANS = re.compile(rb'\sspans="(\d+):[^"]*?(\d+)"')
_EVERY = 5_000

# (style number of the cell left of it, row) → style number.
StyleOf = Callable[[int, int], int]


class Row(NamedTuple):
    """Where a row stands: its tag from ``start`` to ``inner``, cells to ``stop``, all to ``end``."""

    number: int
    start: int
    inner: int
    stop: int
    end: int


class Cell(NamedTuple):
    """Where a cell stands: its tag from ``start`` to ``inner``, all of it to ``end``."""

    column: int
    start: int
    inner: int
    end: int
    style: int


class NoPlaceError(ValueError):
    """A row or cell does not say where it is; see `pieces.with_places`."""


class RowText:
    """The content of ``sheetData``.

    Attributes:
        body: What stands between the tags of ``sheetData``.
    """

    def __init__(self, body: bytes, prefix: str) -> None:
        self.body = body
        self._p = prefix
        self._rows: list[Row] | None = None
        self._row, self._cell = f"<{prefix}row".encode(), f"<{prefix}c ".encode()
        self._any_cell = re.compile(f"<{prefix}c(?=[\\s/>])".encode())
        self._row_end, self._cell_end = f"</{prefix}row>".encode(), f"</{prefix}c>".encode()
        self._text = re.compile(f"<{prefix}t(?:\\s[^>]*)?>([^<]*)</{prefix}t>".encode())
        self._value = re.compile(f"<{prefix}v(?:\\s[^>]*)?>([^<]*)</{prefix}v>".encode())
        self._phonetic = re.compile(f"<{prefix}rPh\\b.*?</{prefix}rPh>".encode(), re.DOTALL)

    def rows(self) -> list[Row]:
        """Give the rows in order; they are looked for once.

        Raises:
            NoPlaceError: A row carries no number.
        """
        if self._rows is None:
            self._rows = list(self._scan())
        return self._rows

    def _scan(self) -> Iterator[Row]:
        body, place = self.body, 0
        while (start := body.find(self._row, place)) >= 0:
            inner = body.index(b">", start) + 1
            found = _NUMBER.search(body, start, inner)
            if found is None:
                raise NoPlaceError
            if body[inner - 2 : inner - 1] == b"/":
                stop = place = inner
            else:
                stop = body.index(self._row_end, inner)
                place = stop + len(self._row_end)
            yield Row(int(found[1]), start, inner, stop, place)

    def cells(self, row: Row) -> list[Cell]:
        """Find the cells of a row, left to right."""
        found, place = [], row.inner
        while (start := self.body.find(self._cell, place, row.stop)) >= 0:
            found.append(self._at(start, row))
            place = found[-1].end
        if not found and self._any_cell.search(self.body, row.inner, row.stop):
            raise NoPlaceError
        return found

    def last(self, row: Row) -> Cell | None:
        """Find the last cell of a row, whether it holds anything or not."""
        start = self.body.rfind(self._cell, row.inner, row.stop)
        if start < 0:
            if self._any_cell.search(self.body, row.inner, row.stop):
                raise NoPlaceError
            return None
        return self._at(start, row)

    def before(self, cell: Cell, row: Row) -> Cell | None:
        """Find the cell left of another one."""
        start = self.body.rfind(self._cell, row.inner, cell.start)
        return self._at(start, row) if start >= 0 else None

    def cell(self, row: Row, column: int) -> Cell | None:
        """Find the cell of a row in one column, quickest where it is the last one."""
        last = self.last(row)
        if last is None or last.column < column:
            return None
        return (
            last
            if last.column == column
            else next((c for c in self.cells(row) if c.column == column), None)
        )

    def _at(self, start: int, row: Row) -> Cell:
        body = self.body
        inner = body.index(b">", start) + 1
        place = _PLACE.search(body, start, inner)
        if place is None:
            raise NoPlaceError
        style = _STYLE.search(body, start, inner)
        end = inner
        if body[inner - 2 : inner - 1] != b"/":
            end = body.index(self._cell_end, inner, row.stop) + len(self._cell_end)
        column = column_of(place[1].decode().upper())
        return Cell(column, start, inner, end, int(style[1]) if style else 0)

    def filled(self, cell: Cell) -> bool:
        """Whether a cell holds a value or formula."""
        return cell.end - cell.inner > len(self._cell_end)

    def last_filled(self, row: Row) -> int:
        """Column of the last cell with a value; 0 for a row without one."""
        last = self.last(row)
        if last is None or self.filled(last):
            return last.column if last else 0
        return next((c.column for c in reversed(self.cells(row)) if self.filled(c)), 0)

    def text(self, cell: Cell, strings: Sequence[str]) -> str:
        """Text that a cell shows; numbers as they stand in the file."""
        tag, inside = self.body[cell.start : cell.inner], self.body[cell.inner : cell.end]
        kind = _TYPE.search(tag)
        if kind is not None and kind[1] == b"inlineStr":
            parts = self._text.findall(self._phonetic.sub(b"", inside))
            return html.unescape(b"".join(parts).decode("utf-8", "replace"))
        value = self._value.search(inside)
        if value is None:
            return ""
        if kind is not None and kind[1] == b"s":
            place = int(value[1])
            return strings[place] if place < len(strings) else ""
        return html.unescape(value[1].decode("utf-8", "replace"))

    def with_column(
        self,
        column: int,
        texts: Mapping[int, str],
        style_of: StyleOf,
        *,
        owned: range = range(0),
        progress: Progress = silent,
    ) -> bytes:
        """Give the rows with texts in one column.

        Args:
            column: The column from 1.
            texts: Row number → text; '' for a cell that only has a style.
            style_of: Gives the style of a new cell.
            owned: Rows whose old cell in the column is taken away where ``texts`` has none.
            progress: May cancel.
        """
        body, out, done = self.body, [], 0
        missing = sorted(set(texts) - {row.number for row in self.rows()}, reverse=True)
        for count, row in enumerate(self.rows()):
            if count % _EVERY == 0:
                progress(row.end, len(body), "正在写校验结果")
            while missing and missing[-1] < row.number:
                out.append(body[done : row.start])
                done = row.start
                out.append(self._new_row(missing.pop(), column, texts, style_of))
            wanted = row.number in texts
            if not wanted and row.number not in owned:
                continue
            last = self.last(row)
            old, left, place = None, last, row.stop
            if last is not None and last.column == column:
                old, left, place = last, self.before(last, row), last.start
            elif last is not None and last.column > column:
                cells = self.cells(row)
                old = next((c for c in cells if c.column == column), None)
                left = next((c for c in reversed(cells) if c.column < column), None)
                place = next(c.start for c in cells if c.column >= column)
            elif last is not None:
                place = last.end  # in front of an extension list
            if not wanted:
                if old is not None:
                    out.append(body[done : old.start])
                    done = old.end
                continue
            style = style_of(left.style if left else 0, row.number)
            cell = self._new_cell(row.number, column, texts[row.number], style)
            if row.stop == row.inner == row.end:  # <row …/>
                out += [self._opened(body[done : row.inner], row.inner - done), cell, self._row_end]
                done = row.end
                continue
            out.append(body[done : row.start])
            out.append(_spanned(body[row.start : row.inner], column))
            out += [body[row.inner : place], cell]
            done = old.end if old is not None else place
        out.append(body[done:])
        out += [self._new_row(n, column, texts, style_of) for n in reversed(missing)]
        return b"".join(out)

    def _opened(self, text: bytes, length: int) -> bytes:
        """Make the last tag of a text, ``<row …/>``, an opening one."""
        return text[: length - 2].rstrip() + b">"

    def _new_cell(self, row: int, column: int, text: str, style: int) -> bytes:
        p, styled = self._p, f' s="{style}"' if style else ""
        place = f'<{p}c r="{letters(column)}{row}"{styled}'
        if not text:
            return f"{place}/>".encode()
        kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
        inside = f"<{p}is><{p}t{kept}>{escape(clean(text))}</{p}t></{p}is>"
        return f'{place} t="inlineStr">{inside}</{p}c>'.encode()

    def _new_row(
        self, number: int, column: int, texts: Mapping[int, str], style_of: StyleOf
    ) -> bytes:
        cell = self._new_cell(number, column, texts[number], style_of(0, number))
        return f'<{self._p}row r="{number}">'.encode() + cell + self._row_end


def _spanned(tag: bytes, column: int) -> bytes:
    """Stretch a row's hint of the columns it uses, so that it stays true."""
    found = _SPANS.search(tag)
    if found is None or int(found[2]) >= column:
        return tag
    return tag[: found.start()] + b' spans="%s:%d"' % (found[1], column) + tag[found.end() :]
