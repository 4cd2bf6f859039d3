"""Where the mistakes of a draft belong: to a column, to a cell, or to the form as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ledger_desk.exchange.definitions import FormProblem
from ledger_desk.reports.designing.draft import Draft, Nothing, Text

_COLUMN = re.compile(r"第 (\d+) 个 \[\[block\]\]的第 (\d+) 个 \[\[block\.column\]\]")
_BLOCK_COLUMN = re.compile(r"区块“([^”]+)”的 ([A-Z]{1,3}) 列")
_CELL = re.compile(r"单元格 ([A-Z]{1,3}\d+)")
_BRACES = re.compile(r"\{[^{}]*\}")
_NUMBERED_CELL = re.compile(r"第 (\d+) 个 \[\[cell\]\]")
_PLACES = (
    ("“title”", "表名"), ("“sheet”", "工作表"), ("“blank”", "空白表"), ("“due”", "报送时间"),
    ("“mechanism”", "机制"),
)  # fmt: skip


def by_place(draft: Draft, wrong: Iterable[FormProblem]) -> tuple[dict[str, str], list[str]]:
    """Sort mistakes: by ``block:letters`` or ``tab!cell``, and those of no line as sentences."""
    placed: dict[str, str] = {}
    rest: list[str] = []
    for problem in wrong:
        keys = _keys(draft, problem)
        for key in keys:
            placed.setdefault(key, problem.why)
        if not keys:
            rest.append(_sentence(draft, problem))
    return placed, rest


def _keys(draft: Draft, problem: FormProblem) -> list[str]:
    place = problem.place
    found = _COLUMN.search(place)
    if found is not None:
        block = int(found[1]) - 1
        written = [c.at for c in draft.blocks[block].columns if not isinstance(c.choice, Nothing)]
        at = int(found[2]) - 1
        return [f"{block}:{written[at]}"] if at < len(written) else []
    found = _BLOCK_COLUMN.search(place)
    if found is not None:
        return [
            f"{n}:{found[2]}" for n, block in enumerate(draft.blocks)
            if block.rows == found[1] and any(c.at == found[2] for c in block.columns)
        ]  # fmt: skip
    found = _CELL.search(place)
    if found is not None:
        own = [c for c in draft.cells if c.at == found[1]]
        # The place does not name the sheet; a wrong word in braces tells which of several it is.
        word = _BRACES.search(problem.why)
        meant = [c for c in own if word and isinstance(c.choice, Text) and word[0] in c.choice.text]
        return [f"{cell.sheet}!{cell.at}" for cell in meant or own]
    found = _NUMBERED_CELL.search(place)
    if found is not None and int(found[1]) <= len(draft.cells):
        cell = draft.cells[int(found[1]) - 1]
        return [f"{cell.sheet}!{cell.at}"]
    return []


def _sentence(draft: Draft, problem: FormProblem) -> str:
    place = problem.place
    for code, said in _PLACES:
        place = place.replace(code, said)
    for block in draft.blocks:
        place = place.replace(f"区块“{block.rows}”", f"“{block.sheet}”里的表")
    return f"{place}：{problem.why}"
