"""Who said what of a firm: by field the step that its present value comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import Enterprise
from ledger_desk.store import hangers, intakes, reviewing
from ledger_desk.store.ledger import Ledger


@dataclass(frozen=True)
class Said:
    """Where a value comes from.

    Attributes:
        at: When it was written, local time.
        person: By whom; None where nobody had given a name.
        step: Name of the step.
        read_in: It came out of a table that was read in.
    """

    at: datetime
    person: str | None
    step: str
    read_in: bool


def sayings(ledger: Ledger, firms: Sequence[str]) -> dict[str, dict[str, Said]]:
    """Give firm → field → who said it; an undo counts as whoever had said it before."""
    with ledger.read() as rows:
        owners = hangers.owners(rows, firms)
        wanted = {
            firm: {spec.name: known.owner(spec.name) for spec in fields_of(Enterprise)}
            for firm, known in owners.items()
        }
        steps = {step for fields in wanted.values() for step in fields.values() if step is not None}
        infos = reviewing.infos(rows, sorted(steps))
    told = {
        step: Said(info.at, info.person, info.name, info.kind == intakes.KIND)
        for step, info in infos.items()
    }
    return {
        firm: {name: told[step] for name, step in fields.items() if step in told}
        for firm, fields in wanted.items()
    }
