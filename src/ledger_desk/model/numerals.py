"""Numbers written in Chinese characters, as on receipts and in the headings of documents."""

from __future__ import annotations

import re

_DIGITS = {c: n for n, pair in enumerate(
    ("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for c in pair}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = (("亿", 10**8), ("万", 10**4), ("萬", 10**4))
_NUMERAL = re.compile("[〇零○一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万萬亿]+")


def number_of(text: str) -> int | None:
    """Give the whole number that Chinese numerals say; None where they say none.

    ``二〇二四`` is read digit by digit, ``一百一十三`` and ``伍拾万`` by their places.
    """
    if not _NUMERAL.fullmatch(text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    for word, factor in _BIG:
        if word in text:
            high, _, low = text.partition(word)
            upper = number_of(high) if high else None
            lower = _below(low.lstrip("零〇")) if low else 0
            if upper is None or lower is None or lower >= factor:
                return None
            return upper * factor + lower
    return _below(text)


def _below(text: str) -> int | None:
    """Read what stands below ten thousand, or below 亿 after it: each place once, falling."""
    if "万" in text or "萬" in text:
        return number_of(text)
    total, digit, place = 0, None, 10_000
    for character in text:
        if character in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[character]
            continue
        factor = _TENS.get(character)
        if factor is None or factor >= place:
            return None
        # 十五 begins without a digit; 百 and 千 need one.
        if digit is None and (factor > 10 or total):
            return None
        if digit == 0:
            return None
        total, digit, place = total + (digit if digit is not None else 1) * factor, None, factor
    return total + (digit or 0)
