"""Paper equals the sheet: every cell's text whole in its cell's box, boxes where LibreOffice has them.

`decisions.md` 29, issue 6: no text cut, boxes within a millimetre, the same pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ledger_desk.reports.catalogue import ReportFiles, catalogue
from ledger_desk.workbook.drawing import CellBox
from tests import paper

FORMS = [form.id for form in catalogue()]
Texts = dict[tuple[str, int, int], str]


@pytest.fixture(scope="module")
def made(on_practice: Callable[[str], ReportFiles]) -> dict[str, ReportFiles]:
    """Every form on the practice ledger."""
    return {form: on_practice(form) for form in FORMS}


@pytest.fixture(scope="module")
def wanted(made: dict[str, ReportFiles]) -> dict[str, Texts]:
    """What the cells of every form show."""
    return {form: texts(files) for form, files in made.items()}


def shown(value: Any, form: str) -> str:
    """What a cell of a form shows, by the number formats that the forms use."""
    if isinstance(value, datetime | date):
        text = f"{value:%Y-%m-%d}"
    elif isinstance(value, bool) or not isinstance(value, int | float):
        text = str(value)
    elif form == '0" 户"':
        text = f"{value:.0f}户"
    elif form == "0.00##":
        text = f"{value:.4f}"
        text = text[:-1] if text.endswith("0") else text
        text = text[:-1] if text.endswith("0") else text
    else:
        places = {"#,##0": 0, "#,##0.00": 2, "0.00": 2, "0.0": 1, "General": None}[form]
        group = "," if form.startswith("#,") else ""
        text = f"{value:g}" if places is None else f"{value:{group}.{places}f}"
    return "".join(text.split())


def texts(made: ReportFiles) -> Texts:
    """Tab, row and column of each filled cell → what it shows."""
    book: Any = openpyxl.load_workbook(BytesIO(made.xlsx), data_only=True)
    return {
        (sheet.title, cell.row, cell.column): shown(cell.value, cell.number_format)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def boxes(made: ReportFiles) -> dict[int, dict[CellBox, tuple[str, int, int]]]:
    """Page → its boxes with the cells that they are."""
    found: dict[int, dict[CellBox, tuple[str, int, int]]] = defaultdict(dict)
    for tab, cells in made.pdf.by_sheet.items():
        for box in cells:
            found[box.page][box] = (tab, box.row, box.column)
    return found


def misplaced(
    made: ReportFiles, wanted: Texts, pages: list[paper.Page], slack: float | None
) -> list[tuple[Any, ...]]:
    """Cells whose text is not in their boxes, and texts outside all boxes but the page number."""
    found: list[tuple[Any, ...]] = []
    seen = set()
    for number, cells in boxes(made).items():
        inside, astray = pages[number].in_boxes(cells, slack)
        for box, cell in cells.items():
            text = wanted.get(cell, "")
            seen.add(cell)
            if sorted(inside.get(box, "")) != sorted(text):
                found.append((number, cell, text, inside.get(box, "")))
        if astray != f"第{number + 1}页共{len(pages)}页":
            found.append((number, astray))
    return found + [(cell, text, "on no page") for cell, text in wanted.items() if cell not in seen]


def test_every_cells_text_stands_whole_inside_its_box(
    made: dict[str, ReportFiles], wanted: dict[str, Texts]
) -> None:
    wrong = {}
    for form, files in made.items():
        pages = paper.read_pages(files.pdf.pdf, lines=False)
        wrong[form] = misplaced(files, wanted[form], pages, 0.5)
    assert {form: cells for form, cells in wrong.items() if cells} == {}
    assert sum(map(len, wanted.values())) > 8000


@pytest.mark.slow
def test_libreoffice_has_every_box_within_a_millimetre_and_every_text_in_the_same_box(
    made: dict[str, ReportFiles], wanted: dict[str, Texts], tmp_path: Path
) -> None:
    books = []
    for form, files in made.items():
        books.append(tmp_path / f"{form}.xlsx")
        books[-1].write_bytes(files.xlsx)
    printed = paper.print_with_libreoffice(books, tmp_path)
    wrong: list[Any] = []
    for form, files in made.items():
        ours, theirs = paper.read_pages(files.pdf.pdf), printed[form]
        if len(ours) != len(theirs):
            wrong.append((form, "pages", len(ours), len(theirs)))
            continue
        for number, (one, two) in enumerate(zip(ours, theirs, strict=True)):
            for way in ("across", "down"):
                lines, others = getattr(one, way), getattr(two, way)
                apart = max(map(abs, map(float.__sub__, lines, others)), default=paper.MM)
                if len(lines) != len(others) or apart >= paper.MM:
                    wrong.append((form, number, way, len(lines), len(others), apart))
            size = max(abs(one.width - two.width), abs(one.height - two.height))
            if size >= paper.MM:
                wrong.append((form, number, "paper", size))
        wrong += [(form, *cell) for cell in misplaced(files, wanted[form], theirs, None)]
    assert wrong == []
