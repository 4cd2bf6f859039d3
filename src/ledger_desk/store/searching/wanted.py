"""What was typed, made ready, and whether a firm's search text matches it: the definition of search.

A search text (`store/search.py`) has a line each for name, owner and former name, for code,
registration number and internal number, and then for what else is filled. Each blank-separated
piece must be found: as it stands anywhere; or in the first three lines with their signs left away, as
it stands or as pinyin.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from ledger_desk.store import search
from ledger_desk.store.searching import spelling
from ledger_desk.store.searching.spelling import LINE

HEAD = 3  # lines that are spelt
NUMBERS = 3  # lines of identifying numbers, next to them
_WHOLE = 13  # characters from which on a text may be a whole code or registration number


@dataclass(frozen=True)
class Piece:
    """One piece of what was typed.

    Attributes:
        text: Normalised.
        cuts: Ways to read it as pinyin; empty for what is none.
    """

    text: str
    cuts: tuple[spelling.Units, ...]

    def matches(self, text: str) -> bool:
        """Whether a search text has it."""
        if self.text in text:
            return True
        lines = spelling.only_sounding(LINE.join(text.split(LINE, HEAD)[:HEAD]))
        return self.text in lines or any(spelling.spells(lines, units) for units in self.cuts)


@dataclass(frozen=True)
class Wanted:
    """What was typed.

    Attributes:
        pieces: All of them must be found.
        code: The only piece, where it is long enough for a whole code; firms that have exactly this
            code, registration number or internal number come first. Else ''.
    """

    pieces: tuple[Piece, ...]
    code: str

    def matches(self, text: str) -> bool:
        """Whether a search text has all pieces."""
        return all(piece.matches(text) for piece in self.pieces)

    def as_written(self) -> Wanted:
        """The same, but not read as pinyin."""
        return Wanted(tuple([Piece(piece.text, ()) for piece in self.pieces]), self.code)

    def is_exact(self, text: str) -> bool:
        """Whether it is one of the identifying numbers of a search text."""
        return bool(self.code) and self.code in text.split(LINE, HEAD + NUMBERS)[HEAD:][:NUMBERS]


@lru_cache(maxsize=64)
def wanted(typed: str) -> Wanted:
    """Make ready what was typed; the longest piece, which finds the fewest, comes first."""
    texts = sorted(set(search.pieces(typed)), key=lambda text: (-len(text), text))
    pieces = tuple(Piece(text, spelling.cuts(text)) for text in texts if text)
    whole = len(pieces) == 1 and len(pieces[0].text) >= _WHOLE and pieces[0].text.isascii()
    return Wanted(pieces, pieces[0].text if whole else "")


def packed(numbers: list[int]) -> str:
    """Write row numbers as one bound value for the engine's ``json_each``."""
    return json.dumps(numbers, separators=(",", ":"))
