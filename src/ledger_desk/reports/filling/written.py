"""The filled file: only the cells of the plan change; it is entered in 传出登记 as it leaves.

`decisions.md` 29 and 30. The sender's file is never written to.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.exchange import dispatching
from ledger_desk.exchange.dispatching import Leaving
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.filling import memory
from ledger_desk.reports.filling.plan import FIRMS, Plan
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.sheet_xml import FillValue

DONE = "（已填）"
Typed = Mapping[tuple[int, int], str]
"""(row, column) → what somebody has typed into a gap."""


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes:
        path: The file.
        cells: Cells that got a value.
        added: Rows written below the header.
        sentence: What to tell the person.
    """

    path: Path
    cells: int
    added: int
    sentence: str


def suggest_path(plan: Plan, folder: Path | None = None) -> Path:
    """Give a free name beside the sender's file: ``统计表（已填）.xlsx``."""
    opened = plan.asked.opened
    ending = ".xlsm" if opened.kind == "xlsm" else ".xlsx"
    name = f"{opened.path.stem.removesuffix(DONE)}{DONE}{ending}"
    return files.free_name((folder or opened.path.parent) / name)


def fill_bytes(plan: Plan, typed: Typed | None = None, progress: Progress = silent) -> bytes:
    """Give the filled workbook; the same plan gives the same bytes.

    Raises:
        UserError: A text is too long for a cell, or the file is damaged.
        Cancelled: From ``progress``.
    """
    from ledger_desk.workbook.filling import SheetFill, Spread, fill

    asked = plan.asked
    opened = asked.opened
    cells: dict[tuple[int, int], FillValue] = {**plan.cells, **_typed(plan, typed or {})}
    spread: tuple[Spread, ...] = ()
    if plan.added:
        first, room = opened.first_free, opened.room
        if room:
            spread = (Spread(first, room, plan.added),)
        elif opened.below and opened.joined:
            raise UserError(
                f"“{opened.path.name}”的表头下面没有空行（第 {first} 行已经有字），插不进新的行。"
                f"请在第 {first} 行上面插入一个空行，画好边框，保存后再填。"
            )
        elif opened.below:  # nothing stands ready: rows are added below the header, in its likeness
            spread = (Spread(first - 1, 1, plan.added + 1),)
    locked = set() if plan.added else opened.locked
    cells = {place: value for place, value in cells.items() if place not in locked}
    if not cells:
        return opened.blank
    return fill(opened.blank, [SheetFill(opened.tab, cells, spread)], progress)


def _typed(plan: Plan, typed: Typed) -> dict[tuple[int, int], FillValue]:
    """Turn what was typed into cells, in the manner of their columns where it can be read."""
    found: dict[tuple[int, int], FillValue] = {}
    topics = {(gap.row, gap.column): gap.topic for gap in plan.gaps}
    for place, text in typed.items():
        if not text.strip() or place not in topics:
            continue
        manner = plan.manners[place[1]]
        try:
            value = topics[place].kind.parse(text, manner.unit or None)
        except ValueError:
            found[place] = text.strip()
        else:
            found[place] = manner.write(value)
    return found


def write_filled(
    ledger: Ledger,
    plan: Plan,
    out: Path,
    *,
    typed: Typed | None = None,
    receiver: str = "",
    destination: str | None = None,
    progress: Progress = silent,
) -> Written:
    """Write the filled file, remember its layout, and enter it in the register.

    Args:
        ledger: Knows what was filled in.
        plan: What goes where.
        out: Where to; replaced if it exists.
        typed: What was typed into gaps.
        receiver: To whom, in words.
        destination: Id of a registered destination.
        progress: May cancel; nothing is left behind then.

    Raises:
        UserError: The sender's file has changed since it was read, ``out`` is that file or the
            ledger, or it cannot be written.
        Cancelled: From ``progress``.
    """
    opened, out = plan.asked.opened, Path(out)
    check_outlet(ledger, plan, out)
    try:
        same = hashlib.sha256(opened.path.read_bytes()).hexdigest() == opened.digest
    except OSError:
        same = True  # gone, or on a stick that was pulled out: its bytes are here
    if not same:
        raise UserError(
            f"“{opened.path.name}”在核对之后又被改过，行号可能对不上，没有填。请重新打开这张表。"
        )
    data = fill_bytes(plan, typed, progress)
    files.atomic_write(out, data)
    memory.remember(
        ledger, opened.layout.headings, plan.asked.rows_are, plan.asked.columns, opened.path.name
    )
    rows = plan.added or sum(1 for row in plan.rows if row.key)
    private = plan.asked.way.private if plan.asked.rows_are == FIRMS and plan.private else None
    left = Leaving(
        f"上级来表“{opened.path.stem}”", rows, destination, receiver, "填报上级来表", private
    )
    why = dispatching.register(ledger, out, left).why
    count = len(plan.cells) + len(_typed(plan, typed or {}))
    return Written(out, count, plan.added, _sentence(plan, out, count) + why)


def check_outlet(ledger: Ledger, plan: Plan, out: Path) -> None:
    """Look at the place before anything is made.

    Raises:
        UserError: It is the sender's file, the ledger, a folder, or has a wrong ending.
    """
    opened = plan.asked.opened
    ending = ".xlsm" if opened.kind == "xlsm" else ".xlsx"
    for taboo, what in ((opened.path, "来表的原文件"), (ledger.path, "账套")):
        if _same(out, taboo):
            raise UserError(f"“{out.name}”就是{what}，不能盖掉。请换一个文件名。")
    if out.is_dir():
        raise UserError(f"“{out}”没有写成：它是一个文件夹。请写上文件名。")
    if out.suffix.lower() != ending:
        raise UserError(
            f"“{out.name}”没有写成：填好的表是 {ending} 文件，请把扩展名写成 {ending}。"
        )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())


def _sentence(plan: Plan, out: Path, count: int) -> str:
    opened = plan.asked.opened
    rows = f"，新列 {plan.added:,} 行" if plan.added else ""
    said = f"填好了 {count:,} 格{rows}，写成“{out.name}”；原文件没有动。"
    if not opened.rebuilt:
        return said
    kept = "格式和打印设置照原样，公式只留结果" if opened.styled else "各格的内容照原样"
    return f"{said}原文件是 {opened.path.suffix or opened.kind}，已重做成 .xlsx：{kept}。"
