"""The verifier finds accidents and careless edits: any changed byte, swapped steps, a cut tail."""

from __future__ import annotations

import random

import pytest
import sqlcipher3.dbapi2 as driver

from ledger_desk.errors import UserError
from ledger_desk.model.records import RECORDS, Enterprise
from ledger_desk.store.ledger import Ledger

TABLES = ["meta", "step", "change", *(cls.TABLE for cls in RECORDS)]


@pytest.fixture
def busy(ledger):
    with ledger.step("建") as step:
        firms = step.create_many(
            Enterprise, [{"name": f"第{i}户", "staff": i, "note": "备注" * 9} for i in range(40)]
        )
    for number in range(12):
        with ledger.step(f"改{number}") as step:
            step.change_many(
                Enterprise,
                [(f, {"staff": number, "phone": f"1{number}"}) for f in firms[number::7]],
            )
    ledger.undo()
    assert ledger.verify() == []
    ledger.close()
    return ledger.path


def _dump(path):
    raw = driver.connect(str(path))
    try:
        return [raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES]
    finally:
        raw.close()


def _findings(path):
    """Findings, or the refusal to open: both mean that the damage was noticed, in words."""
    try:
        with Ledger.open(path, read_only=True) as ledger:
            return ledger.verify()
    except UserError as error:
        return [str(error)]


@pytest.mark.parametrize("wanted", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_each_random_byte_change_that_alters_anything_stored_is_found(busy, tmp_path, wanted):
    """Bytes are changed in the file itself; those that hit unused space alter nothing and are not counted."""
    good, clean = busy.read_bytes(), _dump(busy)
    chance, hits, victim = random.Random(20241122), 0, tmp_path / "坏.ledger"
    while hits < wanted:
        data = bytearray(good)
        place = chance.randrange(100, len(data))
        data[place] ^= 1 << chance.randrange(8)
        victim.write_bytes(data)
        try:
            altered = _dump(victim) != clean
        except (driver.DatabaseError, UnicodeDecodeError):
            altered = True
        if altered:
            hits += 1
            assert _findings(victim), f"byte {place} was changed and not noticed"


def test_two_swapped_steps_are_found(busy):
    raw = driver.connect(str(busy), isolation_level=None)
    raw.execute("PRAGMA writable_schema = OFF")
    columns = "replica, n, name, kind, person, at, undoes, first, count, digest, hash"
    one, two = (
        raw.execute(f"SELECT {columns} FROM step WHERE id = ?", (i,)).fetchone() for i in (4, 5)
    )
    raw.execute("DELETE FROM step WHERE id IN (4, 5)")
    marks = ",".join("?" * 12)
    raw.execute(f"INSERT INTO step (id, {columns}) VALUES ({marks})", (4, *two))
    raw.execute(f"INSERT INTO step (id, {columns}) VALUES ({marks})", (5, *one))
    raw.close()
    assert any("接不上" in f for f in _findings(busy))


def test_a_cut_off_tail_is_found_against_a_printed_head(busy):
    with Ledger.open(busy, read_only=True) as ledger:
        head = ledger.head()
        assert ledger.verify(head[:16]) == []
    raw = driver.connect(str(busy), isolation_level=None)
    last, first = raw.execute("SELECT id, first FROM step ORDER BY id DESC LIMIT 1").fetchone()
    undone = raw.execute("SELECT record, after FROM change WHERE id >= ?", (first,)).fetchall()
    raw.execute("DELETE FROM change WHERE id >= ?", (first,))
    raw.execute("DELETE FROM step WHERE id = ?", (last,))
    for record, _ in undone:  # the forger puts the rows back too
        raw.execute("UPDATE enterprise SET staff = 11, phone = '111' WHERE id = ?", (record,))
    raw.close()
    with Ledger.open(busy, read_only=True) as ledger:
        assert ledger.verify() == []
        assert any("截断" in f for f in ledger.verify(head))


def test_a_row_edited_behind_the_journal_is_found(busy):
    raw = driver.connect(str(busy), isolation_level=None)
    raw.execute("UPDATE enterprise SET staff = staff + 1 WHERE rowid = 3")
    raw.close()
    findings = _findings(busy)
    assert len(findings) == 1
    assert "staff" in findings[0]
