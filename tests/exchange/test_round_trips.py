"""What went out, was sorted, cut, extended and edited, comes back as exactly those changes."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger_desk.exchange.exporting import export_list
from ledger_desk.exchange.importing import apply, dry_run, prepare
from ledger_desk.exchange.ways import Way
from ledger_desk.model.records import (
    Bank,
    Credit,
    Drawdown,
    Enterprise,
    Help,
    Loan,
    Matching,
    Office,
    Person,
    Repayment,
)
from ledger_desk.store.ledger import Ledger
from tests.exchange.coming_back import COLUMNS, Sheet, edit, fill
from tests.exchange.making import every

CLASSES = (Enterprise, Bank, Person, Matching, Loan, Credit, Drawdown, Repayment, Help)
WAYS = (
    Way("照写"),
    Way("照写", "四位一空", "元", "2024.11.20"),
    Way("照写", "小写", "万元", "2024年11月20日"),
    Way("照写", "四位一空", "万元", "20241120"),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    office = Office(name="新县专班", level="县级", division="411523")
    path = tmp_path_factory.mktemp("账") / "账.ledger"
    with Ledger.create(path, office=office) as made:
        fill(made)
        yield made


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.TABLE)
@given(seed=st.integers(0, 2**32), way=st.sampled_from(WAYS))
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
def test_exactly_the_edits_come_back(full, tmp_path, cls, suffix, seed, way):
    draw = random.Random(seed)
    path = tmp_path / f"名单{suffix}"
    export_list(full, cls, path, fields=COLUMNS[cls], way=way)
    if way.money == "元":
        way_back = prepare(path, full)  # amounts in 元 are read by their heading
        assert dry_run(full, way_back).same == 40
        return
    sheet = Sheet(path)
    expected = edit(sheet, cls, draw)
    prepared = prepare(path, full)
    assert prepared.cls is cls
    result = dry_run(full, prepared)
    found = {r.row: {c.field for c in r.changes} for r in result.rows if r.fate == "changed"}
    odd = [
        (r, sheet.rows[r.row - 2]) for r in result.rows if r.fate not in ("new", "changed", "same")
    ]
    assert odd == []
    assert found == {row: set(fields) for row, fields in expected["changed"].items()}
    assert {r.row for r in result.rows if r.fate == "new"} == expected["new"]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.TABLE)
def test_what_was_edited_is_what_the_ledger_holds_afterwards(ledger, tmp_path, cls):
    fill(ledger)
    before = {r.id: r for r in every(ledger, cls)}
    path = tmp_path / "名单.xlsx"
    export_list(ledger, cls, path, fields=COLUMNS[cls], way=Way("照写"))
    expected = edit(Sheet(path), cls, random.Random(7))
    result = apply(ledger, prepare(path, ledger))
    after = {r.id: r for r in every(ledger, cls)}
    changed = {r.record: expected["changed"][r.row] for r in result.rows if r.fate == "changed"}
    assert len(after) == len(before) + len(expected["new"])
    for record, old in before.items():
        wanted = changed.get(record, {})
        for name in COLUMNS[cls]:
            if name not in ("size", "complete"):
                assert getattr(after[record], name) == wanted.get(name, getattr(old, name))


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", "csv"])
@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.TABLE)
def test_another_spreadsheet_program_in_between_changes_nothing(full, tmp_path, cls, ending):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    for number, way in enumerate(WAYS):
        path = tmp_path / f"名单{number}.xlsx"
        export_list(full, cls, path, fields=COLUMNS[cls], way=way)
    out = tmp_path / "out"
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1" if ending == "csv" else ending, "--outdir", str(out), *[str(p) for p in sorted(tmp_path.glob("*.xlsx"))]],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for number in range(len(WAYS)):
        path = Path(out / f"名单{number}.{ending}")
        result = dry_run(full, prepare(path, full))
        assert [(r.fate, r.changes, r.reason) for r in result.rows if r.fate != "same"] == []
        assert result.same == 40
