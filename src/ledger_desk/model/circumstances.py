"""What is known of a firm in numbers (经营与资信): books, taxes, staff, utilities, standing, assets.

Sources: `domain.md` §6.2 (房产, 评级授信) and §6.3 ④-⑧ and ⑩. Each class hangs on the firm by
``enterprise``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import vocabulary as words
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import (
    DAY,
    MONEY,
    MONTH,
    NOTE,
    QUANTITY,
    TEXT,
    WHOLE,
    YEAR,
    YES_NO,
    choice,
)


@dataclass(frozen=True, kw_only=True)
class Finance(Record):
    """One year of the firm's books (财务情况); the file shows the last two side by side."""

    TABLE: ClassVar[str] = "finance"
    LABEL: ClassVar[str] = "财务情况"
    TITLE: ClassVar[str] = "year"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    year: int | None = declare("财务年度", YEAR, "年度", "年份", required=True)
    revenue: int | None = declare(
        "营业收入(万元)", MONEY, "年营业收入", "年总收入", "年收入", required=True
    )
    costs: int | None = declare("营业成本(万元)", MONEY, "进货成本")
    expenses: int | None = declare("固定费用(万元)", MONEY, "期间费用")
    profit: int | None = declare("利润总额(万元)", MONEY, "经营利润", "利润")
    net_profit: int | None = declare("净利润(万元)", MONEY, "净收入")
    cash: int | None = declare("货币资金(万元)", MONEY)
    receivables: int | None = declare("应收账款(万元)", MONEY)
    stock: int | None = declare("存货(万元)", MONEY)
    fixed_assets: int | None = declare("固定资产(万元)", MONEY)
    assets: int | None = declare("资产合计(万元)", MONEY, "资产总计", "资产总额")
    payables: int | None = declare("应付账款(万元)", MONEY)
    own_loans: int | None = declare("本系统借款(万元)", MONEY)
    other_loans: int | None = declare("他行借款(万元)", MONEY, "银行借款")
    card_debts: int | None = declare("信用卡(万元)", MONEY, "信用卡负债")
    other_debts: int | None = declare("其他负债(万元)", MONEY)
    debts: int | None = declare("负债合计(万元)", MONEY, "负债总额")
    equity: int | None = declare("净资产(万元)", MONEY, "所有者权益")
    audited: bool | None = declare("是否审计", YES_NO)
    source: str | None = declare("数据来源", TEXT)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class TaxYear(Record):
    """One year of the firm's taxes (纳税情况)."""

    TABLE: ClassVar[str] = "tax_year"
    LABEL: ClassVar[str] = "纳税情况"
    TITLE: ClassVar[str] = "year"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    year: int | None = declare("纳税年度", YEAR, "年度", required=True)
    grade: str | None = declare(
        "纳税信用级别", choice(*words.TAX_GRADES, open=True), "纳税信用", "纳税评级", required=True
    )
    paid: int | None = declare("年纳税额(万元)", MONEY, "纳税额", "近12个月纳税", "年纳税")
    invoiced: int | None = declare("开票金额(万元)", MONEY, "近12个月开票")
    arrears: int | None = declare("欠税金额(万元)", MONEY, "欠税")
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Staffing(Record):
    """How many people the firm employs on a day (用工情况)."""

    TABLE: ClassVar[str] = "staffing"
    LABEL: ClassVar[str] = "用工情况"
    TITLE: ClassVar[str] = "day"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    day: date | None = declare("统计日期", DAY, required=True)
    staff: int | None = declare("从业人数", WHOLE, "用工人数", required=True)
    insured: int | None = declare("参保人数", WHOLE, "社保人数")
    wages: int | None = declare("年工资总额(万元)", MONEY)
    payroll: str | None = declare("代发工资银行", TEXT)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Utility(Record):
    """Electricity, water or gas of a month (用电水气)."""

    TABLE: ClassVar[str] = "utility"
    LABEL: ClassVar[str] = "用电水气"
    TITLE: ClassVar[str] = "month"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    kind: str | None = declare(
        "类别", choice(*words.UTILITIES, open=True), "用能类别", required=True
    )
    month: str | None = declare("月份", MONTH, "用能月份", required=True)
    used: int | None = declare("用量", QUANTITY, "用电量", "用电量(千瓦时)", required=True)
    fee: int | None = declare("费用(万元)", MONEY, "电费")
    arrears: bool | None = declare("是否欠费", YES_NO)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Standing(Record):
    """One entry in the firm's credit standing (信用记录), good or bad, and whether it was mended."""

    TABLE: ClassVar[str] = "standing"
    LABEL: ClassVar[str] = "信用记录"
    TITLE: ClassVar[str] = "kind"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    kind: str | None = declare(
        "记录类别", choice(*words.STANDING_KINDS, open=True), "信用类别", required=True
    )
    day: date | None = declare("记录日期", DAY, "认定日期", required=True)
    authority: str | None = declare("认定机关", TEXT, "信息来源")
    content: str | None = declare("内容", NOTE, "处罚内容", required=True)
    amount: int | None = declare("涉及金额(万元)", MONEY, "罚没金额", "执行标的")
    times: int | None = declare("逾期次数", WHOLE)
    state: str | None = declare("处理情况", choice(*words.STANDING_STATES, open=True), "状态")
    mended_on: date | None = declare("修复日期", DAY)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Rating(Record):
    """A bank's rating of the firm and the amounts it worked out (评级授信)."""

    TABLE: ClassVar[str] = "rating"
    LABEL: ClassVar[str] = "评级授信"
    TITLE: ClassVar[str] = "grade"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    day: date | None = declare("评定日期", DAY, required=True)
    bank: str | None = refer("评定银行", "bank")
    grade: str | None = declare("评定等级", TEXT, "信用等级", required=True)
    computed: int | None = declare("测算授信额度(万元)", MONEY, "测算额度")
    proposed: int | None = declare("客户经理授信额度(万元)", MONEY, "客户经理额度")
    final: int | None = declare("最终授信额度(万元)", MONEY, "最终额度")
    adjustment: str | None = declare("等级调整事项", NOTE)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Asset(Record):
    """Something the firm or its people own that may secure a loan (资产与抵质押)."""

    TABLE: ClassVar[str] = "asset"
    LABEL: ClassVar[str] = "资产与抵质押"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    kind: str | None = declare(
        "资产类别", choice(*words.ASSET_KINDS, open=True), "抵押物类型", required=True
    )
    name: str | None = declare("资产名称", TEXT, "抵押物名称", "质物名称", required=True)
    place: str | None = declare("位置", TEXT, "房产位置", "抵押物位置")
    owner: str | None = declare("权利人", TEXT, "抵押人", "出质人")
    certificate: str | None = declare("权属证号", TEXT, "产权证号", "证书编号")
    nature: str | None = declare("性质", choice(*words.ASSET_NATURES, open=True), "房产性质")
    count: int | None = declare("数量", QUANTITY)
    unit: str | None = declare("计量单位", TEXT)
    area: int | None = declare("建筑面积(平方米)", QUANTITY, "面积(平方米)")
    price: int | None = declare("单价(万元)", MONEY, "单价")
    value: int | None = declare("价值(万元)", MONEY, "资产价值", "评估价值", required=True)
    valued_on: date | None = declare("评估日期", DAY)
    pledged: bool | None = declare("是否已抵质押", YES_NO, "是否抵押", "是否按揭")
    pledged_to: str | None = refer("抵质押给", "bank")
    secured: int | None = declare("担保债权(万元)", MONEY)
    pledged_until: date | None = declare("抵质押到期", DAY)
    note: str | None = declare("备注", NOTE, "说明")


@dataclass(frozen=True, kw_only=True)
class Surety(Record):
    """A debt of others that the firm answers for (对外担保)."""

    TABLE: ClassVar[str] = "surety"
    LABEL: ClassVar[str] = "对外担保"
    TITLE: ClassVar[str] = "debtor"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    debtor: str | None = declare("被担保人", TEXT, required=True)
    creditor: str | None = declare("债权人", TEXT, "贷款银行")
    amount: int | None = declare("担保金额(万元)", MONEY, "为他人担保", required=True)
    since: date | None = declare("担保起日", DAY)
    until: date | None = declare("担保止日", DAY)
    note: str | None = declare("备注", NOTE)
