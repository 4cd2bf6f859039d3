"""What an office keeps of its reporting: own forms, closed periods, explanations, who has handed in.

Sources: `product.md` §5 (own forms, closing, checks), `decisions.md` 4, 12, 16 and 31; `seeds/003` 十六
and 十七 (counties and banks report, the city publishes).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import work_words as work
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import CODE, DAY, NOTE, TEXT, WHOLE, YES_NO, choice


@dataclass(frozen=True, kw_only=True)
class OfficeForm(Record):
    """A form of the office's own (自有表样): it adds to the built-in ones or replaces one by its id.

    ``blank`` names the bytes of the empty workbook in the store of contents.
    """

    TABLE: ClassVar[str] = "office_form"
    LABEL: ClassVar[str] = "自有表样"
    TITLE: ClassVar[str] = "form_title"

    name: str | None = declare("报表代号", TEXT, required=True, identity=True)
    form_title: str | None = declare("表名", TEXT, required=True)
    definition: str | None = declare("报表定义", NOTE, required=True)
    blank: str | None = declare("空白表校验", TEXT, required=True)
    source: str | None = declare("来表单位(文件)", TEXT)
    since: date | None = declare("启用日期", DAY)
    off: bool | None = declare("停用", YES_NO)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Closing(Record):
    """One closing of a form's period (结账): cells, rows, findings and the files, as they went out.

    ``frozen``, ``xlsx`` and ``pdf`` name their bytes in the store of contents; nothing that happens to
    the ledger later changes them. Opening again keeps the closing and says who agreed.
    """

    TABLE: ClassVar[str] = "closing"
    LABEL: ClassVar[str] = "结账记录"
    TITLE: ClassVar[str] = "form_title"

    form: str | None = declare("报表代号", TEXT, required=True)
    form_title: str | None = declare("表名", TEXT, required=True)
    starts_on: date | None = declare("起始日期", DAY, required=True)
    ends_on: date | None = declare("截止日期", DAY, required=True)
    office: str | None = refer("填报单位", "office")
    number: int | None = declare("第几次定稿", WHOLE)
    state: str | None = declare("状态", choice(*work.CLOSING_STATES), required=True)
    closed_on: date | None = declare("结账日期", DAY, required=True)
    closed_by: str | None = refer("结账人", "person")
    filled_by: str | None = declare("填表人", TEXT)
    checked_by: str | None = declare("审核人", TEXT)
    headed_by: str | None = declare("负责人", TEXT)
    head: str | None = declare("账目校验", TEXT)
    code: str | None = declare("核对码", CODE)
    frozen: str | None = declare("定稿内容校验", TEXT)
    xlsx: str | None = declare("表格文件校验", TEXT)
    pdf: str | None = declare("纸面文件校验", TEXT)
    reopened_on: date | None = declare("反结账日期", DAY)
    reopened_by: str | None = refer("反结账人", "person")
    reason: str | None = declare("反结账原因", NOTE)
    approver: str | None = declare("同意人", TEXT)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Remark(Record):
    """A written explanation of one finding of the checks (审核说明); it lets 须说明 pass."""

    TABLE: ClassVar[str] = "remark"
    LABEL: ClassVar[str] = "审核说明"
    TITLE: ClassVar[str] = "text"

    form: str | None = declare("报表代号", TEXT, required=True)
    starts_on: date | None = declare("起始日期", DAY, required=True)
    ends_on: date | None = declare("截止日期", DAY, required=True)
    office: str | None = refer("填报单位", "office")
    item: str | None = declare("审核项", TEXT, required=True)
    finding: str | None = declare("审核结果", NOTE)
    text: str | None = declare("说明", NOTE, required=True)
    person: str | None = refer("说明人", "person")
    day: date | None = declare("日期", DAY)


@dataclass(frozen=True, kw_only=True)
class Handing(Record):
    """Who handed in a form for a period, and when (报送登记); the late ones are those without one."""

    TABLE: ClassVar[str] = "handing"
    LABEL: ClassVar[str] = "报送登记"
    TITLE: ClassVar[str] = "form_title"

    form: str | None = declare("报表代号", TEXT, required=True)
    form_title: str | None = declare("表名", TEXT, required=True)
    starts_on: date | None = declare("起始日期", DAY, required=True)
    ends_on: date | None = declare("截止日期", DAY, required=True)
    office: str | None = refer("报送单位", "office")
    bank: str | None = refer("报送银行", "bank")
    due_on: date | None = declare("报送时限", DAY)
    handed_on: date | None = declare("报送日期", DAY)
    state: str | None = declare("状态", choice(*work.HANDING_STATES), required=True)
    person: str | None = declare("经手人", TEXT)
    way: str | None = declare("报送方式", TEXT)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Wording(Record):
    """The county's own wording of a bulletin (通报范本): text with places for numbers, rankings, tables."""

    TABLE: ClassVar[str] = "wording"
    LABEL: ClassVar[str] = "通报范本"
    TITLE: ClassVar[str] = "name"

    name: str | None = declare("范本名称", TEXT, required=True, identity=True)
    kind: str | None = declare("类别", choice(*work.BULLETIN_KINDS), required=True)
    heading: str | None = declare("通报标题", TEXT)
    text: str | None = declare("正文", NOTE, required=True)
    off: bool | None = declare("停用", YES_NO)
