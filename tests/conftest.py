"""What every test stands on: no screen, own folders, no leftovers, real files beside the project."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ.pop("QT_STYLE_OVERRIDE", None)

import logging
import shutil
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
OPEN_DATA = ROOT.parent / "shared" / "data" / "open"
PATIENCE = 5.0  # seconds that a thread gets to end after its test

hypothesis.settings.register_profile(
    "house", deadline=None, max_examples=30, database=None, print_blob=True
)
hypothesis.settings.register_profile(
    "ci", hypothesis.settings.get_profile("house"), derandomize=True
)
hypothesis.settings.register_profile(
    "campaign", hypothesis.settings.get_profile("house"), max_examples=2000
)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "house")
)


@pytest.fixture(scope="session")
def root() -> Path:
    """Top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def open_data() -> Path:
    """Folder of real public files. Not there: skipped. There, but a file is not: the test fails."""
    if not OPEN_DATA.is_dir():
        pytest.skip("shared/data/open is not beside the checkout")
    return OPEN_DATA


@pytest.fixture(autouse=True, scope="session")
def _new_ledgers_are_copied() -> Iterator[None]:
    """Make the tables of new plain ledgers once: a copy costs a twentieth of all the steps.

    Ledgers with a password and those of an older format go through the steps as ever, and so does
    the tests of the steps themselves.
    """
    import sqlcipher3.dbapi2 as driver

    from ledger_desk.store import migrations, opening

    steps = migrations.migrate
    made = driver.connect(":memory:", isolation_level=None)
    made.execute(f"PRAGMA application_id = {opening.MARK}")
    steps(made)

    def migrate(raw: Any, texts: tuple[str, ...] | None = None) -> None:
        """Copy into a file that has nothing yet."""
        if texts is None and not raw.execute("PRAGMA schema_version").fetchone()[0]:
            try:
                made.backup(raw)
            except driver.Error:  # the file has a password
                steps(raw)
        else:
            steps(raw, texts)

    migrations.migrate = migrate
    yield
    migrations.migrate = steps
    made.close()


class Practised(Protocol):
    """Puts a copy of a practice ledger somewhere."""

    def __call__(self, path: Path, *, firms: int, today: date) -> Path:
        """Give the path."""
        ...


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Practised:
    """Copies of practice ledgers, each size made once: making one takes a second or more."""
    from ledger_desk.practice.making import make_practice

    folder = tmp_path_factory.mktemp("practised")

    def copy(path: Path, *, firms: int, today: date) -> Path:
        made = folder / f"{firms}-{today}.账套"
        if not made.exists():
            make_practice(made, firms=firms, today=today).close()
        shutil.copy(made, path)
        return path

    return copy


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own data, state and log folders (made when first asked for)."""
    home = tmp_path_factory.getbasetemp() / "homes" / uuid.uuid4().hex
    monkeypatch.setenv("LEDGER_DESK_HOME", str(home))


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """Fail a test that leaves a thread running or a window open."""
    before = _threads()
    yield
    end = time.monotonic() + PATIENCE
    while (left := _left(before)) and time.monotonic() < end:
        _let_qt_work()
        time.sleep(0.02)
    if left:
        _close_windows()  # or every later test would wait for them too
    assert not left, f"left behind: {', '.join(left)}"


@pytest.fixture(autouse=True)
def _no_modal_dialog(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A modal dialog would wait for ever: fail at once, naming it. A test may patch its own answer."""
    if "qapp" not in request.fixturenames and "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6 import QtWidgets

    def refuse(name: str) -> object:
        def stop(*args: object, **named: object) -> None:
            raise AssertionError(f"{name} would have waited for a person: {args[1:3]}")

        return stop

    for owner, names in (
        (QtWidgets.QDialog, ("exec",)),
        (QtWidgets.QMessageBox, ("exec", "question", "warning", "information", "critical")),
        (QtWidgets.QInputDialog, ("getText", "getItem", "getInt")),
        (
            QtWidgets.QFileDialog,
            (
                "exec",
                "getOpenFileName",
                "getOpenFileNames",
                "getSaveFileName",
                "getExistingDirectory",
            ),
        ),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, refuse(f"{owner.__name__}.{name}"))


@pytest.fixture(autouse=True)
def _no_warning_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A record of WARNING or worse is a failure; a test that expects one calls ``caplog.clear()``."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, "logged: " + "; ".join(record.getMessage() for record in loud)


def _threads() -> set[object]:
    """Python's threads that would hold up the end of the program, and the system's by number."""
    python = {thread for thread in threading.enumerate() if not thread.daemon}
    return python | set(_system_threads())


def _system_threads() -> dict[int, str]:
    """Number → name of this process's threads that a QThread gave a name of its own (Linux)."""
    found = {}
    for task in Path("/proc/self/task").glob("*"):
        try:
            name = (task / "comm").read_text().strip()
        except OSError:  # ended between listing and reading
            continue
        # Python's threads inherit the program's name; Qt's idle pool and desktop threads are Qt's.
        if not name.startswith(("python", "pytest", "Thread (pooled", "QDBus", "QXcb", "[pytest")):
            found[int(task.name)] = name
    return found


def _close_windows() -> None:
    """Take away the windows that a failed test left."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is not None:
        for widget in QApplication.topLevelWidgets():
            widget.hide()
            widget.deleteLater()
        _let_qt_work()


def _left(before: set[object]) -> list[str]:
    """Names of threads that began during the test and still run, and of windows still shown."""
    left = [
        thread.name
        for thread in threading.enumerate()
        if not thread.daemon and thread not in before and thread.is_alive()
    ]
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QThreadPool

        left += [f"QThread {name}" for tid, name in _system_threads().items() if tid not in before]
        if busy := QThreadPool.globalInstance().activeThreadCount():
            left.append(f"{busy} jobs of the thread pool")
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtWidgets import QApplication

        if QApplication.instance() is not None:
            left += [
                f"window {type(widget).__name__}"
                for widget in QApplication.topLevelWidgets()
                if widget.isVisible()
            ]
    return left


def _let_qt_work() -> None:
    """Deliver what is queued, so that a thread that was told to quit can be joined."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication

        if QCoreApplication.instance() is not None:
            QCoreApplication.processEvents()
