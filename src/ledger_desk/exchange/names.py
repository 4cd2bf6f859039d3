"""Names made comparable: one key for the ways in which people write the same firm or bank."""

from __future__ import annotations

import re

from ledger_desk.model.plain import plain

_BRACKETS = str.maketrans("[]{}【】〔〕<>《》", "()()()()()()")
_NOISE = re.compile(r"[\s'\"“”‘’`·•．]")
# Without any of these a name is its own key.
_VARIES = re.compile(r"[^\u3400-\u9fff0-9A-Z]")
_TO_FULL = str.maketrans("()", "（）")
# A full corporate name is unique with its registry; a shop sign is not.
_CORPORATE = re.compile("公司|合作社|分公司|支行|分行|联社|集团|事务所|农场|中心|协会")
_CORPORATE_LENGTH = 8


def is_key(name: str) -> bool:
    """Tell whether a name is its own key and only spelling; of names joined: whether all are."""
    return _VARIES.search(name) is None


def name_key(name: str) -> str:
    """Give the comparable form of a name: NFKC, no blanks or quotes, one style of brackets."""
    if not _VARIES.search(name):
        return name
    return _NOISE.sub("", plain(name).translate(_BRACKETS)).upper()


def spellings(name: str) -> set[str]:
    """Give the spellings under which a name may be stored: brackets of both styles, no blanks."""
    if not _VARIES.search(name):
        return {name}
    half = re.sub(r"\s", "", plain(name).translate(_BRACKETS))
    return {name, half, half.translate(_TO_FULL), name_key(name)}


def is_corporate(name: str) -> bool:
    """Tell whether a name is one that a registry gives only once (公司, 合作社 …)."""
    return len(name) >= _CORPORATE_LENGTH and _CORPORATE.search(name) is not None
