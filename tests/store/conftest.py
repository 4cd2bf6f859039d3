"""A real ledger on a temporary file, and small helpers to look at all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.model.records import RECORDS, Office, Person
from ledger_desk.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(
        tmp_path / "甲专班.ledger",
        office=Office(name="甲县专班", level="county", division="411523"),
        person=Person(name="程甲"),
    ) as made:
        yield made


def snapshot(ledger: Ledger) -> dict[str, list[Any]]:
    """Every row of every record table and of the computed index, in the order of ids."""
    tables = [cls.TABLE for cls in RECORDS] + ["enterprise_index"]
    with ledger.read() as rows:
        return {
            table: sorted(
                tuple(r) for r in rows.connection.exec_driver_sql(f"SELECT * FROM {table}")
            )
            for table in tables
        }
