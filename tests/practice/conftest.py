"""One practice ledger of 20 November 2024, made once and opened read-only by each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.practice.making import make_practice
from ledger_desk.store.ledger import Ledger

TODAY = date(2024, 11, 20)


@pytest.fixture(scope="session")
def practice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_DESK_HOME", str(folder / "home"))
        path = folder / "练习.账套"
        make_practice(path, today=TODAY).close()
    return path


@pytest.fixture
def practice(practice_file: Path) -> Iterator[Ledger]:
    with Ledger.open(practice_file, read_only=True) as ledger:
        yield ledger
