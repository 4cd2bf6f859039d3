"""Difficulties and what is wrong: tickets, rectification, inspections, complaints (问题台账).

Sources: `seeds/003` 七, 十三 and 十四; `seeds/004` 一(一), 一(五), 二(一)–(三), 三(二); `seeds/001`
二(十); 13710 as in `domain.md` §5.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import work_words as work
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import (
    CODE,
    DAY,
    DIVISION,
    MONEY,
    NOTE,
    PHONE,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
)


@dataclass(frozen=True, kw_only=True)
class Ticket(Record):
    """A difficulty handed to a department, on the 13710 clock (批分单)."""

    TABLE: ClassVar[str] = "ticket"
    LABEL: ClassVar[str] = "批分单"
    TITLE: ClassVar[str] = "no"

    no: str | None = declare("编号", CODE, "批分单编号", identity=True)
    source: str | None = declare("来源", choice(*work.TICKET_SOURCES, open=True), required=True)
    enterprise: str | None = refer("经营主体", "enterprise")
    bank: str | None = refer("反映银行", "bank")
    visit: str | None = refer("来自走访", "visit")
    township: str | None = declare("所在乡镇", DIVISION)
    contact: str | None = declare("联系人", TEXT)
    phone: str | None = declare("联系电话", PHONE, private=True)
    collected_on: date | None = declare("收集日期", DAY, required=True)
    collector: str | None = refer("收集人", "person")
    kind: str | None = declare("问题类别", choice(*work.TICKET_KINDS, open=True), required=True)
    problem: str | None = declare("问题描述", NOTE, required=True)
    appeal: str | None = declare("企业诉求", NOTE)
    weight: str | None = declare("轻重", choice(*work.TICKET_WEIGHTS))
    proposal: str | None = declare("专班拟办意见", NOTE)
    judged_on: date | None = declare("研判日期", DAY)
    instruction: str | None = declare("组长批示", NOTE)
    lead: str | None = declare("主办单位", TEXT)
    assist: str | None = declare("协办单位", TEXT)
    handed_on: date | None = declare("交办日期", DAY)
    due_on: date | None = declare("办理时限", DAY)
    fed_back_on: date | None = declare("首次反馈日期", DAY)
    lenient: bool | None = declare("容缺受理", YES_NO)
    promised: bool | None = declare("信用承诺", YES_NO)
    parallel: bool | None = declare("并联审批", YES_NO)
    green: bool | None = declare("绿色通道", YES_NO)
    escalated_on: date | None = declare("上报日期", DAY)
    escalated_to: str | None = declare("上报单位", TEXT)
    extended_to: date | None = declare("延期至", DAY)
    extended_why: str | None = declare("延期原因", TEXT)
    solved_on: date | None = declare("办结日期", DAY)
    outcome: str | None = declare("办理情况", NOTE)
    answered_on: date | None = declare("答复企业日期", DAY)
    satisfied: str | None = declare("结果满意度", choice(*work.SATISFACTIONS))
    satisfied_way: str | None = declare("过程满意度", choice(*work.SATISFACTIONS))
    closed_on: date | None = declare("销号日期", DAY)
    closer: str | None = refer("销号人", "person")
    state: str | None = declare("状态", choice(*work.TICKET_STATES))
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class TicketAction(Record):
    """One thing done about a ticket (办理记录)."""

    TABLE: ClassVar[str] = "ticket_action"
    LABEL: ClassVar[str] = "办理记录"
    TITLE: ClassVar[str] = "stage"

    ticket: str | None = refer("批分单", "ticket", required=True)
    day: date | None = declare("日期", DAY, required=True)
    stage: str | None = declare("环节", choice(*work.TICKET_STAGES, open=True), required=True)
    unit: str | None = declare("办理单位", TEXT)
    who: str | None = refer("经办人", "person")
    content: str | None = declare("内容", NOTE)


@dataclass(frozen=True, kw_only=True)
class Inspection(Record):
    """An open or covert inspection, or a walk through the procedure at a bank (明察暗访、走流程)."""

    TABLE: ClassVar[str] = "inspection"
    LABEL: ClassVar[str] = "明察暗访"
    TITLE: ClassVar[str] = "day"

    kind: str | None = declare("检查方式", choice(*work.INSPECTION_KINDS, open=True), required=True)
    day: date | None = declare("检查日期", DAY, required=True)
    bank: str | None = refer("被查银行", "bank")
    branch: str | None = declare("网点", TEXT)
    who: str | None = declare("检查人", TEXT)
    business: str | None = declare("业务事项", TEXT)
    steps: int | None = declare("办理环节数(个)", WHOLE)
    papers: int | None = declare("申请材料份数(份)", WHOLE)
    days: int | None = declare("办理时间(工作日)", WHOLE)
    online: bool | None = declare("能否线上办理", YES_NO)
    promise_shown: bool | None = declare("是否公示限时办结承诺", YES_NO)
    told_once: bool | None = declare("是否一次告知", YES_NO)
    finding: str | None = declare("发现的问题", NOTE)
    advice: str | None = declare("整改建议", NOTE)


@dataclass(frozen=True, kw_only=True)
class Rectification(Record):
    """A fault to be mended by a day (问题整改)."""

    TABLE: ClassVar[str] = "rectification"
    LABEL: ClassVar[str] = "问题整改"
    TITLE: ClassVar[str] = "problem"

    no: str | None = declare("编号", CODE, identity=True)
    source: str | None = declare(
        "问题来源", choice(*work.RECTIFICATION_SOURCES, open=True), required=True
    )
    inspection: str | None = refer("来自检查", "inspection")
    bank: str | None = refer("责任银行", "bank")
    unit: str | None = declare("责任单位", TEXT)
    person: str | None = declare("责任人", TEXT)
    found_on: date | None = declare("发现日期", DAY, required=True)
    problem: str | None = declare("问题描述", NOTE, required=True)
    cause: str | None = declare("问题根源", NOTE)
    goal: str | None = declare("整改目标", NOTE)
    measure: str | None = declare("整改措施", NOTE)
    due_on: date | None = declare("整改时限", DAY, required=True)
    order_no: str | None = declare("交办函编号", CODE)
    ordered_on: date | None = declare("交办函日期", DAY)
    watched_on: date | None = declare("督办日期", DAY)
    progress: str | None = declare("整改进展", NOTE)
    done_on: date | None = declare("整改完成日期", DAY)
    proof: str | None = declare("佐证材料", NOTE)
    checked_on: date | None = declare("复核日期", DAY)
    checked_by: str | None = declare("复核人", TEXT)
    talked_on: date | None = declare("约谈日期", DAY)
    held_to_account: str | None = declare("问责情况", NOTE)
    state: str | None = declare("状态", choice(*work.RECTIFICATION_STATES))


@dataclass(frozen=True, kw_only=True)
class Complaint(Record):
    """A complaint about fees or tied sales of a bank (收费投诉)."""

    TABLE: ClassVar[str] = "complaint"
    LABEL: ClassVar[str] = "收费投诉"
    TITLE: ClassVar[str] = "received_on"

    received_on: date | None = declare("收到日期", DAY, required=True)
    bank: str | None = refer("被投诉银行", "bank", required=True)
    enterprise: str | None = refer("投诉企业", "enterprise")
    channel: str | None = declare("投诉渠道", TEXT)
    kind: str | None = declare("投诉类别", choice(*work.COMPLAINT_KINDS, open=True), required=True)
    amount: int | None = declare("涉及费用(万元)", MONEY)
    content: str | None = declare("投诉内容", NOTE, required=True)
    result: str | None = declare("核查结论", choice(*work.COMPLAINT_RESULTS))
    handled_on: date | None = declare("办结日期", DAY)
    measure: str | None = declare("处理措施", NOTE)
    refunded: int | None = declare("退还金额(万元)", MONEY)


@dataclass(frozen=True, kw_only=True)
class Intermediary(Record):
    """A loan broker that behaves irregularly (异常中介)."""

    TABLE: ClassVar[str] = "intermediary"
    LABEL: ClassVar[str] = "异常中介"

    name: str | None = declare("中介名称", TEXT, "机构名称", required=True, identity=True)
    code: str | None = declare("统一社会信用代码", CODE)
    person: str | None = declare("负责人", TEXT)
    phone: str | None = declare("联系电话", PHONE)
    place: str | None = declare("经营地址", TEXT)
    deeds: str | None = declare(
        "异常行为", choice(*work.INTERMEDIARY_DEEDS, open=True), required=True
    )
    facts: str | None = declare("事实描述", NOTE)
    found_on: date | None = declare("发现日期", DAY, required=True)
    source: str | None = declare("线索来源", TEXT)
    handed_to: str | None = declare("移交单位", TEXT)
    handed_on: date | None = declare("移交日期", DAY)
    state: str | None = declare("状态", choice(*work.INTERMEDIARY_STATES, open=True))
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class DutyCase(Record):
    """A case in which somebody who did their duty is freed of blame (尽职免责案例)."""

    TABLE: ClassVar[str] = "duty_case"
    LABEL: ClassVar[str] = "尽职免责案例"
    TITLE: ClassVar[str] = "person"

    day: date | None = declare("认定日期", DAY, required=True)
    bank: str | None = refer("银行", "bank")
    unit: str | None = declare("单位", TEXT)
    person: str | None = declare("当事人", TEXT, required=True)
    enterprise: str | None = refer("涉及企业", "enterprise")
    amount: int | None = declare("涉及金额(万元)", MONEY)
    facts: str | None = declare("基本情况", NOTE, required=True)
    exempt: bool | None = declare("是否免责", YES_NO, required=True)
    basis: str | None = declare("认定依据", NOTE)
    note: str | None = declare("备注", NOTE)
