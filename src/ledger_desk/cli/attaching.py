"""``attach``, ``attachments``: files into a firm's dossier, and out of it again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli, files
from ledger_desk.cli import opening
from ledger_desk.cli.firms import FIRM, find_firm
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer, table
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.store.attachments import Held


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add both commands."""
    attach = add_command(
        adder, "attach", "把文件收进一户的档案（附件）", put_in,
        more="记为一步，可以撤销；照片会缩小。这一户已经有的（内容一样）不再收。",
    )  # fmt: skip
    attach.add_argument("firm", type=filled, metavar="主体", help=FIRM)
    attach.add_argument("files", nargs="+", type=filled, metavar="文件", help="要收进来的文件")
    attach.add_argument(
        "--kind", type=filled, metavar="类型", help="资料类型，例如 营业执照（默认看文件名认）"
    )
    show = add_command(
        adder, "attachments", "列出一户的附件，或者另存出来", show_files,
        more="另存出来的记入传出登记。",
    )  # fmt: skip
    show.add_argument("firm", type=filled, metavar="主体", help=FIRM)
    show.add_argument(
        "--save", type=filled, metavar="文件夹", help="把附件都另存到这个文件夹，不盖掉已有的文件"
    )


def put_in(given: argparse.Namespace, printer: Printer) -> int:
    """Take files in."""
    from ledger_desk.exchange import attaching
    from ledger_desk.model.records import Attachment

    paths = [Path(file) for file in given.files]
    with opening.open_to_write(given) as ledger:
        with ledger.read() as rows:
            firm = find_firm(rows, given.firm)
        made = attaching.attach(ledger, firm, paths, kind=given.kind, progress=printer.progress)
        with ledger.read() as rows:
            held = rows.many(Attachment, made)
    lines = [f"收进 {len(made)} 个附件" + ("，可用 undo 撤销：" if made else "。")]
    lines += [
        f"  {held[each].kind}  {held[each].name}  {attaching.size_words(held[each].size or 0)}"
        for each in made
    ]
    had = len(paths) - len(made)
    if had:
        lines.append(f"另有 {had} 个这一户已经有了，没有再收。")
    data = {"firm": firm, "attachments": [_json(held[each]) for each in made], "had": had}
    printer.show(data, *lines)
    return cli.DONE


def show_files(given: argparse.Namespace, printer: Printer) -> int:
    """List the files of a firm, or write copies of them."""
    from ledger_desk.exchange import attaching
    from ledger_desk.store import attachments

    note, saved = "", list[Path]()
    with opening.open_to_register(given) if given.save else opening.open_to_read(given) as ledger:
        with ledger.read() as rows:
            firm = find_firm(rows, given.firm)
            found = attachments.listing(rows, firm)
        if given.save and found:
            some = [held.attachment for held in found]
            saved = attaching.free_paths(_folder(Path(given.save)), some)
            note = attaching.give_out(ledger, some, saved, progress=printer.progress).why
    lines = _lines(found) if found else ["这一户还没有附件。"]
    if saved:
        lines.append(f"已另存 {len(saved)} 个到：{Path(given.save)}")
    data = {
        "firm": firm,
        "attachments": [
            _json(held.attachment) | {"person": held.person, "at": held.at.isoformat() if held.at else None}
            for held in found
        ],
        "saved": [str(path) for path in saved],
        "note": note,
    }  # fmt: skip
    printer.show(data, *lines, *([note] if note else []))
    return cli.DONE


def _folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"文件夹“{folder}”建不了：{files.reason(error)}。请换一个文件夹。"
        ) from error
    return folder


def _lines(found: list[Held]) -> list[str]:
    from ledger_desk.exchange.attaching import size_words

    rows = [
        (
            held.attachment.kind or "", size_words(held.attachment.size or 0),
            held.at.date().isoformat() if held.at else "", held.person or "",
            str(held.attachment.hash or "")[:8], held.attachment.name or "",
        )
        for held in found
    ]  # fmt: skip
    return table(("资料类型", "大小", "收进日期", "经手人", "校验", "资料名称"), rows)


def _json(attachment: Any) -> dict[str, Any]:
    return {
        "id": attachment.id, "kind": attachment.kind, "name": attachment.name,
        "day": attachment.day.isoformat() if attachment.day else None, "size": attachment.size,
        "media": attachment.media, "sha256": attachment.hash, "original": attachment.original,
        "note": attachment.note, "on_table": attachment.on_table, "on_record": attachment.on_record,
    }  # fmt: skip
