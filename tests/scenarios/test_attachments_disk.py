"""Attachments and backups when the disk is full or the program is killed: a sentence, nothing lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.attaching import attach, content
from ledger_desk.model.records import Attachment, Enterprise
from ledger_desk.store import backups, health, library, refilling
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

resource = pytest.importorskip("resource")

_CHILD = """
import os, signal, sys
from pathlib import Path
from ledger_desk.store import backups, library
library.BATCH = 100_000
left = int(sys.argv[2])
def tell(done, total, note):
    global left
    if "附件" in note:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
made = backups.back_up_file(Path(sys.argv[1]), None, why="手工", progress=tell)
"""


@pytest.fixture
def many(ledger: Ledger, tmp_path: Path) -> dict[str, bytes]:
    """Twelve files of a firm in the ledger, by their names."""
    made = {f"{n}.pdf": os.urandom(60_000 + n) for n in range(12)}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲"))
    attach(ledger, firm, [tmp_path / name for name in made])
    return made


def held(ledger: Ledger) -> dict[str, bytes]:
    return {found.name: content(ledger, found) for found in ledger.find(Query(Attachment))}


def test_killed_at_any_moment_the_library_stays_whole_and_the_next_backup_goes_on(ledger, many):
    folder = backups.folder_of(ledger.path)
    choice = random.Random(7)
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, str(ledger.path), str(choice.randrange(5))],
            capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        assert backups.listing(ledger.path) == []
        with library.opened(backups.library_of(ledger.path, None), None) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            for (name,) in raw.execute("SELECT hash FROM blob").fetchall():
                assert library.read_whole(raw, name) is not None
    made = backups.back_up(ledger)
    assert refilling.lacking(made, None, [folder]) == []
    path = ledger.path
    ledger.close()
    assert backups.restore(path, made).lost == ()
    with Ledger.open(path) as again:
        assert held(again) == many


def test_a_disk_that_fills_up_under_the_library_leaves_earlier_backups_good(ledger, many, tmp_path):
    first = backups.back_up(ledger)
    big = tmp_path / "大.pdf"
    big.write_bytes(os.urandom(3_000_000))
    attach(ledger, ledger.find(Query(Enterprise))[0].id, [big])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
    try:
        with pytest.raises(UserError, match="没有备份成"):
            backups.back_up(ledger)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert [backup.path for backup in backups.listing(ledger.path)] == [first]
    assert not list(first.parent.glob(".*.part*"))
    assert refilling.lacking(first, None, [first.parent]) == []
    made = backups.back_up(ledger)
    assert refilling.lacking(made, None, [made.parent]) == []
    assert health.check(ledger).ok


def test_a_disk_that_fills_up_while_attachments_are_put_back_leaves_the_ledger_as_it_was(
    ledger, many
):
    made = backups.back_up(ledger)
    path = ledger.path
    ledger.close()
    path.write_bytes(b"broken" * 100)  # nothing of it can be used; its copy is small
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (made.stat().st_size + 100_000, hard))
    try:
        with pytest.raises(UserError, match="没有还原成"):
            backups.restore(path, made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert path.read_bytes() == b"broken" * 100
    assert [f.name for f in path.parent.glob(".*.restore*")] == []
    assert backups.restore(path, made).lost == ()
    with Ledger.open(path) as again:
        assert held(again) == many


def test_two_backups_at_once_share_the_library(ledger, many):
    children = [
        subprocess.Popen([sys.executable, "-c", _CHILD, str(ledger.path), "1000"],
                         stderr=subprocess.PIPE)
        for _ in range(2)
    ]  # fmt: skip
    for child in children:
        _, told = child.communicate(timeout=120)
        assert child.returncode == 0, told.decode()
    found = backups.listing(ledger.path)
    assert found
    for backup in found:
        assert refilling.lacking(backup.path, None, [backup.path.parent]) == []
