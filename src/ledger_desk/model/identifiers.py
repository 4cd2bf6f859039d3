"""Credit codes, registration numbers and resident identity numbers: normalise and check.

Sources: GB 32100-2015 (统一社会信用代码), GB 11714-1997 (组织机构代码, inside the former),
GS 15-2006 (工商注册号, ISO 7064 MOD 11,10), GB 11643-1999 (公民身份号码).

A wrong form is refused; a wrong check digit is a warning, because real firms carry such codes
(pilot codes issued before 2016): see ``domain.md`` §9.1. Masks are in ``masks.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import product

from ledger_desk.model.plain import plain, said

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUES = {character: value for value, character in enumerate(CREDIT_CHARACTERS)}
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PERSON_DIGITS = "10X98765432"
# First two characters met in practice: registering authority and class (domain.md §9.1).
CREDIT_PREFIXES = frozenset(
    ["11", "12", "13", "19", "21", "31", "32", "33", "34", "35", "41", "51", "52", "53", "54",
     "55", "59", "61", "62", "71", "72", "81", "91", "92", "93",
     "A1", "G1", "J1", "N1", "N2", "N3", "Y1"]
)  # fmt: skip
# GB/T 2260 provinces; 81–83 open the numbers of residents from 港澳台.
PROVINCES = frozenset(
    ["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
     "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
     "65", "71", "81", "82", "83"]
)  # fmt: skip
_NONE_WORDS = frozenset(["", "无", "暂无", "没有", "未办理", "/", "N/A", "NA", "NULL", "NONE"])
# What people write for the five letters that the standard leaves out, likeliest first.
_FOR_FORBIDDEN = {"I": "1", "O": "0QD", "S": "5", "V": "UY", "Z": "2"}
_LOOK_ALIKE = {"0": "DQ", "D": "0", "Q": "0", "1": "7L", "L": "1", "7": "1", "8": "B3", "B": "8",
               "3": "8", "2": "7", "5": "6", "6": "5G", "G": "6", "U": "W", "W": "U", "M": "N",
               "N": "M", "X": "Y", "Y": "X"}  # fmt: skip
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?E\+(\d{1,2})")


@dataclass(frozen=True)
class CodeCheck:
    """What a code is and whether it holds.

    ``refused`` speaks of a firm's code; for `check_person_id` only ``bad`` is a refusal.

    Attributes:
        kind: ``credit`` 统一社会信用代码, ``registration`` 工商注册号 (13 or 15 characters), ``id``
            居民身份证号, ``none`` nothing given, ``bad`` a wrong form: to be refused.
        value: The normalised code.
        ok: False where there is something to say in ``why``: for ``bad`` the refusal, for the
            other kinds a warning that the clerk may overrule with a reason.
        why: One finished Chinese sentence, empty if ok.
        suggestion: The code that was probably meant, or empty.
    """

    kind: str
    value: str
    ok: bool
    why: str = ""
    suggestion: str = ""

    @property
    def refused(self) -> bool:
        """Whether this cannot be a firm's code: a wrong form, or a person's number."""
        return self.kind in ("bad", "id")


def normalise_code(text: str) -> str:
    """Give a code in NFKC and upper case without blanks, hyphens, dots, quotes and invisibles.

    A number that a spreadsheet wrote as ``3.10115600985533E+14`` with all its digits is spelt out.
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    folded = plain(text).upper()
    match = _SCIENTIFIC.fullmatch(folded)
    if match is not None and not looks_damaged(folded):
        digits = match[1] + (match[2] or "")
        return digits.ljust(int(match[3]) + 1, "0")
    code = re.sub(r"[\s\-.·・'\"`=_]", "", folded)
    return code if code == text else normalise_code(code)  # what stood apart may now join


def looks_damaged(cell: object) -> bool:
    """Tell whether a spreadsheet has cut a long number to its first 15 digits.

    True for floats of 16 digits and more, integers of that length whose tail is zeros, text such
    as ``1.10101E+17``, and 18 digits ending in 000 that hold as no kind of code.
    """
    if isinstance(cell, bool):
        return False
    if isinstance(cell, float):
        return abs(cell) >= 1e15
    if isinstance(cell, int):
        length = len(str(abs(cell)))
        return length > 15 and cell % 10 ** (length - 15) == 0
    if not isinstance(cell, str) or len(cell) > 40:
        return False
    text = plain(cell).upper()
    match = _SCIENTIFIC.fullmatch(text)
    if match is not None:
        return int(match[3]) > len(match[2] or "")
    if re.fullmatch(r"\d{15}000", text) is None:
        return False
    return not (_credit_holds(text) or _person_digit(text) == text[17])


