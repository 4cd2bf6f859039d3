"""The list of 100,000 firms on the screen: sorted, filtered, scrolled, while the window's pulse is taken.

Ours is the real page in a window: from the click until the new rows stand there. The floor is the
bare statement on a connection of its own: ``SELECT rowid … ORDER BY``, its rows fetched. The largest
gap of the `pulse` has to stay at or below a tenth of a second, also while one scrolls and searches.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import inputs
from tests.benchmarks.pulse import Bare, Pulse

_TOWN = "411523105"
# Order, conditions as the page takes them, and the same as bare SQL.
Deed = tuple[str, tuple[tuple[str, bool], ...], tuple[tuple[str, str, Any], ...], str]
DEEDS: tuple[Deed, ...] = (
    ("staff↓", (("staff", True),), (), "ORDER BY staff DESC"),
    ("person↑", (("person", False),), (), "ORDER BY person"),
    ("revenue↑", (("revenue", False),), (), "ORDER BY revenue IS NULL, revenue"),
    ("name↑", (("name", False),), (), "ORDER BY name"),
    ("size↑", (("size", False),), (), "INDEX ORDER BY i.size"),
    ("township↑ assets↓", (("township", False), ("assets", True)), (), "ORDER BY township, assets DESC"),
    ("status↑ person↓", (("status", False), ("person", True)), (), "ORDER BY status, person DESC"),
    ("value", (), (("township", "in", (_TOWN,)),), f"AND township IN ('{_TOWN}')"),
    ("range", (), (("revenue", "between", (10**8, 10**9)),), "AND revenue BETWEEN 100000000 AND 1000000000"),
    ("text", (), (("address", "contains", "9"),), "AND address LIKE '%9%'"),
    ("blank", (), (("phone", "blank", None),), "AND (phone IS NULL OR phone = '')"),
    ("text nobody has", (), (("name", "contains", "没有这样的企业"),), "AND name LIKE '%没有这样的企业%'"),
    ("range, person↑", (("person", False),), (("staff", "between", (10, 50)),), "AND staff BETWEEN 10 AND 50 ORDER BY person"),
)  # fmt: skip

TYPED = ("x", "xx", "xxc", "xxcy", "茶", "茶叶", "有限公司", "13", "9P", "zhongxin")  # as one types


def grid_floor(folder: Path, tick: Callable[[], None]) -> tuple[int, str]:
    """The bare statements, one after another."""
    import sqlcipher3.dbapi2 as driver

    raw = driver.connect(str(inputs.ledger_file(folder)), isolation_level=None)
    raw.execute("PRAGMA cache_size = -65536")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("SELECT count(*) FROM enterprise WHERE note IS NULL").fetchone()  # warm as ours
    rows, told = 0, []
    tick()
    for name, _, _, tail in DEEDS:
        begun = time.perf_counter()
        source = "enterprise e"
        if tail.startswith("INDEX "):
            source, tail = (
                f"{source} JOIN enterprise_index i ON i.id = e.id",
                tail.removeprefix("INDEX "),
            )
        sql = f"SELECT e.rowid FROM {source} WHERE e.removed = 0 {tail}"
        rows += len(raw.execute(sql).fetchall())
        told.append(f"{name} {1000 * (time.perf_counter() - begun):.0f}")
    raw.close()
    return rows, "bare ms: " + ", ".join(told)


def grid_ours(folder: Path, tick: Callable[[], None]) -> tuple[int, str, float]:
    """The page: each deed until its rows are there, then scrolling; only the deeds are timed."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Where
    from ledger_desk.ui import collecting
    from ledger_desk.ui import theme as themes
    from ledger_desk.ui.jobs import Jobs
    from ledger_desk.ui.lists.choice import Choice
    from ledger_desk.ui.main_window import MainWindow
    from ledger_desk.ui.pages.enterprises import EnterprisePage

    path = inputs.ledger_file(folder)
    themes.before_application()
    app = QApplication.instance() or QApplication(["ledger-desk"])
    jobs = Jobs(app)
    window = MainWindow(themes.install(app), jobs)
    ledger = Ledger.open(path, read_only=True)
    page = EnterprisePage(ledger, jobs, window)
    window.add_page("enterprises", "经营主体", "building-store", page)
    window.resize(1366, 768)
    window.show()

    def rest(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    rest(1_000)  # counts and sums are found
    while jobs.running():
        rest(100)
    for _ in range(2):
        page.make_ready()  # as the page does while nobody works in it
    collecting.settle()  # as the program does when its desk stands
    grid, model = page.panel.grid, page.panel.grid.lazy_model()
    bare, pulse, rows, told, spent = Bare(), Pulse(), 0, [], 0.0
    tick()
    for name, order, wheres, _ in DEEDS:
        loop = QEventLoop()
        model.renewed.connect(loop.quit)
        pulse.begin(name)
        begun = time.perf_counter()
        page.source.choose(Choice(wheres=tuple(Where(*where) for where in wheres)))
        grid.sort_by(order)
        if page.source.waiting:
            QTimer.singleShot(0, lambda: grid.verticalScrollBar().setValue(9_000))  # meanwhile
            loop.exec()
        model.renewed.disconnect(loop.quit)
        rest(0)  # painted
        took = time.perf_counter() - begun
        spent += took
        rows += model.rowCount()
        rest(300)  # the sums come, the details are shown
        told.append(f"{name} {1000 * took:.0f} ({pulse.end()})")
    page.source.choose(Choice())
    grid.sort_by((("person", False),))
    rest(1_500)
    pulse.begin("scroll")
    bar = grid.verticalScrollBar()
    begun = time.perf_counter()
    for step in range(200):
        bar.setValue(bar.maximum() * step // 199)
        rest(1)
    told.append(f"a scrolled page {1000 * (time.perf_counter() - begun) / 200:.0f} ({pulse.end()})")
    pulse.begin("while the search is loaded")
    ledger.searching.warm()
    turns = 0
    while not ledger.searching.is_ready:
        bar.setValue(bar.maximum() * (turns * 37 % 200) // 199)
        turns += 1
        rest(50)
    told.append(f"while the search is loaded ({pulse.end()})")
    for text in TYPED:
        pulse.begin(f"search {text}")
        page.source.choose(Choice(text=text))
        grid.sort_by(())
        rest(300)
        told.append(f"search {text} ({pulse.end()})")
    jobs.shutdown()
    ledger.close()
    return rows, f"{pulse.verdict(bare)}; ms: " + ", ".join(told), spent
