"""Why a firm came into a number, left it or changed in it: what touched its records since the closing.

The journal tells (`decisions.md` 4): the door writes every step, this asks which of them touched what
stood, or stands, behind the number. It is the probable cause; the restatement adds up without it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE, Person
from ledger_desk.store import hangers
from ledger_desk.store.queries import Rows

ADDED, MENDED, MERGED, OUT, REMOVED = "补录", "更正", "合并重复", "移出", "删除"
SPLIT, BACK, UNDONE, MEANING, UNKNOWN = "拆开重复", "恢复", "撤销", "口径变动", "没有找到"
_OUT_FIELDS = frozenset({"left_on", "dropped", "dropped_on"})
_OUT_WORDS = ("移出", "退出", "撤回", "剔除", "退园")
_COUNTED = frozenset({"money", "day", "yes_no", "whole", "rate", "figure"})
_FAR = frozenset({"office", "person", "bank", "enterprise", "park", "guarantor"})
_STEPS = 2  # that are named for one firm
Ref = tuple[str, str]


@dataclass(frozen=True)
class Cause:
    """One cause: its word, and the step in words; ``fields`` of a correction."""

    word: str
    detail: str = ""


@dataclass(frozen=True)
class _Touch:
    table: str
    record: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    step: int
    name: str
    kind: str
    at: datetime
    person: str


@dataclass
class Journal:
    """What happened after a step, asked record by record and read in one select each time."""

    rows: Rows
    since: int | None
    _known: dict[str, list[_Touch]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def learn(self, records: Iterable[str]) -> None:
        """Read what touched some records; those known already are not read again."""
        new = [each for each in dict.fromkeys(records) if each not in self._asked]
        self._asked.update(new)
        if self.since is None or not new:
            return
        sql = (
            "SELECT c.record_table, c.record, c.before, c.after, s.id, s.name, s.kind, s.at, s.person"
            " FROM change c JOIN step s ON s.id = c.step"
            " WHERE c.record IN (SELECT value FROM json_each(?)) AND c.step > ? ORDER BY c.id"
        )
        found = self.rows.connection.exec_driver_sql(sql, (json.dumps(new), self.since)).all()
        people = self.rows.many(Person, list({row[8] for row in found if row[8]}))
        for table, record, before, after, step, name, kind, at, person in found:
            self._known.setdefault(record, []).append(_Touch(
                table, record, _loaded(before), _loaded(after), step, name, kind,
                datetime.fromisoformat(at), people[person].title if person in people else "",
            ))  # fmt: skip

    def touches(self, record: str) -> list[_Touch]:
        """What touched a record, the oldest first; `learn` it before."""
        return self._known.get(record, [])


def _loaded(text: str | None) -> dict[str, Any] | None:
    return json.loads(text) if text is not None else None


def causes_of(
    journal: Journal, firm: Ref, was: frozenset[Ref], now: frozenset[Ref], old: Rows | None
) -> tuple[Cause, ...]:
    """Say why one firm moved.

    Args:
        journal: What happened since the closing.
        firm: Table and id of the firm, or of the record that stands by itself.
        was: Records of it that stood behind the number then.
        now: Those that do now.
        old: The ledger as it was, to look up what is gone.
    """
    came, left, stayed = sorted(now - was), sorted(was - now), sorted(was & now)
    journal.learn([record for _, record in (firm, *came, *left, *stayed)])
    found = [
        *(each for one in came for each in _on_or_above(journal, old, one, came=True)),
        *(each for one in left for each in _on_or_above(journal, old, one, came=False)),
        *(_last([t for t in journal.touches(record) if _counts(t)]) for _, record in stayed),
    ]
    if not any(found):
        found = [_last(journal.touches(record)) for _, record in stayed]
    if not any(found) or firm[0] == "enterprise":
        found += [_last([t for t in journal.touches(firm[1]) if _weighs(t)])]
    if not any(found):
        above = _above(journal.rows, old, [*came, *left, *stayed])
        journal.learn(record for _, record in above)
        found = [_last(journal.touches(record)) for _, record in above]
    if not any(found) and firm[0] == "enterprise":
        near = [child for _, _, child in hangers.children(journal.rows, [firm[1]])[firm[1]]]
        journal.learn(near)
        found = [_last(journal.touches(record)) for record in near]
    return _told([each for each in found if each is not None])


def _on_or_above(
    journal: Journal, old: Rows | None, one: Ref, *, came: bool
) -> list[_Touch | None]:
    """What touched a record; where nothing did, what it hangs on (a decision's contact that was merged)."""
    touches = journal.touches(one[1])
    if touches:
        return [_first(touches) if came else _last(touches)]
    above = _above(journal.rows, old, [one])
    journal.learn(record for _, record in above)
    return [_last(journal.touches(record)) for _, record in above]


def _first(touches: Sequence[_Touch]) -> _Touch | None:
    """Of a record that came: its making, else what was done to it last."""
    return next((each for each in touches if each.before is None), None) or _last(touches)


def _last(touches: Sequence[_Touch]) -> _Touch | None:
    return touches[-1] if touches else None


def _counts(touch: _Touch) -> bool:
    """Whether a change of a record that stayed can move an amount."""
    specs = field_map(BY_TABLE[touch.table])
    names = {*(touch.before or {}), *(touch.after or {})}
    return any(specs[name].kind.name in _COUNTED for name in names if name in specs)


def _weighs(touch: _Touch) -> bool:
    """Whether a change of a firm's own record can move numbers: put away, merged, moved, of another kind."""
    names = {*(touch.before or {}), *(touch.after or {})}
    return bool(names & {"removed", "township", "kind", "size", "industry"}) or touch.kind in (
        hangers.MERGE, hangers.SPLIT,
    )  # fmt: skip


def _above(rows: Rows, old: Rows | None, records: Sequence[Ref]) -> list[Ref]:
    """What records refer to, up to twice: the decision's contact, the drawdown's loan."""
    found: dict[Ref, None] = {}
    level = list(records)
    for _ in range(2):
        upper: dict[Ref, None] = {}
        by_table = defaultdict(list)
        for table, record in level:
            by_table[table].append(record)
        for table, ids in by_table.items():
            cls = BY_TABLE[table]
            held: dict[str, Any] = dict(old.many(cls, ids)) if old is not None else {}
            held |= rows.many(cls, ids)
            for spec in field_map(cls).values():
                if spec.ref and spec.ref not in _FAR:
                    values = (getattr(each, spec.name) for each in held.values())
                    upper |= {(spec.ref, str(value)): None for value in values if value}
        level = [each for each in upper if each not in found]
        found |= upper
    return list(found)


def _told(touches: Sequence[_Touch]) -> tuple[Cause, ...]:
    """One cause a word, the gravest first, with its steps."""
    by_word: dict[str, list[_Touch]] = {}
    for each in touches:
        by_word.setdefault(word_of(each), []).append(each)
    order = (MERGED, SPLIT, ADDED, REMOVED, OUT, BACK, UNDONE, MENDED)
    causes = []
    for word in sorted(by_word, key=order.index):
        steps = {each.step: each for each in by_word[word]}
        fields = _fields(by_word[word]) if word == MENDED else ""
        told = [_step_words(each) for each in list(steps.values())[-_STEPS:]]
        more = f"等 {len(steps)} 步" if len(steps) > _STEPS else ""
        causes.append(Cause(word, f"{fields}{'；'.join(told)}{more}"))
    return tuple(causes)


def word_of(touch: _Touch) -> str:
    """Name what a change did: 补录, 更正, 合并重复, 移出, 删除 …."""
    before, after = touch.before, touch.after
    if touch.kind == hangers.MERGE:
        return MERGED
    if touch.kind == hangers.SPLIT:
        return SPLIT
    if touch.kind in ("undo", "redo", "back"):
        return UNDONE
    if before is None:
        return ADDED
    if after is None:
        return REMOVED
    if "removed" in after:
        return REMOVED if after["removed"] else BACK
    out = _OUT_FIELDS & after.keys()
    words = str(after.get("state") or "")
    if any(after[name] for name in out) or any(word in words for word in _OUT_WORDS):
        return OUT
    return MENDED


def _fields(touches: Sequence[_Touch]) -> str:
    """Labels of the fields that were corrected: ``金额、日期　``."""
    names = {
        name: field_map(BY_TABLE[each.table])[name].label
        for each in touches
        for name in (each.after or {})
        if name in field_map(BY_TABLE[each.table])
    }
    labels = list(dict.fromkeys(names.values()))
    return f"{'、'.join(labels[:3])}{'等' if len(labels) > 3 else ''}　" if labels else ""


def _step_words(touch: _Touch) -> str:
    who = f" {touch.person}" if touch.person else ""
    return f"{touch.at:%Y-%m-%d}{who}“{touch.name}”"
