"""Firms of a group side by side: every field, whose value would count, and what hangs on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ledger_desk.errors import UserError
from ledger_desk.exchange.duplicates import choosing
from ledger_desk.exchange.looking_up import names_of
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import BY_TABLE, Enterprise
from ledger_desk.store import hangers
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows


@dataclass(frozen=True)
class FacingField:
    """One field of the firms of a group.

    Attributes:
        field: Its name; label: what it is called; group: heading under which editors show it.
        private: Masked on screen unless asked for.
        shown: What each firm has, as lists show it; '' for nothing.
        differs: At least two firms have different values (an empty one does not count).
        chosen: Id of the firm whose value counts if nobody says otherwise.
    """

    field: str
    label: str
    group: str
    private: bool
    shown: tuple[str, ...]
    differs: bool
    chosen: str


@dataclass(frozen=True)
class Facing:
    """Firms side by side.

    Attributes:
        firms: The records, the one that stays first.
        survivor: Its id.
        fields: Every field that any of them has.
        hanging: Firm → label of a kind of record → how many of those hang on it (对接 3 …).
    """

    firms: tuple[Enterprise, ...]
    survivor: str
    fields: tuple[FacingField, ...]
    hanging: dict[str, dict[str, int]]


def face(ledger: Ledger, records: Sequence[str], survivor: str | None = None) -> Facing:
    """Put firms side by side.

    Args:
        ledger: The ledger.
        records: Ids, two or more.
        survivor: The one that stays; None lets the rules choose.

    Raises:
        UserError: One of them is not there, or lies in the recycle bin.
    """
    with ledger.read() as rows:
        firms = live(rows, records)
        return prepare(rows, [firms], survivor)[0]


def live(rows: Rows, records: Sequence[str]) -> list[Enterprise]:
    """Read firms that can be merged.

    Raises:
        UserError: Fewer than two different ones, one is not there, or lies in the recycle bin.
    """
    wanted = list(dict.fromkeys(records))
    if len(wanted) < 2:
        raise UserError("合并至少要两户不同的经营主体。请再选一户。")
    found = rows.many(Enterprise, wanted)
    for record in wanted:
        if record not in found:
            raise UserError(f"账上没有编号是“{record}”的经营主体，没有合并。请重新查重。")
        if found[record].removed:
            raise UserError(f"“{found[record].title}”在回收站里，没有合并。请先还原，或重新查重。")
    return [found[record] for record in wanted]


def prepare(
    rows: Rows, groups: Sequence[Sequence[Enterprise]], survivor: str | None = None
) -> list[Facing]:
    """Put the firms of many groups side by side with a handful of questions to the ledger."""
    ids = [firm.id for group in groups for firm in group]
    hanging = hangers.children(rows, ids, removed=False)
    steps = hangers.first_steps(rows, ids)
    owners = hangers.owners(rows, ids)
    written = {
        record: {spec.name: known.owner(spec.name) or 0 for spec in fields_of(Enterprise)}
        for record, known in owners.items()
    }
    counts = {
        record: dict(Counter(BY_TABLE[table].LABEL for table, _, _ in some))
        for record, some in hanging.items()
    }
    references = {
        spec.name: names_of(rows, spec.ref, [getattr(f, spec.name) for g in groups for f in g])
        for spec in fields_of(Enterprise) if spec.ref
    }  # fmt: skip
    found = []
    for group in groups:
        stays = survivor or choosing.survivor(
            group, {record: len(some) for record, some in hanging.items()}, steps
        )
        firms = sorted(group, key=lambda firm: firm.id != stays)
        fields = []
        for spec in fields_of(Enterprise):
            values = [getattr(firm, spec.name) for firm in firms]
            if all(value is None for value in values):
                continue
            known = references.get(spec.name, {})
            shown = tuple(
                "" if v is None else known.get(v, "") if spec.ref else spec.kind.show(v)
                for v in values
            )
            differs = len({v for v in values if v is not None}) > 1
            chosen = choosing.default(spec, firms, written)
            fields.append(FacingField(spec.name, spec.label, spec.group, spec.private, shown,
                                      differs, chosen))  # fmt: skip
        own = {firm.id: counts.get(firm.id, {}) for firm in firms}
        found.append(Facing(tuple(firms), stays, tuple(fields), own))
    return found
