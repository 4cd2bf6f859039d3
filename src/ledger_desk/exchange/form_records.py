"""Mistakes of a block that lists records: unknown class, paths that lead nowhere, wrong conditions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger_desk.exchange.form_parts import Block
from ledger_desk.exchange.form_places import block_place, column_place
from ledger_desk.exchange.form_shape import FormShape
from ledger_desk.exchange.record_paths import DAYS, conditions, orders, resolve, table_of
from ledger_desk.model.fields import Record

_ANY_DAY = dict.fromkeys(DAYS, date(2024, 1, 1))
NUMBER = "number"
"""The field that is 序号."""


def find_records(shape: FormShape, block: Block) -> Iterator[tuple[str, str]]:
    """Give place and sentence of each mistake."""
    place = block_place(shape, block)
    try:
        cls = table_of(str(block.of))
    except ValueError as error:
        yield f"{place}的“of”", str(error)
        return
    yield from ((place, why) for why in _wholes(cls, block))
    for column in block.column:
        if column.field is None or column.field == NUMBER:
            continue
        where = column_place(shape, block, column)
        try:
            path = resolve(cls, column.field)
        except ValueError as error:
            yield where, str(error)
            continue
        if column.total == "sum" and not path.is_number:
            yield (
                where,
                f'“{column.field}”不是数，不能合计；可以写 total = "count" 数行数，或 "firms" 数户数。',
            )


def _wholes(cls: type[Record], block: Block) -> Iterator[str]:
    if block.day is not None:
        try:
            path = resolve(cls, block.day)
            if path.kind.name != "day":
                yield f"day 写的“{block.day}”（{path.label}）不是日期。"
        except ValueError as error:
            yield f"day 写得不对：{error}"
    if block.each is not None:
        try:
            resolve(cls, block.each)
        except ValueError as error:
            yield f"each 写得不对：{error}"
    for each in block.where:
        try:
            conditions(cls, (each,), _ANY_DAY)
        except ValueError as error:
            yield str(error)
    try:
        orders(cls, block.sort)
    except ValueError as error:
        yield f"sort 写得不对：{error}"
