"""Blocks of a large table made ready by a second process, while this one compares and writes them.

What `newcomers.Maker` does asks nothing of the ledger, so both cores of a small machine work. The
process is a help, never a need: until it has started, and wherever it fails, blocks are made here,
and come out the same.
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
import weakref
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, BinaryIO

from ledger_desk.exchange.newcomers import Maker, Ready, warm_up
from ledger_desk.exchange.packs import Pack
from ledger_desk.exchange.parsing import Block
from ledger_desk.progress import Progress
from ledger_desk.store import rowing
from ledger_desk.workbook.packing import pack_column, unpack_column

MAKER_FLAG = "--ledger-desk-maker"
# Fewer rows are made ready before a second process has even started.
WORTH = 5_000
_AHEAD = 3  # blocks handed over before the first is back: neither process waits for the other
_MOST_UNDER_WAY = 8  # blocks in memory, those made here ahead of their turn among them
_TICK = 0.1  # seconds between two looks at the cancel button
_PATIENCE = 60.0  # seconds after which a helper that does not answer is given up
_LINE = b"\n"  # never inside a text of the journal: JSON escapes it
_LENGTH = struct.Struct(">Q")
_LONGEST_MESSAGE = 1 << 30


class Beside:
    """A second process that was started before its table was known; it waits for one.

    It ends with this object, or with whoever takes it.
    """

    def __init__(self) -> None:
        """Start the process; nothing is waited for."""
        child = _child()
        self._children = [] if child is None else [child]
        self._end = weakref.finalize(self, _end, self._children)

    def take(self) -> subprocess.Popen[bytes] | None:
        """Give the process to the one caller that comes first."""
        with suppress(IndexError):  # another thread was quicker
            return self._children.pop()
        return None

    def stop(self) -> None:
        """End the process, if nobody has taken it."""
        self._end()


def start_beside(rows: int) -> Beside | None:
    """Start a second process for a table of so many rows; None where it would not pay."""
    return Beside() if rows >= WORTH else None


def ready_blocks(
    maker: Maker,
    packs: Iterator[Pack],
    rows: int,
    progress: Progress,
    beside: Beside | None = None,
) -> Generator[Ready, None, None]:
    """Give each pack made ready, in order; to be closed if it is not read to its end.

    What is not back when it is wanted is not waited for: meanwhile a later block is made here.

    Args:
        maker: Makes ready what the other process does not, and learns what that one has met.
        packs: Rows of the table.
        rows: How many there are in all; few are made ready here alone.
        progress: Called about ten times a second while this process waits; may cancel.
        beside: The other process, where one was started before.
    """
    if rows < WORTH:
        yield from (maker.make(pack.numbers, pack.columns()) for pack in packs)
        return
    with _helper(maker, beside) as helper:
        # Each with what was made of it here; None: it was sent.
        under_way: deque[tuple[Pack, Ready | None]] = deque()
        while True:
            while helper.works and helper.sent < _AHEAD and (pack := next(packs, None)):
                helper.send(pack)
                under_way.append((pack, None))
            idle = not under_way or (under_way[0][1] is None and not helper.answered)
            if idle and len(under_way) < _MOST_UNDER_WAY and (pack := next(packs, None)):
                under_way.append((pack, maker.draft(pack.numbers, pack.columns())))
                continue
            if not under_way:
                return
            pack, ready = under_way.popleft()
            if ready is not None:
                yield ready.named()
                continue
            # What was sent to a helper that died since is made here as well.
            made = helper.take(progress)
            if made is None:
                yield maker.make(pack.numbers, pack.columns())
            else:
                ready = unpack_ready(made, pack.numbers)
                maker.learn(ready.own_units)
                yield ready


class _Helper:
    """The other process, seen from here."""

    def __init__(self, child: subprocess.Popen[bytes] | None) -> None:
        self._child = child
        self._out: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._in: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._greeted = threading.Event()  # it has started and knows its table
        self._gone = child is None
        self._threads: list[threading.Thread] = []
        self.sent = 0  # blocks that are to come back

    @property
    def works(self) -> bool:
        """Whether blocks can be handed over."""
        return self._greeted.is_set() and not self._gone

    @property
    def answered(self) -> bool:
        """Whether nothing need be waited for: a block is back, or none will come any more."""
        return self._gone or not self._in.empty()

    def start(self, recipe: bytes) -> None:
        assert self._child is not None
        for call, pipe in ((self._feed, self._child.stdin), (self._listen, self._child.stdout)):
            thread = threading.Thread(target=call, args=(pipe,), name="maker", daemon=True)
            thread.start()
            self._threads.append(thread)
        self._out.put(recipe)

    def send(self, pack: Pack) -> None:
        self._out.put(pickle.dumps(pack, protocol=5))
        self.sent += 1

    def take(self, progress: Progress) -> bytes | None:
        """Give the next block that comes back; None for one that is lost."""
        self.sent -= 1
        if self._gone:
            return None
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            with suppress(queue.Empty):
                made = self._in.get(timeout=_TICK)
                self._gone = made is None
                return made
            progress(0, 0, "正在核对")
        self._gone = True
        return None

    def stop(self) -> None:
        if self._child is None:
            return
        self._out.put(None)
        self._child.kill()
        self._child.wait()
        for thread in self._threads:
            thread.join()
        _end([self._child])

    def _feed(self, pipe: IO[bytes]) -> None:
        with suppress(OSError, ValueError):
            while (body := self._out.get()) is not None:
                _write(pipe, body)

    def _listen(self, pipe: IO[bytes]) -> None:
        with suppress(OSError, ValueError):
            if _read(pipe) is not None:
                self._greeted.set()
                while (body := _read(pipe)) is not None:
                    self._in.put(body)
        self._in.put(None)


@contextmanager
def _helper(maker: Maker, beside: Beside | None) -> Iterator[_Helper]:
    """Set the other process to work; whatever happens, it is gone afterwards."""
    helper = _Helper((beside.take() if beside is not None else None) or _child())
    try:
        if helper._child is not None:
            helper.start(pickle.dumps(maker.recipe, protocol=5))
        yield helper
    finally:
        helper.stop()


def _child() -> subprocess.Popen[bytes] | None:
    """Start a bare interpreter; None where there is no memory for one."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, MAKER_FLAG]
    else:
        root = str(Path(__file__).resolve().parents[2])
        code = (
            f"import sys; sys.path.insert(0, {root!r}); "
            "from ledger_desk.exchange.making import serve; sys.exit(serve())"
        )
        command = [sys.executable, "-c", code, MAKER_FLAG]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what goes wrong there goes wrong here again, and is told
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONSAFEPATH": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """End processes that nobody needs any more."""
    while children:
        child = children.pop()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):  # what was still to be sent finds nobody
                pipe.close()  # type: ignore[union-attr]


def _write(pipe: IO[bytes], body: bytes) -> None:
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes | None:
    """Give the next message; None at the end, or for something else than a message."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length) if length <= _LONGEST_MESSAGE else b""
    return body if len(body) == length else None


