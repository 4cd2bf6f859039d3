"""The code on paper (核对码): twelve characters that stand for the frozen values of a closed period.

It covers what the cells say, never the file (`decisions.md` 31): the same table typed anew has the same
code. The last character guards against a slip of the pen: any one wrong, and any two exchanged, show.
"""

from __future__ import annotations

import hashlib
import json

from ledger_desk.model.plain import plain
from ledger_desk.reports.shapes import Report

LETTERS = "34679ACDEFGHJKMNPRTVWXY"
"""No 0 O Q D-like pairs, 1 I L, 2 Z, 5 S, 8 B, U V: 23 characters, a prime number of them."""
LONG = 12
_GROUP = 4
_BASE = len(LETTERS)
_QR = "LD:"


class NoCodeError(ValueError):
    """What was typed cannot be a code; says why in a sentence."""


def code_of(report: Report) -> str:
    """Give the code of a report's values: form, period, office and the text of every cell."""
    told = [
        report.form.id, report.form.title, report.period.start.isoformat(),
        report.period.end.isoformat(), report.office or "", report.office_name,
        [[tab, [[c.row, c.column, c.text] for c in report.cells_of(tab)]] for tab in sorted(report.sheets)],
    ]  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    rest = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
    digits = []
    for _ in range(LONG - 1):
        rest, digit = divmod(rest, _BASE)
        digits.append(digit)
    return "".join(LETTERS[digit] for digit in (*digits, _guard(digits)))


def _guard(digits: list[int]) -> int:
    """The last character: the weighted sum of all twelve is divisible by 23."""
    total = sum(weight * digit for weight, digit in enumerate(digits, 1))
    return -total * pow(LONG, -1, _BASE) % _BASE


def grouped(code: str) -> str:
    """``ABCD-EFGH-JKMN``, as it is printed."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def qr_text(code: str) -> str:
    """What the QR square says: capitals, digits and ``:`` and ``-`` alone keep it small."""
    return _QR + grouped(code)


def read_code(typed: str) -> str:
    """Read a code as somebody types or scans it: case, spaces, dashes and the mark of the QR do not matter.

    Raises:
        NoCodeError: With a sentence for the person.
    """
    text = plain(typed).upper().strip().removeprefix(_QR)
    text = "".join(mark for mark in text if mark not in " -—–_.·　")
    if not text:
        raise NoCodeError("还没有写核对码。它印在纸的页脚，十二个字母和数字，四个一组。")
    strange = [mark for mark in text if mark not in LETTERS]
    if strange:
        raise NoCodeError(
            f"核对码里没有“{strange[0]}”这个字。码里只有 {LETTERS}，请照纸上再看一遍。"
        )
    if len(text) != LONG:
        wrong = f"多了 {len(text) - LONG} 个" if len(text) > LONG else f"少了 {LONG - len(text)} 个"
        raise NoCodeError(f"核对码是十二个字，这里{wrong}字。请照纸上再看一遍。")
    digits = [LETTERS.index(mark) for mark in text]
    if sum(weight * digit for weight, digit in enumerate(digits, 1)) % _BASE:
        raise NoCodeError("这个核对码抄错了：有一个字不对，或者两个字换了位置。请照纸上再看一遍。")
    return text