def check_credit_code(text: str) -> CodeCheck:
    """Judge what stands in a credit-code column: credit code, old registration number, nothing.

    A resident identity number in this column comes back as ``id`` with a warning; it is no key
    of a firm.
    """
    code = normalise_code(text)
    if code in _NONE_WORDS or not re.search(r"[^*#?—\-]", code):
        return CodeCheck("none", "", True)
    if looks_damaged(text):
        return CodeCheck("bad", code, False,
                         f"“{said(text)}”已被电子表格截断，后几位丢了，请按文本重新填写原号码。")  # fmt: skip
    if re.fullmatch(r"\d{13}|\d{6}NA\d{6}[\dX]", code):
        return CodeCheck("registration", code, True)  # these two forms have no check digit
    if re.fullmatch(r"\d{15}", code):
        return _check_registration(code)
    if re.fullmatch(r"[0-9A-Z]{18}", code) is None:
        return CodeCheck("bad", code, False, _wrong_form(text, code), suggest(code))
    return _check_credit(code)


def check_person_id(text: str, today: date | None = None) -> CodeCheck:
    """Judge a resident identity number (18 characters, or the 15 digits of before 1999).

    Args:
        text: The number as written.
        today: If given, a birthday after it is refused.
    """
    code = normalise_code(text)
    if code in _NONE_WORDS:
        return CodeCheck("none", "", True)
    if looks_damaged(text):
        return CodeCheck("bad", code, False,
                         f"“{said(text)}”已被电子表格截断，后几位丢了，请按文本重新填写身份证号。")  # fmt: skip
    if re.fullmatch(r"\d{15}", code):
        longer = f"{code[:6]}19{code[6:]}"
        longer += _person_digit(longer)
        if _birthday(longer) is not None:
            why = f"“{code}”是15位旧身份证号，请核对后改为18位，多半是“{longer}”。"
            return CodeCheck("id", code, False, why, longer)
    if re.fullmatch(r"\d{17}[\dX]", code) is None:
        why = f"“{said(text)}”不是身份证号，应为18位数字（末位可以是X），请核对。"
        return CodeCheck("bad", code, False, why)
    born = _birthday(code)
    if born is None or (today is not None and born > today):
        why = f"“{code}”第7至14位“{code[6:14]}”不是出生日期，请核对身份证号。"
        return CodeCheck("bad", code, False, why)
    # A leading 9 opens the identity numbers of foreign permanent residents (since 2023).
    if code[:2] not in PROVINCES and code[0] != "9":
        why = f"“{code}”前两位“{code[:2]}”不是省份代码，请核对身份证号。"
        return CodeCheck("id", code, False, why)
    digit = _person_digit(code)
    if digit != code[17]:
        why = f"“{code}”校验位不符，按前17位算末位应为“{digit}”，请对照证件核对。"
        return CodeCheck("id", code, False, why)
    return CodeCheck("id", code, True)


def suggest(text: str) -> str:
    """Give the valid credit code that was probably meant, or empty if none or several fit.

    Letters that the standard leaves out are replaced (O→0, I→1, S→5, Z→2, V→U). A body whose own
    check fails is tried with one look-alike character or two neighbours swapped. Only a code that
    passes both check digits, as the single such, is given; where just the last character is
    wrong nothing is, since real pilot codes look like that.
    """
    code = normalise_code(text)
    if re.fullmatch(r"[0-9A-Z]{18}", code) is None:
        return ""
    forbidden = [i for i, c in enumerate(code) if c in _FOR_FORBIDDEN]
    if forbidden:
        likeliest = _replaced(code, {i: _FOR_FORBIDDEN[code[i]][0] for i in forbidden})
        if _credit_holds(likeliest):
            return likeliest
        choices = product(*(_FOR_FORBIDDEN[code[i]] for i in forbidden[:4]))
        changes = [dict(zip(forbidden, choice, strict=False)) for choice in choices]
    elif code[16] == body_check_character(code[8:]):
        return ""
    else:
        changes = [{i: new} for i in range(8, 17) for new in _LOOK_ALIKE.get(code[i], "")]
        changes += [{i: code[i + 1], i + 1: code[i]} for i in range(8, 16)]
        total = _body_total(code[8:])
        changes = [change for change in changes if _mends_body(code, total, change)]
    fitting = {c for c in (_replaced(code, change) for change in changes) if _credit_holds(c)}
    return fitting.pop() if len(fitting) == 1 else ""


def credit_check_character(first: str) -> str:
    """Give the 18th character for the first 17 of a credit code (GB 32100-2015, §4)."""
    total = sum(_CREDIT_VALUES[c] * w for c, w in zip(first[:17], _CREDIT_WEIGHTS, strict=True))
    return CREDIT_CHARACTERS[-total % 31]


def body_check_character(body: str) -> str:
    """Give the 9th character for the first 8 of an organisation code (GB 11714-1997)."""
    return "0123456789X"[-_body_total(body) % 11]


