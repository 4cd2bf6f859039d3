"""Reading in a child process, so that a hostile or broken file can never hurt the ledger.

The parent starts a bare interpreter that imports the readers and nothing else (no Qt, no
database), watches its memory and its time, and keeps the packed rows that it sends in a
`RowStore`: neither side ever waits for the other, and the parent's memory stays small however
large the file is (``decisions.md`` 32). The child is never forked: the parent holds Qt and SQLite.

A packaged program without an interpreter of its own must hand ``READER_FLAG`` to `serve` as the
first thing in its entry point, before it imports anything heavy::

    if READER_FLAG in sys.argv[1:2]:
        raise SystemExit(guarded.serve())
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook import memory
from ledger_desk.workbook.book import Book, RowStore, Sheet, StoredRows
from ledger_desk.workbook.packing import pack_rows

READER_FLAG = "--ledger-desk-reader"
_TICK = 0.1  # seconds between two looks at the clock, the memory and the cancel button
_TURN = 0.0005  # a thread that wants the interpreter waits this long, not the usual 5 ms
_HEAD = struct.Struct(">cQ")  # kind of message, length of what follows
_LONGEST_MESSAGE = 1 << 30
_MEMORY_WORDS = (b"memory allocation of", b"MemoryError", b"out of memory")


def read_guarded(
    path: Path, *, memory_mb: int = 1500, seconds: float = 300, progress: Progress = silent
) -> Book:
    """Read a file in a child process with a watchdog.

    Args:
        path: The file.
        memory_mb: Most memory that the child may use, in megabytes.
        seconds: Longest time that reading may take.
        progress: Called about ten times a second, also while the child is silent, so that
            cancelling takes effect within a second.

    Returns:
        The book; its rows stay packed outside the parent's heap until asked for.

    Raises:
        UserError: The file cannot be read, or reading it ran out of memory or time or crashed.
        Cancelled: From ``progress``; the child is gone by then.
    """
    path = Path(path)
    progress(0, 0, f"正在打开“{path.name}”")
    inbox: queue.Queue[tuple[bytes, Any]] = queue.Queue()
    store = RowStore()
    with (
        TemporaryFile() as errors,
        _child(path, memory_mb, errors) as child,
        _listening(child, store, inbox),
    ):
        book = _Assembly(store)
        deadline = time.monotonic() + seconds
        told: tuple[int, int, str] = (0, 0, f"正在打开“{path.name}”")
        while True:
            with suppress(queue.Empty):
                kind, content = inbox.get(timeout=_TICK)
                if kind == b"P":
                    told = content
                elif kind == b"U":
                    raise UserError(content)
                elif kind == b"M":
                    raise UserError(_too_much_memory(path))
                elif kind == b"F":
                    return book.finish()
                elif kind == b"X":
                    sentence, cause = _why_it_died(path, child, errors, content)
                    raise UserError(sentence) from ChildProcessError(cause)
                else:
                    book.take(kind, content)
                    if not inbox.empty():
                        continue
            progress(*told)
            if time.monotonic() > deadline:
                raise UserError(
                    f"“{path.name}”读了 {seconds:.0f} 秒还没有读完，已经停下。文件可能有问题，"
                    "请在 Excel 或 WPS 里打开它，另存为新的 .xlsx 后再读入。"
                )
            if memory.in_use(child.pid) > memory_mb * 1_000_000:
                raise UserError(_too_much_memory(path))


class _Assembly:
    """Sheets put together from what the child sends."""

    def __init__(self, store: RowStore) -> None:
        self._store = store
        self._places: list[tuple[int, int]] = []
        self._sheets: list[Sheet] = []
        self._opened: tuple[str, str] = ("", "")

    def take(self, kind: bytes, content: Any) -> None:
        if kind == b"R":
            self._places.append(content)
        elif kind == b"O":
            self._opened = content
        elif kind == b"S":
            sheet, count = content
            rows = StoredRows(self._store, self._places, count, sheet.width)
            self._sheets.append(replace(sheet, rows=rows))
            self._places = []

    def finish(self) -> Book:
        return Book(self._opened[0], tuple(self._sheets), self._opened[1])


@contextmanager
def _listening(
    child: subprocess.Popen[bytes], store: RowStore, inbox: queue.Queue[tuple[bytes, Any]]
) -> Iterator[None]:
    """Keep a thread at the child's pipe; it ends with the child, and so before the pipe closes."""
    listener = threading.Thread(
        target=_listen, args=(child.stdout, store, inbox), name="workbook-reader", daemon=True
    )
    listener.start()
    try:
        yield
    finally:
        child.kill()
        listener.join()


