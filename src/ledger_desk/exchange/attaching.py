"""Files taken into the ledger and given out again (附件); photographs are made smaller on the way.

Sources: `product.md` §3 (20 MB each, named, hashed), `decisions.md` 6.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.exchange.dispatching import Leaving, Registered, register_all
from ledger_desk.exchange.ways import IN_FULL
from ledger_desk.model.fields import Record
from ledger_desk.model.records import BY_TABLE, Attachment, Enterprise
from ledger_desk.progress import Progress, silent
from ledger_desk.store import blobs
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.workbook import pictures

MOST_BYTES = 20 * 1024 * 1024
# What a file is called tells what it is likely to be; the person may say otherwise.
_WORDS = (
    ("营业执照", ("营业执照", "执照")),
    ("征信授权书", ("征信授权", "征信查询")),
    ("信息查询授权书", ("授权",)),
    ("身份证件", ("身份证",)),
    ("财务报表", ("财务", "报表", "资产负债", "利润表")),
    ("合同", ("合同", "协议")),
    ("权属证明", ("不动产", "房产证", "产权", "土地证")),
    ("签字页", ("签字", "签名")),
)
_PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")


@dataclass(frozen=True)
class Taken:
    """One file that was read and is ready to be put into the ledger."""

    name: str
    kind: str
    data: bytes
    media: str
    original: str
    day: date | None
    reduced_from: int

    @property
    def told(self) -> str:
        """How large it is, and what it was before."""
        size = size_words(len(self.data))
        return f"{size}（原 {size_words(self.reduced_from)}）" if self.reduced_from else size


def size_words(count: int) -> str:
    """Say a number of bytes: ``812 KB``, ``3.4 MB``."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def take(path: Path) -> Taken:
    """Read a file from the disk as an attachment.

    Raises:
        UserError: It is missing, empty, too large, or a damaged picture.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹。请选里面的文件。")
        if size > MOST_BYTES * 4:  # a photograph may become small enough, a film will not
            raise UserError(_too_large(path.name, size))
        data = path.read_bytes()
        changed = date.fromtimestamp(path.stat().st_mtime)
    except OSError as error:
        raise UserError(
            f"“{path.name}”读不出来（{files.reason(error)}）。请换个地方再选。"
        ) from error
    if not data:
        raise UserError(f"“{path.name}”是空的，没有内容。请核对后重新选。")
    picture = pictures.reduce(data, path.name)
    kept = data if picture is None else picture.data
    if len(kept) > MOST_BYTES:
        raise UserError(_too_large(path.name, len(kept)))
    suffix = path.suffix.lower() if kept is data or picture is None else picture.suffix
    name = path.name if kept is data else path.stem + suffix
    media = mimetypes.guess_type("x" + suffix)[0] or "application/octet-stream"
    original = "" if kept is data else hashlib.sha256(data).hexdigest()
    return Taken(name, _kind(path), kept, media, original, changed, len(data) if original else 0)


def _too_large(name: str, size: int) -> str:
    return (
        f"“{name}”有 {size_words(size)}，超过每个附件 20 MB 的上限，没有收进来。"
        "请分成几个文件，或者用看图软件压小再选。"
    )


def _kind(path: Path) -> str:
    for kind, words in _WORDS:
        if any(word in path.stem for word in words):
            return kind
    return "走访照片" if path.suffix.lower() in _PHOTOS else "其他"


def attach(
    ledger: Ledger,
    enterprise: str,
    paths: Sequence[Path],
    *,
    kind: str | None = None,
    on: tuple[str, str] | None = None,
    progress: Progress = silent,
) -> list[str]:
    """Put files into a firm's file, or onto a record, as one step; all of them or none.

    A file that the firm has already, by its content, is not put in again.

    Args:
        ledger: Where to.
        enterprise: Id of the firm; '' where the record belongs to none.
        paths: The files.
        kind: 资料类型; None: told from each name.
        on: (table, id) of the record that they belong to.
        progress: May cancel; nothing is kept then.

    Returns:
        Ids of the new attachments, in order.

    Raises:
        UserError: One of them cannot be taken in; the sentence names it.
    """
    taken = []
    for number, path in enumerate(paths):
        progress(number, len(paths), f"收附件“{path.name}”")
        taken.append(take(path))
    table, record = on or (None, None)
    of_whom = (
        Where("enterprise", "=", enterprise) if enterprise else Where("on_record", "=", record)
    )
    query = Query(Attachment, (of_whom,))
    with ledger.read() as rows:
        had = {found.hash for found in rows.find(query)} | {
            found.original for found in rows.find(query) if found.original
        }
        firm: Record | None = rows.get(Enterprise, enterprise)
        if firm is None and table is not None:
            firm = rows.get(BY_TABLE[table], record)
    title = firm.title if firm is not None else ""
    made: list[str] = []
    with ledger.step(f"收附件：{title}", kind="attach") as step:
        for one in taken:
            found = blobs.keep(step, one.data)
            if found in had or one.original in had:
                continue
            had.add(found)
            made.append(
                step.create(
                    Attachment(
                        enterprise=enterprise or None, on_table=table, on_record=record,
                        kind=kind or one.kind, name=one.name, day=one.day, size=len(one.data),
                        media=one.media, hash=found, original=one.original or None,
                    )
                )
            )  # fmt: skip
    return made


def content(ledger: Ledger, attachment: Attachment) -> bytes:
    """Give the bytes of an attachment.

    Raises:
        UserError: They are lost or damaged.
    """
    with ledger.read() as rows:
        return blobs.read(rows, str(attachment.hash), attachment.title)


def save_as(ledger: Ledger, attachment: Attachment, path: Path) -> None:
    """Write an attachment to a file; whole or not at all.

    Raises:
        UserError: It cannot be read or written.
    """
    files.atomic_write(path, content(ledger, attachment))


def give_out(
    ledger: Ledger,
    attachments: Sequence[Attachment],
    paths: Sequence[Path],
    *,
    receiver: str = "",
    purpose: str = "",
    progress: Progress = silent,
) -> Registered:
    """Write attachments to files, and enter them in the register of files that left.

    Args:
        ledger: Where they are.
        attachments: Which.
        paths: Where each goes; a file that stands there is replaced.
        receiver: To whom, in words.
        purpose: What for.
        progress: May cancel; what was written by then is entered.

    Raises:
        UserError: One cannot be read or written; those before it are written and entered.
    """
    written: list[Path] = []
    kinds = "、".join(dict.fromkeys(str(each.kind) for each in attachments if each.kind))
    left = Leaving(f"附件：{kinds}", None, None, receiver, purpose, IN_FULL)
    try:
        for place, (attachment, path) in enumerate(zip(attachments, paths, strict=True)):
            progress(place, len(paths), f"另存“{path.name}”")
            save_as(ledger, attachment, path)
            written.append(path)
    except BaseException:
        if written:
            register_all(ledger, written, left)
        raise
    return register_all(ledger, written, left)


def free_paths(folder: Path, attachments: Sequence[Attachment]) -> list[Path]:
    """Give a name in a folder for each attachment, so that nothing is written over."""
    taken: set[str] = set()
    paths = []
    for attachment in attachments:
        wanted = folder / files.safe_name(attachment.title)
        path, number = wanted, 2
        while path.exists() or path.name.casefold() in taken:
            path = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
            number += 1
        taken.add(path.name.casefold())
        paths.append(path)
    return paths
