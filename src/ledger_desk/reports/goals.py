"""What is owed (任务数): the quotas that go with a span of days, for the whole and for its parts.

One rule for the forms and for the front page. A quota of 每家 is owed by each bank of its types, one of
合计 by all of them together (`decisions.md` 24).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from ledger_desk.model.records import Bank, Target
from ledger_desk.store.counting.totals import Window
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.bank_groups import types_of
from ledger_desk.work.quotas import EACH

WORDS: Mapping[str, str] = {
    "visited_firms": "走访户数", "effective_firms": "有效走访户数", "applied_firms": "申报户数",
    "recommended_firms": "推荐户数", "cultivated_firms": "培植户数", "cultivated_lent_firms": "获贷户数",
    "first_rate_a": "首贷率", "granted_firms": "授信户数", "list_granted_firms": "授信户数",
    "granted_amount": "授信金额", "list_granted_amount": "授信金额", "drawn_firms": "放款户数",
    "list_drawn_firms": "放款户数", "drawn_amount": "放款金额", "list_drawn_amount": "放款金额",
    "fairs": "首贷专场对接会", "briefs": "专题信息", "briefs_sent": "专题信息",
    "renewed_amount": "无还本续贷金额",
}  # fmt: skip
"""Indicator → the word of a quota (``work_words.TARGET_INDICATORS``) that is owed in it."""
SPANS = ("本期", "本年累计", "启动以来累计")
"""Measures whose days a quota may go with, the nearest first."""
_NEAR = timedelta(days=31)
_FEN = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass
class Owed:
    """How much is owed, and by which quotas; in the indicator's smallest unit."""

    value: int = 0
    targets: list[Target] = field(default_factory=list)

    def add(self, target: Target, times: int = 1) -> None:
        """Take a quota in."""
        self.value += value_of(target) * times
        self.targets.append(target)


@dataclass
class Goals:
    """Word of a quota → what the whole owes, and what each part owes."""

    whole: dict[str, Owed] = field(default_factory=dict)
    parts: dict[str, dict[str, Owed]] = field(default_factory=dict)

    def of(self, word: str, key: str | None) -> Owed | None:
        """What is owed in one word, by one part or by the whole."""
        return (self.whole if key is None else self.parts.get(key, {})).get(word)

    def part(self, key: str, word: str) -> Owed:
        """What a part owes, to be added to."""
        return self.parts.setdefault(key, {}).setdefault(word, Owed())


def value_of(target: Target) -> int:
    """A quota in the smallest unit: fen, hundredths of a percent, pieces."""
    value, unit = target.value or 0, target.unit or ""
    return value * 100 if unit == "%" else value * _FEN.get(unit, 1)


def goes_with(target: Target, window: Window) -> bool:
    """Whether a quota is owed over a span of days.

    Both begin within a month of each other, and it does not end before the span; one that ends later is
    what is owed by then.
    """
    if target.since is None or target.until is None or window.first is None:
        return False
    return (
        abs(target.since - window.first) <= _NEAR
        and target.until >= window.last - _NEAR
        # The quota of a year says nothing of its first month.
        and (window.last - window.first > 2 * _NEAR or target.until <= window.last + _NEAR)
    )


def own_office(rows: Rows) -> str:
    """Id of the office that keeps the ledger."""
    sql = "SELECT value FROM meta WHERE key = 'office'"
    return str(rows.connection.exec_driver_sql(sql).scalar() or "")


def read(rows: Rows, own: str, window: Window, by: str, words: Iterable[str]) -> Goals:
    """Read the quotas of some words that go with a span, split by a key.

    Args:
        rows: The ledger.
        own: Id of the ledger's office; its quotas are those of the whole.
        window: The days.
        by: ``township``, ``bank``, ``bank_type`` or ``office``; other keys have no quotas.
        words: Words of quotas.
    """
    found = rows.find(Query(Target, (Where("indicator", "in", tuple(words)),)))
    some = [each for each in found if each.value and goes_with(each, window)]
    banks = {b.id: b.type or "" for b in rows.find(Query(Bank))} if some else {}
    goals = Goals()
    for target in some:
        _take(goals, target, own, by, banks)
    for word in {str(target.indicator) for target in some} - goals.whole.keys():
        parts = [part[word] for part in goals.parts.values() if word in part]
        if parts and not any(t.unit == "%" for part in parts for t in part.targets):
            listed = list({t.id: t for part in parts for t in part.targets}.values())
            goals.whole[word] = Owed(sum(part.value for part in parts), listed)
    return goals


def _take(goals: Goals, target: Target, own: str, by: str, banks: Mapping[str, str]) -> None:
    word = str(target.indicator)
    if target.township:
        if by == "township":
            goals.part(target.township, word).add(target)
    elif target.bank:
        key = {"bank": target.bank, "bank_type": banks.get(target.bank, "")}.get(by)
        if key:
            goals.part(key, word).add(target)
    elif target.bank_type:
        types = types_of(target.bank_type)
        if by == "bank" and target.scope == EACH:
            for bank, kind in banks.items():
                if kind in types:
                    goals.part(bank, word).add(target)
        elif by == "bank_type":
            for kind in types:
                many = list(banks.values()).count(kind) if target.scope == EACH else 1
                if many and (target.scope == EACH or len(types) == 1):
                    goals.part(kind, word).add(target, many)
    else:
        if by == "office" and (target.office or own):
            goals.part(target.office or own, word).add(target)
        if target.office in (None, "", own):
            goals.whole.setdefault(word, Owed()).add(target)
