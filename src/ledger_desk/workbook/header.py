"""Where the header of a table is: the rows whose cells best name what stands below them.

Each row near the top is scored by its cells. For a cell speak: a word that headings end in, a
kind of value below it that it does not have itself. Against it: being a number or a date, or
occurring again among the values below. A row also has to cover the table's columns; merged cells
count for all the columns they cover. Then rows that belong to the same header are added above and
below the best one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ledger_desk.workbook import headings, rowkinds
from ledger_desk.workbook.book import Merge, Sheet
from ledger_desk.workbook.cells import CellValue, is_error

# Tells a text that the caller knows as a heading of some record.
Knows: TypeAlias = Callable[[str], bool]

# Rows at the top that may hold the header, and rows below that show what a column holds.
_SEARCHED = 40
_BODY = 30
_LONGEST_HEADING = 120
# Rows of group headings, notes and examples that may stand above the row that names the columns.
_PASSED = 3
_ENOUGH = 0.25

_WORD = re.compile(
    r"(?:.*(?:名称|姓名|全称|简称|名字|代码|代号|编码|编号|号码|证号|户号|账号|工号|序号|行号|字号|日期|时间|年份|月份|年度|期限"
    r"|期间|类型|类别|种类|性质|方式|状态|情况|等级|级别|评级|分类|地址|住所|场所|住址|电话|手机|联系人|联系方式|邮箱|金额|余额|总额"
    r"|数额|额度|资本|资金|收入|支出|利润|税额|产值|投资|利率|费率|比例|比率|增速|增长|占比|比重|同比|环比|累计|当[日月季年]|本[日周旬月季年期]"
    r"|上年|去年|总量|同期|位次|数量|户数|笔数|人数|家数|个数|次数|备注|说明|原因|问题|意见|结果|结论|范围|用途"
    r"|所在地|代表|负责人|经办人|责任人|职务|性别|年龄|关系|学历|民族|标志|标识|指标|来源|需求|措施|进展|去向|关键词|网址"
    r"|[率额数量值]|是否.+|有无.+)"
    r"|序|号|姓|名|省|市|县|乡镇?|镇街|村|街道|no\.?|id)",
    re.IGNORECASE,
)
# Values end in these words as often as headings do: what stands below decides.
_NAME_WORD = re.compile(
    r".*(?:企业|公司|客户|法人|银行|支行|网点|机关|机构|部门|单位|人员|经理|项目|行业|产业|地区|区域|省份|城市|规模|内容|名单|版本"
    r"|合计|小计)"
)
_DATA_LIKE = re.compile(r"\d{6}|^\d+(?:\.\d+)?[%％]?$|^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|@|https?:")
_YEAR = re.compile(r"(?:19|20)\d\d年?")


@dataclass(frozen=True)
class Header:
    """Rows ``first`` to ``last`` (from 1); both 0 where the table has no header."""

    first: int
    last: int


def find_header(sheet: Sheet, used: Sequence[int], knows: Knows | None = None) -> Header:
    """Find the header of a sheet whose columns ``used`` hold something.

    Known headings outweigh everything else: of a row of which half are known nothing more is asked.
    """
    top = [number for number in _top_rows(sheet) if number]
    # In a single column nothing but the words themselves can tell a heading from a value.
    best, best_score = 0, _ENOUGH if len(used) > 1 else 0.75
    passed = 0
    for place, number in enumerate(top[:_SEARCHED]):
        cells = rowkinds.filled(sheet.rows[number - 1])
        if passed > _PASSED and not best:
            # So many well-filled rows that head nothing: the table began without a header.
            break
        if len(cells) * 5 >= len(used) * 3 and not rowkinds.is_info(cells):
            passed += not rowkinds.is_note(cells)
        if not could_head(cells, columns=len(used)):
            continue
        row, known = sheet.rows[number - 1], _known(cells, len(used), knows)
        enough = best_score + (0.08 if best else 0.0)
        if known + 1.0 <= enough:  # no evidence, which is 1 at most, could make it the best
            continue
        below = _next_rows(top[place + 1 : place + 1 + _BODY])
        # A header that each printed page repeats is no value; the same row right below is one.
        body = [
            sheet.rows[n - 1]
            for n in below
            if n == below[0] or not _repeats(row, sheet.rows[n - 1])
        ]
        # The row above counts as a value too: a heading does not repeat what stands over it.
        body += [sheet.rows[above - 1] for above in top[max(0, place - 1) : place]]
        score = evidence(cells, body) * (0.3 + 0.7 * _coverage(sheet, number, cells, used)) + known
        # Among equals the upper one: a body of words can look like headings, never better.
        if score > enough:
            best, best_score = number, score
    if not best:
        return Header(0, 0)
    first = last = best
    before = (0, 0)
    while before != (first, last):
        # Headings found above may reach down past what was taken for the last row, and so on.
        before = (first, last)
        while last < len(sheet.rows) and _continues(sheet, first, last, knows):
            last += 1
        while first > 1 and _heads(sheet, first, len(used)):
            first -= 1
    return Header(first, last)


def _next_rows(numbers: Sequence[int]) -> list[int]:
    """Give the rows up to a gap: after one, another table may begin."""
    rows: list[int] = []
    for number in numbers:
        if len(rows) >= 3 and number > rows[-1] + 1:
            break
        rows.append(number)
    return rows


def _top_rows(sheet: Sheet) -> list[int]:
    """Give the numbers of the first rows that hold something."""
    numbers: list[int] = []
    for number, row in enumerate(sheet.rows, 1):
        if len(row) != row.count(None):
            numbers.append(number)
        if len(numbers) > _SEARCHED + _BODY or number > 5_000:
            break
    return numbers


def _repeats(row: Sequence[CellValue], other: Sequence[CellValue]) -> bool:
    """Tell whether two rows hold the same texts, but for one cell in five."""
    pairs = [(a, b) for a, b in zip(row, other, strict=True) if a is not None or b is not None]
    same = sum(1 for a, b in pairs if isinstance(a, str) and headings.plain(a) == headings.plain(b))
    return len(pairs) > 1 and same * 5 >= len(pairs) * 4


def _known(cells: Sequence[tuple[int, CellValue]], columns: int, knows: Knows | None) -> float:
    """Give the share of a row's cells that are known headings, where they are half or three."""
    if knows is None:
        return 0.0
    known = len({c for _, c in cells if isinstance(c, str) and len(c) < 60 and knows(c)})
    if known > 2:
        # Nobody's data are three headings in one row, however many strange ones stand beside them.
        return max(known / len(cells), 0.5)
    enough = known > 1 or known == len(cells) or (known == 1 and columns == 2)
    return known / len(cells) if enough and known * 2 >= len(cells) else 0.0


