"""Who takes part: offices, people, banks, and the firms themselves.

Sources: registry list and dossier basics, `domain.md` §6.2 and §6.3 ①.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import vocabulary as words
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import (
    CODE,
    DAY,
    DIVISION,
    INDUSTRY,
    MONEY,
    NOTE,
    PERSON_ID,
    PHONE,
    QUANTITY,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
)

# Groups of the firm's own fields; the sections of the file name them.
IDENTITY, REGISTRATION, OPERATION, CONTACT, MANAGED = (
    "主体身份",
    "登记情况",
    "经营情况",
    "联系与管理",
    "融资与评定",
)


@dataclass(frozen=True, kw_only=True)
class Office(Record):
    """Who keeps a ledger or reports a number (单位)."""

    TABLE: ClassVar[str] = "office"
    LABEL: ClassVar[str] = "单位"

    name: str | None = declare("单位名称", TEXT, "填报单位", required=True, identity=True)
    short: str | None = declare("简称")
    level: str | None = declare("层级", choice(*words.LEVELS, open=True), required=True)
    division: str | None = declare("行政区划", DIVISION, "区划代码")
    contact: str | None = declare("联系人")
    phone: str | None = declare("联系电话", PHONE)


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """Who visits, enters, reviews or signs (人员); each journal step carries one."""

    TABLE: ClassVar[str] = "person"
    LABEL: ClassVar[str] = "人员"

    name: str | None = declare("姓名", TEXT, required=True, identity=True)
    office: str | None = refer("所属单位", "office")
    bank: str | None = refer("所属银行", "bank")
    role: str | None = declare("身份", choice(*words.PERSON_ROLES, open=True))
    phone: str | None = declare("联系电话", PHONE, private=True)
    left_on: date | None = declare("离岗日期", DAY)


@dataclass(frozen=True, kw_only=True)
class Bank(Record):
    """Who lends (银行): a head office, branch or county branch as the office speaks of it."""

    TABLE: ClassVar[str] = "bank"
    LABEL: ClassVar[str] = "银行"

    name: str | None = declare(
        "银行名称", TEXT, "对接银行", "机构名称", required=True, identity=True
    )
    short: str | None = declare("简称")
    type: str | None = declare("银行类型", choice(*words.BANK_TYPES, open=True), required=True)
    contact: str | None = declare("联系人", TEXT, "客户经理")
    phone: str | None = declare("联系电话", PHONE)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Enterprise(Record):
    """A firm, sole trader, cooperative or farm (经营主体)."""

    TABLE: ClassVar[str] = "enterprise"
    LABEL: ClassVar[str] = "经营主体"

    name: str | None = declare(
        "经营主体名称", TEXT, "企业名称", "单位名称", "公司名称", "名称", "主体名称", "商户名称",
        "单位详细名称", "对接企业名称", "个体户名称", "字号名称", "企业(机构)名称", "纳税人名称",
        required=True, group=IDENTITY, identity=True)  # fmt: skip
    code: str | None = declare(
        "统一社会信用代码", CODE, "信用代码", "社会信用代码", "统一信用代码", "统一代码", "USCC",
        "注册号或统一社会信用代码", "注册号/统一社会信用代码", "统一社会信用代码/注册号", "企业编码",
        required=True, group=IDENTITY, identity=True)  # fmt: skip
    regno: str | None = declare(
        "工商注册号", CODE, "注册号", "营业执照号", "营业执照注册号", group=IDENTITY, identity=True
    )
    internal_no: str | None = declare("内部编号", TEXT, "档案编号", group=IDENTITY, identity=True)
    code_reason: str | None = declare("代码校验不符的原因", TEXT, group=IDENTITY)
    kind: str | None = declare(
        "主体类型", choice(*words.ENTERPRISE_KINDS, open=True), "主体类别", required=True, group=IDENTITY)  # fmt: skip
    person: str | None = declare(
        "法定代表人(经营者)", TEXT, "法定代表人", "经营者", "法人代表", "法人", "负责人", "法人姓名",
        "法定代表人/负责人姓名", "负责人姓名", "负责人名称", "经营者姓名", "法定代表人(负责人)",
        required=True, group=IDENTITY)  # fmt: skip
    person_id: str | None = declare(
        "法定代表人证件号", PERSON_ID, "身份证号码", "身份证号", "法人证件号码", "证件号码", private=True, group=IDENTITY)  # fmt: skip
    former_name: str | None = declare("曾用名", TEXT, group=IDENTITY)

    enterprise_type: str | None = declare(
        "企业类型", TEXT, "公司类型", "经济类型", "类型", group=REGISTRATION
    )
    registered_as: str | None = declare("登记类别", TEXT, "登记注册类型", group=REGISTRATION)
    status: str | None = declare(
        "登记状态", choice(*words.REGISTRATION_STATES, open=True), "状态", "经营状态", "企业状态", "存续状态",
        "是否存续", group=REGISTRATION)  # fmt: skip
    founded: date | None = declare(
        "成立日期", DAY, "注册日期", "成立时间", "注册时间", "开业日期", "登记日期", required=True, group=REGISTRATION)  # fmt: skip
    approved: date | None = declare("核准日期", DAY, "发照日期", group=REGISTRATION)
    term: str | None = declare("营业期限", TEXT, "经营期限", "注册到期日", group=REGISTRATION)
    authority: str | None = declare("登记机关", TEXT, group=REGISTRATION)
    supervisor: str | None = declare("监管单位", TEXT, "管辖单位", group=REGISTRATION)
    capital: int | None = declare(
        "注册资本(万元)", MONEY, "注册资本", "注册资金", "注册资金(万元)", group=REGISTRATION)  # fmt: skip
    paid_in: int | None = declare(
        "实收资本(万元)", MONEY, "实收资本", "实缴资本", group=REGISTRATION
    )
    scope: str | None = declare("经营范围", NOTE, "经营(业务)范围", group=REGISTRATION)
    taxpayer_no: str | None = declare("纳税人识别号", CODE, group=REGISTRATION)
    org_code: str | None = declare("组织机构代码", CODE, group=REGISTRATION)

    township: str | None = declare(
        "乡镇(街道)",
        DIVISION,
        "乡镇",
        "街道",
        "所属乡镇",
        "镇街",
        "乡镇街道",
        "乡(镇)",
        "乡镇(街道办)",
        "所在乡镇",
        required=True,
        group=OPERATION,
    )
    village: str | None = declare("村(社区)", TEXT, "村", "社区", "所属村", group=OPERATION)
    place: str | None = declare(
        "经营地址",
        TEXT,
        "企业现地址",
        "实际经营地址",
        "经营地点",
        "地址",
        "单位地址",
        required=True,
        group=OPERATION,
    )
    address: str | None = declare(
        "住所(注册地址)", TEXT, "住所", "注册地址", "企业地址", "公司地址", group=OPERATION
    )
    industry: str | None = declare(
        "行业代码", INDUSTRY, "国民经济行业代码", "行业", required=True, group=OPERATION
    )
    industry_name: str | None = declare(
        "所属行业", TEXT, "行业名称", "行业类别", "行业分类", "所在行业", group=OPERATION
    )
    main_business: str | None = declare(
        "主营业务", TEXT, "主营业务/产品", "主要经营项目", "主要产品", group=OPERATION
    )
    staff: int | None = declare(
        "从业人数",
        WHOLE,
        "从业人员",
        "企业人数",
        "职工人数",
        "员工人数",
        "员工数",
        required=True,
        group=OPERATION,
    )
    insured: int | None = declare("参保人数", WHOLE, group=OPERATION)
    revenue: int | None = declare(
        "上年营业收入(万元)",
        MONEY,
        "营业收入",
        "企业经营收入",
        "年营业收入",
        "销售收入",
        required=True,
        group=OPERATION,
    )
    assets: int | None = declare(
        "资产总额(万元)", MONEY, "资产总额", "企业资产", "资产总计", "总资产", group=OPERATION
    )
    size_set: str | None = declare(
        "划型(人工)",
        choice("大型", "中型", "小型", "微型", "不适用"),
        "划型",
        "企业规模",
        "企业划型",
        group=OPERATION,
    )
    size_note: str | None = declare("划型说明", TEXT, group=OPERATION)

    phone: str | None = declare(
        "联系电话", PHONE, "电话", "手机", "企业联系电话", "手机号码", "联系方式", "法人手机", "法人联系电话",
        "电话号码", required=True, private=True, group=CONTACT)  # fmt: skip
    liaison: str | None = declare(
        "联络员", TEXT, "联络员姓名", "联系人", "联系人姓名", group=CONTACT
    )
    liaison_id: str | None = declare(
        "联络员证件号", PERSON_ID, "联络员证件号码", private=True, group=CONTACT
    )
    liaison_phone: str | None = declare(
        "联络员电话", PHONE, "联系人手机", "联系人电话", private=True, group=CONTACT
    )
    email: str | None = declare("邮箱", TEXT, "电子邮箱", "企业邮箱", group=CONTACT)
    website: str | None = declare("网址", TEXT, "企业网址", "官网", group=CONTACT)
    postcode: str | None = declare("邮政编码", CODE, "邮编", group=CONTACT)
    grid: str | None = declare("所属网格", TEXT, "网格名称", group=CONTACT)
    branch: str | None = declare("所属支行", TEXT, "对接支行", "归属机构", group=CONTACT)
    region: str | None = declare("所在地区", TEXT, "地区", "所属地区", "所属区域", group=CONTACT)
    not_trading: str | None = declare("未正常经营原因", TEXT, "非正常经营原因", group=CONTACT)
    note: str | None = declare("备注", NOTE, "说明", group=CONTACT)

    # Format 3; new columns come last in the table, their group says where they are shown.
    premises_right: str | None = declare(
        "经营场地所有权", choice(*words.PREMISES_RIGHTS, open=True), group=OPERATION
    )
    premises_area: int | None = declare("经营场地面积(平方米)", QUANTITY, group=OPERATION)
    busy_season: str | None = declare("经营旺季", TEXT, "经营旺季(月份)", group=OPERATION)
    profit: int | None = declare("企业经营利润(万元)", MONEY, "经营利润", group=OPERATION)
    debts: int | None = declare("企业负债(万元)", MONEY, "负债总额", group=OPERATION)
    longitude: str | None = declare("经度", TEXT, group=CONTACT)
    latitude: str | None = declare("纬度", TEXT, group=CONTACT)
    companion: str | None = declare("陪访人", TEXT, group=CONTACT)
    follower: str | None = declare("服务跟踪人", TEXT, group=CONTACT)
    loan_wanted: str | None = declare("贷款需求", NOTE, group=MANAGED)
    loan_wanted_amount: int | None = declare(
        "贷款需求额度(万元)", MONEY, "贷款需求额度", group=MANAGED
    )
    basic_account: str | None = declare(
        "基本账户开户行", TEXT, "企业基本账户开立行", "基本户开户行", group=MANAGED
    )
    basic_account_here: bool | None = declare("基本账户是否在我行", YES_NO, group=MANAGED)
    other_banking: str | None = declare("他行业务情况", NOTE, group=MANAGED)
    credit_to: str | None = declare("授信对象", TEXT, group=MANAGED)
    no_credit: str | None = declare(
        "不予授信情形", choice(*words.NO_CREDIT_REASONS, open=True), group=MANAGED
    )
    asset_kind: str | None = declare("资产类型", TEXT, group=MANAGED)
    asset_value: int | None = declare("资产评估价(万元)", MONEY, "资产评估价", group=MANAGED)
    first_loan_set: str | None = declare(
        "首贷状态(人工)", choice(*words.FIRST_LOAN_STATES), "首贷状态", group=MANAGED
    )
    first_loan_note: str | None = declare("首贷状态说明", TEXT, group=MANAGED)
    lenders_set: int | None = declare("在贷银行数(人工)", WHOLE, "在贷银行数", group=MANAGED)
    lenders_note: str | None = declare("在贷银行数说明", TEXT, group=MANAGED)
    waived: str | None = declare("不要求的必填项", TEXT, group=MANAGED)
    waived_note: str | None = declare("不要求的原因", TEXT, group=MANAGED)
