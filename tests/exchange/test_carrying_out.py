"""What a dry run kept is carried out as it stands, and only while it still holds."""

from __future__ import annotations

from random import Random

import pytest

from ledger_desk.errors import Cancelled
from ledger_desk.exchange import importing_several
from ledger_desk.exchange.importing import prepare
from ledger_desk.exchange.importing_several import apply_all, dry_run_all
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store import derived, tape
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.exchange.making import HEAD as HEAD_
from tests.exchange.making import every, firm, text, xlsx
from tests.exchange.test_newcomers import HEAD, strange_rows

OFFICE = Office(id="0" * 32, name="甲", level="county", division="411523")


@pytest.fixture
def compared(monkeypatch):
    """Counts how often a table was compared with the ledger."""
    times = []
    run = importing_several.run_table
    monkeypatch.setattr(importing_several, "run_table", lambda *a: (times.append(1), run(*a))[1])
    return times


def firms(ledger):
    return sorted(
        (f.name or "", f.code or "", f.phone or "", f.capital or 0)
        for f in every(ledger, Enterprise)
    )


@pytest.mark.parametrize("seed", range(3))
def test_what_was_seen_is_what_is_written(tmp_path, compared, seed):
    chance = Random(seed)
    paths = [xlsx(tmp_path / f"{n}.xlsx", [HEAD, *strange_rows(chance, 60)]) for n in range(2)]
    left = []
    for again in (False, True):
        with Ledger.create(tmp_path / f"{again}.ledger", office=OFFICE) as ledger:
            for path in paths:
                tables = [prepare(path, ledger)]
                seen = dry_run_all(ledger, tables, keep=True)
                compared.clear()
                done = apply_all(ledger, tables, None, seen[0].head, seen=() if again else seen)
                assert len(compared) == again
                assert [r[:4] for r in done[0].rows] == [r[:4] for r in seen[0].rows]
                assert done[0].step is not None
                assert not done[0].moved
                if not again:
                    made = [row.record for row in done[0].fates("new")]
                    assert made == [row.record for row in seen[0].fates("new")]
                    with ledger.read() as rows:
                        assert len(rows.many(Enterprise, made)) == len(made)
            assert ledger.verify() == []
            with ledger.read() as rows:
                assert derived.check(rows.connection) == 0
            left.append((firms(ledger), [(s.name, s.kind, s.rows) for s in ledger.log()]))
            ledger.undo()
            assert ledger.verify() == []
    assert left[0] == left[1]


def test_a_ledger_that_has_moved_is_compared_again(ledger, tmp_path, compared):
    tables = [prepare(text(tmp_path / "a.csv", [HEAD_, firm(1), firm(2)]), ledger)]
    seen = dry_run_all(ledger, tables, keep=True)
    with ledger.step("另一件事") as step:
        step.create(Enterprise(name="新县另一户有限公司"))
    compared.clear()
    (done,) = apply_all(ledger, tables, None, seen[0].head, seen=seen)
    assert done.moved
    assert done.new == 2
    assert compared == [1]


def test_other_decisions_or_columns_are_compared_again(ledger, tmp_path, compared):
    tables = [prepare(text(tmp_path / "a.csv", [HEAD_, firm(1), firm(2)]), ledger)]
    seen = dry_run_all(ledger, tables, keep=True)
    for other, decisions in (
        ([tables[0].with_mapping(tables[0].mapping.with_field(3, None))], None),
        (tables, {0: {2: "skip"}}),
    ):
        compared.clear()
        apply_all(ledger, other, decisions, seen[0].head, seen=seen)
        assert compared == [1]
        ledger.undo()


def test_a_tape_that_grew_too_large_is_not_used(ledger, tmp_path, compared, monkeypatch):
    monkeypatch.setattr(tape, "_LARGEST", 10)
    tables = [prepare(text(tmp_path / "a.csv", [HEAD_, firm(1)]), ledger)]
    seen = dry_run_all(ledger, tables, keep=True)
    compared.clear()
    assert apply_all(ledger, tables, seen=seen)[0].new == 1
    assert compared == [1]


def test_cancelling_while_it_is_carried_out_leaves_the_ledger_as_it_was(ledger, tmp_path):
    tables = [prepare(text(tmp_path / "a.csv", [HEAD_, firm(1)]), ledger)]
    seen = dry_run_all(ledger, tables, keep=True)
    head = ledger.head()

    def stop(done: int, total: int, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        apply_all(ledger, tables, seen=seen, progress=stop)
    assert ledger.head() == head
    assert ledger.count(Query(Enterprise)) == 0
