"""Ledgers in trouble: what every scenario starts from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.exchange import preparing
from ledger_desk.model.records import Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook import reading

OFFICE = Office(name="新县专班", level="县级", division="411523")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed ledger without firms."""
    made = tmp_path / "账 套#1.账套"
    Ledger.create(made, office=OFFICE).close()
    return made


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child for each small file would only cost time."""
    if "guarded" not in request.fixturenames:
        monkeypatch.setattr(
            preparing, "read_guarded", lambda path, **named: reading.read(path, named["progress"])
        )


@pytest.fixture
def guarded() -> Any:
    """Read in the child with its watchdog after all."""
    return None
