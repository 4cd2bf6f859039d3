"""Opening, locking, passwords, newer and older files, backups."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
import sqlcipher3.dbapi2 as driver

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store import backups, connecting, health, migrations, passwords
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

from .conftest import snapshot

OFFICE = Office(name="甲县专班", level="county")


def _set(path, sql):
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute(sql)
    raw.close()


def test_a_ledger_is_never_made_over_an_existing_file(tmp_path):
    path = tmp_path / "a.ledger"
    path.write_bytes(b"x")
    with pytest.raises(UserError, match="已经有了"):
        Ledger.create(path, office=OFFICE)
    assert path.read_bytes() == b"x"
    with pytest.raises(UserError, match="不存在"):
        Ledger.create(tmp_path / "没有" / "a.ledger", office=OFFICE)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.ledger"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "空文件"), (b"PK\x03\x04 not a ledger" * 400, "密码"), (None, "没有找到")],
)
def test_what_is_not_a_ledger_gets_a_sentence(tmp_path, content, words):
    path = tmp_path / "a.ledger"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=words):
        Ledger.open(path)


def test_another_programs_database_is_not_a_ledger(tmp_path):
    raw = driver.connect(str(tmp_path / "a.db"))
    raw.execute("CREATE TABLE t (x)")
    raw.commit()
    raw.close()
    with pytest.raises(UserError, match="不是专班台账"):
        Ledger.open(tmp_path / "a.db")


def test_a_second_writer_is_told_who_writes_and_may_look(ledger):
    code = (
        "import sys; from pathlib import Path; from ledger_desk.store.ledger import Ledger\n"
        "from ledger_desk.errors import UserError\n"
        "try: Ledger.open(Path(sys.argv[1]))\n"
        "except UserError as e: print(e)\n"
        "with Ledger.open(Path(sys.argv[1]), read_only=True) as l: print(l.office.name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ledger.path)], capture_output=True, text=True, check=True
    )
    first, second = done.stdout.strip().splitlines()
    assert "正在别处打开着" in first
    assert second == "甲县专班"
    ledger.close()
    with Ledger.open(ledger.path) as again, again.step("写") as step:
        step.create(Enterprise(name="甲"))


def test_read_only_refuses_to_write(ledger):
    ledger.close()
    looking = Ledger.open(ledger.path, read_only=True)
    with looking, pytest.raises(UserError, match="只看"), looking.step("写"):
        pass


def test_a_newer_file_opens_read_only_where_it_allows_and_is_refused_in_words_where_not(ledger):
    ledger.close()
    newer = len(migrations.steps()) + 1
    _set(ledger.path, f"PRAGMA user_version = {newer}")
    with Ledger.open(ledger.path) as looking:
        assert looking.read_only
    _set(ledger.path, f"UPDATE meta SET value = '{newer}' WHERE key = 'min_reader'")
    with pytest.raises(UserError, match=rf"第 {newer} 版.*请安装新版"):
        Ledger.open(ledger.path)


def test_an_older_file_is_backed_up_and_brought_up_to_date(ledger, monkeypatch):
    with ledger.step("建") as step:
        step.create(Enterprise(name="甲"))
    ledger.close()
    longer = (*migrations.steps(), "CREATE TABLE later (id INTEGER PRIMARY KEY, word TEXT);\n")
    monkeypatch.setattr(migrations, "steps", lambda: longer)
    with Ledger.open(ledger.path) as again:
        with again.read() as rows:
            assert rows.connection.exec_driver_sql("SELECT count(*) FROM later").scalar() == 0
        assert again.verify() == []
        assert [b.why for b in backups.listing(again.path)] == ["升级前"]
    monkeypatch.undo()
    with Ledger.open(backups.listing(ledger.path)[0].path, read_only=True) as old:
        assert not old.read_only or old.count(Query(Enterprise)) == 1


def test_a_password_encrypts_the_file_and_can_be_set_and_removed(tmp_path):
    path = tmp_path / "密.ledger"
    with Ledger.create(path, office=OFFICE, password="月亮代表我的心") as ledger:
        with ledger.step("建") as step:
            step.create(Enterprise(name="机密企业"))
        state, key = snapshot(ledger), ledger.key
        copy = backups.back_up(ledger)
    assert "机密企业".encode() not in path.read_bytes()
    assert "机密企业".encode() not in copy.read_bytes()
    for wrong in (None, "不对不对不对不对"):
        with pytest.raises(UserError, match="密码"):
            Ledger.open(path, password=wrong)
    with Ledger.open(path, recovery_key=key) as ledger:
        assert snapshot(ledger) == state
    passwords.rewrite(path, key, None)
    with Ledger.open(path) as ledger:
        assert snapshot(ledger) == state
        assert health.check(ledger).ok
    fresh = passwords.new_key("另外一个密码")
    passwords.rewrite(path, None, fresh)
    with Ledger.open(path, password="另外一个密码") as ledger:
        assert snapshot(ledger) == state
        assert ledger.key == fresh
        assert connecting.read_salt(path).hex() == fresh[64:]
    with pytest.raises(UserError, match="太短"):
        passwords.new_key("12345")


def test_backups_are_verified_listed_thinned_and_restored_reversibly(ledger):
    with ledger.step("一") as step:
        step.create(Enterprise(name="甲"))
    good = snapshot(ledger)
    copy = backups.back_up(ledger, why="手工")
    with ledger.step("二") as step:
        step.create(Enterprise(name="乙"))
    later = snapshot(ledger)
    with pytest.raises(UserError, match="打开着"):
        backups.restore(ledger.path, copy)
    ledger.close()
    safety = backups.restore(ledger.path, copy).safety
    with Ledger.open(ledger.path) as again:
        assert snapshot(again) == good
    backups.restore(ledger.path, safety)
    with Ledger.open(ledger.path) as again:
        assert snapshot(again) == later
        assert again.verify() == []
    assert {b.why for b in backups.listing(ledger.path)} == {"手工", "还原前"}


def test_a_bad_backup_is_refused_and_the_ledger_stays(ledger, tmp_path):
    copy = backups.back_up(ledger)
    data = bytearray(copy.read_bytes())
    ledger.close()
    before = ledger.path.read_bytes()
    for broken in (data[: len(data) // 2], b"", bytes(data[:4096]) + bytes(len(data) - 4096)):
        bad = tmp_path / "坏.ledger"
        bad.write_bytes(bytes(broken))
        with pytest.raises(UserError):
            backups.restore(ledger.path, bad)
    assert ledger.path.read_bytes() == before


def test_a_damaged_ledger_can_be_restored_and_the_damaged_file_is_kept(ledger):
    copy = backups.back_up(ledger)
    ledger.close()
    ledger.path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    aside = backups.restore(ledger.path, copy).safety
    assert "损坏" in aside.name
    with Ledger.open(ledger.path) as again:
        assert again.verify() == []


def test_old_backups_are_thinned_like_a_calendar(ledger):
    from datetime import datetime, timedelta

    folder = backups.folder_of(ledger.path)
    folder.mkdir()
    now = datetime(2024, 11, 20, 12)
    for hours in range(0, 24 * 500, 6):
        stamp = (now - timedelta(hours=hours)).strftime("%Y-%m-%dT%H-%M-%S")
        (folder / f"{ledger.path.stem} {stamp} 定时.ledger").write_bytes(b"")
    backups.thin(ledger.path, now)
    left = backups.listing(ledger.path)
    ages = [(now.date() - b.at.date()).days for b in left]
    assert sum(a <= 1 for a in ages) == 7
    assert sum(1 < a <= 7 for a in ages) == 6
    assert 3 <= sum(7 < a <= 28 for a in ages) <= 4
    assert 11 <= sum(a > 28 for a in ages) <= 13
    assert max(ages) <= 372


def test_a_folder_that_cannot_be_written_gets_a_sentence(ledger, tmp_path):
    blocked = tmp_path / "文件"
    blocked.write_text("x")
    with pytest.raises(UserError, match="没有备份成"):
        backups.back_up(ledger, blocked / "里面")


def test_a_copy_of_the_file_still_opens_elsewhere(ledger, tmp_path):
    with ledger.step("一") as step:
        step.create(Enterprise(name="甲"))
    ledger.close()
    other = tmp_path / "别处"
    other.mkdir()
    shutil.copy(ledger.path, other / "乙.ledger")
    with Ledger.open(other / "乙.ledger") as copy:
        assert copy.count(Query(Enterprise)) == 1
