"""Columns of the list of enterprises: any declared field, and those that are computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from ledger_desk.model.records import Enterprise
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn
from ledger_desk.ui.lists.fields import ShownField, cell, record_column, shown_field
from ledger_desk.ui.records.checks import Finding, check_code

# What a county clerk looks at first, as in the mock-up; any other field can be added.
USUAL = ("name", "code", "township", "size", "person", "capital", "complete", "founded", "phone")
SHORT = {  # headings where the label is too long for a list
    "name": "经营主体名称",
    "township": "乡镇",
    "village": "村",
    "size": "划型",
    "person": "经营者",
    "complete": "完整度",
    "revenue": "上年收入(万元)",
}
_WIDTHS = {
    "name": 198,
    "code": 170,
    "township": 88,
    "size": 76,
    "person": 70,
    "complete": 82,
    "phone": 116,
    "place": 220,
    "tags": 190,
}
_ESSENTIAL = ("name", "township", "capital", "founded", "complete")
_WHY = {
    "size": "划型是按行业、从业人数、营业收入、资产总额算出来的，改那几项它就跟着变；要人工定，请在档案里填“划型(人工)”。",
    "complete": "完整度是算出来的：把缺的必填补上，它就变了。",
    "tags": "标签一户可以有好几个，请按 Enter 打开档案，在“标签”里加减。",
}


def column_of(name: str, locked: str = "") -> GridColumn:
    """Make the column of a field; ``locked`` says why none of its cells can be changed."""
    shown = shown_field(Enterprise, name)
    made = record_column(
        shown, locked=locked, width=_WIDTHS.get(name, 0), essential=name in _ESSENTIAL, stretch=name == "name"
    )  # fmt: skip
    made = replace(made, title=SHORT.get(name, made.title))
    if name == "complete":
        made = replace(made, kind="bar", numeric=None)
    return replace(made, locked=locked or _WHY.get(name, made.locked))


def columns_of(names: Sequence[str], locked: str = "") -> tuple[GridColumn, ...]:
    """Make the columns of several fields."""
    return tuple(column_of(name, locked) for name in names)


Maker = Callable[[Enterprise, Mapping[str, Mapping[str, Any]]], CellLike]
"""Makes a cell of an enterprise and of what is computed: id → name → value (`Rows.beside`)."""


def cell_makers(names: Sequence[str]) -> list[Maker]:
    """Give, for each column, the function that makes its cell of an enterprise."""
    special: dict[str, Maker] = {"size": _size, "complete": _complete, "code": _code}
    return [special.get(name) or partial(_field, shown_field(Enterprise, name)) for name in names]


def _field(
    shown: ShownField, firm: Enterprise, computed: Mapping[str, Mapping[str, Any]]
) -> CellLike:
    if shown.computed:
        return cell(shown, computed.get(firm.id, {}).get(shown.name))
    return cell(shown, getattr(firm, shown.name))


def _code(firm: Enterprise, computed: Mapping[str, Mapping[str, Any]]) -> CellLike:
    if not firm.code:
        if firm.regno or firm.internal_no:
            kept = f"旧注册号 {firm.regno}" if firm.regno else f"内部编号 {firm.internal_no}"
            return Cell(
                state="missing", note=f"没有统一社会信用代码，按{kept}记着；领到新执照后补上。"
            )
        return Cell(
            state="missing", note="没有统一社会信用代码，也没有别的号码。按 Enter 打开补上。"
        )
    finding = _judged(firm.code, firm.code_reason or "")
    if finding is None:
        return firm.code
    states: dict[str, Any] = {"must": "must", "explain": "explain"}
    return Cell(firm.code, states.get(finding.kind, "hint"), note=finding.sentence)


@lru_cache(maxsize=4_096)
def _judged(code: str, reason: str) -> Finding | None:
    """What there is to say of a code; the same rows are shown in one order after another."""
    return check_code(code, reason)


def _size(firm: Enterprise, computed: Mapping[str, Mapping[str, Any]]) -> CellLike:
    grade = computed.get(firm.id, {}).get("size") or ""
    if firm.size_set:
        return Cell(firm.size_set, note=f"划型是人工定的。{firm.size_note or ''}")
    if not grade:
        return Cell("未定", "computed", note="划型还算不出：缺行业、从业人数、营业收入或资产总额。")
    return Cell(grade, "computed")


def _complete(firm: Enterprise, computed: Mapping[str, Mapping[str, Any]]) -> CellLike:
    return int(computed.get(firm.id, {}).get("complete") or 0)
