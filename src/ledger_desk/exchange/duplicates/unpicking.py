"""What a joint record goes back to when one of the firms in it leaves: asked of each field's history.

A value that a merge brought stays as long as one of the absorbed firms still has it. When the last
of them leaves, the field goes back to what a person had written, or another absorbed firm's value
takes its place. So any number of merges, in chains and in common steps, come apart in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise, Verdict
from ledger_desk.store import alikes, hangers
from ledger_desk.store.hangers import Written
from ledger_desk.store.queries import Query, Rows, Where

Values = Mapping[str, Any]


@dataclass
class Unpicked:
    """Stored values to put back by firm and field, and sentences on what stays as it is."""

    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    stays: list[str] = field(default_factory=list)


def unpick(rows: Rows, absorbed: str, chain: Sequence[str], merge: int) -> Unpicked:
    """Find what goes back when a firm leaves.

    Args:
        rows: The ledger.
        absorbed: The firm that leaves.
        chain: The firm that it is part of, the one which that is part of, and so on.
        merge: The step that made it part of ``chain[0]``.
    """
    found = Unpicked()
    stored = rows.stored(Enterprise, [absorbed, *chain])
    titles = {record: firm.title for record, firm in rows.many(Enterprise, chain).items()}
    leaving, before = absorbed, dict(stored[absorbed])
    after: dict[str, Any] = {}  # of the firm that leaves: nothing stands any more
    for holder in chain:
        inside = _inside(rows, holder)
        standing = [stored_one for record, stored_one in inside.items() if record != leaving]
        if after:  # a firm further up keeps the one below, with what that goes back to
            standing.append(after)
        history = hangers.written(rows, holder)
        changed: dict[str, Any] = {}
        for name, spec in field_map(Enterprise).items():
            value = stored[holder][name]
            if value is None or value != before.get(name):
                continue
            label = f"“{titles[holder]}”的{spec.label}"
            writes = history.get(name, [])
            if not writes or not writes[-1].by_merge:
                if any(w.step == merge and w.value == value for w in writes):
                    found.stays.append(f"{label}后来又写过，留着。")
                continue
            if any(other.get(name) == value for other in standing):
                found.stays.append(f"{label}并进来的另一户也是这样写，留着。")
                continue
            changed[name] = _earlier(writes[:-1], [other.get(name) for other in standing])
        if not changed:
            break
        found.fields[holder] = changed
        leaving, before = holder, {name: stored[holder][name] for name in changed}
        after = {**stored[holder], **changed}
    return found


def _earlier(writes: Sequence[Written], standing: Sequence[Any]) -> Any:
    """Give the newest earlier value that still has a reason: a person's, or one of a firm inside."""
    others = [value for value in standing if value is not None]
    for write in reversed(writes):
        if write.value is not None and (not write.by_merge or write.value in others):
            return write.value
        if not write.by_merge:
            break
    return others[0] if others else None


def _inside(rows: Rows, holder: str) -> dict[str, Values]:
    """Give the stored values of the firms that are part of one now."""
    where = (Where("one", "=", holder), Where("verdict", "=", alikes.SAME))
    ids = [str(verdict.other) for verdict in rows.find(Query(Verdict, where))]
    known = rows.stored(Enterprise, ids)
    return {record: known[record] for record in ids}
