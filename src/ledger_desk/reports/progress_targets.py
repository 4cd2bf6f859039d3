"""What the stages of the funnel owe: quotas (任务指标), and for visits the firms of the plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger_desk.model.records import Office
from ledger_desk.reports import goals
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.counting import totals
from ledger_desk.store.counting.totals import Scope, Window
from ledger_desk.store.queries import Rows

INDICATOR: Mapping[str, str] = {
    "走访户数": "visited", "申报户数": "applied", "推荐户数": "recommended", "授信户数": "granted",
    "放款户数": "drawn",
}  # fmt: skip
"""Word of a quota → the stage that it is owed at."""


@dataclass(frozen=True)
class Goals:
    """How many firms each stage owes: the whole, and each township or bank."""

    whole: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of(self, key: str) -> Mapping[str, int]:
        """Those of one row."""
        return self.parts.get(key, {})


def read_goals(rows: Rows, office: Office, window: Window, by: str) -> Goals:
    """Read the quotas that go with a span of days, by stage; the rule is that of `goals`."""
    found = goals.read(rows, office.id, window, by, INDICATOR)
    whole = {INDICATOR[word]: owed.value for word, owed in found.whole.items()}
    parts = {
        key: {INDICATOR[word]: owed.value for word, owed in some.items()}
        for key, some in found.parts.items()
    }
    _visits(rows, window, by, whole, parts)
    return Goals(whole, parts)


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
