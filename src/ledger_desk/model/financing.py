"""From cultivation to money: white list, help, matchings, credits, loans.

Sources: 002_d9ce38594906c82c.txt annex (`domain.md` §3.1) and `decisions.md` 18-22.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import vocabulary as words
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import (
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


@dataclass(frozen=True, kw_only=True)
class Cultivation(Record):
    """A firm on the white list, its plan and where it stands (首贷培植)."""

    TABLE: ClassVar[str] = "cultivation"
    LABEL: ClassVar[str] = "首贷培植"
    TITLE: ClassVar[str] = "listed_on"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    listed_on: date | None = declare("列入名单日期", DAY, "列入日期", required=True)
    source: str | None = declare(
        "名单来源", choice(*words.WHITE_LIST_SOURCES, open=True), required=True
    )
    source_office: str | None = declare("推荐单位", TEXT)
    bank: str | None = refer("培植银行", "bank")
    advisor: str | None = declare("顾问团联系人", TEXT)
    state: str | None = declare("培植状态", choice(*words.CULTIVATION_STATES), required=True)
    prior_loan: str | None = declare("首贷核验", choice(*words.PRIOR_LOAN), "是否首贷户")
    checked_on: date | None = declare("征信查询日期", DAY)
    obstacle: str | None = declare("主要障碍", choice(*words.OBSTACLES, open=True))
    plan_finance: str | None = declare("方案：财务管理", NOTE)
    plan_credit: str | None = declare("方案：信贷支持", NOTE)
    plan_settlement: str | None = declare("方案：支付结算", NOTE)
    need: int | None = declare("融资需求(万元)", MONEY, "需求金额")
    left_on: date | None = declare("退出日期", DAY)
    left_why: str | None = declare("退出原因", TEXT)
    referral: str | None = refer("来自未授信的推荐", "referral")
    team: str | None = refer("服务团队", "team")
    product: str | None = refer("首贷产品", "product")


@dataclass(frozen=True, kw_only=True)
class Help(Record):
    """Help given to a firm under cultivation (帮扶记录)."""

    TABLE: ClassVar[str] = "help"
    LABEL: ClassVar[str] = "帮扶记录"
    TITLE: ClassVar[str] = "content"

    cultivation: str | None = refer("首贷培植", "cultivation", required=True)
    day: date | None = declare("帮扶日期", DAY, required=True)
    kind: str | None = declare("帮扶类别", choice(*words.HELP_KINDS, open=True), required=True)
    who: str | None = declare("帮扶人", TEXT)
    content: str | None = declare("帮扶内容", NOTE, required=True)
    result: str | None = declare("帮扶结果", TEXT)


@dataclass(frozen=True, kw_only=True)
class Matching(Record):
    """One contact of a bank and a firm (银企对接): the row of the 工作台帐 (`decisions.md` 19, 22)."""

    TABLE: ClassVar[str] = "matching"
    LABEL: ClassVar[str] = "银企对接"
    TITLE: ClassVar[str] = "day"

    office: str | None = refer("填报单位", "office", required=True)
    enterprise: str | None = refer("对接企业", "enterprise", required=True)
    bank: str | None = refer("对接银行", "bank", required=True)
    cultivation: str | None = refer("首贷培植", "cultivation")
    day: date | None = declare("对接时间", DAY, "对接日期", required=True)
    method: str | None = declare("对接方式", choice(*words.MATCHING_METHODS, open=True))
    manager: str | None = declare("客户经理", TEXT)
    need: int | None = declare("融资需求(万元)", MONEY)
    note: str | None = declare("备注", NOTE)
    referral: str | None = refer("推荐到银行", "referral")
    activity: str | None = refer("对接活动", "activity")
    township: str | None = declare("对接时所在乡镇", DIVISION)


@dataclass(frozen=True, kw_only=True)
class Credit(Record):
    """A bank's decision (授信决定): granted with its amount, or not with the problem."""

    TABLE: ClassVar[str] = "credit"
    LABEL: ClassVar[str] = "授信"
    TITLE: ClassVar[str] = "decided_on"

    matching: str | None = refer("银企对接", "matching", required=True)
    decided_on: date | None = declare("决定日期", DAY, "授信日期", required=True)
    granted: bool | None = declare("是否授信", YES_NO, "对接成效", required=True)
    amount: int | None = declare("授信金额(万元)", MONEY, "授信金额")
    rate: int | None = declare("年利率(%)", RATE)
    months: int | None = declare("授信期限(月)", WHOLE)
    security: str | None = declare("担保情况", choice(*words.SECURITIES, open=True), "担保方式")
    problem: str | None = declare("存在的主要问题", NOTE, "未授信原因")
    estimated: bool | None = declare("日期为推定", YES_NO)
    # What a refusal needs (`domain.md` §5.5): who mends what, by when, and when the task force heard.
    reason: str | None = declare("未授信原因类别", TEXT, "未授信原因代码")
    repairable: bool | None = declare("是否可修复", YES_NO)
    department: str | None = declare("责任部门", TEXT)
    measure: str | None = declare("辅导修复措施", NOTE, "跟进辅导措施")
    mend_by: date | None = declare("修复期限", DAY)
    fed_back_on: date | None = declare("向专班反馈日期", DAY, "反馈日期")
    product: str | None = declare("信贷产品", TEXT)


