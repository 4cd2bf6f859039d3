"""What stands behind a number, firm by firm: kept when a period is closed, compared afterwards.

A ratio or a comparing measure has two leaves; every other number has one. The stakes of a leaf make its
value, so what came, left or changed among them explains the whole of its movement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ledger_desk.model.records import Figure
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.indicator import OWED, quotient
from ledger_desk.reports.indicators import MECHANISMS
from ledger_desk.reports.shapes import FromIndicator, FromRows, Provenance, Report, ReportBlock
from ledger_desk.reports.valuing import Backing, Values
from ledger_desk.store.queries import Rows

Who = tuple[str, str]
"""Table and id of the firm; of the record where no firm stands behind a number."""
Question = tuple[str, str, str, str | None, tuple[tuple[str, str], ...]]
"""Indicator, measure, split, key, further parts: what a cell asked."""

_SAME = {"set": "firms"}


@dataclass(frozen=True, slots=True)
class Stake:
    """One firm's part: its lines, their amounts, and amounts × rates, in the smallest units."""

    name: str
    events: int = 1
    amount: int = 0
    weighted: int = 0

    def plus(self, amount: int, weighted: int = 0) -> Stake:
        """Count one line more."""
        return Stake(self.name, self.events + 1, self.amount + amount, self.weighted + weighted)


@dataclass(frozen=True)
class Leaf:
    """One part of a number and what it is made of.

    Attributes:
        label: ``授信金额（本期）``.
        unit: 户, 笔, 万元 …
        kind: What of the stakes makes the value: firms, events, amount, mean or figure.
        value: In the smallest unit; None where there is none.
        stakes: By firm or record.
        places: Decimals that the whole number has (a mean rate: 2).
        span: Which days counted.
    """

    label: str
    unit: str
    kind: str
    value: int | None
    stakes: Mapping[Who, Stake] = field(default_factory=dict)
    places: int = 0
    span: str = ""

    def worth(self, who: Who) -> int:
        """How much of the value is one firm's; of a mean, the amount that bears its weight."""
        stake = self.stakes.get(who)
        if stake is None:
            return 0
        return {"firms": 1, "events": stake.events}.get(self.kind, stake.amount)

    def made(self) -> int | None:
        """What the stakes make together: the value, unless it is no sum of anything."""
        if self.kind == "mean":
            amount = sum(stake.amount for stake in self.stakes.values())
            weighted = sum(stake.weighted for stake in self.stakes.values())
            return quotient(weighted, amount * 10 ** (4 - self.places))
        return sum(self.worth(who) for who in self.stakes)


def question_of(origin: FromIndicator) -> Question:
    """What a cell asked."""
    return (origin.indicator, origin.measure, origin.by, origin.key, origin.only)


def origins(report: Report) -> Iterator[Provenance]:
    """Where all cells of a report come from, in no particular order."""
    for cells in report.cells.values():
        yield from (cell.provenance for cell in cells)
    for block in report.blocks:
        for column in block.columns.values():
            yield from (column.origin(place) for place in range(len(block.places)))
        yield from (cell.provenance for cell in block.totals.values())


def values_of(rows: Rows, report: Report) -> Values:
    """Numbers of a report's period on a picture of the ledger."""
    since = MECHANISMS[report.form.shape.mechanism].since
    return Values(rows, report.period, since, report.office)


def gather(
    rows: Rows, report: Report, progress: Progress = silent
) -> dict[Question, tuple[Leaf, ...]]:
    """Find the firms, records or figures behind every number of a report, each question once."""
    asked = {question_of(one): None for one in origins(report) if isinstance(one, FromIndicator)}
    values = values_of(rows, report)
    names = _Names(rows)
    found: dict[Question, tuple[Leaf, ...]] = {}
    for done, question in enumerate(asked):
        progress(done, len(asked), "记下每个数背后的企业")
        found[question] = tuple(_leaf(names, each) for each in values.shares(*question))
    return found


def _leaf(names: _Names, backing: Backing) -> Leaf:
    spec = backing.indicator
    stakes: dict[Who, Stake] = {}
    for figure in backing.figures:
        stakes["figure", figure.id] = Stake(names.reporter(figure), 1, figure.value or 0)
    for share in backing.shares:
        stake = Stake(share.name, share.events, share.amount or 0, share.weighted or 0)
        stakes["enterprise", share.enterprise] = stake
    for line in backing.lines:
        who = ("enterprise", line.enterprise) if line.enterprise else (line.table, line.record)
        known = stakes.get(who)
        stakes[who] = (
            known.plus(line.amount, line.weighted) if known is not None
            else Stake(line.name or line.title, 1, line.amount, line.weighted)
        )  # fmt: skip
    window = backing.window
    first = window.newly or window.first
    kind = "figure" if backing.measure == OWED else _SAME.get(spec.kind, spec.kind)
    return Leaf(
        f"{spec.label}（{backing.measure}）", spec.unit_of(backing.measure), kind, backing.value,
        stakes, spec.places, f"{'建账以来' if first is None else first} 至 {window.last}",
    )  # fmt: skip


class _Names:
    """Names of offices and banks, each looked up once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[tuple[str, str], str] = {}

    def reporter(self, figure: Figure) -> str:
        """Who reported a figure."""
        names = [self._name("office", figure.office), self._name("bank", figure.bank)]
        return "、".join(each for each in names if each) or figure.reporter or "未写提供人"

    def _name(self, table: str, record: str | None) -> str:
        if not record:
            return ""
        if (table, record) not in self._known:
            self._known[table, record] = self._rows.titles(table, [record]).get(record, "")
        return self._known[table, record]


def total_leaf(block: ReportBlock, origin: FromRows) -> Leaf:
    """What a total of a list is made of: its rows, firm by firm."""
    column = block.columns[origin.column]
    shape = next(each for each in block.shape.column if each.at == origin.column)
    taken = set(origin.rows)
    stakes: dict[Who, Stake] = {}
    for place, row in enumerate(block.places):
        if row in taken:
            who, name = owner(block, place)
            value = column.values[place]
            amount = value if shape.total == "sum" else 0
            known = stakes.get(who)
            stakes[who] = known.plus(amount) if known is not None else Stake(name, 1, amount)
    kind = {"count": "events", "firms": "firms"}.get(shape.total, "amount")
    money = column.style(0).kind == "money" if len(block.places) and kind == "amount" else False
    unit = {"events": "笔", "firms": "户"}.get(kind, shape.unit or ("万元" if money else ""))
    return Leaf(f"合计 {column.heading}", unit, kind, origin.value, stakes)


def owner(block: ReportBlock, place: int) -> tuple[Who, str]:
    """Whose a row is: its firm, or the record that it stands for; with its name."""
    firm = block.body.firm(place)
    label = block.body.row(place).label
    return (
        ("enterprise", firm) if firm else (block.shape.of or block.source, block.body.key(place))
    ), label