def _listen(pipe: IO[bytes], store: RowStore, inbox: queue.Queue[tuple[bytes, Any]]) -> None:
    """Take the child's messages off the pipe as fast as they come; rows go to the store packed."""
    try:
        while head := pipe.read(_HEAD.size):
            kind, length = _HEAD.unpack(head)
            if length > _LONGEST_MESSAGE:
                raise ValueError(length)
            body = pipe.read(length)
            if len(body) != length:
                break
            inbox.put((kind, store.put(body) if kind == b"R" else pickle.loads(body)))
            if kind == b"F":
                return
        inbox.put((b"X", ""))
    except OSError as error:
        inbox.put((b"U", f"读入要用的临时文件写不成：{files.reason(error)}。请腾出磁盘空间再试。"))
    except (ValueError, struct.error, pickle.UnpicklingError, EOFError) as error:
        inbox.put((b"X", str(error)))


@contextmanager
def _child(path: Path, memory_mb: int, errors: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the reading process; whatever happens, it is gone afterwards."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, READER_FLAG]
    else:
        root = str(Path(__file__).resolve().parents[2])
        code = (
            f"import sys; sys.path.insert(0, {root!r}); "
            "from ledger_desk.workbook.guarded import serve; sys.exit(serve())"
        )
        command = [sys.executable, "-c", code, READER_FLAG]
    # A traceback of the Rust reader would only slow its end; text passes as UTF-8 everywhere.
    environment = {**os.environ, "RUST_BACKTRACE": "0", "PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"}
    try:
        child = subprocess.Popen(
            [*command, str(path), str(memory_mb)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            # A file never fills up and blocks a talkative reader, as a pipe would.
            stderr=errors,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:  # no interpreter, or no memory for another process
        raise UserError(
            f"读表格的辅助程序启动不了：{files.reason(error)}。请关掉一些程序，或重新安装本程序后再试。"
        ) from error
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def _why_it_died(
    path: Path, child: subprocess.Popen[bytes], last_words: IO[bytes], detail: str
) -> tuple[str, str]:
    """Put the end of the child into one sentence; its last words, for the log, go beside it."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=2)
    last_words.seek(max(0, last_words.seek(0, 2) - 4_000))
    words = last_words.read()
    said = words.decode("utf-8", "replace") or f"{detail}, exit code {child.returncode}"
    if any(word in words for word in _MEMORY_WORDS):
        return _too_much_memory(path), said
    return (
        f"“{path.name}”读到一半出了问题，没有读入（代号 {child.returncode}）。"
        "文件可能已损坏，请在 Excel 或 WPS 里打开它，另存为新的 .xlsx 后再试。"
    ), said


def _too_much_memory(path: Path) -> str:
    return (
        f"“{path.name}”太大或声称的行列太多，读它要用的内存超出了限度，没有读入。"
        "请在 Excel 或 WPS 里删掉多余的行、列和表，或拆成几个文件后再试。"
    )


# --- in the child ---------------------------------------------------------------------------------


def serve() -> int:
    """Read the file named on the command line and send it to the parent; gives the exit code.

    Called in the child only: ``… --ledger-desk-reader <file> <megabytes>``.
    """
    from ledger_desk.errors import Cancelled

    path, megabytes = Path(sys.argv[-2]), int(sys.argv[-1])
    memory.limit_own(megabytes)
    gc.disable()  # millions of cells and no cycles among them; the process lives for one file
    sys.setswitchinterval(_TURN)
    # Nothing but messages may reach the pipe, whatever a reader prints.
    with os.fdopen(os.dup(1), "wb", buffering=1 << 16) as out:
        os.dup2(2, 1)
        try:
            _send_book(out, path)
        except UserError as error:
            _send(out, b"U", str(error))
        except MemoryError:
            _send(out, b"M", None)
        except (Cancelled, BrokenPipeError):
            return 1
    return 0


def _send_book(out: BinaryIO, path: Path) -> None:
    from ledger_desk.workbook.reading import Opened, SheetEnd, stream

    last = 0.0

    def report(done: int, total: int, note: str = "") -> None:
        nonlocal last
        if time.monotonic() - last > _TICK / 2:
            last = time.monotonic()
            _send(out, b"P", (done, total, note))
            out.flush()

    for event in stream(path, report):
        if isinstance(event, list):
            _write(out, b"R", pack_rows(event))
        elif isinstance(event, bytes):
            _write(out, b"R", event)
        elif isinstance(event, Opened):
            _send(out, b"O", (event.kind, event.encoding))
        elif isinstance(event, SheetEnd):
            _send(out, b"S", (event.sheet, event.count))
    _send(out, b"F", None)


def _send(out: BinaryIO, kind: bytes, content: Any) -> None:
    _write(out, kind, pickle.dumps(content, protocol=5))


def _write(out: BinaryIO, kind: bytes, packed: bytes) -> None:
    out.write(_HEAD.pack(kind, len(packed)))
    out.write(packed)
