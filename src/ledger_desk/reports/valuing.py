"""Values of indicators on one picture of the ledger, and what stands behind each.

The one place that knows how a number comes about: of lines, of sets of firms, of two other numbers, or of
what was reported. Forms, checks, plots and bulletins ask here; every select is run once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Bank, Figure, Target
from ledger_desk.reports import figures as reported
from ledger_desk.reports import goals
from ledger_desk.reports.firm_sets import BASES, read_sets
from ledger_desk.reports.indicator import COMPARED, OWED, OWED_SHARE, Indicator, quotient, share
from ledger_desk.reports.indicators import find_indicator, splits_of, window_of
from ledger_desk.store.counting import things, totals
from ledger_desk.store.counting.splitting import SPLITS
from ledger_desk.store.counting.totals import Line, Number, Scope, Share, Window
from ledger_desk.store.queries import Query, Rows

Only = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Backing:
    """What one part of a number is made of: the lines of the ledger, or the reported figures.

    Attributes:
        indicator: Of this part; of a ratio the one above or below the line.
        measure: Its measure.
        window: The days that count.
        value: In the smallest unit; None where there is none.
        lines: Events or records, each with its firm or its title.
        figures: The 填报数 added up.
        shares: Firm by firm instead of line by line, see `Values.shares`.
    """

    indicator: Indicator
    measure: str
    window: Window
    value: int | None
    lines: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()
    shares: tuple[Share, ...] = ()


class Values:
    """Numbers of a period, asked one by one, counted split by split."""

    def __init__(self, rows: Rows, period: Period, since: date, office: str | None = None) -> None:
        """Count on ``rows``.

        Args:
            rows: One picture of the ledger.
            period: The period of the form.
            since: First day of the mechanism.
            office: Only what this reporting office entered; None for all.
        """
        self._rows, self._period, self._since, self._office = rows, period, since, office
        self._asked: dict[Any, Any] = {}

    def value(
        self, indicator: str, measure: str, by: str = "", key: str | None = None, only: Only = ()
    ) -> int | None:
        """Give one number in its smallest unit; None where there is nothing to say or to divide by.

        Args:
            indicator: Its id.
            measure: One of its measures, comparing ones among them.
            by: By which key the rows are split.
            key: The part; None for the whole.
            only: Further parts that all must hold.

        Raises:
            UserError: No such indicator, or it has no such measure or split.
        """
        spec = self._known(indicator, measure, (*((by,) if by else ()), *(name for name, _ in only)))  # fmt: skip
        return self._value(spec, measure, by if key is not None else "", key, only)

    def split(
        self, indicator: str, measure: str, by: str, only: Only = ()
    ) -> dict[str, int | None]:
        """Give the numbers of all parts that something was met in; ``""`` is what has no such part."""
        spec = self._known(indicator, measure, (by, *(name for name, _ in only)))
        keys = sorted(self._keys(spec, measure, by, only))
        return {key: self._value(spec, measure, by, key, only) for key in keys}

    def proof(
        self, indicator: str, measure: str, by: str = "", key: str | None = None, only: Only = ()
    ) -> tuple[Backing, ...]:
        """List what stands behind a number: of a ratio what is above and below the line."""
        spec = self._known(indicator, measure, (*((by,) if by else ()), *(name for name, _ in only)))  # fmt: skip
        return self._proof(spec, measure, by if key is not None else "", key, only)

    def shares(
        self, indicator: str, measure: str, by: str = "", key: str | None = None, only: Only = ()
    ) -> tuple[Backing, ...]:
        """As `proof`, but firm by firm: all parts of a split cost one select, whatever they are of."""
        spec = self._known(indicator, measure, (*((by,) if by else ()), *(name for name, _ in only)))  # fmt: skip
        return self._proof(spec, measure, by if key is not None else "", key, only, brief=True)

    # -- how a number comes about ------------------------------------------------------------------------

    def _value(
        self, spec: Indicator, measure: str, by: str, key: str | None, only: Only
    ) -> int | None:
        if measure in COMPARED:
            now, then, as_share = COMPARED[measure]
            left, right = (self._value(spec, each, by, key, only) for each in (now, then))
            if left is None or right is None:
                return None
            return share(left - right, right) if as_share else left - right
        if measure in (OWED, OWED_SHARE):
            span, owed = self._goal(spec, by, key, only)
            if owed is None:
                return None
            done = self._value(spec, span, by, key, only) if measure == OWED_SHARE else 0
            return owed.value if measure == OWED else share(done or 0, owed.value)
        if spec.kind == "ratio":
            top, bottom = (
                self._value(find_indicator(each), measure, by, key, only)
                for each in (spec.top, spec.bottom)
            )
            if top is None or bottom is None:
                return None
            if spec.unit == "%":
                return share(top, bottom, spec.places)
            return quotient(top * 10**spec.places, bottom)
        if spec.kind == "figure":
            return self._reported(spec, measure, by, key, only).value
        if spec.kind == "set":
            return len(self._sets(measure, by, only).get(key or "", {}).get(spec.made, ()))
        return spec.value_of(self._numbers(spec, measure, by, only).get(key or "", Number()))

    def _keys(self, spec: Indicator, measure: str, by: str, only: Only) -> set[str]:
        if measure in COMPARED:
            return {k for each in COMPARED[measure][:2] for k in self._keys(spec, each, by, only)}
        if measure in (OWED, OWED_SHARE):
            found = [self._goals(each, by) for each in goals.SPANS] if not only else []
            return {key for each in found for key, part in each.parts.items() if spec.goal in part}
        if spec.kind == "ratio":
            pair = (find_indicator(spec.top), find_indicator(spec.bottom))
            return {key for each in pair for key in self._keys(each, measure, by, only)}
        if spec.kind == "figure":
            told = self._figures(spec, measure)
            return {key for each in told if (key := reported.keys_of(each, self._banks()).get(by))}
        if spec.kind == "set":
            sets = self._sets(measure, by, only)
            return {key for key, some in sets.items() if some[spec.made]}
        return set(self._numbers(spec, measure, by, only))

    def _proof(
        self, spec: Indicator, measure: str, by: str, key: str | None, only: Only, *,
        brief: bool = False,
    ) -> tuple[Backing, ...]:  # fmt: skip
        if measure in COMPARED:
            return tuple(
                part for each in COMPARED[measure][:2]
                for part in self._proof(spec, each, by, key, only, brief=brief)
            )  # fmt: skip
        if measure in (OWED, OWED_SHARE):
            span, owed = self._goal(spec, by, key, only)
            done = (
                self._proof(spec, span, by, key, only, brief=brief) if measure == OWED_SHARE else ()
            )
            quotas = tuple(_quota(each) for each in owed.targets) if owed else ()
            value = owed.value if owed else None
            return (*done, Backing(spec, OWED, self.window(span), value, quotas))
        if spec.kind == "ratio":
            pair = (find_indicator(spec.top), find_indicator(spec.bottom))
            return tuple(
                part for each in pair
                for part in self._proof(each, measure, by, key, only, brief=brief)
            )  # fmt: skip
        window = self.window(measure)
        value = self._value(spec, measure, by, key, only)
        if spec.kind == "figure":
            found = self._reported(spec, measure, by, key, only)
            return (Backing(spec, measure, window, value, figures=found.figures),)
        scope = Scope(by, self._office, only)
        if spec.kind == "set":
            firms = self._sets(measure, by, only).get(key or "", {}).get(spec.made, frozenset())
            if brief:
                base = self._shares(BASES[spec.made], window, by, only).get(key or "", ())
                held = tuple(one for one in base if one.enterprise in firms)
                return (Backing(spec, measure, window, value, shares=held),)
            all_lines = totals.lines(self._rows, BASES[spec.made], window, scope, key)
            some = tuple(line for line in all_lines if line.enterprise in firms)
            return (Backing(spec, measure, window, value, some),)
        if brief and spec.events in totals.THINGS:
            own = self._things(spec.events, window, by, only).get(key or "", ())
            return (Backing(spec, measure, window, value, tuple(own)),)
        if brief:
            held = tuple(self._shares(spec.events, window, by, only).get(key or "", ()))
            return (Backing(spec, measure, window, value, shares=held),)
        lines = totals.lines(self._rows, spec.events, window, scope, key)
        return (Backing(spec, measure, window, value, tuple(lines)),)

    def window(self, measure: str) -> Window:
        """The days of a measure."""
        return window_of(measure, self._period, self._since)

    # -- what is asked of the ledger, each once ------------------------------------------------------------

    def _numbers(self, spec: Indicator, measure: str, by: str, only: Only) -> Mapping[str, Number]:
        window = self.window(measure)
        asked = (spec.events, window, by, only)
        if asked not in self._asked:
            scope = Scope(by, self._office, only)
            if totals.goes_together(spec.events, window, by):  # a total row asks for the whole too
                whole, split = totals.whole_and_split(self._rows, spec.events, window, scope)
                self._asked[asked] = split
                self._asked[(spec.events, window, "", only)] = {"": whole}
            else:
                self._asked[asked] = totals.numbers(self._rows, spec.events, window, scope)
        found: Mapping[str, Number] = self._asked[asked]
        return found

    def _shares(
        self, events: str, window: Window, by: str, only: Only
    ) -> Mapping[str, Sequence[Share]]:
        asked = ("shares", events, window, by, only)
        if asked not in self._asked:
            scope = Scope(by, self._office, only)
            self._asked[asked] = totals.shares(self._rows, events, window, scope)
        found: Mapping[str, Sequence[Share]] = self._asked[asked]
        return found

    def _things(
        self, events: str, window: Window, by: str, only: Only
    ) -> Mapping[str, Sequence[Line]]:
        asked = ("things", events, window, by, only)
        if asked not in self._asked:
            scope = Scope(by, self._office, only)
            self._asked[asked] = things.by_key(self._rows, events, window, scope)
        found: Mapping[str, Sequence[Line]] = self._asked[asked]
        return found

    def _sets(self, measure: str, by: str, only: Only) -> Mapping[str, Mapping[str, frozenset[str]]]:  # fmt: skip
        asked = ("sets", self.window(measure), by, only)
        if asked not in self._asked:
            self._asked[asked] = read_sets(self._rows, asked[1], Scope(by, self._office, only))
        found: Mapping[str, Mapping[str, frozenset[str]]] = self._asked[asked]
        return found

    def _figures(self, spec: Indicator, measure: str) -> Sequence[Figure]:
        asked = ("figures", spec.id, measure)
        if asked not in self._asked:
            window = reported.window_of(measure, self._period)
            self._asked[asked] = reported.find_figures(self._rows, spec.id, window, self._office)
        found: Sequence[Figure] = self._asked[asked]
        return found

    def _banks(self) -> Mapping[str, str]:
        """Type of each bank."""
        if "banks" not in self._asked:
            self._asked["banks"] = {b.id: b.type or "" for b in self._rows.find(Query(Bank))}
        found: Mapping[str, str] = self._asked["banks"]
        return found

    def _goals(self, span: str, by: str) -> goals.Goals:
        asked = ("goals", span, by)
        if asked not in self._asked:
            own, window = goals.own_office(self._rows), self.window(span)
            words = frozenset(goals.WORDS.values())
            self._asked[asked] = goals.read(self._rows, own, window, by, words)
        found: goals.Goals = self._asked[asked]
        return found

    def _goal(
        self, spec: Indicator, by: str, key: str | None, only: Only
    ) -> tuple[str, goals.Owed | None]:
        """The quota of a part, and the measure of the nearest span of days that one goes with."""
        if len(only) == 1 and key is None:
            ((by, key), only) = only[0], ()
        for span in goals.SPANS if not only else ():
            ways = (by,) if key is not None else ("", "bank_type", "township")
            for way in ways:
                owed = self._goals(span, way).of(spec.goal, key)
                if owed is not None:
                    return span, owed
        return goals.SPANS[0], None

    def _reported(
        self, spec: Indicator, measure: str, by: str, key: str | None, only: Only
    ) -> reported.Reported:
        parts = dict(only) | ({by: key} if key is not None else {})
        return reported.report_part(
            self._figures(spec, measure), parts, self._banks(), adds_up=spec.adds_up
        )

    def _known(self, indicator: str, measure: str, keys: tuple[str, ...]) -> Indicator:
        spec = find_indicator(indicator)
        if measure not in (*spec.measures, *spec.compared):
            can = "、".join((*spec.measures, *spec.compared))
            raise UserError(f"指标“{spec.label}”没有“{measure}”这种算法，可用的有：{can}。")
        wrong = [name for name in keys if name not in splits_of(spec)]
        if wrong:
            can = "、".join(SPLITS[name] for name in SPLITS if name in splits_of(spec)) or "无"
            told = SPLITS.get(wrong[0], wrong[0])
            raise UserError(f"指标“{spec.label}”不能按{told}分，可以按这些分：{can}。")
        return spec


def _quota(target: Target) -> Line:
    """A quota as a line of a proof."""
    title = "　".join(part for part in (target.indicator, target.reading) if part)
    day = target.until or date.max
    return Line("", "", target.township, target.bank, day, goals.value_of(target), target.TABLE, target.id, title)  # fmt: skip
