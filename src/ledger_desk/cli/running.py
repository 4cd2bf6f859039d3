"""From arguments to an exit status: what is raised becomes a sentence or silence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ledger_desk import cli
from ledger_desk.cli import parser
from ledger_desk.cli.printing import Printer, say_refused
from ledger_desk.errors import Cancelled, UserError


def run(arguments: Sequence[str]) -> int:
    """Run a command; an open ledger file in place of one opens the window on it."""
    _let_any_text_out()
    return _in_words(lambda: _work(arguments))


def _work(arguments: Sequence[str]) -> int:
    if not arguments:
        return _window(None)
    if (
        len(arguments) == 1
        and arguments[0] not in parser.commands()
        and Path(arguments[0]).is_file()
    ):
        return _window(Path(arguments[0]))
    try:
        given = parser.build().parse_args(arguments)
    except SystemExit as stop:  # help, or wrong use: argparse has said it
        return int(stop.code or 0)
    printer = Printer(as_json=given.json)
    try:
        return int(given.run(given, printer))
    finally:
        printer.end_progress()


def _in_words(work: parser.Work) -> int:
    try:
        return work()
    except UserError as error:
        say_refused(str(error))
    except (Cancelled, KeyboardInterrupt):
        return cli.STOPPED
    except OSError as error:
        from ledger_desk import files

        where = f"“{error.filename}”" if isinstance(error.filename, str) else ""
        say_refused(f"没有办成：{where}{files.reason(error)}。请看看磁盘、权限和文件名，再试一次。")
    except Exception as error:  # noqa: BLE001 - a bug: one sentence, the details in the log
        from ledger_desk.cli import crashing

        say_refused(crashing.tell(error))
    return cli.REFUSED


def _window(ledger: Path | None) -> int:
    from ledger_desk.cli import window

    return window.open_window(ledger)


def _let_any_text_out() -> None:
    """A console that lacks a rare character shows a question mark instead of failing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Closed by the caller (`>&-`): text goes nowhere, and no ledger gets the free number.
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - till the end
            setattr(sys, name, nowhere)
            continue
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
