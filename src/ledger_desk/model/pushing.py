"""Lists handed to banks and guarantors, and who serves there (推送与银行).

Sources: `seeds/003` 五, 六 and 九; `seeds/002` 六(二); `seeds/001` 二(五); `seeds/004` 一(九);
`decisions.md` 19–21. What a bank decides stands in `financing.Credit`, reached through the
contact (`Matching.referral`), so that nothing is typed twice.
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
    PHONE,
    RATE,
    TEXT,
    WHOLE,
    YES_NO,
    choice,
)


@dataclass(frozen=True, kw_only=True)
class Guarantor(Record):
    """Who guarantees (担保机构)."""

    TABLE: ClassVar[str] = "guarantor"
    LABEL: ClassVar[str] = "担保机构"

    name: str | None = declare("担保机构名称", TEXT, "担保机构", required=True, identity=True)
    kind: str | None = declare("机构性质", choice(*work.GUARANTOR_KINDS, open=True), required=True)
    contact: str | None = declare("联系人", TEXT)
    phone: str | None = declare("联系电话", PHONE)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class PushBatch(Record):
    """One list handed to one bank or guarantor on one day (推送批次)."""

    TABLE: ClassVar[str] = "push_batch"
    LABEL: ClassVar[str] = "推送批次"
    TITLE: ClassVar[str] = "no"

    no: str | None = declare("批次号", CODE, "推送批次号", required=True, identity=True)
    day: date | None = declare("推送日期", DAY, required=True)
    bank: str | None = refer("推送银行", "bank")
    guarantor: str | None = refer("推送担保机构", "guarantor")
    sender: str | None = refer("推送人", "person")
    returned_on: date | None = declare("最近回填日期", DAY)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Referral(Record):
    """One application at one bank or guarantor (推荐到银行, `decisions.md` 20, 21)."""

    TABLE: ClassVar[str] = "referral"
    LABEL: ClassVar[str] = "推荐到银行"
    TITLE: ClassVar[str] = "pushed_on"

    application: str | None = refer("融资申报", "application", required=True)
    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    batch: str | None = refer("推送批次", "push_batch")
    bank: str | None = refer("推送银行", "bank")
    guarantor: str | None = refer("推送担保机构", "guarantor")
    pushed_on: date | None = declare("推送日期", DAY, required=True)
    township: str | None = declare("推送时所在乡镇", DIVISION)
    manager: str | None = declare("客户经理", TEXT)
    accepted_on: date | None = declare("受理日期", DAY)
    complete_on: date | None = declare("材料收齐日期", DAY, "收齐材料日期")
    given_up_on: date | None = declare("企业放弃日期", DAY)
    given_up_why: str | None = declare("放弃原因", TEXT)
    qualified: bool | None = declare("是否符合条件", YES_NO, "符合条件")
    qualified_on: date | None = declare("条件认定日期", DAY)
    wants_money: bool | None = declare("是否有用款需求", YES_NO, "有用款需求")
    wants_on: date | None = declare("用款认定日期", DAY)
    answered_on: date | None = declare("银行回填日期", DAY)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Guarantee(Record):
    """One guarantee for a firm (担保业务): fee, share of the risk, whom it supports."""

    TABLE: ClassVar[str] = "guarantee"
    LABEL: ClassVar[str] = "担保业务"
    TITLE: ClassVar[str] = "since"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    guarantor: str | None = refer("担保机构", "guarantor", required=True)
    bank: str | None = refer("贷款银行", "bank")
    loan: str | None = refer("担保的贷款", "loan")
    amount: int | None = declare("担保金额(万元)", MONEY, required=True)
    balance: int | None = declare("在保余额(万元)", MONEY)
    fee: int | None = declare("担保费率(%)", RATE, "费率", required=True)
    since: date | None = declare("担保起始日", DAY, required=True)
    until: date | None = declare("担保到期日", DAY)
    released_on: date | None = declare("解保日期", DAY)
    share_guarantor: int | None = declare("担保机构分险比例(%)", RATE)
    share_bank: int | None = declare("银行分险比例(%)", RATE)
    share_higher: int | None = declare("再担保及国担分险比例(%)", RATE)
    share_government: int | None = declare("政府分险比例(%)", RATE)
    small_rural: bool | None = declare("是否支小支农", YES_NO, "支小支农")
    no_loan_before: bool | None = declare("是否无贷户", YES_NO)
    paid_out_on: date | None = declare("代偿日期", DAY)
    paid_out: int | None = declare("代偿金额(万元)", MONEY)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Product(Record):
    """A loan product of a bank, first-loan products among them (首贷产品)."""

    TABLE: ClassVar[str] = "product"
    LABEL: ClassVar[str] = "信贷产品"

    bank: str | None = refer("银行", "bank", required=True)
    name: str | None = declare("产品名称", TEXT, "首贷产品", required=True)
    first_loan: bool | None = declare("是否首贷专属", YES_NO)
    audience: str | None = declare("适用对象", TEXT)
    most: int | None = declare("最高额度(万元)", MONEY)
    months: int | None = declare("最长期限(月)", WHOLE)
    rate: int | None = declare("年利率(%)", RATE)
    security: str | None = declare("担保方式", choice(*words.SECURITIES, open=True))
    online: bool | None = declare("是否线上办理", YES_NO)
    launched_on: date | None = declare("推出日期", DAY)
    stopped_on: date | None = declare("停办日期", DAY)
    note: str | None = declare("产品说明", NOTE)


@dataclass(frozen=True, kw_only=True)
class Team(Record):
    """A team or officer that a bank names (服务团队、首席金融服务官)."""

    TABLE: ClassVar[str] = "team"
    LABEL: ClassVar[str] = "服务团队"

    bank: str | None = refer("银行", "bank")
    office: str | None = refer("单位", "office")
    kind: str | None = declare("团队类别", choice(*work.TEAM_KINDS, open=True), required=True)
    name: str | None = declare("团队名称(姓名)", TEXT, "姓名", required=True)
    leader: str | None = declare("负责人", TEXT)
    members: str | None = declare("成员", NOTE)
    phone: str | None = declare("联系电话", PHONE)
    since: date | None = declare("设立日期", DAY)
    until: date | None = declare("撤销日期", DAY)
    note: str | None = declare("备注", NOTE)
