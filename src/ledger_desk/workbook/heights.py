"""Row heights for filled lists: how high a row must be for its wrapped texts, before any font is read.

Excel and WPS do not grow a row whose height is fixed, so a list's rows get the height they need
written into the file; paper, Excel and LibreOffice then agree. Widths are counted in ems (a hanzi
is 1, a Latin letter or digit about 0.55), which needs no font and errs on the high side.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger_desk.workbook.measures import PADDING, Columns, row_height_for
from ledger_desk.workbook.package import MAIN
from ledger_desk.workbook.references import area
from ledger_desk.workbook.sheet_xml import FillValue, SheetTree
from ledger_desk.workbook.styles import Styles

# Excel's own limit. A row that needs more gets it without the mark "fixed", so that paper, which
# has no such limit, may give it the rest.
HIGHEST = 409.0
# LibreOffice sets Noto at 1.45 em a line, Excel 宋体 at 1.23: the larger one cuts nothing.
_PITCH = 1.45
_EDGE = 3.0


def ems(text: str) -> float:
    """Rough width of a text in ems of its font; counts bytes, for that is quick."""
    count = len(text)
    wide = (len(text.encode("utf-8", "replace")) - count) / 2
    return 0.56 * count + 0.44 * wide


class Growth:
    """Grows rows of one sheet to what their texts need.

    Args:
        tree: The sheet.
        styles: Its workbook's styles.
        columns: Its column widths.
    """

    def __init__(self, tree: SheetTree, styles: Styles, columns: Columns) -> None:
        self._columns = columns
        # style number → (font size, bold factor) of the styles that wrap
        self._wrapping: dict[str, float] = {
            str(number): style.font.size * (1.06 if style.font.bold else 1.0)
            for number, style in enumerate(styles.cells)
            if style.wrap and not style.shrink and not style.rotation
        }
        self._default = columns.default_height
        self._merged = _merged_cells(tree)

    def grow(
        self, number: int, row: Any, cells: Mapping[int, Any], values: Mapping[int, FillValue]
    ) -> None:
        """Set a row's height where the new texts need more than it has."""
        need = 0.0
        for column, value in values.items():
            if not isinstance(value, str) or (number, column) in self._merged:
                continue
            cell = cells.get(column)
            size = None if cell is None else self._wrapping.get(cell.get("s", "0"))
            if size is None:
                continue
            room = self._columns.width(column) - 2 * PADDING
            if "\n" not in value and len(value) * size <= room:
                continue
            lines = 0
            for line in value.split("\n"):
                # a line breaks a little early where a word or a bracket may not be cut
                per_line = max(1.0, room / size - 0.5)
                lines += max(1, -int(-ems(line) // per_line)) if ems(line) * size > room else 1
            need = max(need, lines * size * _PITCH + _EDGE)
        if need <= float(row.get("ht", self._default)):
            return
        row.set("ht", f"{min(row_height_for(need), HIGHEST):.2f}".rstrip("0").rstrip("."))
        if need > HIGHEST:
            row.attrib.pop("customHeight", "")
        else:
            row.set("customHeight", "1")


def _merged_cells(tree: SheetTree) -> frozenset[tuple[int, int]]:
    """First cells of merges: their text has more room than one column or row."""
    merges = (area(item.get("ref", "A1")) for item in tree.root.iter(f"{{{MAIN}}}mergeCell"))
    return frozenset((merge.first_row, merge.first_column) for merge in merges)
