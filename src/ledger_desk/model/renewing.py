"""Loans falling due, and parks of small firms (续贷、小微企业园).

Sources: `seeds/003` 八 and `seeds/001` 二(八) with `domain.md` §2; `seeds/001` 二(一) with §7.
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
    QUANTITY,
    RATE,
    TEXT,
    YES_NO,
    choice,
)


@dataclass(frozen=True, kw_only=True)
class Renewal(Record):
    """A loan falling due and what became of it (续贷); renewal, extension and rescheduling apart."""

    TABLE: ClassVar[str] = "renewal"
    LABEL: ClassVar[str] = "续贷"
    TITLE: ClassVar[str] = "due_on"

    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    bank: str | None = refer("贷款银行", "bank", required=True)
    loan: str | None = refer("到期贷款", "loan")
    township: str | None = declare("所在乡镇", DIVISION)
    due_on: date | None = declare("到期日期", DAY, required=True)
    due_amount: int | None = declare("到期金额(万元)", MONEY, required=True)
    asked_on: date | None = declare("摸排日期", DAY)
    wanted: bool | None = declare("是否有续贷需求", YES_NO, "续贷需求")
    wanted_amount: int | None = declare("续贷需求金额(万元)", MONEY)
    list_name: str | None = declare("名单管理", choice(*work.RENEWAL_LISTS))
    list_why: str | None = declare("列入名单原因", TEXT)
    way: str | None = declare("办理结果", choice(*work.RENEWAL_WAYS))
    done_on: date | None = declare("办理日期", DAY)
    amount: int | None = declare("办理金额(万元)", MONEY, "续贷金额")
    rate: int | None = declare("年利率(%)", RATE)
    new_loan: str | None = refer("新贷款", "loan")
    new_due_on: date | None = declare("新到期日期", DAY)
    why_not: str | None = declare("未续贷原因", choice(*work.RENEWAL_OBSTACLES, open=True))
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Park(Record):
    """A park of small and micro firms (小微企业园)."""

    TABLE: ClassVar[str] = "park"
    LABEL: ClassVar[str] = "小微企业园"

    name: str | None = declare("园区名称", TEXT, required=True, identity=True)
    code: str | None = declare("园区编号", CODE)
    township: str | None = declare("乡镇(街道)", DIVISION)
    place: str | None = declare("园区地址", TEXT)
    stars: str | None = declare("星级", choice(*work.PARK_STARS), required=True)
    stars_on: date | None = declare("评定日期", DAY)
    pilot: str | None = declare("数字化试点", choice(*work.PARK_PILOTS, open=True))
    operator: str | None = declare("运营单位", TEXT)
    contact: str | None = declare("联系人", TEXT)
    phone: str | None = declare("联系电话", PHONE)
    area: int | None = declare("建筑面积(平方米)", QUANTITY)
    filed_on: date | None = declare("建档日期", DAY)
    bank: str | None = refer("伙伴银行", "bank")
    agreed_on: date | None = declare("协议签订日期", DAY)
    risk_fund: int | None = declare("园区风险基金(万元)", MONEY)
    insured: bool | None = declare("是否整园保险", YES_NO)
    insurer: str | None = declare("保险机构", TEXT)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Tenancy(Record):
    """A firm inside a park (入园企业)."""

    TABLE: ClassVar[str] = "tenancy"
    LABEL: ClassVar[str] = "入园企业"
    TITLE: ClassVar[str] = "since"

    park: str | None = refer("小微企业园", "park", required=True)
    enterprise: str | None = refer("经营主体", "enterprise", required=True)
    since: date | None = declare("入园日期", DAY)
    until: date | None = declare("退园日期", DAY)
    area: int | None = declare("使用面积(平方米)", QUANTITY)
    focus: str | None = declare("重点问题", NOTE)
    note: str | None = declare("备注", NOTE)
