"""Paper on the screen: pages, zoom, going from cell to cell, marks that lie over the picture."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from reportlab.pdfgen.canvas import Canvas

from ledger_desk.ui.preview.marking import CellMark
from ledger_desk.ui.preview.pages import PdfPages
from ledger_desk.ui.preview.panel import PreviewPanel
from ledger_desk.ui.preview.spots import Spot, Spots
from ledger_desk.workbook.drawing import CellBox
from tests.ui.places import show
from tests.ui.walk import walk

WIDE, HIGH = 842, 595


def paper(pages: int) -> bytes:
    """Pages with a black square at the top left corner of an otherwise white sheet."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDE, HIGH), invariant=1)
    for _ in range(pages):
        canvas.rect(0, HIGH - 40, 40, 40, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def table(pages: int = 2, rows: int = 4, columns: int = 3) -> list[CellBox]:
    """Boxes of a table that goes on over the pages; rows are numbered through."""
    return [
        CellBox(page, page * rows + row, column, 100 * column, 50 + 40 * row, 100, 40)
        for page in range(pages)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    ]


def open_cells(boxes: list[CellBox]) -> set[tuple[int, int]]:
    return {(box.row, box.column) for box in boxes}


@pytest.fixture
def panel(qtbot) -> PreviewPanel:
    made = PreviewPanel()
    show(qtbot, made, 700, 500)
    boxes = table()
    made.show_pdf(paper(2), boxes, open_cells(boxes), {(2, 2): CellMark("must")})
    made.paper.setFocus()
    return made


def test_a_page_is_rendered_with_its_own_shape_and_content() -> None:
    pages = PdfPages(paper(3))
    assert len(pages) == 3
    image = pages.image(1, 2.0)
    assert (image.width(), image.height()) == (2 * WIDE, 2 * HIGH)
    assert image.pixelColor(20, 20).name() == "#000000"
    assert image.pixelColor(200, 200).name() == "#ffffff"


def test_pages_are_turned_by_buttons_and_keys_and_stop_at_the_ends(qtbot, panel) -> None:
    assert not panel.back.isEnabled()
    panel.on.click()
    assert panel.paper.page() == 1
    assert panel._where.text() == "第 2 页 共 2 页"
    assert not panel.on.isEnabled()
    for _ in range(4):
        qtbot.keyClick(panel.paper, Qt.Key.Key_PageUp)
    assert panel.paper.page() == 0


def test_arrows_go_from_cell_to_cell_and_over_the_edge_of_a_page(qtbot, panel) -> None:
    gone: list[tuple[int, int]] = []
    panel.chosen.connect(lambda row, column: gone.append((row, column)))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, *[Qt.Key.Key_Down] * 4):
        qtbot.keyClick(panel.paper, key)
    assert gone == [(1, 1), (1, 2), (2, 2), (3, 2), (4, 2), (5, 2)]
    assert panel.paper.page() == 1
    qtbot.keyClick(panel.paper, Qt.Key.Key_Up)
    assert panel.paper.current() == (4, 2)
    assert panel.paper.page() == 0


def test_cells_that_are_not_open_are_passed_over() -> None:
    boxes = [
        Spot(0, row, column, QRectF(column * 10, row * 10, 10, 10))
        for row in range(4)
        for column in range(3)
    ]
    spots = Spots(boxes, {("", 1, 1), ("", 3, 0), ("", 3, 2)})
    start = spots.find((1, 1))
    assert start is not None
    below = spots.beside(start, 0, 1)
    assert below is not None
    assert below.key in {(3, 0), (3, 2)}
    assert spots.beside(start, 0, -1) is None
    assert spots.at(0, QPointF(15, 5)) is None


def test_a_click_chooses_the_cell_under_it_and_enter_opens_it(qtbot, panel) -> None:
    opened: list[tuple[int, int]] = []
    panel.opened.connect(lambda row, column: opened.append((row, column)))
    spot = panel.paper._spots.find((3, 2))
    place = panel.paper._on_screen(spot).center().toPoint()
    qtbot.mouseClick(panel.paper.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.paper.current() == (3, 2)
    qtbot.keyClick(panel.paper, Qt.Key.Key_Return)
    assert opened == [(3, 2)]


def test_zooming_keeps_the_chosen_cell_in_sight(qtbot, panel) -> None:
    panel.go_to(4, 3)
    for zoom in (1.0, 2.0, "page", "width"):
        panel.paper.set_zoom(zoom)
        seen = panel.paper._on_screen(panel.paper._spots.find((4, 3)))
        assert panel.paper.viewport().rect().contains(seen.center().toPoint()), zoom
    steps = [panel.paper._scale()]
    for _ in range(3):
        qtbot.keyClick(panel.paper, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
        steps.append(panel.paper._scale())
    assert all(before < after for before, after in pairwise(steps))
    qtbot.keyClick(panel.paper, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert panel.paper.zoom() == "width"


def test_a_marked_cell_is_tinted_on_the_screen_and_untouched_in_the_file(panel) -> None:
    box = panel.paper._on_screen(panel.paper._spots.find((2, 2))).toRect()
    plain = panel.paper._on_screen(panel.paper._spots.find((3, 2))).toRect()
    picture = panel.paper.viewport().grab().toImage()
    assert picture.pixelColor(box.center()).name() != "#ffffff"
    assert picture.pixelColor(plain.center()).name() == "#ffffff"
    image = PdfPages(paper(1)).image(0, 1.0)
    assert image.pixelColor(250, 150).name() == "#ffffff"


def test_the_chosen_cell_stays_when_the_document_is_made_again(panel) -> None:
    panel.go_to(6, 2)
    boxes = table(3)
    panel.show_pdf(paper(3), boxes, open_cells(boxes), {})
    assert panel.paper.current() == (6, 2)
    assert panel.paper.page() == 1
    fewer = table(1)
    panel.show_pdf(paper(1), fewer, open_cells(fewer), {})
    assert panel.paper.current() is None
    assert panel.paper.page() == 0


def test_without_paper_it_says_why_and_nothing_can_be_turned(panel) -> None:
    panel.clear("这一期还没有出成。")
    assert panel.paper.page_count() == 0
    assert panel._nothing.text() == "这一期还没有出成。"
    assert not panel.on.isEnabled()
    assert not walk(panel)