@dataclass(frozen=True, kw_only=True)
class Loan(Record):
    """A loan contract (贷款): of a matching, or one that the firm already had."""

    TABLE: ClassVar[str] = "loan"
    LABEL: ClassVar[str] = "贷款"
    TITLE: ClassVar[str] = "contract"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    bank: str | None = refer("贷款银行", "bank", required=True)
    matching: str | None = refer("银企对接", "matching")
    contract: str | None = declare("合同编号", TEXT, "贷款账号")
    signed_on: date | None = declare("签订日期", DAY)
    due_on: date | None = declare("到期日期", DAY)
    amount: int | None = declare("合同金额(万元)", MONEY)
    rate: int | None = declare("年利率(%)", RATE)
    security: str | None = declare("担保方式", choice(*words.SECURITIES, open=True))
    purpose: str | None = declare("贷款用途", choice(*words.LOAN_PURPOSES, open=True))
    product: str | None = declare("贷款产品", TEXT)
    note: str | None = declare("备注", NOTE)
    balance: int | None = declare("贷款余额(万元)", MONEY, "余额")
    balance_on: date | None = declare("余额日期", DAY)
    form: str | None = declare("贷款形式", choice(*words.LOAN_FORMS, open=True))
    rhythm: str | None = declare(
        "还款频率", choice(*words.REPAYMENT_RHYTHMS, open=True), "还款方式"
    )
    grade: str | None = declare("五级分类", choice(*words.LOAN_CLASSES, open=True))
    settled_on: date | None = declare("结清日期", DAY)
    renewal_wanted: bool | None = declare("是否需续贷", YES_NO, "续贷需求")
    # Format 4: marks of policy (`seeds/003` 八, `seeds/002` 七(二)) and who stands behind the loan.
    months: int | None = declare("贷款期限(月)", WHOLE, "期限(月)")
    first_marked: bool | None = declare("首贷户标识", YES_NO, "是否首贷")
    relending: bool | None = declare("再贷款支持", YES_NO)
    subsidised: bool | None = declare("财政贴息", YES_NO)
    rewarded: bool | None = declare("奖补支持", YES_NO)
    risk_covered: bool | None = declare("风险补偿", YES_NO)
    guarantor: str | None = refer("担保机构", "guarantor")
    township: str | None = declare("放款时所在乡镇", DIVISION)


@dataclass(frozen=True, kw_only=True)
class Drawdown(Record):
    """Money paid out under a loan (放款), one row each time."""

    TABLE: ClassVar[str] = "drawdown"
    LABEL: ClassVar[str] = "放款"
    TITLE: ClassVar[str] = "day"

    loan: str | None = refer("贷款", "loan", required=True)
    day: date | None = declare("放款日期", DAY, required=True)
    amount: int | None = declare("放款金额(万元)", MONEY, required=True)
    estimated: bool | None = declare("日期为推定", YES_NO)


@dataclass(frozen=True, kw_only=True)
class Repayment(Record):
    """Money paid back under a loan (还款), one row each time."""

    TABLE: ClassVar[str] = "repayment"
    LABEL: ClassVar[str] = "还款"
    TITLE: ClassVar[str] = "day"

    loan: str | None = refer("贷款", "loan", required=True)
    day: date | None = declare("还款日期", DAY, required=True)
    amount: int | None = declare("还款金额(万元)", MONEY, required=True)
