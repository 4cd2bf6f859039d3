"""What a sheet says around its rows: extent, column widths, merges, the link to its comments."""

from __future__ import annotations

import re
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.workbook.annotating.pieces import add_to_group, as_text, children, prefix_of
from ledger_desk.workbook.package import MAIN, RELATION, parse_xml
from ledger_desk.workbook.references import area, letters

# CT_Worksheet (ECMA-376 part 1, 18.3.1.99): what comes after the drawing of comments.
_AFTER_NOTES = frozenset(
    [
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    ]
)
_COL = re.compile(rb"<(?:[\w.-]+:)?col\s[^>]*>")
_ENDS = re.compile(rb'\b(min|max)="(\d+)"')
_DIMENSION = re.compile(rb'(\sref=")([^"]*)(")')


class Frame:
    """A sheet's part without its rows.

    Attributes:
        text: The part with an empty ``sheetData``.
        prefix: Of the names, with its colon; mostly ''.
        body: The rows as they stand in the part.
    """

    def __init__(self, data: bytes) -> None:
        """Take a part apart.

        Raises:
            UserError: It has no ``sheetData`` or is not well-formed.
        """
        data = as_text(data)
        self.prefix = p = prefix_of(data)
        start = re.search(f"<{p}sheetData(?:\\s[^>]*)?(/?)>".encode(), data)
        closing = f"</{p}sheetData>".encode()
        end = data.rfind(closing)
        if start is None or (not start[1] and end < 0):
            raise UserError("工作表里没有单元格区域，文件不完整。请用 Excel 或 WPS 另存一份再试。")
        self.body = b"" if start[1] else data[start.end() : end]
        rest = data[start.end() :] if start[1] else data[end + len(closing) :]
        self._hole = f"<{p}sheetData/>".encode()
        self.text = data[: start.start()] + self._hole + rest

    def whole(self, body: bytes) -> bytes:
        """Give the part with these rows."""
        p = self.prefix
        place = self._child("sheetData")
        filled = f"<{p}sheetData>".encode() + body + f"</{p}sheetData>".encode()
        return self.text[: place.start] + filled + self.text[place.end :]

    def root(self) -> Any:
        """Give the parsed frame, to look at."""
        return parse_xml(self.text)

    def merges(self) -> list[Any]:
        """Merged areas."""
        return [area(m.get("ref", "A1")) for m in self.root().iter(f"{{{MAIN}}}mergeCell")]

    def widen(self, column: int, last_row: int) -> None:
        """Let the stated extent reach a column."""
        found = self._find("dimension")
        if found is None:
            return

        def change(match: re.Match[bytes]) -> bytes:
            old = area(match[2].decode())
            corner = f"{letters(max(old.last_column, column))}{max(old.last_row, last_row)}"
            first = f"{letters(old.first_column)}{old.first_row}"
            return match[1] + f"{first}:{corner}".encode() + match[3]

        tag = _DIMENSION.sub(change, self.text[found.start : found.end], count=1)
        self.text = self.text[: found.start] + tag + self.text[found.end :]

    def set_width(self, column: int, width: float) -> None:
        """Give a column a width, shown, without touching what is said of the others."""
        p = self.prefix
        new = f'<{p}col min="{column}" max="{column}" width="{width:g}" customWidth="1"/>'.encode()
        found = self._find("cols")
        if found is None:
            place = self._child("sheetData").start
            whole = f"<{p}cols>".encode() + new + f"</{p}cols>".encode()
            self.text = self.text[:place] + whole + self.text[place:]
            return
        group = self.text[found.start : found.end]
        placed = False

        def change(match: re.Match[bytes]) -> bytes:
            nonlocal placed
            ends = {key: int(value) for key, value in _ENDS.findall(match[0])}
            first, last = ends.get(b"min", 0), ends.get(b"max", 0)
            if last < column or placed:
                return match[0]
            placed = True
            if first > column:
                return new + match[0]
            before = _between(match[0], first, column - 1) if first < column else b""
            after = _between(match[0], column + 1, last) if last > column else b""
            return before + new + after

        group = _COL.sub(change, group)
        self.text = self.text[: found.start] + group + self.text[found.end :]
        if not placed:
            self.text = add_to_group(self.text, self._child("cols"), new)

    def merge(self, reference: str) -> None:
        """Merge some cells of a sheet that has merged cells already."""
        found = self._find("mergeCells")
        new = f'<{self.prefix}mergeCell ref="{reference}"/>'.encode()
        if found is None or new in self.text:
            return
        group = self.text[found.start : found.end]
        tag_end = group.index(b">")
        count = len(self.merges()) + 1
        tag = re.sub(rb'\bcount="\d+"', b'count="%d"' % count, group[:tag_end])
        self.text = self.text[: found.start] + tag + group[tag_end:] + self.text[found.end :]
        self.text = add_to_group(self.text, self._child("mergeCells"), new)

    def drawing_id(self) -> str:
        """Relation id of the part that draws the comments; '' if there is none."""
        item = self.root().find(f"{{{MAIN}}}legacyDrawing")
        return "" if item is None else str(item.get(f"{{{RELATION}}}id", ""))

    def link_drawing(self, relation: str) -> None:
        """Name the part that draws the comments."""
        tag = f'<{self.prefix}legacyDrawing xmlns:r="{RELATION}" r:id="{relation}"/>'.encode()
        place = next(
            (c.start for c in children(self.text) if c.name in _AFTER_NOTES), self.text.rfind(b"</")
        )
        self.text = self.text[:place] + tag + self.text[place:]

    def _find(self, name: str) -> Any:
        return next((c for c in children(self.text) if c.name == name), None)

    def _child(self, name: str) -> Any:
        found = self._find(name)
        assert found is not None
        return found


def _between(tag: bytes, first: int, last: int) -> bytes:
    """Give a ``col`` element for a part of its columns."""
    ends = {b"min": first, b"max": last}
    return _ENDS.sub(lambda m: b'%s="%d"' % (m[1], ends[m[1]]), tag)
