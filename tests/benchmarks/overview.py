"""The front page over 1,000,000 visits of 100,000 firms: its overview and 今天要办.

The overview of a month and since the start stands against the bare SQL that yields the same numbers;
both sides give the sum of all of them, so that they have to agree. 今天要办 stands against itself on a
ledger with a thousandth of the visits.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.benchmarks import inputs
from tests.benchmarks.visits import FEW, VISITS, visits_file

_SINCE = "2024-10-01"  # first day of the mechanism
_MEASURES = ("本期", "启动以来累计")
_LISTED = "v.removed = 0 AND NOT (a.state = '已移出' AND coalesce(a.left_on, '') <= :last)"


def worked_file(folder: Path, visits: int = VISITS) -> Path:
    """The ledger of so many visits; a fifth of the firms applied, and banks met most of these."""
    path = folder / f"worked-{inputs.FIRMS}-{visits}.ledger"
    if path.exists():
        return path
    import sqlcipher3.dbapi2 as driver

    shutil.copy(visits_file(folder, visits), path)
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA cache_size = -262144")
    firms = raw.execute("SELECT DISTINCT enterprise, township FROM visit").fetchall()
    banks = [row[0] for row in raw.execute("SELECT id FROM bank WHERE removed = 0")]
    chance = Random(inputs.SEED)
    raw.execute("BEGIN")
    for sql in _chains(firms[::5], banks, chance):
        raw.execute(*sql)
    raw.execute("COMMIT")
    raw.close()
    return path


def _chains(
    firms: list[Any], banks: list[str], chance: Random
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """From the application to the money, step by step fewer."""
    today = date.today()

    def put(table: str, **values: Any) -> tuple[str, tuple[Any, ...]]:
        marks = ",".join("?" * len(values))
        return f"INSERT INTO {table} ({','.join(values)}) VALUES ({marks})", (*values.values(),)

    for number, (firm, town) in enumerate(firms):
        application, referral, matching, credit, loan = (secrets.token_hex(16) for _ in range(5))
        bank, fate = chance.choice(banks), chance.random()
        day = today - timedelta(days=chance.randrange(1, 700))
        on = [(day + timedelta(days=n)).isoformat() for n in (0, 3, 5, 7, 12, 15)]
        amount = chance.randrange(1, 500) * 1_000_000
        yield put(
            "application", id=application, enterprise=firm, township=town, applied_on=on[0], amount=amount,
            bank1=bank, state="已移出" if number % 50 == 0 else "已推荐", state_on=on[1], listed_on=on[0],
            recommended_on=on[1], left_on=on[5] if number % 50 == 0 else None,
        )  # fmt: skip
        yield put(
            "referral", id=referral, application=application, enterprise=firm, bank=bank, township=town,
            pushed_on=on[2], accepted_on=on[3], qualified=int(fate > 0.1), qualified_on=on[3],
            wants_money=int(fate > 0.2), wants_on=on[5],
        )  # fmt: skip
        if fate < 0.1:
            continue
        yield put(
            "matching", id=matching, enterprise=firm, bank=bank, township=town, day=on[3], referral=referral
        )  # fmt: skip
        if fate < 0.2:
            continue
        yield put(
            "credit", id=credit, matching=matching, granted=int(fate > 0.3), amount=amount, decided_on=on[4]
        )  # fmt: skip
        if fate < 0.4:
            continue
        due = (day + timedelta(days=380)).isoformat()
        yield put(
            "loan", id=loan, enterprise=firm, bank=bank, matching=matching, township=town, amount=amount,
            signed_on=on[4], due_on=due,
        )  # fmt: skip
        yield put("drawdown", id=secrets.token_hex(16), loan=loan, day=on[5], amount=amount)
        if fate < 0.5:
            yield put(
                "renewal", id=secrets.token_hex(16), enterprise=firm, bank=bank, loan=loan, township=town,
                due_on=due, due_amount=amount,
            )  # fmt: skip


def overview_ours(folder: Path, tick: Callable[[], None]) -> tuple[int, str]:
    """The overview by township as the page counts it, of this month and since the start."""
    from ledger_desk.model.periods import month_of
    from ledger_desk.reports.progress import read_overview
    from ledger_desk.store.ledger import Ledger

    total, told = 0, []
    with Ledger.open(worked_file(folder), read_only=True) as ledger:
        office = ledger.office
        with ledger.read() as rows:
            warm(lambda sql: rows.connection.exec_driver_sql(sql).fetchall())
            tick()
            for measure in _MEASURES:
                begun = time.perf_counter()
                found = read_overview(rows, office, month_of(date.today()), measure)
                for row in (found.whole, *found.rows):
                    total += sum(each.firms + each.events for each in row.numbers.values())
                    total += sum(each.amount // 1_000_000 for each in row.numbers.values())
                    total += sum(len(rate.owed) + len(rate.done) for rate in row.rates.values())
                told.append(f"{measure} {1000 * (time.perf_counter() - begun):.0f} ms")
    return total, ", ".join(told)


def warm(ask: Callable[[str], object]) -> None:
    """Both sides have seen the firms and the visits once."""
    ask("SELECT count(*) FROM visit NOT INDEXED WHERE note IS NULL")
    ask("SELECT count(*) FROM enterprise NOT INDEXED WHERE note IS NULL")


# Lines of each stage, as somebody would write them who knows the rules.
_REFERRED = (
    "FROM {0} JOIN referral AS r ON r.id = v.referral AND r.removed = 0"
    " JOIN application AS a ON a.id = r.application AND a.removed = 0"
)
_STAGES: tuple[str, ...] = (
    "SELECT v.enterprise AS f, v.township AS t, 0 AS m FROM visit AS v WHERE v.removed = 0"
    " AND v.kind IN ('走访', '回访') AND v.day BETWEEN :first AND :last",
    "SELECT f, t, CASE WHEN turn = 1 THEN amount END AS m FROM (SELECT v.enterprise AS f, v.township AS t, v.amount, v.day,"
    " row_number() OVER (PARTITION BY v.enterprise ORDER BY v.day DESC, v.id DESC) AS turn FROM visit AS v"
    " WHERE v.removed = 0 AND v.has_need = 1 AND v.day <= :last) WHERE day >= :first",
    "SELECT v.enterprise AS f, v.township AS t, v.amount AS m FROM application AS v WHERE v.removed = 0"
    " AND v.listed_on BETWEEN :first AND :last",
    "SELECT v.enterprise AS f, v.township AS t, v.amount AS m FROM application AS v JOIN application AS a ON a.id = v.id"
    f" WHERE {_LISTED} AND v.recommended_on BETWEEN :first AND :last",
    f"SELECT v.enterprise AS f, v.township AS t, 0 AS m {_REFERRED.format('matching AS v')} WHERE {_LISTED}"
    " AND v.day BETWEEN :first AND :last AND v.day >= r.pushed_on",
    f"SELECT v.enterprise AS f, v.township AS t, c.amount AS m"
    f" {_REFERRED.format('credit AS c JOIN matching AS v ON v.id = c.matching')}"
    f" WHERE {_LISTED} AND c.removed = 0 AND c.granted = 1 AND c.decided_on BETWEEN :first AND :last",
    f"SELECT v.enterprise AS f, v.township AS t, d.amount AS m"
    f" {_REFERRED.format('drawdown AS d JOIN loan AS l ON l.id = d.loan AND l.removed = 0 JOIN matching AS v ON v.id = l.matching')}"
    f" WHERE {_LISTED} AND d.removed = 0 AND d.day BETWEEN :first AND :last",
)
_QUALIFIED = (
    "SELECT r.enterprise AS f, r.township AS t FROM referral AS r JOIN application AS v ON v.id = r.application"
    " JOIN application AS a ON a.id = v.id WHERE r.removed = 0 AND " + _LISTED
)
_GRANTED = (
    " AND EXISTS (SELECT 1 FROM referral AS o JOIN matching AS m ON m.referral = o.id AND m.removed = 0 JOIN credit AS c"
    " ON c.matching = m.id AND c.removed = 0 AND c.granted = 1 WHERE o.enterprise = r.enterprise AND o.removed = 0"
    " AND c.decided_on <= :last)"
)
_SETS: tuple[str, ...] = (
    f"{_QUALIFIED} AND r.qualified = 1 AND r.qualified_on BETWEEN :first AND :last",
    f"{_QUALIFIED} AND r.qualified = 0 AND r.qualified_on BETWEEN :first AND :last",
    f"{_QUALIFIED} AND r.wants_money = 1 AND r.wants_on BETWEEN :first AND :last{_GRANTED}",
    f"{_QUALIFIED} AND r.wants_money = 0 AND r.wants_on BETWEEN :first AND :last{_GRANTED}",
)


def overview_floor(folder: Path, tick: Callable[[], None]) -> tuple[int, str]:
    """Bare statements: each stage whole and by township, and the sets of the three rates."""
    import sqlcipher3.dbapi2 as driver

    path = worked_file(folder)
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA cache_size = -65536")
    raw.execute("PRAGMA temp_store = MEMORY")
    warm(lambda sql: raw.execute(sql).fetchall())
    today = date.today()
    total, told = 0, []
    tick()
    for measure in _MEASURES:
        begun = time.perf_counter()
        first = _SINCE if measure != "本期" else today.replace(day=1).isoformat()
        next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        days = {"first": first, "last": (next_month - timedelta(days=1)).isoformat()}
        for sql in _STAGES:
            # Summed by firm first: to look at the firm of each line costs more.
            proof = (
                f"SELECT coalesce(t, e.township, '') AS t, f, sum(n) AS n, sum(m) AS m"
                f" FROM (SELECT t, f, count(*) AS n, sum(m) AS m FROM ({sql}) GROUP BY f, t)"
                " JOIN enterprise AS e ON e.id = f AND e.removed = 0 GROUP BY 1, 2"
            )
            split = raw.execute(
                f"SELECT t, count(*), sum(n), coalesce(sum(m), 0) FROM ({proof}) GROUP BY t", days
            ).fetchall()
            firms = raw.execute(f"SELECT count(DISTINCT f) FROM ({sql})", days).fetchone()[0]
            total += (
                firms + sum(row[2] for row in split) + sum(row[3] for row in split) // 1_000_000
            )
            total += sum(row[1] + row[2] + row[3] // 1_000_000 for row in split)
        total += _rates(raw, {**days, "first": _SINCE})
        told.append(f"{measure} {1000 * (time.perf_counter() - begun):.0f} ms")
    raw.close()
    return total, "bare: " + ", ".join(told)


def _rates(raw: Any, days: dict[str, str]) -> int:
    """Owed and done of the three rates, of all and of each township."""

    def firms(sql: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for town, firm in raw.execute(
            "SELECT DISTINCT coalesce(t, e.township, ''), f FROM"
            f" ({sql}) JOIN enterprise AS e ON e.id = f AND e.removed = 0", days,
        ):  # fmt: skip
            found.setdefault(town, set()).add(firm)
        return found

    listed, met, granted, drawn = (firms(_STAGES[number]) for number in (3, 4, 5, 6))
    fit, unfit, wanting, idle = (firms(sql) for sql in _SETS)
    total = 0
    for town in ("*", *sorted({*listed, *met, *granted, *drawn, *fit, *unfit, *wanting, *idle})):
        a, b, c, d, e, f, g, h = (
            set().union(*some.values()) if town == "*" else some.get(town, set())
            for some in (listed, met, granted, drawn, fit, unfit, wanting, idle)
        )
        suits = (a - (f - e)) | (c & a)
        wants = (c - (h - g)) | (d & c)
        total += len(a) + len(b & a) + len(suits) + len(c & suits) + len(wants) + len(d & wants)
    return total


def agenda_ours(folder: Path, tick: Callable[[], None]) -> tuple[int, str]:
    """今天要办 of the large ledger."""
    return _agenda(worked_file(folder), tick)


def agenda_floor(folder: Path, tick: Callable[[], None]) -> tuple[int, str]:
    """The same of the small one."""
    return _agenda(worked_file(folder, FEW), tick)


def _agenda(path: Path, tick: Callable[[], None]) -> tuple[int, str]:
    """All that waits is counted and the first 200 read; then what is late, then those of one township."""
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.work import parameters
    from ledger_desk.work.calendars import read_calendar
    from ledger_desk.work.duties import Asked, read_agenda

    today, told, rows_found = date.today(), [], 0
    with Ledger.open(path, read_only=True) as ledger, ledger.read() as rows:
        held, calendar = parameters.read(rows, today), read_calendar(rows)
        warm(lambda sql: rows.connection.exec_driver_sql(sql).fetchall())
        asks = {
            "all": Asked(),
            "late": Asked(states=("late",)),
            "township": Asked(township="411523105"),
        }
        found = None  # as the page does: what was counted holds while nobody writes
        tick()
        for name, asked in asks.items():
            begun = time.perf_counter()
            found = read_agenda(rows, today, calendar, held, asked=asked, known=found)
            rows_found += found.total()
            told.append(
                f"{name} {1000 * (time.perf_counter() - begun):.0f} ms of {found.total():,}"
            )
    return rows_found, ", ".join(told)
