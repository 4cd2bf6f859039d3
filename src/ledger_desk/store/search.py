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
_MOST_READINGS = 4  # combinations of initials kept for one name


def normalise(text: str) -> str:
    """Fold width and case and drop blanks, so that a search finds what looks the same."""
    if text.isascii():
        return text.upper().replace(" ", "")
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def pieces(text: str) -> list[str]:
    """Cut typed text at blanks into normalised pieces, each of which must be found."""
    return [normalise(piece) for piece in text.split() if piece.strip()]


@lru_cache(maxsize=1)
def _initials() -> dict[str, str]:
    """Character → initials of its readings, commonest first, from the shipped table."""
    found = {}
    for line in (
        (paths.resources() / "dictionaries" / "pinyin.tsv").read_text(encoding="utf-8").splitlines()
    ):
        if not line or line.startswith("#"):
            continue
        character, readings = line.split("\t", 1)
        letters = dict.fromkeys(
            reading[0].upper() for reading in readings.replace(",", " ").split() if reading
        )
        found[character] = "".join(letters)
    return found


@lru_cache(maxsize=65536)
def initials(text: str) -> str:
    """Pinyin initials of a text; several, separated by blanks, where characters have several readings."""
    known = _initials()
    choices, combinations = [], 1
    for character in normalise(text):
        letters = known.get(
            character, character if character.isascii() and character.isalnum() else ""
        )
        if not letters:
            continue
        if combinations * len(letters) > _MOST_READINGS:
            letters = letters[0]
        combinations *= len(letters)
        choices.append(letters)
    return " ".join("".join(letters) for letters in product(*choices)) if choices else ""


def search_text(values: Mapping[str, Any]) -> str:
    """Search text of one enterprise from its stored values."""
    name, person = values.get("name") or "", values.get("person") or ""
    parts = [name, *[str(values[f]) for f in _FIELDS if values.get(f)]]
    return "\n".join([*map(normalise, parts), initials(name), initials(person)])
