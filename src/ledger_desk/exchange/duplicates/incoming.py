"""Rows of an incoming table that look like a firm of the ledger, or mean one that was merged away.

Asked only for rows that would be new. Lists of which every row has a credit code, read into a
ledger where every firm has one, cost nothing: two codes are two firms (`decisions.md` 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger_desk.exchange.duplicates.weighing import Firm, Likeness, weigh
from ledger_desk.exchange.identities import Pending
from ledger_desk.exchange.names import is_corporate, name_key
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store import alikes, likeness
from ledger_desk.store.alikes import Slim
from ledger_desk.store.queries import Rows

_MOST = 5  # candidates that are named
_KEYS = ("code", "regno", "internal_no", "name")
_FIELDS = Slim._fields[2:]


class Alike(NamedTuple):
    """A firm that a row looks like."""

    id: str
    name: str
    likeness: Likeness


class Lookalikes:
    """Firms of the ledger, and of the block that is read, which rows without a match look like."""

    def __init__(self, rows: Rows) -> None:
        """Look in ``rows``."""
        self._rows = rows
        self._home: str | None = None
        self._by: dict[str, dict[str, Firm]] = {}
        self._pending: dict[str, Pending] = {}
        self._asked = False

    def begin(self, strangers: Sequence[Mapping[str, Any]], asked: bool = False) -> None:
        """Look up the firms that rows of a block look like.

        Args:
            strangers: Values of the unmatched rows.
            asked: Other rows of the block are reason enough to look.
        """
        self._by, self._pending = {}, {}
        asked = asked or any(values.get("code") is None for values in strangers)
        self._asked = bool(strangers) and (asked or alikes.has_uncoded(self._rows))
        if not self._asked:
            return
        if self._home is None:
            self._home = alikes.home(self._rows)
        keys = [likeness.keys(values) for values in strangers]
        found = alikes.by_keys(self._rows, [k[0] for k in keys], [k[1] for k in keys])
        for finger, contact, slim in found:
            self._put((finger, contact), Firm(slim, self._home))

    def add(self, made: Pending) -> None:
        """Let later rows of the block see a firm that is about to be made."""
        if self._asked:
            self._pending[made.id] = made
            self._put(likeness.keys(made.values), self._firm(made.id, made.values))

    def of(self, values: Mapping[str, Any]) -> list[Alike]:
        """Give the firms that a row looks like, the likeliest first."""
        firms: dict[str, Firm] = {}
        if self._by:
            for key in likeness.keys(values):
                firms |= self._by.get(key, {})
        if not firms:
            return []
        row = self._firm("", values)
        found = [
            Alike(firm.id, firm.written, weighed)
            for firm in firms.values()
            if (weighed := weigh(row, firm)) is not None
        ]
        return sorted(found, key=lambda alike: (-alike.likeness.score, alike.id))[:_MOST]

    def records(self, alike: Sequence[Alike]) -> list[Any]:
        """Give the records of firms that a row looks like, in their order."""
        known = self._rows.many(
            Enterprise, [one.id for one in alike if one.id not in self._pending]
        )
        return [self._pending.get(one.id) or known[one.id] for one in alike]

    def _put(self, keys: tuple[str, str], firm: Firm) -> None:
        for key in keys:
            if key:
                self._by.setdefault(key, {})[firm.id] = firm

    def _firm(self, record: str, values: Mapping[str, Any]) -> Firm:
        known = field_map(Enterprise)
        stored = {
            name: known[name].kind.save(value)
            for name in _FIELDS
            if (value := values.get(name)) is not None
        }
        return Firm(Slim(0, record, **stored), self._home or "")


def sentence(found: Sequence[Alike]) -> str:
    """Say which firm a row looks like, why, and how much."""
    most = found[0]
    more = f"另有 {len(found) - 1} 户也像。" if len(found) > 1 else ""
    return (
        f"与“{most.name}”很像（相似度 {most.likeness.score}）：{most.likeness.reason}。{more}"
        "请看是同一户，还是新的一户。"
    )


class Aliases:
    """Firms that were merged away: what speaks of one of them means the one that absorbed it."""

    def __init__(self, rows: Rows) -> None:
        """Read the merges; nothing more is asked where there are none."""
        self._rows = rows
        self._by: dict[tuple[str, str], list[Slim]] = {}
        self._to: dict[str, str] = {}
        self._now: dict[str, Enterprise] = {}
        self._gone: dict[str, Enterprise] = {}
        absorbed = alikes.absorbed(rows)
        if absorbed:
            self._to = alikes.aliases(rows)
        for slim in absorbed:
            for field in _KEYS:
                if value := getattr(slim, field):
                    self._by.setdefault((field, _key(field, value)), []).append(slim)

    def known_by(self, field: str) -> set[str]:
        """Give the keys of one field that belong to firms that were merged away."""
        return {key for name, key in self._by if name == field}

    def begin(self, block: Iterable[Mapping[str, Any]]) -> None:
        """Read the records that rows of a block may mean."""
        self._now, self._gone = {}, {}
        if not self._by:
            return
        meant = {slim.id for values in block for _, slim in self._hits(values)}
        self._gone = self._rows.many(Enterprise, sorted(meant))
        ends = sorted({self._to[record] for record in meant if record in self._to})
        self._now = {r: f for r, f in self._rows.many(Enterprise, ends).items() if not f.removed}

    def survivor(self, values: dict[str, Any]) -> Enterprise | None:
        """Give the firm that a row means through one that was merged away, None for no such."""
        for firm, gone in self._meant(values):
            _settle(values, firm, gone)
            return firm
        return None

    def settle(self, values: dict[str, Any], record: str) -> None:
        """Settle a row that a number has led to a firm, where it speaks of one merged into that."""
        for firm, gone in self._meant(values):
            if firm.id == record:
                _settle(values, firm, gone)

    def _meant(self, values: Mapping[str, Any]) -> Iterator[tuple[Enterprise, Enterprise]]:
        """Give (firm that stands now, absorbed firm) that a row names, the surest first."""
        if not self._now:
            return
        for field, slim in self._hits(values):
            firm, gone = self._now.get(self._to.get(slim.id, "")), self._gone.get(slim.id)
            if firm is None or gone is None:
                continue
            if field != "name" or self._same_name(values, slim, firm):
                yield firm, gone

    def _hits(self, values: Mapping[str, Any]) -> list[tuple[str, Slim]]:
        """Absorbed firms that a row names, the surest key first; a key of two firms names none."""
        found = []
        for field in _KEYS:
            value = values.get(field)
            some = self._by.get((field, _key(field, value)), []) if value is not None else []
            if some and len({self._to.get(slim.id) for slim in some}) == 1:
                found.append((field, some[0]))
        return found

    def _same_name(self, values: Mapping[str, Any], slim: Slim, firm: Enterprise) -> bool:
        """Tell whether a name alone means the absorbed firm: one with another code is another firm."""
        code = values.get("code")
        if code is not None and (firm.code or slim.code) is not None:
            return False
        regno = values.get("regno")
        if regno is not None and (firm.regno or slim.regno) not in (None, regno):
            return False
        if is_corporate(slim.name or ""):
            return True
        telling = [n for n in ("person", "phone", "place", "address")
                   if values.get(n) is not None and getattr(slim, n) is not None]  # fmt: skip
        return not telling or any(values[n] == getattr(slim, n) for n in telling)


def _settle(values: dict[str, Any], firm: Enterprise, gone: Enterprise) -> None:
    """Put the joint record's values where a row repeats the absorbed one's.

    The merge decided whose values count; the same old row must not bring the others back.
    """
    for name, value in list(values.items()):
        mine = getattr(firm, name, None)
        if mine is not None and value == getattr(gone, name, None):
            values[name] = mine


def _key(field: str, value: str) -> str:
    return name_key(value) if field == "name" else value
