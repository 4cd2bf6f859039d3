"""``each = "township"`` or ``"bank"``: the form's own sheet is made once for each part of the ledger.

What stands on that sheet is repeated with the part added: numbers are cut to it, lists of records by the
path that the block gives as ``each``, and ``{part}`` in texts is its name. Other sheets stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ledger_desk.exchange.form_parts import PART_KEYS, RECORDS, Block, Check, Fixed

if TYPE_CHECKING:
    from ledger_desk.exchange.form_shape import FormShape

DICTIONARIES: Mapping[str, str] = {"township": "townships", "bank": "banks"}
"""Split → the dictionary whose rows are the parts."""
NAME = "{part}"


def repeated(shape: FormShape, parts: Sequence[tuple[str, str, str]]) -> FormShape:
    """Repeat the own sheet for parts.

    Args:
        shape: A form with ``each``.
        parts: (key of the part, its name, the tab of its sheet), at least one.
    """
    assert shape.each is not None
    cells: list[Fixed] = []
    blocks: list[Block] = []
    checks: list[Check] = []
    for key, name, tab in parts:
        part: dict[str, str] = {shape.each: key}
        cells += [_cell(cell, tab, part, name) for cell in shape.cell if is_own(shape, cell)]
        blocks += [
            block.model_copy(update={"sheet": tab, "part": {**block.part, **part}})
            for block in shape.block if is_own(shape, block)
        ]  # fmt: skip
        checks += [
            check.model_copy(update={"sheet": tab}) for check in shape.check if is_own(shape, check)
        ]
    cells += [cell for cell in shape.cell if not is_own(shape, cell)]
    blocks += [block for block in shape.block if not is_own(shape, block)]
    checks += [check for check in shape.check if not is_own(shape, check)]
    return shape.model_copy(update={
        "each": None, "sheet": parts[0][2], "cell": tuple(cells), "block": tuple(blocks),
        "check": tuple(checks),
    })  # fmt: skip


def sample(shape: FormShape) -> FormShape:
    """The form with one part, on its own tab: what is wrong with it is wrong with each."""
    return shape if shape.each is None else repeated(shape, [("?", "某", shape.sheet)])


def find_each(shape: FormShape, lists: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give place and sentence of what does not go with ``each``.

    Args:
        shape: The form as it is written.
        lists: Row sources whose rows are records.
    """
    if shape.each is None:
        wrong = [block for block in shape.block if block.each is not None]
        if wrong:
            yield "“each”", '区块写了 each，表样也要写 each = "township" 或 "bank"。'
        return
    word = PART_KEYS[shape.each]
    for block in shape.block:
        if not is_own(shape, block):
            continue
        if block.rows == RECORDS and block.each is None:
            yield (
                "“each”",
                f"按{word}分表的记录清单要写 each：记录的哪一项是{word}，例如 {_example(shape.each)}。",
            )
        elif block.rows in lists:
            yield "“each”", f"“{block.rows}”的行不能按{word}分表。"
    if shape.balance is not None and is_own(shape, shape.balance):
        yield "“balance”", f"按{word}分表的工作表不能写 balance。"


def _example(each: str) -> str:
    return 'each = "enterprise.township"' if each == "township" else 'each = "bank"'


def is_own(shape: FormShape, part: object) -> bool:
    """Whether a cell, a block or a check stands on the form's own sheet."""
    return getattr(part, "sheet", None) in (None, shape.sheet)


def _cell(cell: Fixed, tab: str, part: Mapping[str, str], name: str) -> Fixed:
    more: dict[str, object] = {"sheet": tab}
    if cell.text is not None:
        more["text"] = cell.text.replace(NAME, name.replace("{", "{{").replace("}", "}}"))
    elif cell.indicator is not None:
        more["part"] = {**cell.part, **part}
    return cell.model_copy(update=more)
