"""Columns of the list of enterprises: any declared field, and the two computed ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from ledger_desk.model import masks, money
from ledger_desk.model.fields import FieldSpec, field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.ui.grid_rows import Cell, CellLike, ColumnKind, GridColumn
from ledger_desk.ui.records.checks import check_code
from ledger_desk.ui.records.dictionaries import divisions, industry_item

# What a county clerk looks at first, as in the mock-up; any other field can be added.
USUAL = ("name", "code", "township", "size", "person", "capital", "complete", "founded", "phone")
COMPUTED = ("size", "complete")
_SHORT = {
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
}
_ESSENTIAL = ("name", "township", "capital", "founded", "complete")
_KINDS: dict[str, ColumnKind] = {"money": "money", "day": "day", "whole": "number", "code": "code"}


_WHY_SIZE = "划型是按行业、从业人数、营业收入、资产总额算出来的，改那几项它就跟着变；要人工定，请在档案里填“划型(人工)”。"
_WHY_COMPLETE = "完整度是算出来的：把缺的必填补上，它就变了。"


def column_of(name: str, locked: str = "") -> GridColumn:
    """Make the column of a field; ``locked`` says why none of its cells can be changed."""
    essential = name in _ESSENTIAL
    if name in COMPUTED:
        kind: ColumnKind = "computed" if name == "size" else "bar"
        why = locked or (_WHY_SIZE if name == "size" else _WHY_COMPLETE)
        return GridColumn(name, _SHORT[name], kind, _WIDTHS[name], essential=essential, locked=why)
    spec = field_map(Enterprise)[name]
    kind = _KINDS.get(spec.kind.name, "text")
    width = _WIDTHS.get(name, 100 if kind in ("day", "number") else 110)
    unit = "万元" if kind == "money" else ""
    return GridColumn(
        name,
        _SHORT.get(name, spec.label),
        kind,
        width,
        essential=essential,
        unit=unit,
        stretch=name == "name",
        editable=not locked,
        locked=locked,
    )


def columns_of(names: Sequence[str], locked: str = "") -> tuple[GridColumn, ...]:
    """Make the columns of several fields."""
    return tuple(column_of(name, locked) for name in names)


Maker = Callable[[Enterprise, Mapping[str, tuple[str, int]]], CellLike]


def cell_makers(names: Sequence[str]) -> list[Maker]:
    """Give, for each column, the function that makes its cell of an enterprise."""
    specs = field_map(Enterprise)
    special: dict[str, Maker] = {"size": _size, "complete": _complete, "code": _code}
    return [special.get(name) or partial(_field, specs[name]) for name in names]


def _field(spec: FieldSpec, firm: Enterprise, computed: Mapping[str, tuple[str, int]]) -> CellLike:
    value = getattr(firm, spec.name)
    if value is None or value == "":
        if spec.required:
            return Cell(state="missing", note=f"“{spec.label}”还没填，按 Enter 打开补上。")
        return Cell(state="unreported") if spec.kind.name == "money" else ""
    return _SHOWN.get(spec.kind.name, _text)(spec, value)


def _text(spec: FieldSpec, value: Any) -> CellLike:
    if spec.private:
        return (
            masks.mask_phone(value)
            if spec.kind.name == "phone"
            else masks.mask_id(str(value), "ends")
        )
    return spec.kind.show(value)


def _money(spec: FieldSpec, value: int) -> CellLike:
    # Two decimals in a list; the exact amount is told when somebody looks at the cell.
    exact = money.exact_wan(value)
    note = f"准确数 {exact} 万元" if len(exact.partition(".")[2]) > 2 else ""
    return Cell(money.show_wan(value), value=value, note=note)


def _whole(spec: FieldSpec, value: int) -> CellLike:
    return Cell(f"{value:,}", value=value)


def _day(spec: FieldSpec, value: date) -> CellLike:
    return value.isoformat()


def _division(spec: FieldSpec, value: str) -> CellLike:
    return divisions().get(value, value)


def _industry(spec: FieldSpec, value: str) -> CellLike:
    return industry_item(value).text


_SHOWN: dict[str, Callable[[FieldSpec, Any], CellLike]] = {
    "money": _money,
    "whole": _whole,
    "day": _day,
    "division": _division,
    "industry": _industry,
}


def _code(firm: Enterprise, computed: Mapping[str, tuple[str, int]]) -> CellLike:
    if not firm.code:
        if firm.regno or firm.internal_no:
            kept = f"旧注册号 {firm.regno}" if firm.regno else f"内部编号 {firm.internal_no}"
            return Cell(
                state="missing", note=f"没有统一社会信用代码，按{kept}记着；领到新执照后补上。"
            )
        return Cell(
            state="missing", note="没有统一社会信用代码，也没有别的号码。按 Enter 打开补上。"
        )
    finding = check_code(firm.code, firm.code_reason or "")
    if finding is None:
        return firm.code
    states: dict[str, Any] = {"must": "must", "explain": "explain"}
    return Cell(firm.code, states.get(finding.kind, "hint"), note=finding.sentence)


def _size(firm: Enterprise, computed: Mapping[str, tuple[str, int]]) -> CellLike:
    grade = computed.get(firm.id, ("", 0))[0]
    if firm.size_set:
        return Cell(firm.size_set, note=f"划型是人工定的。{firm.size_note or ''}")
    if not grade:
        return Cell("未定", "computed", note="划型还算不出：缺行业、从业人数、营业收入或资产总额。")
    return Cell(grade, "computed")


def _complete(firm: Enterprise, computed: Mapping[str, tuple[str, int]]) -> CellLike:
    return computed.get(firm.id, ("", 0))[1]
