"""The register of files that left the ledger (传出登记): when, by whom, what for, how many rows.

Each entry is a record made in a step of its own kind, so that undo never takes it back: a file
that has left cannot be called back. Sources: `product.md` §6, `peers.md` §A.2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ledger_desk.errors import UserError
from ledger_desk.model.exchanging import Destination, Dispatch
from ledger_desk.model.records import Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where

KIND = "dispatch"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Leaving:
    """What is known of a file that leaves.

    Attributes:
        content: What it is: 经营主体名单, the title of a form, 错误反馈 …
        rows: Rows of data in it; None where that says nothing (a backup).
        destination: Id of a destination record, or None.
        receiver: To whom, in words; empty: the name of the destination.
        purpose: What for.
        private: 遮盖, 照写 or 不给; None where there is no personal data to speak of.
    """

    content: str
    rows: int | None = None
    destination: str | None = None
    receiver: str = ""
    purpose: str = ""
    private: str | None = None


@dataclass(frozen=True)
class Registered:
    """The outcome: the entry's id, or why there is none, in a sentence for the person."""

    record: str | None
    why: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the register as a list shows it."""

    dispatch: Dispatch
    person: str
    destination: str


def register(
    ledger: Ledger, path: Path, leaving: Leaving, at: datetime | None = None
) -> Registered:
    """Enter a file that has just been written; the file stays, whatever comes of it.

    Args:
        ledger: Whose data the file holds.
        path: The file as it was written.
        leaving: What it is, for whom and what for.
        at: When; None: now.
    """
    return register_all(ledger, [path], leaving, at)


def register_all(
    ledger: Ledger, paths: Sequence[Path], leaving: Leaving, at: datetime | None = None
) -> Registered:
    """Enter files that were written together (a form as .xlsx and as PDF) in one step."""
    if ledger.read_only:
        return Registered(None, "账套是只看方式打开的，这次传出没有记进传出登记。请自己记一笔。")
    paths = [Path(path).absolute() for path in paths]
    moment = at or datetime.now()
    record: str | None = None
    try:
        hashes = [file_hash(path) for path in paths]
        person = ledger.person
        with ledger.step(_name(paths, leaving), kind=KIND) as step:
            receiver = leaving.receiver.strip()
            if leaving.destination and not receiver:
                held = step.rows.get(Destination, leaving.destination)
                receiver = held.title if held is not None else ""
            for path, told in zip(paths, hashes, strict=True):
                record = step.create(
                    Dispatch(
                        day=moment.date(), time=f"{moment:%H:%M:%S}", file=path.name,
                        folder=str(path.parent), content=leaving.content or None,
                        destination=leaving.destination, receiver=receiver or None,
                        purpose=leaving.purpose.strip() or None,
                        person=person.id if person is not None else None, rows=leaving.rows,
                        private=leaving.private, hash=told,
                    )
                )  # fmt: skip
    except (UserError, OSError) as error:
        why = str(error) if isinstance(error, UserError) else "文件写好后读不出来。"
        return Registered(None, f"文件写好了，传出登记没有记上：{why}")
    return Registered(record)


def listing(ledger: Ledger, limit: int | None = None) -> list[Entry]:
    """Give the register, the latest first."""
    query = Query(Dispatch, sort=(("day", True), ("time", True)))
    with ledger.read() as rows:
        found = rows.find(query, limit)
        people = rows.many(Person, [d.person for d in found if d.person])
        places = rows.many(Destination, [d.destination for d in found if d.destination])
    return [
        Entry(
            dispatch,
            people[dispatch.person].title if dispatch.person in people else "",
            places[dispatch.destination].title if dispatch.destination in places else "",
        )
        for dispatch in found
    ]


def destination_named(ledger: Ledger, name: str) -> Destination | None:
    """Find the live destination of a name, None if there is none."""
    found = ledger.find(Query(Destination, (Where("name", "=", name.strip()),)), 1)
    return found[0] if found else None


def file_hash(path: Path) -> str:
    """SHA-256 of a file in hexadecimal, as ``sha256sum`` and other programs give it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _name(paths: Sequence[Path], leaving: Leaving) -> str:
    files = "、".join(path.name for path in paths)
    return f"传出 {files}" + (f"：{leaving.rows:,} 行" if leaving.rows is not None else "")
