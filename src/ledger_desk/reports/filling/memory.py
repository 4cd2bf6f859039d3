"""What is remembered of a layout: which column asked for what, as a setting of the ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ledger_desk.exchange.dispatching import KIND
from ledger_desk.exchange.headings import key_of
from ledger_desk.model.records import Setting
from ledger_desk.reports.filling.matching import FilledColumn, fingerprint
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.workbook.outline import Heading


def name_of(headings: Sequence[Heading], rows_are: str) -> str:
    """Name of the setting that holds the memory of a layout."""
    return f"fill:{rows_are}:{fingerprint(headings)}"


def recall(rows: Rows, headings: Sequence[Heading], rows_are: str) -> dict[str, tuple[str, str]]:
    """Give what is remembered: key of a heading → (topic, measure); empty for a new layout."""
    name = name_of(headings, rows_are)
    held = rows.find(Query(Setting, (Where("name", "=", name),)), 1)
    try:
        told: Any = json.loads(held[0].value or "") if held else []
        return {str(key): (str(topic), str(measure)) for key, topic, measure in told}
    except (ValueError, TypeError):
        return {}


def remember(
    ledger: Ledger, headings: Sequence[Heading], rows_are: str, columns: Sequence[FilledColumn],
    file: str,
) -> None:  # fmt: skip
    """Keep the columns for the next table of this layout; a ledger that is only read keeps nothing.

    The step is of the kind of the register's: taking work back never forgets a layout.
    """
    if ledger.read_only:
        return
    name = name_of(headings, rows_are)
    told = [[key_of(c.heading), c.topic, c.measure] for c in columns]
    value = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    held = ledger.find(Query(Setting, (Where("name", "=", name),)), 1)
    if held and held[0].value == value:
        return
    with ledger.step(f"记住“{file}”各列填什么", kind=KIND) as step:
        if held:
            step.change(Setting, held[0].id, {"value": value})
        else:
            step.create(Setting(name=name, value=value))
