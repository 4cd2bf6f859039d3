"""What goes where: a plan of one table, made before anything is written.

`look` opens the file and matches its columns; `working_out.work_out` may be run again after each
correction, and costs only what it reads of the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from ledger_desk.exchange.places import Places
from ledger_desk.exchange.ways import IN_FULL, Way
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Bank
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.filling import counted, memory, whose
from ledger_desk.reports.filling.cells import Manner
from ledger_desk.reports.filling.matching import SERIAL_ID, FilledColumn, match
from ledger_desk.reports.filling.opening import Opened, open_table
from ledger_desk.reports.filling.topic import Topic
from ledger_desk.reports.filling.topics import topic_of
from ledger_desk.reports.filling.whose import AskedRow
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows
from ledger_desk.workbook.sheet_xml import FillValue

FIRMS, TOWNSHIPS, BANKS = "firms", "townships", "banks"
ROWS_OF = {FIRMS: "户", TOWNSHIPS: "个乡镇", BANKS: "家银行"}
IDENTITY = ("firm.name", "firm.code", "firm.regno")


@dataclass(frozen=True)
class Asked:
    """A table and its columns, as matched or as a person has corrected them.

    Attributes:
        opened: The table.
        rows_are: `FIRMS`, `TOWNSHIPS` or `BANKS`.
        columns: Its columns.
        label: Column that names township or bank; 0 for firms.
        period: What 本期 means here.
        period_named: The table itself names the period.
        remembered: The columns are those of the last table of this layout.
        firms: Ids of the firms to be listed, for a table that is empty below its header.
        decisions: Row → id of the firm that a person chose, '' for none of the ledger's.
        overwrite: Cells that the sender has filled are written too.
        way: How the destination writes.
    """

    opened: Opened
    rows_are: str
    columns: tuple[FilledColumn, ...]
    label: int
    period: Period
    period_named: bool
    remembered: bool = False
    firms: tuple[str, ...] = ()
    decisions: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    overwrite: bool = False
    way: Way = field(default_factory=lambda: Way(private=IN_FULL))

    @property
    def empty(self) -> bool:
        """Whether the clerk says which rows there are: nothing stands below the header."""
        return not self.opened.asked

    @property
    def names_firms(self) -> bool:
        """Whether a column says which firm a row is about; without one a list says nothing."""
        return any(column.topic in IDENTITY for column in self.columns)

    def with_topic(self, column: int, topic: str) -> Asked:
        """Give a column another topic, taking it from the column that had it."""
        changed = []
        for each in self.columns:
            if each.column == column:
                each = each.given(topic)
            elif topic and each.topic == topic and topic != SERIAL_ID:
                each = each.given("")
            changed.append(each)
        return replace(self, columns=tuple(changed), remembered=False)

    def with_measure(self, column: int, measure: str) -> Asked:
        """Let a column of indicators show another measure."""
        some = [replace(c, measure=measure) if c.column == column else c for c in self.columns]
        return replace(self, columns=tuple(some), remembered=False)

    def topic(self, column: FilledColumn) -> Topic | None:
        """The topic of a column that is filled; None for all others."""
        return None if column.column == self.label else topic_of(column.topic)


@dataclass(frozen=True)
class Gap:
    """One cell that nothing is known for.

    Attributes:
        row: Row in the result.
        column: Column.
        heading: Its heading.
        topic: Its topic.
        firm: Id of the firm (township or bank).
        name: What the row is called.
        township: Name of the township.
        village: Village.
        phone: Telephones to call.
        person: Whom to ask for.
        why: Why nothing is known.
        record: The record that would hold it; '' where there is none.
    """

    row: int
    column: int
    heading: str
    topic: Topic
    firm: str
    name: str
    township: str = ""
    village: str = ""
    phone: str = ""
    person: str = ""
    why: str = ""
    record: str = ""


@dataclass(frozen=True)
class Plan:
    """What goes where.

    Attributes:
        asked: The table.
        rows: Its rows, or those that will be added.
        cells: (row, column) in the result → what is written.
        manners: Column → how it is written.
        gaps: Cells that nothing is known for, by township, village and firm.
        kept: Cells that the sender has filled and that stay.
        other: Those of them that say something else than the ledger: (row, column) → ledger's text.
        added: Rows written below the header of an empty table.
        formulas: Cells that stay because a formula or a merge is there.
    """

    asked: Asked
    rows: tuple[AskedRow, ...]
    cells: Mapping[tuple[int, int], FillValue]
    manners: Mapping[int, Manner]
    gaps: tuple[Gap, ...]
    kept: int
    other: Mapping[tuple[int, int], str]
    added: int
    formulas: int

    def count(self, state: str) -> int:
        """How many rows are known, doubtful or unknown."""
        return sum(1 for row in self.rows if row.state == state)

    @property
    def private(self) -> bool:
        """Whether personal data goes out."""
        return any((t := topic_of(c.topic)) is not None and t.private for c in self.asked.columns)


def look(
    path: Path, ledger: Ledger, *, sheet: str | None = None, today: date | None = None,
    way: Way | None = None, progress: Progress = silent,
) -> Asked:  # fmt: skip
    """Open a file, find its table, match its columns.

    Raises:
        UserError: It cannot be read, or holds no table that can be filled.
        Cancelled: From ``progress``.
    """
    return ask(open_table(path, sheet, progress), ledger, today=today, way=way)


def ask(
    opened: Opened, ledger: Ledger, *, today: date | None = None, way: Way | None = None
) -> Asked:
    """Match the columns of an opened table; see `look`."""
    layout = opened.layout
    samples = {h.column: opened.cells(h.column) for h in layout.headings}
    places = Places(ledger.office.division or "")
    with ledger.read() as rows:
        rows_are, label = _rows_are(rows, opened, samples, places)
        kept = memory.recall(rows, layout.headings, rows_are)
        columns = match(
            layout.headings, samples, title=opened.title, unit=layout.unit,
            by_rows=rows_are != FIRMS, remembered=kept,
            is_firm=lambda cells: whose.tell_firms(rows, cells),
        )  # fmt: skip
    period, named = counted.period_in(opened, today or date.today())
    return Asked(opened, rows_are, columns, label, period, named, bool(kept), way=way or Way(private=IN_FULL))  # fmt: skip


def _rows_are(
    rows: Rows, opened: Opened, samples: Mapping[int, Sequence[object]], places: Places
) -> tuple[str, int]:
    """Tell what the rows are: firms, or townships or banks that ask for numbers."""
    headings = opened.layout.headings
    as_firms = match(
        headings, samples, title=opened.title, is_firm=lambda c: whose.tell_firms(rows, c)
    )
    if any(c.topic in IDENTITY and c.how in ("content", "exact", "synonym") for c in as_firms):
        return FIRMS, 0
    counted_ = match(headings, {}, title=opened.title, by_rows=True)
    if not any(c.topic.startswith("number.") for c in counted_):
        return FIRMS, 0
    asking = [c for c in as_firms if c.topic and c.topic != SERIAL_ID]
    if not any(samples.values()) and len(asking) > sum(c.topic != "" for c in counted_):
        return FIRMS, 0  # nothing says what the rows are but what most columns ask for
    banks = rows.find(Query(Bank))
    for column in as_firms:
        if column.topic == SERIAL_ID:
            continue
        some = [str(cell) for cell in samples.get(column.column, ())]
        known = sum(whose.township_called(places, text) is not None for text in some)
        if (some and known * 2 > len(some)) or (not some and column.topic == "firm.township"):
            return TOWNSHIPS, column.column
        if some and sum(bool(whose.banks_called(banks, text)) for text in some) * 2 > len(some):
            return BANKS, column.column
        if not some and "银行" in column.heading and "户" not in column.heading:
            return BANKS, column.column
    return FIRMS, 0
