"""Reading in a child process: the same book, a bounded parent, and every bad end in words."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import xlsxwriter

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.workbook.book import CHUNK
from ledger_desk.workbook.guarded import read_guarded
from ledger_desk.workbook.reading import read


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("大") / "大.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("名单")
    for row in range(20_000):
        sheet.write_row(row, 0, [f"第{row}家{c}" for c in range(12)])
    book.close()
    return path


def children() -> list[psutil.Process]:
    """Live children, but for the helper that Python keeps for spawned processes of other tests."""
    found = [p for p in psutil.Process().children() if p.status() != psutil.STATUS_ZOMBIE]
    return [p for p in found if "resource_tracker" not in " ".join(p.cmdline())]


def test_a_guarded_reading_gives_the_same_book(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    first, second = book.add_worksheet("一"), book.add_worksheet("二")
    book.add_worksheet("空")
    first.merge_range("A1:C1", "标题")
    for row in range(1, 2 * CHUNK + 7):
        first.write_row(row, 0, [row, f"名{row}", None if row % 3 else 1.5])
    second.write("B2", True)
    book.close()
    there, here = read_guarded(path), read(path)
    assert (there.kind, there.encoding) == (here.kind, here.encoding)
    assert len(there.sheets) == 3
    for far, near in zip(there.sheets, here.sheets, strict=True):
        assert list(far.rows) == list(near.rows)
        assert (far.name, far.width, far.merged) == (near.name, near.width, near.merged)
    rows = there.sheets[0].rows
    assert len(rows) == 2 * CHUNK + 7
    assert rows[-1] == here.sheets[0].rows[-1]
    assert rows[CHUNK - 1 : CHUNK + 1] == here.sheets[0].rows[CHUNK - 1 : CHUNK + 1]
    with pytest.raises(IndexError):
        rows[len(rows)]


def test_rows_of_a_csv_that_grow_wider_all_get_one_width(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" * (CHUNK + 5) + "a,b,c,d\n\n\n", encoding="utf-8")
    sheet = read_guarded(path).sheets[0]
    assert {len(row) for row in sheet.rows} == {4}
    assert len(list(sheet.rows)) == len(sheet.rows) == CHUNK + 6


def test_the_childs_sentence_comes_through_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"")
    with pytest.raises(UserError, match="空文件"):
        read_guarded(path)


def test_too_little_memory_ends_in_a_sentence(large: Path) -> None:
    with pytest.raises(UserError, match="内存超出"):
        read_guarded(large, memory_mb=35)
    assert children() == []


def test_too_little_time_ends_in_a_sentence(large: Path) -> None:
    with pytest.raises(UserError, match="还没有读完"):
        read_guarded(large, seconds=0.01)
    assert children() == []


def test_cancelling_ends_the_child(large: Path) -> None:
    calls: list[float] = []

    def stop(done: int, total: int, note: str = "") -> None:
        calls.append(time.monotonic())
        if len(calls) == 2:
            assert len(children()) == 1
            raise Cancelled

    with pytest.raises(Cancelled):
        read_guarded(large, progress=stop)
    assert children() == []


def test_a_child_that_is_killed_ends_in_a_sentence(large: Path) -> None:
    def kill(done: int, total: int, note: str = "") -> None:
        for child in children():
            child.kill()

    with pytest.raises(UserError, match="读到一半出了问题"):
        read_guarded(large, progress=kill)


def test_a_forgotten_book_leaves_nothing_open(large: Path) -> None:
    gc.collect()  # what tests before this one left would be closed in between
    before = psutil.Process().num_fds()
    book = read_guarded(large)
    assert book.sheets[0].rows[19_999][0] == "第19999家0"
    del book
    gc.collect()
    assert psutil.Process().num_fds() == before


def test_the_parent_keeps_rows_packed(large: Path) -> None:
    rows = read_guarded(large).sheets[0].rows
    counted = sum(1 for _ in rows)
    kept: Callable[[], int] = lambda: len(rows._kept)  # type: ignore[attr-defined]  # noqa: E731
    assert counted == 20_000
    assert kept() <= 3


def test_the_child_imports_nothing_heavy() -> None:
    code = (
        "import sys, ledger_desk.workbook.guarded, ledger_desk.workbook.reading;"
        "print([m for m in ('PySide6','sqlalchemy','sqlite3','openpyxl','lxml','reportlab',"
        "'ledger_desk.store','ledger_desk.model') if m in sys.modules])"
    )
    root = str(Path(__file__).resolve().parents[2] / "src")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r}); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
