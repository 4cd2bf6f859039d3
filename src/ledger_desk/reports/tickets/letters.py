"""交办函: what a bank or unit has to mend and by when, with the slip that comes back (`seeds/004` 一(一))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger_desk.model.days import print_day
from ledger_desk.reports.tickets.gathering import MendingFile, gather_mendings
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import Block, Booklet, Chapter, FormCell, FormRow, Words

_PAPER = "《关于深入开展获得信贷指标“以评促改”百日攻坚行动持续优化营商环境的实施方案》（新金营商办〔2022〕7号）"
_RIGHT = "　" * 24
_DAY = "　　　　年　　月　　日"


def order_letters(
    ledger: Ledger, ids: Sequence[str], today: date | None = None
) -> Iterator[Booklet]:
    """Make the letters of faults, one a page as far as its words allow.

    Args:
        ledger: Where from.
        ids: Of faults; unknown ones are left out.
        today: Day of printing.
    """
    now = today or date.today()
    office = ledger.office.title
    foot = f"{office}　{print_day(now)}打印　账套校验 {ledger.head()[:12]}"
    with ledger.read() as rows:
        files = gather_mendings(rows, ids)
    for file in files:
        number = file.record.order_no or "（还没有编号）"
        yield Booklet(
            number, "交 办 函", (Chapter("", tuple(_letter(file, office, number))),),
            head=f"{office}　{number}", foot=foot, bound=False,
        )  # fmt: skip


def _letter(file: MendingFile, office: str, number: str) -> Iterator[Block]:
    record, text = file.record, file.text
    yield Words(f"编号：{number}")
    yield Words(f"{file.receiver or '　　　　　　　　'}：")
    found = text("found_on") or _DAY
    yield Words(
        f"　　{found}，在{record.source or '排查'}中发现你单位存在下列问题。根据{_PAPER}要求，现交办给你单位，请抓紧整改。"
    )
    yield Words(f"　　一、存在问题。{record.problem or ''}")
    if record.cause:
        yield Words(f"　　　　问题根源：{record.cause}")
    yield Words(f"　　二、整改目标。{record.goal or '举一反三，整改清零。'}")
    yield Words(f"　　三、整改措施。{record.measure or '由你单位提出，填入回执。'}")
    yield Words(f"　　四、整改时限。{text('due_on')}前整改完成。")
    yield Words(
        f"　　五、责任落实。责任单位：{file.receiver}；责任人：{record.person or '　　　　　　'}。"
    )
    yield Words(
        "　　整改完成后，请将整改情况和佐证材料随回执报我办，我办将跟进监督、全程督办，复核后销号。责任落实不力、多次整改不到位的，将进行约谈；问题严重的，按程序建议问责。"
    )
    yield Words(f"{_RIGHT}{office}")
    yield Words(f"{_RIGHT}{text('ordered_on') or _DAY}")
    yield Words("————————————————————　整 改 回 执　————————————————————", quiet=True)

    def row(*cells: tuple[str, str, float], lines: int = 1) -> FormRow:
        return FormRow(tuple(FormCell(*cell) for cell in cells), lines)

    yield row(("交办编号", number, 1), ("责任单位", file.receiver, 1.4))
    yield row(("整改措施", "" if record.done_on is None else record.measure or "", 1), lines=4)
    yield row(("完成日期", text("done_on"), 1), ("责任人签字", "", 1.4))
    yield row(("佐证材料", record.proof or "", 1), lines=2)
    yield row(("单位盖章", "", 1), ("复核意见", _checked(file), 1.4), lines=3)


def _checked(file: MendingFile) -> str:
    if file.record.checked_on is None:
        return "□销号　□退回再改\n签字："
    return f"☑销号　{file.text('checked_on')}\n复核人：{file.record.checked_by or ''}"
