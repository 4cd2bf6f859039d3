"""Rows of a block that are new for certain: nothing in the ledger or beside them is like them.

Only sets of keys are compared. What a row here says of itself, or shares with anything at all, is
judged by `EnterpriseIdentity`, row by row; for the others the answer is known to be "new".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ledger_desk.exchange.duplicates.incoming import Aliases
from ledger_desk.exchange.names import name_key, spellings
from ledger_desk.exchange.newcomers import Ready
from ledger_desk.store import alikes
from ledger_desk.store.queries import Rows

_ODD_NAME = re.compile("[*＊\ufffd]").search
_NUMBERS = ("code", "regno", "internal_no")
_FINGER, _CONTACT = 4, 5  # places in a computed row


class Strangers:
    """Sorts out the rows of one table."""

    def __init__(self, rows: Rows, aliases: Aliases) -> None:
        """Look in ``rows``, which see what this reading in has already written."""
        self._rows, self._aliases = rows, aliases
        self.asked = False

    def find(self, ready: Ready) -> list[bool]:
        """Tell of each row of a block whether it is new for certain.

        ``asked`` says afterwards whether rows of this block may look like firms by less than
        their keys (`Lookalikes`).
        """
        columns, count = ready.block.filled(), len(ready.ids)
        self.asked = False
        if "name" not in columns:
            return [False] * count
        sure = [name is not None and not _ODD_NAME(name) for name in columns["name"]]
        for place, problems in ready.block.problems.items():
            if any(problem.grade == "must" for problem in problems):
                sure[place] = False
        for field in _NUMBERS:
            if field in columns:
                self._strike(sure, field, columns[field], ())
        names = columns["name"]
        keys = [name_key(name) if name else None for name in names]
        self._strike(sure, "name", keys, (name for name in names if name))
        open_rows = "code" not in columns or any(
            code is None and good for code, good in zip(columns["code"], sure, strict=True)
        )
        self.asked = open_rows or alikes.has_uncoded(self._rows)
        if self.asked:
            self._strike_alike(sure, ready)
        return sure

    def _strike(
        self, sure: list[bool], field: str, keys: Sequence[str | None], names: Iterable[str]
    ) -> None:
        """Strike out rows whose key stands twice, or belongs to a firm that is or was there."""
        filled = [key for key in keys if key is not None]
        wanted = set().union(*map(spellings, names)) if field == "name" else set(filled)
        held = alikes.held(self._rows, field, wanted)
        stop = {name_key(name) for name in held} if field == "name" else held
        stop |= self._aliases.known_by(field) | _repeated(filled)
        _strike_out(sure, keys, stop)

    def _strike_alike(self, sure: list[bool], ready: Ready) -> None:
        """Strike out rows whose fingerprint or contact is that of another row or firm."""
        made: Sequence[Any] = ready.index
        fingers = [row[_FINGER] for row in made]
        contacts = [row[_CONTACT] for row in made]
        hits = alikes.by_keys(self._rows, fingers, contacts)
        for keys, held in (
            (fingers, {finger for finger, _, _ in hits}),
            (contacts, {contact for _, contact, _ in hits}),
        ):
            _strike_out(sure, keys, (held | _repeated(keys)) - {""})


def _repeated(keys: Sequence[str]) -> set[str]:
    if len(set(keys)) == len(keys):
        return set()
    return {key for key, times in Counter(keys).items() if times > 1}


def _strike_out(sure: list[bool], keys: Sequence[Any], stop: set[str]) -> None:
    if stop:
        for place, key in enumerate(keys):
            if key in stop:
                sure[place] = False
