from __future__ import annotations

import pytest

from ledger_desk import cli
from ledger_desk.cli.parser import translate
from ledger_desk.exchange import making
from ledger_desk.workbook import guarded
from tests.cli.conftest import Run

COMMANDS = (
    "demo", "new", "today", "search", "import", "export", "dispatches", "bank-books", "read-banks", "today", "dossier", "attach", "attachments", "duplicates", "merge-records", "split-records", "forms", "report", "close", "reopen", "restate", "handed", "verify-code", "bulletin", "fill", "indicators", "log", "undo", "redo", "history", "backup", "restore",
    "check", "gallery",
)  # fmt: skip


def test_every_command_of_the_issue_is_there() -> None:
    assert set(cli.commands()) == set(COMMANDS)


def test_the_help_lists_every_command(run: Run) -> None:
    outcome = run("--help")
    assert outcome.status == 0
    assert all(f"    {name} " in outcome.out for name in cli.commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_chinese(run: Run, name: str) -> None:
    outcome = run(name, "--help")
    assert outcome.status == 0
    assert outcome.out.startswith("用法：ledger-desk " + name)
    for option in ("--json", "--password-file", "显示这份说明"):
        assert option in outcome.out
    for english in ("usage", "options", "positional", "show this help"):
        assert english not in outcome.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nosuch"], "没有 'nosuch' 这个命令。"),
        (["new", "x.账套", "--office", "甲"], "少写了 --level。"),
        (["new", "x.账套", "--office", "甲", "--level", "village"], "--level 不能是 'village'"),
        (["log"], "少写了 账套。"),
        (["log", "x.账套", "--limit", "many"], "--limit 要写整数，'many' 不是。"),
        (["log", "x.账套", "--limit"], "--limit 后面要写一个值。"),
        (["log", "x.账套", "--colour"], "多写了不认识的“--colour”。"),
        (["undo", "x.账套", "last"], "步骤 要写整数，'last' 不是。"),
        (["redo", "x.账套", "--json=yes"], "--json 后面不要写值 'yes'。"),
        (["report", "x.账套", "f", "--from", "soon", "--to", "2024-11-30"], "“soon”"),
        (["check", "x.账套", "--he", "12"], "多写了不认识的“--he 12”。"),
    ],
)
def test_wrong_use_is_one_chinese_sentence_and_status_2(
    run: Run, arguments: list[str], sentence: str
) -> None:
    outcome = run(*arguments)
    assert outcome.status == cli.REFUSED
    assert sentence in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    assert outcome.out == ""
    for english in ("argument", "required", "invalid", "expected", "choose"):
        assert english not in outcome.err


def test_a_message_that_nobody_knew_is_still_a_sentence() -> None:
    assert translate("something new") == "这样写看不懂：something new。"


def test_the_version_is_told(run: Run) -> None:
    from ledger_desk import __version__

    assert run("--version").out.strip() == f"专班台账 {__version__}"


def test_helpers_of_a_frozen_program_are_started_by_the_flags_that_this_floor_knows() -> None:
    assert cli.READER_FLAG == guarded.READER_FLAG
    assert cli.MAKER_FLAG == making.MAKER_FLAG


def test_without_a_screen_no_command_is_refused_in_words(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    outcome = run()
    assert outcome.status == cli.REFUSED
    assert "没有屏幕" in outcome.err