# --- a block on its way ---------------------------------------------------------------------------


def pack_ready(ready: Ready) -> bytes:
    """Pack a block for `unpack_ready`; its ids are given by whoever writes it."""
    block, stored = ready.block, ready.columns
    return pickle.dumps((
        _LINE.join(ready.texts),
        [(name, pack_column(column)) for name, column in stored.items()],
        [pack_column(column) for column in list(zip(*ready.index, strict=True))[1:]],
        [(name, None if column is stored.get(name) else pack_column(column))
         for name, column in block.columns.items()],
        block.problems, block.moved, ready.own_units,
    ), protocol=5)  # fmt: skip


def unpack_ready(packed: bytes, numbers: Sequence[int]) -> Ready:
    """Give a block back, with new ids."""
    texts, stored, computed, given, problems, moved, units = pickle.loads(packed)
    columns = {name: unpack_column(some) for name, some in stored}
    index = list(map(unpack_column, computed))
    values = {n: columns[n] if some is None else unpack_column(some) for n, some in given}
    ids = rowing.fresh_ids(len(numbers))
    rows: Any = list(zip(ids, *index, strict=True))
    return Ready(
        Block(numbers, values, problems, moved), ids, columns, texts.split(_LINE), rows, units
    )


# --- in the other process ---------------------------------------------------------------------------


def serve() -> int:
    """Make blocks ready until the pipe ends; gives the exit code. Called in the child only."""
    gc.disable()  # next to no cycles, and the process lives for one table
    with os.fdopen(os.dup(0), "rb") as source, os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # nothing but messages may reach the pipe
        with suppress(BrokenPipeError):
            _serve(source, out)
    return 0


def _serve(source: BinaryIO, out: BinaryIO) -> None:
    warm_up()  # mostly while the table is still being looked at
    recipe = _read(source)
    if recipe is None:
        return
    maker = Maker(*pickle.loads(recipe))
    _write(out, b"ready")
    while (body := _read(source)) is not None:
        pack = pickle.loads(body)
        ready = maker.draft(pack.numbers, pack.columns())
        _write(out, pack_ready(ready))
        maker.forget_units()
