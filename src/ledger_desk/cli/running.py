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
    if not arguments:
        return _in_words(lambda: _window(None))
    if len(arguments) == 1 and arguments[0] not in parser.commands() and Path(arguments[0]).is_file():
        return _in_words(lambda: _window(Path(arguments[0])))
    try:
        given = parser.build().parse_args(arguments)
    except SystemExit as stop:  # help, or wrong use: argparse has said it
        return int(stop.code or 0)
    printer = Printer(as_json=given.json)

    def work() -> int:
        try:
            return int(given.run(given, printer))
        finally:
            printer.end_progress()

    return _in_words(work)


def _in_words(work: parser.Work) -> int:
    try:
        status = work()
        sys.stdout.flush()
    except UserError as error:
        say_refused(str(error))
        return cli.REFUSED
    except (Cancelled, KeyboardInterrupt):
        return cli.STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); the work itself is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return cli.DONE
    return status


def _window(ledger: Path | None) -> int:
    from ledger_desk.cli import window

    return window.open_window(ledger)


def _let_any_text_out() -> None:
    """A console that lacks a rare character shows a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
