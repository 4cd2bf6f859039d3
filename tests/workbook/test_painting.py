"""Paper shows the sheet: same cells, in their boxes, as the print set-up says, nothing cut."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.pagebreak import Break

from ledger_desk import paths
from ledger_desk.errors import Cancelled, UserError
from ledger_desk.workbook.filling import SheetFill, Spread, fill
from ledger_desk.workbook.painting import CellBox, Overlay, Painted, paint

MM = 72 / 25.4


def ledger(count: int, extra: dict[tuple[int, int], object] | None = None) -> bytes:
    """The built-in 工作台帐 with practice rows."""
    blank = (paths.forms() / "first_loan_ledger" / "blank.xlsx").read_bytes()
    cells: dict[tuple[int, int], Any] = {(2, 1): "填报单位：某县专班", (2, 5): "2024年10月"}
    for i in range(count):
        granted = i % 3 != 0
        row = (
            *("某县专班", date(2024, 10, i % 28 + 1), "某县农商行", f"第{i}号丰禾茶业专业合作社"),
            *("是" if granted else "否", 100 + i / 4 if granted else None),
            *("不动产抵押" if granted else None, None if granted else "缺抵押，流水不足"),
            *(50 + i / 4 if granted else None, "首贷"),
        )
        cells |= {(4 + i, column): value for column, value in enumerate(row, start=1)}
    return fill(blank, [SheetFill("工作台帐", cells | (extra or {}), (Spread(4, 15, count),))])


@contextmanager
def opened(painted: Painted) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(painted.pdf)
    try:
        yield document
    finally:
        document.close()


def page_text(document: pypdfium2.PdfDocument, page: int) -> str:
    return str(document[page].get_textpage().get_text_range())


def squeeze(text: str) -> str:
    return "".join(text.split())


def box_text(document: pypdfium2.PdfDocument, box: CellBox) -> str:
    """Text that lies wholly inside a cell's box on its page."""
    page = document[box.page]
    textpage, height = page.get_textpage(), page.get_height()
    found = []
    for i in range(textpage.count_chars()):
        left, bottom, right, top = textpage.get_charbox(i)
        inside = (
            box.x - 0.5 <= left
            and right <= box.x + box.w + 0.5
            and box.y - 0.5 <= height - top
            and height - bottom <= box.y + box.h + 0.5
        )
        if inside and right > left:
            found.append(textpage.get_text_range(i, 1))
    return squeeze("".join(found))


