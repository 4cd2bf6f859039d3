"""What an office keeps beside firms: reported numbers, its calendar, its settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import (
    CODE,
    DAY,
    DIVISION,
    FIGURE,
    NOTE,
    TEXT,
    YES_NO,
)


@dataclass(frozen=True, kw_only=True)
class Figure(Record):
    """A number that an office or bank reports and no firm stands behind (填报数, `decisions.md` 13)."""

    TABLE: ClassVar[str] = "figure"
    LABEL: ClassVar[str] = "填报数"
    TITLE: ClassVar[str] = "indicator"

    indicator: str | None = declare("指标", TEXT, required=True)
    day: date | None = declare("截止日期", DAY, required=True)
    office: str | None = refer("填报单位", "office")
    bank: str | None = refer("银行", "bank")
    division: str | None = declare("乡镇(街道)", DIVISION)
    value: int | None = declare("数值", FIGURE, required=True)
    source: str | None = declare("数据来源", TEXT, required=True)
    reporter: str | None = declare("提供人", TEXT)


@dataclass(frozen=True, kw_only=True)
class CalendarDay(Record):
    """A day that is off, or worked, against the usual week (调休); added by the office for new years."""

    TABLE: ClassVar[str] = "calendar_day"
    LABEL: ClassVar[str] = "节假日"

    day: date | None = declare("日期", DAY, required=True, identity=True)
    name: str | None = declare("名称", TEXT)
    off: bool | None = declare("放假", YES_NO, required=True)


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """An entry that the office adds to a dictionary (词条): a tag, a reason, a bank type, a village."""

    TABLE: ClassVar[str] = "term"
    LABEL: ClassVar[str] = "词条"
    TITLE: ClassVar[str] = "value"

    dictionary: str | None = declare("词典", TEXT, required=True)
    value: str | None = declare("词条", TEXT, "名称", required=True)
    code: str | None = declare("代码", CODE)
    parent: str | None = declare("上级代码", CODE)
    hint: str | None = declare("说明", TEXT)
    source: str | None = declare("出处", TEXT, "来源")
    off: bool | None = declare("停用", YES_NO)


@dataclass(frozen=True, kw_only=True)
class Setting(Record):
    """A setting of the office (`decisions.md` 12): remembered columns, form details, definitions."""

    TABLE: ClassVar[str] = "setting"
    LABEL: ClassVar[str] = "设置"

    name: str | None = declare("名称", TEXT, required=True, identity=True)
    value: str | None = declare("内容", NOTE)
