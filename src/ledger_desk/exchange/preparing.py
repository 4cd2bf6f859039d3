"""Read → look: a file opened in a child process, its table found, its columns matched.

Nothing of the ledger is written here. What comes out can be shown and corrected before the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ledger_desk.errors import UserError
from ledger_desk.exchange import mapping as mapping_
from ledger_desk.exchange.content import LOOKED_AT
from ledger_desk.exchange.ledger_rows import ENOUGH_HEADINGS, LedgerRow
from ledger_desk.exchange.mapping import Mapping
from ledger_desk.exchange.targets import LEDGER_ROWS, find_kind, target_of
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import Enterprise, Setting
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.workbook.book import Book, Sheet
from ledger_desk.workbook.guarded import read_guarded
from ledger_desk.workbook.layout import Layout, find

# Enough rows to see 200 filled cells in most columns.
_SAMPLED_ROWS = 3 * LOOKED_AT


@dataclass(frozen=True)
class Prepared:
    """One table of a file, ready to be looked at, corrected and read in.

    Attributes:
        path: The file.
        sheet: The chosen sheet.
        layout: Where its header, data and other rows are.
        mapping: Its columns and their fields; ``mapping.cls`` is what is read in.
        others: Names of the file's other sheets that hold tables.
        kind: Format of the file, told from its content.
    """

    path: Path
    sheet: Sheet
    layout: Layout
    mapping: Mapping
    others: tuple[str, ...] = ()
    kind: str = ""

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.path.name

    @property
    def cls(self) -> type[Record]:
        """Record class that is read in; `LedgerRow` for a 工作台帐."""
        return self.mapping.cls

    @property
    def known(self) -> bool:
        """Whether this layout was read in before, so that nobody needs to look at its columns."""
        return self.mapping.remembered

    @property
    def missing(self) -> str:
        """Why the table cannot be read in with these columns, as a sentence; '' if it can."""
        used = set(self.mapping.used)
        if any(set(group) <= used for group in _must_have(self.cls)):
            return ""
        labels = {name: spec.label for name, spec in field_map(self.cls).items()}
        wanted = "或".join("＋".join(f"“{labels[n]}”" for n in g) for g in _must_have(self.cls))
        seen = "、".join(h.text for h in self.layout.headings if h.text)[:80] or "没有标题"
        return (f"“{self.file}”的“{self.sheet.name}”里没有认出{self.cls.LABEL}的{wanted}这一列（读到的标题：{seen}）。"
                "请在对应页上指定，或在表里改好标题再读入。")  # fmt: skip

    def with_mapping(self, changed: Mapping) -> Prepared:
        """Give the same table with corrected columns."""
        return replace(self, mapping=changed)

    def blocks(self, size: int) -> Iterator[tuple[list[int], list[Sequence[object]]]]:
        """Give the data rows in blocks: their numbers and cells; merged cells hold downwards."""
        held = _held_cells(self.sheet, self.layout)
        numbers: list[int] = []
        rows: list[Sequence[object]] = []
        for number in self.layout.data_rows:
            row: Sequence[object] = self.sheet.rows[number - 1]
            if number in held:
                filled = list(row)
                for column, top in held[number]:
                    if filled[column - 1] is None:
                        filled[column - 1] = self.sheet.cell(top, column)
                row = filled
            numbers.append(number)
            rows.append(row)
            if len(rows) == size:
                yield numbers, rows
                numbers, rows = [], []
        if rows:
            yield numbers, rows


def prepare(
    path: Path,
    ledger: Ledger,
    *,
    kind: str | None = None,
    sheet: str | None = None,
    mapping: Mapping | None = None,
    progress: Progress = silent,
) -> Prepared:
    """Open a file, find its table and match its columns.

    Args:
        path: The file, of any spreadsheet format.
        ledger: Knows the columns that were confirmed for this layout before.
        kind: What is read in: a table name or label of a record class; None: told by itself, which
            is enterprises unless the headings are those of the 工作台帐.
        sheet: Name of the sheet; None: the one whose columns fit best.
        mapping: Columns already matched (for a file of a known layout).
        progress: May cancel.

    Raises:
        UserError: The file cannot be read, has no such sheet, or holds no table at all.
        Cancelled: From ``progress``.
    """
    path = Path(path)
    wanted = find_kind(kind)
    book = read_guarded(path, progress=progress)
    progress(0, 0, "正在找表头")
    found: list[Prepared] = []
    for one in _candidates(path, book, sheet):
        layout = find(one)
        if layout.headings and layout.data_rows:
            columns = mapping or _match(ledger, one, layout, wanted)
            found.append(Prepared(path, one, layout, columns, kind=book.kind))
    if not found:
        raise UserError(
            f"“{path.name}”里没有找到表格：没有一行像表头，或表头下面没有数据。请核对文件。"
        )
    # max keeps the first of equals: the leftmost sheet.
    best = max(
        found,
        key=lambda p: (
            not p.missing,
            not p.sheet.hidden,
            len(p.mapping.used),
            len(p.layout.data_rows),
        ),
    )
    others = tuple(p.sheet.name for p in found if p is not best)
    return replace(best, others=others)


def _candidates(path: Path, book: Book, wanted: str | None) -> list[Sheet]:
    filled = [s for s in book.sheets if s.width]
    if wanted is None:
        return filled
    chosen = [s for s in book.sheets if s.name.strip() == wanted.strip()]
    if not chosen:
        names = "、".join(f"“{s.name}”" for s in filled) or "没有"
        raise UserError(f"“{path.name}”里没有叫“{wanted}”的工作表。有数据的工作表：{names}。")
    return chosen


def _match(
    ledger: Ledger, sheet: Sheet, layout: Layout, wanted: type[Record] | str | None
) -> Mapping:
    """Match the columns for what is wanted, or tell what the table is."""
    headings = [replace(h, unit=h.unit or layout.unit) for h in layout.headings]
    sampled = [sheet.rows[n - 1] for n in layout.data_rows[:_SAMPLED_ROWS]]
    cells = {h.column: [row[h.column - 1] for row in sampled] for h in headings}

    def matched(cls: type[Record]) -> Mapping:
        name = mapping_.setting_name(mapping_.signature(cls, [h.text for h in headings]))
        with ledger.read() as rows:
            kept = rows.find(Query(Setting, (Where("name", "=", name),)), 1)
        return mapping_.match_columns(cls, headings, cells, kept[0].value if kept else None)

    if wanted == LEDGER_ROWS:
        return matched(LedgerRow)
    if isinstance(wanted, type):
        return matched(wanted)
    as_ledger = matched(LedgerRow)
    if sum(c.how != "content" for c in as_ledger.used.values()) >= ENOUGH_HEADINGS:
        return as_ledger
    return matched(Enterprise)


def _must_have(cls: type[Record]) -> tuple[tuple[str, ...], ...]:
    if cls is LedgerRow:
        return (("enterprise", "bank", "day"),)
    return target_of(cls).must_have


def _held_cells(sheet: Sheet, layout: Layout) -> dict[int, list[tuple[int, int]]]:
    """Cells of data rows that a merge from above covers: row → (column, row that holds the value)."""
    data = set(layout.data_rows) if sheet.merged else set()
    held: dict[int, list[tuple[int, int]]] = {}
    for merge in sheet.merged:
        if merge.first_column != merge.last_column or merge.first_row not in data:
            continue
        for row in range(merge.first_row + 1, merge.last_row + 1):
            if row in data:
                held.setdefault(row, []).append((merge.first_column, merge.first_row))
    return held
