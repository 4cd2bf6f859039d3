"""Texts cut into lines: hanzi break anywhere, words stay whole, no comma opens a line."""

from __future__ import annotations

from ledger_desk.workbook.fonts import Face

# GB/T 15834: marks that may not stand at the beginning, and at the end, of a line.
_NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…—·％%),.;:?!]}>℃")
_NOT_LAST = frozenset("（《「『【〔〈“‘([{<￥¥$")
_TOLERANCE = 1e-6


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Cut a text into lines that fit a width.

    Args:
        text: May hold line breaks of its own.
        face: Face it is set in.
        size: Points.
        width: Points; a single character wider than this still gets its own line.
    """
    room = width / size + _TOLERANCE
    if "\n" not in text and face.width(text) <= room:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, face, room)
    return lines


def _wrap_paragraph(text: str, face: Face, room: float) -> list[str]:
    if face.width(text) <= room:
        return [text]
    advance = face.advance
    lines, start, used, place = [], 0, 0.0, 0
    while place < len(text):
        wide = advance[text[place]]
        if used + wide > room and place > start:
            if text[place] == " ":  # a space that does not fit ends the line
                lines.append(text[start:place])
                start = place = place + 1
                used = 0.0
                continue
            cut = _break_before(text, start, place)
            lines.append(text[start:cut].rstrip(" "))
            start = cut
            used = sum(advance[letter] for letter in text[start:place])
            if used + wide > room and place > start:
                continue
        used += wide
        place += 1
    lines.append(text[start:])
    return lines


def _break_before(text: str, start: int, place: int) -> int:
    """Best place to break at or before ``place``, but after ``start``."""
    cut = place
    while cut > start:
        before, after = text[cut - 1], text[cut]
        joined = _in_word(before) and _in_word(after)
        if not joined and after not in _NOT_FIRST and before not in _NOT_LAST:
            return cut
        cut -= 1
    return place  # nothing better: break in the middle of the word


def _in_word(letter: str) -> bool:
    """Letters, digits and the points inside numbers hold together."""
    return letter.isascii() and (letter.isalnum() or letter in ".,-_/@:+'")