def registration_check_digit(first: str) -> str:
    """Give the 15th digit for the first 14 of a registration number (ISO 7064 MOD 11,10)."""
    product_ = 10
    for digit in first[:14]:
        product_ = 2 * ((product_ + int(digit)) % 10 or 10) % 11
    return str((1 - product_) % 10)


def _check_registration(code: str) -> CodeCheck:
    digit = registration_check_digit(code)
    if digit == code[14]:
        return CodeCheck("registration", code, True)
    why = f"注册号“{code}”校验位不符，按前14位算末位应为“{digit}”，请对照执照核对。"
    return CodeCheck("registration", code, False, why)


def _check_credit(code: str) -> CodeCheck:
    """Judge 18 letters and digits."""
    holds = _credit_holds(code)
    if not holds and _looks_personal(code):
        why = f"“{code}”是居民身份证号，不是统一社会信用代码，请填营业执照上的代码。"
        return CodeCheck("id", code, False, why)
    if holds and code[2:8].isdigit():
        return CodeCheck("credit", code, True)
    meant = suggest(code)
    perhaps = f"，多半是“{meant}”" if meant else ""
    strange = "、".join(dict.fromkeys(c for c in code if c in _FOR_FORBIDDEN))
    if strange:
        why = f"“{code}”里有信用代码不用的字母{strange}{perhaps}，请对照执照核对。"
        return CodeCheck("bad", code, False, why, meant)
    if not code[2:8].isdigit():
        why = f"“{code}”第3至8位“{code[2:8]}”应为6位区划数字{perhaps}，请对照执照核对。"
        return CodeCheck("bad", code, False, why, meant)
    last, ninth = credit_check_character(code), body_check_character(code[8:16])
    if code[:2] not in CREDIT_PREFIXES:
        why = f"“{code}”前两位“{code[:2]}”和校验位都不符合信用代码的规则{perhaps}，请对照执照核对。"
        return CodeCheck("bad", code, False, why, meant)
    if last == code[17]:
        why = (
            f"信用代码“{code}”的主体标识码校验位（第17位）应为“{ninth}”{perhaps}，请对照执照核对。"
        )
    elif ninth == code[16]:
        why = (f"信用代码“{code}”末位校验不符，按前17位算应为“{last}”{perhaps}；"
               "少数早期代码确实如此，对照执照无误的可以保留。")  # fmt: skip
    else:
        why = f"信用代码“{code}”两处校验位都不符，应是抄错了{perhaps}，请对照执照核对。"
    return CodeCheck("credit", code, False, why, meant)


def _wrong_form(text: str, code: str) -> str:
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code) and body_check_character(code) == code[8]:
        return f"“{said(text)}”是9位组织机构代码，请改填18位统一社会信用代码；没有的请留空。"
    if code.isascii() and code.isalnum():
        return (f"“{said(text)}”有{len(code)}位，统一社会信用代码应为18位"
                "（旧注册号15位或13位），请对照执照核对。")  # fmt: skip
    return f"“{said(text)}”不是统一社会信用代码，应为18位数字和大写字母；没有的请留空。"


def _credit_holds(code: str) -> bool:
    """Tell whether both check characters of 18 characters are right."""
    if any(c not in _CREDIT_VALUES for c in code):
        return False
    return credit_check_character(code) == code[17] and body_check_character(code[8:]) == code[16]


def _person_digit(code: str) -> str:
    """Give the 18th character for the first 17 digits (GB 11643-1999)."""
    total = sum(int(c) * w for c, w in zip(code[:17], _PERSON_WEIGHTS, strict=True))
    return _PERSON_DIGITS[total % 11]


def _looks_personal(code: str) -> bool:
    """Tell whether a code that fails as a credit code is a resident's number, perhaps mistyped."""
    check = check_person_id(code)
    if code[:2] not in PROVINCES or check.kind != "id":
        return False
    return check.ok or body_check_character(code[8:]) != code[16]


def _birthday(code: str) -> date | None:
    try:
        born = date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None
    return born if 1880 <= born.year < 2100 else None


def _body_total(body: str) -> int:
    """Weighted sum of the first 8 characters of an organisation code."""
    return sum(int(c, 36) * w for c, w in zip(body[:8], _BODY_WEIGHTS, strict=True))


def _mends_body(code: str, total: int, changes: dict[int, str]) -> bool:
    """Tell whether other characters in some places make the body's own check hold.

    Few do, and a list asks this of each code that it shows: only what changes is counted again.
    """
    last = code[16]
    for place, new in changes.items():
        if place == 16:
            last = new
        else:
            total += (int(new, 36) - int(code[place], 36)) * _BODY_WEIGHTS[place - 8]
    return "0123456789X"[-total % 11] == last


def _replaced(code: str, changes: dict[int, str]) -> str:
    return "".join(changes.get(i, c) for i, c in enumerate(code))
