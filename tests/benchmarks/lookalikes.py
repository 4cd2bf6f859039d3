"""The case ``duplicates``: a planted county searched, against a bare scan of what is compared."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.inputs import SEED
from tests.exchange.duplicates import planting, scoring

Clock = Callable[[], None]
FIRMS = int(os.environ.get("LEDGER_DESK_BENCH_FIRMS", "100000"))
PLANTED = FIRMS // 50


def _county(folder: Path) -> tuple[planting.Planted, Path]:
    """The planted county, and its ledger, made once a run."""
    planted = planting.plant(FIRMS, PLANTED, PLANTED, SEED)
    path = folder / f"planted-{FIRMS}.ledger"
    if not path.exists():
        scoring.put(path, planted).close()
    return planted, path


def duplicates_floor(folder: Path, tick: Clock) -> int:
    """Read the columns that are compared, of every firm, and do nothing with them."""
    import sqlcipher3.dbapi2 as driver

    _, path = _county(folder)
    raw = driver.connect(str(path))
    tick()
    rows = raw.execute(
        "SELECT id, name, code, regno, internal_no, kind, person, person_id, phone, address, place, township,"
        " village, founded, org_code, taxpayer_no FROM enterprise WHERE removed = 0"
    ).fetchall()
    raw.close()
    return len(rows)


def duplicates_ours(folder: Path, tick: Clock) -> tuple[int, str]:
    """Find all groups; recall and precision against what was planted are told besides."""
    from ledger_desk.exchange.duplicates.finding import find_groups
    from ledger_desk.store.ledger import Ledger

    planted, path = _county(folder)
    with Ledger.open(path) as ledger:
        tick()
        groups = find_groups(ledger)
        found = scoring.score(planted, [(p.one, p.other) for p in groups.pairs()])
    return (
        groups.firms,
        f"recall {found.recall:.2%}, precision {found.precision:.2%}, {len(groups)} groups",
    )
