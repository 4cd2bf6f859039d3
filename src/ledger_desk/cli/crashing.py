"""A bug on the command line: the details go to the crash log, the person reads one sentence."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from datetime import datetime
from pathlib import Path

from ledger_desk import __version__, paths

_LOG_LIMIT = 1_000_000  # bytes; the same file and the same limit as the window's
_LONG_NUMBER = re.compile(r"\d{7,}")


def tell(error: Exception) -> str:
    """Log an error that nobody expected; gives the sentence that names the log.

    Long numbers (phones, codes, ids) are masked. Where the log cannot be written, the sentence
    says so; nothing is raised.
    """
    said = (
        "内存不够了"
        if isinstance(error, MemoryError)
        else f"程序出了意料之外的错（{type(error).__name__}）"
    )
    try:
        log = _log("".join(traceback.format_exception(error)))
    except Exception:  # noqa: BLE001 - the last line of defence may not raise
        return f"{said}，没有办完。详细情况也没能记下来；请用 check 看看账套，再试一次。"
    return f"{said}，没有办完。详细情况记在“{log}”，请把它交给维护的人。"


def _log(details: str) -> Path:
    folder = paths.log_dir()
    log = folder / "crash.log"
    if log.is_file() and log.stat().st_size > _LOG_LIMIT:
        log.replace(folder / "crash-old.log")
    command = next((word for word in sys.argv[1:] if word.isascii() and word.isalpha()), "-")
    system = f"{platform.system()} {platform.release()}"
    with log.open("a", encoding="utf-8", errors="replace") as out:
        out.write(
            f"命令 {command}　程序 {__version__}　{system}　{datetime.now():%Y-%m-%d %H:%M:%S}\n"
        )
        out.write(_LONG_NUMBER.sub("*******", details) + "\n")
    return log
