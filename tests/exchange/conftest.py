"""An empty county ledger, and files read in this process (the child has tests of its own)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.exchange import preparing
from ledger_desk.model.records import Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook import reading


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Ledger of a county whose townships the dictionaries know."""
    office = Office(name="新县专班", level="county", division="411523")
    with Ledger.create(tmp_path / "账.ledger", office=office) as made:
        yield made


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child for each small file would only cost time; real files go through it."""
    if "open_data" in request.fixturenames:
        return

    def read(path: Path, **named: Any) -> Any:
        return reading.read(path, named["progress"])

    monkeypatch.setattr(preparing, "read_guarded", read)
