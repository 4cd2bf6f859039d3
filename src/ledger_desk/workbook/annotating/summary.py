"""A sheet of findings, with links to the cells they are about."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from ledger_desk.workbook.annotating.pieces import escape
from ledger_desk.workbook.lists import shown_width
from ledger_desk.workbook.package import MAIN
from ledger_desk.workbook.references import letters
from ledger_desk.workbook.references import name as name_of
from ledger_desk.workbook.sheet_xml import clean


@dataclass(frozen=True)
class Link:
    """A cell of the summary that leads to another cell of the workbook."""

    text: str
    sheet: str
    row: int
    column: int


_LINE = 16  # points
SummaryCell: TypeAlias = str | int | float | Link | None


@dataclass(frozen=True)
class SummaryRow:
    """One row of the summary.

    Attributes:
        cells: From column A on.
        looks: A key of `styles.LOOKS` for each cell; the last one holds for the rest.
        height: Points; 0 for as many lines as the texts need.
        merged: First and last column of cells merged into one.
    """

    cells: Sequence[SummaryCell]
    looks: Sequence[str] = ("plain",)
    height: float = 0
    merged: tuple[int, int] | None = None


@dataclass(frozen=True)
class Summary:
    """The sheet of findings: rows from row 1 on, and the widths of its columns in characters."""

    rows: Sequence[SummaryRow]
    widths: Sequence[float] = field(default=())
    frozen: int = 0


def summary_part(summary: Summary, style_of: Callable[[str], int]) -> bytes:
    """Write the sheet's part."""
    styles: dict[str, int] = {}
    rows, merges, links = [], [], []
    for number, row in enumerate(summary.rows, 1):
        cells = []
        for column, value in enumerate(row.cells, 1):
            look = row.looks[min(column, len(row.looks)) - 1]
            if look not in styles:
                styles[look] = style_of(look)
            cells.append(_cell(number, column, value, styles[look]))
            if isinstance(value, Link):
                links.append(_link(number, column, value))
        if row.merged:
            first, last = map(letters, row.merged)
            merges.append(f'<mergeCell ref="{first}{number}:{last}{number}"/>')
        height = row.height or _height(row, summary.widths)
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        rows.append(f'<row r="{number}"{tall}>{"".join(cells)}</row>')
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{w:g}" customWidth="1"/>'
        for n, w in enumerate(summary.widths, 1)
    )
    pane = ""
    if summary.frozen:
        corner = f"A{summary.frozen + 1}"
        pane = (
            f'<pane ySplit="{summary.frozen}" topLeftCell="{corner}" activePane="bottomLeft" '
            'state="frozen"/>'
        )
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        f'<worksheet xmlns="{MAIN}">',
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>',
        '<sheetFormatPr defaultRowHeight="16"/>',
        f"<cols>{widths}</cols>" if widths else "",
        f"<sheetData>{''.join(rows)}</sheetData>",
        f'<mergeCells count="{len(merges)}">{"".join(merges)}</mergeCells>' if merges else "",
        f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
        "</worksheet>",
    ]
    return "".join(parts).encode("utf-8", "surrogatepass")


def _height(row: SummaryRow, widths: Sequence[float]) -> float:
    """Give a row of wrapped texts its height: programs that convert do not find it themselves."""
    first, last = row.merged or (0, 0)
    lines = 1
    for column, value in enumerate(row.cells, 1):
        wide = sum(widths[column - 1 : max(column, last if column == first else 0)])
        if isinstance(value, str) and wide:
            rows = (math.ceil(shown_width(part) * 1.1 / wide) for part in value.split("\n"))
            lines = max(lines, sum(max(1, one) for one in rows))
    return min(_LINE * lines, 400) if lines > 1 else 0


def _cell(row: int, column: int, value: SummaryCell, style: int) -> str:
    start = f'<c r="{name_of(row, column)}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{start}/>"
    if isinstance(value, int | float | Decimal):
        return f"{start}><v>{value}</v></c>"
    text = escape(clean(value.text if isinstance(value, Link) else value))
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _link(row: int, column: int, link: Link) -> str:
    sheet = link.sheet.replace("'", "''")
    target = escape(f"'{sheet}'!{name_of(link.row, link.column)}")
    place = name_of(row, column)
    return f'<hyperlink ref="{place}" location="{target}" display="{escape(clean(link.text))}"/>'
