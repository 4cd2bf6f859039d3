"""差异说明表 on paper, ready to be signed, and as a list in a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_desk.files import safe_name
from ledger_desk.model.days import print_day
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.periods.closings import period_of, title_of
from ledger_desk.reports.periods.codes import grouped
from ledger_desk.reports.periods.restating import Restatement
from ledger_desk.reports.periods.wording import (
    cause_details,
    cause_words,
    difference,
    mover_line,
    sentence,
    signed,
    unit_of,
    worth,
)

if TYPE_CHECKING:
    from ledger_desk.workbook.booklet import Block

WHAT = "差异说明表"
_SAME = "现在的数与报出的完全一致，没有要说明的差异。"


def file_name(told: Restatement, ending: str) -> str:
    """Suggest ``新县专班_差异说明表_首贷台帐_2024年10月.pdf``."""
    closing = told.closing
    return safe_name(f"{told.office_name}_{WHAT}_{title_of(closing)}") + f".{ending}"


def draw(told: Restatement, progress: Progress = silent) -> tuple[bytes, int]:
    """Draw it as PDF; the same restatement gives the same bytes. Gives the bytes and the pages."""
    from ledger_desk.workbook.booklet import Booklet, Chapter, FormCell, FormRow, Words, write

    closing = told.closing
    assert closing.closed_on is not None
    chapters = [Chapter("", (Words(_about(told)), *_reopened(told)))]
    if told.same:
        chapters.append(Chapter("一、差异", (Words(_SAME),)))
    if told.cells:
        chapters.append(Chapter("一、报出数与现在的数", (_figures(told), *_meaning(told))))
        chapters.append(Chapter("二、每个数是哪些企业变动的", tuple(_movers(told))))
    if told.rows:
        number = "三" if told.cells else "一"
        chapters.append(Chapter(f"{number}、清单里增减、改动的行", (_rows(told),)))
    signing = (
        FormRow((FormCell("填表人", closing.filled_by or ""), FormCell("审核人"), FormCell("负责人")), 2),
        FormRow((FormCell("单位（盖章）", "", 2), FormCell("日期")), 3),
    )  # fmt: skip
    chapters.append(Chapter("签字", signing))
    booklet = Booklet(
        title_of(closing), WHAT, tuple(chapters), head=f"{WHAT}　{title_of(closing)}",
        foot=f"{told.office_name}　{print_day(told.made_on)}打印", bound=False,
        wide=True, under=f"{title_of(closing)}　第 {closing.number} 次定稿　{print_day(closing.closed_on)}结账　核对码 {grouped(closing.code or '')}",
    )  # fmt: skip
    out = io.BytesIO()
    written = write([booklet], out, title=f"{WHAT} {title_of(closing)}", count=1, progress=progress)
    return out.getvalue(), written.pages


def _about(told: Restatement) -> str:
    closing, period = told.closing, period_of(told.closing)
    assert closing.closed_on is not None
    said = (
        f"{told.office_name}“{closing.title}”（{period.start} 至 {period.end}）"
        f"于 {print_day(closing.closed_on)}结账报出。到 {print_day(told.made_on)}，"
    )
    if told.same:
        return f"{said}账里的数与报出的一致。"
    parts = [f"有 {len(told.cells)} 个数与报出的不一样"] if told.cells else []
    parts += [f"清单有 {len(told.rows)} 行增减或改动"] if told.rows else []
    return f"{said}{'，'.join(parts)}。逐项说明如下。"


def _reopened(told: Restatement) -> tuple[Block, ...]:
    from ledger_desk.workbook.booklet import Facts

    closing = told.closing
    if closing.reopened_on is None:
        return ()
    return (Facts((
        ("反结账日期", print_day(closing.reopened_on)), ("同意人", closing.approver or ""),
        ("反结账原因", closing.reason or ""),
    )),)  # fmt: skip


def _meaning(told: Restatement) -> tuple[Block, ...]:
    from ledger_desk.workbook.booklet import Words

    return tuple(Words(each) for each in told.changed_meaning)


def _figures(told: Restatement) -> Block:
    """Reported beside restated."""
    from ledger_desk.workbook.booklet import Column, Table

    columns = (
        Column("格子", 0.6), Column("项目", 2.4), Column("报出数", 0.9, numeric=True),
        Column("现在的数", 0.9, numeric=True), Column("增减", 0.9, numeric=True), Column("说明", 4),
    )  # fmt: skip
    rows = tuple(
        (cell.cell, cell.title, cell.was, cell.now, difference(cell), sentence(told, number))
        for number, cell in enumerate(told.cells)
    )
    return Table(columns, rows)


def _movers(told: Restatement) -> Iterator[Block]:
    from ledger_desk.workbook.booklet import Column, Table

    for number, cell in enumerate(told.cells):
        for leaf in cell.leaves:
            if not leaf.movers:
                continue
            unit = unit_of(leaf)
            columns = (
                Column("企业", 2.2), Column("变动", 0.6), Column(f"原报（{unit}）", 0.9, numeric=True),
                Column(f"现为（{unit}）", 0.9, numeric=True), Column("增减", 0.8, numeric=True),
                Column("原因", 4),
            )  # fmt: skip
            rows = tuple(mover_line(told, number, leaf, mover) for mover in leaf.movers)
            total = (
                "本项全部", "", worth(leaf.was, leaf), worth(leaf.now, leaf),
                signed(leaf.explained, leaf), "",
            ) if leaf.kind != "mean" else ()  # fmt: skip
            what = f"{cell.cell} {cell.title}"
            if len(cell.leaves) > 1:
                what = f"{what}　{leaf.label}"
            yield Table(columns, rows, total, title=what)


def _rows(told: Restatement) -> Block:
    from ledger_desk.workbook.booklet import Column, Table

    columns = (Column("变动", 0.6), Column("企业", 2), Column("内容", 4.5), Column("原因", 3.5))
    rows = []
    for row in told.rows:
        if row.kind == "变动":
            said = "；".join(
                f"{name} {was or '空'} → {now or '空'}" for name, was, now in row.changes
            )
        else:
            said = "；".join(f"{name} {was or now}" for name, was, now in row.changes)
        rows.append((row.kind, row.label, said, cause_details(told.causes_of_row(row))))
    return Table(columns, tuple(rows))


def write_xlsx(told: Restatement, path: Path, progress: Progress = silent) -> int:
    """Write a list: a line for each cell, then one for each firm that moved it; gives the lines.

    Raises:
        UserError: The file cannot be written.
    """
    from ledger_desk.workbook.lists import ListColumn, write_list

    columns = (
        ListColumn("表页", width=12), ListColumn("格子", width=8), ListColumn("项目", width=34),
        ListColumn("报出数", width=14), ListColumn("现在的数", width=14), ListColumn("增减", width=12),
        ListColumn("企业", width=34), ListColumn("变动", width=8), ListColumn("原报", width=14),
        ListColumn("现为", width=14), ListColumn("企业增减", width=12),
        ListColumn("原因", width=20), ListColumn("说明", width=60),
    )  # fmt: skip
    lines = list(_lines(told))
    return write_list(path, WHAT, columns, lines, progress=progress)


def _lines(told: Restatement) -> Iterator[tuple[str, ...]]:
    nothing = ("", "", "", "", "", "")
    for number, cell in enumerate(told.cells):
        head = (cell.sheet, cell.cell, cell.title)
        yield (*head, cell.was, cell.now, difference(cell), *nothing, sentence(told, number))
        for leaf in cell.leaves:
            for mover in leaf.movers:
                name, kind, was, now, gap, why = mover_line(told, number, leaf, mover)
                word = cause_words(told.causes_of(number, leaf, mover))
                yield (*head, "", "", "", name, kind, was, now, gap, word, f"{leaf.label}　{why}")
    for row in told.rows:
        causes = told.causes_of_row(row)
        for name, was, now in row.changes:
            yield (
                row.sheet, "", name, was, now, "", row.label, row.kind, "", "", "",
                cause_words(causes), cause_details(causes),
            )  # fmt: skip
