"""What belongs to one firm's file (一企一档): its people, other firms, premises, tags, files and memos.

Sources: the field lists of `domain.md` §6.2 (关联人, 附件, merchants) and the contents of §6.3. Each
class hangs on the firm by ``enterprise``; what is counted and valued stands in `circumstances`.
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
    MONEY,
    NOTE,
    PERSON_ID,
    PHONE,
    QUANTITY,
    RATE,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
)


@dataclass(frozen=True, kw_only=True)
class Associate(Record):
    """A person or firm behind the firm (关联人): owner, shareholder, manager, spouse, surety."""

    TABLE: ClassVar[str] = "associate"
    LABEL: ClassVar[str] = "关联人"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    name: str | None = declare("姓名", TEXT, "关联人姓名", "股东姓名", "股东名称", required=True)
    role: str | None = declare(
        "关系", choice(*words.ASSOCIATE_ROLES, open=True), "关系描述", "职务", required=True
    )
    person_id: str | None = declare("证件号码", PERSON_ID, "身份证号码", "身份证号", private=True)
    sex: str | None = declare("性别", choice(*words.SEXES))
    age: int | None = declare("年龄", WHOLE)
    phone: str | None = declare("联系方式", PHONE, "联系电话", "手机", "电话", private=True)
    share: int | None = declare("占股比例(%)", RATE, "持股比例", "股比", "占股比例")
    paid_in: int | None = declare("出资额(万元)", MONEY, "认缴出资额", "出资金额")
    job: str | None = declare("职业", TEXT)
    employer: str | None = declare("工作单位", TEXT)
    marriage: str | None = declare("婚姻状况", choice(*words.MARRIAGES), "婚姻")
    address: str | None = declare("住址", TEXT, "居住地址", private=True)
    deposits: int | None = declare("存款余额(万元)", MONEY)
    loans: int | None = declare("贷款余额(万元)", MONEY)
    bad_loans: int | None = declare("不良余额(万元)", MONEY)
    services: str | None = declare("业务开通情况", TEXT, "代发工资等业务开通情况")
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Relation(Record):
    """Another firm that this one belongs with (关联关系): core enterprise, supplier, buyer, affiliate."""

    TABLE: ClassVar[str] = "relation"
    LABEL: ClassVar[str] = "关联关系"
    TITLE: ClassVar[str] = "other_name"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    kind: str | None = declare(
        "对方是本户的", choice(*words.RELATION_KINDS, open=True), "关系类型", required=True
    )
    other: str | None = refer("对方档案", "enterprise")
    other_name: str | None = declare("对方名称", TEXT, "关联企业名称", required=True)
    share: int | None = declare("持股比例(%)", RATE)
    turnover: int | None = declare("年交易额(万元)", MONEY, "年往来金额")
    orders: int | None = declare("在手订单(万元)", MONEY, "订单金额")
    since: date | None = declare("开始日期", DAY)
    until: date | None = declare("结束日期", DAY)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Premises(Record):
    """A place where the firm works (经营场所)."""

    TABLE: ClassVar[str] = "premises"
    LABEL: ClassVar[str] = "经营场所"
    TITLE: ClassVar[str] = "place"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    place: str | None = declare("场所地址", TEXT, "场地地址", "商铺地址", required=True)
    right: str | None = declare(
        "所有权", choice(*words.PREMISES_RIGHTS, open=True), "场地所有权", required=True
    )
    area: int | None = declare("面积(平方米)", QUANTITY, "面积", "店铺面积", "面积(㎡)")
    owner: str | None = declare("产权人", TEXT, "出租人")
    rent: int | None = declare("年租金(万元)", MONEY, "租金")
    leased_from: date | None = declare("租期开始", DAY)
    leased_until: date | None = declare("租期到期", DAY, "租赁到期日")
    mortgaged: bool | None = declare("是否已抵押", YES_NO, "是否抵押")
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Tagging(Record):
    """A tag that the firm bears (标签): a list it stands on, a programme it belongs to."""

    TABLE: ClassVar[str] = "tagging"
    LABEL: ClassVar[str] = "标签"
    TITLE: ClassVar[str] = "tag"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    tag: str | None = declare("标签名称", choice(*words.TAGS, open=True), "企业标签", required=True)
    level: str | None = declare("级别", choice(*words.TAG_LEVELS, open=True), "入库级别")
    since: date | None = declare("列入日期", DAY, "认定日期", "入库日期")
    until: date | None = declare("失效日期", DAY, "有效期至")
    source: str | None = declare("名单来源", TEXT, "认定部门")
    certificate: str | None = declare("文号或证书号", CODE)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Attachment(Record):
    """A file that belongs to the firm, or to one of its records (附件); the bytes lie in ``blob``.

    Sources: `product.md` §3 (20 MB each), `decisions.md` 6.
    """

    TABLE: ClassVar[str] = "attachment"
    LABEL: ClassVar[str] = "附件"

    enterprise: str | None = refer("经营主体", "enterprise")
    on_table: str | None = declare("所属记录类别", TEXT)
    on_record: str | None = declare("所属记录", TEXT)
    kind: str | None = declare(
        "资料类型", choice(*words.ATTACHMENT_KINDS, open=True), "附件类型", required=True
    )
    name: str | None = declare("资料名称", TEXT, "文件名", "附件名称", required=True)
    day: date | None = declare("形成日期", DAY, "拍摄日期")
    size: int | None = declare("大小(字节)", WHOLE)
    media: str | None = declare("文件格式", TEXT)
    hash: str | None = declare("文件校验", TEXT)
    original: str | None = declare("原件校验", TEXT)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Memo(Record):
    """Something written beside the file or one of its fields (记事)."""

    TABLE: ClassVar[str] = "memo"
    LABEL: ClassVar[str] = "记事"
    TITLE: ClassVar[str] = "text"

    enterprise: str | None = refer("经营主体", "enterprise")
    on_table: str | None = declare("所属记录类别", TEXT)
    on_record: str | None = declare("所属记录", TEXT)
    field: str | None = declare("说的是哪一栏", TEXT)
    day: date | None = declare("记事日期", DAY, required=True)
    person: str | None = refer("记事人", "person")
    text: str | None = declare("内容", NOTE, "记事内容", required=True)
