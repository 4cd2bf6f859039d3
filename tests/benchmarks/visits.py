"""The lists of 1,000,000 visits over 100,000 firms on the screen, against the same lists of 1,000.

Ours is the real page 走访 in a window: from the click on a view or heading until the new rows stand
there, counts of all views included. The floor is the very same on a ledger with a thousandth of the
visits, so the bar says how much slower the large one may answer. A timer of 5 ms on the window's
thread records the largest gap, which has to stay at or below a tenth of a second.
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
from tests.benchmarks.pulse import Bare, Pulse

VISITS = 1_000_000
FEW = 1_000
_KINDS, _METHODS = ("走访",) * 8 + ("回访", "窗口咨询"), ("实地", "实地", "电话")
_RESULTS = ("正常经营",) * 9 + ("拒访",)
_VERDICTS = ("符合",) * 6 + ("不符合", "待核")
_COLUMNS = (
    "id", "enterprise", "day", "kind", "method", "first", "second", "township", "result", "has_need", "amount",
    "lawful", "settled", "genuine", "creditworthy", "proper", "next_on", "planned",
)  # fmt: skip
# Book, view, order: what somebody clicks on.
DEEDS: tuple[tuple[str, str, tuple[tuple[str, bool], ...]], ...] = (
    ("visits", "all", (("day", True),)), ("visits", "week", (("day", True),)), ("visits", "need", (("day", True),)),
    ("visits", "five", (("day", True),)), ("visits", "return", (("next_on", False),)),
    ("visits", "invalid", (("day", True),)), ("visits", "all", (("amount", True),)),
    ("visits", "all", (("enterprise", False),)), ("tasks", "all", (("due_on", False),)),
    ("tasks", "waiting", (("due_on", False),)), ("tasks", "late", (("due_on", False),)),
    ("tasks", "recent", (("due_on", False),)), ("tasks", "all", (("last_visit", True),)),
)  # fmt: skip


def visits_file(folder: Path, visits: int = VISITS) -> Path:
    """A ledger whose firms were visited so often, put in directly; made once a run."""
    path = folder / f"visits-{inputs.FIRMS}-{visits}.ledger"
    if path.exists():
        return path
    import sqlcipher3.dbapi2 as driver

    plain = inputs.ledger_file(folder)
    half = path.with_suffix(".half")  # what is broken off is not taken for the whole
    shutil.copy(plain, half)
    raw = driver.connect(str(half), isolation_level=None)
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.execute("PRAGMA journal_mode = OFF")
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA cache_size = -262144")
    indexes = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'visit' AND sql <> ''"
    ).fetchall()
    for name, _ in indexes:  # making them afterwards takes a tenth of the time
        raw.execute(f"DROP INDEX {name}")
    firms = raw.execute("SELECT id, township FROM enterprise WHERE removed = 0").fetchall()
    firms = firms[: max(visits // 10, 1)]
    people = [row[0] for row in raw.execute("SELECT id FROM person")] or [None]
    chance, today = Random(inputs.SEED), date.today()
    plan, starts = secrets.token_hex(16), today - timedelta(days=30)
    raw.execute("BEGIN")
    raw.execute(
        "INSERT INTO visit_plan (id, removed, name, starts_on, due_on, warn_days, state) VALUES (?, 0, ?, ?, ?, 30, '进行中')",
        (plan, "大走访", starts.isoformat(), (today + timedelta(days=30)).isoformat()),
    )  # fmt: skip
    tasks = [secrets.token_hex(16) for _ in firms]
    raw.executemany(
        "INSERT INTO visit_task (id, removed, plan, enterprise, township, first, due_on, done_on) VALUES (?, 0, ?, ?, ?, ?, ?, ?)",
        [
            (
                task, plan, firm, town, chance.choice(people), (starts + timedelta(days=chance.randrange(60))).isoformat(),
                (starts + timedelta(days=chance.randrange(30))).isoformat() if number % 2 else None,
            )
            for number, (task, (firm, town)) in enumerate(zip(tasks, firms, strict=True))
        ],
    )  # fmt: skip
    marks = ",".join("?" * len(_COLUMNS))
    raw.executemany(
        f"INSERT INTO visit ({','.join(_COLUMNS)}) VALUES ({marks})",
        _rows(visits, firms, tasks, people, chance, today),
    )
    raw.execute("COMMIT")
    for _, sql in indexes:
        raw.execute(sql)
    raw.close()
    half.rename(path)
    return path


def _rows(
    visits: int, firms: list[Any], tasks: list[str], people: list[Any], chance: Random, today: date
) -> Iterator[tuple[Any, ...]]:
    days = [(today - timedelta(days=n)).isoformat() for n in range(1, 1500)]
    later = [(today + timedelta(days=n)).isoformat() for n in range(-60, 200)]
    for number in range(visits):
        place = number % len(firms)
        firm, town = firms[place]
        need = chance.random() < 0.3
        yield (
            secrets.token_hex(16), firm, chance.choice(days), chance.choice(_KINDS), chance.choice(_METHODS),
            chance.choice(people), chance.choice(people) if chance.random() < 0.8 else None, town,
            chance.choice(_RESULTS), int(need), chance.randrange(1, 500) * 1_000_000 if need else None,
            *(chance.choice(_VERDICTS) for _ in range(5)), chance.choice(later) if number % 20 == 0 else None,
            tasks[place] if number < len(firms) and place % 2 else None,
        )  # fmt: skip


def visits_ours(folder: Path, tick: Callable[[], None]) -> tuple[int, str, float, float]:
    """All deeds on the large ledger; only the deeds are timed."""
    return _click(visits_file(folder), tick)


def visits_floor(folder: Path, tick: Callable[[], None]) -> tuple[int, str, float, float]:
    """The same on a thousandth of it."""
    return _click(visits_file(folder, FEW), tick)


def _click(path: Path, tick: Callable[[], None]) -> tuple[int, str, float, float]:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from ledger_desk.store.ledger import Ledger
    from ledger_desk.ui import theme as themes
    from ledger_desk.ui.jobs import Jobs
    from ledger_desk.ui.main_window import MainWindow
    from ledger_desk.ui.pages.visits import VisitsPage

    themes.before_application()
    app = QApplication.instance() or QApplication(["ledger-desk"])
    jobs = Jobs(app)
    window = MainWindow(themes.install(app), jobs)
    ledger = Ledger.open(path, read_only=True)
    page = VisitsPage(ledger, jobs, window)
    window.add_page("visits", "走访", "walk", page)
    window.resize(1366, 768)
    window.show()

    def rest(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    begun = time.perf_counter()
    for book in ("tasks", "visits"):
        page.show_book(book)
        rest(500)
        while not page.book(book).counts.numbers:
            rest(20)
    counted = time.perf_counter() - begun
    while jobs.running():
        rest(50)
    rest(500)
    bare, pulse, rows, spent, used = Bare(), Pulse(), 0, 0.0, 0.0
    told = [f"both books with all counts {1000 * counted:.0f}"]
    tick()
    for book, view, order in DEEDS:
        name = f"{book} {view} {order[0][0]}"
        shown = page.show_book(book)
        rest(200)
        grid, source = shown.panel.grid, shown.source
        loop = QEventLoop()
        model = grid.lazy_model()
        model.renewed.connect(loop.quit)
        pulse.begin(name)
        begun, busy = time.perf_counter(), time.process_time()
        shown.show_view(view)
        if model.order != order:
            grid.sort_by(order)
        if source.waiting:
            QTimer.singleShot(20_000, loop.quit)
            loop.exec()
        model.renewed.disconnect(loop.quit)
        rest(0)  # painted
        took, worked = time.perf_counter() - begun, time.process_time() - busy
        spent, used = spent + took, used + worked
        rows += model.rowCount()
        rest(400)
        told.append(f"{name} {1000 * took:.0f} (processor {1000 * worked:.0f}, {pulse.end()})")
    jobs.shutdown()
    ledger.close()
    return rows, f"{pulse.verdict(bare)}; ms: " + ", ".join(told), spent, used
