"""Search text of an enterprise: what fragments, code tails and pinyin are looked up in.

Pinyin is not stored: it follows from the first lines, character by character, when it is typed
(`searching`). The trigram tokenizer of FTS5 finds no two-character word, so it is not used
(`dependencies.md` §6).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any

from ledger_desk import paths

# A line each, empty or not: first what is spelt in pinyin, then what identifies.
_LINES = ("name", "person", "former_name", "code", "regno", "internal_no")
# Lines where they are filled.
_MORE = ("phone", "liaison", "liaison_phone", "place", "address", "village")
_SHORT = 4  # characters up to which every combination of readings is kept
_LINE = "\n"
# Blanks that stay in a text of ASCII only, and so keep a column from being folded in one go.
_TABS = re.compile(r"[\t\r\x0b\x0c\x1c-\x1f]")
_BLANKS = re.compile(r"[^\S\n]+")


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


class _Letters(dict[int, str | None]):
    """A table for `str.translate`: what has no reading and is no letter or digit is dropped."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept = character.upper() if character.isascii() and character.isalnum() else None
        self[code] = character if character == _LINE else kept
        return self[code]


@lru_cache(maxsize=1)
def _initials() -> tuple[_Letters, _Letters, dict[str, str]]:
    """Tables of initials: commonest reading, last reading, and all of those with several."""
    first, last, several = _Letters(), _Letters(), {}
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        character, _, readings = line.partition("\t")
        letters = readings[0].upper()
        if "," in readings or " " in readings:
            parts = readings.replace(",", " ").split()
            letters = "".join(dict.fromkeys([part[0].upper() for part in parts]))
            if len(letters) > 1:
                several[character] = letters
        code = ord(character)
        first[code], last[code] = letters[0], letters[-1]
    return first, last, several


def initials(text: str) -> str:
    """Pinyin initials of a text, once in the common and, where it differs, once in the other reading.

    A short text, such as a person's name, gets every combination of readings.
    """
    first, last, _ = _initials()
    text = text.replace(_LINE, "")
    return _joined(text, text.translate(first), text.translate(last))


def _joined(text: str, common: str, other: str) -> str:
    if common == other:
        return common
    return _combined(text) if len(common) <= _SHORT else f"{common} {other}"


@lru_cache(maxsize=10_000)
def _combined(text: str) -> str:
    """Every combination of readings of a short text."""
    first, _, several = _initials()
    letters = [several.get(c, letter) for c in text if (letter := first[ord(c)])]
    return " ".join(map("".join, product(*letters)))


def _fold_all(texts: list[str]) -> list[str]:
    """Fold many texts as `normalise` does, all in one go where nothing stands in the way."""
    together = "".join(texts)
    if together.isprintable() and unicodedata.is_normalized("NFKC", together):
        # The blank is the only one that is printable.
        folded = [text.upper() for text in texts] if together.upper() != together else texts
        return [text.replace(" ", "") for text in folded] if " " in together else folded
    joined = _LINE.join(texts)
    if joined.count(_LINE) != len(texts) - 1 or _TABS.search(joined):
        return list(map(normalise, texts))
    if not unicodedata.is_normalized("NFKC", joined):
        joined = unicodedata.normalize("NFKC", joined)
    return _BLANKS.sub("", joined.upper()).split(_LINE)


def search_texts(columns: Mapping[str, Sequence[Any]], count: int) -> list[str]:
    """Search texts of enterprises from their stored values.

    Args:
        columns: Field → values; fields that nobody fills may be left out.
        count: Number of enterprises.
    """

    def texts(field: str) -> list[str]:
        return [str(value) if value else "" for value in columns.get(field, [None] * count)]

    empty = [""] * count
    lines = [_fold_all(texts(name)) if name in columns else empty for name in _LINES]
    more = [
        [_LINE + text if text else "" for text in _fold_all(texts(name))]
        for name in _MORE
        if name in columns
    ]
    return list(map("".join, zip(map(_LINE.join, zip(*lines, strict=True)), *more, strict=True)))
