from __future__ import annotations

from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.cli.conftest import Run


def _password(folder: Path, text: str) -> Path:
    path = folder / "密码.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_new_makes_a_ledger_of_an_office(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "账.账套"
    outcome = run(
        "new",
        path,
        "--office",
        "卡房乡",
        "--level",
        "township",
        "--division",
        "411523205",
        "--json",
    )
    assert outcome.status == cli.DONE
    assert outcome.data["office"] == "卡房乡"
    with Ledger.open(path, read_only=True) as ledger:
        assert (ledger.office.level, ledger.office.division, ledger.practice) == (
            "乡镇",
            "411523205",
            False,
        )


@pytest.mark.parametrize("division", ["999999", "41152", "新县"])
def test_new_refuses_a_division_that_does_not_exist(
    run: Run, tmp_path: Path, division: str
) -> None:
    path = tmp_path / "账.账套"
    outcome = run("new", path, "--office", "甲", "--level", "county", "--division", division)
    assert outcome.status == cli.REFUSED
    assert f"“{division}”" in outcome.err
    assert not path.exists()


def test_new_never_overwrites(run: Run, book: Path) -> None:
    before = book.read_bytes()
    outcome = run("new", book, "--office", "乙", "--level", "county")
    assert (outcome.status, outcome.out) == (cli.REFUSED, "")
    assert "已经有了" in outcome.err
    assert book.read_bytes() == before


def test_a_password_comes_from_a_file(run: Run, tmp_path: Path) -> None:
    path, secret = tmp_path / "密.账套", _password(tmp_path, "茶乡 2024")
    assert (
        run("new", path, "--office", "甲", "--level", "county", "--password-file", secret).status
        == 0
    )
    assert run("log", path).status == cli.REFUSED
    assert run("log", path, "--password-file", _password(tmp_path, "wrong")).status == cli.REFUSED
    assert run("log", path, "--password-file", _password(tmp_path, "茶乡 2024")).status == cli.DONE


@pytest.mark.parametrize("content", ["", "\nsecond line"])
def test_a_password_file_without_a_first_line_is_refused(
    run: Run, book: Path, tmp_path: Path, content: str
) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text(content, encoding="utf-8")
    outcome = run("log", book, "--password-file", empty)
    assert (outcome.status, "第一行是空的" in outcome.err) == (cli.REFUSED, True)
    assert run("log", book, "--password-file", tmp_path / "没有.txt").status == cli.REFUSED


def test_what_is_no_ledger_is_refused_in_words(run: Run, registry: Path, tmp_path: Path) -> None:
    for path in (registry, tmp_path / "没有.账套"):
        for command in ("log", "check", "forms", "redo", "backup"):
            outcome = run(command, path)
            assert (outcome.status, outcome.out) == (cli.REFUSED, ""), command
            assert outcome.err.strip().endswith("。"), command


def test_backup_and_restore_there_and_back(
    run: Run, book: Path, registry: Path, tmp_path: Path
) -> None:
    made = run("backup", book, tmp_path / "U盘", "--json")
    assert made.status == cli.DONE
    backup = Path(made.data["backup"])
    assert backup.parent == tmp_path / "U盘"
    run("import", book, registry)
    restored = run("restore", book, backup, "--json")
    assert restored.status == cli.DONE
    with Ledger.open(book, read_only=True) as ledger:
        assert ledger.count(Query(Enterprise)) == 0
    again = run("restore", book, restored.data["safety"])
    assert again.status == cli.DONE
    with Ledger.open(book, read_only=True) as ledger:
        assert ledger.count(Query(Enterprise)) == 20


def test_restore_refuses_what_is_no_backup_and_leaves_the_ledger(
    run: Run, book: Path, registry: Path
) -> None:
    before = book.read_bytes()
    assert run("restore", book, registry).status == cli.REFUSED
    assert book.read_bytes() == before


def test_check_says_ok_and_knows_an_old_head(run: Run, book: Path, registry: Path) -> None:
    first = run("check", book, "--json").data
    assert first["ok"] is True
    run("import", book, registry)
    assert run("check", book, "--head", first["head"][:16]).status == cli.DONE
    cut = run("check", book, "--head", "0" * 16, "--json")
    assert (cut.status, cut.data["ok"]) == (cli.ATTENTION, False)
    assert len(cut.data["findings"]) == 1


def test_check_finds_what_was_changed_behind_its_back(run: Run, book: Path, registry: Path) -> None:
    run("import", book, registry)
    import sqlcipher3.dbapi2 as driver

    raw = driver.connect(str(book))
    raw.execute("UPDATE enterprise SET capital = capital + 1 WHERE rowid = 3")
    raw.commit()
    raw.close()
    outcome = run("check", book)
    assert outcome.status == cli.ATTENTION
    assert "和修改记录不符" in outcome.out


def test_reading_commands_work_while_a_window_has_the_ledger_open(
    run: Run, book: Path, registry: Path
) -> None:
    with Ledger.open(book):
        assert run("log", book).status == cli.DONE
        assert run("forms", book).status == cli.DONE
        assert run("check", book).status == cli.DONE
        assert run("backup", book).status == cli.DONE
        refused = run("import", book, registry)
        assert (refused.status, "正在别处打开着" in refused.err) == (cli.REFUSED, True)


def test_the_name_of_an_office_is_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "账.账套"
    outcome = run("new", path, "--office", " 甲\n乙\u200b\x07 ", "--level", "county", "--json")
    assert outcome.data["office"] == "甲 乙"
    assert (
        run("new", tmp_path / "空.账套", "--office", "\n\u200b", "--level", "county").status
        == cli.REFUSED
    )
    assert not (tmp_path / "空.账套").exists()


@pytest.fixture
def another(run: Run, tmp_path: Path) -> Path:
    """A backup of another ledger."""
    path = tmp_path / "光山.账套"
    run("new", path, "--office", "光山县专班", "--level", "county")
    return Path(run("backup", path, tmp_path / "U盘", "--json").data["backup"])


def test_restore_refuses_the_backup_of_another_ledger_unless_forced(
    run: Run, book: Path, another: Path
) -> None:
    before = book.read_bytes()
    outcome = run("restore", book, another)
    assert (outcome.status, outcome.out) == (cli.REFUSED, "")
    assert "另一本账（光山县专班）" in outcome.err
    assert book.read_bytes() == before
    assert run("restore", book, another, "--force").status == cli.DONE
    with Ledger.open(book, read_only=True) as ledger:
        assert ledger.office.name == "光山县专班"


def test_restore_onto_nothing_or_onto_damage_needs_no_force(
    run: Run, book: Path, another: Path, tmp_path: Path
) -> None:
    assert run("restore", tmp_path / "新位置.账套", another).status == cli.DONE
    book.write_bytes(b"damaged" * 1000)
    assert run("restore", book, another).status == cli.DONE


def test_an_empty_password_file_name_is_refused_and_makes_no_ledger_without_a_password(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "账.账套"
    outcome = run("new", path, "--office", "甲", "--level", "county", "--password-file", "")
    assert (outcome.status, "--password-file：不能是空的" in outcome.err) == (cli.REFUSED, True)
    assert not path.exists()
