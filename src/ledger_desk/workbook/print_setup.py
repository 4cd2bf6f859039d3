"""How a sheet wants to be printed: paper, margins, scale, area, repeated titles, breaks, header and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ledger_desk.workbook.package import MAIN, Package, SheetPart
from ledger_desk.workbook.references import Area, areas

_MM = 72 / 25.4
# Paper codes (ECMA-376 part 1, 18.3.1.63) in millimetres; without a code Chinese offices mean A4.
_PAPERS = {
    1: (215.9, 279.4), 5: (215.9, 355.6), 8: (297, 420), 9: (210, 297), 11: (148, 210),
    12: (257, 364), 13: (182, 257), 66: (420, 594),
}  # fmt: skip
_A4 = 9
_CODE = re.compile(
    r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|(?P<size>\d{1,3})|(?P<code>.))', re.DOTALL
)


@dataclass(frozen=True)
class Margins:
    """Points from the edges of the paper; header and footer from top and bottom."""

    left: float = 50.4
    right: float = 50.4
    top: float = 54.0
    bottom: float = 54.0
    header: float = 21.6
    footer: float = 21.6


@dataclass(frozen=True)
class Slogan:
    """A header or footer: three texts with ``&P`` and ``&N`` still in them, and their size."""

    left: str = ""
    center: str = ""
    right: str = ""
    size: float = 10.0

    def texts(self, page: int, pages: int, sheet: str, title: str) -> tuple[str, str, str]:
        """The three texts on one page. Date and time codes give nothing: paper is repeatable."""
        named = {"P": str(page), "N": str(pages), "A": sheet, "F": title, "&": "&"}

        def change(match: re.Match[str]) -> str:
            return named.get((match["code"] or "").upper(), "")

        one, two, three = (_CODE.sub(change, text) for text in (self.left, self.center, self.right))
        return one, two, three


@dataclass(frozen=True)
class PrintSetup:
    """Print set-up of one sheet; lengths in points.

    Attributes:
        width: Width of the paper as it is turned.
        scale: Fixed scale, used when ``fit`` is None.
        fit: (pages wide, pages tall) to fit to, 0 for as many as needed.
        areas: Parts of the sheet to print, each from a new page; empty for all of it.
        title_rows: Rows repeated on every page.
        row_breaks: Rows after which a page ends.
        scaled_slogans: Header and footer are as much smaller as the sheet (``scaleWithDoc``).
    """

    width: float
    height: float
    margins: Margins
    center_across: bool
    center_down: bool
    scale: float
    fit: tuple[int, int] | None
    areas: tuple[Area, ...]
    title_rows: tuple[int, int] | None
    title_columns: tuple[int, int] | None
    row_breaks: frozenset[int]
    column_breaks: frozenset[int]
    first_page: int
    over_then_down: bool
    header: Slogan
    footer: Slogan
    even_header: Slogan | None
    even_footer: Slogan | None
    first_header: Slogan | None
    first_footer: Slogan | None
    scaled_slogans: bool = True

    def slogans(self, page: int) -> tuple[Slogan, Slogan]:
        """Header and footer of a page by its place, from 1."""
        if page == 1 and self.first_header is not None and self.first_footer is not None:
            return self.first_header, self.first_footer
        if page % 2 == 0 and self.even_header is not None and self.even_footer is not None:
            return self.even_header, self.even_footer
        return self.header, self.footer


def read_setup(package: Package, part: SheetPart, root: Any) -> PrintSetup:
    """Read the print set-up of a sheet; what is not stated is what Excel assumes."""
    setup = _attributes(root, "pageSetup")
    options = _attributes(root, "printOptions")
    given = _attributes(root, "pageMargins")
    margins = Margins(**{key: float(value) * 72 for key, value in given.items()})
    narrow, tall = _PAPERS.get(int(setup.get("paperSize", _A4)), _PAPERS[_A4])
    if setup.get("orientation") == "landscape":
        narrow, tall = tall, narrow
    fitting = root.find(f"{{{MAIN}}}sheetPr/{{{MAIN}}}pageSetUpPr")
    fit = None
    if fitting is not None and fitting.get("fitToPage") in ("1", "true"):
        fit = (int(setup.get("fitToWidth", "1")), int(setup.get("fitToHeight", "1")))
    names = _local_names(package, part)
    rows, columns = _titles(names.get("_xlnm.Print_Titles", ""))
    slogans = _slogans(root.find(f"{{{MAIN}}}headerFooter"))
    numbered = setup.get("useFirstPageNumber") in ("1", "true")
    return PrintSetup(
        width=narrow * _MM,
        height=tall * _MM,
        margins=margins,
        center_across=options.get("horizontalCentered") in ("1", "true"),
        center_down=options.get("verticalCentered") in ("1", "true"),
        scale=min(4.0, max(0.1, float(setup.get("scale", "100")) / 100)),
        fit=fit,
        areas=tuple(areas(names.get("_xlnm.Print_Area", ""))),
        title_rows=rows,
        title_columns=columns,
        row_breaks=_breaks(root, "rowBreaks"),
        column_breaks=_breaks(root, "colBreaks"),
        first_page=int(setup.get("firstPageNumber", "1")) if numbered else 1,
        over_then_down=setup.get("pageOrder") == "overThenDown",
        **slogans,
    )


def _attributes(root: Any, tag: str) -> dict[str, str]:
    item = root.find(f"{{{MAIN}}}{tag}")
    return {} if item is None else {str(key): str(value) for key, value in item.attrib.items()}


def _breaks(root: Any, tag: str) -> frozenset[int]:
    items: Iterable[Any] = root.iterfind(f"{{{MAIN}}}{tag}/{{{MAIN}}}brk")
    return frozenset(int(item.get("id", "0")) for item in items)


def _local_names(package: Package, part: SheetPart) -> dict[str, str]:
    book = package.xml(package.workbook_part())
    return {
        item.get("name", ""): item.text or ""
        for item in book.iter(f"{{{MAIN}}}definedName")
        if item.get("localSheetId") == str(part.index)
    }


def _titles(text: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Rows and columns of ``Print_Titles``: ``'表'!$A:$B,'表'!$1:$4``."""
    rows = columns = None
    for item in areas(text):
        if item.first_column == 1 and item.last_column == 16_384:
            rows = (item.first_row, item.last_row)
        else:
            columns = (item.first_column, item.last_column)
    return rows, columns


