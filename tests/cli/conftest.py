"""The command line run in this process, as a program sees it: status, stdout, stderr."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.cli import main
from ledger_desk.model.identifiers import body_check_character, credit_check_character

HEADINGS = "企业名称,统一社会信用代码,法定代表人,注册资本,成立日期,企业地址"


@dataclass(frozen=True)
class Outcome:
    """What a command gave back."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*arguments: object) -> Outcome:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(status, said.out, said.err)

    return go


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    """A new, empty ledger of 新县."""
    path = tmp_path / "新县.账套"
    assert (
        run("new", path, "--office", "新县专班", "--level", "county", "--division", "411523").status
        == 0
    )
    return path


def code(number: int) -> str:
    """A made-up credit code that holds."""
    body = f"LX{number:06d}"
    first = f"91411523{body}{body_check_character(body)}"
    return first + credit_check_character(first)


def firm(number: int, name: str = "", capital: str = "53.46(万元)") -> str:
    """A line of a registry list."""
    name = name or f"新县试验{number:03d}茶业有限公司"
    return f"{name},{code(number)},试验人,{capital},2019-03-0{number % 9 + 1},河南省信阳市新县卡房乡试验村{number}号"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A registry list of twenty made-up firms."""
    path = tmp_path / "名录.csv"
    path.write_text("\n".join([HEADINGS, *[firm(n) for n in range(20)]]) + "\n", encoding="utf-8")
    return path
