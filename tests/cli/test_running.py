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

from ledger_desk import cli
from ledger_desk.errors import Cancelled
from tests.cli.conftest import HEADINGS, Run, firm

HEAVY = ("PySide6", "sqlalchemy", "sqlcipher3", "openpyxl", "lxml", "reportlab", "xlsxwriter", "pydantic",
         "python_calamine", "platformdirs", "multiprocessing")  # fmt: skip


def _command(root: Path) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-m", "ledger_desk"], {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"}


@pytest.mark.parametrize("arguments", [["--help"], ["import", "--help"], ["nosuch"], ["--version"]])
def test_help_starts_without_anything_heavy(root: Path, arguments: list[str]) -> None:
    code = (
        "import json, sys\n"
        "from ledger_desk.cli import main\n"
        f"main({arguments!r})\n"
        "print('\\n' + json.dumps(sorted(sys.modules)), end='')\n"
    )
    _, environment = _command(root)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
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
    refused = subprocess.run([*command, "log", "没有.账套"], capture_output=True, env=environment, check=False)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "没有找到账套" in refused.stderr.decode()


def test_a_console_without_chinese_gets_question_marks_and_json_escapes(root: Path, book: Path) -> None:
    command, environment = _command(root)
    environment |= {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    words = subprocess.run([*command, "log", str(book)], capture_output=True, env=environment, check=False)
    assert words.returncode == 0
    told = subprocess.run([*command, "log", str(book), "--json"], capture_output=True, env=environment, check=False)
    assert json.loads(told.stdout)[0]["name"] == "建账：新县专班"


def test_a_reader_that_has_gone_is_no_failure(root: Path, book: Path) -> None:
    command, environment = _command(root)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*command, "log", str(book)], stdout=writing, stderr=subprocess.PIPE, env=environment, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


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
def test_ctrl_c_during_an_import_leaves_the_ledger_as_it_was(root: Path, run: Run, book: Path, tmp_path: Path) -> None:
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
