"""Records reached from a firm: which one of several answers, and under what words.

To let another kind of record answer: one entry in `REACHED`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Application,
    Credit,
    Cultivation,
    Finance,
    Guarantee,
    Loan,
    Premises,
    Rating,
    Referral,
    Renewal,
    TaxYear,
    Tenancy,
    Ticket,
    Visit,
)


@dataclass(frozen=True)
class Reached:
    """One kind of record that belongs to a firm.

    Attributes:
        key: First part of its topics' ids.
        label: Group, as shown: 最近走访.
        cls: Record class; it has the field ``enterprise`` or the one in ``via``.
        subjects: Words by which a heading or a title speaks of it.
        order: Fields by which the newest is told, the first that is filled.
        words: Field → further words that mean it by themselves.
        leave: Fields that are no topics.
        via: (reference, key of another one): how the firm is reached where not directly.
        fits: Which of the records count.
        quiet: Fields of which nothing is an answer too.
    """

    key: str
    label: str
    cls: type[Record]
    subjects: tuple[str, ...]
    order: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    leave: tuple[str, ...] = ()
    via: tuple[str, str] | None = None
    fits: Callable[[Any], bool] = lambda record: True
    quiet: tuple[str, ...] = ()


REACHED: tuple[Reached, ...] = (
    Reached(
        "visit", "最近走访", Visit, ("走访", "摸排", "调研", "入户"), ("day",),
        {
            "first": ("走访人", "走访人员", "走访干部", "包联干部", "摸排人员"),
            "office": ("走访单位", "包联单位"), "day": ("走访日期", "走访时间", "上门时间", "入企时间"),
            "situation": ("经营情况", "经营状况", "生产经营情况", "生产经营状况"),
            "difficulty": ("困难诉求", "存在困难", "困难和诉求", "困难及诉求", "企业诉求", "主要困难", "存在的困难和问题", "企业困难", "经营困难"),
            "has_need": ("是否有融资需求", "是否需要融资", "是否需要贷款", "有无融资需求", "融资需求情况"),
            "amount": ("融资需求金额", "融资需求额", "需求金额", "融资需求", "拟融资金额", "需要贷款金额", "拟贷款金额"),
            "purpose": ("融资用途", "资金用途", "需求用途", "贷款用途"), "months": ("需求期限", "融资期限", "拟贷款期限", "期望期限", "用款期限"),
            "bank1": ("意向银行", "拟合作银行", "意向合作银行", "意向贷款银行", "意向机构", "首选银行", "希望合作银行"),
            "security": ("可提供担保", "可提供的担保", "拟提供担保方式"),
            "borrowed": ("是否有贷款", "有无贷款"), "result": ("走访结果",),
        },
        leave=("planned", "loan", "township", "staff", "revenue", "borrowed_balance", "use_found"),
        fits=lambda visit: visit.kind in (None, "走访", "回访"), quiet=("difficulty", "difficulty_kind"),
    ),
    Reached(
        "application", "最近申报", Application, ("申报", "申请", "推荐"), ("applied_on", "listed_on"),
        {
            "applied_on": ("申报日期", "申请日期", "申报时间"), "amount": ("申报金额", "申请金额", "申请贷款金额", "申请融资金额"),
            "state": ("当前进度", "办理进度", "办理进展", "申报状态", "目前进展", "进展情况"),
            "recommended_on": ("推荐日期", "推荐时间", "列入推荐清单时间"), "listed_on": ("列入申报清单时间",),
        },
        leave=("visit", "township", "again_of", "first_loan", "renewal"),
    ),
    Reached(
        "referral", "最近推送", Referral, ("推送", "推荐"), ("pushed_on",),
        {"bank": ("推送银行", "推荐银行", "承接银行", "受理银行"), "pushed_on": ("推送日期", "推送时间"), "accepted_on": ("受理日期", "银行受理时间"),
         "manager": ("客户经理", "银行客户经理", "对接客户经理")},
        leave=("application", "batch", "township"),
    ),
    Reached(
        "credit", "最近授信", Credit, ("授信", "审批"), ("decided_on",),
        {
            "granted": ("是否授信", "是否获得授信", "授信结果", "是否获批"), "amount": ("授信金额", "授信额度", "批复金额", "获批金额", "审批金额"),
            "decided_on": ("授信日期", "批复日期", "审批时间"), "rate": ("授信利率",),
            "problem": ("未授信原因", "不予授信原因", "未获授信原因", "拒贷原因"), "months": ("授信期限",),
        },
        leave=("matching", "estimated", "reason"), via=("matching", "matching"),
        quiet=("problem", "measure", "mend_by", "department", "repairable", "fed_back_on"),
    ),
    Reached(
        "renewal", "最近续贷", Renewal, ("续贷", "到期"), ("due_on",),
        {
            "bank": ("到期贷款银行",), "due_on": ("到期日期", "到期时间", "贷款到期日", "贷款到期时间"),
            "due_amount": ("到期金额", "到期贷款金额", "到期贷款余额"), "wanted": ("是否续贷", "是否有续贷需求", "续贷意愿", "有无续贷需求"),
            "why_not": ("未续贷原因", "不能续贷原因", "不续贷原因", "无法续贷原因"), "way": ("续贷方式", "续贷结果", "办理结果"),
            "wanted_amount": ("续贷需求金额",), "amount": ("续贷金额", "办理续贷金额"),
        },
        leave=("loan", "township", "new_loan"), quiet=("why_not", "list_why"),
    ),
    Reached(
        "cultivation", "首贷培植", Cultivation, ("培植", "培育"), ("listed_on",),
        {
            "listed_on": ("列入名单日期", "列入名单时间", "入库时间", "纳入名单时间", "纳入培植时间", "列入培植日期", "入库日期"), "bank": ("培植银行", "帮扶银行", "包联银行", "对口银行"),
            "state": ("培植状态", "培植进展", "培植情况"), "obstacle": ("主要障碍", "首贷障碍"),
        },
        leave=("referral", "need"), quiet=("left_why", "left_on"),
    ),
    Reached(
        "ticket", "最近问题", Ticket, ("问题", "诉求", "困难"), ("collected_on",),
        {
            "kind": ("问题类别", "问题类型", "诉求类型"), "problem": ("问题描述", "具体问题", "存在问题", "问题内容", "反映问题", "诉求内容", "诉求描述", "具体诉求"),
            "lead": ("主办单位", "责任单位", "牵头单位", "承办单位"), "due_on": ("办理时限", "办结时限", "完成时限"),
            "outcome": ("办理情况", "办理结果", "解决情况", "处理结果"), "solved_on": ("办结日期", "解决时间"),
        },
        leave=("visit", "township", "contact", "phone"), quiet=("outcome", "solved_on"),
    ),
    Reached(
        "tenancy", "入园", Tenancy, ("园区", "入园", "入驻"), ("since",),
        {"park": ("所在园区", "园区名称", "小微企业园", "所属园区", "园区"), "since": ("入园日期", "入驻时间", "入园时间")},
        fits=lambda tenancy: tenancy.until is None,
    ),
    Reached(
        "tax", "最近纳税", TaxYear, ("纳税", "税务", "税银"), ("year",),
        {"grade": ("纳税信用级别", "纳税信用等级", "纳税等级"), "paid": ("年纳税额", "纳税额", "纳税金额", "上年纳税额", "缴税金额")},
    ),
    Reached(
        "rating", "最近评级", Rating, ("评级", "信用"), ("day",),
        {"grade": ("评定等级", "评级结果", "信用等级", "企业信用等级"), "final": ("最终授信额度", "评定授信额度", "评级授信额度", "评级额度")},
    ),
    Reached(
        "guarantee", "最近担保", Guarantee, ("担保",), ("since",),
        {
            "guarantor": ("担保机构", "担保公司", "担保机构名称"), "amount": ("担保金额", "担保额"), "balance": ("在保余额",),
            "fee": ("担保费率",), "since": ("担保起始日", "担保日期", "放保日期"), "bank": ("合作银行",), "until": ("担保到期日",),
        },
        leave=("loan", "no_loan_before", "small_rural"),
    ),
    Reached(
        "finance", "最近年度财务", Finance, ("财务", "报表"), ("year",),
        {"profit": ("利润总额", "利润"), "net_profit": ("净利润",), "debts": ("负债总额", "负债合计")}, leave=("revenue",),
    ),
    Reached("premises", "经营场所", Premises, ("场所", "厂房", "场地"), ("leased_from",), leave=("place",)),
)  # fmt: skip
LOAN = Reached(
    "loan", "贷款", Loan, ("贷款", "借款", "信贷", "放款", "融资"), ("signed_on",),
    {
        "banks": ("贷款银行", "贷款行", "在贷银行", "放款银行", "借款银行", "主办银行", "合作银行", "融资银行", "贷款机构", "授信合作银行"),
        "balance": ("贷款余额", "在贷余额", "贷款总额", "现有贷款", "融资余额", "用信余额", "未还贷款余额", "贷款总余额", "银行贷款余额"),
        "amount": ("合同金额", "贷款合同金额", "贷款金额", "贷款额度", "获贷金额"),
        "security": ("担保方式", "担保情况", "担保类型", "贷款担保方式", "抵质押方式", "增信方式", "贷款方式", "主要担保方式"),
        "rate": ("年利率", "贷款利率", "执行利率", "利率", "融资成本"), "purpose": ("贷款用途", "借款用途"),
        "signed_on": ("签订日期", "贷款日期", "贷款发放日", "签约日期", "借款日期", "合同签订日期", "合同日期"), "due_on": ("到期日期", "贷款到期日", "还款日期"),
        "product": ("贷款产品", "信贷产品", "产品名称"), "months": ("贷款期限",), "contract": ("合同编号", "借款合同号"),
    },
)  # fmt: skip
"""Loans answer together: all that are not paid back (`lent`)."""
