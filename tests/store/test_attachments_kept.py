"""Backups of attachments: each content once in the library beside them, and back again with a backup."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.exchange.attaching import attach, content
from ledger_desk.model.records import Attachment, Enterprise, Office
from ledger_desk.store import backups, health, library, passwords, pruning, refilling
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

from .conftest import snapshot

OFFICE = Office(name="甲县专班", level="county")
PASSWORD = "月亮代表我的心"


def put_in(ledger: Ledger, tmp_path: Path, *names: str, size: int = 50_000) -> list[str]:
    """Attach files of random content to a new firm; gives the ids."""
    paths = [tmp_path / f"{name}.pdf" for name in names]
    for path in paths:
        path.write_bytes(os.urandom(size))
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="某某茶厂"))
    return attach(ledger, firm, paths)


def contents(ledger: Ledger) -> dict[str, bytes]:
    return {found.name: content(ledger, found) for found in ledger.find(Query(Attachment))}


def raw(path: Path, key: str | None = None) -> driver.Connection:
    opened = driver.connect(str(path), isolation_level=None)
    if key:
        opened.execute(f"PRAGMA key = \"x'{key}'\"")
    return opened


def held(path: Path, key: str | None = None) -> int:
    opened = raw(path, key)
    try:
        return int(opened.execute("SELECT count(*) FROM blob").fetchone()[0])
    finally:
        opened.close()


@pytest.fixture(params=[None, PASSWORD])
def locked(request, tmp_path):
    with Ledger.create(tmp_path / "专班.账套", office=OFFICE, password=request.param) as made:
        yield made


def test_a_ledger_without_attachments_is_copied_whole_as_ever(ledger):
    with ledger.step("建") as step:
        step.create(Enterprise(name="甲"))
    made = backups.back_up(ledger)
    assert [file.name for file in made.parent.iterdir()] == [made.name]
    with raw(made) as copy:
        names = {row[0] for row in copy.execute("SELECT name FROM sqlite_schema")}
    assert "hollow" not in names


def test_a_second_backup_brings_only_what_is_new_into_the_library(locked, tmp_path):
    put_in(locked, tmp_path, "甲", "乙", size=2_000_000)
    first = backups.back_up(locked)
    store = backups.library_of(locked.path, locked.key)
    assert held(store, locked.key) == 2
    assert first.stat().st_size < 2_000_000 < 4_000_000 < store.stat().st_size
    grown = store.stat().st_size
    backups.back_up(locked)
    assert store.stat().st_size == grown
    put_in(locked, tmp_path, "丙", size=1_000_000)
    backups.back_up(locked)
    assert held(store, locked.key) == 3
    assert store.stat().st_size < grown + 1_200_000
    assert len(backups.listing(locked.path)) == 3
    if locked.key:
        assert not store.read_bytes().startswith(b"SQLite")


def test_a_copy_without_the_bytes_has_every_row_in_its_place(locked, tmp_path):
    with locked.step("建") as step:
        step.create_many(Enterprise, [{"name": f"企业{n}", "phone": str(n)} for n in range(500)])
    put_in(locked, tmp_path, "甲")
    locked.undo()
    locked.redo()
    made = backups.back_up(locked)
    sql = "SELECT rowid, * FROM {} ORDER BY rowid"
    with Ledger.open(made, recovery_key=locked.key, read_only=True) as copy:
        assert snapshot(copy) == snapshot(locked)
        assert copy.verify() == []
        for table in ("enterprise", "change", "step", "meta"):
            with copy.read() as one, locked.read() as other:
                assert (
                    one.connection.exec_driver_sql(sql.format(table)).all()
                    == other.connection.exec_driver_sql(sql.format(table)).all()
                )
        with copy.read() as one, locked.read() as other:
            schema = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '%hollow%' ORDER BY name"
            assert (
                one.connection.exec_driver_sql(schema).all()
                == other.connection.exec_driver_sql(schema).all()
            )
        (found,) = copy.find(Query(Attachment))
        with pytest.raises(UserError, match="附件库"):
            content(copy, found)


def test_a_restored_ledger_has_its_attachments_again_and_can_go_back(locked, tmp_path):
    put_in(locked, tmp_path, "甲", "乙")
    before, good = contents(locked), snapshot(locked)
    made = backups.back_up(locked)
    put_in(locked, tmp_path, "丙")
    after = contents(locked)
    path, key = locked.path, locked.key
    locked.close()
    done = backups.restore(path, made, recovery_key=key)
    assert done.lost == ()
    with Ledger.open(path, recovery_key=key) as again:
        assert contents(again) == before
        assert snapshot(again) == good
        assert health.check(again).ok
        with again.read() as rows:
            names = rows.connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars()
            assert "hollow" not in set(names)
    backups.restore(path, done.safety, recovery_key=key)
    with Ledger.open(path, recovery_key=key) as again:
        assert contents(again) == after


def test_without_its_library_all_but_the_attachments_comes_back_and_they_when_it_is_found(
    ledger, tmp_path
):
    put_in(ledger, tmp_path, "甲", "乙")
    want, state = contents(ledger), snapshot(ledger)
    stick = tmp_path / "盘"
    made = backups.back_up(ledger, stick)
    store = backups.library_of(ledger.path, None, stick)
    assert store.exists()
    away = store.rename(tmp_path / "拿走.bin")
    other = tmp_path / "别的电脑"
    other.mkdir()
    path = other / ledger.path.name
    done = backups.restore(path, made)
    assert sorted(done.lost) == ["乙.pdf", "甲.pdf"]
    assert "2 个附件" in done.sentence
    assert "甲.pdf" in done.sentence
    with Ledger.open(path) as again:
        assert snapshot(again) == state
        assert again.verify() == []
        assert any("附件库" in finding for finding in health.check(again).findings)
        with pytest.raises(UserError, match="附件库"):
            contents(again)
        backups.back_up(again)  # what is not here cannot be taken along, and hinders nothing
    shutil.copy(away, backups.folder_of(path) / store.name)
    with Ledger.open(path) as again:
        assert contents(again) == want
        assert health.check(again).ok


def test_a_backup_copied_by_hand_over_the_ledger_finds_its_attachments(ledger, tmp_path):
    put_in(ledger, tmp_path, "甲")
    want, made = contents(ledger), backups.back_up(ledger)
    ledger.close()
    shutil.copy(made, ledger.path)
    with Ledger.open(ledger.path) as again:
        assert contents(again) == want


def test_content_put_in_once_more_fills_what_was_only_in_a_library(ledger, tmp_path):
    put_in(ledger, tmp_path, "甲")
    made = backups.back_up(ledger, tmp_path / "盘")
    shutil.copy(made, tmp_path / "孤.ledger")
    with Ledger.open(tmp_path / "孤.ledger") as alone:
        with alone.step("建") as step:
            firm = step.create(Enterprise(name="另一户"))
        (again,) = attach(alone, firm, [tmp_path / "甲.pdf"])
        assert content(alone, alone.get(Attachment, again)) == (tmp_path / "甲.pdf").read_bytes()


def test_backups_of_before_with_the_bytes_inside_restore_as_before(ledger, tmp_path, monkeypatch):
    put_in(ledger, tmp_path, "甲")
    want = contents(ledger)
    monkeypatch.setattr(backups.hollow, "can_be_copied", lambda path, key: False)
    made = backups.back_up(ledger)
    assert not backups.library_of(ledger.path, None).exists()
    ledger.close()
    assert backups.restore(ledger.path, made).lost == ()
    with Ledger.open(ledger.path) as again:
        assert contents(again) == want


def test_under_another_password_another_library_begins_and_the_old_one_stays_for_old_backups(
    tmp_path,
):
    path = tmp_path / "专班.账套"
    with Ledger.create(path, office=OFFICE) as made:
        put_in(made, tmp_path, "甲", "乙")
        want = contents(made)
        plain = backups.back_up(made)
    key = passwords.new_key(PASSWORD)
    passwords.change(path, None, key)
    with Ledger.open(path, password=PASSWORD) as again:
        assert contents(again) == want
        sealed = backups.back_up(again)
    stores = sorted(file.name for file in plain.parent.glob("*附件库*"))
    assert stores == sorted(["专班 附件库.账套", f"专班 附件库 {key[64:72]}.账套"])
    inside = (plain.parent / f"专班 附件库 {key[64:72]}.账套").read_bytes()
    assert not any(data[:200] in inside for data in want.values())
    for backup in (plain, sealed):
        other = tmp_path / f"还 {backup.name}"
        backups.restore(other, backup, password=PASSWORD)
        with Ledger.open(other, password=PASSWORD) as restored:
            assert contents(restored) == want


def test_thinning_takes_out_what_no_kept_backup_needs_and_nothing_else(ledger, tmp_path):
    folder = backups.folder_of(ledger.path)
    folder.mkdir()
    empty = backups.back_up(ledger)
    put_in(ledger, tmp_path, "甲", size=3_000_000)
    doomed = backups.back_up(ledger)
    ledger.close()
    backups.restore(ledger.path, empty)  # 甲 is in none but the doomed and the safety copy
    with Ledger.open(ledger.path) as again:
        put_in(again, tmp_path, "乙")
        for _ in range(5):
            backups.back_up(again)
        store = backups.library_of(ledger.path, None)
        assert held(store) == 2
        old = datetime.now() - timedelta(days=900)
        for backup in backups.listing(ledger.path):
            if backup.path == doomed or backup.why == "还原前":
                name = f"{ledger.path.stem} {old:%Y-%m-%dT%H-%M-%S} {backup.why}.ledger"
                backup.path.rename(folder / name)
                old += timedelta(days=1)
        large = store.stat().st_size
        gone = backups.thin(ledger.path, key=again.key)
        assert len(gone) == 2
        assert held(store) == 1
        assert store.stat().st_size < large - 2_500_000
        newest = backups.listing(ledger.path)[0].path
        assert refilling.lacking(newest, None, [folder]) == []


def test_nothing_is_taken_out_while_a_backup_cannot_be_read_or_is_being_made(ledger, tmp_path):
    put_in(ledger, tmp_path, "甲")
    made = backups.back_up(ledger)
    store = backups.library_of(ledger.path, None)
    assert pruning.prune(store, None, [made], made.parent) == 0
    broken = made.with_name("坏.ledger")
    broken.write_bytes(made.read_bytes()[:20_000])
    assert pruning.prune(store, None, [broken], made.parent) == 0
    part = made.with_name(".某.part")
    part.write_bytes(b"x")
    assert pruning.prune(store, None, [], made.parent) == 0
    os.utime(part, (0, 0))  # left by a program that was killed long ago
    assert pruning.prune(store, None, [], made.parent) == 1


def test_a_library_that_was_damaged_begins_anew_from_the_ledger(ledger, tmp_path):
    put_in(ledger, tmp_path, "甲", "乙", size=300_000)
    want, made = contents(ledger), backups.back_up(ledger)
    store = backups.library_of(ledger.path, None)
    with raw(store) as opened:  # one content, silently
        opened.execute("UPDATE blob SET data = x'00' WHERE rowid = 1")
    assert len(refilling.lacking(made, None, [made.parent])) == 1
    backups.back_up(ledger)  # hashes it again, and mends it
    assert refilling.lacking(made, None, [made.parent]) == []
    for broken in (b"", b"no database" * 5000, store.read_bytes()[:150_000]):
        store.write_bytes(broken)
        newest = backups.back_up(ledger)
        assert refilling.lacking(newest, None, [made.parent]) == []
    ledger.close()
    backups.restore(ledger.path, made)
    with Ledger.open(ledger.path) as again:
        assert contents(again) == want


def test_what_the_ledger_has_damaged_itself_is_not_taken_along_and_hinders_no_backup(
    ledger, tmp_path
):
    put_in(ledger, tmp_path, "甲", "乙")
    with ledger._writing() as connection:
        connection.exec_driver_sql("UPDATE blob SET data = x'00' WHERE rowid = 1")
    made = backups.back_up(ledger)
    assert len(refilling.lacking(made, None, [made.parent])) == 1
    assert held(backups.library_of(ledger.path, None)) == 1


def test_stopping_leaves_no_backup_and_keeps_what_was_added_whole(ledger, tmp_path, monkeypatch):
    put_in(ledger, tmp_path, "甲", "乙", "丙")
    monkeypatch.setattr(library, "BATCH", 1)
    seen = []

    def stop(done: int, total: int, note: str) -> None:
        seen.append(note)
        if sum("附件" in each for each in seen) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        backups.back_up(ledger, progress=stop)
    store = backups.library_of(ledger.path, None)
    assert [file.name for file in store.parent.iterdir()] == [store.name]
    assert held(store) == 2
    made = backups.back_up(ledger)
    assert refilling.lacking(made, None, [made.parent]) == []
