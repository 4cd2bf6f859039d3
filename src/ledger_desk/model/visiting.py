"""Visits: the plan, what each pair of visitors owes, and what was found (走访).

Sources: `seeds/003` 四; `domain.md` §4.8 (the recommended sheet), §4.7 (control fields).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import vocabulary as words
from ledger_desk.model import work_words as work
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import (
    DAY,
    DIVISION,
    MONEY,
    NOTE,
    PHONE,
    RATE,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
)

# Groups of a visit, in the order of the paper sheet.
ABOUT, FOUND, NEED, FIVE, AFTER = "走访信息", "主体情况", "融资需求", "五项标准", "困难与回访"
CRITERIA = (
    "lawful",
    "settled",
    "genuine",
    "creditworthy",
    "proper",
)  # in the order of the document


@dataclass(frozen=True, kw_only=True)
class VisitPlan(Record):
    """Who is visited in a round, from when to when (走访计划)."""

    TABLE: ClassVar[str] = "visit_plan"
    LABEL: ClassVar[str] = "走访计划"

    name: str | None = declare("计划名称", TEXT, required=True, identity=True)
    round: int | None = declare("轮次", WHOLE)
    office: str | None = refer("组织单位", "office")
    scope: str | None = declare("划分方式", choice(*work.PLAN_SCOPES, open=True))
    covers: str | None = declare("范围说明", TEXT)
    starts_on: date | None = declare("开始日期", DAY, required=True)
    due_on: date | None = declare("截止日期", DAY, "完成时限", required=True)
    warn_days: int | None = declare("近期走访提醒(天)", WHOLE)
    state: str | None = declare("计划状态", choice(*work.PLAN_STATES))
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class VisitTask(Record):
    """One firm of a plan, and who is to visit it (走访任务); done once a visit of the plan exists."""

    TABLE: ClassVar[str] = "visit_task"
    LABEL: ClassVar[str] = "走访任务"
    TITLE: ClassVar[str] = "due_on"

    plan: str | None = refer("走访计划", "visit_plan", required=True)
    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    first: str | None = refer("走访人1", "person")
    second: str | None = refer("走访人2", "person")
    bank: str | None = refer("协同银行", "bank")
    township: str | None = declare("乡镇(街道)", DIVISION)
    due_on: date | None = declare("应走访日期", DAY)
    done_on: date | None = declare("完成日期", DAY)
    dropped: str | None = declare("剔除原因", choice(*work.DROP_REASONS, open=True))
    dropped_on: date | None = declare("剔除日期", DAY)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Visit(Record):
    """One visit, call, consultation at the window, or check of use after the loan (走访)."""

    TABLE: ClassVar[str] = "visit"
    LABEL: ClassVar[str] = "走访"
    TITLE: ClassVar[str] = "day"

    enterprise: str | None = refer("经营主体", "enterprise", required=True, group=ABOUT)
    day: date | None = declare("走访日期", DAY, "走访时间", "调查日期", required=True, group=ABOUT)
    kind: str | None = declare(
        "走访类别", choice(*work.VISIT_KINDS, open=True), required=True, group=ABOUT
    )
    method: str | None = declare(
        "走访方式", choice(*work.VISIT_METHODS, open=True), required=True, group=ABOUT
    )
    planned: str | None = refer("走访任务", "visit_task", group=ABOUT)
    office: str | None = refer("走访单位", "office", group=ABOUT)
    first: str | None = refer("走访人1", "person", "走访人", "走访人员", "第一走访人", group=ABOUT)
    second: str | None = refer("走访人2", "person", "第二走访人", group=ABOUT)
    bank: str | None = refer("协同银行", "bank", "陪同银行", group=ABOUT)
    manager: str | None = declare("客户经理", TEXT, "陪访人", group=ABOUT)
    township: str | None = declare("走访时所在乡镇", DIVISION, group=ABOUT)
    place: str | None = declare("走访地点", TEXT, "走访地址", group=ABOUT)
    met: str | None = declare("面见人", TEXT, "被走访交流对象姓名", "走访面见人", group=ABOUT)
    met_role: str | None = declare(
        "面见人身份", choice(*work.MET_ROLES, open=True), "与目标客户关系", group=ABOUT
    )
    met_phone: str | None = declare("面见人电话", PHONE, private=True, group=ABOUT)
    met_owner: bool | None = declare("是否见到经营者", YES_NO, group=ABOUT)
    result: str | None = declare(
        "走访结果", choice(*work.VISIT_RESULTS, open=True), required=True, group=ABOUT
    )

    situation: str | None = declare("经营情况", NOTE, "客户基本情况补充描述", group=FOUND)
    staff: int | None = declare("从业人数", WHOLE, group=FOUND)
    revenue: int | None = declare("上年营业收入(万元)", MONEY, group=FOUND)
    revenue_expected: int | None = declare("本年预计收入(万元)", MONEY, "预计年收入", group=FOUND)
    borrowed: bool | None = declare("是否有贷款", YES_NO, group=FOUND)
    borrowed_balance: int | None = declare("贷款余额(万元)", MONEY, group=FOUND)
    renewal_wanted: bool | None = declare("是否需续贷", YES_NO, group=FOUND)

    has_need: bool | None = declare("是否有融资需求", YES_NO, "有无融资需求", group=NEED)
    amount: int | None = declare(
        "需求金额(万元)", MONEY, "融资需求金额", "融资需求(万元)", group=NEED
    )
    purpose: str | None = declare("用途", choice(*words.LOAN_PURPOSES, open=True), group=NEED)
    months: int | None = declare("期限(月)", WHOLE, group=NEED)
    rate: int | None = declare("可接受年利率(%)", RATE, group=NEED)
    security: str | None = declare(
        "可提供担保", choice(*words.SECURITIES, open=True), "担保方式", group=NEED
    )
    wanted_on: date | None = declare("期望用款日期", DAY, group=NEED)
    bank1: str | None = refer("意向银行1", "bank", "意向银行", group=NEED)
    bank2: str | None = refer("意向银行2", "bank", group=NEED)

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

    difficulty_kind: str | None = declare(
        "困难类别", choice(*work.TICKET_KINDS, open=True), "问题类别", group=AFTER
    )
    difficulty: str | None = declare("困难诉求", NOTE, "问题描述", group=AFTER)
    loan: str | None = refer("核查的贷款", "loan", group=AFTER)
    use_found: str | None = declare(
        "贷款用途核查", choice(*work.USE_FINDINGS, open=True), group=AFTER
    )
    next_on: date | None = declare("下次回访日期", DAY, "回访日期", group=AFTER)
    note: str | None = declare("备注", NOTE, group=AFTER)
