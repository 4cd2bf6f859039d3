"""A dictionary as one office sees it: its own entries and the built-in ones, found as one types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from ledger_desk.model.finder import Finder
from ledger_desk.model.keeping import Term
from ledger_desk.model.terms import BY_KEY, Dictionary, Entry

Keep = Callable[[Entry], bool]
_FAR = 2  # part of a dictionary of places behind the own and the near ones


class Part:
    """Some entries that are searched together."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Hold entries; they are made ready for searching when somebody searches."""
        self.entries = entries

    @cached_property
    def finder(self) -> Finder:
        """The search over these entries."""
        words = getattr(self.entries, "words", None)
        if words is not None:
            return Finder(words())
        return Finder([(entry.code, entry.text, *entry.also) for entry in self.entries])

    @cached_property
    def texts(self) -> frozenset[tuple[str, str]]:
        """Words with what they lie in."""
        return frozenset((entry.text, entry.parent) for entry in self.entries)


@lru_cache(maxsize=64)
def _built_in(key: str, home: str) -> tuple[Part, ...]:
    """The built-in entries in one part; places near home in a part of their own, ahead of others."""
    entries = BY_KEY[key].entries(home)
    near = len(getattr(entries, "near", ()))
    return (Part(entries[:near]), Part(entries)) if near else (Part(entries),)


def make_ready(key: str, home: str) -> None:
    """Do beforehand what the first key in a large dictionary waits for; may run in any thread."""
    for part in _built_in(key, home[:6]):
        part.finder.find("a", 1)


class Listing:
    """The entries of a dictionary in one office."""

    def __init__(self, dictionary: Dictionary, home: str = "", terms: Iterable[Term] = ()) -> None:
        """Put the office's terms ahead of the built-in entries.

        Args:
            dictionary: The dictionary.
            home: Division code of the office.
            terms: Its terms of this dictionary. One that repeats a built-in word says no more than
                whether that word is off.
        """
        self.dictionary = dictionary
        self._built_in = _built_in(dictionary.key, home[:6])
        self._said: dict[tuple[str, str], Term] = {}
        own = []
        for term in terms:
            place = (term.value or "", term.parent or "")
            if not dictionary.coded and place in self._built_in[-1].texts:
                self._said[place] = term
            elif term.value:
                own.append(_own(term))
        self._own = Part(sorted(own, key=lambda entry: (entry.off, entry.code, entry.text)))

    @property
    def own(self) -> Sequence[Entry]:
        """The office's own entries."""
        return self._own.entries

    def __len__(self) -> int:
        """How many entries there are, own and built-in, off or not."""
        return len(self._own.entries) + len(self._built_in[-1].entries)

    def page(self, offset: int, limit: int) -> list[Entry]:
        """Give some entries: own ones first, then the built-in ones in their order."""
        mine = len(self._own.entries)
        found = list(self._own.entries[offset : offset + limit])
        start = max(offset - mine, 0)
        rest = limit - len(found)
        return found + [self._told(e) for e in self._built_in[-1].entries[start : start + rest]]

    def entry(self, value: str) -> Entry | None:
        """Find the entry that a field's value stands for; None for wording that is no entry."""
        for entry in self._own.entries:
            if entry.text == value:
                return entry
        if self.dictionary.coded:
            found = [n for rank, n in self._built_in[-1].finder.ranked(value, 1) if rank == 0]
            entries = [self._built_in[-1].entries[number] for number in found]
            return next((entry for entry in entries if entry.code == value), None)
        known = (entry for entry in self._built_in[-1].entries if entry.text == value)
        return next(map(self._told, known), None)

    def has(self, word: str, parent: str = "") -> bool:
        """Whether there is such an entry; in a dictionary of places in the same place only."""
        return any((e.text, e.parent) == (word, parent) for e in self._own.entries) or (
            not self.dictionary.coded and (word, parent) in self._built_in[-1].texts
        )

    def code_taken(self, code: str) -> bool:
        """Whether an entry has this code."""
        if any(entry.code == code for entry in self._own.entries):
            return True
        return self.dictionary.coded and self.entry(code) is not None

    def find(
        self, typed: str, limit: int = 50, *, keep: Keep | None = None, off: bool = False
    ) -> list[Entry]:
        """Find entries: whole matches first, then own ones, then built-in ones.

        Args:
            typed: See `Finder.ranked`; with nothing typed the first entries are given.
            limit: Most entries to give.
            keep: Only entries for which it says so.
            off: Also entries that the office does not use.
        """
        found = (
            e for e in self._hits(typed, limit) if (off or not e.off) and (not keep or keep(e))
        )
        seen: dict[Entry, None] = {}
        for entry in found:
            seen[entry] = None
            if len(seen) == limit:
                break
        return list(seen)

    def _hits(self, typed: str, limit: int) -> Iterator[Entry]:
        parts = (self._own, *self._built_in)
        if not typed.strip():
            for part in parts:
                yield from map(self._told, part.entries)
            return
        # Room for those that `keep` leaves out; a dictionary of villages holds some hundreds.
        # Far places that only sound like what was typed do not come ahead of near ones.
        sounds = typed.isascii() and not any(c.isdigit() for c in typed)
        ranked = [
            (rank > 0 or (number == _FAR and sounds), number, rank, place)
            for number, part in enumerate(parts)
            for rank, place in part.finder.ranked(typed, max(limit, 400) if number < 2 else limit)
        ]
        ranked.sort(key=lambda hit: hit[:3])
        for _, number, _, place in ranked:
            yield self._told(parts[number].entries[place])

    def _told(self, entry: Entry) -> Entry:
        term = self._said.get((entry.text, entry.parent)) if self._said else None
        return entry if term is None else entry._replace(record=term.id, off=bool(term.off))


def _own(term: Term) -> Entry:
    return Entry(
        term.value or "", term.code or "", term.hint or "", term.source or "", (), term.parent or "",
        term.id, bool(term.off), own=True,
    )  # fmt: skip
