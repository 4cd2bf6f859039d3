"""A ledger (账套): one open file, its readers, its one writer, and the door to change it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from ledger_desk.errors import UserError
from ledger_desk.model.records import Office, Person
from ledger_desk.store import (
    batons,
    chain,
    connecting,
    creating,
    locking,
    migrations,
    opening,
    reviewing,
    undoing,
    verifying,
)
from ledger_desk.store.connecting import FAILURES
from ledger_desk.store.journal import Step, StepInfo
from ledger_desk.store.queries import Query, Rows
from ledger_desk.store.reviewing import Change, HistoryItem
from ledger_desk.store.undoing import UndoPlan


class Ledger:
    """One open ledger. Readers never wait; writers take turns inside this process.

    Make one with `create` or `open`; close it, or use it as a context manager.
    """

    def __init__(self, path: Path, found: opening.Found, lock: locking.WriterLock | None) -> None:
        """Use `create` or `open`."""
        self.path, self.read_only, self.key = path, lock is None, found.key
        self._lock = lock
        self._turn = threading.RLock()
        self._replica: str | None = None
        immutable = lock is None and not _writable(path.parent)
        self._readers: Engine = connecting.make_engine(
            path, found.key, writer=False, immutable=immutable
        )
        self._writer: Engine | None = None
        if lock is not None:
            self._writer = connecting.make_engine(path, found.key, writer=True)
            if found.version < len(migrations.steps()):
                self._migrate()
        self.last_saved: datetime | None = None
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
            return cls(path, found, lock)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close all connections and let others write; safe to call twice."""
        if self._writer is not None and self._replica is not None:
            batons.put(self.path, self._replica, self.head())
        self._replica = None
        self._readers.dispose()
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

    # -- reading -------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """Read a consistent picture; a write going on at the same time is not seen and not waited for."""
        try:
            with self._readers.connect() as connection, connection.begin():
                yield Rows(connection)
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
                yield step
                step.finish(undoes)
        except BaseException:
            self._replica = before  # a minted id that was rolled back does not exist
            raise

    @contextmanager
    def rehearse(self) -> Iterator[Step]:
        """Make a step that is always rolled back: the dry run that is the real run."""
        with self._writing(keep=False) as connection:
            step = Step(connection, "试装", "rehearsal", None, "rehearsal")
            yield step

    # -- history -------------------------------------------------------------------------------

    def log(self, limit: int = 200, before: int | None = None) -> list[StepInfo]:
        """List steps, newest first."""
        with self.read() as rows:
            return reviewing.log(rows, limit, before)

    def changes(self, step: int, limit: int = 1000) -> list[Change]:
        """List the changes of one step with stored values turned into values."""
        with self.read() as rows:
            return reviewing.changes(rows, step, limit)

    def history(self, record: str, field: str | None = None) -> list[HistoryItem]:
        """History of a record, or of one of its fields: who, when, from what to what; newest first."""
        with self.read() as rows:
            return reviewing.history(rows, record, field)

    def undo_name(self) -> str | None:
        """Name of the step that undo would take back."""
        with self.read() as rows:
            done, _ = undoing.stacks(rows.connection)
            return reviewing.step_name(rows, done[-1]) if done else None

    def redo_name(self) -> str | None:
        """Name of the step that redo would do again."""
        with self.read() as rows:
            _, undone = undoing.stacks(rows.connection)
            return reviewing.step_name(rows, undone[-1]) if undone else None

    def plan_undo(self, step: int | None = None, *, force: bool = False) -> UndoPlan:
        """Say what taking back a step (default: the last) would restore and keep."""
        with self.read() as rows:
            return undoing.plan_undo(rows.connection, step or self._last_done(rows), force=force)[0]

    @staticmethod
    def _last_done(rows: Rows) -> int:
        done, _ = undoing.stacks(rows.connection)
        if not done:
            raise UserError("没有可以撤销的步骤。")
        return done[-1]

    def undo(self, step: int | None = None, *, force: bool = False) -> StepInfo:
        """Take back a step (default: the last); itself a step, so it can be done again.

        Raises:
            UserError: Nothing to take back, or everything of the step was edited since.
        """
        with self.read() as rows:
            target = step or self._last_done(rows)
            name = reviewing.step_name(rows, target)
        with self.step(f"撤销：{name}", "undo", undoes=target) as made:
            plan, moves = undoing.plan_undo(made.rows.connection, target, force=force)
            undoing.carry_out(made, moves)
        if made.result is None:
            why = f"{len(plan.kept)} 条后来都改过" if plan.kept else "它没有留下改动"
            raise UserError(
                f"“{name}”没有撤销：{why}。可以逐条看修改记录，或选择连后来的改动一起撤销。"
            )
        return made.result

    def redo(self) -> StepInfo:
        """Do again what was taken back last.

        Raises:
            UserError: Nothing to do again.
        """
        with self.read() as rows:
            _, undone = undoing.stacks(rows.connection)
            if not undone:
                raise UserError("没有可以重做的步骤。")
            name = reviewing.step_name(rows, undone[-1])
        with self.step(f"重做：{name}", "redo", undoes=undone[-1]) as made:
            _, moves = undoing.plan_redo(made.rows.connection, undone[-1])
            undoing.carry_out(made, moves)
        if made.result is None:
            raise UserError(f"“{name}”没有重做：撤销以后这些内容都改过了。")
        return made.result

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

    # -- single reads, for callers that need one thing -------------------------------------------

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


def _writable(folder: Path) -> bool:
    import os

    return os.access(folder, os.W_OK)
