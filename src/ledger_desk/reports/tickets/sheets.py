"""批分单 on A4, in the layout of `domain.md` §5.6: filled in, with boxes to sign and the clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger_desk.model.days import print_day
from ledger_desk.model.ticket_clocks import LATE, STILL, TicketClock
from ledger_desk.model.ticketing import FLAGS
from ledger_desk.model.work_words import SATISFACTIONS, TICKET_WEIGHTS
from ledger_desk.reports.tickets.gathering import TicketFile, gather_tickets
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import (
    Block,
    Booklet,
    Chapter,
    Column,
    FormCell,
    FormRow,
    Table,
    Words,
)

_FLAG_WORDS = dict(zip(FLAGS, ("容缺受理", "信用承诺", "并联审批", "绿色通道"), strict=True))
_LINE = 42  # characters in a line of a long box
_INDENT = 20  # of the line to sign on


def ticket_sheets(
    ledger: Ledger, ids: Sequence[str], private: str, today: date | None = None
) -> Iterator[Booklet]:
    """Make the sheets of tickets, one a page as far as its words allow.

    Args:
        ledger: Where from.
        ids: Of tickets; unknown ones are left out.
        private: What becomes of the telephone: 遮盖, 照写 or 不给.
        today: Day of printing.
    """
    now = today or date.today()
    foot = f"{ledger.office.title}　{print_day(now)}打印　账套校验 {ledger.head()[:12]}"
    with ledger.read() as rows:
        files = gather_tickets(rows, ids, now)
    for file in files:
        head = f"{ledger.office.title}　{file.ticket.no or ''}".strip()
        yield Booklet(
            file.ticket.no or file.ticket.title, "批 分 单",
            (Chapter("", tuple(_form(file, private))),), head=head, foot=foot, bound=False,
        )  # fmt: skip


def _form(file: TicketFile, private: str) -> Iterator[Block]:
    ticket, text = file.ticket, file.text
    firm = file.firm

    def row(*cells: tuple[str, str, float], lines: int = 1) -> FormRow:
        return FormRow(tuple(FormCell(*cell) for cell in cells), lines)

    yield row(("编　　号", ticket.no or "", 1), ("收集日期", text("collected_on"), 1), ("来　　源", text("source"), 1))  # fmt: skip
    yield row(("企业名称", firm.title if firm else "", 2), ("信用代码", (firm.code or firm.regno or "") if firm else "", 1.2))  # fmt: skip
    yield row(("联系电话", f"{ticket.contact or ''}　{text('phone', private)}".strip(), 1), ("问题类别", text("kind"), 1), ("收 集 人", text("collector"), 1))  # fmt: skip
    if ticket.bank:
        yield row(("反映银行", text("bank"), 1))
    yield row(("问题描述", text("problem"), 1), lines=3)
    yield row(("企业诉求", text("appeal"), 1), lines=2)
    yield row(
        ("轻　　重", _boxes(TICKET_WEIGHTS, ticket.weight), 1), ("办理方式", _flags(file), 1.6)
    )
    yield row(("拟办意见", _signed(text("proposal"), text("judged_on")), 1), lines=3)
    yield row(("组长批示", _signed(text("instruction"), ""), 1), lines=3)
    yield row(("主办单位", text("lead"), 1), ("协办单位", text("assist"), 1))
    yield row(("交办日期", text("handed_on"), 1), ("办理时限", _limit(file), 1))
    yield Words("13710 节点", quiet=True)
    yield _clocks(file.clocks)
    yield row(
        ("办理情况", _signed(_done(file), text("solved_on"), "主办单位（盖章）", 4), 1), lines=5
    )
    yield row(("延　　期", _extension(file), 1), ("上　　报", _escalated(file), 1), lines=2)
    yield row(
        ("答复日期", text("answered_on"), 1),
        ("结果满意", _boxes(SATISFACTIONS, ticket.satisfied), 2.2),
    )
    yield row(("企业签字", "", 1), ("过程满意", _boxes(SATISFACTIONS, ticket.satisfied_way), 2.2))
    yield row(
        ("销号日期", text("closed_on"), 1), ("销 号 人", text("closer"), 1), ("专班组长", "", 1)
    )


def _clocks(clocks: Sequence[TicketClock]) -> Table:
    rows = []
    for clock in clocks:
        clause = clock.clause.rpartition("：")[2]
        met = print_day(clock.met_on) if clock.met_on else ""
        told = clock.met_on is not None or clock.state in (LATE, STILL)  # the rest by hand
        state = clock.words().removesuffix(f" · {clock.name}") if told else ""
        limit = print_day(clock.limit) if clock.limit else ""
        rows.append((f"{clock.digit}　{clock.name}", clause, limit, met, state))
    columns = (
        Column("节点", 0.9), Column("要求", 3), Column("期限", 1.5), Column("完成", 1.5), Column("情况", 1.1),
    )  # fmt: skip
    return Table(columns, tuple(rows))


def _signed(words: str, day: str, who: str = "", lines: int = 2) -> str:
    """Words, then at the right a line to sign on; the day stands in it where it is known."""
    line = f"签字：　　　　　　　{day or '　　　　年　　月　　日'}"
    blank = "\n" * max(1, lines - words.count("\n") - len(words) // _LINE)
    return f"{words}{blank}{'　' * (_INDENT - len(who))}{who}　{line}"


def _boxes(options: Sequence[str], chosen: str | None) -> str:
    return "　".join(f"{'☑' if option == chosen else '□'}{option}" for option in options)


def _flags(file: TicketFile) -> str:
    return "　".join(
        f"{'☑' if getattr(file.ticket, name) else '□'}{words}"
        for name, words in _FLAG_WORDS.items()
    )


def _limit(file: TicketFile) -> str:
    ticket = file.ticket
    if ticket.extended_to is not None:
        return f"{file.text('due_on')}，延期至{file.text('extended_to')}"
    return file.text("due_on")


def _extension(file: TicketFile) -> str:
    ticket = file.ticket
    if ticket.extended_to is None:
        return "□否　□是，新时限：　　月　　日"
    return f"☑是，新时限：{file.text('extended_to')}\n{ticket.extended_why or ''}"


def _escalated(file: TicketFile) -> str:
    ticket = file.ticket
    if ticket.escalated_on is None:
        return "□否　□是，上报单位："
    return f"☑是，{file.text('escalated_on')}\n{ticket.escalated_to or ''}"


def _done(file: TicketFile) -> str:
    """What was done: the result, or while there is none the rows of the work."""
    if file.ticket.outcome:
        return file.ticket.outcome
    rows = [each for each in file.actions if each.stage in ("反馈", "督办", "协办答复")]
    return "\n".join(
        f"{each.day:%m-%d} {each.stage}：{each.content or ''}" for each in rows if each.day
    )
