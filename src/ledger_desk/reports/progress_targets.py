"""What the stages of the funnel owe: quotas (任务指标), and for visits the firms of the plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from ledger_desk.model.records import Bank, Office, Target
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store import totals
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.store.totals import Scope, Window
from ledger_desk.work.quotas import EACH

INDICATOR: Mapping[str, str] = {
    "走访户数": "visited", "申报户数": "applied", "推荐户数": "recommended", "授信户数": "granted",
    "放款户数": "drawn",
}  # fmt: skip
"""Word of a quota → the stage that it is owed at."""
_NEAR = timedelta(days=31)


@dataclass(frozen=True)
class Goals:
    """How many firms each stage owes: the whole, and each township or bank."""

    whole: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of(self, key: str) -> Mapping[str, int]:
        """Those of one row."""
        return self.parts.get(key, {})


def read_goals(rows: Rows, office: Office, window: Window, by: str) -> Goals:
    """Read the quotas that go with a span of days.

    A quota goes with it when both begin within a month of each other, and it does not end before the
    span; one that ends later is what is owed by then.
    """
    found = rows.find(Query(Target, (Where("indicator", "in", tuple(INDICATOR)),)))
    found = [each for each in found if each.value and _goes_with(each, window)]
    whole: dict[str, int] = {}
    parts: dict[str, dict[str, int]] = {}
    kinds = {bank.id: bank.type for bank in rows.find(Query(Bank))} if by == "bank" else {}
    for each in found:
        stage, value = INDICATOR[str(each.indicator)], each.value or 0
        if each.township:
            if by == "township":
                _add(parts, each.township, stage, value)
        elif each.bank:
            if by == "bank":
                _add(parts, each.bank, stage, value)
        elif each.bank_type:
            if each.scope == EACH:
                for bank, kind in kinds.items():
                    if kind == each.bank_type:
                        _add(parts, bank, stage, value)
        elif each.office in (None, "", office.id):
            whole[stage] = whole.get(stage, 0) + value
    for stage in INDICATOR.values():
        together = sum(part.get(stage, 0) for part in parts.values())
        if stage not in whole and together:
            whole[stage] = together
    _visits(rows, window, by, whole, parts)
    return Goals(whole, parts)


def _goes_with(target: Target, window: Window) -> bool:
    if target.since is None or target.until is None or window.first is None:
        return False
    return (
        abs(target.since - window.first) <= _NEAR
        and target.until >= window.last - _NEAR
        # The quota of a year says nothing of its first month.
        and (window.last - window.first > 2 * _NEAR or target.until <= window.last + _NEAR)
    )


def _add(parts: dict[str, dict[str, int]], key: str, stage: str, value: int) -> None:
    row = parts.setdefault(key, {})
    row[stage] = row.get(stage, 0) + value


def _visits(
    rows: Rows, window: Window, by: str, whole: dict[str, int], parts: dict[str, dict[str, int]]
) -> None:
    """Without a quota, the firms on the plans are owed a visit."""
    if "visited" in whole:
        return
    events = INDICATORS["target_firms"].events
    found, split = totals.whole_and_split(rows, events, window, Scope(by))
    if found.firms:
        whole["visited"] = found.firms
        for key, number in split.items():
            parts.setdefault(key, {})["visited"] = number.firms
