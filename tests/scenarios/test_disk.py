"""Full disks, read-only folders, long names, links: a sentence each, nothing lost (peers.md D.2, 9)."""

from __future__ import annotations

import errno
import gc
import os
import re
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise
from ledger_desk.store import backups, batons, connecting
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.workbook import lists, sniffing
from ledger_desk.workbook.guarded import read_guarded
from tests.scenarios.conftest import OFFICE

resource = pytest.importorskip("resource")
ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")


def _add(path: Path, name: str) -> None:
    with Ledger.open(path) as ledger, ledger.step(name) as step:
        step.create(Enterprise(name=name))


def _names(path: Path) -> list[str | None]:
    with Ledger.open(path, read_only=True) as ledger:
        return [firm.name for firm in ledger.find(Query(Enterprise))]


# -- reading where nothing can be written ---------------------------------------------------------


def test_a_ledger_is_read_where_no_side_file_can_be_made(path: Path, monkeypatch) -> None:
    _add(path, "甲")
    monkeypatch.setattr(connecting, "_side_files_possible", lambda path: False)
    before = {file.name for file in path.parent.iterdir()}
    assert _names(path) == ["甲"]
    assert {file.name for file in path.parent.iterdir()} == before


def test_a_full_disk_counts_as_such_a_place_unless_the_ledger_is_open(path, monkeypatch) -> None:
    usage = shutil.disk_usage(path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=0))
    assert connecting.reading_uri(path).endswith("?immutable=1")
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage)
    with Ledger.open(path) as ledger, ledger.step("一") as step:
        step.create(Enterprise(name="甲"))
        monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=0))
        assert connecting.reading_uri(path).endswith("?mode=ro")


def test_changes_that_wait_in_the_log_are_never_silently_missing(path, tmp_path, monkeypatch):
    with Ledger.open(path) as ledger:
        with ledger.step("一") as step:
            step.create(Enterprise(name="甲"))
        copy = tmp_path / "盘" / path.name  # as after a power cut: the file and its log
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    monkeypatch.setattr(connecting, "_side_files_possible", lambda path: False)
    with pytest.raises(UserError, match="没并进去的改动"):
        Ledger.open(copy, read_only=True)
    monkeypatch.undo()
    assert _names(copy) == ["甲"]


# -- writing where it cannot be done ----------------------------------------------------------------


def test_a_restore_that_cannot_keep_the_present_ledger_changes_nothing(path, monkeypatch) -> None:
    with Ledger.open(path) as ledger:
        backup = backups.back_up(ledger)
    _add(path, "甲")
    before = path.read_bytes()

    def full(*args: object, **named: object) -> None:
        raise UserError("没有备份成：磁盘满了。")

    monkeypatch.setattr(backups, "back_up_file", full)
    with pytest.raises(UserError, match="磁盘满了"):
        backups.restore(path, backup)
    assert path.read_bytes() == before
    assert backups.folder_of(path).joinpath(backup.name).exists()
    assert len(list(backups.folder_of(path).iterdir())) == 1


def test_a_damaged_ledger_that_cannot_be_set_aside_stays_and_leaves_no_half_copy(path, monkeypatch):
    with Ledger.open(path) as ledger:
        backup = backups.back_up(ledger)
    path.write_bytes(b"broken" * 1000)

    def full(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(UserError, match="磁盘满了"):
        backups.restore(path, backup)
    assert path.read_bytes() == b"broken" * 1000
    assert [file.name for file in backups.folder_of(path).iterdir()] == [backup.name]


def test_an_export_that_hits_the_end_of_the_disk_says_so_once_and_keeps_the_old_file(tmp_path):
    out = tmp_path / "名单.xlsx"
    out.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, hard))
    rows = [[os.urandom(20).hex()] for _ in range(3_000)]
    try:
        with pytest.raises(UserError, match="放不下") as told:
            lists.write_list(out, "名单", [lists.ListColumn("甲", "text")], rows)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    del told
    gc.collect()  # pytest turns "Exception ignored in ZipFile.__del__" into a failure
    assert out.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["名单.xlsx"]


