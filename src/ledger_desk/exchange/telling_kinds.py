"""What a table is a table of: every record class is tried, and the one that fits clearly best wins.

Nothing here is written for one class. A class speaks through its declared fields; a table speaks
through its headings, its title, its sheet's and file's names, the tokens of its rows, and what was
read in before under the same headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass

from ledger_desk.exchange import tokens
from ledger_desk.exchange.field_words import words_of
from ledger_desk.exchange.headings import key_of
from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.exchange.mapping import Mapping, signature
from ledger_desk.exchange.matching_columns import Seen
from ledger_desk.exchange.targets import INTERNAL, kind_name, must_have
from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import BY_TABLE, RECORDS, Enterprise

KINDS: tuple[type[Record], ...] = (*RECORDS, LedgerRow)
_SERIAL = frozenset(map(key_of, ["序号", "序", "编号", "号", "No", "行次", "#"]))
# So much better than enterprises a class must fit, before a table is taken for something else.
_CLEARLY = 1.0
_MANY = 3
_FINALISTS = 3
_BY_CONTENT = 0.3
_SAID_SO, _NAMED_SO = 1.5, 0.5


@dataclass(frozen=True)
class KindGuess:
    """One class that a table may be a list of.

    Attributes:
        kind: For ``prepare(kind=…)``: table name, or ``ledger_rows``.
        label: What to call it, in Chinese.
        score: The higher the likelier; comparable within one table only.
        matched: How many columns find a field.
        enough: Whether the columns suffice to read it in.
        mapping: Its columns.
    """

    kind: str
    label: str
    score: float
    matched: int
    enough: bool
    mapping: Mapping


def rank(
    seen: Seen, said: Sequence[str], memories: MappingType[str, Iterable[str]] | None = None
) -> list[KindGuess]:
    """Rank the classes that a table may be a list of, the likeliest first; never empty.

    Args:
        seen: The table.
        said: Title, names of sheet and file.
        memories: What is remembered, by `mapping.signature`.
    """
    memories = memories or {}
    kept = {cls: list(memories.get(signature(cls, seen.columns), ())) for cls in KINDS}
    # Without headings there is nothing to look at roughly.
    worded = any(column.heading for column in seen.columns)
    rough = {cls: seen.match(cls, kept[cls], roughly=worded) for cls in KINDS}
    order = sorted(KINDS, key=lambda cls: -_score(rough[cls], said))
    finalists = {*order[:_FINALISTS], Enterprise}
    guesses = [
        _guess(seen.match(cls, kept[cls]) if cls in finalists else rough[cls], said)
        for cls in KINDS
    ]
    guesses.sort(key=lambda guess: -guess.score)
    chosen = _chosen(seen, guesses, said)
    rest = [guess for guess in guesses if guess is not chosen]
    cls = chosen.mapping.cls
    if cls not in finalists:
        chosen = _guess(seen.match(cls, kept[cls]), said)
    return [chosen, *rest]


def warm_up() -> None:
    """Gather the words of all classes, as `rank` does when it is first asked."""
    for cls in KINDS:
        words_of(cls)


def went_out_as(seen: Seen) -> type[Record] | None:
    """Tell from the tokens of its rows which records a table was a list of when it went out."""
    for column in seen.columns:
        if column.how == "reserved":
            cls = BY_TABLE.get(tokens.table_of(seen.cells(column.column)))
            if cls is not None:
                return cls
    return None


def _chosen(seen: Seen, guesses: Sequence[KindGuess], said: Sequence[str]) -> KindGuess:
    """Give what the table is taken for: enterprises, unless something else is clearly meant."""
    by_class = {guess.mapping.cls: guess for guess in guesses}
    firms = by_class[Enterprise]
    cls = went_out_as(seen)
    if cls is not None:
        return by_class[cls]
    for guess in guesses:
        if guess.mapping.remembered:
            return guess
    for guess in guesses:
        if not guess.enough or guess is firms or not _serious(guess.mapping, said):
            continue
        sure = len(_named(guess.mapping)) >= _MANY or _hint(guess.mapping.cls, said) >= _SAID_SO
        if not firms.enough or (sure and guess.score >= firms.score + _CLEARLY):
            return guess
    return firms


def _serious(mapping: Mapping, said: Sequence[str]) -> bool:
    """Tell whether a table other than of enterprises may be taken for one without being asked."""
    named = _named(mapping)
    worded = _worded(mapping)
    if mapping.cls.TABLE in INTERNAL:
        # The program's own registers: only a table that has all their headings and no other.
        labels = {key_of(spec.label) for spec in fields_of(mapping.cls)}
        exact = labels == {key_of(c.heading) for c in mapping if c.how != "reserved"}
        return exact and (len(labels) > 2 or _hint(mapping.cls, said) >= _SAID_SO)
    enough = 1 if _hint(mapping.cls, said) >= _SAID_SO else 2
    return len(named) >= enough and 2 * len(named) >= worded


def _guess(mapping: Mapping, said: Sequence[str]) -> KindGuess:
    cls = mapping.cls
    return KindGuess(kind_name(cls), cls.LABEL, _score(mapping, said), len(mapping.used),
                     _enough(mapping), mapping)  # fmt: skip


def _enough(mapping: Mapping) -> bool:
    used = set(mapping.used)
    return any(set(group) <= used for group in must_have(mapping.cls))


def _score(mapping: Mapping, said: Sequence[str]) -> float:
    named, worded = _named(mapping), _worded(mapping)
    told = len(mapping.used) - len(named)
    needed = [s.name for s in fields_of(mapping.cls) if s.required]
    has = sum(name in mapping.used for name in needed) / len(needed) if needed else 0.0
    score = sum(named) + _BY_CONTENT * told + has + _hint(mapping.cls, said)
    score += 2 * len(named) / worded if worded else 0.0
    if mapping.cls.TABLE in INTERNAL:
        score -= 3
    return score if _enough(mapping) else score - 20


def _named(mapping: Mapping) -> list[float]:
    """Trust in each column that its heading gave to a field."""
    return [c.confidence for c in mapping.used.values() if c.how not in ("content", "reserved")]


def _worded(mapping: Mapping) -> int:
    """How many columns have a heading that could mean something."""
    keys = [key_of(c.heading) for c in mapping if c.how != "reserved"]
    return sum(1 for key in keys if key and key not in _SERIAL)


def _hint(cls: type[Record], said: Sequence[str]) -> float:
    """Tell how far title and names speak of the class: by its own label, or what it names."""
    texts = [key_of(text) for text in said if text]
    if any(key_of(cls.LABEL) in text for text in texts):
        return _SAID_SO
    words = {
        key_of(word).removesuffix("名称")
        for spec in fields_of(cls) if spec.identity and spec.name == "name"
        for word in (spec.label, *spec.synonyms)
    }  # fmt: skip
    named = any(word in text for word in words if len(word) >= 2 for text in texts)
    return _NAMED_SO if named else 0.0
