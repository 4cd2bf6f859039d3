"""Sides of search: the worst of all kinds of queries against a LIKE scan of one short column.

Both sides are warm and wait for nothing, so both are taken by the processor time of the asking thread:
what the clock of a quiet machine shows, however much else this one has to do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.benchmarks import inputs

Clock = Callable[[], None]
# What is typed, by kind (`decisions.md` 36), and full pinyin besides. The tail is one of the ledger.
QUERIES = {
    "common": ("有限公司", "新县"),
    "rare": ("油茶", "县新", "没有这样的企业"),
    "one character": ("茶", "林", "镉"),
    "initials": ("XX", "HZ", "XXCY", "CYYX", "XYYXGS", "YXGS"),
    "code tail": ("9P3X", "", "139", "13"),
    "full pinyin": ("xinxian", "chaye", "zhongxin", "youxiangongsi"),
    "pieces": ("新县 茶",),
}
SHOWN = ("name", "code", "township", "person")  # what the box shows of a firm (`ui/answering`)
_NOT_BARRED = ("full pinyin", "pieces")  # told besides
_ROUNDS = 7  # of each query and of the scan; the middle one counts


def search_floor(folder: Path, tick: Clock, firms: int = inputs.FIRMS) -> tuple[int, str, float]:
    """A LIKE scan of one short column of the same number of rows."""
    import sqlcipher3.dbapi2 as driver

    path = folder / f"floor-search-{firms}.db"
    for tail in ("", "-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE t (c0)")
    raw.execute("BEGIN")
    raw.executemany("INSERT INTO t VALUES (?)", ((f"新县{i}茶叶有限公司",) for i in range(firms)))
    raw.execute("COMMIT")
    raw.execute("SELECT count(*) FROM t WHERE c0 LIKE '%不在%'").fetchone()
    took = []
    for _ in range(_ROUNDS):
        begun = time.thread_time()
        raw.execute("SELECT count(*) FROM t WHERE c0 LIKE '%油茶厂%'").fetchone()
        took.append(time.thread_time() - begun)
    found = raw.execute("SELECT count(*) FROM t").fetchone()[0]
    raw.close()
    return int(found), "", median(took)


def search_ours(folder: Path, tick: Clock, firms: int = inputs.FIRMS) -> tuple[int, str, float]:
    """The worst of the queries: first 50 rows, the most recent first, and the capped count."""
    import psutil

    from ledger_desk.model.records import Enterprise
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Query

    with (
        Ledger.open(inputs.ledger_file(folder, firms), read_only=True) as ledger,
        ledger.read() as rows,
    ):
        tail = next(f.code[-4:] for f in rows.page(Query(Enterprise), firms // 2, 100) if f.code)
        rows.count(Query(Enterprise, text="没有"))  # pages of the file are not the index's memory
        before, begun = psutil.Process().memory_info().rss, time.perf_counter()
        ledger.searching.load()
        load = time.perf_counter() - begun
        held = (psutil.Process().memory_info().rss - before) / 1e6

        def ask(text: str) -> float:
            begun = time.thread_time()
            query = Query(Enterprise, text=text)
            rows.look(query, 50, SHOWN)
            rows.count(query)
            return time.thread_time() - begun

        asked = [(text or tail, kind) for kind, texts in QUERIES.items() for text in texts]
        each: dict[tuple[str, str], list[float]] = {one: [] for one in asked}
        for _ in range(_ROUNDS):  # never the same text twice in a row: the last answer is kept
            for one, took in each.items():
                took.append(ask(one[0]))
        usual = {one: median(took) for one, took in each.items()}
        there = rows.count(Query(Enterprise)) + rows.count(Query(Enterprise, removed=True))
    barred = {one: took for one, took in usual.items() if one[1] not in _NOT_BARRED}
    slowest = max(barred, key=barred.__getitem__)
    worst: dict[str, float] = {}
    for (_, kind), took in usual.items():
        worst[kind] = max(took, worst.get(kind, 0.0))
    told = ", ".join(f"{kind} {1000 * took:.1f} ms" for kind, took in worst.items())
    note = f"[{told}; slowest {slowest[0]}; loaded in {load:.1f} s, {held:.0f} MB]"
    return there, note, barred[slowest]


def search_large_floor(folder: Path, tick: Clock) -> tuple[int, str, float]:
    """The same scan of 1,000,000 rows."""
    return search_floor(folder, tick, inputs.MANY_FIRMS)


def search_large_ours(folder: Path, tick: Clock) -> tuple[int, str, float]:
    """The same queries over 1,000,000 firms."""
    return search_ours(folder, tick, inputs.MANY_FIRMS)
