"""Mistakes in a form's own file: each is a sentence with its place, all of them at once."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.exchange.blank_outline import Outline
from ledger_desk.exchange.form_each import find_each, sample
from ledger_desk.exchange.form_formulas import find_formulas
from ledger_desk.exchange.form_parts import LISTED, PART_KEYS, RECORDS, Asked, Block, Column, Fixed
from ledger_desk.exchange.form_places import block_place, column_place, find_places
from ledger_desk.exchange.form_questions import (
    Question,
    combine,
    formula_of,
    rows_and_columns,
    total_question,
)
from ledger_desk.exchange.form_records import find_records
from ledger_desk.exchange.form_sentences import place_of, sentence_of
from ledger_desk.exchange.form_shape import FormShape
from ledger_desk.exchange.record_paths import instead

LISTED_FIELDS = {"number": True, "label": False, "unit": False}
"""What columns of listed rows may show, each with whether it is a number."""


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
        splits: Dictionary → the key by which its rows split the ledger.
        parts: Indicator → the keys by which it can be split; all of `PART_KEYS` where not said.
    """

    sources: Mapping[str, Mapping[str, bool]]
    lists: Collection[str]
    indicators: Mapping[str, Collection[str]]
    checks: Collection[str]
    mechanisms: Collection[str]
    placeholders: Collection[str]
    splits: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Collection[str]] = field(default_factory=dict)


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
        yield FormProblem(form, place_of(error["loc"]), sentence_of(error))


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
            f"没有“{shape.mechanism}”这个工作机制{instead(shape.mechanism, known.mechanisms)}。",
        )
    for rule in shape.checks:
        if rule not in known.checks:
            yield problem("“checks”", f"没有“{rule}”这条审核规则{instead(rule, known.checks)}。")
    yield from (problem(*found) for found in find_each(shape, tuple(known.lists)))
    shape = sample(shape)
    for cell in shape.cell:
        yield from (problem(f"单元格 {cell.at}", why) for why in _cell_mistakes(cell, known))
    for block in shape.block:
        place = block_place(shape, block)
        if block.rows == RECORDS:
            yield from (problem(*found) for found in find_records(shape, block))
        elif block.rows == LISTED:
            yield from (problem(*found) for found in _listed(shape, block, known))
        elif block.rows not in known.sources:
            names = [RECORDS, LISTED, *known.sources]
            yield problem(place, f"没有“{block.rows}”这种行来源{instead(block.rows, names)}。")
        for column in block.column:
            where = column_place(shape, block, column)
            yield from (problem(where, why) for why in _column_mistakes(column, block, known))
    yield from (problem(*found) for found in find_formulas(shape, sheets))
    if sheets is not None:
        for place, why in find_places(shape, sheets):
            yield problem(place, why)


def _cell_mistakes(cell: Fixed, known: Known) -> Iterator[str]:
    if cell.formula is not None:
        return
    if cell.indicator is not None:
        yield from _asked(known, "", cell)
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
            yield f"不认识 {{{name}}}{instead(name, known.placeholders)}。"


def _asked(known: Known, split: str, *said: Asked) -> Iterator[str]:
    """What is wrong with the number that row, column and block ask for together."""
    question, wrong = combine(*said)
    yield from wrong
    if question is not None:
        yield from _number_mistakes(question, split, known)


def _number_mistakes(question: Question, split: str, known: Known) -> Iterator[str]:
    indicator, measure = question.indicator, question.measure
    if indicator not in known.indicators:
        yield f"没有“{indicator}”这个指标{instead(indicator, known.indicators)}。"
    elif measure not in known.indicators[indicator]:
        has = "、".join(known.indicators[indicator])
        yield f"指标“{indicator}”没有“{measure}”这种数，它有：{has}。"
    for key, _ in question.parts:
        if key not in PART_KEYS:
            yield f"part 里不认识“{key}”{instead(key, PART_KEYS)}。"
        elif key == split:
            yield f"各行已经按{PART_KEYS[key]}分了，part 里不能再写“{key}”。"
    for key in dict.fromkeys([*([split] if split else []), *dict(question.parts)]):
        can = known.parts.get(indicator, PART_KEYS)
        if key in PART_KEYS and key not in can:
            words = "、".join(PART_KEYS[each] for each in PART_KEYS if each in can) or "无"
            yield f"指标“{indicator}”不能按{PART_KEYS[key]}分，可以按这些分：{words}。"


def _listed(shape: FormShape, block: Block, known: Known) -> Iterator[tuple[str, str]]:
    """Each cell of listed rows must be one number, said once."""
    told: set[str] = set()
    for row, listed, column in rows_and_columns(block):
        if formula_of(listed, column) is not None:
            continue
        for why in _asked(known, "", listed, column, block):
            if why not in told:
                told.add(why)
                yield f"{column_place(shape, block, column)}第 {row} 行", why


def _column_mistakes(column: Column, block: Block, known: Known) -> Iterator[str]:
    listed, records = block.rows == LISTED, block.rows == RECORDS
    fields = LISTED_FIELDS if listed else known.sources.get(block.rows)
    if column.formula is not None:
        pass  # read by `form_formulas`
    elif column.field is not None:
        if records or fields is None:
            pass  # said by `form_records`, or about the block
        elif column.field not in fields:
            yield f"“{block.rows}”没有“{column.field}”这一项{instead(column.field, fields)}。"
        elif column.total == "sum" and not fields[column.field]:
            yield f'“{column.field}”不是数，不能合计；可以写 total = "count" 数行数，或 "firms" 数户数。'
    elif records or block.rows in known.lists:
        said = column.indicator or column.measure or column.part
        yield (
            f"“{block.rows}”一行是一笔记录，列里只能写 field 或 formula，不能写 indicator。"
            if said else "field 与 indicator、formula 要写一样，记录清单的列写 field 或 formula。"
        )  # fmt: skip
        if column.indicator is not None:
            yield from _asked(known, "", column, block)
    elif not listed and column.indicator is None and block.indicator is None:
        yield "field 与 indicator、formula 要写一样。"
    elif not listed:
        yield from _asked(known, known.splits.get(block.rows, ""), column, block)
    elif column.total != "none" and total_question(block, column)[0] is None:
        yield "合计行要知道是哪个指标：各行指标不同的，合计请写成一行 formula。"
    if column.total != "none" and block.total_row is None:
        yield "写了 total，可是区块没有 total_row，合计没有地方写。"
