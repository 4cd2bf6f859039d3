"""Making a new ledger file, and its particulars under their seal."""

from __future__ import annotations

import contextlib
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from ledger_desk import __version__, files
from ledger_desk.errors import UserError
from ledger_desk.model.records import Office, Person
from ledger_desk.store import batons, chain, connecting, derived, migrations, opening, passwords
from ledger_desk.store.journal import Step

_LONGEST_NAME = 200  # bytes: the log, the lock and the backups beside the file add to it


def create(
    path: Path, *, office: Office, person: Person | None, password: str | None, practice: bool
) -> None:
    """Write a new ledger whose first step is 建账; it appears whole or not at all.

    Raises:
        UserError: The file exists, or the folder is missing or cannot be written.
    """
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise UserError(f"“{path.name[:20]}…”没有建成：文件名太长。请控制在 60 个汉字以内。")
    try:
        if path.exists() or path.is_symlink():
            raise UserError(f"“{path.name}”已经有了。请换一个文件名，或直接打开它。")
        if not path.parent.is_dir():
            raise UserError(f"文件夹“{path.parent}”不存在。请先建好文件夹，或换一个地方。")
    except OSError as error:
        raise UserError(
            f"“{path.name}”没有建成：{files.reason(error)}。请换一个文件名或文件夹。"
        ) from error
    temp = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
    key = passwords.new_key(password) if password else None
    try:
        raw = driver.connect(str(temp), isolation_level=None)
        try:
            connecting.set_key(raw, key)
            raw.execute(f"PRAGMA application_id = {opening.MARK}")
            migrations.migrate(raw)
        finally:
            raw.close()
        _first_step(temp, key, office, person, practice)
        with temp.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(temp, path)
    except driver.Error as error:
        raise connecting.explain(error, path) from error
    except OSError as error:
        raise UserError(
            f"“{path.name}”没有建成：{files.reason(error)}。请换一个文件名或文件夹。"
        ) from error
    finally:
        for tail in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                temp.with_name(temp.name + tail).unlink()


def _first_step(
    path: Path, key: str | None, office: Office, person: Person | None, practice: bool
) -> None:
    engine = connecting.make_engine(path, key, writer=True)
    try:
        with engine.begin() as connection:
            replica = batons.mint()
            step = Step(connection, f"建账：{office.title}", "create", None, replica)
            office_id = step.create(office)
            person_id = step.create(person) if person is not None else None
            step.finish()
            set_meta(
                connection,
                {
                    "ledger": secrets.token_hex(16),
                    "replica": replica,
                    "office": office_id,
                    "person": person_id,
                    "practice": "1" if practice else "0",
                    "created": datetime.now().astimezone().isoformat(),
                    "program": __version__,
                    "min_reader": str(migrations.MIN_READER),
                    derived.KEY: derived.VERSION,
                },
            )
    finally:
        engine.dispose()


def set_meta(connection: Any, values: dict[str, str | None]) -> None:
    """Set particulars and renew the seal over all of them."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
        [(k, v) for k, v in values.items()],
    )
    reseal(connection)


def reseal(connection: Any) -> None:
    """Renew the seal after particulars were set."""
    meta = dict(connection.exec_driver_sql("SELECT key, value FROM meta").all())
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('seal', ?)", (chain.seal(meta),)
    )
