"""The ledger as it was after a step (时光机): what changed since is laid over it, nothing is written.

One connection of its own carries, in the memory of the engine, the older rows of the records that
were changed since, and views that stand in front of the tables of the ledger under their names.
Whatever reads through that connection, conditions, order and pages included, reads the past. It
costs as much as was changed since, whatever the size of the ledger; what is written while a past is
open is laid over in the same way at the next reading.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy.engine import Connection

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record
from ledger_desk.model.records import Office
from ledger_desk.store import connecting, reviewing, rowing
from ledger_desk.store.connecting import FAILURES
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.lineage import chunks, fetch
from ledger_desk.store.overlay import APART, Differences, Overlay
from ledger_desk.store.queries import Query, Rows

R = TypeVar("R", bound=Record)


class PastRows(Rows):
    """Reads of a past; row numbers are looked up where they are known, not in the views."""

    def __init__(self, connection: Connection, overlay: Overlay) -> None:
        """Read through a connection with something laid over it."""
        super().__init__(connection)
        self.overlay = overlay

    def by_number(self, cls: type[R], numbers: Sequence[int]) -> dict[int, R]:
        """Find records by their row numbers; unknown ones are left out."""
        if not self.overlay.lies_over(cls.TABLE):
            return super().by_number(cls, numbers)
        apart = APART if self.overlay.drawn_apart(cls.TABLE) else 1
        names = ",".join(rowing.columns(cls))
        found: dict[int, R] = {}
        for some in chunks(list(numbers)):
            marks = ",".join("?" * len(some))
            own = [number // apart for number in some if number % apart == 0]
            for sql, values in (
                (f"SELECT {names}, rowid * {apart} FROM main.{cls.TABLE}"
                 f" WHERE rowid IN ({','.join('?' * len(own))})"
                 f" AND id NOT IN (SELECT id FROM temp.past_{cls.TABLE}_seen)", own),
                (f"SELECT {names}, spot * {apart} + nth FROM temp.past_{cls.TABLE}"
                 f" WHERE spot * {apart} + nth IN ({marks})", some),
            ):  # fmt: skip
                for row in fetch(self.connection, sql, values):
                    found[row[-1]] = rowing.to_record(cls, row)
        return {number: found[number] for number in numbers if number in found}


class _Reader:
    """One connection with the past laid over it; used by one thread at a time."""

    def __init__(self, connection: Connection, last: int, step: int) -> None:
        self.connection = connection
        self.turn = threading.Lock()
        self.user: int | None = None  # thread that reads now
        with connection.begin():
            self.overlay = Overlay(connection, last, step)
        self.rows = PastRows(connection, self.overlay)


class Past:
    """A ledger after one of its steps: everything that reads a ledger reads this too.

    Made by `Ledger.as_of` and `Ledger.as_of_day`; close it, or use it as a context manager. Closing
    the ledger closes it too. Threads read beside each other, each over a connection of its own.

    Attributes:
        step: The last step that this past knows.
        path: The ledger's file.
        office: The office, as it called itself then.
        read_only: Always: the past is only looked at.
    """

    read_only = True

    def __init__(
        self, connect: Callable[[], Connection], path: Path, step: int, office: str
    ) -> None:
        """Use `Ledger.as_of`.

        Args:
            connect: Opens a reader's connection that nobody else uses.
            path: The ledger's file, for sentences about it.
            step: The last step that counts.
            office: Id of the ledger's office.

        Raises:
            UserError: There is no such step.
        """
        self.path = path
        self._connect = connect
        self._guard = threading.Lock()
        self._readers: list[_Reader] = []
        self._closed = False
        connection = connect()
        try:
            with self._told(), connection.begin():
                rows = Rows(connection)
                reviewing.step_name(rows, step)
                self.step: StepInfo = reviewing.infos(rows, [step])[step]
                self._last = last_change(connection, step)
        finally:
            connection.close()
        try:
            found = self.get(Office, office)
        except BaseException:
            self.close()
            raise
        assert found is not None  # no step takes a ledger's own office away
        self.office: Office = found

    def __enter__(self) -> Self:
        """Give the past itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the connections and of what was kept in memory; safe to call twice."""
        self._closed = True
        with self._guard:
            readers, self._readers = self._readers, []
        for reader in readers:
            with reader.turn:  # whoever reads now ends first
                reader.connection.close()

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """Read a consistent picture of the past, also inside of another reading of the same thread."""
        me = threading.get_ident()
        with self._guard:
            inside = next((each for each in self._readers if each.user == me), None)
        if inside is not None:
            yield inside.rows
            return
        reader = self._free()
        try:
            reader.user = me
            with self._told(), reader.connection.begin():
                reader.overlay.renew()
                yield reader.rows
        finally:
            reader.user = None
            reader.turn.release()

    def _free(self) -> _Reader:
        """Give a reader that nobody uses, with its turn taken; one more where all are busy."""
        with self._guard:
            if self._closed:
                raise UserError("这一天的账已经关上了。请重新选日期再看。")
            for each in self._readers:
                if each.turn.acquire(blocking=False):
                    return each
            with self._told():
                made = _Reader(self._connect(), self._last, self.step.id)
            made.turn.acquire()
            self._readers.append(made)
            return made

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FAILURES as error:
            raise connecting.explain(error, self.path) from error

    def get(self, cls: type[R], record: str | None) -> R | None:
        """Read one record by id, None when it was not there then."""
        with self.read() as rows:
            return rows.get(cls, record)

    def find(self, query: Query[R], limit: int | None = None) -> list[R]:
        """Read the records of a query."""
        with self.read() as rows:
            return rows.find(query, limit)

    def count(self, query: Query[Any]) -> int:
        """Count the records of a query."""
        with self.read() as rows:
            return rows.count(query)

    def differences(self, cls: type[Record]) -> Differences:
        """Compare the live records of a class with those of the ledger as it is now."""
        with self.read() as rows:
            assert isinstance(rows, PastRows)
            return rows.overlay.differences(cls)


def last_change(connection: Connection, step: int) -> int:
    """Give the id of the last change of a step."""
    sql = "SELECT first + count - 1 FROM step WHERE id = ?"
    return int(connection.exec_driver_sql(sql, (step,)).scalar_one())


def step_of_day(rows: Rows, day: date) -> int:
    """Give the last step that was made up to the end of a day, by the clock of whoever made it.

    Raises:
        UserError: The ledger did not exist yet.
    """
    sql = "SELECT max(id), (SELECT substr(at, 1, 10) FROM step ORDER BY id LIMIT 1) FROM step WHERE substr(at, 1, 10) <= ?"
    step, first = rows.connection.exec_driver_sql(sql, (day.isoformat(),)).one()
    if step is None:
        raise UserError(
            f"{day.isoformat()} 还没有这本账，它是 {first} 建的。请选这天或以后的日期。"
        )
    return int(step)
