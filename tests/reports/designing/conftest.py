"""Blanks are read in this process: a watched process for each takes longer than all the rest."""

from __future__ import annotations

import pytest

from ledger_desk.reports.designing import blanks
from ledger_desk.workbook import reading


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blanks, "read_guarded", reading.read)
