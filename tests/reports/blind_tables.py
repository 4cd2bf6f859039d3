"""Tables from above whose writer had not seen the matcher: headings and what each should hold.

Everything here was written from the work alone (who asks, in what words, in what layout) before
anything of the matching was opened, and is not to be bent to it: a heading that the program does
not know stays and lowers the printed share. All firms, offices and figures are made up.

A column is ``(heading, meaning)``; a heading is a text or a tuple of up to three texts, from the
topmost group down. A meaning is a key of the plain answers of `urgent_facts.py`, one of the further
ones worked out in `blind_books.py`, ``"#"`` for 序号, or None for what this ledger cannot know: such a
column is right only when it is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Heading = str | tuple[str, ...]
TOWNS = {"新集镇": "新集镇", "沙窝镇": "沙窝镇"}
LENDERS = {"甲县农村商业银行": "农商银行", "邮政储蓄银行甲县支行": "邮储银行"}


@dataclass(frozen=True)
class Blind:
    """One table as its sender wrote it.

    Attributes:
        name: File name without its ending.
        columns: Headings with their meanings, left to right.
        above: Rows over the header, the title among them; each is merged across the table.
        below: Rows under the table: notes, 填表说明, signatures.
        given: Meanings that stand in the rows already; without any the list is empty.
        order: The firms asked about, by number, in the sender's order; -1 is one nobody knows.
        rows: ``firms``, or what stands in the rows of a matrix (``townships``, ``banks``).
        labels: What stands in the rows of a matrix -> whose counts are meant (``合计``: of all).
        room: Empty rows under the header of an empty list.
        stub: A row of 栏次 between header and data; empty for none.
        example: A filled sample row between header and data; empty for none.
        unit: Unit of amounts of which the heading says nothing: 元, 千元, 万元 or 亿元.
        kind: Ending of the file.
    """

    name: str
    columns: Sequence[tuple[Heading, str | None]]
    above: Sequence[str] = ()
    below: Sequence[str] = ()
    given: Sequence[str] = ()
    order: Sequence[int] = (0, 1, 2, 3, 4)
    rows: str = "firms"
    labels: dict[str, str] = field(default_factory=dict)
    room: int = 3
    stub: Sequence[str | int] = ()
    example: Sequence[str | int] = ()
    unit: str = "万元"
    kind: str = "xlsx"


TABLES: tuple[Blind, ...] = (
    # --- county and town offices ---------------------------------------------------------------
    Blind(
        "附件1：走访对接情况反馈表",
        [
            ("序号", "#"),
            ("经营主体名称", "name"),
            ("信用代码", "code"),
            ("法人", "person"),
            ("联系方式", "phone"),
            ("从业人数", "staff"),
            ("营收\n（万元）", "revenue"),
            (("走访情况", "走访时间"), "visit.day"),
            (("走访情况", "走访人"), "visit.first"),
            (("走访情况", "走访单位"), "visit.office"),
            (("融资需求", "有/无"), "need.word"),
            (("融资需求", "额度（万元）"), "visit.amount"),
            (("融资需求", "资金投向"), "visit.purpose"),
            (("融资需求", "意向银行"), "visit.bank1"),
            ("备　注", None),
        ],
        above=(
            "附件1",
            "小微企业走访对接情况反馈表",
            "填报单位（盖章）：　　　　　　　　填报日期：　　年　月　日",
        ),
        below=(
            "填表说明：1.信用代码须填写18位；2.融资需求没有的填“无”；3.此表每周五12时前报县工作专班邮箱。",
            "填表人：　　　　　审核人：　　　　　联系电话：",
        ),
        given=("name", "code"),
        order=(3, 0, 4, 1, 2),
    ),
    Blind(
        "包联企业花名册（今天下班前报）",
        [
            ("序号", "#"),
            ("企业名称（与营业执照一致）", "name"),
            ("乡镇街道", "township"),
            ("村（社区）", "village"),
            ("企业负责人", "person"),
            ("负责人手机", "owner.phone"),
            ("企业对接人", "liaison"),
            ("对接人手机号码", "liaison_phone"),
            ("生产经营地", "place"),
            ("主营产品", "main_business"),
            ("用工数", "staff"),
            ("上缴社保人数", "insured"),
            ("包联领导", None),
        ],
        above=("县领导包联企业花名册",),
        given=("name",),
        order=(1, 2, 0, 3),
    ),
    Blind(
        "沙窝镇摸底表",
        [
            ("序号", "#"),
            ("*企业名称", "name"),
            ("*税号", "code"),
            ("*法定代表人\n（负责人）", "person"),
            ("法人身份证号", "person_id"),
            ("注册地", "address"),
            ("开办时间", "founded"),
            ("经营状态", "status"),
            ("企业困难（逐条列）", "visit.difficulty"),
            ("目前生产经营怎么样", "visit.situation"),
            ("缺不缺钱（是/否）", "visit.has_need"),
            ("缺多少（万元）", "visit.amount"),
            ("想从哪家银行贷", "visit.bank1"),
        ],
        above=("各村企业情况摸底表", "单位：万元　　　　带*的必填"),
        room=5,
    ),
    Blind(
        "各乡镇工作进度（日报）",
        [
            ("排序", "#"),
            ("单位", "township"),
            ("台账企业总数", "i:target_firms"),
            ("累计走访企业数", "i:visited_firms"),
            ("走访率（%）", "rate.visited"),
            ("有融资需求的企业（户）", "i:needing_firms"),
            ("融资需求总额（万元）", "i:needed_amount"),
            ("推荐至银行（户）", "i:recommended_firms"),
            ("得分", None),
        ],
        above=(
            "各乡镇融资协调工作进展日报表",
            "截至当日18时　　　　　　　　　　　单位：户、万元、%",
        ),
        below=("备注：走访率＝累计走访企业数÷台账企业总数×100%",),
        rows="townships",
        labels={"沙窝镇人民政府": "沙窝镇", "新集镇人民政府": "新集镇", "全县合计": "合计"},
    ),
    Blind(
        "调度会用表",
        [
            ("乡镇", "township"),
            (("走访", "任务数"), "i:target_firms"),
            (("走访", "完成数"), "i:visited_firms"),
            (("需求", "家数"), "i:needing_firms"),
            (("需求", "金额"), "i:needed_amount"),
            (("授信", "家数"), "i:granted_firms"),
            (("授信", "金额"), "i:granted_amount"),
            (("放款", "家数"), "i:drawn_firms"),
            (("放款", "金额"), "i:drawn_amount"),
            ("本周排名", None),
        ],
        above=("融资协调机制调度会各乡镇数据", "单位：家、万元"),
        rows="townships",
        labels={"合　计": "合计", "新集镇": "新集镇", "沙窝镇": "沙窝镇"},
        stub=("甲", 1, 2, 3, 4, 5, 6, 7, 8, 9),
    ),
    Blind(
        "各乡镇（街道）续贷台账汇总",
        [
            ("序号", "#"),
            ("乡镇（街道）名称", "township"),
            (("累计授信", "户"), "i:granted_firms"),
            (("累计授信", "亿元"), "i:granted_amount"),
            (("累计投放", "户"), "i:drawn_firms"),
            (("累计投放", "亿元"), "i:drawn_amount"),
            (("办理无还本续贷", "户"), "i:renewed_firms"),
            (("办理无还本续贷", "亿元"), "i:renewed_amount"),
        ],
        above=("附件3", "各乡镇（街道）授信投放续贷情况汇总表"),
        rows="townships",
        labels=TOWNS | {"总计": "合计"},
    ),
    Blind(
        "营商环境问题诉求收集表",
        [
            ("序号", "#"),
            ("反映企业", "name"),
            ("企业所在地（乡镇）", "township"),
            ("问题类型", "ticket.kind"),
            ("诉求内容", "ticket.problem"),
            ("责任单位", "ticket.lead"),
            ("办结时限", "ticket.due_on"),
            ("处理结果", "ticket.outcome"),
            ("企业满意度", None),
        ],
        above=("营商环境问题诉求收集交办表",),
        given=("name",),
    ),
    Blind(
        "园区入驻企业贷款情况",
        [
            ("序号", "#"),
            ("入驻企业", "name"),
            ("所在园区", "park"),
            ("入驻时间", "tenancy.since"),
            ("厂房面积（㎡）", None),
            ("产值", None),
            ("从业人员", "staff"),
            ("有无贷款", "loan.word"),
            ("贷款银行", "loan.banks"),
            ("尚欠贷款（万元）", "loan.balance"),
        ],
        above=(
            "小微企业园入驻企业及融资情况表",
            "报送单位：　　　　　　　　　　　　　　　　报送时间：",
        ),
        room=2,
    ),
    # --- banks ---------------------------------------------------------------------------------
    Blind(
        "客户授信用信明细",
        [
            ("编号", "#"),
            ("客户名称", "name"),
            ("证件号码（统一社会信用代码）", "code"),
            ("企业规模（大/中/小/微）", "size"),
            ("国标行业", "industry_name"),
            (("授信", "额度"), "credit.amount"),
            (("授信", "批复日"), "credit.decided_on"),
            (("授信", "利率（%）"), "credit.rate"),
            (("用信", "首次提款日"), "drawdown.day"),
            (("用信", "累计提款额"), "drawdown.total"),
            (("用信", "余额"), "loan.balance"),
            ("客户号", None),
        ],
        above=(
            "小微客户授信用信明细表",
            "机构：　　　　　　　　　　　　　　　　　　币种：人民币　　单位：元",
        ),
        given=("name", "code"),
        unit="元",
    ),
    Blind(
        "贷款明细（核对用）",
        [
            ("借款人", "name"),
            ("借款人证件号", "code"),
            ("贷款品种", "loan.product"),
            ("合同金额", "loan.amount"),
            ("借据余额", "loan.balance"),
            ("执行年利率(%)", "loan.rate"),
            ("合同签订日", "loan.signed_on"),
            ("到期日", "loan.due_on"),
            ("主要担保方式", "loan.security"),
            ("借款用途", "loan.purpose"),
            ("经办行", "loan.banks"),
            ("五级分类", None),
        ],
        given=("name", "code"),
        order=(2, -1, 0, 1, 3),
        unit="元",
        above=("对公贷款明细表", "单位：人民币元"),
    ),
    Blind(
        "银行对接回执",
        [
            ("序号", "#"),
            ("推送企业名称", "name"),
            ("推送日期", "referral.pushed_on"),
            ("承接银行", "referral.bank"),
            ("客户经理", "referral.manager"),
            ("客户经理电话", None),
            ("受理日期", "referral.accepted_on"),
            ("是否授信", "credit.granted"),
            ("授信金额（万元）", "credit.amount"),
            ("未授信原因", "credit.problem"),
            ("是否放款", "drawn.yes"),
            ("放款日期（格式：2024-01-01）", "drawdown.day"),
            ("放款金额（万元）", "drawdown.total"),
        ],
        above=("“推荐清单”企业银行对接情况回执",),
        given=("name",),
        order=(4, 3, 2, 1, 0),
    ),
    Blind(
        "各行投放情况",
        [
            ("金融机构", "bank"),
            (("授信", "笔数/户数", "户数"), "i:granted_firms"),
            (("授信", "金额", "万元"), "i:granted_amount"),
            (("放款", "笔数/户数", "户数"), "i:drawn_firms"),
            (("放款", "金额", "万元"), "i:drawn_amount"),
            (("其中：无还本续贷", "笔数/户数", "户数"), "i:renewed_firms"),
            (("其中：无还本续贷", "金额", "万元"), "i:renewed_amount"),
            ("备注", None),
        ],
        above=(
            "附表二",
            "各银行机构支持小微企业融资情况统计表",
            "填报机构：　　　　　　　　　　　　　　报送频度：周报",
        ),
        rows="banks",
        labels=LENDERS | {"合计": "合计"},
    ),
    Blind(
        "银行周调度",
        [
            ("序号", "#"),
            ("行名", "bank"),
            ("获得授信户数", "i:granted_firms"),
            ("授信总金额（亿元）", "i:granted_amount"),
            ("已放贷户数", "i:drawn_firms"),
            ("发放贷款总金额（亿元）", "i:drawn_amount"),
            ("不良率", None),
        ],
        above=("驻县银行机构周调度表",),
        rows="banks",
        labels={"农商行": "农商银行", "邮储行": "邮储银行", "小计": "合计"},
    ),
    Blind(
        "续贷需求排查",
        [
            ("序号", "#"),
            ("借款企业", "name"),
            ("贷款行", "renewal.bank"),
            ("贷款到期日", "renewal.due_on"),
            ("到期金额（元）", "renewal.due_amount"),
            ("有无续贷意愿", "renewal.wanted"),
            ("不续贷的原因", "renewal.why_not"),
            ("拟采取续贷方式", "renewal.way"),
            ("续贷办结日期", "renewal.done_on"),
            ("续贷金额（元）", "renewal.amount"),
        ],
        above=("到期贷款续贷需求排查表",),
        below=("说明：到期金额以借据为准。",),
        given=("name",),
    ),
    # --- tax, PBoC, market supervision ---------------------------------------------------------
    Blind(
        "银税互动意向名单",
        [
            ("序号", "#"),
            ("纳税人识别号", "code"),
            ("纳税人名称", "name"),
            ("法定代表人姓名", "person"),
            ("登记注册类型", "enterprise_type"),
            ("纳税等级", "tax.grade"),
            ("2023年实缴税款（元）", "tax.paid"),
            ("2022年实缴税款（元）", "tax.2022"),
            ("2021年实缴税款（元）", None),
            ("注册资金（万元）", "capital"),
            ("主管税务分局", None),
            ("有无贷款意向", "need.word"),
            ("拟贷金额（万元）", "visit.amount"),
        ],
        above=("“银税互动”企业贷款意向名单",),
        given=("code",),
        order=(0, 2, 1, 3),
    ),
    Blind(
        "首贷培植企业名录库",
        [
            ("序号", "#"),
            ("企业名称", "name"),
            ("社会信用统一代码", "code"),
            ("县区", "county"),
            ("行业门类", "industry.section"),
            ("是否首贷", "prior"),
            ("培植银行", "cultivation.bank"),
            ("纳入培植时间", "cultivation.listed_on"),
            ("培植进展", "cultivation.state"),
            ("暂未获贷的主要障碍", "cultivation.obstacle"),
        ],
        above=("人民银行××市分行", "首贷培植企业名录库"),
        below=("注：1.是否首贷指企业在金融机构首次取得贷款；2.行业门类按GB/T 4754填写。",),
        given=("name", "code"),
    ),
    Blind(
        "无贷户走访模板",
        [
            ("0.企业名称", "name"),
            ("1.统一代码", "code"),
            ("2.登记机关", "authority"),
            ("3.经营范围", "scope"),
            ("4.注册资本（元）", "capital"),
            ("5.成立日期（年/月/日）", "founded"),
            ("6.电子邮箱", "email"),
            ("7.主体类别（企业/个体工商户/农民专业合作社）", "kind"),
            ("8.工商注册号", "regno"),
            ("9.经营状态（存续、注销、吊销）", "status"),
        ],
        given=("name",),
        kind="csv",
        above=("经营主体登记信息补正表",),
    ),
    Blind(
        "征信白名单信息补采",
        [
            ("序号", "#"),
            ("主体名称", "name"),
            ("统信码", "code"),
            ("行业代码（四位）", "industry"),
            ("行业名称", "industry_name"),
            ("划型", "size"),
            ("职工人数", "staff"),
            ("资产规模（千元）", "assets"),
            ("年销售额（千元）", "revenue"),
            ("贷款银行数量（家）", "lenders"),
            ("贷款总余额（千元）", "loan.balance"),
            ("不良余额", None),
        ],
        above=("信用信息补采集模板（请勿改动表头）",),
        given=("name", "code"),
        example=(
            "例",
            "××县××商贸有限公司",
            "91410000MA00000000",
            "5211",
            "百货零售",
            "微型",
            12,
            3000,
            8000,
            1,
            500,
            0,
        ),
    ),
    # --- industry, agriculture, commerce, guarantee -------------------------------------------
    Blind(
        "专精特新企业融资情况（工信局）",
        [
            ("序号", "#"),
            ("企业", "name"),
            ("企业类型标签", "tags"),
            ("所属行业", "industry_name"),
            ("规模", "size"),
            ("员工总数（人）", "staff"),
            ("总资产", "assets"),
            ("年度主营收入", "revenue"),
            ("研发投入", None),
            ("融资情况\n（贷款余额）", "loan.balance"),
            ("下步融资计划（金额）", "visit.amount"),
            ("计划用于", "visit.purpose"),
            ("期望期限（月）", "visit.months"),
        ],
        above=("专精特新企业融资情况表", "单位：万元、人"),
        given=("name",),
        order=(1, 0, 2),
    ),
    Blind(
        "担保业务在保明细",
        [
            ("序号", "#"),
            ("被担保企业", "name"),
            ("担保机构", "guarantee.guarantor"),
            ("担保金额（万元）", "guarantee.amount"),
            ("在保余额（万元）", "guarantee.balance"),
            ("担保费率（%）", "guarantee.fee"),
            ("放款银行", "guarantee.bank"),
            ("担保起始日", "guarantee.since"),
            ("反担保措施", None),
        ],
        above=("政府性融资担保在保业务明细表",),
        given=("name",),
    ),
    Blind(
        "信用体系建设授信名单",
        [
            ("序号", "#"),
            ("所属乡镇", "township"),
            ("所在村组", "village"),
            ("经营主体", "name"),
            ("负责人姓名", "person"),
            ("手机", "phone"),
            ("评定信用等级", "rating.grade"),
            ("评定授信额度（万元）", "rating.final"),
            ("从事产业", "main_business"),
            ("证件照片", None),
        ],
        above=("整村授信新型农业经营主体名单",),
        below=("制表人：", "制表日期："),
        room=1,
    ),
    Blind(
        "乡村振兴产业主体用款需求",
        [
            ("序号", "#"),
            ("主体名称", "name"),
            ("法人及电话", "person+phone"),
            ("产业类别", "industry_name"),
            ("申贷日期", "application.applied_on"),
            ("申贷金额（万元）", "application.amount"),
            ("首选银行", "application.bank1"),
            ("推荐时间", "application.recommended_on"),
            ("申贷状态", "application.state"),
            ("是否贴息", None),
        ],
        above=("产业发展主体用款申请汇总表",),
        given=("name",),
        order=(2, 1, 3, 0),
    ),
    # --- city and province, three rows of headings ---------------------------------------------
    Blind(
        "市专班通报附表",
        [
            ("序号", "#"),
            (("企业基本情况", "企业名称", "（全称）"), "name"),
            (("企业基本情况", "信用代码", "（18位）"), "code"),
            (("企业基本情况", "所属县区", "（简称）"), "county"),
            (("企业基本情况", "是否小微", "（是/否）"), "small.yes"),
            (("走访情况", "首次走访日期", "（年-月-日）"), "visit.first_day"),
            (("走访情况", "最近走访日期", "（年-月-日）"), "visit.day"),
            (("走访情况", "走访次数", "（次）"), "visits"),
            (("融资情况", "申请金额", "（万元）"), "application.amount"),
            (("融资情况", "授信额度", "（万元）"), "credit.amount"),
            (("融资情况", "已用额度", "（万元）"), "used"),
            (("融资情况", "贷款利率", "（%）"), "loan.rate"),
            (("融资情况", "担保方式", "（信用/保证/抵押/质押）"), "loan.security"),
        ],
        above=("附件", "支持小微企业融资协调机制重点企业情况通报附表"),
        given=("name",),
    ),
    Blind(
        "省厅系统导入模板V3",
        [
            ("企业名称(必填)", "name"),
            ("统一社会信用代码(必填)", "code"),
            ("企业联系人(必填)", "liaison"),
            ("联系人电话(必填)", "liaison_phone"),
            ("注册详细地址(必填)", "address"),
            ("实际经营地址(选填)", "place"),
            ("成立时间(必填,yyyy-mm-dd)", "founded"),
            ("注册资本(必填,单位:万元)", "capital"),
            ("参保人数(选填)", "insured"),
            ("首贷标识(必填,是/否)", "prior"),
            ("上年度用电量(选填,千瓦时)", None),
        ],
        given=("name", "code"),
        kind="csv",
        order=(4, 0, 1, 2, 3),
    ),
    Blind(
        "金融服务顾问工作记录",
        [
            ("日期", "visit.day"),
            ("走访企业", "name"),
            ("顾问", "visit.first"),
            ("了解到的情况", "visit.situation"),
            ("企业反映的问题", "visit.difficulty"),
            ("资金缺口（万元）", "visit.amount"),
            ("用钱做什么", "visit.purpose"),
            ("用多久（月）", "visit.months"),
            ("领导批示", None),
        ],
        above=("金融服务顾问入企服务工作记录",),
        given=("name",),
    ),
    Blind(
        "重点企业一览（政府办要）",
        [
            ("序号", "#"),
            ("名称", "name"),
            ("董事长/总经理", "person"),
            ("电话", "phone"),
            ("地址", "some.address"),
            ("主要做什么", "main_business"),
            ("人数", "staff"),
            ("年收入", "revenue"),
            ("年缴税", "tax.paid"),
            ("贷款", "loan.balance"),
            ("贷款在哪家银行", "loan.banks"),
            ("已签约未到位资金", None),
        ],
        above=("全县重点企业一览表", "（单位：万元）"),
        given=("name",),
        order=(0, 3, 1),
    ),
)
