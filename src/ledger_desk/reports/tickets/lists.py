"""批分单台账 and 问题整改台账: one row each, A4 on its side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ledger_desk.model import rectification, ticketing
from ledger_desk.model.days import print_day
from ledger_desk.reports.tickets.gathering import gather_mendings, gather_tickets
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import Block, Booklet, Chapter, Column, Table, Words

_TICKETS = (
    Column("序", 0.5, True), Column("编号", 2.0), Column("企业（银行）", 2.0), Column("类别", 1.1),
    Column("问题", 3.2), Column("主办单位", 1.5), Column("协办单位", 1.4), Column("收集", 1.0),
    Column("交办", 1.0), Column("时限", 1.0), Column("办结", 1.0), Column("满意度\n结果／过程", 1.5),
    Column("状态", 2.3),
)  # fmt: skip
_MENDINGS = (
    Column("序", 0.5, True), Column("编号", 2.0), Column("责任单位", 1.8), Column("来源", 1.2),
    Column("问题", 3.2), Column("整改措施", 2.6), Column("责任人", 1.1), Column("发现", 1.0),
    Column("交办函", 2.2), Column("时限", 1.0), Column("完成", 1.0), Column("佐证材料", 1.6),
    Column("状态", 1.7),
)  # fmt: skip


def ticket_list(ledger: Ledger, ids: Sequence[str], today: date | None = None) -> Booklet:
    """Make the list of tickets."""
    now = today or date.today()
    with ledger.read() as rows:
        files = gather_tickets(rows, ids, now)
    lines, states = [], Counter[str]()
    late = 0
    for number, file in enumerate(files, 1):
        ticket = file.ticket
        state = ticketing.state_of(ticket)
        states[state] += 1
        pressing = ticketing.pressing(file.clocks)
        if ticketing.is_late(file.clocks):
            late += 1
        said = f"{state}\n{pressing.words()}" if pressing is not None else state
        ways = "／".join(part or "—" for part in (ticket.satisfied, ticket.satisfied_way))
        lines.append((
            str(number), ticket.no or "", file.text("enterprise") or file.text("bank"),
            ticket.kind or "", ticket.problem or "", ticket.lead or "", ticket.assist or "",
            _day(ticket.collected_on, now), _day(ticket.handed_on, now), _day(ticket.extended_to or ticket.due_on, now),
            _day(ticket.solved_on, now), ways if ticket.answered_on else "", said,
        ))  # fmt: skip
    counted = "，".join(f"{state} {many} 件" for state, many in states.most_common())
    words = f"共 {len(files)} 件：{counted}；逾期 {late} 件。"
    return _booklet(ledger, "批分单台账", words, Table(_TICKETS, tuple(lines)), now)


def mending_list(ledger: Ledger, ids: Sequence[str], today: date | None = None) -> Booklet:
    """Make the list of faults to be mended."""
    now = today or date.today()
    with ledger.read() as rows:
        files = gather_mendings(rows, ids)
    lines, states = [], Counter[str]()
    late = 0
    for number, file in enumerate(files, 1):
        record = file.record
        state = rectification.state_of(record)
        states[state] += 1
        left = rectification.days_left(record, now)
        is_late = left is not None and left < 0
        late += is_late
        lines.append((
            str(number), record.no or "", file.receiver, record.source or "", record.problem or "",
            record.measure or "", record.person or "", _day(record.found_on, now), record.order_no or "",
            _day(record.due_on, now), _day(record.done_on, now), record.proof or "",
            f"{state}\n逾期 {-(left or 0)} 天" if is_late else state,
        ))  # fmt: skip
    counted = "，".join(f"{state} {many} 个" for state, many in states.most_common())
    words = f"共 {len(files)} 个：{counted}；逾期没改完 {late} 个。"
    return _booklet(ledger, "问题整改台账", words, Table(_MENDINGS, tuple(lines)), now)


def _booklet(ledger: Ledger, title: str, words: str, table: Table, now: date) -> Booklet:
    blocks: tuple[Block, ...] = (Words(f"{print_day(now)}　{words}", quiet=True), table)
    foot = f"{ledger.office.title}　{print_day(now)}打印　账套校验 {ledger.head()[:12]}"
    return Booklet(
        title, title, (Chapter("", blocks),), head=ledger.office.title, foot=foot, bound=False,
        wide=True,
    )  # fmt: skip


def _day(day: date | None, now: date) -> str:
    """Month and day; the year above them where it is another one."""
    if day is None:
        return ""
    return f"{day:%m.%d}" if day.year == now.year else f"{day.year}\n{day:%m.%d}"
