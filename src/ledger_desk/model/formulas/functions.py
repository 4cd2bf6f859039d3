"""The functions of the language: both of their names, and how many arguments they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """One function.

    Attributes:
        name: Chinese name, by which the rest of the package knows it.
        english: Its name in Excel.
        least: Fewest arguments.
        most: Most arguments.
        gathers: Takes ranges and whole columns (合计, 最大 …).
        pattern: How it is written, for sentences.
    """

    name: str
    english: str
    least: int
    most: int
    gathers: bool
    pattern: str


_MANY = 100
ALL: tuple[Function, ...] = (
    Function("合计", "SUM", 1, _MANY, True, "合计(C6:C20)"),
    Function("最大", "MAX", 1, _MANY, True, "最大(C6:C20)"),
    Function("最小", "MIN", 1, _MANY, True, "最小(C6:C20)"),
    Function("平均", "AVG", 1, _MANY, True, "平均(C6:C20)"),
    Function("计数", "COUNT", 1, _MANY, True, "计数(C6:C20)"),
    Function("绝对值", "ABS", 1, 1, False, "绝对值(C)"),
    Function("四舍五入", "ROUND", 1, 2, False, "四舍五入(C, 2)"),
    Function("如果", "IF", 2, 3, False, "如果(C > 0, D, E)"),
    Function("空", "ISBLANK", 1, 1, False, "空(C)"),
    Function("上期", "", 1, 1, False, "上期(F)"),
    Function("上年同期", "", 1, 1, False, "上年同期(F)"),
)
EARLIER = ("上期", "上年同期")
BY_NAME: Mapping[str, Function] = {
    name: function for function in ALL for name in (function.name, function.english) if name
} | {"AVERAGE": ALL[3]}

LIST = "、".join(function.name for function in ALL)
# What people bring along from Excel, and what it is called here.
INSTEAD: Mapping[str, str] = {
    "AND": "“A 且 B”",
    "OR": "“A 或 B”",
    "NOT": "“非 A”",
    "POWER": "连乘",
    "COUNTA": "“计数(…)”",
    "IFERROR": "直接写除法，分母为空或 0 时自己就显示“—”",
}
