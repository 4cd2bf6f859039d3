"""A ledger (账套): one open file, its readers, its one writer, and the door to change it."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from ledger_desk.errors import UserError
from ledger_desk.model.records import Office, Person
from ledger_desk.store import (
    batons,
    chain,
    connecting,
    creating,
    derived,
    locking,
    migrations,
    opening,
    reviewing,
    rowing,
    verifying,
)
from ledger_desk.store.connecting import FAILURES
from ledger_desk.store.journal import Step
from ledger_desk.store.past import Past, step_of_day
from ledger_desk.store.queries import Query, Rows
from ledger_desk.store.retracing import Retracing
from ledger_desk.store.searching.searcher import Searcher


class Ledger(Retracing):
    """One open ledger. Readers never wait; writers take turns inside this process.

    Make one with `create` or `open`; close it, or use it as a context manager.
    """

    def __init__(self, path: Path, found: opening.Found, lock: locking.WriterLock | None) -> None:
        """Use `create` or `open`."""
        self.path, self.read_only, self.key = path, lock is None, found.key
        self._lock = lock
        self._turn = threading.RLock()
        self._replica: str | None = None
        self._writer: Engine | None = None
        self._lifted: Path | None = None
        self._pasts: weakref.WeakSet[Past] = weakref.WeakSet()
        old = found.version < len(migrations.steps())
        if lock is not None:
            self._writer = connecting.make_engine(path, found.key, writer=True)
            if old:
                self._migrate()
            self._renew_index()
        elif old:  # an old file is not written when it is only looked at
            self._lifted = opening.lift(path, found.key)
        self._readers: Engine = connecting.make_engine(
            self._lifted or path, found.key, writer=False, read_only=self.read_only
        )
        self.last_saved: datetime | None = None
        self.fresh_ids: rowing.IdSource = (
            rowing.fresh_ids
        )  # a practice ledger draws them from its seed
        self.searching = Searcher(self.read)
        with self.read() as rows:
            office = rows.get(Office, self._meta(rows).get("office"))
            if office is None:
                raise UserError(f"“{path.name}”缺了单位信息，可能损坏。请用备份还原。")
            self.office: Office = office

    # -- opening and closing ------------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, *, office: Office, person: Person | None = None, password: str | None = None,
        practice: bool = False,
    ) -> Ledger:  # fmt: skip
        """Make a new ledger file for an office and open it.

        Raises:
            UserError: The file exists already, or the folder cannot be written.
        """
        creating.create(
            Path(path), office=office, person=person, password=password, practice=practice
        )
        return cls.open(path, password=password)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        password: str | None = None,
        read_only: bool = False,
        recovery_key: str | None = None,
    ) -> Ledger:
        """Open a ledger; an older one is backed up and brought up to date first.

        Raises:
            UserError: Missing, damaged, wrong password, too new, or being written elsewhere.
        """
        path = Path(path)
        found = opening.inspect(path, password, recovery_key)
        if read_only or found.read_only:
            return cls(path, found, None)
        lock = locking.WriterLock(path)
        lock.take()
        try:
            if found.hollow:
                cls._bring_back(path, found)
            return cls(path, found, lock)
        except BaseException:
            lock.release()
            raise

    @staticmethod
    def _bring_back(path: Path, found: opening.Found) -> None:
        """Put back what a backup that was copied here by hand has left in the library beside it."""
        from ledger_desk.store import backups, refilling  # late: hardly ever wanted

        with suppress(OSError, *FAILURES):  # as much as could be; the rest stays named in the file
            refilling.fill(path, found.key, [path.resolve().parent, backups.folder_of(path)])

    def close(self) -> None:
        """Close all connections and let others write; safe to call twice."""
        if self._writer is not None and self._replica is not None:
            batons.put(self.path, self._replica, self.head())
        self._replica = None
        for past in list(self._pasts):
            past.close()
        self.searching.close()
        self._readers.dispose()
        if self._lifted is not None:
            opening.drop(self._lifted)
        if self._writer is not None:
            self._writer.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        """Give the ledger itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _migrate(self) -> None:
        from ledger_desk.store import backups  # late: backups open ledgers themselves

        assert self._writer is not None
        backups.back_up_file(self.path, self.key, why="升级前")
        raw = self._writer.raw_connection()
        try:
            migrations.migrate(raw.driver_connection)
        finally:
            raw.close()
        with self._writer.begin() as connection:
            creating.reseal(connection)

    def _renew_index(self) -> None:
        """Make the computed index anew where it was computed in an older way."""
        assert self._writer is not None
        with self._writer.begin() as connection:
            kept = connection.exec_driver_sql(
                "SELECT value FROM meta WHERE key = ?", (derived.KEY,)
            ).scalar()
            if kept != derived.VERSION:
                derived.rebuild(connection)
                creating.set_meta(connection, {derived.KEY: derived.VERSION})

    # -- reading -------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """Read a consistent picture; a write going on at the same time is not seen and not waited for."""
        try:
            with (
                self.searching.turns.reading(),
                self._readers.connect() as connection,
                connection.begin(),
            ):
                yield Rows(connection, self.searching)
        except FAILURES as error:
            raise connecting.explain(error, self.path) from error

    def meta(self, key: str) -> str | None:
        """One of the ledger's particulars: office, practice, created, person and so on."""
        with self.read() as rows:
            return self._meta(rows).get(key)

    @staticmethod
    def _meta(rows: Rows) -> dict[str, str]:
        return {
            row[0]: row[1] for row in rows.connection.exec_driver_sql("SELECT key, value FROM meta")
        }

    @property
    def practice(self) -> bool:
        """Whether this is a practice ledger (练习账套)."""
        return self.meta("practice") == "1"

    @property
    def person(self) -> Person | None:
        """Who is working now."""
        with self.read() as rows:
            return rows.get(Person, self._meta(rows).get("person"))

    def work_as(self, person: str | None) -> None:
        """Say who is working now (id of a person of this ledger)."""
        with self._writing() as connection:
            creating.set_meta(connection, {"person": person})

    def as_of(self, step: int) -> Past:
        """Give the ledger as it was after a step, to be looked at; close it after use.

        Raises:
            UserError: There is no such step.
        """
        past = Past(self._apart, self.path, step, self.office.id)
        self._pasts.add(past)
        return past

    def _apart(self) -> Connection:
        """Open a reader's connection whose memory is nobody else's business."""
        connection = self._readers.connect()
        connection.detach()
        return connection

    def as_of_day(self, day: date) -> Past:
        """Give the ledger as it was at the end of a day.

        Raises:
            UserError: It did not exist yet.
        """
        with self.read() as rows:
            step = step_of_day(rows, day)
        return self.as_of(step)

    # -- writing -------------------------------------------------------------------------------

    @contextmanager
    def _writing(self, *, keep: bool = True) -> Iterator[Any]:
        if self._writer is None:
            raise UserError(
                f"“{self.path.name}”是只看方式打开的，不能改。要改动请用通常方式重新打开。"
            )
        with self._turn:
            try:
                with self._writer.connect() as connection:
                    transaction = connection.begin()
                    try:
                        yield connection
                    except BaseException:
                        transaction.rollback()
                        raise
                    if keep:
                        transaction.commit()
                        self.last_saved = datetime.now().astimezone()
                    else:
                        transaction.rollback()
            except IntegrityError as error:
                raise UserError(reviewing.explain_clash(error)) from error
            except FAILURES as error:
                raise connecting.explain(error, self.path) from error

    def _replica_now(self, connection: Any) -> str:
        """Replica id for this write; settled at the first write after opening (`decisions.md` 2)."""
        if self._replica is None:
            meta = dict(connection.exec_driver_sql("SELECT key, value FROM meta").all())
            head = connection.exec_driver_sql(
                "SELECT hash FROM step ORDER BY id DESC LIMIT 1"
            ).scalar()
            self._replica = batons.take(
                self.path, str(meta.get("replica")), str(head or chain.START)
            )
            if self._replica != meta.get("replica"):
                creating.set_meta(connection, {"replica": self._replica})
        return self._replica

    @contextmanager
    def step(self, name: str, kind: str = "edit", *, undoes: int | None = None) -> Iterator[Step]:
        """Make one named journal step; all of it is written at the end, or nothing.

        A step without a change is not recorded (``result`` stays None).
        """
        before = self._replica
        try:
            with self._writing() as connection:
                person = connection.exec_driver_sql(
                    "SELECT value FROM meta WHERE key = 'person'"
                ).scalar()
                step = Step(connection, name, kind, person, self._replica_now(connection))
                step.fresh_ids = self.fresh_ids
                with closing(step):
                    yield step
                    step.finish(undoes)
        except BaseException:
            self._replica = before  # a minted id that was rolled back does not exist
            raise

    @contextmanager
    def rehearse(self) -> Iterator[Step]:
        """Make a step that is always rolled back: the dry run that is the real run."""
        with (
            self._writing(keep=False) as connection,
            closing(Step(connection, "试装", "rehearsal", None, "rehearsal")) as step,
        ):
            yield step

    # -- checking, single reads -----------------------------------------------------------------

    def head(self) -> str:
        """Hash of the newest step, printed on signed pages and backups."""
        with self.read() as rows:
            found = rows.connection.exec_driver_sql(
                "SELECT hash FROM step ORDER BY id DESC LIMIT 1"
            ).scalar()
            return str(found or chain.START)

    def verify(self, head: str | None = None) -> list[str]:
        """Verify file, chain, particulars and rows; Chinese findings, empty when all is well."""
        try:
            with self.read() as rows:
                return verifying.verify(rows.connection, head)
        except UserError as error:  # too damaged to be read to the end
            return [str(error)]

    def get(self, cls: Any, record: str | None) -> Any:
        """Read one record by id, None when unknown."""
        with self.read() as rows:
            return rows.get(cls, record)

    def find(self, query: Query[Any], limit: int | None = None) -> list[Any]:
        """Read the records of a query."""
        with self.read() as rows:
            return rows.find(query, limit)

    def count(self, query: Query[Any]) -> int:
        """Count the records of a query."""
        with self.read() as rows:
            return rows.count(query)
