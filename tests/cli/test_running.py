"""True runs in a process of their own, and what happens when work is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger_desk import cli, paths
from ledger_desk.errors import Cancelled
from tests.cli.conftest import HEADINGS, Run, firm

HEAVY = ("PySide6", "sqlalchemy", "sqlcipher3", "openpyxl", "lxml", "reportlab", "xlsxwriter", "pydantic",
         "python_calamine", "platformdirs", "multiprocessing")  # fmt: skip


def _command(root: Path) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-m", "ledger_desk"], {
        **os.environ,
        "PYTHONPATH": str(root / "src"),
        "PYTHONUTF8": "1",
    }


@pytest.mark.parametrize("arguments", [["--help"], ["import", "--help"], ["nosuch"], ["--version"]])
def test_help_starts_without_anything_heavy(root: Path, arguments: list[str]) -> None:
    code = (
        "import json, sys\n"
        "from ledger_desk.cli import main\n"
        f"main({arguments!r})\n"
        "print('\\n' + json.dumps(sorted(sys.modules)), end='')\n"
    )
    _, environment = _command(root)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=True
    )
    loaded = json.loads(done.stdout.decode().splitlines()[-1])
    assert [name for name in HEAVY if name in loaded] == []


def test_the_program_runs_as_a_module_with_a_status(root: Path, tmp_path: Path) -> None:
    command, environment = _command(root)
    path = tmp_path / "新.账套"
    made = subprocess.run(
        [*command, "new", str(path), "--office", "甲", "--level", "county", "--json"],
        capture_output=True, env=environment, check=False,
    )  # fmt: skip
    assert (made.returncode, json.loads(made.stdout)["office"], made.stderr) == (0, "甲", b"")
    refused = subprocess.run(
        [*command, "log", "没有.账套"], capture_output=True, env=environment, check=False
    )
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "没有找到账套" in refused.stderr.decode()


def test_a_console_without_chinese_gets_question_marks_and_json_escapes(
    root: Path, book: Path
) -> None:
    command, environment = _command(root)
    environment |= {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    words = subprocess.run(
        [*command, "log", str(book)], capture_output=True, env=environment, check=False
    )
    assert words.returncode == 0
    told = subprocess.run(
        [*command, "log", str(book), "--json"], capture_output=True, env=environment, check=False
    )
    assert json.loads(told.stdout)[0]["name"] == "建账：新县专班"


def test_a_reader_that_has_gone_is_no_failure(root: Path, book: Path) -> None:
    command, environment = _command(root)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*command, "log", str(book)],
            stdout=writing,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [["--help"], ["log", "--help"], ["--version"]])
def test_help_for_a_reader_that_has_gone_is_silent(root: Path, arguments: list[str]) -> None:
    command, environment = _command(root)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*command, *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("json_or_words", [["--json"], []])
def test_a_full_disk_under_the_output_is_said_in_words(
    root: Path, book: Path, json_or_words: list[str]
) -> None:
    command, environment = _command(root)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*command, "log", str(book), *json_or_words],
            stdout=full, stderr=subprocess.PIPE, env=environment, check=False,
        )  # fmt: skip
        mute = subprocess.run(
            [*command, "log", "没有.账套"], stdout=full, stderr=full, env=environment, check=False
        )
    assert done.returncode == cli.REFUSED
    assert "结果写不出来：磁盘满了" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
    assert mute.returncode == cli.REFUSED


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
@pytest.mark.parametrize("closing", [">&-", ">&- 2>&-", "2>&-"])
def test_closed_streams_are_no_failure(root: Path, book: Path, closing: str) -> None:
    command, environment = _command(root)
    script = f'exec "$@" {closing}'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *command, "log", str(book), "--json"],
        capture_output=True, env=environment, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    refused = subprocess.run(
        ["/bin/sh", "-c", script, "sh", *command, "log", "没有.账套", "--json"],
        capture_output=True, env=environment, check=False,
    )  # fmt: skip
    assert (refused.returncode, refused.stdout) == (cli.REFUSED, b"")


def test_ctrl_c_during_the_first_imports_is_silent_with_status_130(root: Path) -> None:
    code = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'ledger_desk.cli.parser':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from ledger_desk.cli import main\n"
        "sys.exit(main(['log', 'x']))\n"
    )
    _, environment = _command(root)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (cli.STOPPED, b"", b"")


def _break_check(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("ledger_desk.store.health.check", broken)


def test_a_bug_is_one_sentence_and_its_details_are_in_the_log(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_check(monkeypatch, KeyError("电话 13800001234"))
    outcome = run("check", book)
    log = paths.log_dir() / "crash.log"
    assert (outcome.status, outcome.out) == (cli.REFUSED, "")
    assert str(log) in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert "Traceback" not in outcome.err
    details = log.read_text(encoding="utf-8")
    assert "KeyError" in details
    assert "in broken" in details
    assert "13800001234" not in details


def test_a_bug_is_told_even_where_no_log_can_be_written(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_check(monkeypatch, KeyError("x"))
    (paths.log_dir() / "crash.log").mkdir()
    outcome = run("check", book)
    assert outcome.status == cli.REFUSED
    assert "没能记下来" in outcome.err


def test_what_the_system_refuses_is_said_in_chinese(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_check(monkeypatch, OSError(28, "No space left on device", "/盘/文件"))
    outcome = run("check", book)
    assert (outcome.status, outcome.out) == (cli.REFUSED, "")
    assert "“/盘/文件”磁盘满了" in outcome.err
    assert "No space" not in outcome.err


@pytest.mark.parametrize("stop", [Cancelled(), KeyboardInterrupt()])
def test_a_stopped_command_is_silent_with_status_130(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise stop

    monkeypatch.setattr("ledger_desk.store.health.check", stopped)
    outcome = run("check", book)
    assert (outcome.status, outcome.out, outcome.err) == (cli.STOPPED, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_ctrl_c_during_an_import_leaves_the_ledger_as_it_was(
    root: Path, run: Run, book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "长.csv"
    path.write_text("\n".join([HEADINGS, *[firm(n) for n in range(60_000)]]), encoding="utf-8")
    command, environment = _command(root)
    child = subprocess.Popen(
        [*command, "import", str(book), str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True,
    )  # fmt: skip
    backups = book.with_name("新县 备份")
    while not backups.is_dir() and child.poll() is None:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(child.pid, signal.SIGINT)  # the whole group, as a terminal does
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (cli.STOPPED, b"", b"")
    assert len(run("log", book, "--json").data) == 1
    assert run("check", book).status == cli.DONE
