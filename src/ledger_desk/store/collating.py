"""The order in which people expect Chinese words: by pinyin.

Digits and Latin letters come first, in either case; then characters by their commonest reading, and
those of one reading by their number in Unicode. The dictionary has no tones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ledger_desk import paths

SEPARATOR = "\x1f"
_FIRST_RANK = 0x3400  # ranks are written as characters from here up to the surrogates
_SURROGATES = 0xD800
_BEHIND = 0xF0000  # characters without a reading, behind all that have one
# What JSON would have to escape; keys are only compared.
_PLAIN = {'"': "'", "\\": "/"}


class _Ranks(dict[int, str]):
    """A table for `str.translate`."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character == SEPARATOR:
            made = character
        elif character < " ":
            made = " "
        else:
            folded = unicodedata.normalize("NFKC", character).upper()
            made = "".join([_PLAIN.get(each) or self._placed(each) for each in folded])
        self[code] = made
        return made

    def _placed(self, character: str) -> str:
        if ord(character) < _FIRST_RANK:
            return character
        return dict.get(self, ord(character)) or chr(_BEHIND) + character


@lru_cache(maxsize=1)
def _ranks() -> _Ranks:
    path = paths.resources() / "dictionaries" / "pinyin.tsv"
    # By reading, so that there is no long sort: that would not let go of the interpreter's lock.
    of: dict[str, list[int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            character, _, readings = line.partition("\t")
            of.setdefault(readings.replace(" ", ",").partition(",")[0], []).append(ord(character))
    codes = (code for reading in sorted(of) for code in sorted(of[reading]))
    ranks = _Ranks()
    for place, code in zip(range(_FIRST_RANK, _SURROGATES), codes, strict=False):
        ranks[code] = chr(place)
    return ranks


def key(text: str) -> str:
    """Give the sort key of a text: keys compare as the texts should stand."""
    return text.replace(SEPARATOR, " ").translate(_ranks())


def keys(texts: Sequence[str]) -> list[str]:
    """Give the sort keys of several texts in one go; none may contain `SEPARATOR`."""
    return keys_of(SEPARATOR.join(texts)) if texts else []


def keys_of(joined: str) -> list[str]:
    """Give the sort keys of texts that are joined by `SEPARATOR`; an empty text is one."""
    return joined.translate(_ranks()).split(SEPARATOR)
