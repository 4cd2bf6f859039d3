"""Forms without data told from tables; rows at a table's end that hold no record of their own.

A form is filled by hand (its cells offer boxes to tick: ``是□ 否□``) or by a program (``${name}``).
Its labels look like a table's header and rows, but nothing in them is anyone's data.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ledger_desk.workbook import headings, rowkinds
from ledger_desk.workbook.book import Sheet
from ledger_desk.workbook.cells import CellValue, is_error

SERIAL = frozenset(["序号", "序", "编号", "号", "No", "NO", "no", "行次", "栏次", "#"])
_BOX = re.compile("[□☐]")
_TICKED = re.compile("[☑☒√✓✔■]")
_SAMPLED = 200  # rows that tell a form; forms are a page or two
_MOST_OF_A_FORM = 500
_NOTHING = frozenset(["-", "--", "—", "——", "/", "0", "0.00"])


def is_blank_form(sheet: Sheet, data: Sequence[int]) -> bool:
    """Tell whether the rows taken for data are the labels of a form that nobody has filled in."""
    if not data or len(data) > _MOST_OF_A_FORM:
        return False
    holders = 0
    for row in sheet.rows[:_SAMPLED]:
        holders += sum(1 for c in row if isinstance(c, str) and rowkinds.is_placeholder(c))
    if holders >= max(3, len(data)):
        return True
    boxes = 0
    for number in data[:_SAMPLED]:
        text = "".join(cell for cell in sheet.rows[number - 1] if isinstance(cell, str))
        if _TICKED.search(text):
            return False
        boxes += bool(_BOX.search(text))
    return boxes * 2 >= len(data[:_SAMPLED]) and boxes >= 2


def unfilled_tail(sheet: Sheet, data: Sequence[int], serials: frozenset[int]) -> int:
    """Count the last rows of data that were only prepared: a serial number, zeros, errors."""
    count = 0
    while count < len(data):
        row = sheet.rows[data[-1 - count] - 1]
        cells = rowkinds.filled(row)
        if not all(column in serials or _says_nothing(cell) for column, cell in cells):
            break
        count += 1
    return count


def _says_nothing(cell: CellValue) -> bool:
    if isinstance(cell, str):
        return is_error(cell) or "".join(cell.split()) in _NOTHING
    return not isinstance(cell, bool) and isinstance(cell, int | float) and cell == 0


def serial_columns(named: Sequence[tuple[int, Sequence[str]]]) -> frozenset[int]:
    """Give the columns whose heading says that they only number the rows."""
    return frozenset(c for c, texts in named if any(headings.plain(t) in SERIAL for t in texts))


def is_unnamed_total(sheet: Sheet, data: Sequence[int]) -> bool:
    """Tell whether the last row is the sums or means of all others, without saying so.

    It holds numbers only where others begin with text, and every number is the sum or the mean
    of its column.
    """
    if len(data) < 4:
        return False
    last = rowkinds.filled(sheet.rows[data[-1] - 1])
    columns = [c for c, cell in last if isinstance(cell, int | float)]
    if len(columns) != len(last) or not columns:
        return False
    first = rowkinds.filled(sheet.rows[data[0] - 1])
    if not isinstance(first[0][1], str) or columns[0] <= first[0][0]:
        return False
    for column in columns:
        cells = [sheet.rows[number - 1][column - 1] for number in data[:-1]]
        values = [float(v) for v in cells if isinstance(v, int | float)]
        said = sheet.rows[data[-1] - 1][column - 1]
        if not values or not isinstance(said, int | float):
            return False
        total = math.fsum(values)
        if not any(math.isclose(said, x, rel_tol=1e-6, abs_tol=1e-9)
                   for x in (total, total / len(values))):  # fmt: skip
            return False
    return True
