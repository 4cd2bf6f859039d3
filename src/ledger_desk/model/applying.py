"""One financing need on its way: application list, three reviews, recommendation list (申报).

Sources: `seeds/003` 四, 五 and 十一; columns of `domain.md` §5.4. The moves stand in `review`.
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
    MONEY,
    NOTE,
    RATE,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
)
from ledger_desk.model.visiting import FIVE, NEED

LISTED, STATE = "申报信息", "所处环节"


@dataclass(frozen=True, kw_only=True)
class Application(Record):
    """One financing need of a firm; it travels 申报清单 → reviews → 推荐清单 → banks."""

    TABLE: ClassVar[str] = "application"
    LABEL: ClassVar[str] = "融资申报"
    TITLE: ClassVar[str] = "no"

    no: str | None = declare("申报编号", CODE, "编号", identity=True, group=LISTED)
    enterprise: str | None = refer("经营主体", "enterprise", required=True, group=LISTED)
    applied_on: date | None = declare("申报日期", DAY, required=True, group=LISTED)
    source: str | None = declare(
        "申报来源", choice(*work.APPLICATION_SOURCES, open=True), required=True, group=LISTED
    )
    visit: str | None = refer("来自走访", "visit", group=LISTED)
    recommender: str | None = refer("推荐银行", "bank", group=LISTED)
    office: str | None = refer("申报单位", "office", group=LISTED)
    entered_by: str | None = refer("经办人", "person", "填报人", group=LISTED)
    township: str | None = declare("申报时所在乡镇", DIVISION, group=LISTED)
    again_of: str | None = refer("上次申报", "application", group=LISTED)

    amount: int | None = declare(
        "融资需求金额(万元)",
        MONEY,
        "申请金额(万元)",
        "申报金额",
        "需求金额",
        required=True,
        group=NEED,
    )
    months: int | None = declare("期限(月)", WHOLE, "融资期限(月)", group=NEED)
    purpose: str | None = declare(
        "用途", choice(*words.LOAN_PURPOSES, open=True), "贷款用途", required=True, group=NEED
    )
    security: str | None = declare(
        "担保方式", choice(*words.SECURITIES, open=True), "可提供担保", group=NEED
    )
    rate: int | None = declare("可接受年利率(%)", RATE, group=NEED)
    bank1: str | None = refer("意向银行1", "bank", "意向银行", required=True, group=NEED)
    bank2: str | None = refer("意向银行2", "bank", group=NEED)
    first_loan: bool | None = declare("是否首贷", YES_NO, group=NEED)
    renewal: bool | None = declare("是否续贷", YES_NO, group=NEED)

    lawful: str | None = declare("合规持续经营", choice(*work.CRITERION), group=FIVE)
    lawful_why: str | None = declare("合规持续经营依据", TEXT, group=FIVE)
    settled: str | None = declare("固定经营场所", choice(*work.CRITERION), group=FIVE)
    settled_why: str | None = declare("固定经营场所依据", TEXT, group=FIVE)
    genuine: str | None = declare("真实融资需求", choice(*work.CRITERION), group=FIVE)
    genuine_why: str | None = declare("真实融资需求依据", TEXT, group=FIVE)
    creditworthy: str | None = declare("信用状况良好", choice(*work.CRITERION), group=FIVE)
    creditworthy_why: str | None = declare("信用状况良好依据", TEXT, group=FIVE)
    proper: str | None = declare("贷款用途依法合规", choice(*work.CRITERION), group=FIVE)
    proper_why: str | None = declare("贷款用途依法合规依据", TEXT, group=FIVE)

    state: str | None = declare("状态", choice(*work.APPLICATION_STATES), "申报状态", group=STATE)
    state_on: date | None = declare("进入本环节日期", DAY, group=STATE)
    listed_on: date | None = declare("列入申报清单日期", DAY, group=STATE)
    recommended_on: date | None = declare("列入推荐清单日期", DAY, group=STATE)
    batch: str | None = declare("推荐批次号", TEXT, group=STATE)
    outside_bank: str | None = refer("清单外支持银行", "bank", group=STATE)
    left_on: date | None = declare("移出日期", DAY, "撤回日期", group=STATE)
    left_why: str | None = declare(
        "移出原因", choice(*work.REMOVAL_REASONS, open=True), "撤回原因", group=STATE
    )
    note: str | None = declare("备注", NOTE, group=STATE)


@dataclass(frozen=True, kw_only=True)
class Review(Record):
    """One word of one level on one application (审核); approving, returning and rejecting alike."""

    TABLE: ClassVar[str] = "review"
    LABEL: ClassVar[str] = "审核意见"
    TITLE: ClassVar[str] = "level"

    application: str | None = refer("融资申报", "application", required=True)
    level: str | None = declare("审核环节", choice(*work.REVIEW_LEVELS), required=True)
    verdict: str | None = declare("审核结论", choice(*work.REVIEW_VERDICTS), required=True)
    opinion: str | None = declare("审核意见", NOTE)
    reviewer: str | None = refer("审核人", "person", required=True)
    bank: str | None = refer("审核人所属银行", "bank")
    day: date | None = declare("审核日期", DAY, required=True)
    sheet: str | None = declare("签字页编号", CODE)
    frozen: str | None = declare("当时的申报内容", NOTE)
    fingerprint: str | None = declare("内容校验码", CODE)


@dataclass(frozen=True, kw_only=True)
class Check(Record):
    """What a department says of a firm that applies (部门核查), one row an item."""

    TABLE: ClassVar[str] = "dept_check"
    LABEL: ClassVar[str] = "部门核查"
    TITLE: ClassVar[str] = "item"

    application: str | None = refer("融资申报", "application", required=True)
    item: str | None = declare("核查事项", choice(*work.CHECK_ITEMS, open=True), required=True)
    department: str | None = declare("提供部门", TEXT)
    result: str | None = declare("核查结果", choice(*work.CHECK_RESULTS), required=True)
    day: date | None = declare("反馈日期", DAY)
    remark: str | None = declare("说明", NOTE)
