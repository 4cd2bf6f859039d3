"""Rows of the preview and of the result: one table for each fate, made from the same result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ledger_desk.errors import Problem
from ledger_desk.exchange.comparing_rows import NEW, SKIP
from ledger_desk.exchange.results import FATES, FieldChange, ImportResult, RowFate
from ledger_desk.model import masks
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource
from ledger_desk.ui.tabs import Tab

MARKS = {
    "new": "new",
    "changed": "changed",
    "same": "same",
    "doubtful": "explain",
    "wrong": "must",
    "left_out": "none",
}
WORDS = {**FATES, "left_out": "未装"}

_ROW = GridColumn("row", "行", "number", 64, sortable=True, essential=True)
_NAME = GridColumn("title", "名称", width=180, essential=True)
_WHY = GridColumn("why", "说明", width=400, stretch=True)
_COLUMNS: dict[str, tuple[GridColumn, ...]] = {
    "new": (_ROW, _NAME, GridColumn("why", "要留意的", width=400, stretch=True)),
    "changed": (
        _ROW, _NAME, GridColumn("field", "改哪一项", width=150), GridColumn("old", "账里现在", width=180),
        GridColumn("new", "装入以后", width=180, stretch=True),
    ),
    "same": (_ROW, _NAME, _WHY),
    "doubtful": (_ROW, _NAME, GridColumn("why", "为什么存疑", width=330, stretch=True), GridColumn("decision", "怎么办", width=150)),
    "wrong": (_ROW, _NAME, GridColumn("field", "哪一项", width=130), GridColumn("value", "来表写的", width=130),
              GridColumn("why", "错在哪里，怎么改", width=340, stretch=True)),
    "left_out": (_ROW, GridColumn("title", "这一行写的", width=240, essential=True), GridColumn("why", "为什么不装", width=400, stretch=True)),
}  # fmt: skip


def tabs_of(result: ImportResult) -> list[Tab]:
    """The six tabs, always in the same order, with their counts."""
    return [Tab(fate, WORDS[fate], count, MARKS[fate]) for fate, count in result.counts.items()]


def sum_words(result: ImportResult) -> str:
    """The counts written out: ``113 = 新增 74 + 变更 12 + …``."""
    parts = " + ".join(f"{WORDS[fate]} {count:,}" for fate, count in result.counts.items())
    return f"{len(result.rows):,} 行 = {parts}"


def source_of(
    result: ImportResult,
    fate: str,
    text: str = "",
    decisions: Mapping[int, str] | None = None,
    candidates: Mapping[str, str] | None = None,
) -> ListSource:
    """Make the table of one fate.

    Args:
        result: Of a dry run or of the real one.
        fate: Key of ``FATES``.
        text: Only rows in which this stands.
        decisions: Row number → what was decided about it.
        candidates: Id → name of records that doubtful rows may be.
    """
    said = _problems(result.problems)
    rows: list[GridRow] = []
    for item in result.rows:
        if item.fate != fate:
            continue
        for number, cells in enumerate(
            _cells(item, said.get(item.row, []), decisions or {}, candidates or {})
        ):
            if not text or any(text in _text(cell) for cell in cells):
                rows.append(GridRow(f"{item.row}:{number}", cells))
    return ListSource(_COLUMNS[fate], rows)


def row_of(record: str) -> int:
    """Row number of the file behind a line of a table."""
    return int(record.partition(":")[0] or 0)


def _problems(problems: Sequence[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.row].append(problem)
    return found


def _cells(
    item: RowFate,
    problems: Sequence[Problem],
    decisions: Mapping[int, str],
    candidates: Mapping[str, str],
) -> list[list[CellLike]]:
    head: list[CellLike] = [Cell(f"{item.row:,}", value=item.row), item.title or "（没有名称）"]
    if item.fate == "changed":
        return _changes(item, head)
    if item.fate == "wrong":
        grave = [p for p in problems if p.grade == "must"]
        if not grave:
            return [[*head, "", "", Cell(item.reason, "must")]]
        return [[*head, p.label, p.value, Cell(p.why, "must", note=p.why)] for p in grave]
    if item.fate == "doubtful":
        names = "、".join(
            candidates.get(each, "") for each in item.candidates if candidates.get(each)
        )
        why = (
            item.reason
            if not names or names in item.reason
            else f"{item.reason}账上可能是：{names}。"
        )
        decided = decision_words(decisions.get(item.row), candidates)
        return [
            [
                *head,
                Cell(why, "explain", note=why),
                Cell(decided or "先不装", "changed" if decided else ""),
            ]
        ]
    if item.fate in ("new", "same") and problems:
        grade = "explain" if any(p.grade == "explain" for p in problems) else "hint"
        words = "；".join(p.why.rstrip("。") for p in problems)
        return [[*head, Cell(words, "explain" if grade == "explain" else "hint", note=words)]]
    return [[*head, item.reason]]


def _changes(item: RowFate, head: list[CellLike]) -> list[list[CellLike]]:
    lines: list[list[CellLike]] = []
    for number, change in enumerate(item.changes):
        first = head if number == 0 else [head[0], ""]
        old, new = _shown(change, change.old), _shown(change, change.new)
        lines.append(
            [
                *first,
                change.label,
                Cell(old or "（空）", "old" if old else ""),
                Cell(new or "（空）", "changed"),
            ]
        )
    return lines or [[*head, "", "", item.reason]]


def _shown(change: FieldChange, text: str) -> str:
    if not change.private or not text:
        return text
    return (
        masks.mask_phone(text)
        if "电话" in change.label or "手机" in change.label
        else masks.mask_id(text, "ends")
    )


def decision_words(decision: str | None, candidates: Mapping[str, str]) -> str:
    """Say a decision in words; empty for none."""
    if decision is None:
        return ""
    if decision in (NEW, SKIP):
        return "算新增一户" if decision == NEW else "不装这一行"
    return f"就是“{candidates.get(decision, '账上那户')}”"


def _text(cell: CellLike) -> str:
    return cell.text if isinstance(cell, Cell) else str(cell)