def _slogans(item: Any) -> dict[str, Any]:
    """All headers and footers of a sheet, by the field of `PrintSetup` they belong to."""
    given = {} if item is None else item.attrib

    def slogan(tag: str) -> Slogan:
        child = None if item is None else item.find(f"{{{MAIN}}}{tag}")
        return parse_slogan("" if child is None else child.text or "")

    even = given.get("differentOddEven") in ("1", "true")
    first = given.get("differentFirst") in ("1", "true")
    return {
        "header": slogan("oddHeader"),
        "footer": slogan("oddFooter"),
        "even_header": slogan("evenHeader") if even else None,
        "even_footer": slogan("evenFooter") if even else None,
        "first_header": slogan("firstHeader") if first else None,
        "first_footer": slogan("firstFooter") if first else None,
        "scaled_slogans": given.get("scaleWithDoc", "1") in ("1", "true"),
    }


def parse_slogan(text: str) -> Slogan:
    """Cut ``&L…&C…&R…`` into its three places; text before any of them is in the middle."""
    places = {"L": "", "C": "", "R": ""}
    here, at, size = "C", 0, 10.0
    for match in _CODE.finditer(text):
        places[here] += text[at : match.start()]
        at = match.end()
        code = (match["code"] or "").upper()
        if code in places:
            here = code
        elif match["size"]:
            size = float(match["size"]) or size
        elif code in ("P", "N", "A", "F", "&"):
            places[here] += match[0]
    places[here] += text[at:]
    return Slogan(places["L"], places["C"], places["R"], size)
