"""Any table from above: the made-up urgent ones matched and filled, every cell held against the facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.model.records import Enterprise
from ledger_desk.reports.filling import opening, written
from ledger_desk.reports.filling.plan import look
from ledger_desk.reports.filling.working_out import work_out
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.workbook import reading
from tests.reports.urgent_books import Judged, judge, make
from tests.reports.urgent_facts import build
from tests.reports.urgent_tables import TABLES


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child for each small file would only cost time; real files go through it."""
    monkeypatch.setattr(
        opening, "read_guarded", lambda path, *, progress, **_: reading.read(path, progress)
    )


def fill(ledger: Ledger, path: Path, out: Path, **changes: Any) -> written.Written:
    asked = look(path, ledger)
    if asked.empty:
        with ledger.read() as rows:
            order = (("township", False), ("village", False), ("name", False))
            asked = replace(asked, firms=tuple(rows.ids(Query(Enterprise, sort=order))))
    return written.write_filled(ledger, work_out(ledger, replace(asked, **changes)), out)


def test_of_the_urgent_tables_most_columns_are_filled_rightly(
    ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(ledger)
    judged: list[tuple[str, Judged]] = []
    for table in TABLES:
        path = make(table, tmp_path)
        out = tmp_path / "填好.xlsx"
        fill(ledger, path, out)
        judged += [(table.name, each) for each in judge(table, out)]
    wrong = [f"  {name}·{each.heading}: {each.wrong}" for name, each in judged if not each.right]
    share = 1 - len(wrong) / len(judged)
    with capsys.disabled():
        print(f"\n{len(TABLES)} urgent tables: {share:.1%} of {len(judged)} columns are right")
        print("\n".join(wrong))
    assert len(TABLES) >= 20
    assert share >= 0.85
