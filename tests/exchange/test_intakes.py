"""The register of readings in, and undo of whole files: equal rows for random ledgers and files."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger_desk.exchange import preparing
from ledger_desk.exchange.importing import apply, dry_run, prepare
from ledger_desk.model.records import Enterprise, Intake, Office, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.workbook.reading import read
from tests.store.conftest import snapshot
from tests.ui.places import credit_code

HEADS = ("单位名称", "社会信用代码", "负责人", "联系电话", "职工人数")


@pytest.fixture
def here(monkeypatch) -> None:
    """Read in this process: a child for each of many small files would take most of the time."""
    monkeypatch.setattr(preparing, "read_guarded", lambda path, progress: read(path))


@pytest.fixture
def ledger(tmp_path: Path, here) -> Iterator[Ledger]:
    with open_new(tmp_path / "l.账套") as made:
        yield made


def open_new(path: Path) -> Ledger:
    return Ledger.create(
        path, office=Office(name="甲县专班", level="县级"), person=Person(name="程甲")
    )


def write(path: Path, rows: list[tuple[object, ...]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([HEADS, *rows])
    return path


def test_a_reading_in_registers_its_file_inside_its_step(ledger, tmp_path) -> None:
    path = write(
        tmp_path / "浒湾乡.csv",
        [("甲茶厂", credit_code(1), "甲", "139", 3), ("乙茶厂", credit_code(2), "", "", "很多")],
    )
    result = apply(ledger, prepare(path, ledger))
    assert result.step.rows == result.new == 1
    assert ledger.log(1)[0].rows == 1
    kept = ledger.find(Query(Intake))
    assert len(kept) == 1
    assert kept[0].file == "浒湾乡.csv"
    assert kept[0].content == "经营主体"
    assert kept[0].hash == hashlib.sha256(path.read_bytes()).hexdigest()
    counts = (kept[0].new, kept[0].changed, kept[0].same, kept[0].doubtful, kept[0].wrong)
    assert counts == (1, 0, 0, 0, 1)
    reading = ledger.imports(5)[0]
    assert (reading.step.id, reading.intake) == (result.step.id, kept[0])


def test_where_nothing_differs_nothing_is_registered_but_the_file_is_recognised(
    ledger, tmp_path
) -> None:
    path = write(tmp_path / "名录.csv", [("甲茶厂", credit_code(1), "甲", "139", 3)])
    first = apply(ledger, prepare(path, ledger))
    again = dry_run(ledger, prepare(path, ledger))
    day = f"{first.step.at.month}月{first.step.at.day}日"
    assert f"这个文件 {day} 已经装入过（第 {first.step.id} 步）。" in again.remarks
    assert apply(ledger, prepare(path, ledger)).step is None
    assert len(ledger.imports(5)) == 1
    ledger.undo(first.step.id)
    assert not any("已经装入过" in remark for remark in dry_run(ledger, prepare(path, ledger)).remarks)  # fmt: skip
    other = write(tmp_path / "别的.csv", [("乙茶厂", credit_code(2), "", "", "")])
    assert not any("已经装入过" in remark for remark in dry_run(ledger, prepare(other, ledger)).remarks)  # fmt: skip


def test_the_list_of_readings_in_goes_page_by_page(ledger, tmp_path) -> None:
    numbers = []
    for n in range(5):
        path = write(tmp_path / f"{n}.csv", [(f"第{n}厂", credit_code(n), "", "", n)])
        numbers.append(apply(ledger, prepare(path, ledger)).step.id)
        with ledger.step("别的") as step:
            step.create(Enterprise(name=f"手工{n}"))
    ledger.undo(numbers[2])
    assert [r.step.id for r in ledger.imports(2)] == numbers[:2:-1]
    assert [r.step.id for r in ledger.imports(2, numbers[3])] == [numbers[2], numbers[1]]
    assert [r.step.id for r in ledger.imports(2, offset=4)] == numbers[:1]
    assert [r.intake.file for r in ledger.imports(9)] == [f"{n}.csv" for n in range(4, -1, -1)]
    assert [r.undone_by for r in ledger.imports(9)] == [None, None, "程甲", None, None]
    assert (ledger.import_count(), ledger.import_count(numbers[2])) == (5, 2)


_TEXT = st.sampled_from(["", "甲", "乙丙", "139 0376 0001", "——", "3"])
_ROW = st.tuples(
    st.sampled_from(["甲茶厂", "乙茶厂", "丙油坊", "丁山庄", ""]),
    st.sampled_from([*(credit_code(n) for n in range(5)), "", "坏代码"]),
    _TEXT, _TEXT, st.sampled_from(["", "3", "17", "很多"]),
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(held=st.lists(_ROW, max_size=6), brought=st.lists(_ROW, min_size=1, max_size=8))
def test_reading_in_any_file_and_undoing_it_gives_equal_rows_and_redo_the_same_again(
    here, tmp_path_factory, held, brought
) -> None:
    folder = tmp_path_factory.mktemp("l")
    with open_new(folder / "l.账套") as ledger:
        codes: set[str] = set()
        with ledger.step("原有") as step:
            for name, code, person, phone, _ in held:
                free = code if len(code) == 18 and code not in codes else ""
                codes.add(free)
                step.create(Enterprise(name=name or None, code=free or None, person=person, phone=phone))  # fmt: skip
        before = snapshot(ledger)
        prepared = prepare(write(folder / "来表.csv", [("对照厂", credit_code(900), "", "", 1), *brought]), ledger)  # fmt: skip
        result = apply(ledger, prepared)
        after = snapshot(ledger)
        assert result.new >= 1
        ledger.undo(result.step.id)
        assert snapshot(ledger) == before
        ledger.redo(result.step.id)
        assert snapshot(ledger) == after
        assert ledger.verify() == []
