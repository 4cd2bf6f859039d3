"""The urgent tables as files, and the cells of a filled one held against the plain answers."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side

from tests.reports.urgent_facts import BANKS, FIRMS, TOWNS, answer, counted, firm
from tests.reports.urgent_tables import Heading, Urgent

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def parts(heading: Heading) -> tuple[str, ...]:
    return heading if isinstance(heading, tuple) else (heading,)


def keys(table: Urgent) -> list[str]:
    """What stands in the rows of a table of townships or banks."""
    return [*TOWNS.values(), "合计"] if table.rows == "townships" else list(BANKS.values())


def make(table: Urgent, folder: Path) -> Path:
    """Write the file as its sender would: title, lines above, header, what is given, lines below."""
    rows: list[list[Any]] = [[table.title], *([line] for line in table.above)]
    two = any(len(parts(heading)) > 1 for heading, _ in table.columns)
    header = len(rows) + 1
    rows.append([parts(heading)[0] for heading, _ in table.columns])
    if two:
        rows.append(
            [p[1] if len(p := parts(heading)) > 1 else None for heading, _ in table.columns]
        )
    start = len(rows) + 1
    rows += _given(table)
    end = len(rows)
    rows += [[line] for line in table.below]
    path = folder / f"{table.name}.{table.kind}"
    if table.kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows(rows)
        return path
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if two:
        _merge(sheet, header, table.columns)
    for row in sheet.iter_rows(min_row=header, max_row=max(end, start), max_col=len(table.columns)):
        for cell in row:
            cell.border = _BOX
    book.save(path)
    return path


def _given(table: Urgent) -> list[list[Any]]:
    if table.rows != "firms":
        label = next(n for n, (_, m) in enumerate(table.columns) if m in ("township", "bank"))
        made = []
        for number, key in enumerate(keys(table), 1):
            row: list[Any] = [None] * len(table.columns)
            row[label] = key
            if table.columns[0][1] == "#":
                row[0] = number
            made.append(row)
        return made
    if not table.given:
        return [[None] * len(table.columns) for _ in range(table.room)]
    return [
        [
            n + 1 if m == "#" else firm(n).get(m or "") if m in table.given else None
            for _, m in table.columns
        ]
        for n in range(FIRMS)
    ]


def _merge(sheet: Any, header: int, columns: Sequence[tuple[Heading, str | None]]) -> None:
    """Merge groups across and single headings down, as in every official table."""
    start = 0
    while start < len(columns):
        group = parts(columns[start][0])
        end = start
        while (
            len(group) > 1 and end + 1 < len(columns) and parts(columns[end + 1][0])[0] == group[0]
        ):
            end += 1
        if len(group) == 1:
            sheet.merge_cells(
                start_row=header, end_row=header + 1, start_column=start + 1, end_column=start + 1
            )
        else:
            sheet.merge_cells(
                start_row=header, end_row=header, start_column=start + 1, end_column=end + 1
            )
        start = end + 1


@dataclass(frozen=True)
class Judged:
    """One column of a filled table: whether all its cells are as they must be."""

    heading: str
    right: bool
    wrong: str = ""


def judge(table: Urgent, filled: Path) -> list[Judged]:
    """Hold the cells of a filled table against the answers; the running number is no question."""
    sheet = load_workbook(filled).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    two = any(len(parts(heading)) > 1 for heading, _ in table.columns)
    first = 1 + len(table.above) + 1 + two  # rows before the first one of data, from 0
    found = []
    for place, (heading, meaning) in enumerate(table.columns):
        if meaning == "#":
            continue
        said = parts(heading)[-1]
        wrong = ""
        for number, expected in enumerate(_expected(table, meaning, said)):
            cell = rows[first + number][place] if place < len(rows[first + number]) else None
            if not same(cell, expected) and not wrong:
                wrong = f"row {number + 1}: {cell!r}, must be {expected!r}"
        found.append(Judged(said, not wrong, wrong))
    return found


def _expected(table: Urgent, meaning: str | None, heading: str) -> list[Any]:
    if table.rows != "firms":
        if meaning in ("township", "bank"):
            return list(keys(table))
        return [counted(key)[meaning or ""] for key in keys(table)]
    order = range(FIRMS) if table.given else sorted(range(FIRMS), key=_place)
    return [None if meaning is None else answer(meaning, n, heading, table.unit) for n in order]


def _place(n: int) -> tuple[str, str, str]:
    """Firms are listed by township, village and name; those without a village come last."""
    own = firm(n)
    return own["township"], own.get("village", "\uffff"), own["name"]


def same(cell: Any, expected: Any) -> bool:
    """Whether a cell says what it must: days in any writing, numbers as numbers."""
    if expected is None or cell is None:
        return (cell in (None, "")) and expected is None
    if isinstance(expected, date):
        said = cell.date() if isinstance(cell, datetime) else cell
        return bool(said == expected or str(said) == expected.isoformat())
    if isinstance(expected, int | float):
        return isinstance(cell, int | float) and abs(cell - expected) < 1e-9
    return bool(str(cell) == str(expected))
