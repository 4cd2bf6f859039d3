"""``bank-books`` and ``read-banks``: workbooks for banks out, the returned ones in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer

if TYPE_CHECKING:
    from ledger_desk.work.reading_back import FileRead, ReadBack

_FEW = 20  # rows that need a word, listed for people; JSON has all


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the two commands."""
    give = add_command(
        adder, "bank-books", "给每家银行写一份推荐企业回填表", write,
        more="没有写批次时，每家银行一份，不予授信和企业放弃的不写。每份都记入传出登记，文件夹里原有的文件不会盖掉。",
    )  # fmt: skip
    give.add_argument("folder", type=filled, metavar="文件夹", help="写到这个文件夹")
    give.add_argument(
        "--batch", action="append", default=[], type=filled, metavar="批次号",
        help="只写这一批，例如 推送2026-0001；可以写几个",
    )  # fmt: skip
    give.add_argument("--full", action="store_true", help="联系电话不遮盖")
    take = add_command(
        adder, "read-banks", "读回银行填好的回填表，一个文件夹里的一次读完", read,
        more="全部是一步，可以整步撤销；空格不会清掉账上的内容；有存疑、有错的行或读不了的文件时退出码为 1。",
    )  # fmt: skip
    take.add_argument("folder", type=filled, metavar="文件夹", help="银行发回的表所在的文件夹")
    take.add_argument("--dry-run", action="store_true", help="只看会怎样，不写进账里")
    take.add_argument(
        "--errors", action="store_true",
        help="把有错、存疑的写在各家银行来表的副本上，放进“校验结果”文件夹",
    )  # fmt: skip


def write(given: argparse.Namespace, printer: Printer) -> int:
    """Write the workbooks."""
    from ledger_desk.work import bank_books

    with opening.open_to_register(given) as ledger:
        batches = [bank_books.batch_named(ledger, number) for number in given.batch]
        made = bank_books.write_books(
            ledger, Path(given.folder), bank_books.referrals_of(ledger, batches),
            private=given.full, progress=printer.progress,
        )  # fmt: skip
    printer.show(
        {
            "books": [
                {"bank": b.bank, "rows": b.rows, "out": str(b.path)} for b in made.books
            ],
            "rows": made.rows, "remarks": list(made.remarks),
        },
        f"已写出 {len(made.books)} 家银行的回填表，共 {made.rows:,} 户：",
        *(f"  {b.bank}　{b.rows:,} 户　{b.path}" for b in made.books), *made.remarks,
    )  # fmt: skip
    return cli.DONE


def read(given: argparse.Namespace, printer: Printer) -> int:
    """Read a folder, or say what reading it would do."""
    from ledger_desk.exchange.bank_books.opening import files_in
    from ledger_desk.work import reading_back

    paths = files_in(Path(given.folder))
    with opening.open_to_write(given) as ledger:
        files = reading_back.open_files(paths, printer.progress)
        if given.dry_run:
            result = reading_back.look(ledger, files, printer.progress)
        else:
            result = reading_back.apply(ledger, files, progress=printer.progress)
        written = [
            reading_back.write_errors(ledger, one, taken=not given.dry_run)
            for one in result.files
            if given.errors and one.result.needs_attention
        ]
    data, lines = _json(result, dry_run=given.dry_run), _lines(result, dry_run=given.dry_run)
    told = [each for each in written if each is not None]
    data["errors"] = [str(each.path) for each in told]
    lines += [each.sentence for each in told]
    printer.show(data, *lines)
    return cli.ATTENTION if result.needs_attention else cli.DONE


def _json(result: ReadBack, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run, **result.counts,
        "step": None if result.step is None else result.step.id,
        "files": [
            {"bank": one.bank, "why": one.why, "again": one.again, **one.result.as_json()}
            for one in result.files
        ],
    }  # fmt: skip


def _lines(result: ReadBack, *, dry_run: bool) -> list[str]:
    lines = []
    for one in result.files:
        said = one.why or f"{one.bank}　{_counts(one)}"
        lines.append(f"{one.name}：{said}")
        lines += [f"  {one.again}。"] if one.again else []
        lines += _rows(one)
    step = "" if result.step is None else f"（第 {result.step.id} 步，可以撤销）"
    head = "试读" if dry_run else "已读回"
    lines.append(f"{head} {len(result.files)} 份：{result.summary()}{step}")
    return lines


def _counts(one: FileRead) -> str:
    """The fates that there are: 变更 2、相同 4."""
    from ledger_desk.exchange.results import FATES

    some = [f"{FATES[fate]} {count}" for fate, count in one.result.counts.items() if count]
    return "、".join(some) or "一行都没有"


def _rows(one: FileRead) -> list[str]:
    some = one.result.fates("wrong", "doubtful")
    lines = [f"  第 {row.row} 行 {row.title}：{row.reason}" for row in some[:_FEW]]
    if len(some) > _FEW:
        lines.append(f"  …… 另有 {len(some) - _FEW:,} 行，用 --json 可看全部。")
    return lines
