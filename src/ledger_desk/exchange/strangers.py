"""Rows of a block that are new for certain: nothing in the ledger or beside them is like them.

Only sets of keys are compared. What a row here says of itself, or shares with anything at all, is
judged by `EnterpriseIdentity`, row by row; for the others the answer is known to be "new".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ledger_desk.exchange.duplicates.incoming import Aliases
from ledger_desk.exchange.names import is_key, name_key, spellings
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
        # Of a ledger without firms, what it holds now is what came by here: nobody need ask it.
        self._came: dict[str, set[str]] | None = None if alikes.has_any(rows) else {}

    def find(self, ready: Ready) -> list[bool]:
        """Tell of each row of a block whether it is new for certain.

        ``asked`` says afterwards whether rows of this block may look like firms by less than
        their keys (`Lookalikes`).
        """
        columns, count = ready.block.filled(), len(ready.ids)
        self.asked = False
        if "name" not in columns:
            return [False] * count
        names = columns["name"]
        together = "".join(filter(None, names))
        if None in names or _ODD_NAME(together):
            sure = [name is not None and not _ODD_NAME(name) for name in names]
        else:
            sure = [True] * count
        for place, problems in ready.block.problems.items():
            if any(problem.grade == "must" for problem in problems):
                sure[place] = False
        for field in _NUMBERS:
            if field in columns:
                self._strike(sure, field, columns[field], set(filter(None, columns[field])))
        if is_key(together):  # and so are all of them
            self._strike(sure, "name", names, set(filter(None, names)))
        else:
            keys = [name_key(name) if name else None for name in names]
            self._strike(sure, "name", keys, set().union(*map(spellings, filter(None, names))))
        open_rows = "code" not in columns or any(
            code is None and good for code, good in zip(columns["code"], sure, strict=True)
        )
        self.asked = open_rows or alikes.has_uncoded(self._rows)
        if self.asked:
            self._strike_alike(sure, ready)
        return sure

    def _strike(
        self, sure: list[bool], field: str, keys: Sequence[str | None], wanted: set[str]
    ) -> None:
        """Strike out rows whose key stands twice, or belongs to a firm that is or was there.

        ``wanted`` are the keys as a firm may hold them.
        """
        filled = [key for key in keys if key is not None]
        held = self._held(field, wanted)
        stop = {name_key(name) for name in held} if field == "name" else held
        stop |= self._aliases.known_by(field) | _repeated(filled)
        _strike_out(sure, keys, stop)

    def _held(self, field: str, wanted: set[str]) -> set[str]:
        """Give those of ``wanted`` that a live firm holds, or may hold."""
        if self._came is None:
            return alikes.held(self._rows, field, wanted)
        came = self._came.setdefault(field, set())
        held = came & wanted
        came |= wanted
        return held

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
