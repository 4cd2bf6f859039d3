"""The proof behind a report on paper: every number of it with its firms and their records.

Printed behind the form's own pages (佐证附录), so that whoever signs can follow each number by hand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.catalogue import ReportFiles
from ledger_desk.reports.evidence import Explanation, ExplanationRow
from ledger_desk.reports.explain import explain_on
from ledger_desk.reports.provenance import Cell, FromFormula, FromIndicator
from ledger_desk.reports.shapes import Report
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import Block, Booklet, Chapter, Column, Table, Words, write
from ledger_desk.workbook.joining import join

MOST_FIRMS = 2_000
_MOST_RECORDS = 6
_ON_SCREEN = "，点开看每一户的记录"  # said where there is something to click on
_COLUMNS = (
    Column("序号", 0.5),
    Column("经营主体（填报单位）", 2.4),
    Column("计入", 1.0, numeric=True),
    Column("依据的记录", 3.6),
)


def proven_cells(report: Report) -> tuple[Cell, ...]:
    """The numbers to prove: totals of each block, or all its numbers where it has no totals.

    Numbers that are nought or were worked out of other cells have no firms of their own.
    """
    found: list[Cell] = []
    for sheet in report.sheets:
        for block in report.blocks_of(sheet):
            cells = block.totals.values() or (
                cell for row in block.rows for cell in row.cells.values()
                if isinstance(cell.provenance, FromIndicator)
            )  # fmt: skip
            found += [cell for cell in cells if _tells(cell)]
        found += [cell for cell in report.cells.get(sheet, ()) if _tells(cell)]
    return tuple(found)


def draw_proof(ledger: Ledger, made: ReportFiles, progress: Progress = silent) -> bytes:
    """Draw the appendix alone.

    Args:
        ledger: Where the report comes from.
        made: The report; of a closed period the proof is that which was kept.
        progress: Told the numbers done; may cancel.

    Raises:
        UserError: No number of the report has anything behind it.
    """
    chapters = tuple(_chapters(ledger, made, progress))
    report = made.report
    if not chapters:
        raise UserError(
            f"“{report.form.title}”{report.period.label}没有可以附佐证的数：数都是 0，或者表是空的。"
        )
    booklet = Booklet(
        f"{report.form.title}　佐证附录", "佐证附录", chapters, head=report.office_name,
        foot=f"{report.form.title} {report.period.label} 佐证附录", bound=False,
        under=f"{report.period.label}，{len(chapters)} 个数，每个数附户名和记录。",
    )  # fmt: skip
    out = io.BytesIO()
    write([booklet], out, title=booklet.title, count=1, progress=progress)
    return out.getvalue()


def with_proof(ledger: Ledger, made: ReportFiles, progress: Progress = silent) -> bytes:
    """Give the form's pages with the appendix behind them."""
    return join([made.pdf.pdf, draw_proof(ledger, made, progress)])


def _tells(cell: Cell) -> bool:
    """Whether something stands behind a number."""
    origin = cell.provenance
    if origin is None or isinstance(origin, FromFormula) or isinstance(cell.value, str):
        return False
    return cell.value not in (None, 0)


def _chapters(ledger: Ledger, made: ReportFiles, progress: Progress) -> Iterator[Chapter]:
    """One for each number; the same number on several sheets of a form once."""
    report, seen = made.report, set()
    cells = proven_cells(report)
    with ledger.read() as rows:
        for done, cell in enumerate(cells):
            progress(done, len(cells), "查各数的佐证")
            origin = cell.provenance
            if isinstance(origin, FromIndicator):
                key = (origin.indicator, origin.measure, origin.key, origin.only, cell.text)
                if key in seen:
                    continue
                seen.add(key)
            frozen = getattr(made, "frozen", None)
            if frozen is None:
                told = explain_on(rows, report, cell)
            else:
                from ledger_desk.reports.periods.explaining import explain_kept

                told = explain_kept(rows, frozen, cell)
            if told.rows:
                tab = f"{cell.sheet}!" if len(report.sheets) > 1 else ""
                yield Chapter(f"{tab}{cell.name}　{told.title}", tuple(_blocks(told)))


def _blocks(told: Explanation) -> Iterator[Block]:
    """Sentence, definition, and the firms; of a ratio those of each of its numbers apart."""
    yield Words(f"{told.sentence.removesuffix(_ON_SCREEN)}。")
    yield Words(f"口径：{told.definition}（{told.clause}；{told.period}）", quiet=True)
    parts: dict[str, list[ExplanationRow]] = {}
    for row in told.rows[:MOST_FIRMS]:
        part, mark, _ = row.text.rpartition("：")
        parts.setdefault(part if mark and told.indicator else "", []).append(row)
    for part, rows in parts.items():
        lines = tuple(
            (str(number), row.name, _counted(row, part), _records(row))
            for number, row in enumerate(rows, 1)
        )
        yield Table(_COLUMNS, lines, title=part)
    left = len(told.rows) - MOST_FIRMS
    if left > 0:
        yield Words(f"另有 {left:,} 户没有印出，请在程序里看这一格的来历。", quiet=True)


def _counted(row: ExplanationRow, part: str) -> str:
    """What a firm adds to a number; where firms are counted, one."""
    text = row.text.removeprefix(f"{part}：") if part else row.text
    return str(row.amount) if row.name in text else text


def _records(row: ExplanationRow) -> str:
    """Day, kind and amount of the first records."""
    told = [
        " ".join(filter(None, (each.day.isoformat() if each.day else "", each.label, each.text)))
        for each in row.records[:_MOST_RECORDS]
    ]
    more = len(row.records) - len(told)
    return "；".join(told) + (f"；等 {len(row.records)} 条" if more else "")
