"""Undo at its edges, and journals that a bad disk has damaged: a sentence, never a bug."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.exporting import export_list
from ledger_desk.model.records import Enterprise
from ledger_desk.store import health
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query


def _add(ledger: Ledger, name: str) -> str:
    with ledger.step(name) as step:
        return str(step.create(Enterprise(name=name)))


def _spoil(path: Path, sql: str) -> None:
    """Change the file behind the program's back."""
    import sqlite3

    database = sqlite3.connect(path)
    database.execute(sql)
    database.commit()
    database.close()


def test_the_founding_step_is_never_taken_back(path: Path) -> None:
    with Ledger.open(path) as ledger:
        assert ledger.undo_name() is None
        with pytest.raises(UserError, match="没有可以撤销的步骤"):
            ledger.undo()
        for force in (False, True):
            with pytest.raises(UserError, match="不能撤销"):
                ledger.undo(1, force=force)
        _add(ledger, "甲")
        ledger.undo()
        with pytest.raises(UserError):
            ledger.undo()
    with Ledger.open(path) as again:
        assert again.office.name == "新县专班"
        assert again.redo_name() == "甲"


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 10**30])
def test_a_step_that_does_not_exist_is_named_and_nothing_is_undone(ledger, number: int) -> None:
    _add(ledger, "甲")
    for attempt in (ledger.plan_undo, ledger.undo):
        with pytest.raises(UserError, match=f"没有第 {number} 步"):
            attempt(number)
    assert ledger.count(Query(Enterprise)) == 1


def test_an_old_step_is_undone_over_the_ones_after_it(ledger) -> None:
    first = _add(ledger, "甲")
    _add(ledger, "乙")
    ledger.undo(2)
    assert [firm.name for firm in ledger.find(Query(Enterprise))] == ["乙"]
    with pytest.raises(UserError, match="已经撤销过了"):
        ledger.undo(2)
    ledger.redo()
    assert ledger.get(Enterprise, first) is not None
    assert ledger.verify() == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE change SET after = '{\"na' WHERE step = 2",
        'UPDATE change SET after = \'{"name": "甲\u0001\' WHERE step = 2',
        "UPDATE change SET record_table = 'ente\u0001prise' WHERE step = 2",
        "UPDATE change SET after = x'ff00' WHERE step = 2",
    ],
)
def test_a_journal_that_cannot_be_read_is_a_sentence_for_undo_and_a_finding_for_the_check(
    path: Path, sql: str
) -> None:
    with Ledger.open(path) as ledger:
        _add(ledger, "甲")
    _spoil(path, sql)
    with Ledger.open(path) as ledger:
        with pytest.raises(UserError, match="损坏"):
            ledger.undo()
        assert not health.check(ledger).ok


def test_a_value_that_cannot_be_read_is_a_sentence_wherever_it_is_asked_for(path, tmp_path) -> None:
    with Ledger.open(path) as ledger:
        _add(ledger, "甲")
    _spoil(path, "UPDATE enterprise SET founded = '1999-01-H6'")
    with Ledger.open(path) as ledger:
        with pytest.raises(UserError, match="损坏"):
            ledger.find(Query(Enterprise))
        with pytest.raises(UserError, match="损坏"):
            export_list(ledger, Enterprise, tmp_path / "名单.csv")
        assert any("不符" in finding for finding in health.check(ledger).findings)


@pytest.mark.slow
def test_random_damage_never_ends_in_anything_but_a_sentence(path: Path, tmp_path: Path) -> None:
    with Ledger.open(path) as ledger:
        for number in range(40):
            _add(ledger, f"第{number}户")
    whole = path.read_bytes()
    rng = random.Random(7)
    broken = tmp_path / "坏.账套"
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.choice((1, 3, 40))):
            data[rng.randrange(100, len(data))] ^= rng.randrange(1, 256)
        for tail in ("", "-wal", "-shm"):
            broken.with_name(broken.name + tail).unlink(missing_ok=True)
        broken.write_bytes(data)
        for work in (
            health.check,
            lambda ledger: ledger.log(),
            lambda ledger: export_list(ledger, Enterprise, tmp_path / "名单.csv"),
            lambda ledger: ledger.undo(),
            lambda ledger: ledger.redo(),
        ):
            with contextlib.suppress(UserError), Ledger.open(broken) as ledger:
                work(ledger)
