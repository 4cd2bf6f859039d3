"""Number formats: a value and a format code → the text that the cell shows (ECMA-376, 18.8.30)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

# Format codes that files name by number only; 27–58 as the Chinese edition shows them.
BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<forced>.)|_(?P<space>.)|\*(?P<fill>.)'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<general>General|G/通用格式)"
    r"|(?P<exp>E[+-])|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEK = "一二三四五六日"
# Written out: strftime follows the system's language once Qt has set it.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Piece:
    """One step of a format: ``kind`` text, date, elapsed, ampm, digit, point, comma, percent, exp, at."""

    kind: str
    text: str


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[Piece, ...], ...]:
    """Cut a format code at its semicolons and into pieces."""
    sections: list[list[Piece]] = [[]]
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match[0]
        add = sections[-1].append
        if kind in ("quoted", "escaped", "forced"):
            add(Piece("text", match[kind]))
        elif kind == "space":
            add(Piece("text", " "))
        elif kind == "bracket":
            inner = match["bracket"]
            if inner[:1].lower() in ("h", "m", "s") and len(set(inner.lower())) == 1:
                add(Piece("elapsed", inner.lower()))
            elif inner.startswith("$"):
                add(Piece("text", inner[1:].split("-")[0]))
        elif kind in ("date", "ampm", "digit", "exp", "general"):
            add(Piece(kind, text.lower() if kind == "date" else text))
        elif kind == "other":
            if text == ";":
                sections.append([])
                continue
            named = {".": "point", ",": "comma", "%": "percent", "@": "at"}
            add(Piece(named.get(text, "text"), text))
    return tuple(tuple(section) for section in sections)


@lru_cache(maxsize=512)
def is_date(code: str) -> bool:
    """Whether numbers in this format are days or times."""
    kinds = {piece.kind for piece in _sections(code)[0]}
    return bool(kinds & {"date", "elapsed", "ampm"})


@lru_cache(maxsize=512)
def _plain(code: str) -> tuple[Decimal, str] | None:
    """(smallest unit, Python format) of the usual ``0``, ``0.00``, ``#,##0.00``; None for others."""
    match = re.fullmatch(r"(#,##)?0(?:\.(0+))?", code)
    if match is None:
        return None
    places = len(match[2] or "")
    return Decimal(1).scaleb(-places), f"{',' if match[1] else ''}.{places}f"


@lru_cache(maxsize=4096, typed=True)  # True and 1 show differently
def show(value: str | float | bool | None, code: str, epoch_1904: bool = False) -> str:
    """Give the text a cell shows.

    Args:
        value: What the cell holds; days are serial numbers.
        code: Format code, for instance ``#,##0.00``.
        epoch_1904: The workbook counts days from 1904.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    plain_code = None if isinstance(value, str) else _plain(code)
    if plain_code is not None:
        unit, form = plain_code
        rounded = Decimal(repr(float(value))).quantize(unit, ROUND_HALF_UP)
        return format(rounded if rounded else abs(rounded), form)
    sections = _sections(code)
    if isinstance(value, str):
        return _show_text(value, sections)
    section, magnitude = _choose(value, sections)
    kinds = {piece.kind for piece in section}
    if not section and len(sections) > 1:
        return ""
    if kinds & {"date", "elapsed", "ampm"}:
        return _show_date(value, section, epoch_1904)
    if "digit" in kinds:
        return _show_number(magnitude, section)
    if not kinds or kinds & {"general", "at"}:
        plain = general(magnitude)
        return "".join(p.text if p.kind == "text" else plain for p in section) or plain
    return "".join(piece.text for piece in section if piece.kind == "text")


def general(value: float) -> str:
    """A number without a format: whole numbers in full, others with up to ten digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    return text.replace("e", "E") if "e" in text else text


def _choose(
    value: float, sections: tuple[tuple[Piece, ...], ...]
) -> tuple[tuple[Piece, ...], float]:
    """The section for a number, and the number without the sign that the section writes itself."""
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _show_text(value: str, sections: tuple[tuple[Piece, ...], ...]) -> str:
    last = sections[-1]
    at = any(piece.kind == "at" for piece in last)
    if not at and len(sections) < 4:
        return value
    return "".join(value if p.kind == "at" else p.text for p in last if p.kind in ("at", "text"))


