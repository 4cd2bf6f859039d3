"""Talks, meetings, reports and what is owed (活动信息、任务指标).

Sources: `seeds/002` 六(三)(四) and 八(二); `seeds/004` 一(七), 二(一)(二), 三(二)(三); quotas of
`seeds/002` 六 and `decisions.md` 24.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import vocabulary as words
from ledger_desk.model import work_words as work
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import (
    CODE,
    DAY,
    DIVISION,
    FIGURE,
    MONEY,
    NOTE,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
)


@dataclass(frozen=True, kw_only=True)
class Activity(Record):
    """A talk, a help activity, a meeting, a reception day, a case, a report (活动信息)."""

    TABLE: ClassVar[str] = "activity"
    LABEL: ClassVar[str] = "活动信息"
    TITLE: ClassVar[str] = "name"

    name: str | None = declare("名称(标题)", TEXT, "活动名称", "标题", required=True)
    kind: str | None = declare("类别", choice(*work.ACTIVITY_KINDS, open=True), required=True)
    day: date | None = declare("日期", DAY, "活动日期", required=True)
    office: str | None = refer("填报单位", "office", required=True)
    bank: str | None = refer("银行", "bank")
    township: str | None = declare("乡镇(街道)", DIVISION)
    place: str | None = declare("地点", TEXT)
    host: str | None = declare("主持人(接待人)", TEXT)
    firms: int | None = declare("参加企业数(户)", WHOLE)
    people: int | None = declare("参加人数(人)", WHOLE)
    signed: int | None = declare("签约户数(户)", WHOLE)
    signed_amount: int | None = declare("签约金额(万元)", MONEY)
    channel: str | None = declare("方式(渠道)", TEXT)
    content: str | None = declare("内容(成效)", NOTE)
    indicator: str | None = declare("佐证的指标", TEXT)
    period: str | None = declare("佐证的期别", TEXT)
    due_on: date | None = declare("报送时限", DAY)
    sent_on: date | None = declare("报送日期", DAY)
    sent_to: str | None = declare("报送单位", TEXT)
    used: bool | None = declare("是否被采用", YES_NO)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Attendance(Record):
    """A firm at an activity (参加企业): what it asked, what came of it."""

    TABLE: ClassVar[str] = "attendance"
    LABEL: ClassVar[str] = "参加企业"
    TITLE: ClassVar[str] = "asked"

    activity: str | None = refer("活动", "activity", required=True)
    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    asked: str | None = declare("诉求", NOTE)
    answer: str | None = declare("答复(成效)", NOTE)
    amount: int | None = declare("签约金额(万元)", MONEY)


@dataclass(frozen=True, kw_only=True)
class Target(Record):
    """What an office, bank or group of banks owes in a span of days (任务指标, `decisions.md` 24)."""

    TABLE: ClassVar[str] = "target"
    LABEL: ClassVar[str] = "任务指标"
    TITLE: ClassVar[str] = "indicator"

    indicator: str | None = declare(
        "指标", choice(*work.TARGET_INDICATORS, open=True), required=True
    )
    office: str | None = refer("承担单位", "office")
    bank: str | None = refer("承担银行", "bank")
    bank_type: str | None = declare("承担银行类型", choice(*words.BANK_TYPES, open=True))
    township: str | None = declare("承担乡镇", DIVISION)
    scope: str | None = declare("计算方式", choice(*work.TARGET_SCOPES))
    since: date | None = declare("起始日期", DAY, required=True)
    until: date | None = declare("截止日期", DAY, required=True)
    value: int | None = declare("任务数", FIGURE, required=True)
    unit: str | None = declare("单位", choice(*words.FIGURE_UNITS, open=True))
    reading: str | None = declare("口径说明", NOTE)
    clause: str | None = declare("文件条款", CODE)