def sheet_of(change: Any) -> bytes:
    """A small workbook with one sheet, changed by the test."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_each_page_of_a_long_list_has_the_header_and_its_number() -> None:
    painted = paint(ledger(200))
    assert painted.pages > 8
    with opened(painted) as document:
        for page in range(painted.pages):
            text = squeeze(page_text(document, page))
            assert "普惠小微企业首贷培植行动工作台帐" in text
            assert "存在的主要问题(未授信填写此项)" in text
            assert f"第{page + 1}页共{painted.pages}页" in text
        everything = squeeze("".join(page_text(document, page) for page in range(painted.pages)))
        assert all(f"第{i}号丰禾茶业专业合作社" in everything for i in range(200))
        assert "填表人：" in squeeze(page_text(document, painted.pages - 1))


def test_the_paper_shows_the_cells_of_the_file_each_inside_its_box() -> None:
    data = ledger(30)
    painted = paint(data)
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    checked = 0
    with opened(painted) as document:
        for box in painted.boxes:
            value = sheet.cell(box.row, box.column).value
            if value is None:
                continue
            form = sheet.cell(box.row, box.column).number_format
            if hasattr(value, "strftime"):
                text = f"{value:%Y-%m-%d}"
            elif isinstance(value, int | float):
                text = f"{value:,.2f}" if form == "#,##0.00" else str(value)
            else:
                text = value
            assert box_text(document, box) == squeeze(text), (box, text)
            checked += 1
    assert checked > 250


def test_boxes_have_the_places_of_the_print_set_up() -> None:
    painted = paint(ledger(3))
    boxes = {(box.row, box.column): box for box in painted.boxes}
    with opened(painted) as document:
        assert document[0].get_width() == pytest.approx(297 * MM, abs=0.1)
        assert document[0].get_height() == pytest.approx(210 * MM, abs=0.1)
    first, last = boxes[3, 1], boxes[3, 10]
    assert first.w == pytest.approx(88 * 0.75, abs=0.1)  # 88 pixels of 宋体 11
    assert first.x == pytest.approx(297 * MM - (last.x + last.w), abs=0.1)  # centred
    assert boxes[1, 1].y == pytest.approx(18 * MM, abs=0.1)
    # 20 points are 26 whole pixels, 19.5 points
    assert boxes[3, 1].y == pytest.approx(18 * MM + 36 + 19.5, abs=0.1)
    assert boxes[1, 1].w == pytest.approx(last.x + last.w - first.x, abs=0.1)  # the merged title
    assert (1, 2) not in boxes


def test_rare_characters_stand_on_paper_and_can_be_copied() -> None:
    names = "𫍽𬭎㛃䶮赟"
    painted = paint(ledger(1, {(4, 4): f"{names}商行"}))
    assert painted.missing == ""
    with opened(painted) as document:
        assert f"{names}商行" in squeeze(page_text(document, 0))
    unknown = paint(ledger(1, {(4, 4): "表情\U0001f600"}))
    assert unknown.missing == "\U0001f600"


def test_long_names_and_rows_taller_than_a_page_lose_nothing() -> None:
    name = "".join(chr(0x4E00 + i) for i in range(300))
    note = "".join(chr(0x5200 + i) for i in range(1500))
    painted = paint(ledger(20, {(6, 4): name, (9, 8): note}))
    with opened(painted) as document:
        letters: dict[str, list[str]] = {"name": [], "note": []}
        for page in range(painted.pages):
            for letter in page_text(document, page):
                if letter in name:
                    letters["name"].append(letter)
                elif letter in note:
                    letters["note"].append(letter)
        assert set(name) - set(letters["name"]) == set()
        assert [letter for letter in note if letter not in letters["note"]] == []
        for page in range(painted.pages):
            textpage = document[page].get_textpage()
            for i in range(textpage.count_chars()):
                _, bottom, right, top = textpage.get_charbox(i)
                assert 0 <= bottom <= top <= document[page].get_height()
                assert right <= document[page].get_width()
    pieces = [box for box in painted.boxes if (box.row, box.column) == (9, 8)]
    assert len({box.page for box in pieces}) > 2


def test_two_runs_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(ledger(25))
    script = (
        "import sys,hashlib;from ledger_desk.workbook.painting import paint;"
        "print(hashlib.sha256(paint(open(sys.argv[1],'rb').read()).pdf).hexdigest())"
    )
    found = set()
    for seed in ("1", "77"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", script, str(tmp_path / "a.xlsx")]
        run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        found.add(run.stdout)
    assert len(found) == 1


def test_every_font_is_embedded() -> None:
    pdf = paint(ledger(3)).pdf
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/FontDescriptor ") > 0


def test_texts_that_do_not_fit_are_made_smaller_not_cut() -> None:
    def change(sheet: Any) -> None:
        sheet["A1"], sheet["B1"] = 1234567890123.45, "挡住"
        sheet["A1"].number_format = "#,##0.00"
        sheet["A2"], sheet["B2"] = "这是一段没有换行的长文字", "挡住"
        sheet["A3"], sheet["A3"].alignment = "很长的文字" * 9, Alignment(wrap_text=True)
        sheet.row_dimensions[3].height = 30
        sheet["A4"], sheet["A4"].alignment = "字多而缩小" * 4, Alignment(shrink_to_fit=True)
        sheet["B4"] = "挡住"
        sheet["A5"], sheet["A5"].alignment = "竖排文字", Alignment(text_rotation=255)
        sheet.row_dimensions[5].height = 40
        sheet["A6"], sheet["A6"].alignment = "转过来的文字", Alignment(text_rotation=90)
        sheet.row_dimensions[6].height = 50
        sheet["A7"] = "长过一格的文字流到右边的空格里"

    painted = paint(sheet_of(change))
    boxes = {(box.row, box.column): box for box in painted.boxes}
    with opened(painted) as document:
        for row, text in (
            (1, "1,234,567,890,123.45"),
            (2, "这是一段没有换行的长文字"),
            (3, "很长的文字" * 9),
            (4, "字多而缩小" * 4),
            (5, "竖排文字"),
            (6, "转过来的文字"),
        ):
            assert box_text(document, boxes[row, 1]) == text, row
        assert "长过一格的文字流到右边的空格里" in squeeze(page_text(document, 0))


def test_paper_scale_breaks_and_repeated_titles_follow_the_set_up() -> None:
    def change(sheet: Any) -> None:
        for row in range(1, 61):
            sheet.cell(row, 1).value = f"行{row}"
            sheet.cell(row, 9).value = "远处"
        sheet.page_setup.paperSize = 8
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.scale = 50
        sheet.print_title_rows = "1:2"
        sheet.row_breaks.append(Break(id=10))
        sheet.oddHeader.left.text = "左&A"
        sheet.oddHeader.right.text = '&"宋体,Bold"&12页&P之&N'
        sheet.oddFooter.center.text = "甲&&乙&D"

    painted = paint(sheet_of(change))
    assert (painted.pages, painted.scale) == (2, 0.5)
    with opened(painted) as document:
        assert document[0].get_width() == pytest.approx(420 * MM, abs=0.1)
        second = squeeze(page_text(document, 1))
        assert "行1" in second
        assert "行11" in second
        assert "行10" not in second
        assert "左表" in second
        assert "页2之2" in second
        assert "甲&乙" in second


def test_a_wide_sheet_is_fitted_or_goes_on_beside() -> None:
    def wide(sheet: Any) -> None:
        for column in range(1, 31):
            sheet.cell(1, column).value = f"列{column}"

    assert paint(sheet_of(wide)).pages == 3

    def fitted(sheet: Any) -> None:
        wide(sheet)
        sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
            fitToPage=True
        )
        sheet.page_setup.fitToHeight = 0

    painted = paint(sheet_of(fitted))
    assert painted.pages == 1
    assert painted.scale == pytest.approx(0.33, abs=0.02)
    last = max(box.x + box.w for box in painted.boxes)
    assert last <= 210 * MM


def test_only_the_print_area_is_painted_and_hidden_rows_are_not() -> None:
    def change(sheet: Any) -> None:
        for row in range(1, 6):
            sheet.cell(row, 1).value = f"行{row}"
            sheet.cell(row, 2).value = "旁边"
        sheet.print_area = "A2:A4"
        sheet.row_dimensions[3].hidden = True

    with opened(paint(sheet_of(change))) as document:
        assert page_text(document, 0).split() == ["行2", "行4"]


def test_rows_without_a_fixed_height_grow_with_their_text() -> None:
    def change(sheet: Any) -> None:
        sheet["A1"], sheet["A1"].alignment = "一二三四五六七八九十" * 5, Alignment(wrap_text=True)
        sheet["A2"] = "下面"

    boxes = {box.row: box for box in paint(sheet_of(change)).boxes}
    assert boxes[1].h > 100
    assert boxes[2].y == pytest.approx(boxes[1].y + boxes[1].h)


def near(painted: Painted, x: float, y: float) -> set[tuple[int, int, int]]:
    """Colours within a point of a place on the first page."""
    with opened(painted) as document:
        image = document[0].render(scale=4).to_pil().convert("RGB")
        return {
            image.getpixel((round(x * 4) + dx, round(y * 4) + dy))
            for dx in range(-4, 5)
            for dy in range(-4, 5)
        }


def has_dark(colours: set[tuple[int, int, int]]) -> bool:
    return min(sum(colour) for colour in colours) < 200


def test_borders_and_backgrounds_are_painted() -> None:
    thin, thick = Side("thin"), Side("medium", color="FFFF0000")

    def change(sheet: Any) -> None:
        sheet["B2"].border = Border(left=thin, right=thick, top=thin, bottom=Side("double"))
        sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
        sheet["C2"].border = Border(left=thin)
        sheet.merge_cells("B4:C5")
        for row, column in ((4, 2), (4, 3), (5, 2), (5, 3)):
            sheet.cell(row, column).border = Border(*[thin] * 4)
        sheet["B7"], sheet["B7"].font = "下划", Font(underline="single", strike=True, italic=True)

    painted = paint(sheet_of(change))
    box = next(box for box in painted.boxes if (box.row, box.column) == (2, 2))
    middle = box.y + box.h / 2
    assert has_dark(near(painted, box.x, middle))
    assert (255, 0, 0) in near(painted, box.x + box.w, middle)  # the heavier line wins
    assert has_dark(near(painted, box.x + box.w / 2, box.y))
    assert near(painted, box.x + box.w / 2, middle) == {(0, 255, 0)}
    merged = next(box for box in painted.boxes if (box.row, box.column) == (4, 2))
    centre = merged.x + merged.w / 2, merged.y + merged.h / 2
    assert near(painted, *centre) == {(255, 255, 255)}
    assert has_dark(near(painted, merged.x + merged.w, merged.y + merged.h * 0.75))


def test_codes_and_squares_can_be_laid_over_the_pages() -> None:
    over = [Overlay(50, 50, text="核验码 A1B2", page=0), Overlay(400, 20, qr="A1B2", size=40)]
    painted = paint(ledger(30), overlays=over)
    with opened(painted) as document:
        assert "核验码A1B2" in squeeze(page_text(document, 0))
        assert "核验码" not in page_text(document, 1)
    assert (0, 0, 0) in near(painted, 401, 21)
    assert paint(ledger(30), overlays=over).pdf == painted.pdf


def test_the_workbook_stays_unpainted_in_words() -> None:
    with pytest.raises(UserError, match="没有名为“别的”的工作表"):
        paint(ledger(1), sheet="别的")
    with pytest.raises(UserError, match=r"不是完好的 \.xlsx"):
        paint(b"nonsense")

    def stop(done: int, total: int, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        paint(ledger(1), progress=stop)


def test_an_empty_sheet_is_one_empty_page() -> None:
    painted = paint(sheet_of(lambda sheet: None))
    assert painted.pages == 1


def test_real_workbooks_of_offices_can_be_painted(open_data: Path) -> None:
    for path in sorted((open_data / "07_forms").rglob("*.xlsx"))[::6]:
        painted = paint(path.read_bytes())
        with opened(painted) as document:
            assert len(document) == painted.pages > 0, path.name


@pytest.mark.slow
def test_libreoffice_prints_the_same_texts(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "表.xlsx").write_bytes(ledger(40))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "表.xlsx")], check=True, timeout=120)
    theirs = pypdfium2.PdfDocument(tmp_path / "表.pdf")
    texts = squeeze("".join(page_text(theirs, page) for page in range(len(theirs))))
    theirs.close()
    assert all(f"第{i}号丰禾茶业专业合作社" in texts for i in range(40))
    assert texts.count("普惠小微企业首贷培植行动工作台帐") == texts.count("单位：万元") > 1
