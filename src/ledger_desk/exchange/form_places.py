"""Cells and rows of a form that are not in its blank, hidden in a merged cell, or written twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger_desk.exchange.blank_outline import Outline, same_heading
from ledger_desk.exchange.form_parts import LISTED, Balance, Block, Column
from ledger_desk.exchange.form_shape import FormShape
from ledger_desk.exchange.record_paths import instead
from ledger_desk.workbook.references import area, number, split

Mistake = tuple[str, str]
"""Place and sentence."""


def block_place(shape: FormShape, block: Block) -> str:
    """What a sentence calls a block: by its rows, and by its number where there are several such."""
    same = [each for each in shape.block if each.rows == block.rows]
    if len(same) < 2:
        return f"区块“{block.rows}”"
    return f"第 {shape.block.index(block) + 1} 个区块“{block.title or block.of or block.rows}”"


def column_place(shape: FormShape, block: Block, column: Column) -> str:
    """What a sentence calls a column."""
    return f"{block_place(shape, block)}的 {column.at} 列“{column.heading}”"


def find_places(shape: FormShape, sheets: Mapping[str, Outline]) -> Iterator[Mistake]:
    """Find what the blank has no visible cell for."""
    taken: set[tuple[str, int, int]] = set()
    for cell in shape.cell:
        row, column = split(cell.at)
        yield from _check_place(
            f"单元格 {cell.at}", shape.sheet_of(cell), row, column, sheets, taken
        )
    for block in shape.block:
        tab, place = shape.sheet_of(block), block_place(shape, block)
        if tab not in sheets:
            yield place, f"空白表里没有“{tab}”这张工作表{instead(tab, sheets)}。"
            continue
        wrong = list(_rows_of(block, place, tab, sheets[tab]))
        yield from wrong
        if not wrong:
            yield from _columns(shape, block, tab, sheets)
    yield from _overlaps(shape)
    for check in shape.check:
        tab = shape.sheet_of(check)
        if tab not in sheets:
            yield f"审核“{check.label}”", f"空白表里没有“{tab}”这张工作表{instead(tab, sheets)}。"
    if shape.balance is not None:
        yield from _sums(shape, shape.balance, sheets)


def _rows_of(block: Block, place: str, tab: str, sheet: Outline) -> Iterator[Mistake]:
    last = block.last_row
    if block.rows == LISTED:
        rows = block.listed_rows
        twice = {row for row in rows if rows.count(row) > 1}
        if twice:
            yield place, f"第 {min(twice)} 行列了两次。"
        if min(rows) < block.first_row:
            yield place, f"第 {min(rows)} 行在区块的第一行 {block.first_row} 之前。"
        last = max(last, *rows)
    if last > sheet.rows:
        yield (
            place,
            f"第 {block.first_row}—{last} 行超出了空白表，“{tab}”只到第 {sheet.rows} 行。",
        )
    elif block.total_row is not None and not _total_fits(block, last, sheet.rows):
        yield (
            place,
            f"合计行 {block.total_row} 要在第 {last} 行之后、第 {sheet.rows} 行之内。",
        )


def _total_fits(block: Block, last: int, end: int) -> bool:
    """Listed rows may have their total above them, or between them."""
    row = block.total_row or 0
    if block.rows == LISTED:
        return row not in block.listed_rows and row <= end
    return last < row <= end


def _columns(
    shape: FormShape, block: Block, tab: str, sheets: Mapping[str, Outline]
) -> Iterator[Mistake]:
    seen: set[str] = set()
    place = block_place(shape, block)
    rows = block.listed_rows or range(block.first_row, block.last_row + 1)
    for column in block.column:
        where = column_place(shape, block, column)
        if column.at in seen:
            yield where, f"{column.at} 列写了两次。"
        seen.add(column.at)
        yield from _heading_mistakes(where, block, column, sheets[tab])
        for row in rows:
            found = list(_check_place(where, tab, row, number(column.at), sheets, set()))
            yield from found
            if found:
                break
    if block.empty is not None and block.empty.at not in seen:
        yield place, f"empty 写在 {block.empty.at} 列，可是区块没有这一列。"
    if block.rows == LISTED and not any(column.field == "label" for column in block.column):
        first = min(number(column.at) for column in block.column)
        for listed, place_row in zip(block.row, block.listed_rows, strict=True):
            yield from _label_mistakes(place, listed.label, place_row, first, sheets[tab])


def _heading_mistakes(
    where: str, block: Block, column: Column, sheet: Outline
) -> Iterator[Mistake]:
    """A blank whose columns were moved must not be filled: numbers would stand under wrong words."""
    printed = sheet.headings(number(column.at), block.first_row)
    if not any(same_heading(column.heading, text) for text in printed):
        words = "、".join(f"“{''.join(text.split())}”" for text in printed[:2]) or "空白"
        yield where, f"空白表 {column.at} 列上面印的是{words}，对不上。请核对空白表的列有没有变动。"


def _label_mistakes(
    place: str, label: str, row: int, first: int, sheet: Outline
) -> Iterator[Mistake]:
    """The same for rows: what is printed left of the numbers must be the label."""
    printed = sheet.labels(row, first)
    if label and printed and not any(same_heading(label, text) for text in printed):
        words = "、".join(f"“{''.join(text.split())}”" for text in printed[:2])
        yield (
            place,
            f"空白表第 {row} 行左边印的是{words}，与“{label}”对不上。请核对空白表的行有没有变动。",
        )


def _check_place(
    place: str, tab: str, row: int, column: int, sheets: Mapping[str, Outline],
    taken: set[tuple[str, int, int]],
) -> Iterator[Mistake]:  # fmt: skip
    if tab not in sheets:
        yield place, f"空白表里没有“{tab}”这张工作表{instead(tab, sheets)}。"
        return
    sheet = sheets[tab]
    if row > sheet.rows or column > sheet.columns:
        yield place, f"超出了空白表的范围，“{tab}”只有 {sheet.rows} 行 {sheet.columns} 列。"
    head = sheet.tail_of(row, column)
    if head is not None:
        yield place, f"第 {row} 行的这一格并在 {head} 里，写了也看不见。请改写 {head}。"
    if (tab, row, column) in taken:
        yield place, "这一格写了两次。"
    taken.add((tab, row, column))


def _overlaps(shape: FormShape) -> Iterator[Mistake]:
    """Two blocks, or a block and a cell, that write to the same cell."""
    taken: dict[tuple[str, int, str], str] = {}
    for block in shape.block:
        tab, place = shape.sheet_of(block), block_place(shape, block)
        rows = block.listed_rows or range(block.first_row, block.last_row + 1)
        for row in (*rows, *([block.total_row] if block.total_row else [])):
            for column in dict.fromkeys(c.at for c in block.column):
                other = taken.setdefault((tab, row, column), place)
                if other != place:
                    yield place, f"{column}{row} 这一格{other}也写，请分开。"
                    return
    for cell in shape.cell:
        row, _ = split(cell.at)
        key = (shape.sheet_of(cell), row, cell.at.rstrip("0123456789"))
        if key in taken and not _total_text(shape, key):
            yield f"单元格 {cell.at}", f"这一格{taken[key]}也写，请分开。"


def _total_text(shape: FormShape, key: tuple[str, int, str]) -> bool:
    """A cell may stand in a total row where the block's column has no total."""
    for block in shape.block:
        if shape.sheet_of(block) == key[0] and block.total_row == key[1]:
            return all(c.total == "none" for c in block.column if c.at == key[2])
    return False


def _sums(shape: FormShape, balance: Balance, sheets: Mapping[str, Outline]) -> Iterator[Mistake]:
    tab = shape.sheet_of(balance)
    if tab not in sheets:
        yield "“balance”", f"空白表里没有“{tab}”这张工作表{instead(tab, sheets)}。"
        return
    sheet = sheets[tab]
    for total, *parts in balance.sums:
        if ":" in total:
            yield "“balance”", f"每一组的第一项是合计，只能是一格，“{total}”是一片。"
        for text in (total, *parts):
            found = area(text)
            if found.last_row > sheet.rows or found.last_column > sheet.columns:
                yield (
                    "“balance”",
                    f"{text} 超出了空白表的范围，“{tab}”只有 {sheet.rows} 行 {sheet.columns} 列。",
                )
