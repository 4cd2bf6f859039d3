"""A table of a file, ready to be looked at, corrected and read in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ledger_desk.exchange import column_readings, suggesting, tokens
from ledger_desk.exchange.column_readings import Reading
from ledger_desk.exchange.making import Beside
from ledger_desk.exchange.mapping import Mapping
from ledger_desk.exchange.matching_columns import Seen
from ledger_desk.exchange.packs import held_cells
from ledger_desk.exchange.suggesting import Suggestion
from ledger_desk.exchange.targets import must_have
from ledger_desk.exchange.telling_kinds import KindGuess
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.locks import WHOLE
from ledger_desk.workbook.book import Sheet
from ledger_desk.workbook.layout import Layout
from ledger_desk.workbook.tables import Table

# Rows that are looked at to judge a whole column.
_JUDGED_ROWS = 5_000


@dataclass(frozen=True)
class SheetInfo:
    """One table of the file, for a list to choose from.

    Attributes:
        name: For ``prepare(sheet=…)``: name of the sheet, with the part where it holds several.
        rows: How many rows of data it has.
        hidden: Its sheet is hidden.
        helps: It only serves others: hidden, or 参数, 字典, 填表说明 by its name.
        kind: What it is taken for (`KindGuess.kind`); label: the same in Chinese.
        enough: Whether it can be read in as that.
        known: Whether its layout was read in before.
    """

    name: str
    rows: int
    hidden: bool
    helps: bool
    kind: str
    label: str
    enough: bool
    known: bool


@dataclass(frozen=True)
class Prepared:
    """One table of a file, ready to be looked at, corrected and read in.

    Attributes:
        path: The file.
        sheet: The chosen sheet.
        layout: Where its header, data and other rows are.
        mapping: Its columns and their fields; ``mapping.cls`` is what is read in.
        others: Names of the file's other tables.
        kind: Format of the file, told from its content.
        digest: SHA-256 of the file's bytes as it was read, in hex; '' if unknown.
        sender: Who it came from, as given or guessed; '' if nobody can tell.
        sheets: All tables of the file, this one among them.
        tables: The same as they were read (`preparing.again` needs no second reading).
        guesses: What it may be a list of, the likeliest first; empty where that was given.
        seen: The first rows, column by column.
        typical: Field → middle amount that the ledger holds, in fen.
        beside: A process that waits to help reading it in, for a long table.
    """

    path: Path
    sheet: Sheet
    layout: Layout
    mapping: Mapping
    others: tuple[str, ...] = ()
    kind: str = ""
    digest: str = ""
    sender: str = ""
    sheets: tuple[SheetInfo, ...] = ()
    tables: tuple[Table, ...] = field(default=(), repr=False, compare=False)
    guesses: tuple[KindGuess, ...] = field(default=(), repr=False, compare=False)
    seen: Seen | None = field(default=None, repr=False, compare=False)
    typical: MappingType[str, int] = field(default_factory=dict, repr=False, compare=False)
    beside: Beside | None = field(default=None, repr=False, compare=False)

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
    def token_column(self) -> int | None:
        """The column of record tokens that this program wrote into the table; None without one."""
        some = self.mapping.columns
        headed = next((c.column for c in some if tokens.is_heading(c.heading)), None)
        if headed is not None or self.seen is None:
            return headed
        seen = self.seen
        return next((c.column for c in some if tokens.is_column(seen.cells(c.column))), None)

    @property
    def missing(self) -> str:
        """Why the table cannot be read in with these columns, as a sentence; '' if it can."""
        if self.cls.TABLE in WHOLE:
            return f"“{self.file}”的“{self.sheet.title}”是{self.cls.LABEL}，没有读入：{WHOLE[self.cls.TABLE]}"
        used = set(self.mapping.used)
        groups = must_have(self.cls)
        if any(set(group) <= used for group in groups) or (used and self.token_column is not None):
            return ""
        labels = {name: spec.label for name, spec in field_map(self.cls).items()}
        wanted = "或".join("＋".join(f"“{labels[n]}”" for n in g) for g in groups)
        seen = "、".join(h.text for h in self.layout.headings if h.text)[:80] or "没有标题"
        return (f"“{self.file}”的“{self.sheet.title}”里没有认出{self.cls.LABEL}的{wanted}这一列（读到的标题：{seen}）。"
                "请在对应页上指定，或在表里改好标题再读入。")  # fmt: skip

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Corrections to offer: other readings, units, fields that the cells name."""
        return suggesting.suggest(self.mapping, self.cells, self.typical)

    def readings(self, column: int) -> list[Reading]:
        """List the whole-column readings of a column; none for one that is not read in.

        Raises:
            KeyError: The table has no such column.
        """
        match = self.mapping.column(column)
        if match.field is None:
            return []
        spec = field_map(self.cls)[match.field]
        return column_readings.readings_of(spec, match, self.cells(column))

    def cells(self, column: int) -> list[object]:
        """Give the cells of a column in the data rows, as many as it takes to judge it."""
        return list(self._judged[column - 1]) if self._judged else []

    @cached_property
    def _judged(self) -> list[tuple[object, ...]]:
        numbers = self.layout.data_rows[:_JUDGED_ROWS]
        return list(zip(*(self.sheet.rows[number - 1] for number in numbers), strict=True))

    def with_mapping(self, changed: Mapping) -> Prepared:
        """Give the same table with corrected columns."""
        return replace(self, mapping=changed)

    def with_sender(self, sender: str) -> Prepared:
        """Give the same table from somebody else; the columns stay as they are."""
        return replace(self, sender=sender.strip())

    def blocks(self, size: int) -> Iterator[tuple[list[int], list[Sequence[object]]]]:
        """Give the data rows in blocks: their numbers and cells; merged cells hold downwards."""
        held = held_cells(self.sheet, self.layout)
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
