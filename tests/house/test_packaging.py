"""The lock files hold what pyproject.toml asks for, and start-up stays light."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\$", re.M)
HEAVY = (
    *("openpyxl", "lxml", "xlsxwriter", "python_calamine", "xlrd", "reportlab", "PIL", "pypdfium2"),
    *("pydantic", "pypinyin", "hypothesis"),
)


def locked(path: Path) -> dict[str, str]:
    """Name → version of a lock file."""
    found = LOCKED.findall(path.read_text(encoding="utf-8"))
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize(
    ("lock", "extra"), [("requirements.lock", ""), ("requirements-dev.lock", "dev")]
)
def test_a_lock_file_satisfies_each_requirement_with_a_hash(
    root: Path, lock: str, extra: str
) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"].get(extra, [])
    path = root / "packaging" / lock
    versions = locked(path)
    for line in asked:
        requirement = Requirement(line)
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, line
    blocks = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
    pinned = [block for block in blocks if not block.startswith("#")]
    assert len(pinned) == len(versions)
    assert all("--hash=sha256:" in block for block in pinned)


def test_both_lock_files_agree_where_both_speak(root: Path) -> None:
    runtime = locked(root / "packaging" / "requirements.lock")
    dev = locked(root / "packaging" / "requirements-dev.lock")
    assert runtime.items() <= dev.items()


def test_qt_is_locked_at_the_last_version_for_the_users_desktops(root: Path) -> None:
    versions = locked(root / "packaging" / "requirements.lock")
    assert versions["pyside6-essentials"] == versions["shiboken6"] == "6.9.3"


@pytest.mark.parametrize(
    "module", ["ledger_desk.cli", "ledger_desk.app", "ledger_desk.store.ledger"]
)
def test_starting_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
