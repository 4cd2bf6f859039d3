"""The README is true: its commands are the parser's, its links and pictures exist, the pictures are small."""

from __future__ import annotations

import argparse
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from ledger_desk.cli import parser

COMMON = {"--help", "--json", "--password-file"}
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(
    r"`((?:src|forms|packaging|resources|tests|licences|\.ci)[\w./-]*|LICENSE|NOTICE)`"
)
MOST_BYTES = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n"


@cache
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def blocks(root: Path) -> list[str]:
    """Lines of all code blocks, without their remarks."""
    found = re.findall(r"```\w*\n(.*?)```", readme(root), re.DOTALL)
    return [line.split("  # ")[0].strip() for block in found for line in block.splitlines()]


def table(root: Path) -> dict[str, set[str]]:
    """Command → options as the README's table of commands gives them."""
    rows = re.findall(r"^\| `([\w-]+)` \|[^|]*\|([^|]*)\|$", readme(root), re.MULTILINE)
    return {name: set(re.findall(r"`(--[\w-]+)`", options)) for name, options in rows}


def subparsers() -> dict[str, argparse.ArgumentParser]:
    actions = parser.build()._actions
    adder = next(each for each in actions if isinstance(each, argparse._SubParsersAction))
    return dict(adder.choices)


def test_the_table_names_the_commands_of_the_parser_in_their_order(root: Path) -> None:
    assert tuple(table(root)) == parser.commands()


@pytest.mark.parametrize("command", parser.commands())
def test_the_table_names_exactly_the_options_that_the_help_of_a_command_shows(
    root: Path, command: str
) -> None:
    shown = set(re.findall(r"--[\w-]+", subparsers()[command].format_help().split("选项:")[1]))
    assert shown >= COMMON
    assert table(root)[command] == {
        option for option in shown - COMMON if _is_option(command, option)
    }


def _is_option(command: str, word: str) -> bool:
    """Whether a word of the help is an option, not an example inside a sentence."""
    return any(word in action.option_strings for action in subparsers()[command]._actions)


def test_the_help_lists_every_command(root: Path) -> None:
    text = parser.build().format_help()
    assert all(re.search(rf"^ +{name} ", text, re.MULTILINE) for name in table(root))


def test_every_command_line_of_the_readme_is_understood_by_the_parser(root: Path) -> None:
    lines = [line for line in blocks(root) if line.startswith("ledger-desk ")]
    assert len(lines) >= 8
    for line in lines:
        parser.build().parse_args(
            shlex.split(line)[1:]
        )  # a wrong one ends the test with SystemExit


def test_every_word_given_to_the_setup_script_is_one_it_knows(root: Path) -> None:
    script = (root / "packaging" / "setup").read_text(encoding="utf-8")
    known = set(re.findall(r"^(\w+)\)$", script, re.MULTILINE))
    used = set(re.findall(r"packaging/setup (\w+)", readme(root)))
    assert {"demo", "test", "slow", "bench", "lint"} <= used <= known


def test_links_and_pictures_exist_inside_the_repository(root: Path) -> None:
    links = [link for link in LINK.findall(readme(root)) if not link.startswith("#")]
    assert len(links) >= 3
    for link in links:
        assert "://" not in link, link
        target = (root / link).resolve()
        assert target.is_relative_to(root), link
        assert target.is_file(), link


def test_links_inside_the_page_lead_to_a_heading(root: Path) -> None:
    headings = {head.strip().lower() for head in re.findall(r"(?m)^#+ (.+)$", readme(root))}
    for link in LINK.findall(readme(root)):
        if link.startswith("#"):
            assert link[1:] in headings


def test_files_and_folders_that_the_readme_names_exist(root: Path) -> None:
    named = NAMED.findall(readme(root))
    assert len(named) > 10
    assert [name for name in named if not (root / name).exists()] == []


def test_the_pictures_are_pictures_and_small(root: Path) -> None:
    pictures = sorted((root / "resources" / "pictures").glob("*"))
    assert {path.suffix for path in pictures} == {".png"}
    assert all(path.read_bytes().startswith(PNG) for path in pictures)
    assert sum(path.stat().st_size for path in pictures) <= MOST_BYTES
    shown = {Path(link).name for link in LINK.findall(readme(root)) if link.endswith(".png")}
    assert shown == {path.name for path in pictures}


def test_the_folders_it_names_are_those_of_the_program() -> None:
    import platformdirs

    dirs = platformdirs.unix.Unix("LedgerDesk", appauthor=False)
    text = readme(Path(__file__).resolve().parents[2])
    for folder, variable, usual in (
        ("user_data_dir", "XDG_DATA_HOME", "~/.local/share/LedgerDesk"),
        ("user_state_dir", "XDG_STATE_HOME", "~/.local/state/LedgerDesk"),
    ):
        assert f"`{usual}`" in text
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv(variable, raising=False)
            assert Path(getattr(dirs, folder)) == Path(usual).expanduser()
