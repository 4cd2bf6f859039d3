"""One row of the 工作台帐 for each matching with an event in the period (`decisions.md` 22)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from ledger_desk.model.days import print_day, print_month_day
from ledger_desk.model.money import rounded_wan
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Credit, Drawdown, Enterprise, Matching
from ledger_desk.reports.rowsets import Ref, SourceField, SourceRow
from ledger_desk.store import contacts as stored
from ledger_desk.store.contacts import CreditLine, DrawdownLine, MatchingLine
from ledger_desk.store.queries import Rows

FIELDS: Mapping[str, SourceField] = {
    "number": SourceField("序号", "whole"),
    "office": SourceField("填报单位"),
    "day": SourceField("对接时间", "day"),
    "bank": SourceField("对接银行"),
    "enterprise": SourceField("对接企业名称"),
    "code": SourceField("统一社会信用代码"),
    "granted": SourceField("是否授信", "yes_no"),
    "credit_amount": SourceField("授信金额", "money"),
    "security": SourceField("担保情况"),
    "problem": SourceField("存在的主要问题"),
    "drawn_amount": SourceField("放款金额", "money"),
    "note": SourceField("备注"),
}
_NAMELESS = f"未命名{Enterprise.LABEL}"
_YES_NO = {1: True, 0: False, None: None}
_Line = tuple[MatchingLine, Sequence[CreditLine], Sequence[DrawdownLine]]


@dataclass(frozen=True)
class Contact:
    """One matching and what is known of it up to the period's last day.

    The records hold what the form needs of them, not all of their fields.

    Attributes:
        credits: Decisions up to the last day, by day.
        drawdowns: Money paid out up to the last day under loans of this matching, by day.
        listed: The firm is on the white list on the last day.
    """

    matching: Matching
    credits: tuple[Credit, ...]
    drawdowns: tuple[Drawdown, ...]
    listed: bool


@dataclass(frozen=True)
class ContactFacts:
    """What the rules need of a matching beyond what stands in its row; money in fen.

    Attributes:
        decision: The last decision up to the period's end; None: the bank has not decided.
        decided_now: That decision lies in the period.
        credit: Sum of the credits granted up to the end.
        drawn_before: Drawn before the period.
        drawn: Sum of the drawdowns up to the end.
        problem: The problem on record, shown or not.
    """

    contact: Contact
    decision: Credit | None
    decided_now: bool
    credit: int
    drawn_before: int
    drawn: int
    problem: str | None

    @property
    def granted(self) -> bool | None:
        """是 or 否 as it stands at the end; None while undecided."""
        return None if self.decision is None else self.decision.granted


@dataclass
class Columns:
    """Columns of all rows: those of the form, and what the rules look through first."""

    shown: dict[str, list[Any]] = field(default_factory=dict)
    decision: list[CreditLine | None] = field(default_factory=list)
    credit: list[int] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class ContactTable:
    """Rows of a period, ordered by office, day, bank and firm.

    是否授信, 担保情况 and 存在的主要问题 tell how the matching stands on the last day; both amounts
    are the period's own, so that months add up.
    """

    lines: Sequence[_Line]
    columns: Columns
    period: Period
    listed: frozenset[str]

    @property
    def fields(self) -> Mapping[str, SourceField]:
        """What the columns of a form may show."""
        return FIELDS

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.lines)

    def column(self, name: str) -> Sequence[Any]:
        """Give one field of all rows."""
        return self.columns.shown[name]

    def key(self, place: int) -> str:
        """Give the id of the matching."""
        return self.lines[place][0][0]

    def firm(self, place: int) -> str:
        """Give the firm of a row."""
        return self.lines[place][0][5]

    def label(self, place: int) -> str:
        """What a sentence calls the row: the firm."""
        return str(self.columns.shown["enterprise"][place])

    def records(self, place: int, name: str) -> tuple[Ref, ...]:
        """Give the records behind one field of one row."""
        matching, credits, drawn = self.lines[place]
        own, firm = Ref("matching", matching[0]), Ref("enterprise", matching[5])
        if name in ("office", "day", "bank", "note"):
            return (own,)
        if name == "enterprise":
            return (own, firm)
        if name == "code":
            return (firm,)
        start = self._start
        if name == "drawn_amount":
            return tuple(Ref("drawdown", d[1]) for d in drawn if d[2] >= start) or (own,)
        if name == "credit_amount":
            return tuple(Ref("credit", c[1]) for c in _told(credits, start)) or (own,)
        if not credits:
            return (own,)
        told = _secured(credits) if name == "security" else credits[-1]
        return (Ref("credit", told[1]),)

    def facts(self, place: int) -> ContactFacts:
        """Make what the rules need of one row."""
        matching, credits, drawn = self.lines[place]
        contact = Contact(
            Matching(
                id=matching[0], office=matching[1], bank=matching[2], day=_day(matching[3]),
                note=matching[4], enterprise=matching[5],
            ),
            tuple(_credit(line) for line in credits),
            tuple(
                Drawdown(id=line[1], day=_day(line[2]), amount=line[3]) for line in drawn
            ),
            matching[5] in self.listed,
        )  # fmt: skip
        decision = contact.credits[-1] if contact.credits else None
        start = self._start
        return ContactFacts(
            contact,
            decision,
            bool(credits) and credits[-1][2] >= start,
            self.columns.credit[place],
            _sum(line[3] for line in drawn if line[2] < start),
            self.columns.drawn[place],
            decision.problem if decision is not None else None,
        )

    def row(self, place: int) -> SourceRow:
        """Make one row."""
        shown = {name: values[place] for name, values in self.columns.shown.items()}
        records = {name: self.records(place, name) for name in shown}
        firm = Ref("enterprise", self.firm(place))
        return SourceRow(
            self.key(place), self.label(place), shown, records, firm, self.facts(place)
        )

    @cached_property
    def _start(self) -> str:
        return self.period.start.isoformat()


def read_table(
    rows: Rows, period: Period, office: str | None, names: Collection[str] = FIELDS
) -> ContactTable:
    """Read the rows of a period column by column; ``names`` are the fields that will be shown."""
    found = stored.read_contacts(rows, period.start, period.end, office, codes="code" in names)
    offices, banks = found.offices, found.banks
    keyed = [
        (
            offices.get(m[1] or "") or "", m[3] or "9999-12-31", banks.get(m[2] or "") or "",
            m[6] or _NAMELESS, m[0], m,
        )
        for m in found.matchings
    ]  # fmt: skip
    keyed.sort()
    nothing: tuple[Any, ...] = ()
    credits, drawn = found.credits, found.drawdowns
    lines = [
        (each[5], credits.get(each[4], nothing), drawn.get(each[4], nothing)) for each in keyed
    ]
    columns = _columns(lines, period)
    columns.shown |= {
        "office": [each[0] or None for each in keyed],
        "bank": [each[2] or None for each in keyed],
        "enterprise": [each[3] for each in keyed],
    }
    return ContactTable(lines, columns, period, found.listed)


def read_contacts(rows: Rows, period: Period, office: str | None) -> list[SourceRow]:
    """Read the rows of a period, each made in full, as `read_table` orders them."""
    table = read_table(rows, period, office)
    return [table.row(place) for place in range(len(table))]


def _columns(lines: Sequence[_Line], period: Period) -> Columns:
    """Work the columns out in one walk."""
    start, end = period.start.isoformat(), period.end.isoformat()
    made, days = Columns(), {}
    day, granted, amount, security, problem, paid, note = ([] for _ in range(7))
    for matching, credits, drawn in lines:
        on = matching[3]
        if on is not None and on not in days:
            days[on] = date.fromisoformat(on)
        day.append(days[on] if on is not None else None)
        last, credit, shown, secured, why, told = None, 0, None, None, None, None
        if credits:
            last = credits[-1]
            shown = _YES_NO[last[3]]
            if len(credits) == 1:
                credit = (last[4] or 0) if last[3] else 0
                told = last[4] if last[2] >= start else None
                secured = last[5]
            else:
                credit = _sum(c[4] for c in credits if c[3])
                told = _known_sum(_told(credits, start), 4)
                secured = _secured(credits)[5]
            why = last[6] if shown is False else None
        granted.append(shown)
        amount.append(told)
        security.append(secured)
        problem.append(why)
        made.decision.append(last)
        made.credit.append(credit)
        sum_, now = 0, None
        for line in drawn:
            if line[3] is not None:
                sum_ += line[3]
                if line[2] >= start:
                    now = line[3] if now is None else now + line[3]
        made.drawn.append(sum_)
        paid.append(now)
        # Only an older matching, or one whose credit is older, needs words beside its own note.
        plain = (on is None or start <= on <= end) and (
            not credit or last is None or last[2] >= start
        )
        note.append((matching[4] or None) if plain else _note(matching, credits, period))
    made.shown = {
        "day": day, "granted": granted, "credit_amount": amount, "security": security,
        "problem": problem, "drawn_amount": paid, "note": note,
        "code": [line[0][7] for line in lines],
    }  # fmt: skip
    return made


def _told(credits: Sequence[CreditLine], start: str) -> list[CreditLine]:
    """Decisions of the period whose amounts are shown.

    A refusal with an amount is a contradiction that is shown, not hidden: the rules name it.
    """
    decided = [line for line in credits if line[2] >= start]
    return [line for line in decided if line[3]] or decided[-1:]


def _secured(credits: Sequence[CreditLine]) -> CreditLine:
    """The decision whose 担保情况 is shown: the last that granted, else the last."""
    return next((line for line in reversed(credits) if line[3]), credits[-1])


def _sum(amounts: Iterable[int | None]) -> int:
    return sum(amount for amount in amounts if amount is not None)


def _known_sum(found: Sequence[tuple[Any, ...]], at: int) -> int | None:
    """Sum what is known in fen; None where no amount is known, which is not the same as 0."""
    amounts = [line[at] for line in found if line[at] is not None]
    return sum(amounts) if amounts else None


def _note(matching: MatchingLine, credits: Sequence[CreditLine], period: Period) -> str | None:
    """Join ``×月×日对接`` of an older matching, its earlier credit, and its own note.

    The earlier credit is told where this period only has its drawdown: else 是 beside an empty
    授信金额 and a 放款金额 would look like a mistake to the reader above.
    """
    parts, on = [], _day(matching[3])
    if on is not None and on not in period:
        parts.append(f"{_short(on, period)}对接")
    granted = [line for line in credits if line[3] and line[4]]
    start = period.start.isoformat()
    if granted and not any(line[2] >= start for line in credits):
        amount = f"{rounded_wan(_sum(line[4] for line in credits if line[3])):f}"
        decided = _day(granted[-1][2])
        if decided is not None:
            parts.append(f"{_short(decided, period)}授信{amount}万元")
    own = matching[4] or ""
    parts = [part for part in parts if part not in own]
    return "；".join([*parts, own] if own else parts) or None


def _short(day: date, period: Period) -> str:
    return print_month_day(day) if day.year == period.end.year else print_day(day)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _credit(line: CreditLine) -> Credit:
    return Credit(
        id=line[1], matching=line[0], decided_on=_day(line[2]), granted=_YES_NO[line[3]],
        amount=line[4], security=line[5], problem=line[6],
    )  # fmt: skip
