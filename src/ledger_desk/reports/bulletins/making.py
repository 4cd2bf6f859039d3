"""Making a bulletin: each place of the wording is asked of `valuing.Values` and written in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from ledger_desk.errors import UserError
from ledger_desk.model.days import print_day
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Office
from ledger_desk.reports.bulletins.bulletin import Asked, Bulletin, Run, Spot, Table, Text
from ledger_desk.reports.bulletins.figures import unit_of, write_against, write_number
from ledger_desk.reports.bulletins.language import read_line, read_wording
from ledger_desk.reports.bulletins.parts import heading_of, parts_of
from ledger_desk.reports.bulletins.pieces import (
    Against,
    Ask,
    Matrix,
    Mistake,
    Piece,
    Ranking,
    Signature,
    Word,
)
from ledger_desk.reports.bulletins.wordings import WordingText
from ledger_desk.reports.bulletins.words import say_word
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS
from ledger_desk.reports.valuing import Values
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

SINCE = MECHANISMS["小微企业融资协调工作机制"].since
"""First day of 启动以来累计 in a bulletin."""
_MOST_TOLD = 12
_DAY = timedelta(days=1)
_SHORT = {"启动以来累计": "累计", "期末数": "期末", "年初数": "年初", "上年同期末数": "上年同期末"}


def make_bulletin(ledger: Ledger, wording: WordingText, period: Period) -> Bulletin:
    """Make a bulletin for a period.

    Raises:
        UserError: The wording has mistakes; every one is said with its place.
    """
    with ledger.read() as rows:
        person = ledger.person
        maker = _Maker(rows, ledger.office, period, person.title if person is not None else "")
        head, wrong = read_line(wording.heading or wording.name)
        body = read_wording(wording.text)
        heading = Text(maker.runs(head.pieces))
        blocks: list[Text | Table] = []
        for line in body.lines:
            if isinstance(line, Matrix):
                blocks.append(maker.table(line))
            elif isinstance(line, Signature):
                blocks.append(Text((Run(ledger.office.title),), "right"))
                blocks.append(Text((Run(print_day(period.end)),), "right"))
            else:
                blocks.append(Text(maker.runs(line.pieces), line.kind))
    _refuse(wording.name, wrong, (*body.mistakes, *maker.mistakes))
    return Bulletin(
        wording.name, heading, tuple(blocks), period, ledger.office.title, ledger.head()
    )


def _refuse(name: str, heading: tuple[Mistake, ...], body: tuple[Mistake, ...]) -> None:
    if not heading and not body:
        return
    told = [f"标题{each.sentence}" for each in heading] + [each.sentence for each in body]
    more = f"\n还有 {len(told) - _MOST_TOLD} 处。" if len(told) > _MOST_TOLD else ""
    lines = "\n".join(told[:_MOST_TOLD])
    raise UserError(f"范本“{name}”有 {len(told)} 处要改，通报没有出成：\n{lines}{more}")


@dataclass
class _Maker:
    """Asks and writes; every select is run once for all places."""

    rows: Rows
    own: Office
    period: Period
    person: str
    mistakes: list[Mistake] = field(default_factory=list)
    _values: dict[Period, Values] = field(default_factory=dict)
    _keys: dict[str, dict[str, str]] = field(default_factory=dict)
    _count: int = 0

    def values(self, period: Period) -> Values:
        if period not in self._values:
            self._values[period] = Values(self.rows, period, SINCE)
        return self._values[period]

    def runs(self, pieces: tuple[Piece, ...]) -> tuple[Run, ...]:
        found: list[Run] = []
        for piece in pieces:
            match piece:
                case str():
                    found.append(Run(piece))
                case Word(name):
                    said = say_word(name, self.own.title, self.period, self.person, SINCE)
                    found.append(Run(said))
                case Ask():
                    found.append(self._number(piece))
                case Against():
                    found.append(self._against(piece))
                case Ranking():
                    found += self._ranking(piece)
        return tuple(found)

    def table(self, matrix: Matrix) -> Table:
        """One row a part and a last one for the whole, which is counted by itself."""
        by = matrix.by
        answers = [self._split(ask, by) for ask in matrix.asks]
        parts = parts_of(self.rows, by, self.period, self.own, set().union(*answers))
        order = [(key, name, self._part(matrix.asks[0], by, key)) for key, name in parts]
        ranks: dict[str, str] = {}
        if matrix.ranked:
            order.sort(key=lambda part: (part[0] == "", part[2] is None, -(part[2] or 0)))
            some = any(value for key, _, value in order if key)  # all level at nought: no ranks
            for key, _, value in order:
                if some and key and value is not None:
                    better = sum(1 for k, _, v in order if k and v is not None and v > value)
                    ranks[key] = str(better + 1)
        heads = [_heading(ask) for ask in matrix.asks]
        first = (heading_of(by), "名次") if matrix.ranked else (heading_of(by),)
        rows = []
        for key, name, _ in order:
            cells = [Run(name), Run(ranks.get(key, ""))] if matrix.ranked else [Run(name)]
            cells += [self._number(ask, by, key, name, table=True) for ask in matrix.asks]
            rows.append(tuple(cells))
        cells = [Run("合计"), Run("")] if matrix.ranked else [Run("合计")]
        cells += [self._number(ask, by, None, "合计", table=True) for ask in matrix.asks]
        return Table((*first, *heads), (*rows, tuple(cells)))

    # -- one number --------------------------------------------------------------------------------------

    def _number(
        self, ask: Ask, by: str = "", key: str | None = None, part: str = "", *, table: bool = False
    ) -> Run:
        asked, name = self._question(ask, by, key)
        if asked is None:
            return Run(ask.place.text)
        value = self._answer(asked)
        text = write_number(ask, value, table=table)
        title = f"{part or name}{'·' if part or name else ''}{_named(ask)}"
        return Run(text, self._spot(title, (asked,), (value,)))

    def _question(self, ask: Ask, by: str = "", key: str | None = None) -> tuple[Asked | None, str]:
        """Name the question; parts that the ledger does not have are mistakes."""
        only, names = [], []
        for split, name in ask.parts:
            found = self._key(split, name)
            if found is None:
                known = "、".join(list(self._names(split))[:8]) or "（账上没有）"
                why = f"没有“{name}”这个{heading_of(split)}，有：{known} 等。"
                self.mistakes.append(ask.place.mistake(why))
                return None, ""
            only.append((split, found))
            names.append(name)
        if not by and only:
            by, key = only.pop(0)  # its neighbours come with it
        return Asked(ask.indicator, ask.measure, by, key, tuple(only), self.period), "、".join(
            names
        )

    def _answer(self, asked: Asked) -> int | None:
        values = self.values(asked.period)
        return values.value(asked.indicator, asked.measure, asked.by, asked.key, asked.only)

    def _spot(self, title: str, asked: tuple[Asked, ...], values: tuple[int | None, ...]) -> Spot:
        self._count += 1
        return Spot(self._count, title, asked, values)

    def _against(self, piece: Against) -> Run:
        asked, name = self._question(piece.ask)
        if asked is None:
            return Run(piece.ask.place.text)
        before = _before(asked, piece.what)
        now_value, then_value = self._answer(asked), self._answer(before)
        title = f"{name}{'·' if name else ''}{_named(piece.ask)}{piece.what}"
        text = write_against(piece, now_value, then_value)
        return Run(text, self._spot(title, (asked, before), (now_value, then_value)))

    # -- parts -------------------------------------------------------------------------------------------

    def _split(self, ask: Ask, by: str) -> dict[str, int | None]:
        """The numbers of all parts that are met; the others are nought, or nothing for a share."""
        asked, _ = self._question(ask)
        if asked is None:
            return {}
        only = asked.only if not asked.by else ((asked.by, asked.key or ""), *asked.only)
        return self.values(self.period).split(ask.indicator, ask.measure, by, only)

    def _part(self, ask: Ask, by: str, key: str) -> int | None:
        asked, _ = self._question(ask, by, key)
        return self._answer(asked) if asked is not None else None

    def _ranking(self, piece: Ranking) -> list[Run]:
        """Names with their numbers; parts without a number, or with none of it at the top, are left out."""
        ask, by = piece.ask, piece.by
        met = self._split(ask, by)
        parts = parts_of(self.rows, by, self.period, self.own, set(met))
        some: list[tuple[str, str, int]] = []
        for key, name in parts:
            value = self._part(ask, by, key) if key else None
            if value is not None and (value or piece.from_end):
                some.append((key, name, value))
        some.sort(key=lambda part: part[2] if piece.from_end else -part[2])
        if len(some) > piece.count:
            last = some[piece.count - 1][2]
            some = [p for n, p in enumerate(some) if n < piece.count or p[2] == last]
        found: list[Run] = []
        for place, (key, name, _) in enumerate(some):
            found += [Run(f"{'、' if place else ''}{name}"), self._number(ask, by, key, name)]
        return found or [Run("（没有）")]

    def _names(self, split: str) -> dict[str, str]:
        if split not in self._keys:
            parts = parts_of(self.rows, split, self.period, self.own, set())
            self._keys[split] = {name: key for key, name in parts}
        return self._keys[split]

    def _key(self, split: str, name: str) -> str | None:
        known = self._names(split)
        return known.get(name, name if name in known.values() else None)


def _heading(ask: Ask) -> str:
    """累计走访户数（户）: the heading of a column."""
    label, spec = INDICATORS[ask.indicator].label, INDICATORS[ask.indicator]
    compared = ask.measure in spec.compared
    said = _SHORT.get(ask.measure, ask.measure)
    return (
        f"{label}{ask.measure}（{unit_of(ask)}）"
        if compared
        else f"{said}{label}（{unit_of(ask)}）"
    )


def _named(ask: Ask) -> str:
    return f"{INDICATORS[ask.indicator].label}·{ask.measure}"


def _before(asked: Asked, what: str) -> Asked:
    """The question whose answer is compared with."""
    period, measure = asked.period, asked.measure
    match what:
        case "比年初":
            measure = "年初数"
        case "比上年同期":
            period = period.year_before()
        case "比前一日":
            eve: date = period.end - _DAY
            period = Period(eve, eve)
        case _:
            period = period.previous()
    return Asked(asked.indicator, measure, asked.by, asked.key, asked.only, period)
