"""Running one function in a child process, with progress and a stop that always works.

No Qt here: the child imports only the module of its function.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.progress import Progress

_PATIENCE_SECONDS = 2.0


def run(function: Callable[..., Any], args: tuple[object, ...], progress: Progress) -> Any:
    """Call ``function(*args, progress=…)`` in a fresh process and give its result.

    Args:
        function: Importable by name.
        args: Anything that pickles.
        progress: Told what the child reports; may raise `Cancelled`, which ends the child.

    Raises:
        Cancelled: ``progress`` said so.
        UserError: The child ended without an answer (killed, out of memory).
        Exception: Whatever the function raised.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_answer, args=(theirs, function, args), daemon=True)
    child.start()
    theirs.close()
    done, total, note = 0, 0, ""
    try:
        while True:
            if ours.poll(0.1):
                try:
                    kind, *rest = ours.recv()
                except EOFError:
                    child.join(_PATIENCE_SECONDS)
                    raise UserError(
                        "这一步在半路停了：另起的进程没有答复就结束了，多半是内存不够。"
                        "请关掉几个别的程序，再试一次；账没有受影响。"
                    ) from None
                if kind == "result":
                    return rest[0]
                if kind == "error":
                    raise rest[0]
                done, total, note = rest
            progress(done, total, note)
    finally:
        ours.close()
        if child.is_alive():
            child.join(0.2)
        if child.is_alive():
            child.terminate()
            child.join(_PATIENCE_SECONDS)
        if child.is_alive():
            child.kill()
            child.join()
        child.close()


def _answer(pipe: Connection, function: Callable[..., Any], args: tuple[object, ...]) -> None:
    """Child's side: report, then send the result or the error."""

    def progress(done: int, total: int, note: str = "") -> None:
        try:
            pipe.send(("progress", done, total, note))
        except OSError:
            raise Cancelled from None

    with contextlib.suppress(OSError):
        try:
            result = function(*args, progress=progress)
        except Cancelled:
            return
        except BaseException as error:  # noqa: BLE001 - it is raised again on the other side
            pipe.send(("error", _sendable(error)))
        else:
            pipe.send(("result", result))


def _sendable(error: BaseException) -> BaseException:
    """The error itself when it pickles both ways, else a plain one with the same words."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - any failure means that it cannot travel
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