def could_head(cells: Sequence[tuple[int, CellValue]], *, columns: int) -> bool:
    """Tell whether nothing about a row's own words keeps it from being a header."""
    texts = {headings.plain(cell) for _, cell in cells if isinstance(cell, str)}
    if columns > 1 and len(texts) < 2:
        return False
    return not (
        rowkinds.is_info(cells)
        or rowkinds.is_example(cells)
        or rowkinds.is_instruction(cells)
        or rowkinds.is_unit_row(cells)
        or rowkinds.is_column_marks(cells)
        or rowkinds.total_kind(cells)
    )


def evidence(cells: Sequence[tuple[int, CellValue]], body: Sequence[Sequence[CellValue]]) -> float:
    """Give the mean evidence, from -1 to 1, that cells are headings of the values below them."""
    total = 0.0
    for column, cell in cells:
        below = [row[column - 1] for row in body if row[column - 1] is not None]
        total += _evidence_of(cell, below)
    return total / len(cells)


def _evidence_of(cell: CellValue, below: Sequence[CellValue]) -> float:
    if not isinstance(cell, str):
        return 0.2 if isinstance(cell, int) and 1990 <= cell <= 2100 else -1.0
    text = headings.plain(cell)
    if is_error(cell) or rowkinds.is_placeholder(cell) or len(text) > _LONGEST_HEADING:
        return -1.0
    if _DATA_LIKE.search(text) and not _YEAR.match(text):
        return -1.0
    words = [headings.plain(value) for value in below if isinstance(value, str)]
    if text in words:
        return -0.8
    name = headings.split_unit(text)[0]
    if _WORD.fullmatch(name):
        return 1.0
    if _NAME_WORD.fullmatch(name):
        # The ends of words decide; a remark of a page must not be searched through.
        alike = sum(1 for word in words if _NAME_WORD.fullmatch(word[-40:]))
        return 0.0 if alike * 10 >= len(words) * 3 > 0 else 1.0
    if not below:
        return 0.3
    exact = sum(isinstance(v, int | float | date) or _is_figure(v) for v in below)
    if exact * 10 >= len(below) * 7:
        return 0.8
    if text.isascii() and rowkinds.is_codes([(1, cell)] * 3, [w for w in words[:3] if w] or ["字"]):
        return 0.5
    lengths = sorted(map(len, words)) or [0]
    return 0.3 if lengths[len(lengths) // 2] >= 1.8 * len(text) else 0.0


def _is_figure(value: CellValue) -> bool:
    return isinstance(value, str) and bool(_DATA_LIKE.search(value))


def _coverage(
    sheet: Sheet, number: int, cells: Sequence[tuple[int, CellValue]], used: Sequence[int]
) -> float:
    """Give the share of the used columns that a row heads, merged cells at full width."""
    covered = {column for column, _ in cells}
    for merge in merges_at(sheet, number):
        if sheet.cell(merge.first_row, merge.first_column) is not None:
            covered.update(c for c in used if merge.first_column <= c <= merge.last_column)
    return len(covered.intersection(used)) / max(1, len(used))


def merges_at(sheet: Sheet, number: int) -> list[Merge]:
    """Give the merged ranges that a row touches; they come sorted by their first row."""
    found: list[Merge] = []
    for merge in sheet.merged:
        if merge.first_row > number:
            break
        if merge.last_row >= number:
            found.append(merge)
    return found


def _is_title(sheet: Sheet, number: int, columns: int) -> bool:
    """Tell a row that one cell fills: alone, or merged across most of the table."""
    cells = rowkinds.filled(sheet.rows[number - 1])
    if len(cells) > 1:
        return False
    across = [m for m in merges_at(sheet, number) if m.first_column < m.last_column]
    if not across:
        return True
    widest = max(min(m.last_column, sheet.width) - m.first_column + 1 for m in across)
    return widest * 10 >= columns * 7


def _continues(sheet: Sheet, first: int, last: int, knows: Knows | None) -> bool:
    """Tell whether the row after ``last`` still belongs to the header."""
    for number in range(first, last + 1):
        for merge in merges_at(sheet, number):
            if merge.first_row >= first and merge.last_row > last:
                return True
    below = sheet.rows[last]
    cells = rowkinds.filled(below)
    if len(cells) < 2 or not all(isinstance(cell, str) for _, cell in cells):
        return False
    if not could_head(cells, columns=2) or rowkinds.is_codes(cells, ["字"]):
        return False
    above = sheet.rows[last - 1]
    grouped = {c for m in merges_at(sheet, last) if m.first_column < m.last_column
               for c in range(m.first_column, min(m.last_column, sheet.width) + 1)}  # fmt: skip
    gaps = {c for c in range(2, sheet.width + 1) if above[c - 1] is None} | grouped
    if not gaps.intersection(c for c, _ in cells):
        return False
    # A sub-heading stands under a group: in a gap, or right before one.
    if any(column not in gaps and column + 1 not in gaps for column, _ in cells):
        return False
    body = [row for row in sheet.rows[last + 1 : last + 1 + _BODY] if len(row) != row.count(None)]
    if len(body) < 2:
        # The only rows below a header are its data, unless each of their words heads something.
        sure = all(_WORD.fullmatch(headings.split_unit(headings.plain(c))[0]) for _, c in cells)
        known = knows is not None and any(knows(str(cell)) for _, cell in cells)
        if not sure and not (body and known):
            return False
    return evidence(cells, body) >= 0.5


def _heads(sheet: Sheet, first: int, columns: int) -> bool:
    """Tell whether the row before ``first`` holds headings of groups of columns."""
    above = first - 1
    if _is_title(sheet, above, columns):
        return False
    for merge in merges_at(sheet, first):
        if merge.first_row < first and sheet.cell(merge.first_row, merge.first_column) is not None:
            return True
    cells = rowkinds.filled(sheet.rows[above - 1])
    if not cells or not all(isinstance(cell, str) for _, cell in cells) or rowkinds.is_info(cells):
        return False
    across = [m for m in merges_at(sheet, above) if m.first_column < m.last_column]
    if across:
        return True
    row = sheet.rows[first - 1]
    gaps = sum(1 for column in range(1, sheet.width + 1)
               if sheet.rows[above - 1][column - 1] is None and row[column - 1] is not None)  # fmt: skip
    return (
        len(cells) >= 2 and gaps >= 1 and evidence(cells, sheet.rows[first : first + _BODY]) >= 0.2
    )