def test_without_a_folder_of_its_own_the_program_still_writes_the_ledger(path, monkeypatch) -> None:
    monkeypatch.setenv("LEDGER_DESK_HOME", str(path / "nowhere"))  # below a file: cannot be made
    assert batons._read() == {}
    _add(path, "甲")
    _add(path, "乙")
    assert _names(path) == ["甲", "乙"]


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_reason_of_the_system_is_said_in_chinese(number: int) -> None:
    said = files.reason(OSError(number, os.strerror(number)))
    assert re.search("[\u4e00-\u9fff]", said)
    assert not ENGLISH.search(said)


# -- a ledger is never written over -------------------------------------------------------------------


@pytest.mark.parametrize("password", [None, "一二三四五六"])
def test_no_output_is_written_over_a_ledger(tmp_path: Path, password: str | None) -> None:
    path = tmp_path / "账套.xlsx"
    Ledger.create(path, office=OFFICE, password=password).close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="是账套"):
        lists.write_list(path, "名单", [lists.ListColumn("甲", "text")], [["一"]])
    assert path.read_bytes() == before


def test_one_file_has_one_writer_whatever_link_it_is_opened_by(path: Path) -> None:
    link = path.parent / "快捷方式.账套"
    link.symlink_to(path)
    with Ledger.open(path), pytest.raises(UserError, match="正在别处打开着"):
        Ledger.open(link)


def test_a_new_ledger_is_not_made_through_a_dangling_link(tmp_path: Path) -> None:
    link = tmp_path / "断.账套"
    link.symlink_to(tmp_path / "没有.账套")
    with pytest.raises(UserError, match="已经有了"):
        Ledger.create(link, office=OFFICE)


# -- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["n" * 300, "专" * 80, "n" * 201])
def test_a_name_that_leaves_no_room_for_log_and_backups_is_refused(tmp_path, name) -> None:
    with pytest.raises(UserError, match="文件名太长"):
        Ledger.create(tmp_path / name, office=OFFICE)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match=r"没有找到|名称太长"):
        Ledger.open(tmp_path / name)


def test_a_folder_too_deep_for_the_engine_is_named_as_the_reason(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["深" * 60] * 3)
    deep.mkdir(parents=True)
    with pytest.raises(UserError, match="路径太长"):
        Ledger.create(deep / "账.账套", office=OFFICE)


@pytest.mark.parametrize(
    "name", ["专" * 60 + ".账套", "a?b%20#.账套", "a[1]*.[x]", "q'u\"ote", "😀 . 账套"]
)
def test_odd_names_keep_their_backups(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Ledger.create(path, office=OFFICE) as ledger:
        made = backups.back_up(ledger)
    _add(path, "甲")
    assert [backup.path for backup in backups.listing(path)] == [made]
    backups.restore(path, made)
    assert _names(path) == []


# -- clock and odd files --------------------------------------------------------------------------------


def test_a_clock_that_jumps_years_ahead_does_not_clear_the_backups_away(ledger: Ledger) -> None:
    made = {backups.back_up(ledger) for _ in range(8)}
    ahead = datetime.now() + timedelta(days=3_000)
    gone = set(backups.thin(ledger.path, ahead))
    left = {backup.path for backup in backups.listing(ledger.path)}
    assert gone | left == made
    assert len(left) == 5


def test_a_clock_set_back_disturbs_neither_log_nor_chain(path: Path, monkeypatch) -> None:
    import ledger_desk.store.journal as journal

    class Back(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2001, 1, 1, tzinfo=tz)

    _add(path, "甲")
    monkeypatch.setattr(journal, "datetime", Back)
    _add(path, "乙")
    with Ledger.open(path) as ledger:
        assert [step.name for step in ledger.log()][:2] == ["乙", "甲"]
        assert ledger.verify() == []
        ledger.undo()
        assert [firm.name for firm in ledger.find(Query(Enterprise))] == ["甲"]


def test_a_pipe_is_refused_at_once_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.xlsx"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="不是普通文件"):
        sniffing.sniff(pipe)


def test_a_reader_that_cannot_be_started_is_a_sentence(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "没有"))
    with pytest.raises(UserError, match="启动不了"):
        read_guarded(tmp_path / "名单.csv")
