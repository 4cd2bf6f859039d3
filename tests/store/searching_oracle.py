"""What a person means by a search, written down plainly: the slow oracle of the tests of search."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ledger_desk import paths
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

SPELT = ("name", "person", "former_name")
PLAIN = (
    "code", "regno", "internal_no", "phone", "liaison", "liaison_phone", "place", "address",
    "village",
)  # fmt: skip


@lru_cache(maxsize=1)
def readings() -> dict[str, set[str]]:
    """Every reading of every character in capitals; ü as V and as U."""
    found: dict[str, set[str]] = {}
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        character, _, words = line.partition("\t")
        for word in words.replace(",", " ").upper().split():
            found.setdefault(character, set()).update({word, word.replace("V", "U")})
    return found


def fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def spelt(name: str, typed: str) -> bool:
    """Whole syllables first, then initials, the last one at least begun; signs do not count."""
    if not typed.isascii() or not typed.isalnum() or typed.isdigit() or len(typed) > 32:
        return False
    characters = [c for c in name if c.isalnum()]

    def goes_on(place: int, rest: str, initials: bool) -> bool:
        if place == len(characters):
            return False
        character = characters[place]
        sounds = readings().get(character, set())
        if any(sound.startswith(rest) for sound in sounds) or rest == character:
            return True
        for sound in sounds:
            whole = len(sound) > 1 and not initials and rest.startswith(sound)
            if whole and goes_on(place + 1, rest[len(sound) :], False):
                return True
        first = {sound[0] for sound in sounds} | {character}
        return rest[0] in first and len(rest) > 1 and goes_on(place + 1, rest[1:], True)

    return any(goes_on(place, typed, False) for place in range(len(characters)))


def matches(firm: Enterprise, typed: str) -> bool:
    lines = {name: fold(getattr(firm, name) or "") for name in SPELT + PLAIN}
    for piece in map(fold, typed.split()):
        bare = ["".join(c for c in lines[name] if c.isalnum()) for name in SPELT]
        if not (
            any(piece in line for line in [*lines.values(), *bare])
            or any(spelt(line, piece) for line in bare)
        ):
            return False
    return True


def expected(ledger: Ledger, typed: str, removed: bool = False) -> list[str]:
    """Ids of the firms that match, the most recently touched first."""
    with ledger.read() as rows:
        firms = rows.find(Query(Enterprise, removed=removed))
        sql = "SELECT record, max(id) FROM change GROUP BY record"
        touched = {row[0]: row[1] for row in rows.connection.exec_driver_sql(sql)}
    found = [firm for firm in firms if fold(typed) and matches(firm, typed)]
    found.sort(key=lambda firm: -touched[firm.id])
    typed = fold(typed) if len(typed.split()) == 1 else ""
    if len(typed) >= 13 and typed.isascii():
        numbers = ("code", "regno", "internal_no")
        found.sort(key=lambda f: typed not in [fold(getattr(f, n) or "") for n in numbers])
    return [firm.id for firm in found]


def found(ledger: Ledger, typed: str, removed: bool = False) -> list[str]:
    with ledger.read() as rows:
        query = Query(Enterprise, text=typed, removed=removed)
        ids = rows.ids(query)
        assert [firm.id for firm in rows.find(query)] == ids
        assert rows.count(query) == len(ids)
        return ids


def fill(ledger: Ledger, *names: str, **fields: str) -> list[str]:
    with ledger.step("建") as step:
        return step.create_many(Enterprise, [{"name": name, **fields} for name in names])
