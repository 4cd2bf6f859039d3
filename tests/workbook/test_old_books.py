"""An .xls comes back as .xlsx with the same values, styles, merges, widths and print setup."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlrd

from ledger_desk.workbook import reading, rebuilding
from ledger_desk.workbook.references import letters

from .surviving import take

STYLED = Path(__file__).with_name("styled.xls")  # made up; saved by LibreOffice
_ACROSS = (None, "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_DOWN = ("top", "center", None, "justify", "distributed")
_LINES = (
    *(None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed"),
    *("dashDot", "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"),
)
_SIDES = ("left", "right", "top", "bottom")


def rebuilt(path: Path) -> bytes:
    made = rebuilding.rebuild(path.read_bytes(), reading.read(path))
    assert made.styled, path.name
    return made.data


def load(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data))


def old_look(book: Any, index: int) -> dict[str, Any]:
    """Look of a cell format of an .xls."""

    def colour(place: int) -> str:
        found = book.colour_map.get(place)
        return "FF{:02X}{:02X}{:02X}".format(*found) if found else ""

    xf = book.xf_list[index]
    font, align, ground = book.font_list[xf.font_index], xf.alignment, xf.background
    form = book.format_map[xf.format_key].format_str
    return {
        "font": (font.name, font.height / 20, colour(font.colour_index)),
        "weight": (font.weight >= 600 or bool(font.bold), bool(font.italic), bool(font.struck_out)),
        "line": bool(font.underline_type),
        "across": _ACROSS[align.hor_align],
        "down": _DOWN[align.vert_align],
        # where a text wraps, Excel does not shrink it, whatever the file says
        "wrap": (
            bool(align.text_wrapped),
            align.shrink_to_fit > align.text_wrapped,
            align.indent_level,
        ),
        "turn": align.rotation,
        "borders": [_LINES[getattr(xf.border, f"{side}_line_style")] for side in _SIDES],
        "border colours": [
            colour(getattr(xf.border, f"{side}_colour_index"))
            for side in _SIDES
            if getattr(xf.border, f"{side}_line_style")
        ],
        "fill": colour(ground.pattern_colour_index) if ground.fill_pattern == 1 else None,
        "format": "general" if form.casefold() == "general" else form,
        "locked": bool(xf.protection.cell_locked),
    }


def new_look(book: Any, index: int) -> dict[str, Any]:
    """Look of a cell format of an .xlsx, in the same words."""

    def colour(found: Any) -> str:
        return found.rgb if found is not None and found.type == "rgb" else ""

    style = book._cell_styles[index]
    font, fill = book._fonts[style.fontId], book._fills[style.fillId]
    border = book._borders[style.borderId]
    align = book._alignments[style.alignmentId]
    lock = book._protections[style.protectionId]
    form = openpyxl.styles.numbers.BUILTIN_FORMATS.get(style.numFmtId)
    if form is None:
        form = book._number_formats[style.numFmtId - 164]
    sides = [getattr(border, side) for side in _SIDES]
    return {
        "font": (font.name, font.sz, colour(font.color)),
        "weight": (bool(font.b), bool(font.i), bool(font.strike)),
        "line": bool(font.u),
        "across": align.horizontal if align.horizontal != "general" else None,
        "down": align.vertical if align.vertical != "bottom" else None,
        "wrap": (bool(align.wrap_text), bool(align.shrink_to_fit), int(align.indent)),
        "turn": align.text_rotation,
        "borders": [side.style for side in sides],
        "border colours": [colour(side.color) for side in sides if side.style],
        "fill": colour(fill.fgColor) if fill.fill_type == "solid" else None,
        "format": "general" if form.casefold() == "general" else form,
        "locked": bool(lock.locked),
    }


def changed_looks(path: Path, data: bytes) -> list[Any]:
    """Cells, merges, rows and columns of an .xls that look otherwise in the .xlsx."""
    old = xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    new = load(data)
    before, after = cache(lambda i: old_look(old, i)), cache(lambda i: new_look(new, i))
    wrong: list[Any] = []
    for page, sheet in zip(old.sheets(), new.worksheets, strict=True):
        styles = take(data, sheet.title).styles
        for row in range(page.nrows):
            for column in range(page.row_len(row)):
                if page.cell_type(row, column) == xlrd.XL_CELL_EMPTY:
                    continue
                one = before(page.cell_xf_index(row, column))
                two = after(int(styles.get((row + 1, letters(column + 1)), "0")))
                if one != two:
                    apart = {key: (one[key], two[key]) for key in one if one[key] != two[key]}
                    wrong.append((page.name, row + 1, column + 1, apart))
        merges = {(t + 1, b, m + 1, r) for t, b, m, r in page.merged_cells}
        found = {
            (item.min_row, item.max_row, item.min_col, item.max_col)
            for item in sheet.merged_cells.ranges
        }
        if merges != found:
            wrong.append((page.name, "merges", merges ^ found))
        for row, info in page.rowinfo_map.items():
            high = sheet.row_dimensions[row + 1].height or sheet.sheet_format.defaultRowHeight
            if not info.has_default_height and high != pytest.approx(info.height / 20, abs=0.01):
                wrong.append((page.name, "row", row + 1, info.height / 20, high))
            if bool(info.hidden) != sheet.row_dimensions[row + 1].hidden:
                wrong.append((page.name, "hidden row", row + 1))
        spans = list(sheet.column_dimensions.values())
        for column, info in page.colinfo_map.items():
            if column >= page.ncols:
                continue
            span = next((item for item in spans if item.min <= column + 1 <= item.max), None)
            wide = span.width if span is not None else None
            if wide != pytest.approx(info.width / 256, abs=0.1):
                wrong.append((page.name, "column", column + 1, info.width / 256, wide))
            elif span is not None and bool(info.hidden) != span.hidden:
                wrong.append((page.name, "hidden column", column + 1))
    return wrong


def print_setup(sheet: Any) -> dict[str, Any]:
    """All that is said about printing a sheet."""
    setup, margins = sheet.page_setup, sheet.page_margins
    fits = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    sides = ("left", "right", "top", "bottom", "header", "footer")
    pages = (setup.fitToWidth, setup.fitToHeight) if fits else (None, None)
    return {
        "paper": (setup.paperSize, setup.orientation or "portrait"),
        "scale": None if fits else setup.scale or 100,
        "pages": tuple(1 if fits and n is None else n for n in pages),
        "margins": [round(getattr(margins, side), 2) for side in sides],
        "centred": (bool(sheet.print_options.horizontalCentered),
                    bool(sheet.print_options.verticalCentered)),
        "lines": (bool(sheet.print_options.gridLines), bool(sheet.print_options.headings)),
        "order": setup.pageOrder or "downThenOver",
        "first": setup.firstPageNumber if setup.useFirstPageNumber else None,
        "titles": (sheet.print_title_rows, sheet.print_title_cols),
        "area": sheet.print_area,
        "breaks": ([item.id for item in sheet.row_breaks.brk],
                   [item.id for item in sheet.col_breaks.brk]),
        "header": [getattr(sheet.oddHeader, side).text for side in ("left", "center", "right")],
        "footer": [getattr(sheet.oddFooter, side).text for side in ("left", "center", "right")],
    }  # fmt: skip


def changed_values(path: Path, data: bytes, folder: Path) -> list[Any]:
    """Cells whose value or place is not the same when read back."""
    made = folder / "made.xlsx"
    made.write_bytes(data)
    one, two = reading.read(path), reading.read(made)
    assert len(one.sheets) == len(two.sheets)
    return [
        (path.name, a.name)
        for a, b in zip(one.sheets, two.sheets, strict=True)
        if (a.rows, a.merged, a.hidden_rows, a.hidden_columns, a.hidden)
        != (b.rows, b.merged, b.hidden_rows, b.hidden_columns, b.hidden)
    ]


def test_a_made_up_xls_keeps_everything(tmp_path: Path) -> None:
    data = rebuilt(STYLED)
    assert changed_values(STYLED, data, tmp_path) == []
    assert changed_looks(STYLED, data) == []
    first, second, hidden = load(data).worksheets
    assert print_setup(first) == {
        "paper": (8, "landscape"), "scale": 85, "pages": (None, None),
        "margins": [0.5, 0.6, 0.9, 0.8, 0.3, 0.4], "centred": (True, False),
        "lines": (False, False), "order": "overThenDown", "first": 3,
        "titles": ("$1:$3", "$A:$B"), "area": "'台账'!$A$1:$F$34", "breaks": ([14, 24], [4]),
        "header": [None, None, "附件一"], "footer": [None, "第 &P 页 共 &N 页", None],
    }  # fmt: skip
    two = print_setup(second)
    assert (two["paper"], two["pages"]) == ((9, "portrait"), (None, 0)) or two["pages"] == (1, 0)
    assert (two["centred"], two["lines"]) == ((False, True), (True, False))
    assert hidden.sheet_state == "hidden"


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_a_real_xls_keeps_values_styles_merges_and_widths(
    open_data: Path, tmp_path: Path, step: int
) -> None:
    found = sorted((open_data / "07_forms").rglob("*.xls"))
    assert len(found) == 70
    wrong: dict[str, list[Any]] = {}
    for path in found[::step]:
        data = rebuilt(path)
        wrong[path.name] = changed_values(path, data, tmp_path) + changed_looks(path, data)
    assert {name: cells[:3] for name, cells in wrong.items() if cells} == {}


@pytest.mark.slow
def test_libreoffice_reads_the_same_print_setup_in_both(open_data: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    sources, mine, theirs = (tmp_path / name for name in ("sources", "mine", "theirs"))
    for folder in (sources, mine):
        folder.mkdir()
    found = [STYLED, *sorted((open_data / "07_forms").rglob("*.xls"))]
    for number, path in enumerate(found):
        shutil.copy(path, sources / f"{number}.xls")
        (mine / f"{number}.xlsx").write_bytes(rebuilt(path))
    looks: dict[Path, Mapping[int, Any]] = {}
    for folder, out in ((sources, theirs), (mine, tmp_path / "again")):
        command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
        files = sorted(map(str, folder.iterdir()))
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=600)
        looks[folder] = {
            number: [print_setup(s) for s in load((out / f"{number}.xlsx").read_bytes()).worksheets]
            for number in range(len(found))
        }
    wrong = [
        (path.name, place, {key: (one[key], two[key]) for key in one if one[key] != two[key]})
        for number, path in enumerate(found)
        for place, (one, two) in enumerate(
            zip(looks[sources][number], looks[mine][number], strict=True)
        )
        if one != two
    ]
    assert wrong == []
