"""The computed row of each enterprise, column by column, from stored values alone.

Nothing here asks the ledger: the process beside an import starts with this and little more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from ledger_desk.model import completeness, size
from ledger_desk.model.completeness import USUAL
from ledger_desk.model.lending import first_loan, lenders
from ledger_desk.store import likeness, search
from ledger_desk.store.lending import Lent

NAMES = ("id", "text", "size", "complete", "finger", "contact", "prior", "lenders")
Row = tuple[str, str, str, int, str, str, str, int]  # in the order of NAMES
_NOTHING = Lent()


def computed(
    records: Sequence[str],
    columns: Mapping[str, Sequence[Any]],
    asked: Sequence[str] = USUAL,
    lent: Mapping[str, Lent] | None = None,
) -> list[Row]:
    """Compute the index rows of enterprises given by column.

    划型 is the person's own where one is set, else what follows from the figures; '' when not known
    yet. Completeness (建档完整度) is the per cent of the required fields that are filled, rounded
    down: 100 means all.

    Args:
        records: Their ids.
        columns: Field → stored values; fields that nobody fills may be left out.
        asked: Names of the required fields (`derived.required`).
        lent: Loans and checks by firm (`lending.read`); new firms have none.
    """
    empty = [None] * len(records)

    def get(name: str) -> Sequence[Any]:
        return columns.get(name, empty)

    texts = search.search_texts(columns, len(records))
    grade = size.grade_of
    figures = zip(*map(get, ("size_set", "industry", "staff", "revenue", "assets")), strict=True)
    sizes = [str(own) if own else grade(*rest) for own, *rest in figures]
    always, filled = 0, []  # fields that all fill cost nothing, and so do those that none does
    for name in asked:
        column = get(name)
        if None not in column and "" not in column:
            always += 1
        elif column is not empty:
            filled.append([value not in (None, "") for value in column])
    counts = map(sum, zip(*filled, strict=True)) if filled else repeat(0, len(records))
    complete = [100 * (always + more) // len(asked) for more in counts]
    if "waived" in columns:
        for place, text in enumerate(columns["waived"]):
            if text:
                values = {name: get(name)[place] for name in (*asked, "waived")}
                complete[place] = completeness.completeness(values, asked).percent
    fingers = [likeness.finger(name or "") for name in get("name")]
    contacts = [
        likeness.contact(person or "", phone or "")
        for person, phone in zip(get("person"), get("phone"), strict=True)
    ]
    priors, counted = _borrowing(records, columns, lent or {})
    return list(
        zip(records, texts, sizes, complete, fingers, contacts, priors, counted, strict=True)
    )


def _borrowing(
    records: Sequence[str], columns: Mapping[str, Sequence[Any]], lent: Mapping[str, Lent]
) -> tuple[list[str], list[int]]:
    """First-loan standing and number of lenders of each firm."""
    usual = first_loan((), ()).value
    if not lent and not columns.keys() & {"first_loan_set", "lenders_set"}:
        return [usual] * len(records), [0] * len(records)
    empty = [None] * len(records)
    own = columns.get("first_loan_set", empty), columns.get("lenders_set", empty)
    priors, counted = [], []
    for record, prior, count in zip(records, *own, strict=True):
        held = lent.get(record, _NOTHING)
        priors.append(first_loan(held.loans, held.checks, own=prior, lookback=held.lookback).value)
        counted.append(lenders(held.loans, None, own=count).count)
    return priors, counted
