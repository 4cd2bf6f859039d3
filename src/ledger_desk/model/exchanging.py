"""What an office keeps of its exchange with others: tables in, tables out, and who is who.

Sources: `product.md` §6, `decisions.md` 1, 12 and 28, `peers.md` §A.2 rows 7, 10, 11 and 15.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ledger_desk.model import vocabulary as words
from ledger_desk.model.fields import Record, declare, refer
from ledger_desk.model.kinds import DAY, NOTE, TEXT, WHOLE, YES_NO, choice


@dataclass(frozen=True, kw_only=True)
class Verdict(Record):
    """What was decided about two enterprises that look alike (查重结论).

    For ``同一户`` this is the alias of `decisions.md` 1: whatever speaks of ``other`` means ``one``.
    For ``不是同一户`` the pair is never asked about again.
    """

    TABLE: ClassVar[str] = "verdict"
    LABEL: ClassVar[str] = "查重结论"
    TITLE: ClassVar[str] = "verdict"

    one: str | None = refer("留下的一户", "enterprise", required=True)
    other: str | None = refer("并入的一户", "enterprise", required=True)
    verdict: str | None = declare("结论", choice(*words.VERDICTS), required=True)
    reason: str | None = declare("依据", NOTE)


@dataclass(frozen=True, kw_only=True)
class Intake(Record):
    """One table that was read in (装入登记); written in the step that read it in."""

    TABLE: ClassVar[str] = "intake"
    LABEL: ClassVar[str] = "装入登记"
    TITLE: ClassVar[str] = "file"

    file: str | None = declare("文件名", TEXT, required=True)
    sheet: str | None = declare("工作表", TEXT)
    sender: str | None = declare("来表单位", TEXT)
    content: str | None = declare("内容", TEXT)
    layout: str | None = declare("表样指纹", TEXT)
    hash: str | None = declare("文件校验", TEXT)
    new: int | None = declare("新增行", WHOLE)
    changed: int | None = declare("变更行", WHOLE)
    same: int | None = declare("相同行", WHOLE)
    doubtful: int | None = declare("存疑行", WHOLE)
    wrong: int | None = declare("有错行", WHOLE)
    left_out: int | None = declare("未读入行", WHOLE)


@dataclass(frozen=True, kw_only=True)
class Destination(Record):
    """Where tables go, and the way in which it wants fields written (去向; 一号六填)."""

    TABLE: ClassVar[str] = "destination"
    LABEL: ClassVar[str] = "去向"

    name: str | None = declare("去向名称", TEXT, "送往单位", required=True, identity=True)
    private: str | None = declare("个人信息", choice(*words.PRIVATE_WAYS))
    codes: str | None = declare("号码写法", choice(*words.CODE_WAYS))
    money: str | None = declare("金额单位", choice(*words.MONEY_WAYS))
    days: str | None = declare("日期写法", choice(*words.DAY_WAYS))
    tokens: bool | None = declare("带回传记号", YES_NO)
    contact: str | None = declare("联系人", TEXT)
    note: str | None = declare("备注", NOTE)


@dataclass(frozen=True, kw_only=True)
class Dispatch(Record):
    """One file that left the ledger (传出登记): when, by whom (the step), what for, how many rows."""

    TABLE: ClassVar[str] = "dispatch"
    LABEL: ClassVar[str] = "传出登记"
    TITLE: ClassVar[str] = "file"

    day: date | None = declare("传出日期", DAY, required=True)
    time: str | None = declare("时刻", TEXT)
    file: str | None = declare("文件名", TEXT, required=True)
    folder: str | None = declare("放在哪里", TEXT)
    content: str | None = declare("内容", TEXT)
    destination: str | None = refer("去向", "destination")
    receiver: str | None = declare("送往", TEXT)
    purpose: str | None = declare("用途", TEXT)
    person: str | None = refer("经手人", "person")
    rows: int | None = declare("行数", WHOLE)
    private: str | None = declare("个人信息", choice(*words.PRIVATE_WAYS))
    hash: str | None = declare("文件校验", TEXT)
