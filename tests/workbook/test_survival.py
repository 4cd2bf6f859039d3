"""Blanks keep all that is not filled: `decisions.md` 29 and 30, for our blanks and real ones."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ledger_desk import paths
from ledger_desk.workbook import reading
from ledger_desk.workbook.filling import SheetFill, Spread, compare_parts, fill, open_parts
from ledger_desk.workbook.references import letters

from .surviving import Block, differences, names, sheet_names, take
from .test_filling import BLANK

MORE = 3
NAMES = sorted(path.name for path in paths.forms().iterdir() if (path / "form.toml").is_file())


def filled(
    blank: bytes, sheet: str, blocks: Sequence[tuple[int, int]], more: int
) -> tuple[bytes, list[Any]]:
    """Fill the first free cells of each block, with so many rows more than are ready.

    Returns:
        The workbook, and what did not survive.
    """
    before = take(blank, sheet)
    tails = set()
    for merge in before.merges:
        cells_of = _cells(merge)
        # added rows that lie inside a merge over several rows are part of it
        tails.update(cells_of[cells_of[0][0] == cells_of[-1][0] :])
    spreads, made, cells, written, shift = [], [], {}, set(), 0
    for first, last in sorted(blocks):
        spreads.append(Spread(first, last - first + 1, last - first + 1 + more))
        made.append(Block(first, last, more))
        free = [c for c in range(1, 9) if (first, letters(c)) not in tails]
        free = [c for c in free if (first, letters(c)) not in before.formulas]
        for row in range(first + shift, last + shift + more + 1):
            blank_row = min(row - shift, last)
            for place, column in enumerate(free):
                if (blank_row, letters(column)) in tails | before.formulas:
                    continue
                cells[row, column] = ("字", 45000, 46000.5)[place % 3]
                written.add((row, letters(column)))
        shift += more
    fills = [SheetFill(sheet, cells, tuple(spreads))]
    out = fill(blank, fills)
    wrong = differences(blank, out, sheet, made, written)
    changed = set(compare_parts(blank, out)) - open_parts(blank, fills)
    return out, wrong + [("part", name) for name in sorted(changed)]


def _cells(merge: str) -> list[tuple[int, str]]:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(merge)
    return [(r, letters(c)) for r in range(top, bottom + 1) for c in range(left, right + 1)]


def blocks_of(name: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Tabs of a form of ours with their ready rows."""
    shape = tomllib.loads((paths.forms() / name / "form.toml").read_text(encoding="utf-8"))
    for sheet in sheet_names(blank_of(name)):
        blocks = [
            (block["first_row"], block["first_row"] + block["room"] - 1)
            for block in shape["block"]
            if block.get("sheet", shape["sheet"]) == sheet
        ]
        assert blocks, sheet
        yield sheet, blocks


def blank_of(name: str) -> bytes:
    return (paths.forms() / name / "blank.xlsx").read_bytes()


def middle(blank: bytes) -> tuple[str, tuple[int, int]]:
    """First tab of a workbook, and the row in the middle of it as a list with one ready row."""
    sheet = sheet_names(blank)[0]
    used = sorted(row for row, _ in take(blank, sheet).styles)
    row = max(2, used[len(used) // 2]) if used else 2
    return sheet, (row, row)


def real_blanks(open_data: Path) -> list[Path]:
    found = sorted((open_data / "07_forms").rglob("*.xlsx"))
    assert len(found) == 28
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_of_ours_keeps_all_that_is_not_filled(name: str) -> None:
    for sheet, blocks in blocks_of(name):
        for more in (0, MORE):
            assert filled(blank_of(name), sheet, blocks, more)[1] == [], (sheet, more)


def test_a_blank_with_every_feature_keeps_all_that_is_not_filled() -> None:
    # its formulas look at the filled cells
    other = ("part", "xl/worksheets/sheet2.xml")
    assert filled(BLANK, "台帐", [(4, 8)], 0)[1] == [other]
    assert filled(BLANK, "台帐", [(4, 8)], MORE)[1] == [("part", "xl/charts/chart1.xml"), other]
    picture = take(BLANK, "台帐")
    assert len(picture.hanging) >= 4  # drawing, comments, their shapes, table
    assert names(BLANK, "台帐")


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_a_real_blank_keeps_all_that_is_not_filled(open_data: Path, step: int) -> None:
    wrong = {}
    for path in real_blanks(open_data)[::step]:
        sheet, block = middle(path.read_bytes())
        for more in (0, MORE):
            wrong[path.name, more] = filled(path.read_bytes(), sheet, [block], more)[1]
    assert {key: value for key, value in wrong.items() if value} == {}


@pytest.mark.slow
def test_libreoffice_opens_each_filled_blank_with_its_values(
    open_data: Path, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    made = {"all.xlsx": filled(BLANK, "台帐", [(4, 8)], MORE)[0]}
    for name in NAMES:
        blank = blank_of(name)
        for sheet, blocks in blocks_of(name):
            blank = filled(blank, sheet, blocks, MORE)[0]
        made[f"{name}.xlsx"] = blank
    for path in real_blanks(open_data):
        sheet, block = middle(path.read_bytes())
        made[path.name] = filled(path.read_bytes(), sheet, [block], MORE)[0]
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "ods", "--outdir", str(tmp_path / "again")]
    files = [str(tmp_path / name) for name in made]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=600)
    for name in made:
        ours, theirs = (
            values(tmp_path / name),
            values((tmp_path / "again" / name).with_suffix(".ods")),
        )
        assert ours.keys() == theirs.keys(), name
        for place, value in ours.items():
            assert same(value, theirs[place]), (name, place, value, theirs[place])


def values(path: Path) -> dict[tuple[str, int, int], Any]:
    """Tab, row and column of every cell that has a value."""
    return {
        (sheet.name, row, column): value
        for sheet in reading.read(path).sheets
        for row, cells in enumerate(sheet.rows, 1)
        for column, value in enumerate(cells, 1)
        if value not in (None, "")
    }


def same(one: Any, two: Any) -> bool:
    if isinstance(one, int | float) and isinstance(two, int | float):
        return one == pytest.approx(two)
    return bool(str(one).replace("\r", "") == str(two).replace("\r", ""))
