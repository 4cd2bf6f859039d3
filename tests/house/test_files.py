"""Guards of the house that look at files, not at behaviour."""

from __future__ import annotations

import ast
import csv
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

LIMIT = 350
NOT_TEXT = {
    ".ttf",
    ".png",
    ".xlsx",
    ".xls",
    ".ods",
    ".xlsb",
    ".pdf",
    ".gz",
    ".sqlite",
    ".ledger",
    ".ldx",
    ".ico",
}
PROJECT = (
    *("src", "tests", "forms", "resources", "packaging", "licences", ".ci"),
    *("README.md", "NOTICE", "LICENSE", "pyproject.toml", ".gitignore"),
)
# A folder of the machine that the text was written on, or the address of a package index.
MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.<>{}-])/(?:root|home/\w+|work|Users|mnt)/",
            r"[A-Za-z]:\\\\?Users\\",
            r"file:/" + r"//",
            r"\b(?:files\.pythonhosted|pypi|registry\.npmjs|deb\.debian)\.org\b",
        ]
    )
)
CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
HAN = re.compile(r"[\u3400-\u9fff（）()]{6,}")


def _below(path: Path) -> list[Path]:
    """A file itself, or everything in a folder."""
    return [path] if path.is_file() else sorted(path.rglob("*"))


@cache
def committed(root: Path) -> tuple[Path, ...]:
    """Every text file that is or will be committed (what .gitignore names stays out)."""
    if (root / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            capture_output=True,
            check=True,
        ).stdout.decode()
        paths = [root / name for name in listed.split("\0") if name]
    else:  # unpacked from an archive: everything but what the tools make
        folders = [root / name for name in PROJECT if (root / name).exists()]
        paths = [path for folder in folders for path in _below(folder)]
    return tuple(
        path
        for path in paths
        if path.suffix not in NOT_TEXT and "__pycache__" not in path.parts and path.is_file()
    )


def finds(pattern: re.Pattern[str], text: str) -> list[str]:
    """Lines with a hit, with their number."""
    return [
        f"{n}: {line[:120]}" for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)
    ]


def test_no_source_file_is_longer_than_the_limit(root: Path) -> None:
    sources = sorted((root / "src").rglob("*.py"))
    assert sources
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    long = {str(path.relative_to(root)): n for path, n in lengths.items() if n > LIMIT}
    assert not long, f"longer than {LIMIT} lines: {long}"


def test_no_committed_text_names_a_folder_of_a_machine_or_a_package_index(root: Path) -> None:
    hits = {
        str(path.relative_to(root)): lines
        for path in committed(root)
        if path != Path(__file__).resolve()
        and (lines := finds(MACHINE, path.read_text(encoding="utf-8")))
    }
    assert not hits


@pytest.mark.parametrize(
    ("line", "is_hit"),
    [
        ("cache = '/root/" + ".cache'", True),
        ("see /home/" + "wang/ledger", True),
        ("--find-links " + "file:/" + "//opt/wheels", True),
        (r"C:\Users" + r"\wang", True),
        ("#!/usr/bin/env bash", False),
        ("https://www.gov.cn/zhengce/", False),
        ("<root>/work/x", False),
    ],
)
def test_the_search_for_machine_folders_tells_them_from_other_slashes(
    line: str, is_hit: bool
) -> None:
    assert bool(MACHINE.search(line)) is is_hit


def test_no_committed_text_holds_a_firm_of_the_real_test_files(root: Path, open_data: Path) -> None:
    codes, names = set(), set()
    for path in sorted((open_data / "01_enterprise_lists").glob("*_真实企业.csv")):
        with path.open(encoding="utf-8-sig", newline="") as source:
            for row in csv.DictReader(source):
                codes |= {cell for cell in row.values() if cell and CREDIT_CODE.fullmatch(cell)}
                names |= {row[head] for head in row if head and "名称" in head}
    assert len(codes) > 2000
    assert len(names) > 2000
    hits = {}
    for path in committed(root):
        if "dictionaries" in path.parts:
            continue  # public heads of banks, divisions
        text = path.read_text(encoding="utf-8")
        found = (codes & set(CREDIT_CODE.findall(text))) | (names & set(HAN.findall(text)))
        if found:
            hits[str(path.relative_to(root))] = sorted(found)
    assert not hits


def test_the_model_imports_the_standard_library_only(root: Path) -> None:
    allowed = set(sys.stdlib_module_names) | {"__future__"}
    below = {"model", "errors", "files", "paths", "progress", "settings"}
    strangers = []
    for path in sorted((root / "src" / "ledger_desk" / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                own = node.module == "ledger_desk"
                names = (
                    [f"{node.module}.{a.name}" for a in node.names] if own else [node.module or ""]
                )
            else:
                continue
            for name in names:
                first, _, rest = name.partition(".")
                if first == "ledger_desk":
                    fine = rest.partition(".")[0] in below
                else:
                    fine = first in allowed
                if not fine or first == "sqlite3":
                    strangers.append(f"{path.name}: {name}")
    assert not strangers
