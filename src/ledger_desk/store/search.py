"""Search text of an enterprise: what a fragment, a code tail or pinyin initials are looked up in.

Measured for lists of this size: a scan of one normalised column answers while typing; the trigram
tokenizer of FTS5 finds no two-character word, so it is not used (`dependencies.md` §6).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from ledger_desk import paths

_FIELDS = (
    "code",
    "regno",
    "internal_no",
    "person",
    "phone",
    "former_name",
    "place",
    "address",
    "village",
)
_SHORT = 4  # characters up to which every combination of readings is kept


def normalise(text: str) -> str:
    """Fold width and case and drop blanks, so that a search finds what looks the same."""
    if text.isascii():
        return text.upper().replace(" ", "")
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.upper().split())


def pieces(text: str) -> list[str]:
    """Cut typed text at blanks into normalised pieces, each of which must be found."""
    return [normalise(piece) for piece in text.split() if piece.strip()]


@lru_cache(maxsize=1)
def _initials() -> tuple[dict[int, str], dict[int, str], dict[str, str]]:
    """Tables of initials: commonest reading, second reading, and all of those with several.

    The first two are for `str.translate`; what has no reading and is no letter or digit is dropped.
    """
    first: dict[int, str] = {}
    second: dict[int, str] = {}
    several: dict[str, str] = {}
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        character, readings = line.split("\t", 1)
        letters = "".join(
            dict.fromkeys(r[0].upper() for r in readings.replace(",", " ").split() if r)
        )
        first[ord(character)], second[ord(character)] = letters[0], letters[-1]
        if len(letters) > 1:
            several[character] = letters
    return first, second, several


def initials(text: str) -> str:
    """Pinyin initials of a text, once in the common and, where it differs, once in the other reading.

    A short text, such as a person's name, gets every combination of readings.
    """
    first, second, several = _initials()
    plain = "".join([c for c in text if ord(c) in first or (c.isascii() and c.isalnum())]).upper()
    common, other = plain.translate(first), plain.translate(second)
    if common == other:
        return common
    if len(plain) > _SHORT:
        return f"{common} {other}"
    choices = [several.get(c, letter) for c, letter in zip(plain, common, strict=True)]
    return " ".join(map("".join, product(*choices)))


def search_text(values: Mapping[str, Any]) -> str:
    """Search text of one enterprise from its stored values."""
    name, person = values.get("name") or "", values.get("person") or ""
    parts = [name, *[str(values[f]) for f in _FIELDS if values.get(f)]]
    folded = list(map(normalise, parts))
    return "\n".join([*folded, initials(folded[0]), initials(person)])
