"""The rows of the 首贷培植工作台帐, declared like a record so that mapping and parsing know them.

Ten columns, 002_d9ce38594906c82c.txt, annex (`domain.md` §3.1). A row is no record of its own: it
says something about a matching, its credit decision and its drawdowns (`matching_rows.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from ledger_desk.model.fields import Record, declare
from ledger_desk.model.kinds import DAY, MONEY, NOTE, TEXT, YES_NO, clean

# So many of the ten headings tell that a table is a 工作台帐 without anybody saying so.
ENOUGH_HEADINGS = 8
_YES = re.compile(
    r"(?:已|同意|予以|给予|成功)?(?:授信|获批|通过|放款|批准)(?:成功|通过)?|同意|成功"
)
_NO = re.compile(
    r"(?:未|不予?|拒绝|没有|暂不|不予以)(?:授信|获批|通过|批准|同意|予以授信)|拒绝|不同意|失败|未成功"
)


def _parse_granted(cell: object, unit: str | None = None) -> bool:
    """Read 是否授信, which people answer in many words: 是, √, 已授信, 未授信, 不同意 and so on."""
    text = clean(cell)
    if _YES.fullmatch(text):
        return True
    if _NO.fullmatch(text):
        return False
    found: bool = YES_NO.parse(cell, unit)
    return found


GRANTED = replace(YES_NO, parse=_parse_granted)


@dataclass(frozen=True, kw_only=True)
class LedgerRow(Record):
    """One row of the 工作台帐."""

    TABLE: ClassVar[str] = "ledger_row"
    LABEL: ClassVar[str] = "工作台帐"
    TITLE: ClassVar[str] = "enterprise"

    office: str | None = declare(
        "填报单位", TEXT, "单位", "上报单位", "报送单位", "填报机构", "单位名称"
    )
    day: date | None = declare("对接时间", DAY, "对接日期", "日期", "时间", "对接年月日")
    bank: str | None = declare(
        "对接银行", TEXT, "银行", "银行名称", "金融机构", "对接金融机构", "对接机构", "承办银行"
    )
    enterprise: str | None = declare(
        "对接企业名称", TEXT, "对接企业", "企业名称", "经营主体名称", "对接主体名称", "对接主体", "客户名称", "企业")  # fmt: skip
    granted: bool | None = declare(
        "对接成效(是否授信)", GRANTED, "对接成效", "是否授信", "授信情况", "是否获得授信", "成效", "对接结果")  # fmt: skip
    credit_amount: int | None = declare("授信金额(万元)", MONEY, "授信金额", "授信额度", "金额")
    security: str | None = declare("担保情况", TEXT, "担保方式", "担保", "担保措施")
    problem: str | None = declare(
        "存在的主要问题(未授信填写此项)", NOTE, "存在的主要问题", "主要问题", "存在问题", "未授信原因", "未授信的主要问题")  # fmt: skip
    drawn_amount: int | None = declare(
        "对接后发放新贷款金额(万元)", MONEY, "对接后发放新贷款金额", "发放新贷款金额", "发放贷款金额", "放款金额",
        "新发放贷款金额", "贷款金额", "发放金额")  # fmt: skip
    note: str | None = declare("备注", NOTE, "说明", "其他")
