"""Killing the process while it reads a file in: before or after, never between (issue 2, 9).

The child runs the public use case and says on its stdout when it is inside the write transaction:
its `Progress` is called between the first row written and the commit. Nothing in the program knows
of this test.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger_desk.cli import main
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.cli.conftest import HEADINGS, firm

KILLS, INSIDE = 50, 30
KNOWN, ROWS = 600, 4_000

DRIVER = """
import sys
from pathlib import Path
from ledger_desk.exchange import importing
from ledger_desk.store.ledger import Ledger

def say(word):
    print(word, flush=True)

def progress(done, total, note=""):
    if done:
        say(f"inside {done} {total}")

if __name__ == "__main__":
    with Ledger.open(Path(sys.argv[1])) as ledger:
        prepared = importing.prepare(Path(sys.argv[2]), ledger)
        say("ready")
        importing.apply(ledger, prepared, progress=progress)
        say("done")
"""

State = dict[str, tuple[object, ...]]


def _state(path: Path) -> tuple[State, int]:
    """Every firm by its code (new ones get random ids), and the number of steps."""
    with Ledger.open(path, read_only=True) as ledger:
        firms = ledger.find(Query(Enterprise))
        steps = len(ledger.log(1_000))
    names = [spec.name for spec in fields_of(Enterprise)]
    return {str(one.code): tuple(getattr(one, name) for name in names) for one in firms}, steps


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A ledger that knows some of the firms, and a list that changes these and brings many more."""
    base, small, large = tmp_path / "底.账套", tmp_path / "小.csv", tmp_path / "大.csv"
    small.write_text("\n".join([HEADINGS, *[firm(n) for n in range(KNOWN)]]), encoding="utf-8")
    rows = [firm(n, capital=f"{100 + n}万元") for n in range(ROWS)]
    large.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    Ledger.create(base, office=Office(name="新县专班", level="县级", division="411523")).close()
    assert main(["import", str(base), str(small)]) == 0
    return base, large


def _start(root: Path, ledger: Path, table: Path, driver: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, str(driver), str(ledger), str(table)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.slow
def test_a_kill_during_an_import_leaves_before_or_after(
    root: Path, tmp_path: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    base, table = files
    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER, encoding="utf-8")
    before = _state(base)

    whole = tmp_path / "whole" / base.name
    whole.parent.mkdir()
    shutil.copyfile(base, whole)
    first = 0.0
    with _start(root, whole, table, driver) as child:
        assert child.stdout is not None
        for line in child.stdout:
            first = first or (time.monotonic() if line.startswith("inside") else 0.0)
    span = time.monotonic() - first  # from the first row written to the end of the process
    assert child.returncode == 0
    after = _state(whole)
    assert len(after[0]) == ROWS
    assert after[1] == before[1] + 1

    rng = random.Random(2024)
    kills = inside = 0
    while kills < KILLS or inside < INSIDE:
        assert kills < 3 * KILLS, f"only {inside} of {kills} kills fell inside the transaction"
        ledger = tmp_path / f"kill{kills}" / base.name
        ledger.parent.mkdir()
        shutil.copyfile(base, ledger)
        with _start(root, ledger, table, driver) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if line.startswith("inside"):
                    break
            else:
                pytest.fail("the child ended before it wrote anything")
            # Three in four anywhere in the writing, the fourth around the commit at its end.
            time.sleep(span * (rng.uniform(0, 0.75) if kills % 4 else rng.uniform(0.6, 1.1)))
            child.kill()
        state = _state(ledger)
        assert state in (before, after), f"kill {kills}: neither before nor after"
        # The marker shows that the transaction had begun, the state that it never ended.
        inside += state == before
        kills += 1
        assert main(["check", str(ledger)]) == 0, capsys.readouterr().out
        capsys.readouterr()
        shutil.rmtree(ledger.parent)
    print(f"{kills} kills: {inside} inside the transaction, {kills - inside} after it")


@pytest.mark.slow
def test_after_a_kill_the_same_file_can_be_read_in(
    root: Path, tmp_path: Path, files: tuple[Path, Path]
) -> None:
    ledger, table = files
    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER, encoding="utf-8")
    with _start(root, ledger, table, driver) as child:
        assert child.stdout is not None
        next(line for line in child.stdout if line.startswith("inside"))
        child.kill()
    assert len(_state(ledger)[0]) == KNOWN
    assert main(["import", str(ledger), str(table)]) == 0
    assert len(_state(ledger)[0]) == ROWS
    assert main(["check", str(ledger)]) == 0
