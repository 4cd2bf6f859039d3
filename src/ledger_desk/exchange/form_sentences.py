"""What pydantic finds wrong in a form's file, as sentences with their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger_desk.exchange.form_shape import (
    Balance,
    Block,
    Check,
    Column,
    Due,
    Empty,
    Fixed,
    FormShape,
    Listed,
    Source,
)
from ledger_desk.exchange.record_paths import instead

_SHAPES: dict[str, type[Any]] = {
    "cell": Fixed, "block": Block, "column": Column, "row": Listed, "check": Check, "balance": Balance,
    "due": Due, "source": Source, "empty": Empty,
}  # fmt: skip
_LISTS = ("cell", "block", "check", "block.column", "block.row")
_TYPES = {
    "string_type": "文字（用引号）", "int_type": "整数", "tuple_type": "列表", "list_type": "列表",
    "model_type": "一节", "model_attributes_type": "一节", "int_from_float": "整数",
    "bool_type": "true 或 false", "mapping_type": "一组“项 = 值”", "dict_type": "一组“项 = 值”",
}  # fmt: skip


def place_of(loc: tuple[Any, ...]) -> str:
    """``("block", 0, "column", 2, "at")`` → 第 1 个 [[block]] 的第 3 个 [[block.column]] 的“at”."""
    parts: list[str] = []
    path = ""
    for step in loc:
        if isinstance(step, int):
            parts.append(f"第 {step + 1} 个 [[{path}]]" if path in _LISTS else f"第 {step + 1} 项")
            continue
        path = f"{path}.{step}" if path else str(step)
        if path not in _LISTS or step == loc[-1]:
            parts.append(f"“{step}”")
    return "的".join(parts) if parts else "整个文件"


def sentence_of(error: Mapping[str, Any]) -> str:
    """Put one finding into a sentence, without its place."""
    kind, loc, given = error["type"], error["loc"], error.get("input")
    if kind == "missing":
        return "这一项没有写，请补上。"
    if kind == "extra_forbidden":
        owner = next((s for s in reversed(loc[:-1]) if isinstance(s, str)), "")
        known = list(_SHAPES.get(owner, FormShape).model_fields)
        return f"不认识这一项{instead(str(loc[-1]), known)}。"
    if kind == "literal_error":
        return f"不能写“{given}”，只能写 {str(error['ctx']['expected']).replace(' or ', '、').replace(', ', '、')}。"
    if kind == "string_pattern_mismatch":
        return f"“{given}”不对，要写成{_wanted(loc)}。"
    if kind in ("greater_than_equal", "less_than_equal"):
        low = error["ctx"].get("ge")
        return f"{given} 不在范围里，要{f'不小于 {low}' if low is not None else '不大于 ' + str(error['ctx']['le'])}。"
    if kind in ("string_too_short", "too_short"):
        return "不能是空的。"
    if kind == "value_error":
        return f"{error['ctx']['error']}。"
    return f"“{given}”的类型不对，要写{_TYPES.get(kind, '另一种值')}。"


def _wanted(loc: tuple[Any, ...]) -> str:
    if loc[-1] == "id":
        return "小写字母、数字和下划线"
    if "sums" in loc:
        return "单元格如 F20，或区域如 F5:F19"
    if loc[-1] == "tolerance":
        return '一个数（用引号），例如 "0.01"'
    return "单元格如 B4" if loc[0] == "cell" else "列号如 B"
