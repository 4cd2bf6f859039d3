"""The parser in Chinese: each group of commands adds its own; argparse's sentences are translated."""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NoReturn

from ledger_desk import __version__
from ledger_desk.cli import printing

Work = Callable[[], int]
_ABOUT = "专班台账：小微企业融资工作专班的台账。不带命令时打开窗口。"
_END = """\
退出码：0 办好了；1 办好了，但有需要处理的行或必改的地方；2 用法不对或没有办成（原因写在标准错误里，账没有变）；130 中途停下。
每个命令的用法：ledger-desk 命令 --help"""

# argparse speaks English only; each of its messages is said again in Chinese.
_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: command", "没有写命令。"),
    (r"the following arguments are required: (.+)", "少写了 {0}。"),
    (r"unrecognized arguments: (.+)", "多写了不认识的“{0}”。"),
    (r"argument (?:命令|command): invalid choice: (.+?) \(choose from .*", "没有 {0} 这个命令。"),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.*)\)",
        "{0} 不能是 {1}，可以是：{2}。",
    ),
    (r"argument (.+?): expected one argument", "{0} 后面要写一个值。"),
    (r"argument (.+?): expected at least one argument", "{0} 后面至少要写一个值。"),
    (r"argument (.+?): expected (\d+) arguments?", "{0} 后面要写 {1} 个值。"),
    (r"argument (.+?): not allowed with argument (.+)", "{0} 不能和 {1} 一起用。"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不要写值 {1}。"),
    (r"argument (.+?): invalid int value: (.+)", "{0} 要写整数，{1} 不是。"),
    (r"argument (.+?): (.+)", "{0}：{1}"),
)


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese word before the usage line."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Any,
        prefix: str | None = None,
    ) -> None:
        """Say 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        """Leave room for the longest command: argparse forgets that commands are indented twice."""
        self._action_max_length += self._indent_increment
        return super().format_help()


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese."""

    def __init__(self, **given: Any) -> None:
        """Take what argparse takes."""
        given.setdefault("formatter_class", Formatter)
        super().__init__(**given, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one sentence and how to see the right use."""
        self.exit(2, f"{translate(message)}用法请看 {self.prog} --help\n")

    def _print_message(self, message: str, file: Any = None) -> None:
        if message and file is sys.stdout:
            printing.put(message)
        elif message:
            with contextlib.suppress(OSError, ValueError):
                print(message, end="", file=file or sys.stderr)


def translate(message: str) -> str:
    """Turn a message of argparse into a Chinese sentence."""
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            said = sentence.format(*found.groups())
            return said if said.endswith(("。", "！", "？")) else f"{said}。"
    return f"这样写看不懂：{message}。"


def day(text: str) -> date:
    """Read a day of the command line: 2024-11-20, 20241120, 2024年11月20日."""
    from ledger_desk.model.days import parse_day

    try:
        return parse_day(text, date.today())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def filled(text: str) -> str:
    """Take a value that says something; an empty one (a variable that was not set) is refused."""
    if not text.strip():
        raise argparse.ArgumentTypeError("不能是空的。")
    return text


def build() -> Parser:
    """Build the whole parser; nothing heavy is imported."""
    return _build()[0]


def commands() -> tuple[str, ...]:
    """Names of all commands in the order of the help."""
    return tuple(_build()[1].choices)


def _build() -> tuple[Parser, argparse._SubParsersAction[Parser]]:
    from ledger_desk.cli import (
        attaching,
        banking,
        binding,
        bulletins,
        duties,
        filling,
        giving,
        indicators,
        journalling,
        keeping,
        looking_back,
        merging,
        periods,
        practising,
        reporting,
        searching,
        taking,
    )

    parser = Parser(prog="ledger-desk", description=_ABOUT, epilog=_END)
    parser.add_argument(
        "--version", action="version", version=f"专班台账 {__version__}", help="显示版本"
    )
    adder: argparse._SubParsersAction[Parser] = parser.add_subparsers(
        title="命令", metavar="命令", dest="command", required=True, parser_class=Parser
    )
    practising.add_demo(adder)
    keeping.add_new(adder)
    duties.add(adder)
    searching.add(adder)
    taking.add(adder)
    giving.add(adder)
    banking.add(adder)
    binding.add(adder)
    attaching.add(adder)
    merging.add(adder)
    reporting.add(adder)
    periods.add(adder)
    bulletins.add(adder)
    filling.add(adder)
    indicators.add(adder)
    journalling.add(adder)
    looking_back.add(adder)
    keeping.add(adder)
    practising.add_gallery(adder)
    return parser, adder


def add_command(
    adder: argparse._SubParsersAction[Parser],
    name: str,
    help: str,
    run: Callable[[argparse.Namespace, Any], int],
    *,
    more: str = "",
    ledger: bool = True,
) -> Parser:
    """Add one command with the options that every command has."""
    parser = adder.add_parser(name, help=help, description=f"{help}。{more}")
    if ledger:
        parser.add_argument("ledger", type=filled, metavar="账套", help="账套文件")
    parser.add_argument("--json", action="store_true", help="结果写成 JSON，给程序看")
    parser.add_argument(
        "--password-file", type=filled, metavar="文件", help="账套的密码写在这个文件的第一行"
    )
    parser.set_defaults(run=run)
    return parser
