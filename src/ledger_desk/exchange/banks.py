"""Bank types told from names: for banks that a table brings and the ledger does not know yet."""

from __future__ import annotations

import re
from functools import lru_cache

from ledger_desk import paths
from ledger_desk.exchange.names import name_key

_BY_WORD = (
    (re.compile("村镇银行"), "村镇银行"),
    (re.compile("农村商业银行|农商银?行|农村合作银行|农村信用|信用社|联社|农信"), "农信系统"),
    (re.compile("邮政储蓄|邮储"), "国有商业银行"),
)


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, str], ...]:
    """(key of a registered or everyday name, type), longest name first."""
    found: dict[str, str] = {}
    path = paths.resources() / "dictionaries" / "banks.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        name, everyday, kind = line.split("\t")[:3]
        for word in (name, everyday):
            if len(word) >= 2:
                found.setdefault(name_key(word), kind)
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


def type_of(name: str) -> str | None:
    """Tell the type of a bank from its name, or None: the office fills it in then."""
    for words, kind in _BY_WORD:
        if words.search(name):
            return kind
    key = name_key(name)
    for known, kind in _known():
        if key.startswith(known) or key.startswith(name_key(f"中国{known}")):
            return kind
    return None
