"""Urgent tables (上午发、下午要) as different senders would write them: headings and what they mean.

The headings were written down before the matcher's synonyms were looked at, and are not to be
bent to it: a heading that it does not know stays here and lowers the printed share. All made up.

A column is ``(heading, meaning)`` or ``((group, heading), meaning)`` under a group of two rows.
A meaning is a key of the test's own plain table of answers (`urgent_facts.py`), ``"#"`` for 序号, or
None for what a ledger cannot know: such a column is right only when it is left alone.
``given`` are the meanings that the sender has filled in; a table without them is empty below its header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Heading = str | tuple[str, str]


@dataclass(frozen=True)
class Urgent:
    """One made-up table.

    Attributes:
        name: File name without its ending.
        title: First row; '' for none.
        columns: Headings with their meanings, left to right.
        given: Meanings that stand in the rows already: whom the table asks about.
        rows: ``firms``, ``townships`` or ``banks``.
        above: Rows between title and header, such as the unit line.
        below: Rows under the table, such as notes and signatures.
        room: Empty rows under the header where nothing is given.
        kind: Ending of the file.
        unit: Unit of amounts of which the heading says nothing: 万元 or 元.
    """

    name: str
    title: str
    columns: Sequence[tuple[Heading, str | None]]
    given: Sequence[str] = ()
    rows: str = "firms"
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    room: int = 4
    kind: str = "xlsx"
    unit: str = "万元"


TABLES: tuple[Urgent, ...] = (
    Urgent(
        "关于报送重点小微企业融资情况的紧急通知附件",
        "全县重点小微企业融资情况统计表",
        [("序号", "#"), ("企业全称", "name"), ("信用代码（18位）", "code"), ("法人", "person"),
         ("手机号", "phone"), ("所在乡镇", "township"), ("目前贷款余额", "loan.balance"),
         ("贷款行", "loan.banks"), ("担保情况", "loan.security")],
        given=("name", "code"), above=("填报单位：　　　　　　　　　　单位：万元",),
    ),
    Urgent(
        "企业融资需求摸排表（急）", "企业融资需求摸排表",
        [("序号", "#"), ("单位名称", "name"), ("乡（镇、街道）", "township"), ("行政村", "village"),
         ("是否有资金需求", "visit.has_need"), ("资金需求（万元）", "visit.amount"),
         ("资金用途", "visit.purpose"), ("需求期限（月）", "visit.months"), ("拟合作银行", "visit.bank1")],
        given=("name",), below=("注：请于今日17时前报送，逾期通报。",),
    ),
    Urgent(
        "走访情况日调度", "“千企万户大走访”情况日调度表",
        [("序号", "#"), ("市场主体名称", "name"), ("统一社会信用代码", "code"), ("最近一次走访时间", "visit.day"),
         ("走访人员", "visit.first"), ("企业经营状况", "visit.situation"), ("存在困难及诉求", "visit.difficulty"),
         ("经营地址", "place")],
        given=("name", "code"),
    ),
    Urgent(
        "附件2-授信台账", "小微企业融资协调机制授信情况台账",
        [("编号", "#"), ("企业名称", "name"), (("授信情况", "授信银行"), "credit.bank"),
         (("授信情况", "授信额度（万元）"), "credit.amount"), (("授信情况", "授信时间"), "credit.decided_on"),
         (("授信情况", "利率（%）"), "credit.rate"), (("贷款情况", "贷款余额（万元）"), "loan.balance"),
         (("贷款情况", "到期日"), "loan.due_on"), (("贷款情况", "担保方式"), "loan.security")],
        given=("name",),
    ),
    Urgent(
        "企业名录核对", "辖内小微企业名录核对表",
        [("序号", "#"), ("公司名称", "name"), ("社会信用代码", "code"), ("法定代表人姓名", "person"),
         ("法人身份证号码", "person_id"), ("注册资本（元）", "capital"), ("成立时间", "founded"),
         ("所属行业", "industry_name"), ("企业规模", "size"), ("从业人员数", "staff")],
        unit="元", room=3,
    ),
    Urgent(
        "人行调查表", "民营小微企业融资抽样调查",
        [("No.", "#"), ("样本企业", "name"), ("组织机构/信用代码", "code"), ("上年度营业收入", "revenue"),
         ("资产总额", "assets"), ("职工人数（人）", "staff"), ("在几家银行有贷款", "lenders"),
         ("是否首贷户", "prior"), ("主营产品或业务", "main_business")],
        given=("name",), above=("金额单位：万元",), unit="万元",
    ),
    Urgent(
        "乡镇走访进度表", "各乡镇走访对接进度表",
        [("乡镇", "township"), ("应走访户数", "i:target_firms"), ("已走访户数", "i:visited_firms"),
         ("有需求企业数", "i:needing_firms"), ("需求金额（万元）", "i:needed_amount"),
         ("推荐户数", "i:recommended_firms")],
        given=("township",), rows="townships", below=("填表人：　　　　审核人：",),
    ),
    Urgent(
        "银行对接成效", "各银行融资对接成效统计（单位：户、万元）",
        [("序号", "#"), ("银行机构", "bank"), ("授信户数", "i:granted_firms"), ("授信金额", "i:granted_amount"),
         ("放款户数", "i:drawn_firms"), ("放款金额", "i:drawn_amount")],
        given=("bank",), rows="banks",
    ),
    Urgent(
        "申报清单进展", "申报清单企业办理进展情况",
        [("序号", "#"), ("经营主体", "name"), ("申报时间", "application.applied_on"),
         ("申请金额（万元）", "application.amount"), ("当前进度", "application.state"),
         ("意向合作银行", "application.bank1"), ("推荐时间", "application.recommended_on"),
         ("联系方式", "phone")],
        given=("name",),
    ),
    Urgent(
        "法人联系表", "企业负责人通讯录",
        [("序号", "#"), ("企业（个体户）名称", "name"), ("负责人", "person"), ("负责人手机", "owner.phone"),
         ("联络员姓名", "liaison"), ("联络员电话", "liaison_phone"), ("详细地址", "place"), ("备注", None)],
        room=5,
    ),
    Urgent(
        "到期贷款续贷排查", "2024年末到期贷款续贷意向排查表",
        [("序号", "#"), ("借款企业", "name"), ("贷款银行", "renewal.bank"), ("到期时间", "renewal.due_on"),
         ("到期贷款金额（万元）", "renewal.due_amount"), ("有无续贷意愿", "renewal.wanted"),
         ("不能续贷的原因", "renewal.why_not")],
        given=("name",),
    ),
    Urgent(
        "发改委调度", "小微企业融资问题诉求收集表",
        [("序号", "#"), ("诉求主体", "name"), ("所属乡镇（街道）", "township"), ("问题类型", "ticket.kind"),
         ("具体问题", "ticket.problem"), ("责任单位", "ticket.lead"), ("办结时限", "ticket.due_on"),
         ("目前办理情况", "ticket.outcome")],
        given=("name",),
    ),
    Urgent(
        "个体户基本信息", "个体工商户基本信息采集表",
        [("序号", "#"), ("字号名称", "name"), ("注册号", "regno"), ("经营者", "person"),
         ("经营者身份证", "person_id"), ("联系电话", "phone"), ("经营场所", "place"), ("主体类别", "kind"),
         ("经营状态", "status")],
        given=("regno",),
    ),
    Urgent(
        "首贷培植名单", "首贷培植企业名单及进展",
        [("序号", "#"), ("培植对象", "name"), ("统一社会信用代码", "code"), ("列入名单时间", "cultivation.listed_on"),
         ("结对银行", "cultivation.bank"), ("培植进展", "cultivation.state"), ("主要障碍", "cultivation.obstacle"),
         ("是否属于首次贷款", "prior")],
        given=("name", "code"),
    ),
    Urgent(
        "统计局补充表", "规下企业情况补充表",
        [("序号", "#"), ("单位详细名称", "name"), ("统一代码", "code"), ("行业代码", "industry"),
         ("开业（成立）时间", "founded"), ("期末从业人员", "staff"), ("营业收入（千元）", "revenue"),
         ("用电量（千瓦时）", None), ("登记注册地址", "address")],
        given=("name", "code"), above=("2024年",),
    ),
    Urgent(
        "贷款明细上报", "企业贷款明细表",
        [("序号", "#"), ("客户名称", "name"), ("借款银行", "loan.banks"), ("合同金额（元）", "loan.amount"),
         ("执行利率", "loan.rate"), ("借款用途", "loan.purpose"), ("签约日期", "loan.signed_on"),
         ("到期日期", "loan.due_on"), ("余额（元）", "loan.balance")],
        given=("name",), unit="元",
    ),
    Urgent(
        "放款情况快报", "新增放款企业情况快报",
        [("序号", "#"), ("获贷企业", "name"), ("放款时间", "drawdown.day"), ("累计放款（万元）", "drawdown.total"),
         ("放款银行", "loan.banks"), ("贷款产品", "loan.product"), ("企业所在村（居）", "village")],
        given=("name",),
    ),
    Urgent(
        "园区企业摸底", "小微企业园入驻企业摸底表",
        [("序号", "#"), ("入驻企业名称", "name"), ("所在园区", "park"), ("入园时间", "tenancy.since"),
         ("法人代表", "person"), ("法人电话", "owner.phone"), ("年营业额（万元）", "revenue"),
         ("用工人数", "staff"), ("融资缺口（万元）", "visit.amount")],
        given=("name",),
    ),
    Urgent(
        "推送银行情况反馈", "推送企业银行受理情况反馈表",
        [("序号", "#"), ("企业名称", "name"), ("推送银行", "referral.bank"), ("推送日期", "referral.pushed_on"),
         ("客户经理", "referral.manager"), ("受理日期", "referral.accepted_on"), ("是否授信", "credit.granted"),
         ("授信金额(万元)", "credit.amount"), ("未授信原因", "credit.problem")],
        given=("name",), kind="csv",
    ),
    Urgent(
        "税银互动企业", "纳税信用企业融资情况",
        [("序号", "#"), ("纳税人名称", "name"), ("纳税人识别号", "code"), ("纳税信用等级", "tax.grade"),
         ("上年纳税额（万元）", "tax.paid"), ("企业贷款总额（万元）", "loan.balance"), ("主办行", "loan.banks"),
         ("属地", "township")],
        given=("name", "code"),
    ),
    Urgent(
        "村级台账", "包村干部联系企业台账",
        [("序号", "#"), ("村（社区）", "village"), ("企业、个体、合作社名称", "name"), ("负责人姓名", "person"),
         ("电话", "phone"), ("经营内容", "main_business"), ("标签", "tags"), ("走访日期", "visit.day"),
         ("走访单位", "visit.office"), ("签字", None)],
        room=2,
    ),
    Urgent(
        "乡镇授信分布", "融资协调机制授信放款分布表",
        [("所辖乡镇", "township"), (("授信", "户数"), "i:granted_firms"), (("授信", "金额（万元）"), "i:granted_amount"),
         (("放款", "户数"), "i:drawn_firms"), (("放款", "金额（万元）"), "i:drawn_amount"),
         (("无还本续贷", "户数"), "i:renewed_firms"), (("无还本续贷", "金额（万元）"), "i:renewed_amount")],
        given=("township",), rows="townships",
    ),
    Urgent(
        "信用建设专栏", "信用小微企业培育表",
        [("序号", "#"), ("主体名称", "name"), ("社会统一信用代码", "code"), ("企业类型", "enterprise_type"),
         ("登记机关", "authority"), ("参保人数", "insured"), ("经营范围", "scope"), ("邮箱", "email"),
         ("评级结果", "rating.grade"), ("最终授信额度（万元）", "rating.final")],
        given=("code",),
    ),
    Urgent(
        "政府性融资担保", "政府性融资担保支持小微企业情况",
        [("序号", "#"), ("被担保企业", "name"), ("担保公司", "guarantee.guarantor"),
         ("担保额（万元）", "guarantee.amount"), ("在保余额（万元）", "guarantee.balance"),
         ("担保费率（%）", "guarantee.fee"), ("担保起始日", "guarantee.since"), ("合作银行", "guarantee.bank")],
        given=("name",),
    ),
)  # fmt: skip
