"""``import``: tables in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer, some
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.exchange.results import ImportResult
    from ledger_desk.store.ledger import Ledger

_MOST_ROWS = 10_000  # rows that JSON lists; the counts always count all


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    take = add_command(
        adder, "import", "装入表格：.xlsx .xls .csv 等", import_file,
        more="整个文件是一步，可以整步撤销；有存疑或有错的行时退出码为 1。",
    )  # fmt: skip
    take.add_argument("file", type=filled, metavar="文件", help="要装入的表格")
    take.add_argument(
        "--as",
        dest="kind",
        type=filled,
        metavar="种类",
        help="当作什么装入：经营主体、工作台帐、银行、人员……（默认自己认）",
    )
    take.add_argument(
        "--sheet", type=filled, metavar="工作表", help="只读这张工作表（默认选列最对得上的）"
    )
    take.add_argument("--sender", type=filled, metavar="单位", help="来表单位（默认自己认）")
    take.add_argument(
        "--header", type=header_rows, metavar="行", help="表头在第几行，几行的写 3-4，没有表头写 0"
    )
    take.add_argument(
        "--errors",
        type=filled,
        metavar="文件",
        help="把校验结果写在来表的副本上（.xlsx；原文件不动）",
    )
    take.add_argument("--dry-run", action="store_true", help="只看会怎样，不写进账里")
    take.add_argument(
        "--create-missing", action="store_true", help="装入工作台帐时，账里没有的企业按名称新建"
    )


def header_rows(text: str) -> tuple[int, int]:
    """Take ``3``, ``3-4`` or ``0`` as first and last row of a header."""
    first, _, last = text.replace("—", "-").partition("-")
    if not (first.strip().isdecimal() and (last or first).strip().isdecimal()):
        raise argparse.ArgumentTypeError("要写行号，例如 3 或 3-4；没有表头写 0。")
    rows = int(first), int(last or first)
    if rows[0] > rows[1]:
        raise argparse.ArgumentTypeError("前一个行号不能大于后一个，例如 3-4。")
    return rows


def import_file(given: argparse.Namespace, printer: Printer) -> int:
    """Read a file in, or say what reading it in would do."""
    from ledger_desk.exchange import importing

    written = None
    with opening.open_to_write(given) as ledger:
        prepared = importing.prepare(
            Path(given.file), ledger, kind=given.kind, sheet=given.sheet, sender=given.sender,
            header=given.header, progress=printer.progress,
        )  # fmt: skip
        if given.errors:
            from ledger_desk.exchange import errors_workbook

            # Before anything is read in: a wrong name should not be found out afterwards.
            errors_workbook.check_outlet(ledger, prepared.path, Path(given.errors), prepared.kind)
        if given.dry_run:
            result = importing.dry_run(
                ledger, prepared, create_missing=given.create_missing, progress=printer.progress
            )
        else:
            _back_up_first(ledger, printer)
            result = importing.apply(
                ledger, prepared, create_missing=given.create_missing, progress=printer.progress
            )
        if given.errors:
            written = errors_workbook.write_errors(
                ledger, prepared, result, Path(given.errors), printer.progress,
                taken=not given.dry_run,
            )  # fmt: skip
    data, lines = _json(result, dry_run=given.dry_run), _lines(result, dry_run=given.dry_run)
    if written is not None:
        data["errors"] = {"path": str(written.path), "rows": written.rows, "cells": written.cells,
                          "rebuilt": written.rebuilt, "sentence": written.sentence}  # fmt: skip
        lines.append(written.sentence)
    printer.show(data, *lines)
    return cli.ATTENTION if result.needs_attention else cli.DONE


def _back_up_first(ledger: Ledger, printer: Printer) -> None:
    """Back up before reading in, unless nothing was written since the newest backup."""
    from ledger_desk.store import backups

    newest = next(iter(backups.listing(ledger.path)), None)
    if newest is not None and _head_of(newest.path, ledger.key) == ledger.head():
        return
    backups.back_up(ledger, why="装入前", progress=printer.progress)
    backups.thin(ledger.path, key=ledger.key)


def _head_of(backup: Path, key: str | None) -> str | None:
    """Head of a backup that is whole; None for one that cannot be counted on.

    Heads, not times: a clock that was wrong, or a backup of another state put beside the ledger,
    would make an old backup look newer than the last step.
    """
    from ledger_desk.store import backups

    try:
        return backups.verify(backup, key)[1]
    except UserError:
        return None


def _json(result: ImportResult, *, dry_run: bool) -> dict[str, Any]:
    data = result.as_json()
    rows, problems = data["rows"], data["problems"]
    told, heard = rows[:_MOST_ROWS], problems[:_MOST_ROWS]
    return data | {
        "dry_run": dry_run, "rows": told, "rows_not_listed": len(rows) - len(told),
        "problems": heard, "problems_not_listed": len(problems) - len(heard),
    }  # fmt: skip


def _lines(result: ImportResult, *, dry_run: bool) -> list[str]:
    from ledger_desk.exchange.results import FATES

    where = f"“{result.file}”的“{result.sheet}”"
    if dry_run:
        lines = [f"试装{where}：{result.summary()}。账没有变。"]
    elif result.step is None:
        lines = [f"装入{where}：{result.summary()}。没有新内容，账没有变。"]
    else:
        lines = [
            f"装入{where}：{result.summary()}。记为第 {result.step.id} 步，可用 undo 整步撤销。"
        ]
    lines += [f"  {remark}" for remark in result.remarks]
    for fate in ("wrong", "doubtful", "left_out"):
        rows = result.fates(fate)
        if rows:
            lines.append(f"{FATES[fate]} {len(rows):,} 行：")
            lines += some([f"  第 {row.row} 行 {row.title}：{row.reason}" for row in rows])
    return lines
