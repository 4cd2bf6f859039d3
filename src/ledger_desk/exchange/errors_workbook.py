"""Errors go back in the sender's own workbook: a 校验结果 column, comments, a 校验汇总 sheet.

`product.md` §6, `decisions.md` 29 and 30. The sender's file is read as it lies there and never
written to; what could not be changed in place is made again as .xlsx, and the clerk is told.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.exchange import dispatching, errors_told
from ledger_desk.exchange.dispatching import Leaving
from ledger_desk.exchange.errors_told import MARKS, Told
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.exchange.results import ImportResult
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger

Pairs: TypeAlias = Sequence[tuple[Prepared, ImportResult]]
_IN_PLACE = ("xlsx", "xlsm")


@dataclass(frozen=True)
class ErrorsWritten:
    """What was written.

    Attributes:
        path: The file.
        rows: Rows that need mending or a word: wrong and doubtful ones.
        cells: Cells that got a comment.
        rebuilt: The file could not be changed in place and was made again as .xlsx.
        sentence: What to tell the person, in one or two sentences.
    """

    path: Path
    rows: int
    cells: int
    rebuilt: bool
    sentence: str


def suggest_path(prepared: Prepared) -> Path:
    """Give a free name beside the sender's file: ``名录（校验结果）.xlsx``."""
    ending = ".xlsm" if prepared.kind == "xlsm" else ".xlsx"
    stem = prepared.path.stem.removesuffix("（校验结果）")
    return files.free_name(prepared.path.with_name(f"{stem}（校验结果）{ending}"))


def write_errors(
    ledger: Ledger,
    prepared: Prepared,
    result: ImportResult,
    out: Path,
    progress: Progress = silent,
    *,
    taken: bool | None = None,
) -> ErrorsWritten:
    """Write what became of each row into a copy of the sender's file.

    Args:
        ledger: The ledger that was read into; only its place is looked at.
        prepared: The table as it was read.
        result: Of the dry run or of the reading in.
        out: Where to; replaced if it exists.
        progress: May cancel.
        taken: The rows were read in; False for a dry run. None: by whether there was a step.

    Raises:
        UserError: The sender's file has changed or gone since it was read, ``out`` is that file
            or a ledger or cannot be written, or the sheet has no room for a column.
        Cancelled: From ``progress``; nothing is left behind.
    """
    return write_all_errors(ledger, [(prepared, result)], out, progress, taken=taken)


def write_all_errors(
    ledger: Ledger,
    pairs: Pairs,
    out: Path,
    progress: Progress = silent,
    *,
    taken: bool | None = None,
) -> ErrorsWritten:
    """Write what became of several tables of one file; see `write_errors`.

    Raises:
        ValueError: The tables are of different files, or there are none.
    """
    first = pairs[0][0]
    if any(prepared.path != first.path for prepared, _ in pairs):
        raise ValueError("tables of different files")
    out = Path(out)
    check_outlet(ledger, first.path, out, first.kind)
    data = _bytes_of(first)
    told = [
        errors_told.tell(p, r, taken=bool(r.step) if taken is None else taken) for p, r in pairs
    ]
    made, rebuilt, styled = _annotated(data, first, told, progress)
    files.atomic_write(out, made)
    rows = sum(one.attention for one in told)
    cells = sum(len({(n.row, n.column) for n in one.notes}) for one in told)
    left = Leaving(f"“{first.file}”的校验结果", rows, receiver=first.sender)
    unregistered = dispatching.register(ledger, out, left).why
    sentence = _sentence(first, out, rows, rebuilt, styled) + unregistered
    return ErrorsWritten(out, rows, cells, rebuilt, sentence)


def check_outlet(ledger: Ledger, source: Path, out: Path, kind: str = "") -> None:
    """Look at the place before anything is made.

    Raises:
        UserError: It is the sender's file, the ledger, a folder, has no folder, or an ending that
            the file's content will not have.
    """
    ending = ".xlsm" if kind == "xlsm" else ".xlsx"
    for taboo, what in ((source, "来表单位的原文件"), (ledger.path, "账套")):
        if _same(out, taboo):
            raise UserError(f"“{out.name}”就是{what}，不能盖掉。请换一个文件名。")
    if out.is_dir():
        raise UserError(f"“{out}”没有写成：它是一个文件夹。请写上文件名。")
    if out.suffix.lower() != ending:
        raise UserError(
            f"“{out.name}”没有写成：校验结果是 {ending} 文件，请把扩展名写成 {ending}。"
        )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())


def _bytes_of(prepared: Prepared) -> bytes:
    """Read the sender's file afresh; it must be the one that was read in."""
    try:
        data = prepared.path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{prepared.path}”打不开了：{files.reason(error)}。校验结果要写在来表的副本上，请把它放回原处再试。"
        ) from error
    digest = prepared.digest
    if digest and hashlib.sha256(data).hexdigest() != digest:
        raise UserError(
            f"“{prepared.file}”在核对之后又被改过，行号可能对不上，没有写校验结果。请重新读入这个文件再写。"
        )
    return data


def _annotated(
    data: bytes, first: Prepared, told: Sequence[Told], progress: Progress
) -> tuple[bytes, bool, bool]:
    """Give the workbook, whether it was made again, and whether it kept its styles."""
    from ledger_desk.workbook import annotating  # start-up stays light

    def written(book: bytes, tabs: dict[str, str] | None = None) -> bytes:
        named = [one.on_tab((tabs or {}).get(one.sheet, one.sheet)) for one in told]
        sheets = errors_told.joined(named)
        summary = errors_told.summary(first, named)
        return annotating.annotate(book, sheets, summary, marks=MARKS, progress=progress)

    if first.kind in _IN_PLACE:
        try:
            return written(data), False, True
        except annotating.ColumnsFullError:
            raise
        except UserError:
            if first.kind == "xlsm":
                raise  # its macros would be lost
            # A workbook that could be read but not changed in place, such as a strict one.
    from ledger_desk.workbook import rebuilding
    from ledger_desk.workbook.guarded import read_guarded

    book = read_guarded(first.path, progress=progress)
    headers = {one.sheet: one.header_rows for one in told}
    again = rebuilding.rebuild(data, book, headers, progress)
    return written(again.data, dict(again.tabs)), True, again.styled


def _sentence(first: Prepared, out: Path, rows: int, rebuilt: bool, styled: bool) -> str:
    what = f"{rows:,} 行要处理" if rows else "没有要处理的行"
    said = f"校验结果写进了“{out.name}”：{what}，原文件“{first.file}”没有动。"
    if not rebuilt:
        return said
    if first.kind == "csv":
        kept = "每格的字照原样"
    else:
        kept = f"数据{'、格式和打印设置' if styled else ''}照原样，公式只留结果"
    kind = first.path.suffix or "别的格式"
    return f"{said}原文件是 {kind}，不能直接加批注，已重做成 .xlsx：{kept}。"
