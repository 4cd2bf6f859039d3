"""What a command says: a summary for people or JSON for programs on stdout, progress on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Sequence
from typing import Any

from ledger_desk.errors import UserError

_EVERY = 0.1  # seconds between two progress lines


def say_refused(sentence: str) -> None:
    """Say on stderr, in one line, why nothing was done."""
    with contextlib.suppress(OSError, ValueError):  # nobody can be told: the status says it
        print(" ".join(sentence.split()), file=sys.stderr)


def put(text: str) -> None:
    """Write to stdout and see it off; a reader that has gone (`| head`) is no failure.

    Raises:
        UserError: It cannot be written, for instance to a full disk.
    """
    try:
        print(text, end="", flush=True)
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        from ledger_desk import files

        _drop_output()
        raise UserError(
            f"结果写不出来：{files.reason(error)}。事情本身已经办完；请腾出磁盘空间，或把结果接到别处。"
        ) from error


def _drop_output() -> None:
    """Send the rest of stdout nowhere, or Python fails once more on what it still holds."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


class Printer:
    """Prints the outcome of one command.

    Attributes:
        as_json: The caller is a program: JSON only, and nothing but it.
    """

    def __init__(self, *, as_json: bool) -> None:
        """Print for a program or for a person."""
        self.as_json = as_json
        self._line, self._at = "", 0.0

    def show(self, data: Any, *lines: str) -> None:
        """Give the outcome: ``data`` as JSON, or the lines."""
        self.end_progress()
        if self.as_json:
            # A pipe on Windows may carry a code page: escapes are safe in each of them.
            plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
            put(json.dumps(data, ensure_ascii=plain, indent=1) + "\n")
        else:
            put("".join(f"{line}\n" for line in lines))

    def progress(self, done: int, total: int, note: str = "") -> None:
        """Report progress on stderr where a person watches it."""
        if self.as_json or not sys.stderr.isatty() or time.monotonic() - self._at < _EVERY:
            return
        self._at = time.monotonic()
        numbers = f" {done:,} / {total:,}" if total else ""
        self._write(f"{note or '正在做'}{numbers}")

    def end_progress(self) -> None:
        """Wipe the progress line."""
        if self._line:
            self._write("")

    def _write(self, line: str) -> None:
        line = fit(line, shutil.get_terminal_size().columns - 1)
        blank = " " * max(0, width(self._line) - width(line))
        print(f"\r{line}{blank}", end="\r" if not line else "", file=sys.stderr, flush=True)
        self._line = line


def width(text: str) -> int:
    """Give the columns of a terminal that a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, columns: int) -> str:
    """Cut a text to so many columns, with … where something was cut."""
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay rows out in columns for a terminal; the last column is as long as it is."""
    every = [list(heading), *[list(row) for row in rows]]
    widths = [max(width(row[place]) for row in every) for place in range(len(heading) - 1)]
    lines = []
    for row in every:
        cells = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return lines


def some(lines: Sequence[str], most: int = 20) -> list[str]:
    """Give the first lines, and how many more there are."""
    rest = len(lines) - most
    return (
        [*lines[:most], f"  …… 另有 {rest:,} 条，用 --json 可看全部。"] if rest > 0 else list(lines)
    )
