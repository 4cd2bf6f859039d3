"""Files of a firm as a list shows them: the record, who put it in, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ledger_desk.model.records import Attachment, Person
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.queries import Query, Rows, Where


@dataclass(frozen=True)
class Held:
    """One file: ``at`` and ``person`` (None: nobody was named) of the step that put it in."""

    attachment: Attachment
    at: datetime | None
    person: str | None


def listing(rows: Rows, enterprise: str, on: tuple[str, str] | None = None) -> list[Held]:
    """List the files of a firm in the order in which they were put in.

    Args:
        rows: The ledger.
        enterprise: Id of the firm; '' for a record that belongs to none.
        on: (table, id): only those that belong to this record.
    """
    where = [Where("enterprise", "=", enterprise)] if enterprise else []
    if on is not None:
        where += [Where("on_table", "=", on[0]), Where("on_record", "=", on[1])]
    found = rows.find(Query(Attachment, tuple(where)))
    made: dict[str, tuple[int, str, str | None]] = {}
    for some in chunks([each.id for each in found]):
        marks = ",".join("?" * len(some))
        sql = (
            "SELECT c.record, c.id, s.at, s.person FROM change c JOIN step s ON s.id = c.step"
            f" WHERE c.record IN ({marks}) AND c.before IS NULL ORDER BY c.id"
        )
        made |= {row[0]: (row[1], row[2], row[3]) for row in fetch(rows.connection, sql, some)}
    people = rows.many(Person, [person for _, _, person in made.values() if person])
    held = []
    for each in found:
        place, at, person = made.get(each.id, (0, "", None))
        name = people[person].title if person in people else None
        told = Held(each, datetime.fromisoformat(at) if at else None, name)
        held.append((place, told))
    return [told for _, told in sorted(held, key=lambda pair: (pair[0], pair[1].attachment.id))]
