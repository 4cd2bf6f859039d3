"""What forms that there are put under the same headings: the next blank is seldom altogether new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger_desk.exchange.definitions import Form
from ledger_desk.exchange.headings import key_of
from ledger_desk.reports.designing.draft import Choice, DraftBlock, Formula, Nothing, draft_from

Remembered = Mapping[tuple[str, str, str], "Earlier"]
"""(rows, records, key of the whole heading) → what stood under it."""


@dataclass(frozen=True)
class Earlier:
    """A choice that a form made, and how the form is called."""

    choice: Choice
    form: str


def key_under(printed: str) -> str:
    """Comparable form of a whole heading, numbers of its levels left out."""
    return "/".join(key_of(part) for part in printed.split("/"))


def remember(forms: Iterable[Form]) -> Remembered:
    """Collect the headings of forms; where two forms differ the later one holds."""
    found: dict[tuple[str, str, str], Earlier] = {}
    for form in forms:
        for block in draft_from(form).blocks:
            keys = Counter(key_under(column.printed) for column in block.columns)
            for column in block.columns:
                key = key_under(column.printed)
                told = not isinstance(column.choice, Nothing | Formula)
                if told and keys[key] == 1:
                    found[(_kind(block), block.of or "", key)] = Earlier(column.choice, form.title)
    return found


def _kind(block: DraftBlock) -> str:
    return "list" if block.is_list else "parts"


def recall(remembered: Remembered, block: DraftBlock, printed: str) -> Earlier | None:
    """Find what a form of the same kind put under a heading."""
    return remembered.get((_kind(block), block.of or "", key_under(printed)))
