"""进度总览: the funnel from visit to loan, by township and by bank, against targets (`domain.md` §1.5).

Every number is an indicator of `work_indicators` over its own proof, so that each opens to exactly as
many firms. The three 100 % count from the first day of the mechanism to the last day of the period:
firms recommended and not removed; of those, the ones no bank called unfit; of those granted, the ones
that no bank said want no money. What a bank has not said stays in and is listed (`decisions.md` 20, 21).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model.divisions import divisions
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Bank, Office
from ledger_desk.reports.firm_sets import PIECES, made_of
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, window_of
from ledger_desk.reports.progress_targets import Goals, read_goals
from ledger_desk.store.counting import totals
from ledger_desk.store.counting.totals import Member, Number, Scope, Window
from ledger_desk.store.queries import Query, Rows

MECHANISM = MECHANISMS["小微企业融资协调工作机制"]
MEASURES: Mapping[str, str] = {"本期": "本期", "本年累计": "本年", "启动以来累计": "启动以来"}
TOWNSHIP, BANK = "township", "bank"
_SHARED = ("applied", "recommended")  # split by bank, each intended bank has a line of its own


@dataclass(frozen=True)
class Stage:
    """One stage of the funnel: indicator of its firms, and of their money where it has some."""

    key: str
    title: str
    firms: str
    money: str = ""

    @property
    def events(self) -> str:
        """Kind of its events."""
        return INDICATORS[self.firms].events


STAGES: tuple[Stage, ...] = (
    Stage("visited", "走访", "visited_firms"),
    Stage("needing", "有需求", "needing_firms", "needed_amount"),
    Stage("applied", "申报", "applied_firms", "applied_amount"),
    Stage("recommended", "推荐", "recommended_firms", "recommended_amount"),
    Stage("contacted", "对接", "contacted_firms"),
    Stage("granted", "授信", "list_granted_firms", "list_granted_amount"),
    Stage("drawn", "放款", "list_drawn_firms", "list_drawn_amount"),
)
BY_KEY: Mapping[str, Stage] = {stage.key: stage for stage in STAGES}


@dataclass(frozen=True)
class Rate:
    """One of the three 100 %: title, words of what is done and of what is owed."""

    key: str
    title: str
    done: str
    owed: str
    unset: str = ""


RATES: tuple[Rate, ...] = (
    Rate("contacted", "融资对接覆盖率", "已对接", "推荐"),
    Rate("granted", "评级授信率", "已授信", "符合条件", "银行还没认定是否符合条件"),
    Rate("drawn", "贷款落地率", "已放款", "有用款需求", "银行还没认定是否有用款需求"),
)


@dataclass(frozen=True)
class Firms:
    """Ids of the firms of one rate: those it is owed to, those done, those on which nothing was said."""

    owed: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    unset: frozenset[str] = frozenset()

    @property
    def short(self) -> frozenset[str]:
        """Those missing."""
        return self.owed - self.done

    @property
    def tenths(self) -> int | None:
        """Per mille, cut; None where nothing is owed."""
        return len(self.done) * 1000 // len(self.owed) if self.owed else None

    @property
    def percent(self) -> str:
        """``95.4%``; — where nothing is owed."""
        return "—" if self.tenths is None else f"{self.tenths // 10}.{self.tenths % 10}%"


@dataclass(frozen=True)
class Row:
    """The numbers of all, of one township or of one bank.

    Attributes:
        key: Code or id; '' for all, or for what lacks one.
        name: What it is called.
        numbers: Stage → its proof in figures.
        goals: Stage → how many firms are owed; stages without a target are absent.
        rates: Rate → its firms.
    """

    key: str
    name: str
    numbers: Mapping[str, Number] = field(default_factory=dict)
    goals: Mapping[str, int] = field(default_factory=dict)
    rates: Mapping[str, Firms] = field(default_factory=dict)

    def firms(self, stage: str) -> int:
        """Firms of a stage."""
        return self.numbers.get(stage, Number()).firms

    def amount(self, stage: str) -> int | None:
        """Money of a stage in fen; None where it has none."""
        return self.numbers.get(stage, Number()).amount if BY_KEY[stage].money else None


@dataclass(frozen=True)
class Overview:
    """The whole page.

    Attributes:
        period: The period chosen.
        measure: One of `MEASURES`.
        by: `TOWNSHIP` or `BANK`.
        whole: All of it.
        rows: Each township or bank.
    """

    period: Period
    measure: str
    by: str
    whole: Row
    rows: tuple[Row, ...]

    @property
    def window(self) -> Window:
        """Days of the stages."""
        return window_of(self.measure, self.period, MECHANISM.since)


def read_overview(
    rows: Rows, office: Office, period: Period, measure: str = "启动以来累计", by: str = TOWNSHIP
) -> Overview:
    """Count all stages and rates.

    Args:
        rows: The ledger.
        office: Of the ledger; its own targets are those of the whole.
        period: Its last day ends all measures.
        measure: One of `MEASURES`.
        by: `TOWNSHIP` or `BANK`.

    Raises:
        UserError: No such measure, or the period ends before the mechanism began.
    """
    if measure not in MEASURES:
        raise UserError(f"没有“{measure}”这种算法，可用的有：{'、'.join(MEASURES)}。")
    window = window_of(measure, period, MECHANISM.since)
    numbers, split = _numbers(rows, window, by)
    whole, parts = _rates(rows, period.end, by)
    goals = read_goals(rows, office, window, by)
    named = _named(rows, office, by)
    unnamed = {key: "没写银行" if by == BANK else "没写乡镇" for key in {*split, *parts} if not key}
    strangers = {key: divisions().get(key, key) for key in {*split, *parts} - {*named, ""}}
    found = [
        Row(key, name, split.get(key, {}), goals.of(key), parts.get(key, {}))
        for key, name in (named | strangers | unnamed).items()
    ]
    total = Row("", "全部", numbers, goals.whole, whole)
    return Overview(period, measure, by, _with_owed(total), tuple(found))


def _with_owed(whole: Row) -> Row:
    """The last three stages owe what their rate owes, where no target says otherwise."""
    owed = {key: len(firms.owed) for key, firms in whole.rates.items() if firms.owed}
    return Row(whole.key, whole.name, whole.numbers, {**owed, **whole.goals}, whole.rates)


def _numbers(
    rows: Rows, window: Window, by: str
) -> tuple[dict[str, Number], dict[str, dict[str, Number]]]:
    """Numbers of the stages, as a whole and split, in one walk wherever that can be."""
    whole: dict[str, Number] = {}
    found: dict[str, dict[str, Number]] = {}
    for stage in STAGES:
        if by == BANK and stage.events in _SHARED:
            whole[stage.key] = totals.numbers(rows, stage.events, window)[""]
            split = totals.numbers(rows, stage.events, window, Scope(by))
        else:
            whole[stage.key], split = totals.whole_and_split(rows, stage.events, window, Scope(by))
        for key, number in split.items():
            found.setdefault(key, {})[stage.key] = number
    return whole, found


def _rates(
    rows: Rows, last: date, by: str
) -> tuple[Mapping[str, Firms], dict[str, Mapping[str, Firms]]]:
    """Firms of the three rates, of all and of each row; each kind of event is walked once."""
    window = Window(MECHANISM.since, max(last, MECHANISM.since))
    sets = {
        name: totals.members(rows, events, window, Scope(by)) for name, events in PIECES.items()
    }
    keys = {key for some in sets.values() for key in some}
    none: frozenset[str] = frozenset()
    parts = {
        key: _firms({name: some.get(key, none) for name, some in sets.items()}) for key in keys
    }
    return _firms({name: none.union(*some.values()) for name, some in sets.items()}), parts


def _firms(sets: Mapping[str, frozenset[str]]) -> Mapping[str, Firms]:
    made = made_of(sets)
    return {
        "contacted": Firms(made["listed"], made["contacted"]),
        "granted": Firms(made["eligible"], made["eligible_granted"], made["unjudged"]),
        "drawn": Firms(made["usable"], made["usable_drawn"], made["unasked"]),
    }


def _named(rows: Rows, office: Office, by: str) -> dict[str, str]:
    """All townships of the county, or all banks, so that those without a number are seen too."""
    if by == BANK:
        return {
            bank.id: bank.short or bank.title
            for bank in rows.find(Query(Bank, sort=(("name", False),)))
        }
    county = (office.division or "")[:6]
    if len(county) < 6 or county.endswith("00"):
        return {}
    return {
        code: name
        for code, name in divisions().items()
        if len(code) == 9 and code.startswith(county)
    }


# -- the firms behind a number -------------------------------------------------------------------------


def firms_behind(
    rows: Rows, overview: Overview, stage: str, key: str | None = None
) -> list[Member]:
    """The firms of a stage, with their days and money; of one row, or of all (None)."""
    by = overview.by if key is not None else ""
    return totals.parts(rows, BY_KEY[stage].events, overview.window, Scope(by), key)


def firms_of_rate(
    rows: Rows, overview: Overview, rate: str, which: str, key: str | None = None
) -> list[Member]:
    """The firms of a rate: ``done``, ``owed``, ``short`` or ``unset``; of one row, or of all (None)."""
    row = overview.whole if key is None else next(r for r in overview.rows if r.key == key)
    wanted: frozenset[str] = getattr(row.rates.get(rate, Firms()), which)
    base = BY_KEY["granted" if rate == "drawn" else "recommended"]
    window = Window(MECHANISM.since, max(overview.period.end, MECHANISM.since))
    scope = Scope(overview.by if key is not None else "")
    return [
        member for member in totals.parts(rows, base.events, window, scope, key)
        if member.enterprise in wanted
    ]  # fmt: skip


class Kept:
    """Overviews that were counted, as long as the ledger has not moved on."""

    def __init__(self, most: int = 12) -> None:
        """Keep so many."""
        self._most = most
        self._found: dict[tuple[str, Period, str, str], Overview] = {}

    def get(self, head: str, period: Period, measure: str, by: str) -> Overview | None:
        """What was counted at a head of the journal."""
        return self._found.get((head, period, measure, by))

    def put(self, head: str, overview: Overview) -> None:
        """Keep one; those of an older head go."""
        self._found = {key: each for key, each in self._found.items() if key[0] == head}
        while len(self._found) >= self._most:
            del self._found[next(iter(self._found))]
        self._found[head, overview.period, overview.measure, overview.by] = overview


__all__ = [
    "BANK", "BY_KEY", "MEASURES", "MECHANISM", "RATES", "STAGES", "TOWNSHIP", "Firms", "Goals", "Kept",
    "Overview", "Rate", "Row", "Stage", "firms_behind", "firms_of_rate", "read_overview",
]  # fmt: skip
