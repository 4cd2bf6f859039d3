"""Mistakes in a form's own file: each is a sentence with its place, all of them at once."""

from __future__ import annotations

import difflib
import string
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledger_desk.exchange.blank_outline import Outline, same_heading
from ledger_desk.exchange.form_shape import Block, Column, Due, Empty, Fixed, FormShape, Source
from ledger_desk.workbook.references import number, split

_SHAPES: dict[str, type[Any]] = {
    "cell": Fixed, "block": Block, "column": Column, "due": Due, "source": Source, "empty": Empty,
}  # fmt: skip
_TYPES = {
    "string_type": "文字（用引号）", "int_type": "整数", "tuple_type": "列表", "list_type": "列表",
    "model_type": "一节", "model_attributes_type": "一节", "int_from_float": "整数",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """The words that a form may use; given by whoever computes them.

    Attributes:
        sources: Row source or dictionary → its fields, each with whether it is a number.
        lists: Row sources whose rows are records; indicators cannot stand in their columns.
        indicators: Indicator → measures it has.
        checks: Rules.
        mechanisms: Mechanisms with a first day.
        placeholders: Names that texts may hold in braces.
    """

    sources: Mapping[str, Mapping[str, bool]]
    lists: Collection[str]
    indicators: Mapping[str, Collection[str]]
    checks: Collection[str]
    mechanisms: Collection[str]
    placeholders: Collection[str]


@dataclass(frozen=True)
class FormProblem:
    """One mistake in one form: which form, where in its file, what is wrong."""

    form: str
    place: str
    why: str

    def sentence(self) -> str:
        """The whole as one line."""
        return f"报表“{self.form}”{self.place}：{self.why}"


def from_shape(form: str, errors: Iterable[Mapping[str, Any]]) -> Iterator[FormProblem]:
    """Put pydantic's findings into sentences."""
    for error in errors:
        yield FormProblem(form, _place(error["loc"]), _shape_sentence(error))


def _place(loc: tuple[Any, ...]) -> str:
    """``("block", 0, "column", 2, "at")`` → 第 1 个 [[block]] 的第 3 个 [[block.column]] 的“at”."""
    parts: list[str] = []
    path = ""
    for step in loc:
        if isinstance(step, int):
            parts.append(
                f"第 {step + 1} 个 [[{path}]]"
                if path in ("cell", "block", "block.column")
                else f"第 {step + 1} 项"
            )
            continue
        path = f"{path}.{step}" if path else str(step)
        if path not in ("cell", "block", "block.column") or step == loc[-1]:
            parts.append(f"“{step}”")
    return "的".join(parts) if parts else "整个文件"


def _shape_sentence(error: Mapping[str, Any]) -> str:
    kind, loc, given = error["type"], error["loc"], error.get("input")
    if kind == "missing":
        return "这一项没有写，请补上。"
    if kind == "extra_forbidden":
        owner = next((s for s in reversed(loc[:-1]) if isinstance(s, str)), "")
        known = list(_SHAPES.get(owner, FormShape).model_fields)
        return f"不认识这一项{_instead(str(loc[-1]), known)}。"
    if kind == "literal_error":
        return f"不能写“{given}”，只能写 {str(error['ctx']['expected']).replace(' or ', '、').replace(', ', '、')}。"
    if kind == "string_pattern_mismatch":
        last = loc[-1]
        wanted = (
            "小写字母、数字和下划线"
            if last == "id"
            else "单元格如 B4"
            if loc[0] == "cell"
            else "列号如 B"
        )
        return f"“{given}”不对，要写成{wanted}。"
    if kind in ("greater_than_equal", "less_than_equal"):
        low = error["ctx"].get("ge")
        return f"{given} 不在范围里，要{f'不小于 {low}' if low is not None else '不大于 ' + str(error['ctx']['le'])}。"
    if kind in ("string_too_short", "too_short"):
        return "不能是空的。"
    if kind == "value_error":
        return f"{error['ctx']['error']}。"
    return f"“{given}”的类型不对，要写{_TYPES.get(kind, '另一种值')}。"


def _instead(word: str, known: Iterable[str]) -> str:
    """Suggest the nearest known word, else list them all."""
    words = list(known)
    near = difflib.get_close_matches(word, words, 1, 0.6)
    if near:
        return f"，是不是“{near[0]}”"
    return f"，可用的有：{'、'.join(words)}" if words else ""


def find_mistakes(
    shape: FormShape, known: Known, sheets: Mapping[str, Outline] | None
) -> Iterator[FormProblem]:
    """Find what is well written but wrong: unknown names, cells that are not in the blank.

    Args:
        shape: The form as read.
        known: The words it may use.
        sheets: Outline of the blank, or None when there is no readable blank (said elsewhere).
    """

    def problem(place: str, why: str) -> FormProblem:
        return FormProblem(shape.id, place, why)

    if shape.mechanism not in known.mechanisms:
        yield problem(
            "“mechanism”",
            f"没有“{shape.mechanism}”这个工作机制{_instead(shape.mechanism, known.mechanisms)}。",
        )
    for rule in shape.checks:
        if rule not in known.checks:
            yield problem("“checks”", f"没有“{rule}”这条审核规则{_instead(rule, known.checks)}。")
    for cell in shape.cell:
        yield from (problem(f"单元格 {cell.at}", why) for why in _cell_mistakes(cell, known))
    for block in shape.block:
        place = f"区块“{block.rows}”"
        if block.rows not in known.sources:
            yield problem(
                place, f"没有“{block.rows}”这种行来源{_instead(block.rows, known.sources)}。"
            )
        for column in block.column:
            where = f"{place}的 {column.at} 列“{column.heading}”"
            yield from (problem(where, why) for why in _column_mistakes(column, block, known))
    if sheets is not None:
        for place, why in _places(shape, sheets):
            yield problem(place, why)


def _cell_mistakes(cell: Fixed, known: Known) -> Iterator[str]:
    if cell.indicator is not None:
        yield from _number_mistakes(cell.indicator, str(cell.measure), known)
        return
    try:
        names = [
            name for _, name, _, _ in string.Formatter().parse(cell.text or "") if name is not None
        ]
    except ValueError:
        yield "花括号没有配成对，要写成 {office} 这样。"
        return
    for name in names:
        if name not in known.placeholders:
            yield f"不认识 {{{name}}}{_instead(name, known.placeholders)}。"


def _number_mistakes(indicator: str, measure: str, known: Known) -> Iterator[str]:
    if indicator not in known.indicators:
        yield f"没有“{indicator}”这个指标{_instead(indicator, known.indicators)}。"
    elif measure not in known.indicators[indicator]:
        has = "、".join(known.indicators[indicator])
        yield f"指标“{indicator}”没有“{measure}”这种数，它有：{has}。"


def _column_mistakes(column: Column, block: Block, known: Known) -> Iterator[str]:
    fields = known.sources.get(block.rows)
    if column.indicator is not None:
        if block.rows in known.lists:
            yield f"“{block.rows}”一行是一笔记录，列里只能写 field，不能写 indicator。"
        yield from _number_mistakes(column.indicator, str(column.measure), known)
    elif fields is not None and column.field not in fields:
        yield f"“{block.rows}”没有“{column.field}”这一项{_instead(str(column.field), fields)}。"
    elif fields is not None and column.total == "sum" and not fields[str(column.field)]:
        yield f'“{column.field}”不是数，不能合计；可以写 total = "count" 数行数，或 "firms" 数户数。'
    if column.total != "none" and block.total_row is None:
        yield "写了 total，可是区块没有 total_row，合计没有地方写。"


def _places(shape: FormShape, sheets: Mapping[str, Outline]) -> Iterator[tuple[str, str]]:
    """Cells and rows that are not in the blank, hidden in a merged cell, or written twice."""
    taken: dict[tuple[str, int, int], str] = {}
    for cell in shape.cell:
        place = f"单元格 {cell.at}"
        row, column = split(cell.at)
        yield from _check_place(place, shape.sheet_of(cell), row, column, sheets, taken)
    for block in shape.block:
        tab, place = shape.sheet_of(block), f"区块“{block.rows}”"
        if tab not in sheets:
            yield place, f"空白表里没有“{tab}”这张工作表{_instead(tab, sheets)}。"
            continue
        if block.last_row > sheets[tab].rows:
            yield (
                place,
                f"第 {block.first_row}—{block.last_row} 行超出了空白表，“{tab}”只到第 {sheets[tab].rows} 行。",
            )
            continue
        if block.total_row is not None and not block.last_row < block.total_row <= sheets[tab].rows:
            yield (
                place,
                f"合计行 {block.total_row} 要在第 {block.last_row} 行之后、第 {sheets[tab].rows} 行之内。",
            )
        seen: set[str] = set()
        columns = [(c.at, f"{place}的 {c.at} 列“{c.heading}”") for c in block.column]
        for at, where in columns:
            if at in seen:
                yield where, f"{at} 列写了两次。"
            seen.add(at)
            yield from _heading_mistakes(
                where, at, block, next(c for c in block.column if c.at == at), sheets[tab]
            )
            for row in range(block.first_row, block.last_row + 1):
                found = list(_check_place(where, tab, row, number(at), sheets, {}))
                yield from found
                if found:
                    break
        if block.empty is not None and block.empty.at not in seen:
            yield place, f"empty 写在 {block.empty.at} 列，可是区块没有这一列。"


def _heading_mistakes(
    where: str, at: str, block: Block, column: Column, sheet: Outline
) -> Iterator[tuple[str, str]]:
    """A blank whose columns were moved must not be filled: numbers would stand under wrong words."""
    printed = sheet.headings(number(at), block.first_row)
    if not any(same_heading(column.heading, text) for text in printed):
        words = "、".join(f"“{''.join(text.split())}”" for text in printed[:2]) or "空白"
        yield where, f"空白表 {at} 列上面印的是{words}，对不上。请核对空白表的列有没有变动。"


def _check_place(
    place: str, tab: str, row: int, column: int, sheets: Mapping[str, Outline],
    taken: dict[tuple[str, int, int], str],
) -> Iterator[tuple[str, str]]:  # fmt: skip
    if tab not in sheets:
        yield place, f"空白表里没有“{tab}”这张工作表{_instead(tab, sheets)}。"
        return
    sheet = sheets[tab]
    if row > sheet.rows or column > sheet.columns:
        yield place, f"超出了空白表的范围，“{tab}”只有 {sheet.rows} 行 {sheet.columns} 列。"
    head = sheet.tail_of(row, column)
    if head is not None:
        yield place, f"第 {row} 行的这一格并在 {head} 里，写了也看不见。请改写 {head}。"
    if (tab, row, column) in taken:
        yield place, "这一格写了两次。"
    taken[tab, row, column] = place
