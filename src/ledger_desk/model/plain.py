"""Cell text made comparable: one spelling for full-width, invisible and odd blanks.

Spreadsheets of offices mix full-width digits, byte-order marks, no-break spaces and zero-width
characters pasted from web pages; money, days and codes all start from the same plain text.
"""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width space … right-to-left mark, line and paragraph marks, word joiner
# and invisible operators, byte-order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# NFKC leaves these as they are; all of them stand for a minus or a hyphen in cells.
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def plain(text: str) -> str:
    """Give ``text`` in NFKC, without invisible characters, dashes as ``-``, ends stripped.

    NFKC turns full-width forms into ASCII (``１２％（`` → ``12%(``), ``￥`` into ``¥`` and the
    ideographic and no-break spaces into plain blanks. Case is kept.
    """
    if text.isascii():
        return text.strip()
    return _DASHES.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()


def said(cell: object) -> str:
    """Give a cell as it may stand in a sentence: one line, cut after 40 characters."""
    text = " ".join(str(cell).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