def _show_number(value: float, section: tuple[Piece, ...]) -> str:
    """Spread the digits of a number over a section's places, from the right."""
    if any(piece.kind == "exp" for piece in section):
        places = sum(p.kind == "digit" for p in _after_point(section)) - 2
        return f"{value:.{max(0, places)}E}"
    digits = [i for i, piece in enumerate(section) if piece.kind == "digit"]
    first, last = digits[0], digits[-1]
    point = next((i for i in range(len(section)) if section[i].kind == "point"), len(section))
    whole = [i for i in digits if i < point]
    part = [i for i in digits if i > point]
    commas = [i for i, piece in enumerate(section) if piece.kind == "comma"]
    end = whole[-1] if whole else first
    grouped = any(first < i < end for i in commas)
    number = Decimal(repr(float(value)))
    number *= Decimal(100) ** sum(piece.kind == "percent" for piece in section)
    number /= Decimal(1000) ** sum(i > (part[-1] if part else end) for i in commas if i <= last + 3)
    number = number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    text = f"{abs(number):f}"
    before, _, after = text.partition(".")
    shown = _fraction(section, part, after)
    whole_text = _whole(section, whole, before, grouped)
    sign = "-" if number < 0 else ""
    out, start = [], False
    for place, piece in enumerate(section):
        if place in whole_text:
            out.append(("" if start else sign) + whole_text[place])
            start = True
        elif place in shown:
            out.append(shown[place])
        elif piece.kind == "point":
            out.append(("" if start else sign) + ("." if any(shown.values()) else ""))
            start = True
        elif piece.kind in ("text", "percent"):
            out.append(piece.text)
    return "".join(out)


def _after_point(section: tuple[Piece, ...]) -> list[Piece]:
    for place, piece in enumerate(section):
        if piece.kind == "point":
            return list(section[place:])
    return []


def _fraction(section: tuple[Piece, ...], places: list[int], digits: str) -> dict[int, str]:
    """Digits behind the point; ``#`` leaves trailing zeros out."""
    shown = {place: digits[i] for i, place in enumerate(places)}
    for place in reversed(places):
        if section[place].text == "0" or shown[place] != "0":
            break
        shown[place] = "" if section[place].text == "#" else " "
    return shown


def _whole(
    section: tuple[Piece, ...], places: list[int], digits: str, grouped: bool
) -> dict[int, str]:
    """Digits before the point, the first place taking all that are left over."""
    left = "" if digits.strip("0") == "" else digits
    shown: dict[int, str] = {}
    count = 0
    for number, place in enumerate(reversed(places)):
        if number == len(places) - 1:
            take = left or ("0" if section[place].text == "0" else "")
            left = ""
        else:
            take = left[-1:] or ("0" if section[place].text == "0" else "")
            left = left[:-1]
        text = ""
        for digit in reversed(take):
            if grouped and count and count % 3 == 0:
                text = "," + text
            text = digit + text
            count += 1
        shown[place] = text
    return shown


def to_datetime(serial: float, epoch_1904: bool = False) -> datetime:
    """A serial number as a moment, rounded to whole seconds."""
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
    if not epoch_1904 and serial < 60:
        start += timedelta(days=1)  # Excel counts a 29 February 1900 that never was
    return start + timedelta(seconds=round(serial * 86400))


def _show_date(value: float, section: tuple[Piece, ...], epoch_1904: bool) -> str:
    try:
        moment = to_datetime(value, epoch_1904)
    except OverflowError:
        return general(value)
    half = any(piece.kind == "ampm" for piece in section)
    out: list[str] = []
    for place, piece in enumerate(section):
        if piece.kind == "date":
            out.append(_date_piece(piece.text, moment, half, _is_minute(section, place)))
        elif piece.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[piece.text[0]]
            out.append(str(round(value * 86400) // unit).zfill(len(piece.text)))
        elif piece.kind == "ampm":
            out.append(
                ("上午", "下午")[moment.hour >= 12]
                if "上" in piece.text
                else ("AM", "PM")[moment.hour >= 12]
            )
        elif piece.kind != "digit":
            out.append(piece.text)
    return "".join(out)


def _is_minute(section: tuple[Piece, ...], place: int) -> bool:
    """``m`` after an hour or before seconds means minutes."""
    times = [(i, p.text[0]) for i, p in enumerate(section) if p.kind in ("date", "elapsed")]
    here = next(i for i, item in enumerate(times) if item[0] == place)
    before = times[here - 1][1] if here else ""
    after = times[here + 1][1] if here + 1 < len(times) else ""
    return before == "h" or after == "s"


def _date_piece(text: str, moment: datetime, half: bool, minute: bool) -> str:
    letter, length = text[0], len(text)
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and length <= 2 else str(moment.year)
    if letter == "m" and minute:
        return str(moment.minute).zfill(min(length, 2))
    if letter == "m":
        month = _MONTHS[moment.month - 1]
        if length >= 3:
            return month[:3] if length == 3 else month
        return str(moment.month).zfill(length)
    if letter == "d":
        day = _DAYS[moment.weekday()]
        if length >= 3:
            return day[:3] if length == 3 else day
        return str(moment.day).zfill(length)
    if letter == "a":
        return ("星期" if length == 4 else "") + _WEEK[moment.weekday()]
    if letter == "h":
        hour = (moment.hour % 12 or 12) if half else moment.hour
        return str(hour).zfill(min(length, 2))
    return str(moment.second).zfill(min(length, 2))
