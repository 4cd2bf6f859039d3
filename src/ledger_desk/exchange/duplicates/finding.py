"""Groups of firms that look like one, over a whole ledger in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from ledger_desk.exchange.duplicates.blocking import Keys
from ledger_desk.exchange.duplicates.weighing import (
    EXACT,
    LEVELS,
    LIKELY,
    POSSIBLE,
    Firm,
    Likeness,
    weigh,
)
from ledger_desk.progress import Progress, silent
from ledger_desk.store import alikes
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

_AT_ONCE = 5000  # pairs weighed at a time: their rows are read, compared and let go
_STRENGTH = {EXACT: 0, LIKELY: 1, POSSIBLE: 2}
_MOST_MEMBERS = 40


class Pair(NamedTuple):
    """Two firms that look like one; ``one`` has the smaller id."""

    one: str
    other: str
    score: int
    level: str
    reason: str


@dataclass(frozen=True)
class Group:
    """Firms that look like one.

    Attributes:
        ids: The firms, two or more; details are read when the group is opened.
        titles: Their names, in the same order.
        level: A key of `LEVELS`; that of the weakest pair which holds the group together.
        score: Likeness 0–100 of that pair.
        reason: Why, in words, of that pair.
        pairs: All pairs that were found inside, the likeliest first.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    level: str
    score: int
    reason: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Groups(Sequence[Group]):
    """What a search found, the surest first.

    Attributes:
        groups: The groups.
        firms: Live firms that were looked at.
        judged: Pairs not shown because a person said 不是同一户.
    """

    groups: tuple[Group, ...]
    firms: int = 0
    judged: int = 0

    def __getitem__(self, place: int) -> Group:  # type: ignore[override]
        """Give one group."""
        return self.groups[place]

    def __len__(self) -> int:
        """Count the groups."""
        return len(self.groups)

    def of(self, *levels: str) -> list[Group]:
        """Give the groups of some levels."""
        return [group for group in self.groups if group.level in levels]

    def pairs(self) -> Iterator[Pair]:
        """Give all pairs of all groups."""
        for group in self.groups:
            yield from group.pairs

    def summary(self) -> str:
        """Say the counts in one line."""
        counts = [f"{LEVELS[level]} {len(self.of(level)):,} 组" for level in LEVELS]
        return f"查了 {self.firms:,} 户：{'，'.join(counts)}。"


def find_groups(source: Ledger | Rows, progress: Progress = silent) -> Groups:
    """Find the groups of firms that look like one, in a whole ledger.

    Args:
        source: A ledger, or a picture of one that is being read.
        progress: May cancel.

    Raises:
        Cancelled: From ``progress``.
    """
    if isinstance(source, Ledger):
        with source.read() as rows:
            return _find(rows, source.office.division or "", progress)
    return _find(source, alikes.home(source), progress)


def _find(rows: Rows, home: str, progress: Progress) -> Groups:
    total, done = alikes.count(rows), 0
    keys = Keys(home)
    for some in alikes.scan(rows):
        progress(done, total, "查重：读名录")
        keys.add(some)
        done += len(some)
    candidates = keys.pairs()
    judged = alikes.apart(rows)
    found: list[Pair] = []
    titles: dict[str, str] = {}
    hidden = 0
    for start in range(0, len(candidates), _AT_ONCE):
        progress(start, len(candidates), "查重：逐对比较")
        some_pairs = candidates[start : start + _AT_ONCE]
        for pair, names in _weigh(rows, some_pairs, home, keys.is_rare):
            if (pair.one, pair.other) in judged:
                hidden += 1
                continue
            found.append(pair)
            titles.update(names)
    return Groups(tuple(_together(found, titles)), done, hidden)


def _weigh(
    rows: Rows, pairs: Sequence[tuple[int, int]], home: str, is_rare: Callable[[str | None], bool]
) -> Iterator[tuple[Pair, dict[str, str]]]:
    numbers = {number for pair in pairs for number in pair}
    firms = {n: Firm(slim, home) for n, slim in alikes.numbered(rows, numbers).items()}
    for a, b in pairs:
        one, other = firms[a], firms[b]
        likeness = weigh(one, other, rare=is_rare(one.slim.person))
        if likeness is not None:
            yield pair_of(one, other, likeness), {f.id: f.written for f in (one, other)}


def pair_of(one: Firm, other: Firm, likeness: Likeness) -> Pair:
    """Put two firms and what was found of them in order."""
    first, second = sorted((one.id, other.id))
    return Pair(first, second, *likeness)


def _together(pairs: Iterable[Pair], titles: dict[str, str]) -> list[Group]:
    """Join pairs to groups: only firms each of which looks like every other of its group.

    A firm without a number may look like two that have different ones. Such pairs stay groups of
    two, and none of them may be merged unseen.
    """
    ordered = sorted(pairs, key=lambda p: (_STRENGTH[p.level], -p.score, p.one, p.other))
    known = {(p.one, p.other): p for p in ordered}
    members: dict[str, list[str]] = {}
    lonely: list[Pair] = []
    torn: set[str] = set()
    for pair in ordered:
        a, b = members.get(pair.one, [pair.one]), members.get(pair.other, [pair.other])
        if a is b:
            continue
        crossing = [(min(x, y), max(x, y)) for x in a for y in b]
        if len(a) + len(b) > _MOST_MEMBERS or not all(c in known for c in crossing):
            lonely.append(pair)
            torn.update((pair.one, pair.other))
            continue
        joined = sorted([*a, *b])
        for member in joined:
            members[member] = joined
    groups = {id(some): some for some in members.values()}
    made = [_group(some, known, titles, torn) for some in groups.values()]
    made += [_group([pair.one, pair.other], known, titles, torn) for pair in lonely]
    return sorted(made, key=lambda g: (_STRENGTH[g.level], -g.score, g.titles))


def _group(
    ids: list[str], known: dict[tuple[str, str], Pair], titles: dict[str, str], torn: set[str]
) -> Group:
    pairs = sorted(
        (known[pair] for pair in combinations(ids, 2)),
        key=lambda p: (_STRENGTH[p.level], -p.score),
    )
    weakest = pairs[-1]
    level, reason = weakest.level, weakest.reason
    if level == EXACT and torn.intersection(ids):
        level, reason = LIKELY, f"{reason}；其中有一户又像别的户"
    names = tuple(titles[record] for record in ids)
    return Group(tuple(ids), names, level, weakest.score, reason, tuple(pairs))
