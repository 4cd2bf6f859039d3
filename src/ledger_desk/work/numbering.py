"""Numbers of the office's own: 申报2026-0001, one row after another within a year."""

from __future__ import annotations

from datetime import date

from ledger_desk.model.fields import Record
from ledger_desk.store.lineage import fetch
from ledger_desk.store.queries import Rows

_DIGITS = 4  # at least; the ten thousandth of a year simply has one more


def next_numbers(
    rows: Rows, cls: type[Record], prefix: str, day: date, count: int, field: str = ""
) -> list[str]:
    """Give the next free numbers of a year: ``申报2026-0001``, ``申报2026-0002``.

    They go on after the largest that was ever given, also to a record that lies in the recycle bin
    now, so that a gap is never filled and no number comes twice. Inside a step, ``step.rows`` sees
    the numbers that the step itself has given.

    Args:
        rows: The ledger as it stands.
        cls: Class of the records.
        prefix: What comes before the year: ``申报``.
        day: Its year counts.
        count: How many are wanted.
        field: Where such numbers stand, if not in the field that records are titled by.
    """
    name = field or cls.TITLE
    stem = f"{prefix}{day.year:04}-"
    sql = (
        f"SELECT max(CAST(substr({name}, ?) AS INTEGER)) FROM {cls.TABLE}"
        f" WHERE substr({name}, 1, ?) = ?"
    )
    found = fetch(rows.connection, sql, (len(stem) + 1, len(stem), stem))
    last = int(found[0][0] or 0)
    return [f"{stem}{last + n:0{_DIGITS}}" for n in range(1, count + 1)]
