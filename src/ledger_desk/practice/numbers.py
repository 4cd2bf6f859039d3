"""Made-up numbers that hold as such and cannot be anybody's."""

from __future__ import annotations

from random import Random

from ledger_desk.model.identifiers import (
    CREDIT_CHARACTERS,
    body_check_character,
    credit_check_character,
    registration_check_digit,
)
from ledger_desk.practice.places import COUNTY

_BODIES = len(CREDIT_CHARACTERS) ** 6
_STRIDE = (
    654_188_429  # no multiple of 31, so that it walks through all bodies before one comes again
)
_RECORDS = 1 << 128
_PERSON_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))  # GB 11643-1999


def record_id(rng: Random, place: int, total: int) -> str:
    """Give the id of record ``place`` of ``total``: looks random, but rises with the place.

    Rising ids are appended to the ledger's indexes instead of being searched in.
    """
    share = _RECORDS // total
    return f"{share * place + rng.randrange(share):032x}"


def credit_code(prefix: str, number: int) -> str:
    """Give a credit code with right check characters; another one for each number below 887 million.

    The body begins with LX (练习), which no authority hands out.
    """
    left = (number * _STRIDE + 7_919) % _BODIES
    digits = []
    for _ in range(6):
        left, value = divmod(left, len(CREDIT_CHARACTERS))
        digits.append(CREDIT_CHARACTERS[value])
    body = "LX" + "".join(digits)
    first = f"{prefix}{COUNTY}{body}{body_check_character(body)}"
    return first + credit_check_character(first)


def spoilt(code: str) -> str:
    """Give the code with a wrong last character, as early real codes have it."""
    place = CREDIT_CHARACTERS.index(code[-1])
    return code[:-1] + CREDIT_CHARACTERS[(place + 5) % len(CREDIT_CHARACTERS)]


def registration_number(number: int) -> str:
    """Give an old registration number of 15 digits, from a range that was never handed out."""
    first = f"{COUNTY}{99_000_000 + number:08d}"
    return first + registration_check_digit(first)


def phone(rng: Random) -> str:
    """Give a mobile number of a range without subscribers."""
    return f"140{rng.randrange(10**8):08d}"


def person_id(rng: Random) -> str:
    """Give an identity number with a right check digit from county 419999, which does not exist."""
    born = f"{rng.randrange(1962, 2000)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    first = f"419999{born}{rng.randrange(1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(first, _PERSON_WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]
