"""审核签字页 on A4 across: the batch with its needs and banks, four boxes, numbers and fingerprints.

`product.md` §4.4; `decisions.md` 5: the journal's head stands on the page.
"""

from __future__ import annotations

import io
from datetime import date

from ledger_desk.exchange.places import name_of
from ledger_desk.model import review
from ledger_desk.model.days import print_day
from ledger_desk.model.money import show_wan
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.work.signing import Sheet, SheetRow, read_sheet
from ledger_desk.workbook.broad import Broad, BroadColumn, SignBox, write_broad

WHAT = "审核签字页"
_COLUMNS = (
    BroadColumn("序号", 0.6), BroadColumn("申报编号", 1.45), BroadColumn("经营主体", 2.1),
    BroadColumn("统一社会信用代码", 2.05), BroadColumn("乡镇(街道)", 1.0),
    BroadColumn("需求(万元)", 1.0, numeric=True), BroadColumn("期限(月)", 0.85, numeric=True),
    BroadColumn("用途", 0.9), BroadColumn("意向银行", 2.1), BroadColumn("五项符合", 0.85, numeric=True),
    BroadColumn("内容校验码", 1.1),
)  # fmt: skip


def draw_sheet(
    ledger: Ledger, number: str, progress: Progress = silent
) -> tuple[bytes, int, int, str]:
    """Draw a signing sheet: the PDF, its applications, its pages, and characters that no font has.

    The same sheet gives the same bytes until it is signed, or what is on it changes in the ledger: then
    the signer stands in the last box, and a ※ before what was changed.

    Raises:
        UserError: There is no such sheet.
    """
    progress(0, 1, f"生成签字页 {number}")
    sheet = read_sheet(ledger, number)
    out = io.BytesIO()
    office = ledger.office.title + ("（练习）" if ledger.practice else "")
    pages, missing = write_broad(_broad(sheet, office), out)
    return out.getvalue(), len(sheet.rows), pages, missing


def _broad(sheet: Sheet, office: str) -> Broad:
    rows = tuple(_row(n, row) for n, row in enumerate(sheet.rows, 1))
    total = ("", "", f"合计 {len(rows):,} 笔", "", "", show_wan(sheet.amount), "", "", "", "", "")
    changed = sum(row.changed for row in sheet.rows)
    notes = [
        "本页按组长审核时的内容冻结打印；内容校验码对应每一笔当时的内容，账里之后的改动不影响本页。"
    ]
    if changed:
        notes.append(f"注意：有 {changed} 笔出签字页以后在账里又改过，签字前请核对（序号前有 ※）。")
    return Broad(
        "融资申报审核签字页",
        (
            (f"单位：{office}", f"推荐批次：{sheet.batch}", f"签字页编号：{sheet.number}", f"出页日期：{print_day(sheet.made_on)}"),
        ),
        _COLUMNS, rows, total, tuple(_box(sheet, level) for _, level, _ in review.STAGES), tuple(notes),
        f"{sheet.number}　整页校验码 {sheet.fingerprint}　日志号 {sheet.head[:24]}",
    )  # fmt: skip


def _row(number: int, row: SheetRow) -> tuple[str, ...]:
    own, firm = row.values, row.firm
    fit = sum(own.get(name) == review.FIT for name in CRITERIA)
    code = row.fingerprint
    return (
        f"{'※' if row.changed else ''}{number}", own.get("no", ""), firm.get("name", ""), firm.get("code", ""),
        name_of(own.get("township") or firm.get("township") or ""), show_wan(row.amount), own.get("months", ""),
        own.get("purpose", ""), "、".join(row.banks), f"{fit} 项", f"{code[:8]} {code[8:]}",
    )  # fmt: skip


def _box(sheet: Sheet, level: str) -> SignBox:
    names, days = sheet.signed[level]
    who = "、".join(name for name in names if name)
    return SignBox(level, (f"{who}　{_days(days)}".strip(),) if who else ())


def _days(days: tuple[date, ...]) -> str:
    if not days:
        return ""
    return (
        print_day(days[0]) if len(days) == 1 else f"{print_day(days[0])} 至 {print_day(days[-1])}"
    )
