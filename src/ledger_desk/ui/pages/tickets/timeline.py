"""Cards of the pane: the clocks of a ticket and what was done about it; how a mending stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from ledger_desk.model import rectification, ticketing
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Person, Record, Rectification, Ticket, TicketAction
from ledger_desk.model.ticket_clocks import LATE, MET, MET_LATE, RUNNING, STILL, TicketClock
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.pane import PaneCard
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.pages.tickets.clocks import SOON, Reader
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tags import Tag

_TONES = {
    "已收集": "zhe", "已研判": "zhe", "办理中": "dian", "已上报": "dian", "已办结": "dai",
    "已答复": "dai", "已销号": "ok", "待整改": "zhe", "整改中": "dian", "已整改待复核": "dai",
}  # fmt: skip
_MARKS = {MET: "done", MET_LATE: "explain", LATE: "late", STILL: "half"}


def mark_of(clock: TicketClock) -> str:
    """Mark of a clock."""
    if clock.state == RUNNING:
        return "explain" if clock.left is not None and clock.left <= SOON else "clock"
    return _MARKS.get(clock.state, "none")


class _Card(PaneCard):
    """A card that is drawn anew for each record."""

    def __init__(self, view: BookView) -> None:
        super().__init__()
        self._view = view
        self._place = Column(self, gap=0)
        self._content: QWidget | None = None

    def show_record(self, record: Record | None) -> None:
        """Draw it for another record."""
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        self._draw(Column(self._content, gap=6), record)
        self._place.add(self._content)

    def _draw(self, column: Column, record: Record | None) -> None:
        raise NotImplementedError


class TicketCard(_Card):
    """State, clocks, faults, and the rows of what was done."""

    def _draw(self, column: Column, record: Record | None) -> None:
        if not isinstance(record, Ticket):
            return
        with self._view.ledger.read() as rows:
            clocks = Reader(rows).clocks(record)
            of = Query(TicketAction, (Where("ticket", "=", record.id),), sort=(("day", False),))
            actions = rows.find(of)
            people = rows.many(Person, [str(a.who) for a in actions if a.who])
        state = ticketing.state_of(record)
        tags = Row(gap=6).add(Tag(state, _TONES.get(state, "grey")))
        column.add(tags.push())
        flags = [field_map(Ticket)[name].label for name in ticketing.FLAGS if getattr(record, name)]
        if flags:
            column.add(label("、".join(flags), "bold", wrap=True))
        column.add(label("13710 时限", "bold"))
        for clock in clocks:
            column.add(_clock(clock))
        for sentence in ticketing.faults(record):
            column.add(label(f"要核对：{sentence}", "must", wrap=True))
        column.add(frame("rule"), label(f"办理记录 {len(actions)}", "bold"))
        _timeline(column, actions, {key: person.title for key, person in people.items()})
        column.add(frame("rule"))


class MendingCard(_Card):
    """How a mending stands: state, limit, what was done, what is missing."""

    def _draw(self, column: Column, record: Record | None) -> None:
        if not isinstance(record, Rectification):
            return
        state, today = rectification.state_of(record), date.today()
        column.add(Row(gap=6).add(Tag(state, _TONES.get(state, "grey"))).push())
        left = rectification.days_left(record, today)
        if left is not None:
            words = f"逾期 {-left} 天" if left < 0 else f"还有 {left} 天" if left else "今天到期"
            mark = "late" if left < 0 else "explain" if left <= 3 else "clock"
            column.add(_line(mark, "整改", words, f"到 {record.due_on}"))
        done = (
            ("发现", record.found_on), ("交办", record.ordered_on), ("督办", record.watched_on),
            ("约谈", record.talked_on), ("整改", record.done_on), ("复核", record.checked_on),
        )  # fmt: skip
        for word, day in done:
            if day is not None:
                column.add(_line("done", word, day.isoformat(), ""))
        column.add(
            label(
                f"{rectification.CLAUSE}　交办函、跟进监督、全程督办，整改清零", "clause", wrap=True
            )
        )
        for sentence in rectification.faults(record):
            column.add(label(f"要核对：{sentence}", "must", wrap=True))
        column.add(frame("rule"))


def _clock(clock: TicketClock) -> QWidget:
    words = clock.words().removesuffix(f" · {clock.name}")
    line = _line(mark_of(clock), f"{clock.digit} {clock.name}", words, clock.day_words())
    line.setToolTip(clock.clause)
    return line


def _line(mark: str, title: str, words: str, more: str) -> QWidget:
    holder = frame("bare")
    column = Column(holder, gap=0)
    column.add(Row(gap=6).add(MarkLabel(mark, f"{title}　{words}")).push())
    if more:
        column.add(label(f"　　{more}", "dim", wrap=True))
    return holder


def _timeline(column: Column, actions: Sequence[TicketAction], people: dict[str, str]) -> None:
    for each in reversed(actions):
        day = f"{each.day:%m-%d}" if each.day else ""
        said = [part for part in (each.unit, people.get(str(each.who))) if part]
        column.add(label(f"{day} {each.stage}　{'　'.join(said)}", "bold", wrap=True))
        if each.content:
            column.add(label(each.content, "body", wrap=True))
