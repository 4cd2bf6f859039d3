"""A monthly form over 1,000,000 visits of 100,000 firms, 走访进度日报, against bare SQL of its numbers.

Both sides give the sum of all numbers of both sheets, by township and by person, totals included, so that
they have to agree. The same at a tenth of the size shows how the cost grows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.overview import warm, worked_file
from tests.benchmarks.visits import VISITS

TENTH = VISITS // 10
_FORM = "visit_progress"
_SINCE = "2024-10-01"  # first day of the mechanism
_RATES = frozenset({"Q"})  # columns made of two others
_WAN = 1_000_000  # fen; what is smaller is cut off on both sides


def form_visits_ours(folder: Path, tick: Callable[[], None]) -> int:
    """The form built and checked as the window does, its definition loaded before."""
    return _ours(worked_file(folder), tick)


def form_visits_floor(folder: Path, tick: Callable[[], None]) -> int:
    """A statement for each column and sheet, and one for its total."""
    return _floor(worked_file(folder), tick)


def form_visits_tenth_ours(folder: Path, tick: Callable[[], None]) -> int:
    """The form over a tenth of the visits."""
    return _ours(worked_file(folder, TENTH), tick)


def form_visits_tenth_floor(folder: Path, tick: Callable[[], None]) -> int:
    """Bare SQL over a tenth of the visits."""
    return _floor(worked_file(folder, TENTH), tick)


def _ours(path: Path, tick: Callable[[], None]) -> int:
    from ledger_desk.reports.catalogue import load_form, run
    from ledger_desk.store.ledger import Ledger

    today = date.today()
    with Ledger.open(path, read_only=True) as ledger:
        forms = load_form(_FORM)
        with ledger.read() as rows:
            warm(lambda sql: rows.connection.exec_driver_sql(sql).fetchall())
        tick()
        report = run(ledger, _FORM, today.replace(day=1), today, forms=forms).report
    total = 0
    for block in report.blocks:
        money = {each.at for each in block.shape.column if each.unit == "万元"}
        for at, filled in block.columns.items():
            if filled.values and isinstance(filled.values[0], int) and at not in {"A", *_RATES}:
                origin: Any = block.totals[at].provenance
                values = [value or 0 for value in (*filled.values, origin.value)]
                total += sum(value // _WAN if at in money else value for value in values)
    return total


# -- bare SQL ------------------------------------------------------------------------------------------
_KINDS = "('走访', '回访')"
_VISITED = f"SELECT v.* FROM visit AS v WHERE v.removed = 0 AND v.kind IN {_KINDS} AND v.day BETWEEN :first AND :last"
_BEFORE = (
    f" AND EXISTS (SELECT 1 FROM visit AS w WHERE w.enterprise = v.enterprise AND w.removed = 0 AND w.kind IN {_KINDS}"
    " AND (w.day < v.day OR (w.day = v.day AND w.id < v.id)))"
)
_NOT_FIRST = (
    "SELECT * FROM (SELECT v.*, row_number() OVER (PARTITION BY v.enterprise ORDER BY v.day, v.id) AS turn FROM visit AS v"
    f" WHERE v.removed = 0 AND v.kind IN {_KINDS} AND v.day <= :last) WHERE turn > 1 AND day >= :first"
)
_NEEDS = (
    "SELECT enterprise, township, first, second, day, CASE WHEN turn = 1 THEN amount ELSE 0 END AS amount FROM (SELECT v.*,"
    " row_number() OVER (PARTITION BY v.enterprise ORDER BY v.day DESC, v.id DESC) AS turn FROM visit AS v"
    " WHERE v.removed = 0 AND v.has_need = 1 AND v.day <= :last) WHERE day >= :first"
)
_TARGETS = (
    "SELECT v.*, 0 AS amount FROM visit_task AS v JOIN visit_plan AS p ON p.id = v.plan AND p.removed = 0 WHERE v.removed = 0"
    " AND NOT (coalesce(v.dropped, '') <> '' AND coalesce(v.dropped_on, '') <= :last) AND p.starts_on BETWEEN :first AND :last"
)


def _columns(today: date) -> list[tuple[str, str, str]]:
    """Lines, first day, what is counted: one entry for each column of a sheet."""
    from ledger_desk.store.worked.effective import EFFECTIVE

    effective = f"{_VISITED} AND {EFFECTIVE.format(row='v')} = 1"
    starts = [
        today.isoformat(), (today - timedelta(days=today.weekday())).isoformat(),
        today.replace(day=1).isoformat(), _SINCE,
    ]  # fmt: skip
    made = []
    for start in starts:
        made.append((_VISITED, start, "firms"))
        made.append((effective, start, "firms"))
        made.append((_NOT_FIRST if start == _SINCE else _VISITED + _BEFORE, start, "firms"))
    made += [(_TARGETS, _SINCE, "firms"), (f"{_TARGETS} AND v.done_on <= :last", _SINCE, "firms")]
    made += [(_NEEDS, day, "firms") for day in (starts[0], _SINCE)]
    return [*made, (_NEEDS, _SINCE, "amount")]


def _floor(path: Path, tick: Callable[[], None]) -> int:
    import sqlcipher3.dbapi2 as driver

    raw = driver.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA cache_size = -65536")
    raw.execute("PRAGMA temp_store = MEMORY")
    warm(lambda sql: raw.execute(sql).fetchall())
    today, total = date.today(), 0
    tick()
    for lines, first, what in _columns(today):
        days = {"first": first, "last": today.isoformat()}
        number = "count(DISTINCT f)" if what == "firms" else "sum(m)"
        # Summed by firm first: to look at the firm of each line costs more.
        by_firm = f"SELECT enterprise AS f, township AS t, sum(amount) AS m FROM ({lines}) GROUP BY enterprise, township"
        towns = (
            f"SELECT coalesce(t, e.township, ''), {number} FROM ({by_firm})"
            " JOIN enterprise AS e ON e.id = f AND e.removed = 0 GROUP BY 1"
        )
        people = " UNION ALL ".join(
            (
                f"SELECT enterprise AS f, first AS p, amount AS m FROM ({lines}) WHERE first IS NOT NULL OR second IS NULL",
                f"SELECT enterprise AS f, second AS p, amount AS m FROM ({lines})"
                " WHERE second IS NOT NULL AND coalesce(first, '') <> second",
            )
        )
        split = f"SELECT coalesce(p, ''), {number} FROM ({people}) JOIN enterprise AS e ON e.id = f AND e.removed = 0 GROUP BY 1"
        whole = f"SELECT '', {number} FROM ({by_firm}) JOIN enterprise AS e ON e.id = f AND e.removed = 0"
        unit = 1 if what == "firms" else _WAN
        for sql, times in ((towns, 1), (split, 1), (whole, 2)):  # a total on each sheet
            total += times * sum((row[1] or 0) // unit for row in raw.execute(sql, days))
    raw.close()
    return total
