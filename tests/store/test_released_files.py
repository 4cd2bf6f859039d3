"""One real file of every released version still opens, is brought up to date and holds what it held."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ledger_desk.model.records import (
    Application,
    Associate,
    Attachment,
    Cultivation,
    Enterprise,
    Matching,
    Referral,
    Review,
    Ticket,
    Verdict,
    Visit,
)
from ledger_desk.store import blobs, health, migrations
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where

LEDGERS = Path(__file__).parents[1] / "ledgers"
# version → enterprises, cultivations, matchings
HELD = {1: (12, 4, 15), 2: (12, 4, 15), 3: (12, 4, 21), 4: (60, 27, 125), 5: (60, 27, 125)}


def test_there_is_a_file_of_every_version():
    found = sorted(int(path.stem[1:]) for path in LEDGERS.glob("v*.ledger"))
    assert found == list(range(1, len(migrations.steps()) + 1)) == sorted(HELD)


@pytest.mark.parametrize("version", sorted(HELD))
def test_an_old_file_opens_and_holds_what_it_held(tmp_path, version):
    path = tmp_path / "旧.ledger"
    shutil.copy(LEDGERS / f"v{version}.ledger", path)
    with Ledger.open(path) as ledger:
        counts = tuple(ledger.count(Query(cls)) for cls in (Enterprise, Cultivation, Matching))
        assert counts == HELD[version]
        assert health.check(ledger).findings == ()
        name = ledger.undo_name()
        if name:
            ledger.undo()
            ledger.redo()
        assert ledger.verify() == []


def test_what_hangs_on_firms_and_the_bytes_of_their_papers_are_there(tmp_path):
    path = tmp_path / "第三版.ledger"
    shutil.copy(LEDGERS / "v3.ledger", path)
    with Ledger.open(path) as ledger:
        assert ledger.count(Query(Associate)) == 16
        papers = ledger.find(Query(Attachment))
        assert len(papers) == 12
        with ledger.read() as rows:
            assert all(blobs.read(rows, paper.hash).startswith(b"%PDF") for paper in papers)


def test_the_work_from_the_visit_to_the_loan_is_there(tmp_path):
    path = tmp_path / "第四版.ledger"
    shutil.copy(LEDGERS / "v4.ledger", path)
    with Ledger.open(path) as ledger:
        held = {
            cls: ledger.count(Query(cls)) for cls in (Visit, Application, Review, Referral, Ticket)
        }
        assert held == {Visit: 137, Application: 56, Review: 202, Referral: 63, Ticket: 36}
        granted = Query(Referral, (Where("decision", "=", "授信"),))
        assert 0 < ledger.count(granted) < held[Referral]


def test_an_old_file_that_is_only_looked_at_is_not_written_and_shows_everything(tmp_path):
    path = tmp_path / "旧.ledger"
    shutil.copy(LEDGERS / "v1.ledger", path)
    before = path.read_bytes()
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.count(Query(Enterprise)) == HELD[1][0]
        assert ledger.count(Query(Verdict)) == 0
        assert health.check(ledger).findings == ()
    assert path.read_bytes() == before
