"""Long readings that can be stopped: the engine asks now and then whether anybody still waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from ledger_desk.errors import Cancelled

Stop = Callable[[], bool]
_STEPS = 20_000  # instructions of the engine between two questions: about a millisecond


@contextmanager
def stoppable(connection: Connection, stop: Stop | None) -> Iterator[None]:
    """Let what is read inside end with `Cancelled` soon after ``stop()`` says so; None: never.

    Only this connection is stopped, and only while the block lasts: an interrupt from another
    thread could come late and hit whatever reads through the connection next.
    """
    if stop is None:
        yield
        return
    asked = stop
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: int(asked()), _STEPS)
    try:
        yield
    except DBAPIError as error:
        if asked() and "interrupt" in str(error):
            raise Cancelled from error
        raise
    finally:
        driver.set_progress_handler(None, 0)


def check(stop: Stop | None) -> None:
    """Ask between two pieces of work in Python.

    Raises:
        Cancelled: Nobody waits any more.
    """
    if stop is not None and stop():
        raise Cancelled
